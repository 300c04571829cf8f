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

//go:embed report.html.tmpl
var htmlPage string

var htmlTemplate = template.Must(template.New("report").Parse(htmlPage))

// htmlReport is what the page shows, every text safe for a screen and in one language.
type htmlReport struct {
	Lang, Title, Verdict, Version string
	Ready                         bool
	Unreadable                    []htmlPair
	UnreadTitle, HowWord          string
	Projects                      []htmlProject
	Findings                      []htmlFinding
}

type htmlPair struct{ Name, Text string }

type htmlProject struct {
	Root, Framework string
	Steps           []htmlStep
}

type htmlStep struct {
	Status, Mark, Step, Title, Note string
}

type htmlFinding struct {
	Severity, Word, Rule, Reason, URL, Place, Message string
	Code                                              []htmlLine
	Trace                                             []htmlNote
	Advice                                            []htmlPair
}

// htmlLine is a line of code with the part that is pointed at.
type htmlLine struct {
	Number                int
	Before, Marked, After string
}

type htmlNote struct{ Message, Place string }

func (htmlWriter) Write(w io.Writer, r *Report, o Options) error {
	page := htmlReport{
		Lang: lang.T("en", "zh-CN").In(o.Lang), Title: "voipcheck", Verdict: Verdict(r, o.Lang), Version: r.Version, Ready: r.Ready,
		UnreadTitle: unreadTitle.In(o.Lang), HowWord: howWord.In(o.Lang),
	}
	for _, u := range r.Unreadable {
		page.Unreadable = append(page.Unreadable, htmlPair{terminal.Visible(u.File), terminal.Visible(u.Why.In(o.Lang))})
	}
	for _, p := range r.Projects {
		project := htmlProject{Root: terminal.Visible(p.Root), Framework: p.Framework}
		for _, s := range r.Checklist {
			if s.Project == p.Root {
				project.Steps = append(project.Steps, htmlStep{
					string(s.Status), statusMarks[s.Status], string(s.Step), s.Title.In(o.Lang), terminal.Visible(stepNote(s, o.Lang)),
				})
			}
		}
		page.Projects = append(page.Projects, project)
	}
	for _, f := range bySeverity(r.Findings) {
		if f.Severity > checks.Info || !isConsole(f.Step) {
			page.Findings = append(page.Findings, htmlFindingOf(f, o.Lang))
		}
	}
	return htmlTemplate.Execute(w, page)
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
	for _, part := range []struct{ label, text lang.Text }{{runTimeWord, f.Rule.RunTime}, {toDoWord, f.Rule.Fix}} {
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
