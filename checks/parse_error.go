package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

var parseError = &Rule{
	ID: "parse-error", Severity: Error, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Every file that takes part can be parsed", "参与通话的文件都能解析"),
	Text: lang.T(
		"A file that names one of the calls, or is reached from one that does, or the template or configuration of a page that takes part, cannot be parsed: it has a syntax error, or it is no text. Nothing can be said of what it holds, so the rules that depend on it stay silent until it is mended. It counts for the step that needs the file.",
		"某个写有通话接口（或被这样的文件引入）的文件，或者相关页面的模板、配置文件无法解析：有语法错误，或不是文本。它的内容无从判断，在修好之前，依赖它的规则不会给出结论。它计入需要该文件的那个步骤。"),
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
	Fix:      lang.T("Mend the syntax at the place that the message names.", "按提示的行列修正语法。"),
	RunTime:  lang.T("The build fails, or the page does not load; there is no error code.", "编译失败，或页面无法加载，没有错误码。"),
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
				"%[1]s cannot be parsed: %[2]s. What it does for the call cannot be checked",
				"%[1]s 无法解析：%[2]s。它与通话有关的代码无法检查"),
				at.File.Path, limitWord(e.Why))})
			continue
		}
		p.Report(Finding{At: at, Step: stepNeeding(e.Names), about: about, Message: lang.F(lang.T(
			"%[1]s cannot be parsed at line %[2]d, column %[3]d: %[4]s. What it does for the call cannot be checked; mend the syntax",
			"%[1]s 第 %[2]d 行第 %[3]d 列无法解析：%[4]s。它与通话有关的代码无法检查，请修正语法"),
			at.File.Path, from.Line, from.Column, syntaxWord(e.Why))})
	}
	for _, b := range p.Project.Broken {
		from := b.At.From()
		if b.Project {
			p.Report(Finding{At: b.At, Step: StepEnable, Message: lang.F(lang.T(
				"%[1]s cannot be parsed at line %[2]d, column %[3]d: %[4]s. Where the mini-program is and which base library it needs cannot be told; mend the syntax",
				"%[1]s 第 %[2]d 行第 %[3]d 列无法解析：%[4]s。无法得知小程序的位置和基础库版本，请修正语法"),
				b.At.File.Path, from.Line, from.Column, syntaxWord(b.Why))})
			continue
		}
		p.Report(Finding{At: b.At, Step: StepReachable, about: subject{broken: b.At.File}, Message: lang.F(lang.T(
			"%[1]s cannot be parsed at line %[2]d, column %[3]d: %[4]s. What the page binds and uses cannot be checked; mend the syntax",
			"%[1]s 第 %[2]d 行第 %[3]d 列无法解析：%[4]s。页面绑定的事件和用到的组件无法检查，请修正语法"),
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
