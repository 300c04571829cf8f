package checks

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var appJSON = &Rule{
	ID: "app-json", Severity: Error, Step: StepPermission, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("the app configuration is missing", "缺少应用配置文件")},
		{"invalid", lang.T("the file is not valid JSON", "不是合法的 JSON")},
		{"comment", lang.T("the file has a comment", "文件里有注释")},
		{"duplicate-key", lang.T("a key is repeated", "同一个键重复出现")},
	},
	Title: lang.T("Provide a valid app configuration", "提供合法的应用配置文件"),
	Text: lang.T(
		"The platform reads app.json as strict JSON. If the file is missing, has a syntax error or contains a comment, the mini-program does not start. When a key is repeated in an object, only the last one takes effect, so a permission entry can disappear silently.\n\nuni-app's manifest.json and pages.json may contain comments; the build removes them.",
		"平台按严格的 JSON 解析 app.json：文件缺失、有语法错误或含有注释时，小程序无法启动。同一个键重复出现时只有最后一个生效，权限声明可能因此悄悄丢失。\n\nuni-app 的 manifest.json 和 pages.json 允许写注释，编译时会去掉。"),
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
	Fix: lang.T("Fix the syntax at the reported position, and remove comments and repeated keys.", "修正提示位置的语法，删除注释和重复的键。"),
	RunTime: lang.T(
		"DevTools reports \"invalid app.json\" and does not compile, so the mini-program can be neither previewed nor uploaded. For a repeated key there is no error code: only the last one takes effect.",
		"开发者工具提示 app.json 文件内容错误，无法编译、预览和上传。键重复时没有错误码，只是前面的内容不生效。"),
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
			where := lang.F(lang.T("nothing was found where %s points to", "%s 指向的位置没有找到配置文件"), at.File.Path)
			if fault.Detail != "" {
				where = lang.F(lang.T("%s points to %s, which does not exist", "%s 指向的 %s 不存在"), at.File.Path, fault.Detail)
			}
			f.Message = lang.F(lang.T(
				"The app configuration is missing: %s.",
				"缺少应用配置文件：%s。"), where)
			f.Advice = lang.T(
				"Create the file, which declares pages and permissions, or correct the path that points to it.",
				"请创建该文件（页面和权限都由它声明），或改正指向它的路径。")
		case miniprogram.FaultInvalid:
			f.Reason = "invalid"
			f.Message = lang.F(lang.T(
				"%[1]s is not valid JSON at line %[2]d, column %[3]d, so the platform cannot read it: %[4]s.",
				"%[1]s 第 %[2]d 行第 %[3]d 列不是合法的 JSON，平台无法读取：%[4]s。"),
				at.File.Path, from.Line, from.Column, syntaxWord(fault.Detail))
			f.Advice = lang.T(
				"Correct the syntax there.",
				"请修正这里的语法。")
		case miniprogram.FaultComment:
			f.Reason = "comment"
			f.Message = lang.F(lang.T(
				"%[1]s has a comment at line %[2]d. JSON does not allow comments, and the platform rejects the file.",
				"%[1]s 第 %[2]d 行有注释。JSON 不支持注释，平台会拒绝这个文件。"), at.File.Path, from.Line)
			f.Advice = lang.T(
				"Remove the comment.",
				"请删除注释。")
		case miniprogram.FaultDuplicateKey:
			f.Reason = "duplicate-key"
			f.Message = lang.F(lang.T(
				"The key %[1]s occurs twice in the same object of %[2]s, and only the last one takes effect.",
				"%[2]s 的同一个对象里重复出现了 %[1]s，只有最后一个生效。"),
				quotedKey(fault.Detail), at.File.Path)
			f.Advice = lang.T(
				"Merge the two entries.",
				"请把两处合并。")
		}
		p.Report(f)
	}
}

// quotedKey is a key as it stands in JSON, whether or not the reader kept its quotes.
func quotedKey(key string) lang.Text {
	return same(`"` + short(strings.Trim(key, `"`)) + `"`)
}
