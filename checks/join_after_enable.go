package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var joinAfterEnable = &Rule{
	ID: "join-after-enable", Severity: Error, Step: StepJoin, Evidence: Documented,
	Reasons: []Reason{
		{string(flow.NeverEnabled), lang.T("nothing enables on this path", "这条路径上没有开启")},
		{string(flow.NotAwaited), lang.T("the path does not wait for enabling", "没有等待开启的结果")},
		{string(flow.FailureContinues), lang.T("the path continues after enabling has failed", "开启失败后仍继续执行")},
		{string(flow.Disabled), lang.T("the feature was switched off again", "又被关闭了")},
	},
	Title: lang.T("Join only after enabling has succeeded", "开启成功之后再发起通话"),
	Text: lang.T(
		"`join1v1Chat` works once `setEnable1v1Chat` has succeeded in this run of the mini-program. The rule follows every path from an entry point to the join. On each path the join must lie in `success` of enabling, after an awaited enabling, or behind a test of a flag that is set only there.",
		"只有 `setEnable1v1Chat` 在小程序本次运行期间已经成功，`join1v1Chat` 才能用。规则会跟踪从入口到 `join1v1Chat` 的每一条路径：它要么写在开启的 `success` 里，要么写在 await 开启之后，要么写在判断过「已开启」标记的分支里。"),
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
    } catch (refused) {
      toSettings()
      return
    }
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
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
    } catch (refused) {
      toSettings()
      return
    }
    wx.setEnable1v1Chat({
      enable: true,
      success: () => wx.join1v1Chat({
        caller: me,
        listener: friend,
        fail: console.error
      }),
      fail: console.error
    })
  }
})`,
	Fix:     lang.T("Join in success of setEnable1v1Chat, or after awaiting it, and stop if it fails.", "请把 join1v1Chat 放到 setEnable1v1Chat 的 success 里或 await 之后，失败时停下。"),
	RunTime: lang.T("join1v1Chat fails with -20000 (not open 1v1 Chat).", "join1v1Chat 以 -20000（not open 1v1 Chat）失败。"),
	Sources: []Source{docJoin, docVoip, docPromise, inGuide("code 3")},
	Aside: callers(
		Aside{Rule: "enable-called", Where: SameEnabling},
		Aside{Rule: "enable-options", Where: SameEnabling},
		Aside{Rule: "devtools-unsupported", Reasons: []string{string(flow.Inverted)}, Where: SameEnabling},
		broken(string(flow.NeverEnabled)),
	),
	Run: runJoinAfterEnable,
}

func runJoinAfterEnable(p *Pass) {
	for _, call := range p.calls(flow.Join) {
		v := call.Before
		if !call.Reached || v.Outcome != flow.Refuted {
			continue
		}
		reason := v.Reason
		if _, known := notEnabled[reason]; !known {
			reason = flow.NeverEnabled
		}
		p.Report(Finding{
			At: call.Name, Reason: string(reason), Trace: trace(v.Witness, call.Name),
			Message: notEnabled[reason].message, Advice: notEnabled[reason].advice,
			about: subject{call: call, precondition: true, unreached: v.Unshown, seeks: miniprogram.NameEnable},
		})
	}
}

// notEnabled has for each reason what is said of the join, and what to do.
var notEnabled = map[flow.Reason]struct{ message, advice lang.Text }{
	flow.NeverEnabled: {
		lang.T(
			"join1v1Chat can be reached without a successful setEnable1v1Chat: nothing enables on this path.",
			"有一条路径执行到 join1v1Chat 时没有开启过通话功能。"),
		lang.T(
			"Enable first, and join in its success.",
			"请先调用 setEnable1v1Chat，在它的 success 里再发起通话。"),
	},
	flow.NotAwaited: {
		lang.T(
			"join1v1Chat runs before setEnable1v1Chat has succeeded: the path does not wait.",
			"setEnable1v1Chat 还没有成功，join1v1Chat 就执行了：没有等待结果。"),
		lang.T(
			"Join in success, or after awaiting the promise. A call that is given success, fail or complete returns no promise.",
			"请在 success 里或 await 返回的 Promise 之后再发起通话。传了 success、fail 或 complete 的调用不返回 Promise。"),
	},
	flow.FailureContinues: {
		lang.T(
			"join1v1Chat also runs when setEnable1v1Chat fails: the failure is swallowed and the path continues.",
			"setEnable1v1Chat 失败之后，代码仍会执行到 join1v1Chat：失败被吞掉了。"),
		lang.T(
			"Stop there and tell the user.",
			"失败时请停下，并提示用户。"),
	},
	flow.Disabled: {
		lang.T(
			"join1v1Chat runs after setEnable1v1Chat({ enable: false }) has switched the feature off.",
			"执行 join1v1Chat 之前，setEnable1v1Chat({ enable: false }) 已经把通话功能关闭。"),
		lang.T(
			"Enable again before the join.",
			"发起通话前请重新开启。"),
	},
}
