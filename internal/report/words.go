package report

// What the reports for people say around the findings.

import (
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var severityWords = map[checks.Severity]lang.Text{
	checks.Error:   lang.T("error", "错误"),
	checks.Warning: lang.T("warning", "警告"),
	checks.Info:    lang.T("note", "提示"),
}

var statusWords = map[Status]lang.Text{
	Pass:        lang.T("passed", "通过"),
	Fail:        lang.T("failed", "未通过"),
	Warn:        lang.T("warned", "有警告"),
	Unconfirmed: lang.T("unconfirmed", "待确认"),
	Confirmed:   lang.T("confirmed", "已确认"),
	Skipped:     lang.T("skipped", "已跳过"),
}

var (
	howWord     = lang.T("How it comes to this", "经过")
	runTimeWord = lang.T("At run time", "运行时")
	toDoWord    = lang.T("What to do", "怎么改")
	moreWord    = lang.T("More about a rule: voipcheck explain %s", "查看规则说明：voipcheck explain %s")
	consoleWord = lang.T(
		"Done in the console? Nothing in the code shows it: voipcheck confirm STEP records it for %s.",
		"已在后台完成？代码里看不出来，请用 voipcheck confirm STEP 记录：%s。")
	fixWord      = lang.T("fixable with --fix", "可用 --fix 修复")
	proposalWord = lang.T("a proposal, applied by --fix=all", "仅为建议，可用 --fix=all 应用")

	readyWord    = lang.T("Ready", "可以上线")
	notReadyWord = lang.T("Not ready", "还不能上线")
	unknownWord  = lang.T("Cannot tell", "无法判断")
	noneWord     = lang.T("nothing found", "没有发现问题")
	unreadWord   = lang.T("%d could not be read", "%d 个文件无法读取")
	unreadTitle  = lang.T("Could not be read", "无法读取")
)

// plural are a count's words: one and many in English, one form in Chinese.
type plural struct{ one, many, zh string }

var (
	errorsWord      = plural{"1 error", "%d errors", "%d 个错误"}
	warningsWord    = plural{"1 warning", "%d warnings", "%d 个警告"}
	infosWord       = plural{"1 note", "%d notes", "%d 个提示"}
	suppressedWord  = plural{"1 suppressed", "%d suppressed", "%d 个已忽略"}
	baselinedWord   = plural{"1 in the baseline", "%d in the baseline", "%d 个在基线中"}
	unconfirmedWord = plural{"1 console step unconfirmed", "%d console steps unconfirmed", "%d 个后台步骤待确认"}
	filesWord       = plural{"1 file", "%d files", "%d 个文件"}
)

func (p plural) text(n int) lang.Text {
	if n == 1 {
		return lang.Text{EN: p.one, ZH: strings.Replace(p.zh, "%d", "1", 1)}
	}
	return lang.F(lang.T(p.many, p.zh), n)
}

// Counts says how many findings of each severity there are: "2 errors, 1 warning".
func Counts(s Summary, l lang.Lang) string {
	var parts []string
	for _, c := range []struct {
		n    int
		word plural
	}{
		{s.Errors, errorsWord}, {s.Warnings, warningsWord}, {s.Infos, infosWord},
		{s.Suppressed, suppressedWord}, {s.Baselined, baselinedWord},
	} {
		if c.n > 0 {
			parts = append(parts, c.word.text(c.n).In(l))
		}
	}
	if len(parts) == 0 {
		return noneWord.In(l)
	}
	return strings.Join(parts, comma.In(l))
}

var comma = lang.T(", ", "，")

// Verdict is the one sentence that a report ends in, without its mark.
func Verdict(r *Report, l lang.Lang) string {
	word := notReadyWord
	switch {
	case len(r.Unreadable) > 0:
		word = unknownWord
	case r.Ready:
		word = readyWord
	}
	said := word.In(l) + colon.In(l) + Counts(r.Summary, l)
	unconfirmed := 0
	for _, s := range r.Checklist {
		if s.Status == Unconfirmed {
			unconfirmed++
		}
	}
	if unconfirmed > 0 {
		said += semicolon.In(l) + unconfirmedWord.text(unconfirmed).In(l)
	}
	if n := len(r.Unreadable); n > 0 {
		said += semicolon.In(l) + lang.F(unreadWord, n).In(l)
	}
	return said
}

var (
	colon     = lang.T(": ", "：")
	semicolon = lang.T("; ", "；")
)

// stepNote is what stands behind a step's title: its counts, or its state and why.
func stepNote(s Step, l lang.Lang) string {
	var said string
	switch s.Status {
	case Pass:
	case Fail, Warn:
		said = Counts(Summary{Errors: s.Errors, Warnings: s.Warnings}, l)
	default:
		said = statusWords[s.Status].In(l)
	}
	if why := s.Note.In(l); why != "" {
		if said != "" {
			said += colon.In(l)
		}
		said += why
	}
	return said
}
