package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var permissionDescPlaceholder = &Rule{
	ID: "permission-desc-placeholder", Severity: Warning, Step: StepPermission, Evidence: Guide,
	Title: lang.T("Say in desc what the permission is for", "desc 要写明真实用途"),
	Text: lang.T(
		"Users see the desc as it is, even if it is the sample text of the guide, a template's \"desc\" or a row of x. Users who are not given a reason tend to refuse, and after a refusal they are never asked again.",
		"接入指南里的示例文字、模板里的「描述」或一串 xxx，都会原样展示给用户。看不到用途的用户往往会拒绝，而拒绝之后就不会再弹窗询问。"),
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
	Fix:     lang.T("Say what the microphone or the camera is used for, in words that users understand.", "请用用户看得懂的话写明麦克风、摄像头的用途。"),
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
			"The desc of permission[\"%[1]s\"], \"%[2]s\", does not say what %[3]s is used for. It looks like sample text.",
			"permission[\"%[1]s\"] 的 desc「%[2]s」没有说明%[3]s的用途，像是没有修改的示例文字。"),
			e.Scope, short(e.Desc), device(e.Scope))})
	}
}
