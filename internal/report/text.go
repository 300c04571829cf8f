package report

// The report for people: the checklist first, then every finding with its code, the way to it,
// what it does to users and what to do, and the verdict last, where a terminal leaves the eye.

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// screen is the width of lines where nothing is known of the terminal, and the most that is used; the
// least is what a place and its frame need. indent is that of what belongs to a finding.
const (
	screen      = 80
	leastScreen = 40
	indent      = "   "
)

// mostWeakenings is how many things that weaken the gate are listed.
const mostWeakenings = 12

type textWriter struct{}

func (textWriter) Write(w io.Writer, r *Report, o Options) error {
	given := o.Width
	if o.Width == 0 {
		o.Width = screen
	}
	o.Width = min(max(o.Width, leastScreen), screen)
	p := &page{Options: o, given: given, colors: terminal.NewPalette(o.Color), explained: map[string]bool{}}
	if !o.Quiet {
		p.checklists(r)
	}
	p.unreadable(r)
	p.givenUp(r)
	p.findings(r)
	p.verdict(r)
	_, err := w.Write(p.out.Bytes())
	return err
}

// shadeOf is the colour of a severity.
func shadeOf(p terminal.Palette, s checks.Severity) *color.Color {
	switch s {
	case checks.Error:
		return p.Red
	case checks.Warning:
		return p.Yellow
	}
	return p.Blue
}

// page is a report in the making.
type page struct {
	Options
	colors terminal.Palette
	out    bytes.Buffer
	// given is the width of the terminal, 0 when it is not known.
	given int
	// explained are the rules whose consequence and remedy have been told, first the first of them.
	explained map[string]bool
	first     string
	// blank tells that the last line was.
	blank bool
}

func (p *page) line(parts ...string) {
	text := strings.TrimRight(strings.Join(parts, ""), " ")
	if text == "" && p.blank {
		return
	}
	p.blank = text == ""
	p.out.WriteString(text + "\n")
}

func (p *page) say(t lang.Text) string { return terminal.Visible(t.In(p.Lang)) }

func (p *page) checklists(r *Report) {
	for _, project := range r.Projects {
		p.line(p.colors.Strong.Sprint(terminal.Visible(project.Root)), p.colors.Dim.Sprint(
			" · "+project.Framework+" · "+filesWord.text(project.Files).In(p.Lang)))
		p.line()
		p.steps(r.stepsOf(project.Root))
		p.line()
	}
}

// stepsOf is the checklist of one project.
func (r *Report) stepsOf(root string) []Step {
	var steps []Step
	for _, s := range r.Checklist {
		if s.Project == root {
			steps = append(steps, s)
		}
	}
	return steps
}

// steps prints a checklist. One of which nothing was looked at is said once, and not step by step.
func (p *page) steps(steps []Step) {
	same := func(s Step) bool { return s.Status == Skipped && s.Note == steps[0].Note }
	if len(steps) == 0 || slices.ContainsFunc(steps, func(s Step) bool { return !same(s) }) {
		for _, s := range steps {
			p.step(s)
		}
		return
	}
	mark, shade := p.mark(Skipped)
	for i, l := range terminal.Wrap(terminal.Visible(stepNote(steps[0], p.Lang)), p.Width-len(indent)-2) {
		if i > 0 {
			mark = " "
		}
		p.line(indent, shade.Sprint(mark), " ", shade.Sprint(l))
	}
}

// stepWidth is the width of the longest step name.
const stepWidth = 10

func (p *page) step(s Step) {
	mark, shade := p.mark(s.Status)
	title := p.say(s.Title)
	note := terminal.Visible(stepNote(s, p.Lang))
	head := indent + shade.Sprint(mark) + " " + p.colors.Strong.Sprint(terminal.Pad(string(s.Step), stepWidth)) + "  "
	const left = len(indent) + 2 + stepWidth + 2
	used := left + terminal.Width(title) + 2
	if note != "" && used+terminal.Width(note) <= p.Width {
		p.line(head, title, "  ", shade.Sprint(note))
		return
	}
	lines := terminal.Wrap(title, p.Width-left)
	p.line(head, lines[0])
	for _, l := range lines[1:] {
		p.line(strings.Repeat(" ", left), l)
	}
	if note == "" {
		return
	}
	for _, l := range terminal.Wrap(note, p.Width-left) {
		p.line(strings.Repeat(" ", left), shade.Sprint(l))
	}
}

func (p *page) mark(s Status) (string, *color.Color) {
	switch s {
	case Pass, Confirmed:
		return "✓", p.colors.Green
	case Fail:
		return "✗", p.colors.Red
	case Warn:
		return "!", p.colors.Yellow
	case Unproven:
		return "?", p.colors.Yellow
	case Unconfirmed:
		return "?", p.colors.Blue
	}
	return "-", p.colors.Dim
}

func (p *page) unreadable(r *Report) {
	if len(r.Unreadable) == 0 {
		return
	}
	p.line(p.colors.Red.Sprint(unreadTitle.In(p.Lang)))
	for _, u := range r.Unreadable {
		p.line(indent, terminal.Visible(u.File), colon.In(p.Lang), p.say(u.Why))
	}
	p.line()
}

func (p *page) givenUp(r *Report) {
	if len(r.GivenUp) == 0 {
		return
	}
	p.line(p.colors.Red.Sprint(givenUpTitle.In(p.Lang)))
	for _, g := range r.GivenUp {
		p.paragraph(indent, givenUpLine(g, p.Lang))
	}
	p.line()
}

// givenUpLine is a place behind which code was not followed, with what was met there.
func givenUpLine(g GivenUp, l lang.Lang) string {
	said := terminal.Visible(g.What.In(l))
	if g.File == "" {
		return said
	}
	return fmt.Sprintf("%s:%d:%d%s%s", terminal.Visible(g.File), g.At.Line, g.At.Column, colon.In(l), said)
}

