package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var callReachable = &Rule{
	ID: "call-reachable", Severity: Warning, Step: StepReachable, Evidence: Guide,
	Title: lang.T("Run the code that enables or joins", "让开启和发起通话的代码能够执行"),
	Text: lang.T(
		"Code that enables or joins is useful only if something runs it: an event binding in a template, a lifecycle method, or a caller that runs itself. A component must be used by a page.\n\nThe message tells two cases apart. Either nothing calls the code, or whatever calls it always stops before, and where: at a condition that never holds, an exception or rejection that always occurs, a promise that never settles, or a loop that never ends. This includes the top level of the file before the page is registered. Code that nothing runs is not followed, so nothing is said about what holds before it.\n\nIf nothing else in the project enables (or joins), the finding is an error: no call can work on a phone.",
		"开启、发起通话的代码必须有地方执行才有用：模板里的事件绑定、生命周期函数，或一个本身会执行的调用者；组件要有页面使用。\n\n提示会区分两种情况：没有任何地方调用它；有地方调用，但总是在到达之前就停下，并指出停在哪里：永远不成立的条件、总会抛出的异常或总会 reject 的 Promise、永远没有结果的 Promise、不会结束的循环，也包括页面注册之前文件顶层的代码。不会执行的代码不会被跟踪，因此不判断它之前的状态。\n\n如果项目里没有别的地方开启（或发起通话），就按错误处理：真机上不可能接通。"),
	Example: ExamplePage,
	Bad: `Page({
  onCall() {
    wx.showToast({ title: '…' })
  },
  startCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Good: `Page({
  onCall() {
    this.startCall()
  },
  startCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:     lang.T("Bind the method, call it, or use the component in a page; delete code that is no longer needed.", "请绑定或调用该方法，或在页面里使用该组件；不再需要的代码请删除。"),
	RunTime: lang.T("The call is never made, and there is no error code.", "这次调用不会执行，没有错误码。"),
	Sources: []Source{inGuide("code 2 to 4"), docEvents},
	Aside: callers(
		pagesUnknown,
		// The join that runs in DevTools only, with an enabling that does so too.
		Aside{Rule: "devtools-unsupported", Reasons: []string{string(flow.Inverted)}, Where: SameGuard},
	),
	Run: runCallReachable,
}

func runCallReachable(p *Pass) {
	runs := map[flow.API]bool{}
	for _, call := range p.Flow.Calls {
		runs[call.API] = runs[call.API] || !call.Plugin && mayRun(call)
	}
	for _, call := range p.unreached() {
		if p.sought(call) != "" {
			continue // that import may be what runs it: unproven
		}
		message, advice := unreached(call)
		p.reportUnreached(call, message, advice, runs[call.API])
	}
	for _, call := range p.calls(flow.Join) {
		if call.DevToolsOnly && !runs[flow.Join] { // beside one that works it is a stand-in
			p.reportUnreached(call, lang.F(lang.T(
				"%s runs only in DevTools, where it does not work, and never on a phone.",
				"%s 只会在微信开发者工具里执行，而开发者工具不支持这个接口，真机上永远不会执行。"), call.API), lang.T(
				"Invert the check of platform.",
				"请把对 platform 的判断反过来。"), runs[call.API])
		}
	}
}

// mayRun tells of a call that it runs on a phone, or that this was not followed to its end.
func mayRun(call *flow.Call) bool {
	switch {
	case call.OnlyDisables || call.DevToolsOnly:
		return false
	case call.Cut:
		return true
	}
	return call.Reached && !stopped(call)
}

// stopped tells that the functions around a call run, and that they always stop before it.
func stopped(call *flow.Call) bool {
	return call.Before.NothingLeads && call.Before.Unfollowed == "" && !call.Stops.IsZero()
}

// reportUnreached reports a call that does not run; with none of its kind that does, no call can work.
func (p *Pass) reportUnreached(call *flow.Call, message, advice lang.Text, others bool) {
	f := Finding{At: call.Name, Message: message, Advice: advice, about: subject{call: call, unreached: true}}
	if !call.Stops.IsZero() {
		f.Trace = []Note{{At: call.Stops, Message: lang.T("the code always stops here, before the call", "代码总是在这里停下，走不到这次调用")}}
		if from, ok := stopFrom[call.StopKind]; ok && !call.StopBy.IsZero() && call.StopBy != call.Stops {
			f.Trace = append(f.Trace, Note{At: call.StopBy, Message: from})
		}
	}
	if !others && !call.Named {
		f.Severity = Error
		f.Message = lang.F(lang.T("%[1]s No other %[2]s runs, so no call can work.", "%[1]s没有别的 %[2]s 会执行，因此无法通话。"), message, call.API)
	}
	p.Report(f)
}

// unreached says why a call never runs, and what to do.
func unreached(call *flow.Call) (message, advice lang.Text) {
	if u := call.Unit; u != nil && u.Kind == miniprogram.ComponentUnit && !u.Used {
		return lang.F(lang.T(
				"%[1]s never runs: no page uses the component %[2]s.",
				"%[1]s 不会执行：没有页面使用组件 %[2]s。"), call.API, u.Path),
			lang.T(
				"Use the component in a page, or delete it.",
				"请在页面里使用该组件，不再需要的话请删除。")
	}
	if at := call.Stops; !at.IsZero() {
		stop := stops[call.StopKind]
		return lang.F(lang.T(
			"%[1]s never runs: %[4]s at line %[3]d of %[2]s.",
			"%[1]s 不会执行：%[2]s 第 %[3]d 行%[4]s。"), call.API, at.File.Path, at.From().Line, stop.what), stop.advice
	}
	return lang.F(lang.T(
		"%s never runs: no event binding, lifecycle method or running function calls it.",
		"%s 不会执行：没有任何事件绑定、生命周期函数或会执行的函数调用它。"), call.API), lang.Text{}
}

// stops say of each kind of stop what happens there on every path to the call, and what to do.
var stops = map[flow.StopKind]struct{ what, advice lang.Text }{
	flow.StopTests: {
		lang.T("the path to it always stops", "总是在到达之前就停下"),
		lang.T("Check whether the condition there can hold, or delete the call.", "请确认那里的条件是否可能成立，不再需要的话请删除这次调用。"),
	},
	flow.StopReturns: {
		lang.T("the function always returns", "总是提前返回"),
		lang.T("Move the call before the return, or delete it.", "请把调用移到返回之前，不再需要的话请删除。"),
	},
	flow.StopThrows: {
		lang.T("an exception is always thrown, or a promise always rejected,", "总会抛出异常（或 Promise 总会 reject）"),
		lang.T("Fix the code that throws.", "请修正抛出异常的代码。"),
	},
	flow.StopWaits: {
		lang.T("the path waits for a promise that never settles", "等待的 Promise 永远不会有结果"),
		lang.T("Call resolve or reject, or do not wait.", "请调用 resolve 或 reject，或不要等待它。"),
	},
	flow.StopLoops: {
		lang.T("a loop never ends", "的循环永远不会结束"),
		lang.T("Let the loop end.", "请让循环能够结束。"),
	},
}

// stopFrom says what a stop comes from that lies elsewhere.
var stopFrom = map[flow.StopKind]lang.Text{
	flow.StopThrows: lang.T("the exception comes from here", "抛出的异常来自这里"),
	flow.StopWaits:  lang.T("this promise never settles", "这个 Promise 永远不会有结果"),
	flow.StopLoops:  lang.T("this loop never ends", "这个循环永远不会结束"),
}

// sought is the import that leads nowhere and may mean the module or the component in which a call stands; "" for none.
func (p *Pass) sought(call *flow.Call) string {
	if u := call.Unit; u != nil && (u.Kind != miniprogram.ComponentUnit || u.Used) {
		return ""
	}
	for _, s := range p.Project.Scripts {
		if s.File == call.Name.File {
			return s.UnresolvedImport
		}
	}
	return ""
}
