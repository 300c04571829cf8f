package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var authorizeRecovery = &Rule{
	ID: "authorize-recovery", Severity: Info, Step: StepAuthorize, Evidence: Documented,
	Title: lang.T("A user who refused can come back through the settings", "拒绝过授权的用户可以从设置页恢复"),
	Text: lang.T(
		"After one refusal `wx.authorize` never asks again. The only way back is the settings page: `wx.openSetting` from a tap, or `<button open-type=\"openSetting\">`. `wx.openSetting` after an asynchronous call fails; after the user confirmed `wx.showModal` it works.",
		"用户拒绝过一次后，`wx.authorize` 不会再弹窗。只能去设置页恢复：在点击事件里调用 `wx.openSetting`，或使用 `<button open-type=\"openSetting\">`。在异步回调里调用 `wx.openSetting` 会失败，放在 `wx.showModal` 确认之后可以。"),
	Example: ExamplePage,
	Bad: `Page({
  async onCall() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
    } catch (refused) {
      wx.showToast({ title: '没有授权', icon: 'error' })
      return
    }
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Good: `Page({
  async onCall() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
    } catch (refused) {
      wx.showModal({
        content: '通话需要麦克风和摄像头',
        success: (res) => res.confirm && wx.openSetting()
      })
      return
    }
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:     lang.T("On refusal offer a way to wx.openSetting, or a button with open-type=\"openSetting\".", "用户拒绝时提供打开 wx.openSetting 的入口，或放一个 open-type=\"openSetting\" 的按钮。"),
	RunTime: lang.T("\"authorize:fail auth deny\" at every try (-30003 or -30004 at the join), until the user finds the settings unaided.", "每次都是 authorize:fail auth deny（join1v1Chat 则是 -30003 或 -30004），除非用户自己找到设置页。"),
	Sources: []Source{docAuthorization, docAuthorize},
	// A page that is not known, or cannot be parsed, may hold the button.
	Aside: []Aside{unused, pagesUnknown, broken()},
	Run:   runAuthorizeRecovery,
}

func runAuthorizeRecovery(p *Pass) {
	asks := p.asks()
	if len(asks) == 0 || p.opensSettings() || !p.Project.Config.Readable {
		return
	}
	p.Report(Finding{At: asks[0].Name, about: subject{seeks: miniprogram.NameOpenSetting}, Message: lang.T(
		"a user who refuses once can never come back: authorize does not ask again, and nothing in the project opens the settings. Offer wx.openSetting from a tap, or <button open-type=\"openSetting\">",
		"用户拒绝一次后就再也无法授权：authorize 不会再弹窗，项目里也没有打开设置页的入口。请在点击后调用 wx.openSetting，或放一个 <button open-type=\"openSetting\">")})
}

// opensSettings tells that the project leads to the settings somewhere.
func (p *Pass) opensSettings() bool {
	if p.has(flow.OpenSetting) || p.Flow.OpensSettings {
		return true
	}
	for _, u := range p.Project.Units {
		if u.Template != nil && u.Template.OpenSetting {
			return true
		}
	}
	if app := p.Project.App; app != nil && app.Template != nil && app.Template.OpenSetting {
		return true
	}
	// In JSX the button's open-type is an attribute in the code.
	if p.Project.Framework == miniprogram.Taro {
		for _, s := range p.Project.Scripts {
			if s.Names&miniprogram.NameOpenSetting != 0 {
				return true
			}
		}
	}
	return false
}
