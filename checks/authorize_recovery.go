package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

var authorizeRecovery = &Rule{
	ID: "authorize-recovery", Severity: Info, Step: StepAuthorize, Evidence: Documented,
	Reasons: []Reason{
		{"none", lang.T("nothing in the project opens the settings", "整个项目都没有打开设置页的入口")},
		{"never-asked", lang.T("the settings do not list a scope that was never requested", "设置页不会列出从未申请过的授权")},
	},
	LateReasons: []string{"none"},
	Title:       lang.T("Let users who refused grant access in the settings", "让拒绝过的用户能在设置页重新授权"),
	Text: lang.T(
		"After one refusal `wx.authorize` never asks again. Only the settings page helps then: `wx.openSetting` from a tap, or `<button open-type=\"openSetting\">`. `wx.openSetting` fails when it is called after an asynchronous call, but works once the user has confirmed `wx.showModal`.\n\nThe settings page lists only scopes that were requested before. Code that reads `authSetting` and sends users to the settings without ever requesting the scope leads them to a page without the switch.",
		"用户拒绝过一次后，`wx.authorize` 不会再弹窗，只能去设置页重新授权：在点击事件里调用 `wx.openSetting`，或使用 `<button open-type=\"openSetting\">`。在异步回调里调用 `wx.openSetting` 会失败，放在 `wx.showModal` 确认之后可以。\n\n设置页只列出申请过的授权。如果代码只读 `authSetting` 就把用户带到设置页，却从未申请过，用户在那里找不到开关。"),
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
	Fix:     lang.T("After a refusal, offer wx.openSetting from a tap, or a <button open-type=\"openSetting\">.", "用户拒绝后，请在点击事件里调用 wx.openSetting，或放一个 <button open-type=\"openSetting\">。"),
	RunTime: lang.T("Every attempt ends with \"authorize:fail auth deny\" unless the user finds the settings unaided. Joining all the same may fail with -30003 or -30004.", "每次都是 authorize:fail auth deny，除非用户自己找到设置页；如果仍发起通话，可能以 -30003 或 -30004 失败。"),
	Sources: []Source{docAuthorization, docAuthorize},
	// A page that is not known, or cannot be parsed, may hold the button.
	Aside: []Aside{
		unused, pagesUnknown, broken("none"),
		{Rule: "parse-error", Own: []string{"never-asked"}, Where: SameProject, Moot: true},
		{
			Rule: "authorize-before-enable", Reasons: []string{string(flow.NeverAsked), string(flow.ScopeMissing)},
			Own: []string{"never-asked"}, Where: SameProject,
		},
	},
	Run: runAuthorizeRecovery,
}

func runAuthorizeRecovery(p *Pass) {
	if !p.Project.Config.Readable {
		return
	}
	asks := p.asks()
	if !p.opensSettings() {
		if len(asks) > 0 {
			p.Report(Finding{At: asks[0].Name, Reason: "none", about: subject{seeks: miniprogram.NameOpenSetting}, Message: lang.T(
				"A user who refuses once can never grant access again: authorize does not ask a second time, and nothing in the project opens the settings.",
				"用户拒绝一次后就再也无法授权：authorize 不会再弹窗，项目里也没有打开设置页的入口。")})
		}
		return
	}
	missing := p.neverAsked()
	if len(missing) == 0 {
		return
	}
	at := p.settingsAt(asks)
	if at.IsZero() {
		return
	}
	p.Report(Finding{At: at, Reason: "never-asked", Message: lang.F(lang.T(
		"Users cannot grant %s in the settings: they list only scopes that were requested, and nothing in the project requests this one.",
		"用户在设置页里无法授权 %s：设置页只列出申请过的授权，而项目里从未申请过。"), and(missing)), Advice: lang.T(
		"Request it with wx.authorize first, and open the settings after a refusal.",
		"请先用 wx.authorize 申请，被拒绝后再引导去设置页。")})
}

// neverAsked returns the scopes without which nothing is enabled and that nothing asks for, as far as all of it was followed.
func (p *Pass) neverAsked() []string {
	enabled := false
	for _, call := range p.enablings() {
		if call.Before.Outcome != flow.Proved {
			return nil
		}
		enabled = true
	}
	if !enabled || p.usesMedia() {
		return nil
	}
	asked := map[string]bool{}
	for _, scope := range p.Flow.Asks {
		asked["scope."+scope] = true
	}
	for _, call := range p.calls(flow.Authorize) {
		if len(call.Scopes) == 0 {
			return nil // it may ask for any
		}
		for _, use := range call.Scopes {
			if asked[use.Name] = true; wrong(use) {
				return nil
			}
		}
	}
	var missing []string
	for _, scope := range scopes[:2] {
		if !asked[scope] {
			missing = append(missing, scope)
		}
	}
	return missing
}

// usesMedia tells that a template shows a part of the platform that asks for microphone or camera by itself.
func (p *Pass) usesMedia() bool {
	for _, u := range p.Project.Units {
		if u.Template == nil {
			continue
		}
		for _, b := range u.Template.Bindings {
			if b.Tag == "camera" || b.Tag == "live-pusher" {
				return true
			}
		}
	}
	return false
}

// settingsAt is where the recovery of authorizations is shown: at the first authorization, or where the settings are opened.
func (p *Pass) settingsAt(asks []*flow.Call) source.Span {
	for _, call := range append(asks, p.calls(flow.OpenSetting)...) {
		return call.Name
	}
	for _, call := range p.enablings() {
		return call.Name
	}
	return source.Span{}
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
	if p.Project.Style.MarkupInCode {
		for _, s := range p.Project.Scripts {
			if s.Names&miniprogram.NameOpenSetting != 0 {
				return true
			}
		}
	}
	return false
}