// findings tells errors first, then warnings, then notes; of a kind, in the order of the report.
func (p *page) findings(r *Report) {
	var console []string
	for _, f := range bySeverity(r.Findings) {
		switch {
		case p.Quiet && f.Severity < checks.Error:
		case isConsole(f.Step) && f.Severity == checks.Info:
			console = append(console, string(f.Step))
		default:
			p.finding(f)
		}
	}
	if len(console) > 0 {
		slices.Sort(console)
		text := lang.F(consoleWord, lang.List(slices.Compact(console))).In(p.Lang)
		for i, l := range terminal.Wrap(text, p.Width-len(indent)) {
			mark := "  "
			if i == 0 {
				mark = "? "
			}
			p.line(" ", p.colors.Blue.Sprint(mark), l)
		}
		p.line()
	}
}

func (p *page) finding(f *Finding) {
	shade := shadeOf(p.colors, f.Severity)
	name := f.Rule.ID
	if f.Reason != "" {
		name += p.colors.Dim.Sprint(" · " + f.Reason)
	}
	mark := map[checks.Severity]string{checks.Error: "✗", checks.Warning: "!", checks.Info: "i"}[f.Severity]
	p.line(" ", shade.Sprint(mark+" "+severityWords[f.Severity].In(p.Lang)), "  ", p.colors.Strong.Sprint(name))
	p.line(indent, p.colors.Dim.Sprintf("%s:%d:%d", terminal.Visible(f.File), f.From.Line, f.From.Column))
	p.paragraph(indent, p.say(f.Message))
	// What is told of a project as a whole stands at the beginning of its configuration, where there is nothing to see.
	if f.Severity > checks.Info && f.At.End > f.At.Start && f.At.Start > 0 {
		p.line()
		p.frame(f.At, shade)
		p.line()
	}
	p.trace(f)
	if !p.explained[f.Rule.ID] {
		p.explained[f.Rule.ID] = true
		if p.first == "" && f.Severity > checks.Info && !isConsole(f.Step) {
			p.first = f.Rule.ID
		}
		if f.Severity > checks.Info {
			p.labelled(runTimeWord, f.Rule.RunTime)
		}
	}
	p.labelled(toDoWord, f.Todo())
	if f.Fix != nil {
		title := f.Fix.Title
		how := fixWord
		if !f.Fix.Safe {
			how = proposalWord
		}
		title = lang.F(lang.T("%s (%s)", "%s（%s）"), title, how)
		p.paragraph(indent+"→ ", p.say(title))
	}
	p.line()
}

// paragraph prints text behind a lead, further lines below its beginning.
func (p *page) paragraph(lead, text string) {
	width := terminal.Width(lead)
	for i, l := range terminal.Wrap(text, p.Width-width) {
		if i > 0 {
			lead = strings.Repeat(" ", width)
		}
		p.line(lead, l)
	}
}

// labelled prints a paragraph that begins with a label.
func (p *page) labelled(label, text lang.Text) {
	said := p.say(text)
	if said == "" {
		return
	}
	head := label.In(p.Lang)
	for i, l := range terminal.Wrap(head+colon.In(p.Lang)+said, p.Width-len(indent)) {
		if rest, ok := strings.CutPrefix(l, head); ok && i == 0 {
			l = p.colors.Strong.Sprint(head) + rest
		}
		p.line(indent, l)
	}
}

func (p *page) frame(at source.Span, shade *color.Color) {
	number := len(indent) + 6
	lines := frame(at, p.Width-number-3)
	width := max(gutter(lines), 3)
	for _, l := range lines {
		p.line(indent, p.colors.Dim.Sprintf("%*d │ ", width, l.number), l.text)
		if l.to > l.from {
			p.line(indent, strings.Repeat(" ", width), p.colors.Dim.Sprint(" │ "),
				strings.Repeat(" ", l.from), shade.Sprint(strings.Repeat("^", l.to-l.from)))
		}
	}
}

// trace tells the way to a fault as numbered steps, each with its line of code. The file is named
// where it changes, beginning with that of the finding.
func (p *page) trace(f *Finding) {
	if len(f.Trace) == 0 {
		return
	}
	p.line(indent, p.colors.Strong.Sprint(howWord.In(p.Lang)+strings.TrimRight(colon.In(p.Lang), " ")))
	width := len(fmt.Sprint(len(f.Trace)))
	left := indent + strings.Repeat(" ", width+2)
	file, line := f.File, 0
	for i, n := range f.Trace {
		p.paragraph(indent+fmt.Sprintf("%*d. ", width, i+1), p.say(n.Message))
		if n.At.IsZero() {
			continue
		}
		if path := pathOf(n.At); path != file {
			file, line = path, 0
			p.line(left, p.colors.Dim.Sprint(terminal.Visible(file)))
		}
		at := place(n.At)
		if at.Line == line {
			continue
		}
		line = at.Line
		number := fmt.Sprintf("%4d │ ", line)
		p.line(left, p.colors.Dim.Sprint(number+excerpt(n.At, p.Width-len(left)-terminal.Width(number)-1)))
	}
	p.line()
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
	if p.first != "" && !p.Quiet {
		for _, l := range p.wrapped(lang.F(moreWord, p.first).In(p.Lang)) {
			p.line("  ", p.colors.Dim.Sprint(l))
		}
	}
}

// wrapped are the lines of a text that is set in by two columns. Where nothing is known of a terminal it stays on one, for programs.
func (p *page) wrapped(text string) []string {
	if p.given == 0 {
		return []string{text}
	}
	return terminal.Wrap(text, max(p.given, leastScreen)-2)
}
