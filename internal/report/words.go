package report

// What the reports for people say around the findings.

import (
	"slices"
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
	Unproven:    lang.T("unproven", "未证实"),
	Unconfirmed: lang.T("unconfirmed", "待确认"),
	Confirmed:   lang.T("confirmed", "已确认"),
	Skipped:     lang.T("skipped", "已跳过"),
}

var (
	howWord      = lang.T("Path", "路径")
	runTimeWord  = lang.T("At run time", "运行时")
	toDoWord     = lang.T("What to do", "怎么改")
	moreWord     = lang.T("more about this rule", "查看这条规则的说明")
	confirmWord  = lang.T("record a console step that is done", "记录已完成的后台步骤")
	fixWord      = lang.T("fixable with --fix", "可用 --fix 修复")
	proposalWord = lang.T("a suggestion; apply it with --fix=all", "仅供参考，可用 --fix=all 应用")

	readyWord    = lang.T("Ready", "可以上线")
	partlyWord   = lang.T("Ready as far as it could be followed", "在能跟踪到的范围内可以上线")
	notReadyWord = lang.T("Not ready", "还不能上线")
	unknownWord  = lang.T("Cannot tell", "无法判断")
	noneWord     = lang.T("no findings", "没有发现问题")
	unreadTitle  = lang.T("Could not be read", "无法读取")
	givenUpTitle = lang.T("Not fully followed", "没有跟踪完")
)

// plural are a count's words: one and many in English, one form in Chinese.
type plural struct{ one, many, zh string }

var (
	errorsWord      = plural{"1 error", "%d errors", "%d 个错误"}
	warningsWord    = plural{"1 warning", "%d warnings", "%d 个警告"}
	infosWord       = plural{"1 note", "%d notes", "%d 个提示"}
	suppressedWord  = plural{"1 suppressed", "%d suppressed", "%d 个已忽略"}
	unprovenWord    = plural{"1 step unproven", "%d steps unproven", "%d 个步骤未证实"}
	skippedWord     = plural{"1 step skipped", "%d steps skipped", "%d 个步骤已跳过"}
	sparedWord      = plural{"1 mini-program skipped", "%d mini-programs skipped", "%d 个小程序已跳过"}
	unreadWord      = plural{"1 file could not be read", "%d files could not be read", "%d 个文件无法读取"}
	givenUpWord     = plural{"1 place was not fully followed", "%d places were not fully followed", "%d 处没有跟踪完"}
	baselinedWord   = plural{"1 in the baseline", "%d in the baseline", "%d 个在基线中"}
	unconfirmedWord = plural{"1 console step unconfirmed", "%d console steps unconfirmed", "%d 个后台步骤待确认"}
	moreLinesWord   = plural{"… 1 more line; --diff shows all", "… %d more lines; --diff shows all", "…… 另有 %d 行，可用 --diff 查看全部"}
	fixesWord       = plural{"apply 1 fix", "apply %d fixes", "应用 %d 处修复"}
	proposalsWord   = plural{"apply 1 suggestion", "apply %d suggestions", "应用 %d 处建议"}
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
	return enumerate(l,
		counted{s.Errors, errorsWord}, counted{s.Warnings, warningsWord}, counted{s.Infos, infosWord},
		counted{s.Suppressed, suppressedWord}, counted{s.Baselined, baselinedWord})
}

// counted is a number of something.
type counted struct {
	n    int
	word plural
}

// enumerate says how many there are of each thing, leaving out those of which there is none.
func enumerate(l lang.Lang, of ...counted) string {
	var parts []string
	for _, c := range of {
		if c.n > 0 {
			parts = append(parts, c.word.text(c.n).In(l))
		}
	}
	return strings.Join(parts, comma.In(l))
}

var comma = lang.T(", ", "，")

// Verdict is the one sentence that a report comes to, without its mark. What is counted in it is counted once: notes about console
// steps are told as steps, and steps that an error or a warning is about as that.
func Verdict(r *Report, l lang.Lang) string {
	findings := r.Summary
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Severity == checks.Info && isConsole(f.Step) {
			findings.Infos--
		}
	}
	undecided := enumerate(l, counted{r.steps(Unproven), unprovenWord}, counted{r.steps(Skipped), skippedWord})
	found := Counts(findings, l)
	word, parts := r.headline(), []string{found, undecided}
	switch {
	case word == partlyWord:
		parts = []string{undecided, found}
	case word == readyWord && found == "":
		parts = []string{noneWord.In(l)}
	}
	parts = append(parts,
		enumerate(l, counted{r.steps(Unconfirmed), unconfirmedWord}, counted{r.spared(), sparedWord}),
		enumerate(l, counted{len(r.Unreadable), unreadWord}, counted{len(r.GivenUp), givenUpWord}),
		weakenedParts(r.Weakened, l))
	return word.In(l) + colon.In(l) + strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), semicolon.In(l))
}

// headline is what a verdict begins with.
func (r *Report) headline() lang.Text {
	switch {
	case len(r.Unreadable)+len(r.GivenUp) > 0:
		return unknownWord
	case !r.Ready:
		return notReadyWord
	case r.steps(Unproven)+r.steps(Skipped) > 0:
		return partlyWord
	}
	return readyWord
}

// spared counts the mini-programs that use nothing of the feature, and need not.
func (r *Report) spared() int {
	n := 0
	for i := range r.Projects {
		if r.Projects[i].Spared {
			n++
		}
	}
	return n
}

// Partly tells that a report calls the program ready as far as it could be followed.
func (r *Report) Partly() bool { return r.headline() == partlyWord }

// steps counts the steps that stand so, without those of mini-programs that are spared, and without those at the console that findings
// are about.
func (r *Report) steps(status Status) int {
	n := 0
	for i := range r.Checklist {
		if s := &r.Checklist[i]; s.Status == status && !s.Spared && (status != Unconfirmed || s.Errors+s.Warnings == 0) {
			n++
		}
	}
	return n
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
