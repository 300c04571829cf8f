package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var enableFailHandled = &Rule{
	ID: "enable-fail-handled", Severity: Warning, Step: StepEnable, Evidence: Documented,
	Title: lang.T("Handle a failed setEnable1v1Chat", "处理 setEnable1v1Chat 失败的情况"),
	Text: lang.T(
		"Enabling fails for many reasons that code cannot rule out: the category, the switch in the console, WeChat's own permissions, DevTools. A `fail`, a rejection handler or a `try` that reports the reason saves a long search. An empty handler does not count.",
		"开启失败有很多代码无法排除的原因：类目未开通、小程序后台没有打开接口、微信没有系统权限、在开发者工具里运行等。请用 `fail`、`.catch` 或 `try` 提示原因。空的处理函数等于没有处理。"),
	Example: ExampleCall,
	Bad:     `wx.setEnable1v1Chat({ enable: true })`,
	Good: `wx.setEnable1v1Chat({
  enable: true,
  fail: (err) => wx.showToast({ title: '开启失败 ' + err.errCode })
})`,
	Fix:      lang.T("Add fail (or catch), and tell the user what the error code means.", "请补上 fail（或 catch），按错误码提示用户。"),
	RunTime:  lang.T("-20000 (not open), -20001 (device not supported) and other errors go unnoticed.", "-20000（未开通）、-20001（设备不支持）等错误被忽略。"),
	Sources:  []Source{docSetEnable, inGuide("code 3")},
	Proposes: true,
	Aside:    []Aside{{Rule: "join-after-enable", Reasons: []string{string(flow.FailureContinues)}, Where: SameFailure}},
	Run:      runEnableFailHandled,
}

func runEnableFailHandled(p *Pass) {
	for _, call := range p.enablings() {
		if !call.Reached || call.Failure != flow.Unhandled {
			continue
		}
		p.Report(Finding{At: call.Name, about: subject{call: call}, Fix: p.failureFix(call, "通话功能开启失败："), Message: lang.T(
			"Nothing handles a failed setEnable1v1Chat: there is no fail, complete, catch or try that does anything. It fails on unsupported devices and when a console step is missing.",
			"没有处理 setEnable1v1Chat 失败的情况：没有起作用的 fail、complete、catch 或 try。设备不支持、小程序后台未开通时都会失败。")})
	}
}
