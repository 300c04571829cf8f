package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var devtoolsUnsupported = &Rule{
	ID: "devtools-unsupported", Severity: Warning, Step: StepDevTools, Evidence: Guide,
	Reasons: []Reason{
		{string(flow.Unguarded), lang.T("enabling also runs in DevTools", "在微信开发者工具里也会开启")},
		{string(flow.Inverted), lang.T("enabling runs only in DevTools, never on a phone (an error)", "只在微信开发者工具里开启，真机上不会（按错误处理）")},
	},
	LateReasons: []string{string(flow.Unguarded)},
	Title:       lang.T("Skip enabling in DevTools", "在微信开发者工具里跳过开启"),
	Text: lang.T(
		"`setEnable1v1Chat` does not work in WeChat DevTools; it needs a real device. A check of `platform` against `'devtools'` that stops before the call and says so keeps colleagues from chasing a bug that does not exist.\n\nAn inverted check is an error: enabling then runs only in DevTools, and never on a phone.",
		"`setEnable1v1Chat` 不支持在微信开发者工具里使用，只能在真机上运行。调用前判断 `platform` 是否为 `'devtools'`，是则停下并给出提示，可以避免同事把它当成缺陷排查。\n\n判断写反时按错误处理：只在开发者工具里开启，真机上永远不会开启。"),
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
	Fix:      lang.T("Before the call, check wx.getDeviceInfo().platform === 'devtools', tell the user to use a real device, and return.", "请在调用前判断 wx.getDeviceInfo().platform === 'devtools'，是则提示使用真机并 return。"),
	RunTime:  lang.T("Enabling fails in DevTools, without an error code of its own. If the check is inverted, nothing is enabled on a phone, and the join fails with -20000.", "在开发者工具里开启会失败，没有专门的错误码。判断写反时真机上没有开启，join1v1Chat 以 -20000 失败。"),
	Sources:  []Source{inGuide("notes 1")},
	Proposes: true,
	Run:      runDevtoolsUnsupported,
}

func runDevtoolsUnsupported(p *Pass) {
	enablings := p.enablings()
	everywhere := len(enablings) > 0
	for _, call := range enablings {
		everywhere = everywhere && call.DevTools.Reason == flow.Inverted
	}
	for _, call := range enablings {
		v := call.DevTools
		if !call.Reached || v.Outcome != flow.Refuted {
			continue
		}
		f := Finding{At: call.Name, Reason: string(flow.Unguarded), Trace: trace(v.Witness, call.Name)}
		if v.Reason == flow.Inverted {
			f.Reason, f.Severity = string(flow.Inverted), Error
			f.about = subject{call: call, disables: true, everywhere: everywhere}
			f.Message = lang.F(lang.T(
				"%s runs only in DevTools, where it does not work, and never on a phone.",
				"%s 只会在微信开发者工具里执行，而开发者工具不支持这个接口，真机上永远不会开启。"), call.API)
			f.Advice = lang.T(
				"Invert the check of platform: stop if it is 'devtools', and enable otherwise.",
				"请把对 platform 的判断反过来：是 'devtools' 则停下，否则才开启。")
		} else {
			f.Fix = p.guardFix(call)
			f.Message = lang.F(lang.T(
				"%s also runs in DevTools, where it does not work.",
				"%s 在微信开发者工具里也会执行，而开发者工具不支持这个接口。"), call.API)
		}
		p.Report(f)
	}
}
