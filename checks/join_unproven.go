package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinUnproven = &Rule{
	ID: "join-unproven", Severity: Warning, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Enable before the join where the path can be followed", "让发起通话之前的开启过程可以跟踪"),
	Text: lang.T(
		"Whether `setEnable1v1Chat` has succeeded before `join1v1Chat` depends on code that could not be followed: a module that is not in the repository, a call whose target is computed, an event bus. voipcheck claims neither that the path is right nor that it is wrong.",
		"执行 `join1v1Chat` 之前 `setEnable1v1Chat` 是否已经成功，取决于一段无法跟踪的代码：仓库里没有的模块、运行时才能确定目标的调用、事件总线等。voipcheck 既不判定正确，也不判定错误。"),
	Example: ExamplePage,
	Bad: `import { startChat } from 'chat-kit'

const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  async onCall() {
    const { me, friend } = this.data
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
    } catch (refused) {
      toSettings()
      return
    }
    const enable = () => wx.setEnable1v1Chat({ enable: true })
    await startChat(enable)
    wx.join1v1Chat({
      caller: me,
      listener: friend,
      fail: console.error
    })
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
	Fix:     lang.T("Join in success of setEnable1v1Chat, or right after awaiting it, so that the path can be followed.", "请把 join1v1Chat 直接写在 setEnable1v1Chat 的 success 里或 await 之后。"),
	RunTime: lang.T("If enabling has not succeeded, join1v1Chat fails with -20000.", "如果没有真正开启成功，join1v1Chat 会以 -20000 失败。"),
	Sources: []Source{docJoin, docVoip},
	Aside: callers(
		pagesUnknown, broken(), throughBroken,
		Aside{Rule: "enable-called", Where: SameEnabling},
		Aside{Rule: "enable-options", Where: SameEnabling},
		Aside{Rule: "devtools-unsupported", Reasons: []string{string(flow.Inverted)}, Where: SameEnabling},
		Aside{Rule: "authorize-unproven", Where: UnreachedEnabling},
		Aside{Rule: "call-reachable", Where: UnreachedEnabling},
	),
	Run: func(p *Pass) {
		p.unprovenUnreached(flow.Join)
		p.reportHidden(flow.Join)
		for _, call := range p.calls(flow.Join) {
			if call.Before.Outcome == flow.Unproven && !stopped(call) {
				p.reportUnproven(call, lang.T(
					"Cannot tell whether setEnable1v1Chat has succeeded before %[1]s: %[2]s could not be followed.",
					"无法确定执行 %[1]s 之前 setEnable1v1Chat 是否已经成功：%[2]s 无法跟踪。"))
			}
		}
	},
}
