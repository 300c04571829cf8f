package report

// A finding in the report for people: where and which rule, what is wrong, the code, the path to it, what it does to users,
// what to do, and what a fix would change.

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// mostPatchLines is how many lines of a change are shown; --diff shows all.
const mostPatchLines = 16

func (p *page) finding(f *Finding) {
	shade := shadeOf(p.colors, f.Severity)
	p.message(f, p.heading(f, shade))
	if where := f.placed(); f.showsCode() && !p.framed[where] {
		p.framed[where] = true
		p.frame(f.At, shade)
	}
	p.trace(f)
	p.advice(f)
	p.fix(f)
	p.line()
}

// heading is the line on which a finding begins, with its place and its rule; where that is too narrow the place has the next one.
// It tells whether there was room for the reason.
func (p *page) heading(f *Finding, shade *color.Color) (reasoned bool) {
	mark := map[checks.Severity]string{checks.Error: "✗", checks.Warning: "!", checks.Info: "i"}[f.Severity]
	mark += " " + severityWords[f.Severity].In(p.Lang)
	where, rule, reason := f.placed(), p.colors.Strong.Sprint(f.Rule.ID), ""
	if f.Reason != "" {
		reason = " · " + f.Reason
	}
	place := where
	if p.Link != nil && p.Color && !f.At.IsZero() {
		place = terminal.Link(where, p.Link(f.At.File.Path, f.From))
	}
	room := p.Width - terminal.Width(" "+mark+"  "+f.Rule.ID)
	switch {
	case terminal.Width(where+"  "+reason) <= room:
		p.line(" ", shade.Sprint(mark), "  ", place, "  ", rule, p.colors.Dim.Sprint(reason))
		return true
	case terminal.Width(where+"  ") <= room:
		p.line(" ", shade.Sprint(mark), "  ", place, "  ", rule)
		return false
	}
	if reasoned = terminal.Width(reason) <= room; reasoned {
		rule += p.colors.Dim.Sprint(reason)
	}
	p.line(" ", shade.Sprint(mark), "  ", rule)
	p.line(indent, place)
	return reasoned
}

// placed is where a finding is, as terminals and editors make links of.
func (f *Finding) placed() string {
	return fmt.Sprintf("%s:%d:%d", terminal.Visible(f.File), f.From.Line, f.From.Column)
}

// showsCode tells that there is something to see at a finding's place: what is told of a project as a whole stands at the
// beginning of its configuration.
func (f *Finding) showsCode() bool {
	return f.Severity > checks.Info && f.At.End > f.At.Start && f.At.Start > 0
}

// message says what is wrong, and the reason by its name unless the heading does.
func (p *page) message(f *Finding, reasoned bool) {
	said, reason := p.say(f.Message), ""
	if f.Reason != "" && !reasoned {
		reason = "[" + f.Reason + "]"
		said += " " + reason
	}
	lines := terminal.Wrap(said, p.Width-len(indent))
	for i, l := range lines {
		if rest, ok := strings.CutSuffix(l, reason); ok && reason != "" && i == len(lines)-1 {
			l = rest + p.colors.Dim.Sprint(reason)
		}
		p.line(indent, l)
	}
}

func (p *page) frame(at source.Span, shade *color.Color) {
	lines := frame(at, p.Width-gutterWidth-1)
	p.line()
	for _, l := range lines {
		p.code(l.number, l.text)
		if l.to > l.from {
			p.code(0, strings.Repeat(" ", l.from)+shade.Sprint(strings.Repeat("^", l.to-l.from)))
		}
	}
	p.line()
}

// gutterWidth is how many columns stand before code, for files of up to a hundred thousand lines.
const gutterWidth = 10

// code prints a line of code behind its number, or behind none.
func (p *page) code(number int, text string) {
	shown := ""
	if number > 0 {
		shown = fmt.Sprint(number)
	}
	p.line(" ", p.colors.Dim.Sprintf("%6s │ ", shown), text)
}

// advice says what a finding does to users, once for a rule, and what to do, as long as that is something else than before.
func (p *page) advice(f *Finding) {
	todo := f.Todo()
	told, known := p.told[f.Rule.ID]
	if !known {
		if p.first == "" && f.Severity > checks.Info && !isConsole(f.Step) {
			p.first = f.Rule.ID
		}
		if f.Severity > checks.Info {
			p.labelled(runTimeWord, f.Rule.RunTime)
		}
	}
	if !known || told != todo {
		p.labelled(toDoWord, todo)
	}
	p.told[f.Rule.ID] = todo
}

