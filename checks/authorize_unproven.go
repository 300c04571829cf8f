package checks

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var authorizeUnproven = &Rule{
	ID: "authorize-unproven", Severity: Warning, Step: StepAuthorize, Evidence: Documented,
	Title: lang.T("Request authorization where the path can be followed", "让开启之前的授权过程可以跟踪"),
	Text: lang.T(
		"Whether both scopes are granted before `setEnable1v1Chat` depends on code that could not be followed: a module that is not in the repository, or a call whose target is computed. voipcheck claims neither that the path is right nor that it is wrong.\n\nIf success of a function in the project means that both scopes are granted, list the function under `grants` in voipcheck.json. If it comes from a package or from a file outside the repository, wrap it in a function of the project and list that one. Otherwise, request the authorization where the path can be followed.",
		"执行 `setEnable1v1Chat` 之前是否已拿到两项授权，取决于一段无法跟踪的代码：仓库里没有的模块，或运行时才能确定目标的调用。voipcheck 既不判定正确，也不判定错误。\n\n如果项目里某个函数执行成功就表示两项授权都已拿到，可以把它写进 voipcheck.json 的 `grants`；如果它来自依赖包或仓库里没有的文件，请在项目里封装一个函数，再写这个函数；否则请把申请授权的代码写在能跟踪到的地方。"),
	Example: ExamplePage,
	Bad: `import { ensureMedia } from 'permission-kit'

Page({
  async onCall() {
    await ensureMedia()
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
	Fix:     lang.T("Request both scopes with wx.authorize right before enabling, or list a function of the project that obtains both under grants in voipcheck.json; wrap what is not in the repository.", "请在开启前直接用 wx.authorize 申请两项授权，或把项目里能拿到两项授权的函数写进 voipcheck.json 的 grants（仓库里没有的代码请先封装成项目里的函数）。"),
	RunTime: lang.T("If the code does not obtain both authorizations, the call may fail with -30003 or -30004.", "如果这段代码没有真正拿到两项授权，通话可能以 -30003 或 -30004 失败。"),
	Sources: []Source{docSetEnable, docAuthorize},
	// What cannot be followed may be the file that cannot be parsed.
	Aside: callers(pagesUnknown, broken(), throughBroken),
	Run: func(p *Pass) {
		p.unprovenUnreached(flow.SetEnable)
		p.reportHidden(flow.SetEnable)
		for _, call := range p.enablings() {
			if call.Before.Outcome == flow.Unproven && !stopped(call) {
				p.reportUnproven(call, lang.T(
					"Cannot tell whether scope.record and scope.camera are granted before %[1]s: %[2]s could not be followed.",
					"无法确定执行 %[1]s 之前是否已拿到 scope.record 和 scope.camera 授权：%[2]s 无法跟踪。"))
			}
		}
	},
}

// unprovenUnreached reports the calls that nothing runs as far as can be seen, but that an import which leads
// nowhere may.
func (p *Pass) unprovenUnreached(api flow.API) {
	for _, call := range p.unreached() {
		if call.API != api {
			continue
		}
		if spec := p.sought(call); spec != "" {
			p.Report(Finding{At: call.Name, about: subject{call: call, unreached: true}, Message: lang.F(lang.T(
				"Cannot tell what runs %[1]s: the import %[2]s could not be resolved and may mean this file.",
				"无法确定 %[1]s 由哪里执行：引用 %[2]s 无法解析，它可能指向这个文件。"), call.API, same(spec)), Advice: lang.T(
				"Add the alias to paths in tsconfig.json or jsconfig.json.",
				"请把这个别名写进 tsconfig.json 或 jsconfig.json 的 paths。")})
		}
	}
}

// hidden tells that a call is made by name on something that could not be followed.
func (p *Pass) hidden(api flow.API) bool {
	_, ok := p.Flow.Hidden[api]
	return ok
}

// reportHidden says of the only call of its name that it cannot be told whether it is the platform's.
func (p *Pass) reportHidden(api flow.API) {
	if !p.hidden(api) || p.has(api) {
		return
	}
	p.Report(Finding{At: p.Flow.Hidden[api], about: subject{holds: nameOf(api)}, Message: lang.F(lang.T(
		"Cannot tell whether this %[1]s is the platform's: the object that it is called on could not be followed.",
		"无法确定这个 %[1]s 是不是微信的接口：调用它的对象无法跟踪。"), api), Advice: lang.F(lang.T("Call wx.%s.", "请直接调用 wx.%s。"), api)})
}

// reportUnproven says of a call that its precondition is neither proved nor refuted; what
// could not be followed ends the trace.
func (p *Pass) reportUnproven(call *flow.Call, message lang.Text) {
	v := call.Before
	f := Finding{At: call.Name, Trace: trace(v.Witness, call.Name), about: subject{
		call: call, precondition: true, unreached: v.NothingLeads || !call.Reached, seeks: needs[call.API], through: v.Broken,
	}}
	what := same(short(v.Unfollowed))
	switch {
	case v.Unfollowed == "":
		what = lang.T("a call on the path", "路径上的一处调用")
	case p.isPage(v.Unfollowed):
		what = lang.F(lang.T("what opens the page %s", "页面 %s 的打开来源"), v.Unfollowed)
		message.ZH = strings.Replace(message.ZH, "%[2]s 无法跟踪", "%[2]s无法跟踪", 1) // no space between Chinese words
	}
	f.Message = lang.F(message, call.API, what)
	if v.Stored {
		f.Message, f.Advice = lang.F(stored[call.API], call.API, what), storedAdvice[call.API]
	}
	switch {
	case v.Bound != "" || v.Failure != "":
		f.Message = lang.F(lang.T("Cannot tell whether everything that %[1]s needs has been done: %[2]s.", "无法确定 %[1]s 之前所需的步骤是否都已完成：%[2]s。"), call.API, Beyond(v, what))
	case v.NothingLeads && v.Unfollowed != "":
		f.Message = lang.F(lang.T(
			"Cannot tell whether everything that %[1]s needs has been done: the path waits for %[2]s, and what settles it could not be followed.",
			"无法确定 %[1]s 之前所需的步骤是否都已完成：前面等待的 %[2]s 由哪里 resolve 或 reject，无法跟踪。"), call.API, what)
	case v.NothingLeads:
		f.Message = lang.F(lang.T(
			"Cannot tell whether everything that %s needs has been done: the function runs, but no path that was followed reaches this call.",
			"无法确定 %s 之前所需的步骤是否都已完成：所在的函数会执行，但跟踪到的路径都走不到这次调用。"), call.API)
		f.Advice = lang.T(
			"Check whether the conditions before the call can hold.",
			"请确认它前面的条件是否可能成立。")
	}
	if v.Stored {
		f.Trace = append(f.Trace, Note{At: v.At, Message: lang.T("the flag is read from storage", "从本地缓存读取标记")})
	} else if !v.At.IsZero() && !endsAt(v.Witness, flow.StepUnfollowed, v) {
		f.Trace = append(f.Trace, Note{At: v.At, Message: lang.F(sayings[flow.StepUnfollowed], what)})
	}
	p.Report(f)
}

// isPage tells that a name is the path of a page: what could not be followed is how it is opened.
func (p *Pass) isPage(name string) bool {
	return slices.ContainsFunc(p.Project.Units, func(u *miniprogram.Unit) bool { return u.Kind == miniprogram.PageUnit && u.Path == name })
}

// needs are the words of what has to come before a call.
var needs = map[flow.API]miniprogram.Names{flow.SetEnable: miniprogram.NameAuthorize, flow.Join: miniprogram.NameEnable}

// stored say why a flag in the storage proves nothing.
var stored = map[flow.API]lang.Text{
	flow.SetEnable: lang.T(
		"Cannot tell whether scope.record and scope.camera are granted before %[1]s: a flag in storage outlives the grant. The user may have withdrawn it since, so the value from %[2]s proves nothing.",
		"无法确定执行 %[1]s 之前是否已拿到 scope.record 和 scope.camera 授权：本地缓存里的标记不会随授权失效。用户可能早已关闭授权，%[2]s 读到的值不能说明现在有授权。"),
	flow.Join: lang.T(
		"Cannot tell whether enabling has succeeded before %[1]s: it lasts for one run of the mini-program, but a flag in storage stays. The value from %[2]s proves nothing about this run.",
		"无法确定执行 %[1]s 之前是否已开启成功：开启只在小程序本次运行期间有效，而本地缓存里的标记会一直保留，%[2]s 读到的值不能说明本次运行已开启。"),
}

// storedAdvice says what to test instead.
var storedAdvice = map[flow.API]lang.Text{
	flow.SetEnable: lang.T("Test authSetting from wx.getSetting instead.", "请改为判断 wx.getSetting 返回的 authSetting。"),
	flow.Join:      lang.T("Enable in every run, and join after enabling has succeeded.", "请在每次运行时重新开启，成功后再发起通话。"),
}

// endsAt tells that a witness already shows the place that a verdict names.
func endsAt(witness []flow.Step, kind flow.StepKind, v flow.Verdict) bool {
	for _, s := range witness {
		if s.Kind == kind && s.At == v.At {
			return true
		}
	}
	return false
}
