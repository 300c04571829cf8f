package check

// What makes the gate weaker than it is by default. A reader of a report is told, whoever asked for it.

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// weakened lists it by kind; of a kind, the command line first, then by place.
func (r *run) weakened() []report.Weakening {
	w := &weakenings{run: r}
	w.commandLine()
	seen := map[*config.Config]bool{}
	for _, p := range r.projects {
		if !p.spared && !seen[p.config] {
			seen[p.config] = true
			w.configuration(p)
		}
	}
	for _, u := range r.suppressions.Used() {
		w.add(report.Suppressed, same(u.Rule), u.At)
	}
	sort.SliceStable(w.all, func(i, j int) bool { return w.all[i].before(&w.all[j]) })
	out := make([]report.Weakening, len(w.all))
	for i, one := range w.all {
		out[i] = one.Weakening
	}
	return out
}

// weakenings are those found so far.
type weakenings struct {
	*run
	all []weakening
}

// weakening is one with its place, by which they are sorted.
type weakening struct {
	report.Weakening
	at source.Span
}

func (w *weakening) before(o *weakening) bool {
	kinds := report.WeakeningKinds()
	switch a, b := slices.Index(kinds, w.By), slices.Index(kinds, o.By); {
	case a != b:
		return a < b
	case w.at.IsZero() || o.at.IsZero():
		return w.at.IsZero() && !o.at.IsZero()
	case w.at.File.Path != o.at.File.Path:
		return w.at.File.Path < o.at.File.Path
	}
	return w.at.Start < o.at.Start
}

// add adds one that is asked for at a place; no place stands for the command line.
func (w *weakenings) add(by report.WeakeningKind, what lang.Text, at source.Span) {
	w.all = append(w.all, weakening{report.Weakening{By: by, What: what, Where: shownAt(at)}, at})
}

// commandLine adds what the flags ask for.
func (w *weakenings) commandLine() {
	for _, rule := range checks.Rules() {
		if s, ok := w.Rules[rule.ID]; ok {
			w.severity(rule, s, source.Span{})
		}
	}
	if n := w.known; n > 0 {
		w.add(report.InBaseline, lang.F(findingsIn.of(n), n, w.BaselineFile), source.Span{})
	}
	if n := w.unchanged; n > 0 {
		w.add(report.NotChanged, lang.F(unchangedFindings.of(n), w.Asked, n), source.Span{})
	}
}

var findingsIn = countedText{
	lang.T("%d finding in %s", "%[2]s 中的 %[1]d 个问题"),
	lang.T("%d findings in %s", "%[2]s 中的 %[1]d 个问题"),
}

var unchangedFindings = countedText{
	lang.T("%s leaves out %d finding", "%s 略去了 %d 个问题"),
	lang.T("%s leaves out %d findings", "%s 略去了 %d 个问题"),
}

// countedText is said of one, or of several.
type countedText struct{ one, many lang.Text }

func (c countedText) of(n int) lang.Text {
	if n == 1 {
		return c.one
	}
	return c.many
}

// severity adds a rule that is off, or that counts for less than by default.
func (w *weakenings) severity(rule *checks.Rule, s checks.Severity, at source.Span) {
	usual := rule.Severity
	if w.Strict && rule.ID == "console-step" {
		usual = checks.Error
	}
	switch {
	case s == checks.Off:
		w.add(report.RuleOff, same(rule.ID), at)
	case s < usual:
		w.add(report.RuleLowered, same(fmt.Sprintf("%s: %s → %s", rule.ID, report.SeverityName(usual), report.SeverityName(s))), at)
	}
}

// configuration adds what a project's configuration asks for.
func (w *weakenings) configuration(p *project) {
	c := p.config
	for _, rule := range checks.Rules() {
		s, ok := c.Rules[rule.ID]
		_, overruled := w.Rules[rule.ID]
		if raised := w.Strict && rule.ID == "console-step" && s.Severity != checks.Off; ok && !overruled && !raised {
			w.severity(rule, s.Severity, s.At)
		}
	}
	for _, g := range c.Ignore {
		w.add(report.Ignored, same(g.Pattern), g.At)
	}
	for _, s := range c.Silence {
		w.add(report.Ignored, lang.F(lang.T("%s: %s", "%s：%s"), lang.List(s.Files), lang.List(s.Rules)), s.At)
	}
	for _, f := range c.Grants {
		w.add(report.Granted, same(f.File+"#"+f.Func), f.At)
	}
	for _, f := range c.Enables {
		w.add(report.Granted, same(f.File+"#"+f.Func+" (enables)"), f.At)
	}
	if n := c.Limits.Work; n > 0 && n < 1 {
		w.add(report.LimitLowered, same(fmt.Sprintf("work: %v", n)), c.Limits.At)
	}
	if w.elsewhere[c] {
		w.add(report.RootSet, same(c.Root), c.RootAt)
	}
	for step, confirmation := range c.Confirmed {
		w.confirmation(step, confirmation)
	}
}

// confirmation adds one that does not count.
func (w *weakenings) confirmation(step checks.Step, c config.Confirmation) {
	switch {
	case c.Ahead(w.Now):
		w.add(report.NotConfirmed, lang.F(lang.T("%s, confirmed for %s", "%s，确认日期 %s 晚于今天"), string(step), c.On.Format(time.DateOnly)), c.At)
	case !c.Holds(w.Now):
		w.add(report.NotConfirmed, lang.F(lang.T("%s, expired on %s", "%s，已于 %s 到期"), string(step), c.Until.Format(time.DateOnly)), c.At)
	}
}

// same is what both languages write alike.
func same(text string) lang.Text { return lang.T(text, text) }
