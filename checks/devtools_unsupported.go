package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var devtoolsUnsupported = &Rule{
	ID: "devtools-unsupported", Severity: Warning, Step: StepDevTools, Evidence: Guide,
	Title: lang.T("Enabling is skipped in DevTools", "在微信开发者工具里跳过开启"),
	Text: lang.T(
		"`setEnable1v1Chat` does not work in WeChat DevTools; it needs a real device. A test of `platform` against `'devtools'` that stops before the call, and says so, keeps colleagues from looking for a fault that is none.",
		"`setEnable1v1Chat` 不支持在微信开发者工具里使用，只能在真机上运行。调用前判断 `platform` 是否为 `'devtools'`，是就停下并给出提示，可以避免同事把它当成缺陷排查。"),
	Example: ExampleCall,
	Bad: `wx.setEnable1v1Chat({
  enable: true,
  fail: console.error
})`,
	Good: `if (wx.getDeviceInfo().platform === 'devtools') {
  wx.showToast({ title: '请用真机调试', icon: 'none' })
} else {
  wx.setEnable1v1Chat({
    enable: true,
    fail: console.error
  })
}`,
	Fix:      lang.T("Before the call, test wx.getDeviceInfo().platform === 'devtools', tell the developer, and return.", "调用前判断 wx.getDeviceInfo().platform === 'devtools'，是就提示并 return。"),
	RunTime:  lang.T("In DevTools enabling fails; on a real device nothing changes. There is no error code of its own.", "在开发者工具里开启会失败，真机不受影响，没有专门的错误码。"),
	Sources:  []Source{inGuide("notes 1")},
	Proposes: true,
	Run: func(p *Pass) {
		for _, call := range p.enablings() {
			if !call.Reached || call.DevTools.Outcome != flow.Refuted {
				continue
			}
			p.Report(Finding{At: call.Name, Fix: p.guardFix(call), Trace: trace(call.DevTools.Witness, call.Name), Message: lang.F(lang.T(
				"%s also runs in DevTools, where it does not work. Test wx.getDeviceInfo().platform === 'devtools' before it, and ask for a real device",
				"%s 在微信开发者工具里也会执行，而开发者工具不支持这个接口。请先判断 wx.getDeviceInfo().platform === 'devtools'，并提示使用真机"), call.API)})
		}
	},
}
