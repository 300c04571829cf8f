package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var authorizeCombined = &Rule{
	ID: "authorize-combined", Severity: Info, Step: StepAuthorize, Evidence: Contested,
	Title: lang.T("Each authorization asks for one scope", "一次只申请一个 scope"),
	Text: lang.T(
		"The setup guide passes `'scope.record,scope.camera'` in one call. Only the guide says that this works: the documentation knows one scope a call, and several answers in WeChat's community say that a call takes only one. Asking one after the other is safe and lets the code tell which one was refused.",
		"接入指南把 `'scope.record,scope.camera'` 写在一次调用里。只有指引说这样可行：官方文档只写了一次一个 scope，开发者社区里也有多个回答说「只能一个」「不支持」。逐个申请更稳妥，还能知道用户拒绝的是哪一项。"),
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
	Fix:     lang.T("Ask for scope.record, and in its success (or after await) for scope.camera.", "先申请 scope.record，成功后（或 await 之后）再申请 scope.camera。"),
	RunTime: lang.T("Where the combined string is not understood, authorize fails; a call all the same may fail with -30003 or -30004.", "如果合并写法不被识别，authorize 会失败；此时发起通话，可能以 -30003 或 -30004 失败。"),
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
				"several scopes in one authorize: the guide does so, but only one a call is documented and developers report that it must be split. Ask for scope.record, then for scope.camera",
				"一次 authorize 里写了多个 scope：指引这样写，但文档只支持一次一个，也有开发者反馈必须拆开。请先申请 scope.record，再申请 scope.camera")})
			break
		}
	}
}
