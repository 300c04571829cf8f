package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var consoleStep = &Rule{
	ID: "console-step", Severity: Info, Step: StepCategory, Evidence: Guide,
	Reasons: []Reason{
		{string(StepCategory), lang.T("the category", "类目")},
		{string(StepInterface), lang.T("the interface setting", "接口设置")},
		{string(StepMinutes), lang.T("the call minutes", "通话时长")},
		{string(StepPrivacy), lang.T("the privacy agreement", "用户隐私保护指引")},
	},
	Title: lang.T("Confirm the steps in the console", "确认小程序后台的步骤"),
	Text: lang.T(
		"Four steps of the guide are done in the console and leave no trace in the repository. The team records them with `voipcheck confirm STEP`; with `--strict` an unconfirmed step is an error.",
		"接入指南里有四个步骤在小程序后台完成，代码仓库里看不出来。完成后用 `voipcheck confirm 步骤` 记录；加上 `--strict` 时，未确认的步骤按错误处理。"),
	Example: ExampleConfig,
	Bad:     `{}`,
	Good: `{
  "confirmed": {
    "category": { "by": "Ann", "on": "2026-01-15" },
    "interface": { "by": "Ann", "on": "2026-01-15" },
    "minutes": { "by": "Ann", "on": "2026-01-15" },
    "privacy": { "by": "Ann", "on": "2026-01-15" }
  }
}`,
	Fix: lang.T("Do the step in the console, then run voipcheck confirm STEP.", "请在小程序后台完成该步骤，然后执行 voipcheck confirm 步骤。"),
	RunTime: lang.T(
		"Category or interface: -20000. Minutes: no published code. Privacy: errno 112 (api scope is not declared in the privacy agreement).",
		"类目、接口：-20000。时长：没有公开的错误码。隐私：errno 112（api scope is not declared in the privacy agreement）。"),
	Sources: []Source{docVoip, inGuide("before development 1 to 4")},
	Aside:   []Aside{unused},
	Run: func(p *Pass) {
		for _, s := range steps {
			if !s.Console || p.Confirmed[s.Step] {
				continue
			}
			p.Report(Finding{At: p.top(), Reason: string(s.Step), Step: s.Step, Message: lang.F(lang.T(
				"The console step \"%[2]s\" is not confirmed: %[1]s.",
				"后台步骤 %[2]s 尚未确认：%[1]s。"), s.Title, s.Step), Advice: lang.F(lang.T(
				"Do the step in the console, then run voipcheck confirm %s.",
				"请在小程序后台完成该步骤，然后执行 voipcheck confirm %s。"), s.Step)})
		}
	},
}
