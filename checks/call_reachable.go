package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var callReachable = &Rule{
	ID: "call-reachable", Severity: Warning, Step: StepReachable, Evidence: Guide,
	Title: lang.T("Something runs the code that enables or joins", "开启和发起通话的代码会被执行"),
	Text: lang.T(
		"Code that enables or joins is of use only when something runs it: a binding in a template, a lifecycle method, a caller that is itself run. A component has to be used by some page. Code that nothing runs is not followed, so nothing else is said about it.",
		"开启、发起通话的代码必须有地方执行才有用：模板里的事件绑定、生命周期函数，或一个本身会被执行的调用者；组件要有页面使用。没有任何地方执行的代码不会被跟踪，也不会再报其他问题。"),
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
	Fix:     lang.T("Bind the method, call it, or use the component; delete the code if it is no longer needed.", "绑定或调用该方法，或在页面里使用该组件；不用的代码请删除。"),
	RunTime: lang.T("Nothing happens: the call is never made, and there is no error code.", "什么也不会发生，这次调用不会执行，没有错误码。"),
	Sources: []Source{inGuide("code 2 to 4"), docEvents},
	Aside:   callers(pagesUnknown),
	Run:     runCallReachable,
}

func runCallReachable(p *Pass) {
	for _, call := range p.unreached() {
		if p.sought(call) != "" {
			continue // that import may be what runs it: unproven
		}
		p.Report(Finding{At: call.Name, Message: unreached(call), about: subject{call: call, unreached: true}})
	}
}

func unreached(call *flow.Call) lang.Text {
	if u := call.Unit; u != nil && u.Kind == miniprogram.ComponentUnit && !u.Used {
		return lang.F(lang.T(
			"%[1]s never runs: no page uses the component %[2]s. Use it in a page, or delete it",
			"%[1]s 不会执行：没有页面使用组件 %[2]s。请在页面里使用它，不用的话请删除"), call.API, u.Path)
	}
	return lang.F(lang.T(
		"%s never runs: no binding, no lifecycle method and no caller leads here. Bind or call the function, or delete it",
		"%s 不会执行：没有事件绑定、生命周期函数或调用者会走到这里。请绑定或调用该函数，不用的话请删除"), call.API)
}

// sought is the import that leads nowhere and may mean the module or the component in which a call stands; "" for none.
func (p *Pass) sought(call *flow.Call) string {
	if u := call.Unit; u != nil && (u.Kind != miniprogram.ComponentUnit || u.Used) {
		return ""
	}
	for _, s := range p.Project.Scripts {
		if s.File == call.Name.File {
			return s.Sought
		}
	}
	return ""
}
