package report

// One HTML file without scripts or anything from the network, to be kept or sent.

import (
	_ "embed" // for the page
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type htmlWriter struct{}

// Draws tells that a format shows a report's pictures.
func Draws(w Writer) bool {
	_, ok := w.(htmlWriter)
	return ok
}

//go:embed report.html.tmpl
var htmlPage string

// htmlTemplate parses the page when it is wanted: a program that writes no page, as that in a browser, holds no templates at all.
func htmlTemplate() *template.Template { return template.Must(template.New("report").Parse(htmlPage)) }

// htmlMarks are marks that every font has, and that take the colour of the step.
var htmlMarks = map[Status]string{Pass: "✓", Confirmed: "✓", Fail: "✗", Warn: "!", Unproven: "?", Unconfirmed: "?", Skipped: "–"}

// heads are the names of the arrows' heads.
var heads = []string{"dim", "good", "bad", "unsure"}

// htmlReport is what the page shows, every text safe for a screen and in one language.
type htmlReport struct {
	Lang, Title, Verdict, Version string
	Class, Mark                   string
	Unreadable                    []htmlPair
	GivenUp, Weakened             []string
	UnreadTitle, HowWord          string
	Projects                      []htmlProject
	Findings                      []htmlFinding
	Words                         map[string]string
	Heads                         []string
	Undrawn                       string
}

type htmlPair struct{ Name, Text string }

type htmlProject struct {
	Root, Framework string
	Steps           []htmlStep
	Pictures        []htmlPicture
}

type htmlStep struct {
	Status, Mark, Step, Title, Note string
	// Link leads to what was found at the step.
	Link string
}

type htmlFinding struct {
	ID, Severity, Word, Rule, Reason, URL, Place, Message, Picture string
	Code                                                           []htmlLine
	Trace                                                          []htmlNote
	Advice                                                         []htmlPair
}

// htmlLine is a line of code with the part that is pointed at.
type htmlLine struct {
	Number                int
	Before, Marked, After string
}

type htmlNote struct{ Message, Place string }

func (htmlWriter) Write(w io.Writer, r *Report, o Options) error {
	page := htmlReport{
		Lang: lang.T("en", "zh-CN").In(o.Lang), Title: "voipcheck" + colon.In(o.Lang) + r.headline().In(o.Lang), Verdict: Verdict(r, o.Lang), Version: r.Version, Mark: "✗",
		UnreadTitle: unreadTitle.In(o.Lang), HowWord: howWord.In(o.Lang), Words: map[string]string{},
		Heads: heads,
	}
	switch {
	case r.Partly():
		page.Class, page.Mark = "partly", "!"
	case r.Ready:
		page.Class, page.Mark = "ready", "✓"
	}
	for name, word := range htmlWords {
		page.Words[name] = word.In(o.Lang)
	}
	for _, u := range r.Unreadable {
		page.Unreadable = append(page.Unreadable, htmlPair{terminal.Visible(u.File), terminal.Visible(u.Why.In(o.Lang))})
	}
	for _, g := range r.GivenUp {
		page.GivenUp = append(page.GivenUp, givenUpLine(g, o.Lang))
	}
	page.Weakened = weakenings(r.Weakened, len(r.Weakened), o.Lang)
	ids := page.findings(r, o.Lang)
	first := map[string]string{}
	for _, f := range bySeverity(r.Findings) {
		if key := f.Project + "\x00" + string(f.Step); first[key] == "" {
			first[key] = ids[f.Fingerprint]
		}
	}
	for _, p := range r.Projects {
		project := htmlProject{Root: terminal.Visible(p.Root), Framework: p.Framework}
		for _, s := range r.Checklist {
			if s.Project == p.Root {
				project.Steps = append(project.Steps, htmlStep{
					string(s.Status), htmlMarks[s.Status], string(s.Step), s.Title.In(o.Lang), terminal.Visible(stepNote(s, o.Lang)),
					first[p.Root+"\x00"+string(s.Step)],
				})
			}
		}
		page.Projects = append(page.Projects, project)
	}
	page.pictures(r, ids, o.Lang)
	if r.Undrawn > 0 {
		page.Undrawn = lang.F(undrawnWord, r.Undrawn).In(o.Lang)
	}
	return htmlTemplate().Execute(w, page)
}

// findings adds what there is to read about, and returns where on the page each finding is, by its fingerprint.
func (page *htmlReport) findings(r *Report, l lang.Lang) map[string]string {
	ids := map[string]string{}
	for _, f := range bySeverity(r.Findings) {
		if f.Severity > checks.Info || !isConsole(f.Step) {
			shown := htmlFindingOf(f, l)
			shown.ID = fmt.Sprintf("finding-%d", len(page.Findings)+1)
			ids[f.Fingerprint] = shown.ID
			page.Findings = append(page.Findings, shown)
		}
	}
	return ids
}

func htmlFindingOf(f *Finding, l lang.Lang) htmlFinding {
	out := htmlFinding{
		Severity: SeverityName(f.Severity), Word: severityWords[f.Severity].In(l), Rule: f.Rule.ID, Reason: f.Reason,
		URL: DocumentationURL(f.Rule.ID, l), Place: terminal.Visible(fmt.Sprintf("%s:%d:%d", f.File, f.From.Line, f.From.Column)), Message: terminal.Visible(f.Message.In(l)),
	}
	if f.Severity > checks.Info && f.At.End > f.At.Start && f.At.Start > 0 {
		for _, line := range frame(f.At, 160) {
			out.Code = append(out.Code, htmlLineOf(line))
		}
	}
	for _, n := range f.Trace {
		out.Trace = append(out.Trace, htmlNote{terminal.Visible(n.Message.In(l)), terminal.Visible(traceplace(n))})
	}
	for _, part := range []struct{ label, text lang.Text }{{runTimeWord, f.Rule.RunTime}, {toDoWord, f.Todo()}} {
		if said := part.text.In(l); said != "" {
			out.Advice = append(out.Advice, htmlPair{part.label.In(l), said})
		}
	}
	return out
}

// htmlLineOf splits a line of a frame by its columns.
func htmlLineOf(line frameLine) htmlLine {
	out := htmlLine{Number: line.number}
	var before, marked, after strings.Builder
	column := 0
	for _, c := range terminal.Cells(line.text) {
		switch {
		case column < line.from || line.from == line.to:
			before.WriteString(c.Text)
		case column < line.to:
			marked.WriteString(c.Text)
		default:
			after.WriteString(c.Text)
		}
		column += c.Width
	}
	out.Before, out.Marked, out.After = before.String(), marked.String(), after.String()
	return out
}
