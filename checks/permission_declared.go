package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var permissionDeclared = &Rule{
	ID: "permission-declared", Severity: Error, Step: StepPermission, Evidence: Contested,
	Reasons: []Reason{
		{"record", lang.T("no entry for scope.record", "没有声明 scope.record")},
		{"camera", lang.T("no entry for scope.camera", "没有声明 scope.camera")},
	},
	Title: lang.T("app.json declares scope.record and scope.camera", "app.json 已声明 scope.record 和 scope.camera"),
	Text: lang.T(
		"The setup guide asks for both entries under `permission`, each with a `desc` that the user reads when asked.\n\nThis is contested: the platform's own documentation lists location scopes only, and DevTools warns \"invalid app.json permission\" for others, without harm. Who follows the documentation rather than the guide switches the rule off.",
		"接入指南要求在 `permission` 里声明这两项，并各写一句 `desc`，在询问用户时展示。\n\n这一点存在分歧：平台文档里的 `permission` 只列出了位置类权限，开发者工具会对其他项提示「无效的 app.json permission」，但不影响运行。如果以官方文档为准，可以关闭这条规则。"),
	Example: ExampleApp,
	Bad: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" }
  }
}`,
	Good: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" },
    "scope.camera": { "desc": "用于通话时采集您的画面" }
  }
}`,
	Fix: lang.T("Add the missing entry with a desc of at most 30 characters that says what the permission is for.", "补上缺少的声明，并用不超过 30 个字的 desc 说明用途。"),
	RunTime: lang.T(
		"By the guide the authorization is not given and the join fails with -30003 (record) or -30004 (camera).",
		"按指引的说法，授权拿不到，join1v1Chat 以 -30003（麦克风）或 -30004（摄像头）失败。"),
	Sources: []Source{inGuide("code 1"), docPermission, communityPermission, communityPermission2},
	Fixable: true,
	Aside:   []Aside{unused},
	Run:     runPermissionDeclared,
}

func runPermissionDeclared(p *Pass) {
	config := &p.Project.Config
	if !config.Readable || config.PermissionOpen {
		return
	}
	declared := map[string]bool{}
	var others []string
	for _, entry := range config.Permissions {
		declared[entry.Scope] = true
		if !scopeExists(entry.Scope) {
			others = append(others, entry.Scope)
		}
	}
	var missing []string
	for _, scope := range scopes[:2] {
		if !declared[scope] {
			missing = append(missing, scope)
		}
	}
	at := config.PermissionKey
	if at.IsZero() {
		at = p.top()
	}
	if len(missing) == 0 {
		return
	}
	fix, byHand := declareFix(p.Project, missing)
	for _, scope := range missing {
		message := lang.F(lang.T(
			"%[1]s has no entry permission[\"%[2]s\"]: the setup guide requires one for %[3]s. Add it with a desc of at most 30 characters",
			"%[1]s 的 permission 里没有 \"%[2]s\"：接入指南要求声明%[3]s权限。请补上，并写一句不超过 30 个字的 desc"),
			at.File.Path, scope, device(scope))
		for _, other := range others {
			if nearestScope(other) == scope {
				message = lang.F(lang.T("%s (there is \"%s\", which is no scope)", "%s（现有的 \"%s\" 不是有效的 scope）"), message, other)
				break
			}
		}
		p.Report(Finding{Reason: scope[len("scope."):], At: at, Message: message, Fix: fix, ByHand: byHand})
	}
}

// device is what a scope gives access to.
func device(scope string) lang.Text {
	switch scope {
	case "scope.record":
		return lang.T("the microphone", "麦克风")
	case "scope.camera":
		return lang.T("the camera", "摄像头")
	}
	return same(scope)
}
