package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinFailHandled = &Rule{
	ID: "join-fail-handled", Severity: Warning, Step: StepJoin, Evidence: Documented,
	Title: lang.T("A failure of the join is handled", "处理了发起通话失败的情况"),
	Text: lang.T(
		"Placing a call fails in everyday use: the other side has not opened the mini-program, is on a call, or WeChat has no microphone. The error code tells which; a `fail`, a rejection handler or a `try` has to pass it on to the user.",
		"发起通话失败是很常见的：对方没有打开小程序、正在通话中、微信没有麦克风权限等。错误码会说明原因，要用 `fail`、Promise 的拒绝处理或 `try` 告诉用户。"),
	Example: ExampleCall,
	Bad:     `wx.join1v1Chat({ caller: this.data.me, listener: this.data.friend })`,
	Good: `wx.join1v1Chat({
  caller: this.data.me,
  listener: this.data.friend,
  fail: (err) => wx.showToast({ title: '呼叫失败 ' + err.errCode })
})`,
	Fix: lang.T("Add fail (or catch) and tell the user by the error code what happened.", "补上 fail（或 catch），按错误码告诉用户发生了什么。"),
	RunTime: lang.T(
		"-20002 (on a call), -30001 and -30002 (WeChat has no camera or microphone permission), -30003 and -30004 pass unseen.",
		"-20002（正在通话）、-30001 和 -30002（微信没有摄像头、麦克风权限）、-30003、-30004 等错误无人知晓。"),
	Sources:  []Source{docJoin, inGuide("code 4")},
	Proposes: true,
	Run: func(p *Pass) {
		for _, call := range p.calls(flow.Join) {
			if !call.Reached || call.Failure != flow.Unhandled {
				continue
			}
			p.Report(Finding{At: call.Name, Fix: p.failureFix(call, "呼叫失败："), Message: lang.T(
				"nothing handles a failure of join1v1Chat: no fail, complete, catch or try does anything about it. Tell the user by the error code what happened",
				"没有处理 join1v1Chat 失败的情况：fail、complete、catch、try 都没有处理它。请按错误码告诉用户发生了什么")})
		}
	},
}
