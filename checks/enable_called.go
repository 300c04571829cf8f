package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var enableCalled = &Rule{
	ID: "enable-called", Severity: Error, Step: StepEnable, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("the project uses the feature, but never calls setEnable1v1Chat", "项目用到了双人音视频通话，但没有调用 setEnable1v1Chat")},
		{"unused", lang.T("the project does not use the feature", "项目没有用到双人音视频通话")},
	},
	LateReasons: []string{"missing", "unused"},
	Title:       lang.T("Call setEnable1v1Chat", "调用 setEnable1v1Chat"),
	Text: lang.T(
		"Without `wx.setEnable1v1Chat({ enable: true })` the feature stays off: users can neither call nor be called. Enabling lasts for one run of the mini-program.\n\nIf neither `setEnable1v1Chat` nor `join1v1Chat` occurs anywhere, this is the only finding, because there is nothing to check the other steps against.",
		"没有调用 `wx.setEnable1v1Chat({ enable: true })`，通话功能就没有开启：用户既不能呼叫，也不能被呼叫。开启只在小程序本次运行期间有效。\n\n如果项目里既没有 `setEnable1v1Chat` 也没有 `join1v1Chat`，就只报告这一个问题，不再检查其他步骤。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  async onCall() {
    const { me, friend } = this.data
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.join1v1Chat({ caller: me, listener: friend })
    } catch (failed) {
      toSettings()
    }
  }
})`,
	Good: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  async onCall() {
    const { me, friend } = this.data
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      await wx.join1v1Chat({ caller: me, listener: friend })
    } catch (failed) {
      toSettings()
    }
  }
})`,
	Fix:     lang.T("Call wx.setEnable1v1Chat({ enable: true }) once both scopes are granted.", "请在两项授权都拿到之后调用 wx.setEnable1v1Chat({ enable: true })。"),
	RunTime: lang.T("No call can be placed: join1v1Chat fails with -20000 (not open 1v1 Chat).", "无法通话：join1v1Chat 以 -20000（not open 1v1 Chat）失败。"),
	Sources: []Source{docSetEnable, docVoip, inGuide("code 3")},
	Aside:   []Aside{notThere, broken(), {Rule: "authorize-unproven", Where: MayHold, Moot: true}},
	Run: func(p *Pass) {
		if len(p.Project.Unreadable) > 0 {
			return // it may stand in what could not be read
		}
		if p.has(flow.SetEnable) || p.mayCall(miniprogram.NameEnable) {
			return
		}
		f := Finding{At: p.top(), Reason: "missing", about: subject{seeks: miniprogram.NameEnable, disables: true, everywhere: true}, Message: lang.T(
			"Nothing in the project calls setEnable1v1Chat, so the call feature is never switched on.",
			"项目里没有调用 setEnable1v1Chat，通话功能从未开启。")}
		if !p.Traces() && !p.mayCall(miniprogram.NameJoin) {
			f.Reason, f.Message = "unused", lang.T(
				"The project does not use 1v1 calls: neither setEnable1v1Chat nor join1v1Chat occurs in the code.",
				"项目没有用到双人音视频通话：代码里既没有 setEnable1v1Chat，也没有 join1v1Chat。")
			f.Advice = lang.T(
				"Write a call page first, for example with voipcheck new page.",
				"请先编写通话页面，例如执行 voipcheck new page。")
		}
		p.Report(f)
	},
}

// unused is the aside of what serves the feature for a project that has no trace of it.
var unused = Aside{Rule: "enable-called", Reasons: []string{"unused"}, Where: SameProject, Moot: true}

// notThere is the aside of what a program does not do for one that is not where project.config.json says.
var notThere = Aside{Rule: "app-json", Reasons: []string{"missing"}, Where: SameProject, Moot: true}
