package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var listenerLeak = &Rule{
	ID: "listener-leak", Severity: Warning, Step: StepJoin, Evidence: Community,
	Title: lang.T("Remove call listeners that are added repeatedly", "移除重复添加的通话监听"),
	Text: lang.T(
		"A listener that is added with `wx.onVoIP…` stays until the matching `wx.offVoIP…` removes it, even after its page is gone; developers report that a listener registered twice fires twice. If one is added every time a page shows, a page opens or a user places a call, and nothing removes it, it runs once more each time.\n\nA listener that is added once, at launch or at the top level of a module, need not be removed. In a page, add it in `onLoad` and remove it in `onUnload`, or use `onShow` and `onHide`.",
		"用 `wx.onVoIP…` 添加的监听会一直有效，直到用对应的 `wx.offVoIP…` 移除，页面关闭后也不会自动移除；据开发者反馈，重复注册后回调会触发多次。如果每次显示页面、打开页面或发起通话时都添加监听，又从不移除，每次都会多触发一遍。\n\n在启动时或模块顶层只添加一次的，不需要移除。在页面里请成对使用：`onLoad` 添加、`onUnload` 移除，或 `onShow` 添加、`onHide` 移除。"),
	Example: ExamplePage,
	Bad: `Page({
  onShow() {
    wx.onVoIPChatMembersChanged(() => this.setData({ calling: false }))
  },
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Good: `Page({
  onShow() {
    this.onMembers = () => this.setData({ calling: false })
    wx.onVoIPChatMembersChanged(this.onMembers)
  },
  onHide() {
    wx.offVoIPChatMembersChanged(this.onMembers)
  },
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix: lang.T(
		"Keep the function and pass it to the matching wx.offVoIP… when the page hides or unloads, or add the listener once at launch.",
		"请保存回调函数，在页面隐藏或卸载时传给对应的 wx.offVoIP… 移除监听，或只在启动时添加一次。"),
	RunTime: lang.T(
		"The event is handled two, three or four times: messages appear twice, the page is left twice. There is no error code.",
		"同一事件被处理两次、三次甚至更多：重复提示、重复返回上一页等，没有错误码。"),
	Sources: []Source{communityHangUp, communityListenTwice, docMembersChanged},
	Aside:   []Aside{unused},
	Run: func(p *Pass) {
		if !p.has(flow.SetEnable) && !p.has(flow.Join) {
			return // rooms for several people have listeners too
		}
		for _, l := range p.Flow.Listeners {
			if l.Again.Kind == "" || l.Removed {
				continue
			}
			when := lang.F(lang.T("every time %s runs", "每次执行 %s 时"), l.Again.Name)
			switch {
			case l.PerPage:
				when = lang.F(lang.T("every time the page opens (%s)", "每次打开页面时（%s）"), l.Again.Name)
			case l.Again.Kind == flow.StepHandler && l.Again.Detail != "":
				when = lang.F(lang.T("at every %[2]s (%[1]s)", "每次触发 %[2]s 事件时（%[1]s）"), l.Again.Name, l.Again.Detail)
			}
			p.Report(Finding{At: l.Name, Trace: []Note{{At: l.Again.At, Message: Describe(l.Again)}}, Message: lang.F(lang.T(
				"%[1]s adds another listener %[2]s, and nothing removes it with %[3]s, so the event is handled once more each time.",
				"%[1]s %[2]s都会再添加一个监听，却没有用 %[3]s 移除，同一事件会越来越多次地处理。"), l.API, when, l.Off)})
		}
	},
}
