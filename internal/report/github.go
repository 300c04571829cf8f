package report

// GitHub workflow commands: a line for each finding, which becomes an annotation of the changed file.

import (
	"fmt"
	"io"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type githubWriter struct{}

var githubLevels = map[checks.Severity]string{
	checks.Info: "notice", checks.Warning: "warning", checks.Error: "error",
}

func (githubWriter) Write(w io.Writer, r *Report, o Options) error {
	var b strings.Builder
	for _, u := range r.Unreadable {
		fmt.Fprintf(&b, "::error file=%s::%s\n", githubProperty(u.File), githubText(u.File+": "+unreadTitle.In(o.Lang)+" ("+u.Why.In(o.Lang)+")"))
	}
	for _, g := range r.GivenUp {
		where := ""
		if g.File != "" {
			where = fmt.Sprintf(" file=%s,line=%d,col=%d", githubProperty(g.File), g.At.Line, g.At.Column)
		}
		fmt.Fprintf(&b, "::error%s::%s\n", where, githubText(givenUpLine(g, o.Lang)+" ("+givenUpTitle.In(o.Lang)+")"))
	}
	for _, f := range bySeverity(r.Findings) {
		where := fmt.Sprintf("file=%s,line=%d,endLine=%d", githubProperty(f.File), f.From.Line, f.To.Line)
		if f.From.Line == f.To.Line {
			// Columns are taken for ranges within a line only.
			where += fmt.Sprintf(",col=%d,endColumn=%d", f.From.Column, f.To.Column)
		}
		// The properties are not shown in the log, so the place is in the text too.
		text := fmt.Sprintf("%s:%d:%d %s", f.File, f.From.Line, f.From.Column, f.Told().In(o.Lang))
		fmt.Fprintf(&b, "::%s %s,title=%s::%s\n", githubLevels[f.Severity], where, githubProperty("voipcheck "+f.Rule.ID), githubText(text))
	}
	if said := weakenings(r.Weakened, len(r.Weakened), o.Lang); len(said) > 0 {
		text := weakenedTitle.In(o.Lang) + colon.In(o.Lang) + sentences(said, o.Lang)
		fmt.Fprintf(&b, "::notice title=%s::%s\n", githubProperty("voipcheck"), githubText(text))
	}
	b.WriteString(Verdict(r, o.Lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// githubText escapes what follows the second "::". The percent sign comes first.
func githubText(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(terminal.Visible(text))
}

// githubProperty escapes the value of a property.
func githubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(githubText(text))
}
