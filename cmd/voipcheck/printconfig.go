package main

// The configuration in force, written as a voipcheck.json that could be used, with where each value comes from.

import (
	"fmt"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// printConfig prints the configuration of each mini-program that would be checked.
func (s *session) printConfig(o check.Options) error {
	all, err := check.InForce(o)
	if err != nil {
		return err
	}
	for i, one := range all {
		if i > 0 {
			fmt.Fprintln(&s.out)
		}
		p := &configPrinter{session: s, options: o}
		p.print(one)
		fmt.Fprint(&s.out, p.out.String())
	}
	return nil
}

// configPrinter prints one configuration.
type configPrinter struct {
	*session
	options check.Options
	out     strings.Builder
}

func (p *configPrinter) print(f check.Configured) {
	c := f.Config
	file := c.File
	if file == "" {
		file = p.say("no configuration file", "没有配置文件")
	}
	p.comment(lang.F(lang.T("%s, for %s", "%s，用于 %s"), terminal.Visible(file), terminal.Visible(strings.Join(f.Roots, ", "))).In(p.lang))
	p.comment(fmt.Sprintf("--fail-on %s", failWord(p.options)))
	p.out.WriteString("{\n")
	if c.Root != "" {
		p.value(`  "root": `+jsonedit.Quote(c.Root)+",", c.RootAt)
	}
	p.rules(c)
	p.ignore(c)
	p.functions("grants", c.Grants)
	p.functions("enables", c.Enables)
	work := c.Limits.Work
	if work == 0 {
		work = 1
	}
	p.value(fmt.Sprintf(`  "limits": { "work": %v },`, work), c.Limits.At)
	p.confirmed(c)
	p.out.WriteString("}\n")
}

// failWord is what makes the exit status 1.
func failWord(o check.Options) string {
	switch {
	case o.Strict:
		return "warning (--strict)"
	case o.FailOn == check.FailNever:
		return "never"
	case o.FailOn == check.FailOnWarning:
		return "warning"
	}
	return "error"
}

func (p *configPrinter) comment(text string) { p.out.WriteString("// " + text + "\n") }

// commentColumn is where comments begin behind short values.
const commentColumn = 48

// value writes a line with where its value stands; no place stands for the default.
func (p *configPrinter) value(line string, at source.Span) {
	from := p.say("default", "默认")
	if !at.IsZero() {
		from = fmt.Sprintf("%s:%d", terminal.Visible(at.File.Path), at.From().Line)
	}
	p.from(line, from)
}

func (p *configPrinter) from(line, from string) {
	p.out.WriteString(terminal.Pad(line, commentColumn) + " // " + from + "\n")
}

// rules writes the severity of every rule.
func (p *configPrinter) rules(c *config.Config) {
	p.out.WriteString("  \"rules\": {\n")
	for _, rule := range checks.Rules() {
		line := func(s checks.Severity) string {
			return fmt.Sprintf("    %q: %q,", rule.ID, report.SeverityName(s))
		}
		configured, ok := c.Rules[rule.ID]
		given, told := p.options.Rules[rule.ID]
		switch {
		case told:
			p.from(line(given), "--rule")
		case p.options.Strict && rule.ID == "console-step" && !(ok && configured.Severity == checks.Off):
			p.from(line(checks.Error), "--strict")
		case ok:
			p.value(line(configured.Severity), configured.At)
		default:
			p.value(line(rule.Severity), source.Span{})
		}
	}
	p.out.WriteString("  },\n")
}

func (p *configPrinter) ignore(c *config.Config) {
	if len(c.Ignore)+len(c.Silence) == 0 {
		p.value(`  "ignore": [],`, source.Span{})
		return
	}
	p.out.WriteString("  \"ignore\": [\n")
	for _, g := range c.Ignore {
		p.value("    "+jsonedit.Quote(g.Pattern)+",", g.At)
	}
	for _, s := range c.Silence {
		p.value(fmt.Sprintf(`    { "files": [%s], "rules": [%s] },`, quotedList(s.Files), quotedList(s.Rules)), s.At)
	}
	p.out.WriteString("  ],\n")
}

func quotedList(list []string) string {
	var out []string
	for _, one := range list {
		out = append(out, jsonedit.Quote(one))
	}
	return strings.Join(out, ", ")
}

func (p *configPrinter) functions(key string, list []config.Function) {
	if len(list) == 0 {
		p.value(fmt.Sprintf("  %q: [],", key), source.Span{})
		return
	}
	fmt.Fprintf(&p.out, "  %q: [\n", key)
	for _, f := range list {
		p.value("    "+jsonedit.Quote(f.File+"#"+f.Func)+",", f.At)
	}
	p.out.WriteString("  ],\n")
}

func (p *configPrinter) confirmed(c *config.Config) {
	if len(c.Confirmed) == 0 {
		p.value(`  "confirmed": {},`, source.Span{})
		return
	}
	p.out.WriteString("  \"confirmed\": {\n")
	for _, info := range checks.Steps() {
		one, ok := c.Confirmed[info.Step]
		if !ok {
			continue
		}
		text := fmt.Sprintf(`    %q: { "by": %s, "on": %q`, info.Step, jsonedit.Quote(one.By), one.On.Format(time.DateOnly))
		if one.Note != "" {
			text += `, "note": ` + jsonedit.Quote(one.Note)
		}
		if !one.Until.IsZero() {
			text += fmt.Sprintf(`, "until": %q`, one.Until.Format(time.DateOnly))
		}
		p.value(text+" },", one.At)
	}
	p.out.WriteString("  },\n")
}
