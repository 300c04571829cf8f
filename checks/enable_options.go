package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var enableOptions = &Rule{
	ID: "enable-options", Severity: Error, Step: StepEnable, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("enable is missing", "缺少 enable")},
		{"type", lang.T("an option has the wrong type", "参数类型不正确")},
		{"false", lang.T("enable is always false", "enable 始终为 false")},
		{"value", lang.T("an option has an invalid value", "参数取值不在允许范围")},
		{"unknown", lang.T("the option does not exist", "参数不存在")},
	},
	Title: lang.T("Call setEnable1v1Chat with enable: true and valid options", "正确传入 setEnable1v1Chat 的参数，enable 为 true"),
	Text: lang.T(
		"`enable` is a required Boolean; `false` means that the user cannot be called. `backgroundType` is a number from 0 to 5, and `minWindowType` is a number. There are no other options, and a misspelt one is ignored silently.\n\nA project may switch the feature off with `enable: false` as long as it is switched on elsewhere.",
		"`enable` 是必填的布尔值，`false` 表示用户不能被呼叫。`backgroundType` 是 0 到 5 的数字，`minWindowType` 是数字。没有其他参数，拼错的参数会被直接忽略。\n\n只要别处有开启，项目里可以有 `enable: false` 的调用。"),
	Example: ExampleCall,
	Bad: `wx.setEnable1v1Chat({
  enabled: true,
  fail: console.error
})`,
	Good: `wx.setEnable1v1Chat({
  enable: true,
  fail: console.error
})`,
	Fix:     lang.T("Pass enable: true, and correct or remove the other options.", "请传入 enable: true，并改正或删除其他参数。"),
	RunTime: lang.T("Enabling fails or has no effect, and the join fails with -20000 (not open 1v1 Chat).", "开启失败或没有效果，join1v1Chat 以 -20000（not open 1v1 Chat）失败。"),
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
			"enable is false, and no other call in the project enables: users can neither call nor be called.",
			"enable 为 false，而且项目里没有别的地方开启：用户既不能呼叫，也不能被呼叫。"), Advice: lang.T(
			"Pass enable: true where calls should be possible.",
			"请在需要通话的地方传入 enable: true。"),
	})
}
