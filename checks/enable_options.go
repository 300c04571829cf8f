package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var enableOptions = &Rule{
	ID: "enable-options", Severity: Error, Step: StepEnable, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("enable is missing", "没有写 enable")},
		{"type", lang.T("an option has another type", "选项的类型不对")},
		{"false", lang.T("enable is only ever false", "enable 始终为 false")},
		{"value", lang.T("an option has a value that is not allowed", "选项的取值不在允许范围")},
		{"unknown", lang.T("there is no such option", "没有这个选项")},
	},
	Title: lang.T("setEnable1v1Chat is called with enable: true and known options", "setEnable1v1Chat 的参数正确，enable 为 true"),
	Text: lang.T(
		"`enable` is required and a Boolean; `false` means that the user cannot be called. `backgroundType` is a number from 0 to 5, `minWindowType` a number. Other options do not exist; a misspelt one is passed over without a word.\n\nA project may switch the feature off with `enable: false` in one place when it switches it on in another.",
		"`enable` 是必填的布尔值，`false` 表示用户不能被呼叫。`backgroundType` 是 0 到 5 的数字，`minWindowType` 是数字。没有其他选项，拼错的选项会被直接忽略。\n\n只要别处有开启，项目里可以有 `enable: false` 的调用。"),
	Example: ExampleCall,
	Bad: `wx.setEnable1v1Chat({
  enabled: true,
  fail: console.error
})`,
	Good: `wx.setEnable1v1Chat({
  enable: true,
  fail: console.error
})`,
	Fix:     lang.T("Pass enable: true, and remove or correct the other options.", "传入 enable: true，并改正或删除其他选项。"),
	RunTime: lang.T("Enabling fails or has no effect, and the join fails with -20000 (1v1 chat not open).", "开启失败或没有效果，join1v1Chat 以 -20000（not open 1v1 Chat）失败。"),
	Sources: []Source{docSetEnable, typings, inGuide("code 3")},
	Fixable: true,
	Run:     runEnableOptions,
}

func runEnableOptions(p *Pass) {
	calls := p.calls(flow.SetEnable)
	onlyFalse := len(calls) > 0 && len(p.enablings()) == 0
	what := same(string(flow.SetEnable))
	before := len(p.Found)
	for _, call := range calls {
		told := false
		for _, a := range optionObjects(call) {
			options := a.options
			for _, f := range enableShape.argumentFaults(a) {
				p.reportEnableFault(call, options, f, what)
			}
			if enable := options.Prop("enable"); onlyFalse && enable != nil && !told {
				told = true
				p.reportFalse(call, enable)
			}
		}
		if onlyFalse && !told {
			p.reportFalse(call, nil)
		}
	}
	disablesEverywhere(calls, p.Found[before:])
}

// disablesEverywhere notes of findings because of which their calls enable nothing when no enabling is without one.
func disablesEverywhere(enablings []*flow.Call, found []*Finding) {
	disabled := map[*flow.Call]bool{}
	for _, f := range found {
		disabled[f.about.call] = disabled[f.about.call] || f.about.disables
	}
	for _, call := range enablings {
		if !disabled[call] {
			return
		}
	}
	for _, f := range found {
		f.about.everywhere = f.about.disables
	}
}

func (p *Pass) reportEnableFault(call *flow.Call, options *flow.Value, f fault, what lang.Text) {
	finding := Finding{
		At: f.at, Reason: f.reason, Message: f.message(enableShape, what), Fix: f.fix(options, call), about: subject{
			call: call, part: f.part(), disables: f.option != nil && f.option.name == "enable" && (f.reason != "unknown" || f.replaces),
		},
	}
	if f.reason == "type" && f.option.name == "enable" {
		finding.Fix = booleanFix(f.prop, call)
	}
	p.Report(finding)
}

func (p *Pass) reportFalse(call *flow.Call, enable *flow.Prop) {
	at := call.Name
	if enable != nil {
		at = enable.Key
	}
	p.Report(Finding{
		At: at, Reason: "false", about: subject{call: call, disables: true},
		Message: lang.T(
			"enable is false, and no other call in the project enables: nobody can call or be called. Pass enable: true where calls should be possible",
			"enable 为 false，而且项目里没有别的地方开启：用户既不能呼叫也不能被呼叫。请在需要通话的地方传入 enable: true"),
	})
}
