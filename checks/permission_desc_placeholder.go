package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var permissionDescPlaceholder = &Rule{
	ID: "permission-desc-placeholder", Severity: Warning, Step: StepPermission, Evidence: Guide,
	Title: lang.T("The desc tells the user something", "desc 写的是真实用途"),
	Text: lang.T(
		"The guide's sample text, a template's \"desc\" or a row of x is shown to users as it stands. Somebody who is asked for the microphone without a reason refuses, and after that the question never comes again.",
		"指引里的示例文字、模板里的「描述」或一串 xxx，都会原样展示给用户。看不到理由的用户往往拒绝，而一旦拒绝就不会再弹窗询问。"),
	Example: ExampleApp,
	Bad: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "描述" },
    "scope.camera": { "desc": "用于通话时采集您的画面" }
  }
}`,
	Good: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" },
    "scope.camera": { "desc": "用于通话时采集您的画面" }
  }
}`,
	Fix:     lang.T("Write what the microphone or the camera is used for, in the user's words.", "用用户看得懂的话写清麦克风、摄像头的用途。"),
	RunTime: lang.T("Users who read sample text may refuse, and the call may then fail with -30003 or -30004.", "用户看到示例文字后可能拒绝授权，通话可能因此以 -30003 或 -30004 失败。"),
	Sources: []Source{inGuide("code 1"), docPermission},
	// What permission-desc refuses has to be written anew anyway.
	Aside: []Aside{unused, {Rule: "permission-desc", Where: SamePlace}},
	Run:   runPermissionDescPlaceholder,
}

func runPermissionDescPlaceholder(p *Pass) {
	for _, e := range p.Project.Config.Permissions {
		if e.Scope != "scope.record" && e.Scope != "scope.camera" || !e.IsObject || !e.DescIsString || e.DescUnknown {
			continue
		}
		if blank(e.Desc) || !saysNothing(e.Desc) {
			continue
		}
		at := e.DescKey
		if at.IsZero() {
			at = e.ScopeKey
		}
		p.Report(Finding{At: at, Message: lang.F(lang.T(
			"the desc of permission[\"%[1]s\"], \"%[2]s\", tells the user nothing: it looks like sample text. Say what %[3]s is used for",
			"permission[\"%[1]s\"] 的 desc「%[2]s」没有说明用途，像是没改过的示例文字。请写清为什么需要%[3]s"),
			e.Scope, short(e.Desc), device(e.Scope))})
	}
}