// fix shows what a fix would change.
func (p *page) fix(f *Finding) {
	if f.Fix == nil {
		return
	}
	p.fixes[f.Fix.Safe]++
	how := fixWord
	if !f.Fix.Safe {
		how = proposalWord
	}
	title := lang.F(lang.T("%s (%s)", "%s（%s）"), f.Fix.Title, how)
	p.paragraph(indent+"→ ", p.say(title))
	shown := patchesKey(f.Fix)
	if p.fixed[shown] {
		return // two findings may have one remedy
	}
	p.fixed[shown] = true
	left := mostPatchLines
	for _, c := range patches(f.Fix) {
		if c.path != f.File {
			p.line(indent, p.colors.Dim.Sprint(terminal.Visible(c.path)))
		}
		for i, l := range c.lines {
			if left == 0 {
				p.line(indent, p.colors.Dim.Sprint(moreLinesWord.text(len(c.lines)-i).In(p.Lang)))
				return
			}
			left--
			p.patchLine(l)
		}
	}
}

func (p *page) patchLine(l patchLine) {
	text := l.shown(p.Width - gutterWidth - 2)
	switch l.sign {
	case '+':
		p.code(0, p.colors.Green.Sprint("+ "+text))
	case '-':
		p.code(l.number, p.colors.Red.Sprint("- "+text))
	case '@':
		p.code(0, p.colors.Dim.Sprint("  …"))
	default:
		p.code(l.number, "  "+text)
	}
}

// clipped is a line of code as a terminal shows it, at most width columns of it.
func clipped(text string, width int) string {
	if len(text) > frameReach {
		text = strings.ToValidUTF8(text[:frameReach], "")
	}
	line, used := terminal.Cells(text), 0
	for i, c := range line {
		if used += c.Width; used > width {
			for used > width-1 && i > 0 {
				used -= line[i].Width
				i--
			}
			return join(line[:i+1]) + "…"
		}
	}
	return join(line)
}

// Of a path's steps with the code beside them: the least that is worth a column, and what parts them.
const (
	leastSaid   = 40
	leastBeside = 28
	besideMark  = "│ "
)

// traceStep is a step of a path, ready to be laid out: its place, what happens, and the line of code.
type traceStep struct {
	where, said, code string
	// line names the line of code.
	line string
}

// trace tells the path to a finding: a numbered step a line with its place, and the code beside it, or below where the terminal
// is narrow; there a line of code is shown once in a report.
func (p *page) trace(f *Finding) {
	if len(f.Trace) == 0 {
		return
	}
	p.line()
	p.line(indent, p.colors.Strong.Sprint(howWord.In(p.Lang)))
	steps := p.traceSteps(f)
	number, where, said := len(fmt.Sprint(len(steps))), 0, 0
	for _, s := range steps {
		where, said = max(where, terminal.Width(s.where)), max(said, terminal.Width(s.said))
	}
	left := len(indent) + number + 2 + where + 2
	room := p.Width - left - len("  ") - terminal.Width(besideMark)
	beside := room-said >= leastBeside || room-leastBeside >= leastSaid
	if beside {
		said = min(said, room-leastBeside)
	} else {
		said = p.Width - left
	}
	for i, s := range steps {
		head := indent + p.colors.Dim.Sprintf("%*d", number, i+1) + "  " +
			strings.Repeat(" ", where-terminal.Width(s.where)) + p.colors.Blue.Sprint(s.where) + "  "
		for k, l := range terminal.Wrap(s.said, said) {
			if k > 0 {
				head = strings.Repeat(" ", left)
			}
			if beside && k == 0 && s.code != "" {
				l = terminal.Pad(l, said) + "  " + p.colors.Dim.Sprint(besideMark+clipped(s.code, room-said))
			}
			p.line(head, l)
		}
		if !beside && s.code != "" && !p.quoted[s.line] {
			p.quoted[s.line] = true
			p.line(strings.Repeat(" ", left), p.colors.Dim.Sprint(besideMark+clipped(s.code, said-terminal.Width(besideMark))))
		}
	}
	p.line()
}

// traceSteps are the steps of a path. A file is named where it changes, and a line where it is another.
func (p *page) traceSteps(f *Finding) []traceStep {
	short := shortPathsOf(f)
	steps := make([]traceStep, len(f.Trace))
	file, line := "", 0
	for i, n := range f.Trace {
		steps[i].said = p.say(n.Message)
		if n.At.IsZero() {
			continue
		}
		path, at := pathOf(n.At), place(n.At)
		if path != file {
			steps[i].where = shortened(terminal.Visible(short[path]), p.Width/3)
			line = 0
		}
		if at.Line != line {
			steps[i].where += fmt.Sprint(":", at.Line)
			steps[i].code, steps[i].line = excerpt(n.At, frameReach), fmt.Sprint(path, ":", at.Line)
		}
		file, line = path, at.Line
	}
	return steps
}

// shortened is the end of a path that is too long for its column.
func shortened(path string, width int) string {
	line, used := terminal.Cells(path), 0
	for i := len(line) - 1; i >= 0; i-- {
		if used += line[i].Width; used > width {
			return "…" + join(line[min(i+2, len(line)):])
		}
	}
	return path
}
