package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var authorizeBeforeEnable = &Rule{
	ID: "authorize-before-enable", Severity: Error, Step: StepAuthorize, Evidence: Documented,
	Reasons: []Reason{
		{string(flow.NeverAsked), lang.T("nothing in the project requests this authorization", "整个项目都没有申请该授权")},
		{string(flow.OtherPath), lang.T("the authorization is requested only on other paths", "只在其他路径上申请过授权")},
		{string(flow.ScopeMissing), lang.T("only the other scope is requested", "只申请了另一项授权")},
		{string(flow.AskedAfter), lang.T("the authorization is requested after enabling", "开启之后才申请授权")},
		{string(flow.NotAwaited), lang.T("the path does not wait for the answer", "没有等待授权结果")},
		{string(flow.RefusalContinues), lang.T("the path continues after a refusal", "用户拒绝后仍继续执行")},
	},
	Title: lang.T("Enable only after microphone and camera are granted", "先拿到麦克风和摄像头授权，再开启通话功能"),
	Text: lang.T(
		"`setEnable1v1Chat` needs the user's authorization of `scope.record` and `scope.camera`. The rule follows every path from an entry point (a tap, onLoad, a timer) to the call. On each path both scopes must already be granted: inside `success`, after an awaited request, or behind a test of `authSetting`.\n\nRequesting is not enough. The usual mistakes are to continue without waiting for the answer, and to continue after a refusal: a `.catch` that swallows it, a call in `complete`, a result that is never checked.",
		"`setEnable1v1Chat` 需要用户授权 `scope.record` 和 `scope.camera`。规则会跟踪从入口（点击、onLoad、定时器等）到这次调用的每一条路径，要求两项授权都已经拿到：写在 `success` 里、写在 await 申请之后，或写在判断过 `authSetting` 的分支里。\n\n只申请是不够的。常见的错误有两类：不等结果就继续执行；用户拒绝后仍继续执行，例如 `.catch` 把拒绝吞掉、写在 `complete` 里、没有检查返回值。"),
	Example: ExamplePage,
	Bad: `const toSettings = () => wx.showModal({
  content: '请在设置里打开麦克风和摄像头',
  success: (res) => res.confirm && wx.openSetting()
})

Page({
  onCall() {
    wx.authorize({ scope: 'scope.record', fail: toSettings })
    wx.authorize({ scope: 'scope.camera', fail: toSettings })
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
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
	Fix: lang.T(
		"Request both scopes one after the other, wait for each answer, return on a refusal, and only then enable.",
		"依次申请两项授权并等待结果，任何一项被拒绝就 return，都成功后再开启。"),
	RunTime: lang.T(
		"Enabling or joining may fail with -30003 (no microphone authorization) or -30004 (no camera authorization). If the user was never asked, WeChat may ask by itself; after a refusal it does not.",
		"开启或发起通话可能失败，错误码为 -30003（小程序没有麦克风授权）或 -30004（小程序没有摄像头授权）。用户从未被询问过时，微信可能会自行弹窗；拒绝过之后不会再弹。"),
	Sources: []Source{docSetEnable, docJoin, docAuthorize, docPromise, inGuide("code 2")},
	Aside: callers(
		Aside{Rule: "authorize-scope", Where: SameScope},
		// The ask that is missed may stand in the file that cannot be parsed.
		broken(string(flow.NeverAsked), string(flow.OtherPath), string(flow.ScopeMissing)),
	),
	Run: runAuthorizeBeforeEnable,
}

func runAuthorizeBeforeEnable(p *Pass) {
	for _, call := range p.enablings() {
		v := call.Before
		if !call.Reached || v.Outcome != flow.Refuted {
			continue
		}
		f := &Finding{At: call.Name, Trace: trace(v.Witness, call.Name), about: subject{
			call: call, precondition: true, unreached: v.Unshown, nowhere: v.Reason == flow.NeverAsked,
			scopes: prefixed(v.Missing), seeks: miniprogram.NameAuthorize,
		}}
		f.about.narrow = func(scopes []string) {
			reason := v.Reason
			if reason == flow.NeverAsked {
				// The other scope is asked for, if only its name were right.
				reason = flow.ScopeMissing
			}
			f.lackAuthorization(call, scopes, reason)
		}
		f.lackAuthorization(call, f.about.scopes, v.Reason)
		p.report(f)
	}
}

// lackAuthorization says of a call which scopes are not granted.
func (f *Finding) lackAuthorization(call *flow.Call, scopes []string, reason flow.Reason) {
	if _, known := unauthorized[reason]; !known {
		reason = flow.OtherPath
	}
	said := unauthorized[reason]
	f.Reason = string(reason)
	f.Message = lang.F(said.message, and(scopes), call.API)
	f.Advice = said.advice
}

// unauthorized has for each reason what is said of the missing scopes (1) and the call (2), and what to do.
var unauthorized = map[flow.Reason]struct{ message, advice lang.Text }{
	flow.NeverAsked: {
		lang.T(
			"%[2]s runs without authorization of %[1]s: nothing in the project requests it.",
			"执行 %[2]s 时没有 %[1]s 授权：整个项目都没有申请过。"),
		lang.T(
			"Request each scope with wx.authorize first, and enable only after both have succeeded.",
			"请先用 wx.authorize 逐项申请，都成功后再开启。"),
	},
	flow.OtherPath: {
		lang.T(
			"%[2]s can be reached without authorization of %[1]s: it is requested only on other paths.",
			"有一条路径执行到 %[2]s 时没有 %[1]s 授权：只在其他路径上申请过。"),
		lang.T(
			"Request it on this path too, or test authSetting before enabling.",
			"请在这条路径上也申请，或在开启之前判断 authSetting。"),
	},
	flow.ScopeMissing: {
		lang.T(
			"%[2]s runs without authorization of %[1]s: only the other scope is requested.",
			"执行 %[2]s 时没有 %[1]s 授权：只申请了另一项。"),
		lang.T(
			"Request both scopes, one after the other, before enabling.",
			"请在开启之前依次申请两项授权。"),
	},
	flow.AskedAfter: {
		lang.T(
			"%[2]s runs before authorization of %[1]s is requested.",
			"%[2]s 在申请 %[1]s 授权之前就执行了。"),
		lang.T(
			"Request it first, and enable in success or after await.",
			"请先申请授权，在 success 里或 await 之后再开启。"),
	},
	flow.NotAwaited: {
		lang.T(
			"%[2]s runs before the user has answered the request for %[1]s: the path does not wait.",
			"用户还没有答复 %[1]s 的授权申请，%[2]s 就执行了：没有等待结果。"),
		lang.T(
			"Enable in success, or after awaiting the promise. A call that is given success, fail or complete returns no promise.",
			"请在 success 里或 await 返回的 Promise 之后再开启。传了 success、fail 或 complete 的调用不返回 Promise。"),
	},
	flow.RefusalContinues: {
		lang.T(
			"%[2]s also runs when the user refuses %[1]s: the path continues after the refusal.",
			"用户拒绝 %[1]s 授权之后，代码仍会执行到 %[2]s。"),
		lang.T(
			"Stop there (return or rethrow) and lead the user to the settings.",
			"被拒绝时请停下（return 或继续抛出），并引导用户去设置页开启。"),
	},
}
