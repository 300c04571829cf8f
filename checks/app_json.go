package checks

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var appJSON = &Rule{
	ID: "app-json", Severity: Error, Step: StepPermission, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("there is no app configuration", "没有应用配置文件")},
		{"invalid", lang.T("it is no valid JSON", "不是合法的 JSON")},
		{"comment", lang.T("it holds a comment", "含有注释")},
		{"duplicate-key", lang.T("a key stands twice", "同一个键出现两次")},
	},
	Title: lang.T("The app configuration is there and valid", "应用配置文件存在且合法"),
	Text: lang.T(
		"The platform reads app.json as strict JSON: without it, or with a syntax error or a comment in it, the mini-program does not start. Of a key that stands twice only the last counts, so that a permission entry can get lost without a word.\n\nuni-app's manifest.json and pages.json may hold comments; the frameworks remove them.",
		"平台按严格的 JSON 读取 app.json：文件缺失、有语法错误或写了注释，小程序都无法启动。同一个键写了两次时只有最后一个生效，权限声明可能因此悄悄丢失。\n\nuni-app 的 manifest.json 和 pages.json 允许写注释，编译时会去掉。"),
	Example: ExampleApp,
	Bad: `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" }
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
	Fix: lang.T("Mend the place that the message names; remove comments and doubled keys.", "按提示的行列修正语法，删除注释和重复的键。"),
	RunTime: lang.T(
		"DevTools refuses to compile (\"invalid app.json\"), and the mini-program cannot be previewed or uploaded. Of a doubled key only the last counts; there is no error code for what it hides.",
		"开发者工具报 app.json 文件内容错误，无法预览和上传。同一个键写了两次时只有最后一个生效，被覆盖的内容没有对应的错误码。"),
	Sources: []Source{docAppJSON},
	Run:     runAppJSON,
}

func runAppJSON(p *Pass) {
	for _, fault := range p.Project.Config.Faults {
		at := fault.At
		if at.IsZero() {
			at = p.top()
		}
		from := at.From()
		f := Finding{At: at}
		switch fault.Kind {
		case miniprogram.FaultMissing:
			f.Reason = "missing"
			where := lang.F(lang.T("nothing was found where %s leads", "在 %s 所指的位置没有找到"), at.File.Path)
			if fault.Detail != "" {
				where = lang.F(lang.T("%s leads to %s, which is not there", "%s 指向的 %s 不存在"), at.File.Path, fault.Detail)
			}
			f.Message = lang.F(lang.T(
				"the app configuration is missing: %s. A mini-program needs it for its pages and permissions; create it, or correct the path that leads to it",
				"缺少应用配置文件：%s。小程序的页面和权限都由它声明，请创建该文件，或改正指向它的路径"), where)
		case miniprogram.FaultInvalid:
			f.Reason = "invalid"
			f.Message = lang.F(lang.T(
				"%[1]s is not valid JSON at line %[2]d, column %[3]d: %[4]s. The platform cannot read it; mend this place",
				"%[1]s 第 %[2]d 行第 %[3]d 列不是合法的 JSON：%[4]s。平台无法读取，请修正这里"),
				at.File.Path, from.Line, from.Column, syntaxWord(fault.Detail))
		case miniprogram.FaultComment:
			f.Reason = "comment"
			f.Message = lang.F(lang.T(
				"%[1]s has a comment at line %[2]d; JSON knows no comments and the platform refuses the file. Remove it",
				"%[1]s 第 %[2]d 行有注释。JSON 不支持注释，平台会拒绝这个文件，请删除"), at.File.Path, from.Line)
		case miniprogram.FaultDuplicateKey:
			f.Reason = "duplicate-key"
			f.Message = lang.F(lang.T(
				"the key %[1]s stands twice in the same object of %[2]s; only the last one counts. Merge the two",
				"%[2]s 的同一个对象里出现了两次 %[1]s，只有最后一个生效，请合并"),
				quotedKey(fault.Detail), at.File.Path)
		}
		p.Report(f)
	}
}

// quotedKey is a key as it stands in JSON, whether or not the reader kept its quotes.
func quotedKey(key string) lang.Text {
	return same(`"` + short(strings.Trim(key, `"`)) + `"`)
}
