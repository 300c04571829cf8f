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
	Title: lang.T("Authorization before enabling can be followed", "开启之前的授权过程可以被跟踪"),
	Text: lang.T(
		"Whether both scopes are granted before `setEnable1v1Chat` depends on code that could not be followed: a module that is not in the repository, a call whose target is computed. voipcheck neither clears nor accuses it.\n\nWhen a function of the project is sure to obtain both scopes, name it under `grants` in voipcheck.json. For one of a package or of a file that is not in the repository, write a function of the project around it and name that one; otherwise write the ask where it can be seen.",
		"`setEnable1v1Chat` 之前是否已拿到两项授权，取决于一段无法跟踪的代码：仓库里没有的模块，或运行时才能确定目标的调用。voipcheck 既不判对，也不判错。\n\n如果项目里的某个函数成功即代表两项授权都已拿到，可以在 voipcheck.json 的 `grants` 里写明；如果它来自依赖包或仓库里没有的文件，请在项目里用一个函数包住它，再写明这个函数；否则请把申请写在看得见的地方。"),
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
	Fix:     lang.T("Ask with wx.authorize before enabling, or list a function of the project that is sure to obtain both under grants in voipcheck.json; write one around what is not in the repository.", "在开启前直接用 wx.authorize 申请，或把项目里能保证拿到两项授权的函数写进 voipcheck.json 的 grants（仓库里没有的代码，请先在项目里用一个函数包住它）。"),
	RunTime: lang.T("If the code does not ask for both scopes, the call may fail with -30003 or -30004.", "如果这段代码没有真正拿到授权，通话可能以 -30003 或 -30004 失败。"),
	Sources: []Source{docSetEnable, docAuthorize},
	// What cannot be followed may be the file that cannot be parsed.
	Aside: callers(pagesUnknown, broken(), throughBroken),
	Run: func(p *Pass) {
		p.unprovenUnreached(flow.SetEnable)
		p.reportHidden(flow.SetEnable)
		for _, call := range p.enablings() {
			if call.Before.Outcome == flow.Unproven && !stopped(call) {
				p.reportUnproven(call, lang.T(
					"cannot tell whether scope.record and scope.camera are granted before %[1]s: %[2]s could not be followed. Request both before it where that can be seen; a function of the project that is sure to obtain both may be listed under grants in voipcheck.json",
					"无法确定执行 %[1]s 之前是否已拿到 scope.record 和 scope.camera 授权：%[2]s 无法跟踪。请在开启前用能看清的方式申请两项授权；项目里能保证拿到两项授权的函数，也可以写进 voipcheck.json 的 grants"))
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
				"cannot tell what runs %[1]s: the import %[2]s, which may mean this file, could not be followed. Give the alias in paths of tsconfig.json or jsconfig.json too",
				"无法确定 %[1]s 由哪里执行：引用 %[2]s 可能指向这个文件，但无法解析。请把这个别名也写进 tsconfig.json 或 jsconfig.json 的 paths"), call.API, same(spec))})
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
		"cannot tell whether this %[1]s is the platform's, nor what holds before it: what it is called on could not be followed. Call wx.%[1]s",
		"无法确定这个 %[1]s 是不是微信的接口，也无法确定调用之前的状态：调用它的对象无法跟踪。请直接调用 wx.%[1]s"), api)})
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
		what = lang.T("a call on the path", "途中的一处调用")
	case p.isPage(v.Unfollowed):
		what = lang.F(lang.T("what opens the page %s", "页面 %s 的打开来源"), v.Unfollowed)
		message.ZH = strings.Replace(message.ZH, "%[2]s 无法跟踪", "%[2]s无法跟踪", 1) // no space between Chinese words
	}
	f.Message = lang.F(message, call.API, what)
	if v.Stored {
		f.Message = lang.F(stored[call.API], call.API, what)
	}
	switch {
	case v.Bound != "" || v.Failure != "":
		f.Message = lang.F(lang.T("cannot tell whether all is done that %[1]s needs: %[2]s", "无法确定 %[1]s 之前所需的步骤是否都已完成：%[2]s"), call.API, Beyond(v, what))
	case v.NothingLeads && v.Unfollowed != "":
		f.Message = lang.F(lang.T(
			"cannot tell whether all is done that %[1]s needs: what settles %[2]s, which is waited for before it, could not be followed",
			"无法确定 %[1]s 之前所需的步骤是否都已完成：前面等待的 %[2]s 由什么来兑现，无法跟踪"), call.API, what)
	case v.NothingLeads:
		f.Message = lang.F(lang.T(
			"cannot tell whether all is done that %s needs: the function runs, but no path that was followed comes to this call. See whether the tests before it can hold",
			"无法确定 %s 之前所需的步骤是否都已完成：所在的函数会执行，但跟踪到的路径都走不到这次调用。请确认它前面的条件是否可能成立"), call.API)
	}
	if v.Stored {
		f.Trace = append(f.Trace, Note{At: v.At, Message: lang.T("the flag is read from the storage", "标记从本地缓存读出")})
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
		"cannot tell whether scope.record and scope.camera are granted before %[1]s: a flag in the storage outlives the permission, which the user may have taken back since, so what %[2]s returns proves no grant now. Test authSetting of wx.getSetting instead",
		"无法确定执行 %[1]s 之前是否已拿到 scope.record 和 scope.camera 授权：存在本地缓存里的标记比授权活得更久，用户可能早已关闭权限，%[2]s 读到的值不能说明现在有授权。请改为判断 wx.getSetting 返回的 authSetting"),
	flow.Join: lang.T(
		"cannot tell whether enabling has succeeded before %[1]s: a flag in the storage outlives the run of the program that enabled, so what %[2]s returns proves nothing now. Enable in every run, and join after it succeeded",
		"无法确定执行 %[1]s 之前是否已开启成功：开启只在小程序本次运行期间有效，而存在本地缓存里的标记会一直保留，%[2]s 读到的值不能说明现在已开启。请每次运行都重新开启，成功后再发起通话"),
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
