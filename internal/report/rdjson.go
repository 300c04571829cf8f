package report

// reviewdog's diagnostic format (rdjson), by which it comments on changes. It refuses fields that it does not know, so none are
// written that only its newer versions do.

import (
	"io"
	"unicode/utf16"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type rdjsonWriter struct{}

type rdjsonReport struct {
	Source      rdjsonSource       `json:"source"`
	Diagnostics []rdjsonDiagnostic `json:"diagnostics"`
}

type rdjsonSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdjsonDiagnostic struct {
	Message     string             `json:"message"`
	Location    rdjsonLocation     `json:"location"`
	Severity    string             `json:"severity"`
	Code        rdjsonCode         `json:"code"`
	Suggestions []rdjsonSuggestion `json:"suggestions,omitempty"`
}

type rdjsonCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdjsonLocation struct {
	Path  string       `json:"path"`
	Range *rdjsonRange `json:"range,omitempty"`
}

type rdjsonRange struct {
	Start rdjsonPosition `json:"start"`
	End   rdjsonPosition `json:"end"`
}

// rdjsonPosition counts from 1; columns are bytes of UTF-8.
type rdjsonPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdjsonSuggestion struct {
	Range rdjsonRange `json:"range"`
	Text  string      `json:"text"`
}

var rdjsonSeverities = map[checks.Severity]string{checks.Info: "INFO", checks.Warning: "WARNING", checks.Error: "ERROR"}

func (rdjsonWriter) Write(w io.Writer, r *Report, o Options) error {
	out := rdjsonReport{Source: rdjsonSource{"voipcheck", Repository}, Diagnostics: []rdjsonDiagnostic{}}
	for _, u := range r.Unreadable {
		out.Diagnostics = append(out.Diagnostics, rdjsonDiagnostic{
			Message: terminal.Visible(unreadTitle.In(o.Lang) + colon.In(o.Lang) + u.Why.In(o.Lang)), Location: rdjsonLocation{Path: u.File},
			Severity: "ERROR", Code: rdjsonCode{Value: "unreadable"},
		})
	}
	for _, g := range r.GivenUp {
		at := rdjsonLocation{Path: orRoot(g.File)}
		if g.File != "" {
			p := rdjsonPosition{g.At.Line, 1} // the place is not known in bytes
			at.Range = &rdjsonRange{p, p}
		}
		out.Diagnostics = append(out.Diagnostics, rdjsonDiagnostic{
			Message: terminal.Visible(givenUpTitle.In(o.Lang) + colon.In(o.Lang) + g.What.In(o.Lang)), Location: at,
			Severity: "ERROR", Code: rdjsonCode{Value: "given-up"},
		})
	}
	for i := range r.Findings {
		out.Diagnostics = append(out.Diagnostics, rdjsonOf(&r.Findings[i], o.Lang))
	}
	return EncodeJSON(w, out)
}

func rdjsonOf(f *Finding, l lang.Lang) rdjsonDiagnostic {
	out := rdjsonDiagnostic{
		Message:  terminal.Visible(f.Told().In(l)),
		Location: rdjsonAt(f.At),
		Severity: rdjsonSeverities[f.Severity],
		Code:     rdjsonCode{f.code(), DocumentationURL(f.Rule.ID, l)},
	}
	// Each suggestion stands alone, in the file of the finding: a fix that takes several is none.
	if f.Fix != nil && len(f.Fix.Edits) == 1 && f.Fix.Edits[0].At.File == f.At.File {
		e := f.Fix.Edits[0]
		out.Suggestions = []rdjsonSuggestion{{*rdjsonAt(e.At).Range, e.New}}
	}
	return out
}

func rdjsonAt(at source.Span) rdjsonLocation {
	if at.IsZero() {
		return rdjsonLocation{Path: "."}
	}
	return rdjsonLocation{ValidPath(at.File.Path), &rdjsonRange{rdjsonPlace(at, at.From()), rdjsonPlace(at, at.To())}}
}

// rdjsonPlace is a position with its column in bytes.
func rdjsonPlace(at source.Span, p source.Position) rdjsonPosition {
	column := 1
	units := p.Column - 1
	for _, r := range at.File.Line(p.Line) {
		if units <= 0 {
			break
		}
		units -= utf16.RuneLen(r)
		column += len(string(r))
	}
	return rdjsonPosition{p.Line, column}
}
