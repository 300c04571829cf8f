package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var listenerLeak = &Rule{
	ID: "listener-leak", Severity: Warning, Step: StepJoin, Evidence: Community,
	Title: lang.T("Listeners for a call are not added again and again", "通话事件的监听没有重复添加"),
	Text: lang.T(
		"A listener that is added with `wx.onVoIP…` stays until the matching `wx.offVoIP…` removes it, also when its page is gone: developers report that a listener which is registered again fires twice. One that is added whenever a page shows, whenever a user places a call or whenever a page opens, and that nothing removes, runs once more each time.\n\nAdding it once, at launch or at the top level of a module, needs no removal. In a page, add it in `onLoad` and remove it in `onUnload`, or in `onShow` and `onHide`.",
		"用 `wx.onVoIP…` 添加的监听会一直有效，直到用对应的 `wx.offVoIP…` 取消，页面关闭了也不会自动移除。据开发者反馈，重复注册后回调会触发多次。每次显示页面、每次发起通话或每次打开页面时都添加、又从不取消的监听，每次都会多触发一遍。\n\n在启动时或模块顶层只添加一次的，不需要取消。在页面里，请成对使用：`onLoad` 添加、`onUnload` 取消，或 `onShow` 添加、`onHide` 取消。"),
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
		"Keep the function and hand it to the matching wx.offVoIP… when the page hides or unloads, or add the listener once at launch.",
		"保存回调函数，在页面隐藏或卸载时传给对应的 wx.offVoIP… 取消监听，或只在启动时添加一次。"),
	RunTime: lang.T(
		"The event is handled two, three, four times: messages shown twice, pages left twice. There is no error code.",
		"同一事件被处理两次、三次、四次：重复提示、重复返回上一页等，没有错误码。"),
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
			when := lang.F(lang.T("whenever %s runs", "每次执行 %s 时"), l.Again.Name)
			switch {
			case l.PerPage:
				when = lang.F(lang.T("whenever the page opens (%s)", "每次打开页面时（%s）"), l.Again.Name)
			case l.Again.Kind == flow.StepHandler && l.Again.Detail != "":
				when = lang.F(lang.T("at each %[2]s (%[1]s)", "每次触发 %[2]s 事件时（%[1]s）"), l.Again.Name, l.Again.Detail)
			}
			p.Report(Finding{At: l.Name, Trace: []Note{{At: l.Again.At, Message: Describe(l.Again)}}, Message: lang.F(lang.T(
				"%[1]s adds another listener %[2]s, and nothing removes it with %[3]s: the event is handled once more each time. Remove it when the page hides or unloads, or add it once at launch",
				"%[1]s 在%[2]s都会再添加一个监听，却没有用 %[3]s 取消：同一事件会一次比一次多处理一遍。请在页面隐藏或卸载时取消，或只在启动时添加一次"), l.API, when, l.Off)})
		}
	},
}
