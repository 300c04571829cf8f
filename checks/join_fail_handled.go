package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinFailHandled = &Rule{
	ID: "join-fail-handled", Severity: Warning, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Handle a failed join1v1Chat", "处理 join1v1Chat 失败的情况"),
	Text: lang.T(
		"Placing a call fails in everyday use: the other side has not opened the mini-program or is on another call, or WeChat may not use the microphone. The error code says which; a `fail`, a rejection handler or a `try` must pass it on to the user.",
		"发起通话失败很常见：对方没有打开小程序、正在通话中、微信没有麦克风权限等。错误码会说明原因，请用 `fail`、`.catch` 或 `try` 提示用户。"),
	Example: ExampleCall,
	Bad:     `wx.join1v1Chat({ caller: this.data.me, listener: this.data.friend })`,
	Good: `wx.join1v1Chat({
  caller: this.data.me,
  listener: this.data.friend,
  fail: (err) => wx.showToast({ title: '呼叫失败 ' + err.errCode })
})`,
	Fix: lang.T("Add fail (or catch), and tell the user what the error code means.", "请补上 fail（或 catch），按错误码提示用户。"),
	RunTime: lang.T(
		"-20002 (on a call), -30001 and -30002 (WeChat has no camera or microphone permission), -30003, -30004 and other errors go unnoticed.",
		"-20002（正在通话中）、-30001 和 -30002（微信没有摄像头、麦克风权限）、-30003、-30004 等错误被忽略。"),
	Sources:  []Source{docJoin, inGuide("code 4")},
	Proposes: true,
	Run: func(p *Pass) {
		for _, call := range p.calls(flow.Join) {
			if !call.Reached || call.Failure != flow.Unhandled {
				continue
			}
			p.Report(Finding{At: call.Name, Fix: p.failureFix(call, "呼叫失败："), Message: lang.T(
				"Nothing handles a failed join1v1Chat: there is no fail, complete, catch or try that does anything.",
				"没有处理 join1v1Chat 失败的情况：没有起作用的 fail、complete、catch 或 try。")})
		}
	},
}
