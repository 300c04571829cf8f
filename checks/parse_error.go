package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

var parseError = &Rule{
	ID: "parse-error", Severity: Error, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Keep files that take part in calls free of syntax errors", "与通话有关的文件没有语法错误"),
	Text: lang.T(
		"A file that cannot be parsed takes part in calls: it names one of the two calls, is reached from a file that does, or is the template or configuration of such a page. It has a syntax error or is not a text file. Its content cannot be checked, so the rules that depend on it stay silent until it is fixed. The finding counts for the step that needs the file.",
		"与通话有关的文件无法解析：它写有通话接口、被这样的文件引入，或是相关页面的模板、配置文件。它有语法错误，或不是文本文件。它的内容无法检查，修好之前依赖它的规则不会给出结论。问题计入需要该文件的步骤。"),
	Example: ExamplePage,
	Bad: `Page({
  onCall() {
    wx.setEnable1v1Chat({ enable: true
  }
})`,
	Good: `Page({
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:      lang.T("Fix the syntax at the reported position.", "请修正提示位置的语法。"),
	RunTime:  lang.T("The build fails, or the page does not load. There is no error code.", "编译失败，或页面无法加载，没有错误码。"),
	Sources:  []Source{docJavaScript},
	InPlugin: true,
	Run:      runParseError,
}

func runParseError(p *Pass) {
	seen, names := map[*source.File]bool{}, map[*source.File]miniprogram.Names{}
	for _, e := range p.Flow.ParseErrors {
		names[e.At.File] |= e.Names
	}
	for _, e := range p.Flow.ParseErrors {
		if seen[e.At.File] {
			continue
		}
		seen[e.At.File] = true
		at := e.At
		if at.IsZero() {
			at = p.top()
		}
		from := at.From()
		about := subject{broken: e.At.File, code: true, holds: names[e.At.File]}
		if e.Limit {
			p.Report(Finding{At: at, Step: stepNeeding(e.Names), about: about, Message: lang.F(lang.T(
				"%[1]s cannot be parsed, so what it does for calls cannot be checked: %[2]s.",
				"%[1]s 无法解析，其中与通话有关的代码无法检查：%[2]s。"),
				at.File.Path, limitWord(e.Why)), Advice: lang.T(
				"Split the file, or leave it out with ignore in voipcheck.json if it is not part of the program.",
				"请拆分该文件；如果它不属于程序，请在 voipcheck.json 的 ignore 中排除。")})
			continue
		}
		p.Report(Finding{At: at, Step: stepNeeding(e.Names), about: about, Message: lang.F(lang.T(
			"%[1]s cannot be parsed at line %[2]d, column %[3]d, so what it does for calls cannot be checked: %[4]s.",
			"%[1]s 第 %[2]d 行第 %[3]d 列无法解析，其中与通话有关的代码无法检查：%[4]s。"),
			at.File.Path, from.Line, from.Column, syntaxWord(e.Why))})
	}
	for _, b := range p.Project.Broken {
		from := b.At.From()
		if b.Project {
			p.Report(Finding{At: b.At, Step: StepEnable, Message: lang.F(lang.T(
				"%[1]s cannot be parsed at line %[2]d, column %[3]d, so the folder and the base library of the mini-program are not known: %[4]s.",
				"%[1]s 第 %[2]d 行第 %[3]d 列无法解析，因此无法得知小程序的位置和基础库版本：%[4]s。"),
				b.At.File.Path, from.Line, from.Column, syntaxWord(b.Why))})
			continue
		}
		p.Report(Finding{At: b.At, Step: StepReachable, about: subject{broken: b.At.File}, Message: lang.F(lang.T(
			"%[1]s cannot be parsed at line %[2]d, column %[3]d, so the events that it binds and the components that it uses cannot be checked: %[4]s.",
			"%[1]s 第 %[2]d 行第 %[3]d 列无法解析，绑定的事件和用到的组件无法检查：%[4]s。"),
			b.At.File.Path, from.Line, from.Column, syntaxWord(b.Why))})
	}
}

// stepNeeding is the step that needs a file with these names: the last one that it serves.
func stepNeeding(names miniprogram.Names) Step {
	switch {
	case names&miniprogram.NameJoin != 0:
		return StepJoin
	case names&miniprogram.NameEnable != 0:
		return StepEnable
	case names != 0:
		return StepAuthorize
	}
	return StepJoin
}
