package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var permissionDeclared = &Rule{
	ID: "permission-declared", Severity: Error, Step: StepPermission, Evidence: Contested,
	Reasons: []Reason{
		{"record", lang.T("scope.record is not declared", "没有声明 scope.record")},
		{"camera", lang.T("scope.camera is not declared", "没有声明 scope.camera")},
	},
	Title: lang.T("Declare scope.record and scope.camera in app.json", "在 app.json 中声明 scope.record 和 scope.camera"),
	Text: lang.T(
		"The setup guide asks for both entries under `permission`, each with a `desc` that says what the permission is for. The rule rests on the guide alone.\n\nThis is contested. WeChat's documentation and its own schema of app.json know only location scopes under `permission`, and not these two keys. DevTools warns \"invalid app.json permission\" about them, which does no harm. A developer who tried `scope.camera` reports that it had no effect: users see the text of the privacy agreement. Teams that follow the documentation rather than the guide can switch the rule off.",
		"接入指南要求在 `permission` 里声明这两项，并各写一句 `desc` 说明用途。这条规则的依据只有接入指南。\n\n这一点存在分歧：微信官方文档和 app.json 的官方 schema 在 `permission` 下只有位置类授权，没有这两个键。开发者工具会提示「无效的 app.json permission」，但不影响运行；有开发者试过 `scope.camera`，反馈没有效果，弹窗里展示的是《用户隐私保护指引》的内容。如果以官方文档为准，可以关闭这条规则。"),
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
	Fix: lang.T("Add the entry with a desc of at most 30 characters that says what the permission is for.", "请补上该声明，并用不超过 30 个字的 desc 说明用途。"),
	RunTime: lang.T(
		"The guide does not say, and no error code has been reported: WeChat's schema does not know these keys.",
		"接入指南没有说明，也没有人反馈过对应的错误码：微信的 schema 不识别这两个键。"),
	Sources: []Source{inGuide("code 1"), docPermission, communityPermission, communityPermission2, communityPermission3},
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
			"%[1]s has no entry permission[\"%[2]s\"] for %[3]s. The setup guide asks for it, although WeChat's own schema does not know this key.",
			"%[1]s 的 permission 里没有 \"%[2]s\"。接入指南要求声明%[3]s权限，但微信的 schema 不识别这个键。"),
			at.File.Path, scope, device(scope))
		for _, other := range others {
			if nearestScope(other) == scope {
				message = lang.F(lang.T("%s The file has \"%s\", which is not a scope.", "%s现有的 \"%s\" 不是有效的 scope。"), message, other)
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
