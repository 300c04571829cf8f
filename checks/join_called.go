package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var joinCalled = &Rule{
	ID: "join-called", Severity: Error, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Call join1v1Chat", "调用 join1v1Chat"),
	Text: lang.T(
		"`wx.join1v1Chat` places the call. `wx.joinVoIPChat` belongs to another feature (rooms for several people), and so do the calls of hardware VoIP.",
		"`wx.join1v1Chat` 才会发起双人通话。`wx.joinVoIPChat` 是另一项功能（多人音视频房间），硬件设备的 VoIP 接口也不是。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  async onCall() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
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
	Fix:     lang.T("Call wx.join1v1Chat({ caller, listener }) once enabling has succeeded.", "请在开启成功后调用 wx.join1v1Chat({ caller, listener })。"),
	RunTime: lang.T("No call is ever placed. There is no error code.", "不会发起任何通话，没有错误码。"),
	Sources: []Source{docJoin, docVoip, inGuide("code 4")},
	Aside: []Aside{
		{Rule: "enable-called", Reasons: []string{"unused"}, Where: SameProject},
		notThere, broken(), {Rule: "join-unproven", Where: MayHold, Moot: true},
	},
	Run: func(p *Pass) {
		if len(p.Project.Unreadable) > 0 {
			return // it may stand in what could not be read
		}
		if p.has(flow.Join) || p.mayCall(miniprogram.NameJoin) {
			return
		}
		p.Report(Finding{At: p.top(), about: subject{seeks: miniprogram.NameJoin}, Message: lang.T(
			"Nothing in the project calls join1v1Chat, so no call can be placed.",
			"项目里没有调用 join1v1Chat，无法发起通话。")})
	},
}
