package report

// The report for people: the checklist first, then every finding with its code, the path to it,
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
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// screen is the width of lines where nothing is known of the terminal; the most is what eyes follow from one line to the next, the
// least what a place and its frame need. indent is that of what belongs to a finding.
const (
	screen      = 80
	mostScreen  = 120
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
	o.Width = min(max(o.Width, leastScreen), mostScreen)
	p := &page{Options: o, given: given, colors: terminal.NewPalette(o.Color), told: map[string]lang.Text{}, framed: map[string]bool{}, quoted: map[string]bool{}, fixed: map[string]bool{}, fixes: map[bool]int{}}
	if !o.Quiet {
		p.checklists(r)
	}
	p.lines = 0
	p.unreadable(r)
	p.givenUp(r)
	p.findings(r)
	p.summary(r)
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
	// told is the advice that was last given about each rule, first the first rule that there is more to read about.
	told  map[string]lang.Text
	first string
	// framed are the places of findings whose code has been shown, quoted the lines of code that have been shown in paths.
	framed, quoted map[string]bool
	// fixed are the changes that have been shown.
	fixed map[string]bool
	// fixes counts the findings with a fix, by whether it is safe; unconfirmed is the first console step that nobody confirmed.
	fixes       map[bool]int
	unconfirmed string
	// blank tells that the last line was; lines is how many there are after the checklist.
	blank bool
	lines int
}

func (p *page) line(parts ...string) {
	text := strings.TrimRight(strings.Join(parts, ""), " ")
	if text == "" && p.blank {
		return
	}
	p.blank = text == ""
	p.lines++
	p.out.WriteString(text + "\n")
}

func (p *page) say(t lang.Text) string { return terminal.Visible(t.In(p.Lang)) }

func (p *page) checklists(r *Report) {
	for _, project := range r.Projects {
		root := terminal.Visible(project.Root)
		if root == "." && project.Name != "" {
			root = project.title()
		}
		p.line(p.colors.Strong.Sprint(root), p.colors.Dim.Sprint(
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

// steps prints a checklist. One of which nothing was looked at is said once, and not step by step; and so is why several steps
// were skipped.
func (p *page) steps(steps []Step) {
	same := func(s Step) bool { return s.Status == Skipped && s.Note == steps[0].Note }
	if len(steps) == 0 || slices.ContainsFunc(steps, func(s Step) bool { return !same(s) }) {
		column := p.noteColumn(steps)
		told := map[lang.Text]bool{}
		for _, s := range steps {
			if s.Status == Skipped && told[s.Note] {
				s.Note = lang.Text{}
			}
			told[s.Note] = true
			p.step(s, column)
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

// stepWidth is the width of the longest step name, titleLeft the column in which titles begin.
const (
	stepWidth = 10
	titleLeft = len(indent) + 2 + stepWidth + 2
)

// noteColumn is the width of the titles where all notes fit behind them in one column, else 0.
func (p *page) noteColumn(steps []Step) int {
	title, note := 0, 0
	for _, s := range steps {
		title = max(title, terminal.Width(p.say(s.Title)))
		note = max(note, terminal.Width(terminal.Visible(stepNote(s, p.Lang))))
	}
	if titleLeft+title+2+note > p.Width {
		return 0
	}
	return title
}

func (p *page) step(s Step, column int) {
	mark, shade := p.mark(s.Status)
	title := p.say(s.Title)
	note := terminal.Visible(stepNote(s, p.Lang))
	head := indent + shade.Sprint(mark) + " " + p.colors.Strong.Sprint(terminal.Pad(string(s.Step), stepWidth)) + "  "
	if note != "" && titleLeft+terminal.Width(title)+2+terminal.Width(note) <= p.Width {
		p.line(head, terminal.Pad(title, column), "  ", shade.Sprint(note))
		return
	}
	lines := terminal.Wrap(title, p.Width-titleLeft)
	last := len(lines) - 1
	if note != "" && titleLeft+terminal.Width(lines[last])+2+terminal.Width(note) <= p.Width {
		lines[last], note = lines[last]+"  "+shade.Sprint(note), ""
	}
	for _, l := range lines {
		p.line(head, l)
		head = strings.Repeat(" ", titleLeft)
	}
	if note == "" {
		return
	}
	for _, l := range terminal.Wrap(note, p.Width-titleLeft) {
		p.line(strings.Repeat(" ", titleLeft), shade.Sprint(l))
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

// findings tells errors first, then warnings, then notes; of a kind, in the order of the report. What is not confirmed of the console
// stands in the checklist, and what to do about it at the end.
func (p *page) findings(r *Report) {
	for _, f := range bySeverity(r.Findings) {
		switch {
		case p.Quiet && f.Severity < checks.Error:
		case isConsole(f.Step) && f.Severity == checks.Info:
			if p.unconfirmed == "" {
				p.unconfirmed = string(f.Step)
			}
		default:
			p.finding(f)
		}
	}
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
