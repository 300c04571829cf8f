package report

// A line a finding, for editors, scripts and eyes that know the rules: file:line:column: severity rule/reason: message.

import (
	"fmt"
	"io"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

type conciseWriter struct{}

func (conciseWriter) Write(w io.Writer, r *Report, o Options) error {
	var b strings.Builder
	line := func(file string, line, column int, severity, rule, message string) {
		fmt.Fprintf(&b, "%s:%d:%d: %s %s: %s\n", terminal.Visible(file), line, column, severity, rule, terminal.Visible(message))
	}
	for _, u := range r.Unreadable {
		line(u.File, 1, 1, "error", "unreadable", u.Why.In(o.Lang))
	}
	for _, g := range r.GivenUp {
		line(orRoot(g.File), max(1, g.At.Line), max(1, g.At.Column), "error", "given-up", g.What.In(o.Lang))
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if o.Quiet && f.Severity < checks.Error {
			continue
		}
		line(orRoot(f.File), f.From.Line, f.From.Column, SeverityName(f.Severity), f.code(), f.Message.In(o.Lang))
	}
	b.WriteString(Verdict(r, o.Lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// code names what was found: the rule, and the reason where there is one.
func (f *Finding) code() string {
	if f.Reason == "" {
		return f.Rule.ID
	}
	return f.Rule.ID + "/" + f.Reason
}
