package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var callEndObserved = &Rule{
	ID: "call-end-observed", Severity: Info, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Listen for the other side hanging up", "监听对方挂断"),
	Text: lang.T(
		"`wx.onVoIPChatMembersChanged` reports that the members of the call have changed. According to developers it is the only event by which a mini-program learns that the other side has hung up: `onVoIPChatInterrupted` is about interruptions such as a phone call, and `onVoIPChatStateChanged` belongs to rooms for several people. Without it, the page keeps showing a call that is over.\n\nThe rule only requires that something in the project listens.",
		"`wx.onVoIPChatMembersChanged` 在通话成员变化时触发。据开发者反馈，小程序只能通过它得知对方已挂断：`onVoIPChatInterrupted` 用于系统来电等打断，`onVoIPChatStateChanged` 属于多人音视频。没有监听时，通话已经结束，页面仍停留在通话中的状态。\n\n规则只要求项目里有地方监听。"),
	Example: ExamplePage,
	Bad: `Page({
  async onShow() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      this.enabled = true
    } catch (failed) {
      wx.showToast({ title: '无法接听来电', icon: 'none' })
    }
  },
  onCall() {
    const { me, friend } = this.data
    if (!this.enabled) return wx.openSetting()
    wx.join1v1Chat({
      caller: me,
      listener: friend,
      fail: console.error
    })
  }
})`,
	Good: `Page({
  onLoad() {
    this.onMembers = () => this.setData({ calling: false })
    wx.onVoIPChatMembersChanged(this.onMembers)
  },
  onUnload() {
    wx.offVoIPChatMembersChanged(this.onMembers)
  },
  async onShow() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
      await wx.setEnable1v1Chat({ enable: true })
      this.enabled = true
    } catch (failed) {
      wx.showToast({ title: '无法接听来电', icon: 'none' })
    }
  },
  onCall() {
    const { me, friend } = this.data
    if (!this.enabled) return wx.openSetting()
    wx.join1v1Chat({
      caller: me,
      listener: friend,
      fail: console.error
    })
  }
})`,
	Fix: lang.T(
		"Call wx.onVoIPChatMembersChanged when the call page loads or the mini-program launches, and remove the listener when the page unloads.",
		"请在通话页 onLoad 或小程序启动时调用 wx.onVoIPChatMembersChanged，并在页面卸载时移除监听。"),
	RunTime: lang.T(
		"The page is not told when the other side hangs up. There is no error code.",
		"对方挂断后页面收不到通知，没有错误码。"),
	Sources: []Source{docVoip, docMembersChanged, communityHangUp},
	Run: func(p *Pass) {
		if p.Flow.HearsHangUp {
			return
		}
		for _, call := range p.calls(flow.Join) {
			if !mayRun(call) || call.Cut {
				continue
			}
			p.Report(Finding{At: call.Name, Message: lang.T(
				"Nothing in the project listens to onVoIPChatMembersChanged, so the page does not learn that the other side has hung up.",
				"项目里没有监听 onVoIPChatMembersChanged，对方挂断后页面无从得知。")})
			return // once for the program
		}
	},
}
