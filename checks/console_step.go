package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var consoleStep = &Rule{
	ID: "console-step", Severity: Info, Step: StepCategory, Evidence: Guide,
	Reasons: []Reason{
		{string(StepCategory), lang.T("the category", "类目")},
		{string(StepInterface), lang.T("the interface setting", "接口设置")},
		{string(StepMinutes), lang.T("the minutes", "通话时长")},
		{string(StepPrivacy), lang.T("the privacy agreement", "用户隐私保护指引")},
	},
	Title: lang.T("The steps in the console are confirmed", "小程序后台的步骤已确认"),
	Text: lang.T(
		"Four steps of the guide are done in the console and leave no trace in the repository. The team records that they are done with `voipcheck confirm STEP`; `--strict` makes an unconfirmed step an error.",
		"指引里有四个步骤在小程序后台完成，代码仓库里看不出来。办妥后用 `voipcheck confirm STEP` 记录；加上 `--strict` 时，未确认的步骤按错误处理。"),
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
	Fix: lang.T("Do the step in the console, then voipcheck confirm STEP.", "在小程序后台办妥后，执行 voipcheck confirm STEP。"),
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
				"the console step \"%[2]s\" is not confirmed: %[1]s. Do it in the console, then run voipcheck confirm %[2]s",
				"后台步骤 %[2]s 没有有效的确认：%[1]s。请在小程序后台办妥后执行 voipcheck confirm %[2]s"), s.Title, s.Step)})
		}
	},
}
