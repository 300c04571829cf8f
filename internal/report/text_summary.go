package report

// The end of the report for people, where a terminal leaves the eye: how the steps stand, the verdict, and the commands that lead on.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// scrolled is after how many lines the checklist is no longer in sight.
const scrolled = 12

// summary repeats how the steps stand where what was found has scrolled the checklist away.
func (p *page) summary(r *Report) {
	if p.Quiet || p.lines < scrolled {
		return
	}
	several := len(r.Projects)-r.spared() > 1
	for _, project := range r.Projects {
		if project.Spared {
			continue
		}
		steps := r.stepsOf(project.Root)
		if several {
			p.line("  ", p.colors.Strong.Sprint(terminal.Visible(project.Root)))
			steps = attended(steps)
		}
		p.standing(steps)
	}
	p.line()
}

// attended are the steps that somebody has something to do at; all of them where there is nothing to do.
func attended(steps []Step) []Step {
	var out []Step
	for _, s := range steps {
		if s.Status != Pass && s.Status != Confirmed && s.Status != Skipped {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return steps
	}
	return out
}

// standing prints which steps stand how, as many of these groups on a line as fit.
func (p *page) standing(steps []Step) {
	const lead, gap = "  ", "   "
	line, used := "", 0
	for _, status := range []Status{Fail, Warn, Unproven, Unconfirmed, Skipped, Confirmed, Pass} {
		var names []string
		for _, s := range steps {
			if s.Status == status {
				names = append(names, string(s.Step))
			}
		}
		if len(names) == 0 {
			continue
		}
		mark, shade := p.mark(status)
		head := mark + " " + statusWords[status].In(p.Lang)
		wrapped := terminal.Wrap(head+colon.In(p.Lang)+lang.List(names).In(p.Lang), p.Width-len(lead)-2)
		width := terminal.Width(wrapped[0])
		colored := shade.Sprint(head) + strings.TrimPrefix(wrapped[0], head)
		if used > 0 && len(wrapped) == 1 && len(lead)+used+len(gap)+width <= p.Width {
			line, used = line+gap+colored, used+len(gap)+width
			continue
		}
		if used > 0 {
			p.line(lead, line)
		}
		line, used = colored, width
		for _, l := range wrapped[1:] {
			p.line(lead, line)
			line, used = "  "+l, p.Width // nothing else stands beside it
		}
	}
	p.line(lead, line)
}

func (p *page) verdict(r *Report) {
	mark, shade := "✗", p.colors.Red
	switch {
	case r.Partly():
		mark, shade = "!", p.colors.Yellow
	case r.Ready:
		mark, shade = "✓", p.colors.Green
	}
	for i, l := range p.wrapped(Verdict(r, p.Lang)) {
		if i > 0 {
			mark = " "
		}
		p.line(shade.Sprint(mark + " " + l))
	}
	for _, said := range weakenings(r.Weakened, mostWeakenings, p.Lang) {
		p.paragraph("  - ", said)
	}
	if !p.Quiet {
		p.hints()
	}
}

// hints are the commands that lead on from here, each with what it does.
func (p *page) hints() {
	type hint struct {
		command string
		does    lang.Text
	}
	var all []hint
	add := func(command string, does lang.Text) { all = append(all, hint{command, does}) }
	if p.first != "" {
		add("voipcheck explain "+p.first, moreWord)
	}
	if p.fixes[true] > 0 {
		add("voipcheck --fix", fixesWord.text(p.fixes[true]))
	}
	if p.fixes[false] > 0 {
		add("voipcheck --fix=all", proposalsWord.text(p.fixes[false]))
	}
	if p.unconfirmed != "" {
		add("voipcheck confirm "+p.unconfirmed, confirmWord)
	}
	command, widest := 0, 0
	for _, h := range all {
		command = max(command, terminal.Width(h.command))
	}
	for _, h := range all {
		widest = max(widest, 2+command+2+terminal.Width(h.does.In(p.Lang)))
	}
	for _, h := range all {
		does := p.colors.Dim.Sprint(h.does.In(p.Lang))
		if p.given == 0 || widest <= p.given {
			p.line("  ", terminal.Pad(h.command, command), "  ", does)
			continue
		}
		p.line("  ", h.command)
		p.line("    ", does)
	}
}

// wrapped are the lines of a text that is set in by two columns. Where nothing is known of a terminal it stays on one, for programs.
func (p *page) wrapped(text string) []string {
	if p.given == 0 {
		return []string{text}
	}
	return terminal.Wrap(text, max(p.given, leastScreen)-2)
}
