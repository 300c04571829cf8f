package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var authorizeBeforeEnable = &Rule{
	ID: "authorize-before-enable", Severity: Error, Step: StepAuthorize, Evidence: Documented,
	Reasons: []Reason{
		{string(flow.NeverAsked), lang.T("nothing in the project asks for the scope", "整个项目都没有申请该权限")},
		{string(flow.OtherPath), lang.T("authorization is requested on other paths only", "只在别的路径上申请过")},
		{string(flow.ScopeMissing), lang.T("only the other of the two scopes is asked for", "只申请了两项权限中的另一项")},
		{string(flow.AskedAfter), lang.T("the scope is asked for after enabling", "开启之后才申请")},
		{string(flow.NotAwaited), lang.T("the outcome of asking is not waited for", "没有等待申请的结果")},
		{string(flow.RefusalContinues), lang.T("the path goes on after a refusal", "用户拒绝后仍继续执行")},
	},
	Title: lang.T("Enabling happens only with microphone and camera granted", "拿到麦克风和摄像头授权之后才开启通话功能"),
	Text: lang.T(
		"`setEnable1v1Chat` needs the user's authorization of `scope.record` and `scope.camera`. The rule follows every way from an entry point (a tap, onLoad, a timer) to the call. On each, both scopes have to be granted: inside `success`, after an awaited ask, or behind a test of `authSetting`.\n\nAsking is not enough. The usual faults are going on without waiting for the answer, and going on after a refusal: a `.catch` that swallows it, `complete`, or a result that nobody checks.",
		"`setEnable1v1Chat` 需要用户授权 `scope.record` 和 `scope.camera`。规则会跟踪从入口（点击、onLoad、定时器等）到这次调用的每一条路径，要求路径上两项权限都已拿到：在 `success` 里、在 await 申请之后，或者在判断过 `authSetting` 的分支里。\n\n只发起申请是不够的。常见的错误是不等结果就往下走，或者被拒绝后仍往下走：`.catch` 把拒绝吞掉、写在 `complete` 里、返回值没有检查。"),
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
		"Ask for both scopes one after the other, wait for each, and return when one is refused; enable after that.",
		"依次申请两项权限并等待结果，任何一项被拒绝就返回，之后再开启。"),
	RunTime: lang.T(
		"Enabling or joining may fail with -30003 (no record authorization) or -30004 (no camera authorization). Where the user was never asked, WeChat may ask by itself; after a refusal it does not.",
		"开启或发起通话可能失败，错误码 -30003（小程序没有录音授权）或 -30004（小程序没有摄像头授权）。用户从未被询问过时，微信可能会自行弹窗；拒绝过之后不会再问。"),
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
	f.Reason = string(reason)
	f.Message = lang.F(unauthorized[reason], and(scopes), call.API)
}

// unauthorized has for each reason what is said of the missing scopes (1) and the call (2).
var unauthorized = map[flow.Reason]lang.Text{
	flow.NeverAsked: lang.T(
		"%[2]s runs without %[1]s: nothing in the project requests this authorization. Call wx.authorize first, one scope a call, and enable only after it succeeded",
		"执行 %[2]s 时没有 %[1]s 授权：整个项目都没有申请过。请先用 wx.authorize 逐个申请，成功后再开启"),
	flow.OtherPath: lang.T(
		"%[2]s can be reached without %[1]s: authorization is requested on other paths only. Request it on this path too, or test authSetting before enabling",
		"有一条路径执行到 %[2]s 时没有 %[1]s 授权：只在别的路径上申请过。请在这条路径上也申请，或先判断 authSetting"),
	flow.ScopeMissing: lang.T(
		"%[2]s runs without %[1]s: only the other of the two scopes is requested. Request both, one after the other, before enabling",
		"执行 %[2]s 时没有 %[1]s 授权：只申请了另一项。开启之前两项都要申请"),
	flow.AskedAfter: lang.T(
		"%[2]s runs before authorization of %[1]s is requested. Request it first, and enable in success or after await",
		"%[2]s 在申请 %[1]s 之前就执行了。请先申请，在 success 里或 await 之后再开启"),
	flow.NotAwaited: lang.T(
		"%[2]s runs before the user has answered the question for %[1]s: the path does not wait. Enable in success, or after await of the promise (a call with success, fail or complete returns none)",
		"用户还没有答复 %[1]s 的授权请求，%[2]s 就执行了。请写在 success 里，或 await 返回的 Promise 之后（传了 success、fail、complete 的调用不返回 Promise）"),
	flow.RefusalContinues: lang.T(
		"%[2]s also runs when the user refuses %[1]s: the path goes on after the refusal. Stop there (return, or rethrow) and lead the user to the settings",
		"用户拒绝 %[1]s 之后，代码仍会执行到 %[2]s。拒绝时应停下（return 或继续抛出），并引导用户去设置页开启"),
}
