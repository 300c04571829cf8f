package checks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// maxDesc is how many characters a desc may have, by the documentation of app.json.
const maxDesc = 30

var permissionDesc = &Rule{
	ID: "permission-desc", Severity: Error, Step: StepPermission, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("desc is missing", "缺少 desc")},
		{"type", lang.T("desc is not a string, or the entry is not an object", "desc 不是字符串，或该项不是对象")},
		{"blank", lang.T("desc is blank", "desc 为空")},
		{"too-long", lang.T("desc has more than 30 characters", "desc 超过 30 个字")},
	},
	Title: lang.T("Give every permission entry a desc of 1 to 30 characters", "每项权限声明都要有 1 到 30 个字的 desc"),
	Text: lang.T(
		"`desc` is required in every entry of `permission` and has at most 30 characters, Chinese or not. WeChat documents the limit for location scopes; the two entries of the guide are held to it as well.",
		"`permission` 的每一项都必须有 `desc`，最多 30 个字，中英文都按字符计。微信官方文档的这个上限是针对位置类授权写的，接入指南要求的两项也按此检查。"),
	Example: ExampleApp,
	Bad: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "" },
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
	Fix:     lang.T("Say in at most 30 characters what the permission is for.", "请用不超过 30 个字说明这项权限的用途。"),
	RunTime: lang.T("DevTools may report an invalid app.json. Users who are not told why may refuse, and the call may then fail with -30003 or -30004.", "开发者工具可能报「无效的 json 文件」；用户看不到用途说明时可能拒绝授权，通话可能因此以 -30003 或 -30004 失败。"),
	Sources: []Source{docPermission, inGuide("code 1")},
	Aside:   []Aside{unused},
	Run:     runPermissionDesc,
}

func runPermissionDesc(p *Pass) {
	for _, e := range p.Project.Config.Permissions {
		if !strings.HasPrefix(e.Scope, "scope.") {
			continue // the entry of no scope: permission-declared tells of the one that it is meant for
		}
		f := Finding{At: e.DescKey}
		if f.At.IsZero() {
			f.At = e.ScopeKey
		}
		switch {
		case !e.IsObject:
			f.Reason, f.At = "type", e.ScopeKey
			f.Message = lang.F(lang.T(
				"permission[\"%s\"] is not an object.",
				"permission[\"%s\"] 不是对象。"), e.Scope)
			f.Advice = lang.T(
				"Write { \"desc\": \"…\" } with the purpose in at most 30 characters.",
				"请写成 { \"desc\": \"…\" }，用不超过 30 个字说明用途。")
		case e.DescUnknown:
			continue
		case !e.HasDesc:
			f.Reason = "missing"
			f.Message = lang.F(lang.T(
				"permission[\"%s\"] has no desc, which is required.",
				"permission[\"%s\"] 缺少 desc：这是必填项。"), e.Scope)
		case !e.DescIsString:
			f.Reason = "type"
			f.Message = lang.F(lang.T(
				"The desc of permission[\"%s\"] is not a string.",
				"permission[\"%s\"] 的 desc 不是字符串。"), e.Scope)
		case blank(e.Desc):
			f.Reason = "blank"
			f.Message = lang.F(lang.T(
				"The desc of permission[\"%s\"] is blank.",
				"permission[\"%s\"] 的 desc 为空。"), e.Scope)
		case utf8.RuneCountInString(e.Desc) > maxDesc:
			f.Reason = "too-long"
			f.Message = lang.F(lang.T(
				"The desc of permission[\"%[1]s\"] has %[2]d characters, %[4]d more than the %[3]d that are allowed.",
				"permission[\"%[1]s\"] 的 desc 有 %[2]d 个字，最多 %[3]d 个，超出 %[4]d 个。"),
				e.Scope, utf8.RuneCountInString(e.Desc), maxDesc, utf8.RuneCountInString(e.Desc)-maxDesc)
		default:
			continue
		}
		p.Report(f)
	}
}

// blank tells of a text in which nothing can be seen.
func blank(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r)
	}) < 0
}
