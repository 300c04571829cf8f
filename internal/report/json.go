package report

// The JSON report: one object, whose shape is a promise.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type jsonWriter struct{}

type jsonReport struct {
	Schema   string        `json:"schema"`
	Tool     jsonTool      `json:"tool"`
	Ready    bool          `json:"ready"`
	Projects []jsonProject `json:"projects"`
	// Proved tells that every step is decided on every path.
	Proved   bool            `json:"proved"`
	Weakened []jsonWeakening `json:"weakened"`
	// Verdict is the sentence that the reports for people come to.
	Verdict   string        `json:"verdict"`
	Summary   jsonSummary   `json:"summary"`
	Checklist []jsonStep    `json:"checklist"`
	Findings  []jsonFinding `json:"findings"`
	// Unreadable is only there when something could not be read, and GivenUp when a bound or an internal failure left a call
	// open; Ready is false then.
	Unreadable []jsonUnreadable `json:"unreadable,omitempty"`
	GivenUp    []jsonNote       `json:"given_up,omitempty"`
	// Refused is only there when the repository asks for something outside of itself.
	Refused []jsonUnreadable `json:"refused,omitempty"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type jsonProject struct {
	Root      string `json:"root"`
	Framework string `json:"framework"`
	Files     int    `json:"files"`
}

type jsonWeakening struct {
	By    WeakeningKind `json:"by"`
	What  string        `json:"what"`
	Where string        `json:"where"`
}

type jsonSummary struct {
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Suppressed int `json:"suppressed"`
	Baselined  int `json:"baselined"`
}

type jsonStep struct {
	Project string   `json:"project"`
	Step    string   `json:"step"`
	Title   string   `json:"title"`
	Status  Status   `json:"status"`
	Rules   []string `json:"rules"`
	// Note says why a step is skipped, what could not be followed, or who confirmed it.
	Note string `json:"note,omitempty"`
}

type jsonFinding struct {
	Rule        string     `json:"rule"`
	Reason      string     `json:"reason,omitempty"`
	Severity    string     `json:"severity"`
	Step        string     `json:"step"`
	Message     string     `json:"message"`
	File        string     `json:"file"`
	Line        int        `json:"line"`
	Column      int        `json:"column"`
	EndLine     int        `json:"end_line"`
	EndColumn   int        `json:"end_column"`
	Trace       []jsonNote `json:"trace"`
	Fix         *jsonFix   `json:"fix,omitempty"`
	URL         string     `json:"url"`
	Fingerprint string     `json:"fingerprint"`
}

type jsonNote struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

type jsonFix struct {
	Title string `json:"title"`
	Safe  bool   `json:"safe"`
}

type jsonUnreadable struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

// outside says why something was refused.
var outside = lang.T("it points outside the repository and was not read", "它指向仓库之外，没有读取")

func (jsonWriter) Write(w io.Writer, r *Report, o Options) error {
	return EncodeJSON(w, jsonReportOf(r, o.Lang))
}

func jsonReportOf(r *Report, l lang.Lang) *jsonReport {
	out := &jsonReport{
		Schema:    "voipcheck/report/1",
		Tool:      jsonTool{"voipcheck", r.Version},
		Ready:     r.Ready,
		Projects:  []jsonProject{},
		Proved:    r.Proved,
		Weakened:  []jsonWeakening{},
		Verdict:   Verdict(r, l),
		Summary:   jsonSummary(r.Summary),
		Checklist: []jsonStep{},
		Findings:  []jsonFinding{},
	}
	for _, p := range r.Projects {
		out.Projects = append(out.Projects, jsonProject{p.Root, p.Framework, p.Files})
	}
	for _, w := range r.Weakened {
		out.Weakened = append(out.Weakened, jsonWeakening{w.By, w.What.In(l), w.where().EN})
	}
	for _, s := range r.Checklist {
		out.Checklist = append(out.Checklist, jsonStep{
			s.Project, string(s.Step), s.Title.In(l), s.Status, append([]string{}, s.Rules...), s.Note.In(l),
		})
	}
	for i := range r.Findings {
		out.Findings = append(out.Findings, jsonOf(&r.Findings[i], l))
	}
	for _, u := range r.Unreadable {
		out.Unreadable = append(out.Unreadable, jsonUnreadable{u.File, u.Why.In(l)})
	}
	for _, name := range r.Refused {
		out.Refused = append(out.Refused, jsonUnreadable{name, outside.In(l)})
	}
	for _, g := range r.GivenUp {
		out.GivenUp = append(out.GivenUp, jsonNote{g.File, max(1, g.At.Line), max(1, g.At.Column), g.What.In(l)})
	}
	return out
}

func jsonOf(f *Finding, l lang.Lang) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule.ID, Reason: f.Reason, Severity: SeverityName(f.Severity), Step: string(f.Step),
		Message: f.Told().In(l), File: f.File,
		Line: f.From.Line, Column: f.From.Column, EndLine: f.To.Line, EndColumn: f.To.Column,
		Trace: []jsonNote{}, URL: DocumentationURL(f.Rule.ID, l), Fingerprint: f.Fingerprint,
	}
	for _, n := range f.Trace {
		at := place(n.At)
		out.Trace = append(out.Trace, jsonNote{pathOf(n.At), at.Line, at.Column, n.Message.In(l)})
	}
	if f.Fix != nil {
		out.Fix = &jsonFix{f.Fix.Title.In(l), f.Fix.Safe}
	}
	return out
}

// place is where a span begins; line 1 when it is no place.
func place(at source.Span) source.Position {
	if at.IsZero() {
		return source.Position{Line: 1, Column: 1}
	}
	return at.From()
}

// pathOf is the path of a span's file.
func pathOf(at source.Span) string {
	if at.IsZero() {
		return ""
	}
	return ValidPath(at.File.Path)
}

// EncodeJSON writes v indented, with what a terminal would obey escaped: control characters of C1
// and of direction are valid in JSON strings as they are, but JSON is read in terminals too.
func EncodeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	var out bytes.Buffer
	for _, r := range b.String() {
		if r != '\n' && terminal.Hidden(r) {
			fmt.Fprintf(&out, `\u%04x`, r)
			continue
		}
		out.WriteRune(r)
	}
	_, err := w.Write(out.Bytes())
	return err
}
