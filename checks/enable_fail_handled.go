package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var enableFailHandled = &Rule{
	ID: "enable-fail-handled", Severity: Warning, Step: StepEnable, Evidence: Documented,
	Title: lang.T("A failure of enabling is handled", "处理了开启失败的情况"),
	Text: lang.T(
		"Enabling fails for many reasons that the code cannot rule out: the category, the console's switch, WeChat's own permissions, DevTools. A `fail`, a rejection handler or a `try` that says so saves the search. An empty handler handles nothing.",
		"开启失败有很多代码无法排除的原因：类目未开通、后台开关没打开、微信自身没有系统权限、在开发者工具里运行等。请用 `fail`、Promise 的拒绝处理或 `try` 告知用户。空的处理函数等于没有处理。"),
	Example: ExampleCall,
	Bad:     `wx.setEnable1v1Chat({ enable: true })`,
	Good: `wx.setEnable1v1Chat({
  enable: true,
  fail: (err) => wx.showToast({ title: '开启失败 ' + err.errCode })
})`,
	Fix:      lang.T("Add fail (or catch) and tell the user by the error code what is missing.", "补上 fail（或 catch），按错误码告诉用户缺了什么。"),
	RunTime:  lang.T("-20000 (not open), -20001 (device not supported) and the others pass unseen.", "-20000（未开启）、-20001（设备不支持）等错误无人知晓。"),
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
			"nothing handles a failure of setEnable1v1Chat: no fail, complete, catch or try does anything about it. It fails on an unsupported device or with a console step missing; tell the user the error code's meaning",
			"没有处理 setEnable1v1Chat 失败的情况：fail、complete、catch、try 都没有处理它。设备不支持、后台未开通时都会失败，请按错误码提示用户")})
	}
}
