package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var authorizeCombined = &Rule{
	ID: "authorize-combined", Severity: Info, Step: StepAuthorize, Evidence: Contested,
	Title: lang.T("Request one scope per call", "一次只申请一个 scope"),
	Text: lang.T(
		"The setup guide passes `'scope.record,scope.camera'` in one call, and only the guide says that this works. The documentation describes one scope per call, and several answers in WeChat's community say that a call takes only one. Requesting the scopes one after the other is safe, and the code learns which one was refused.",
		"接入指南把 `'scope.record,scope.camera'` 写在一次调用里，但只有指南说这样可行：官方文档是一次一个 scope，微信开放社区里也有多个回答说「只能一个」「不支持」。逐个申请更稳妥，还能知道用户拒绝的是哪一项。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({
      scope: 'scope.record,scope.camera',
      success: () => wx.setEnable1v1Chat({
        enable: true,
        fail: console.error
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
  async onCall() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
    } catch (refused) {
      toSettings()
      return
    }
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:     lang.T("Request scope.record and, after it has succeeded, scope.camera.", "请先申请 scope.record，成功后再申请 scope.camera。"),
	RunTime: lang.T("If the platform does not accept the combined string, authorize fails. Calling all the same may fail with -30003 or -30004.", "如果平台不支持这种合并写法，authorize 会失败；此时仍发起通话，可能以 -30003 或 -30004 失败。"),
	Sources: []Source{docAuthorize, inGuide("code 2"), communityCombined, communityCombined2, communityCombined3},
	Aside:   []Aside{unused},
	Run:     runAuthorizeCombined,
}

func runAuthorizeCombined(p *Pass) {
	for _, call := range p.asks() {
		for _, use := range call.Scopes {
			if !use.Combined {
				continue
			}
			at := use.At
			if at.IsZero() {
				at = call.Name
			}
			p.Report(Finding{At: at, Message: lang.T(
				"This authorize requests several scopes at once. The guide does so, but only one scope per call is documented, and developers report that more than one does not work.",
				"这次 authorize 同时申请了多个 scope。接入指南是这样写的，但官方文档只支持一次一个，也有开发者反馈必须拆开。")})
			break
		}
	}
}
