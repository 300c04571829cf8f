package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var authorizeFailHandled = &Rule{
	ID: "authorize-fail-handled", Severity: Warning, Step: StepAuthorize, Evidence: Documented,
	Title: lang.T("Handle a refused authorization", "处理用户拒绝授权的情况"),
	Text: lang.T(
		"A user may refuse, and from then on `wx.authorize` fails at once without asking again. Without `fail`, `complete`, a rejection handler or a `try`, tapping the button does nothing and nobody learns why. An empty handler does not count.",
		"用户可以拒绝授权，之后 `wx.authorize` 不再弹窗，直接失败。如果没有写 `fail`、`complete`、`.catch` 或 `try`，用户点了按钮毫无反应，也不知道原因。空的处理函数等于没有处理。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({
      scope: 'scope.record',
      success: () => wx.authorize({
        scope: 'scope.camera',
        success: () => wx.setEnable1v1Chat({
          enable: true,
          fail: console.error
        })
      }),
      fail: toSettings
    })
  }
})`,
	Good: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({
      scope: 'scope.record',
      success: () => wx.authorize({
        scope: 'scope.camera',
        success: () => wx.setEnable1v1Chat({
          enable: true,
          fail: console.error
        }),
        fail: toSettings
      }),
      fail: toSettings
    })
  }
})`,
	Fix:      lang.T("Add fail (or catch), tell the user, and lead to the settings.", "请补上 fail（或 catch），提示用户并引导去设置页。"),
	RunTime:  lang.T("\"authorize:fail auth deny\" goes unnoticed and the call does not start. Joining all the same may fail with -30003 or -30004.", "authorize:fail auth deny 被忽略，通话不会开始；如果仍发起通话，可能以 -30003 或 -30004 失败。"),
	Sources:  []Source{docAuthorize, docAuthorization, inGuide("code 2")},
	Proposes: true,
	Aside: []Aside{
		unused,
		{Rule: "authorize-before-enable", Reasons: []string{string(flow.RefusalContinues)}, Where: SameFailure},
	},
	Run: runAuthorizeFailHandled,
}

func runAuthorizeFailHandled(p *Pass) {
	for _, call := range p.asks() {
		if !call.Reached || call.Failure != flow.Unhandled {
			continue
		}
		p.Report(Finding{At: call.Name, about: subject{call: call}, Fix: p.failureFix(call, "没有获得授权，请在设置里允许："), Message: lang.T(
			"Nothing handles a refusal of this authorization: there is no fail, complete, catch or try that does anything. After one refusal authorize fails at once, and the user sees nothing.",
			"没有处理这次授权被拒绝的情况：没有起作用的 fail、complete、catch 或 try。用户拒绝过一次后，authorize 会直接失败，页面毫无反应。")})
	}
}
