package report

// A finding's card on the page.

import (
	"fmt"
	"html/template"
	"path"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// htmlFinding is a finding's card.
type htmlFinding struct {
	ID, Severity, Word, Rule, Reason, URL, Message string
	Place                                          htmlPlace
	Code                                           []htmlLine
	Picture                                        *htmlPicture
	Trace                                          []htmlStepLine
	Advice                                         []htmlPair
	Fix                                            *htmlFix
	// ByFile and ByStep are where the card stands when the findings are grouped.
	ByFile, ByStep int
}

// htmlPlace is a place as it is shown: the folder, the file's name, and ":line:column".
type htmlPlace struct {
	Folder, Name, At string
	// Hint says how it is copied.
	Hint string
	// Link opens it in an editor; "" where that was not asked for.
	Link template.URL
}

// htmlStepLine is a step of a path with its line of code. Its place names the file by what tells it apart from the others of the path.
type htmlStepLine struct {
	Message string
	Place   *htmlPlace
	Code    []htmlToken
}

// htmlFix is what a fix changes, file by file.
type htmlFix struct {
	Title   string
	Patches []htmlFilePatch
}

type htmlFilePatch struct {
	// File is "" for the finding's own.
	File  string
	Lines []htmlLine
}

// findings adds what there is to read about, and returns where on the page each finding is, by its fingerprint.
func (page *htmlReport) findings(r *Report, o Options) map[string]string {
	ids := map[string]string{}
	for _, f := range bySeverity(r.Findings) {
		if f.Severity > checks.Info || !isConsole(f.Step) {
			shown := htmlFindingOf(f, o)
			shown.ID = fmt.Sprintf("finding-%d", len(page.Findings)+1)
			ids[f.Fingerprint] = shown.ID
			page.Findings = append(page.Findings, shown)
			page.told = append(page.told, f)
		}
	}
	return ids
}

func htmlFindingOf(f *Finding, o Options) htmlFinding {
	l := o.Lang
	out := htmlFinding{
		Severity: SeverityName(f.Severity), Word: severityWords[f.Severity].In(l), Rule: f.Rule.ID, Reason: f.Reason,
		URL: DocumentationURL(f.Rule.ID, l), Message: terminal.Visible(f.Message.In(l)),
		Place: htmlPlaceOf(f.File, f.At, f.From, true, o), Trace: htmlTrace(f, o),
	}
	if f.showsCode() {
		out.Code = htmlFrame(f.At)
	}
	for _, part := range []struct{ label, text lang.Text }{{runTimeWord, f.Rule.RunTime}, {toDoWord, f.Todo()}} {
		if said := part.text.In(l); said != "" {
			out.Advice = append(out.Advice, htmlPair{part.label.In(l), terminal.Visible(said)})
		}
	}
	if f.Fix != nil {
		out.Fix = htmlFixOf(f, l)
	}
	return out
}

// htmlPlaceOf is a place in a file that reports call so.
func htmlPlaceOf(file string, at source.Span, from source.Position, column bool, o Options) htmlPlace {
	folder, name := path.Split(file)
	out := htmlPlace{Folder: terminal.Visible(folder), Name: terminal.Visible(name), At: fmt.Sprintf(":%d", from.Line), Hint: htmlWords["place"].In(o.Lang)}
	if column {
		out.At += fmt.Sprintf(":%d", from.Column)
	}
	if o.Link != nil && !at.IsZero() {
		out.Link = template.URL(o.Link(at.File.Path, from)) //nolint:gosec // An address that the caller made, with every part escaped.
	}
	return out
}

func htmlTrace(f *Finding, o Options) []htmlStepLine {
	short := shortPathsOf(f)
	var out []htmlStepLine
	for _, n := range f.Trace {
		step := htmlStepLine{Message: terminal.Visible(n.Message.In(o.Lang))}
		if !n.At.IsZero() {
			place := shortPlace(n.At, short, o)
			step.Place, step.Code = &place, tokens(clipped(excerpt(n.At, frameReach), codeWidth), n.At.File.Path)
		}
		out = append(out, step)
	}
	return out
}

// shortPlace is the place of a step: its file by the end of its path.
func shortPlace(at source.Span, short map[string]string, o Options) htmlPlace {
	file := pathOf(at)
	out := htmlPlaceOf(file, at, at.From(), false, o)
	if end := short[file]; end != "" {
		out.Folder, out.Name = "", terminal.Visible(end)
	}
	return out
}

func htmlFixOf(f *Finding, l lang.Lang) *htmlFix {
	how := fixWord
	if !f.Fix.Safe {
		how = proposalWord
	}
	out := &htmlFix{Title: terminal.Visible(lang.F(lang.T("%s (%s)", "%s（%s）"), f.Fix.Title, how).In(l))}
	for _, p := range patches(f.Fix) {
		shown := htmlFilePatch{}
		if p.path != f.File {
			shown.File = terminal.Visible(p.path)
		}
		for _, line := range p.lines {
			shown.Lines = append(shown.Lines, htmlPatch(line, p.path))
		}
		out.Patches = append(out.Patches, shown)
	}
	return out
}

// htmlFilter is a severity to be shown or not.
type htmlFilter struct{ Severity, Label string }

// htmlGroup is the heading of a group of findings. Only names the severities that are in it, to be hidden with them.
type htmlGroup struct {
	By, Label, Only string
	At              int
}

// groupSize is more than there are findings in any group.
const groupSize = 1 << 20

// grouped says how findings are shown by files and by steps: the page places them by numbers, without a script.
func (page *htmlReport) grouped(o Options) {
	counts := map[string]int{}
	for i := range page.Findings {
		counts[page.Findings[i].Severity]++
	}
	for _, s := range []struct {
		severity checks.Severity
		word     plural
	}{{checks.Error, errorsWord}, {checks.Warning, warningsWord}, {checks.Info, infosWord}} {
		if n := counts[SeverityName(s.severity)]; n > 0 {
			page.Filters = append(page.Filters, htmlFilter{SeverityName(s.severity), s.word.text(n).In(o.Lang)})
		}
	}
	page.group("file", func(f *Finding) string { return f.File }, func(i int) *int { return &page.Findings[i].ByFile })
	page.group("step", func(f *Finding) string { return string(f.Step) }, func(i int) *int { return &page.Findings[i].ByStep })
}

// group numbers the groups by what key says of their findings, in the order in which they come.
func (page *htmlReport) group(by string, key func(*Finding) string, order func(int) *int) {
	numbers := map[string]int{}
	severities := map[int]map[string]bool{}
	first := len(page.Groups)
	for i, f := range page.told {
		n, known := numbers[key(f)]
		if !known {
			n = len(numbers) + 1
			numbers[key(f)] = n
			label := terminal.Visible(key(f))
			if label == "" {
				label = "–"
			}
			page.Groups = append(page.Groups, htmlGroup{By: by, Label: label, At: n * groupSize})
			severities[n] = map[string]bool{}
		}
		severities[n][page.Findings[i].Severity] = true
		*order(i) = n*groupSize + i + 1
	}
	for i := range page.Groups[first:] {
		for _, f := range page.Filters {
			if severities[i+1][f.Severity] {
				page.Groups[first+i].Only += "-" + f.Severity
			}
		}
	}
}
