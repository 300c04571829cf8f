package report

// The code frame: the lines around a place with a pointer under it.

import (
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// frameReach bounds how much of a line is looked at around the place: a minified file may be one
// line of megabytes.
const frameReach = 1200

// frameLine is a line of code to show.
type frameLine struct {
	number int
	text   string
	// from and to are the columns of the pointer; equal for lines that only surround.
	from, to int
}

// frame returns the lines to show for at, each at most width columns wide.
func frame(at source.Span, width int) []frameLine {
	from := at.From()
	wide := width + indentation(at.File, from.Line) // which is taken away in the end
	main, cut := pointed(at, wide)
	if cut {
		// Neighbours of a cut line would not line up with it.
		main, _ = pointed(at, width)
		main.number = from.Line
		return dedent([]frameLine{main})
	}
	main.number = from.Line
	var lines []frameLine
	if text, ok := neighbour(at.File, from.Line-1, wide); ok {
		lines = append(lines, frameLine{number: from.Line - 1, text: text})
	}
	lines = append(lines, main)
	if text, ok := neighbour(at.File, from.Line+1, wide); ok {
		lines = append(lines, frameLine{number: from.Line + 1, text: text})
	}
	return dedent(lines)
}

// indentation is how many columns the line n and those beside it, as far as they are shown, begin with that are blank.
func indentation(f *source.File, n int) int {
	least := -1
	for i := n - 1; i <= n+1; i++ {
		if start, end := f.Extent(i); end-start > frameReach {
			continue
		}
		text := f.Line(i)
		bare := strings.TrimLeft(text, " \t")
		if bare == "" {
			continue
		}
		columns := 0
		for _, c := range terminal.Cells(text[:len(text)-len(bare)]) {
			columns += c.Width
		}
		if least < 0 || columns < least {
			least = columns
		}
	}
	return max(0, least)
}

// pointed renders the line where the span begins, and tells whether it had to be cut.
func pointed(at source.Span, width int) (frameLine, bool) {
	text := at.File.Text
	start, end := max(0, at.Start-frameReach), min(len(text), at.Start+frameReach)
	for i := at.Start - 1; i >= start; i-- {
		if text[i] == '\n' || text[i] == '\r' {
			start = i + 1
			break
		}
	}
	for i := at.Start; i < end; i++ {
		if text[i] == '\n' || text[i] == '\r' {
			end = i
			break
		}
	}
	for start < at.Start && !utf8.RuneStart(text[start]) {
		start++
	}
	for end > at.Start && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	before := start > 0 && text[start-1] != '\n' && text[start-1] != '\r'
	after := end < len(text) && text[end] != '\n' && text[end] != '\r'
	line := terminal.Cells(string(text[start:end]))
	mark, stop, total := measure(line, at.Start-start, at.End-start)
	if !before && !after && total <= width {
		return frameLine{text: join(line), from: mark, to: stop}, false
	}
	return window(line, mark, stop, total, width, before, after), true
}

// measure returns the columns of the bytes [from, to), at least one wide, and the width of all.
func measure(line []terminal.Cell, from, to int) (mark, stop, total int) {
	mark, stop = -1, -1
	for _, c := range line {
		if mark < 0 && c.At >= from {
			mark = total
		}
		if stop < 0 && mark >= 0 && c.At >= to {
			stop = total
		}
		total += c.Width
	}
	if mark < 0 {
		mark = total
	}
	if stop < 0 {
		stop = total
	}
	return mark, max(stop, mark+1), total
}

// window cuts a long line around its pointer.
func window(line []terminal.Cell, mark, stop, total, width int, before, after bool) frameLine {
	left := max(0, min(mark-width/3, total-width+2))
	right := left + width - 2 // room for the two ellipses
	var b strings.Builder
	column, offset := 0, 0
	if left > 0 || before {
		b.WriteString("…")
		offset = 1
	}
	first := -1
	last := 0
	for _, c := range line {
		if column >= left && column+c.Width <= right {
			if first < 0 {
				first = column
			}
			b.WriteString(c.Text)
			last = column + c.Width
		}
		column += c.Width
	}
	if last < total || after {
		b.WriteString("…")
	}
	shift := offset - max(0, first)
	return frameLine{text: b.String(), from: mark + shift, to: min(stop, last) + shift}
}

// neighbour renders a line beside the pointed one; blank lines tell nothing.
func neighbour(f *source.File, n, width int) (string, bool) {
	start, end := f.Extent(n)
	if end-start > frameReach {
		return "", false
	}
	text := f.Line(n)
	if strings.TrimSpace(text) == "" {
		return "", false
	}
	line := terminal.Cells(text)
	used := 0
	for i, c := range line {
		if used+c.Width > width-1 {
			return join(line[:i]) + "…", true
		}
		used += c.Width
	}
	return join(line), true
}

func join(line []terminal.Cell) string {
	var b strings.Builder
	for _, c := range line {
		b.WriteString(c.Text)
	}
	return strings.TrimRight(b.String(), " ")
}

// dedent takes away the indentation that all lines share.
func dedent(lines []frameLine) []frameLine {
	least := -1
	for _, l := range lines {
		indent := len(l.text) - len(strings.TrimLeft(l.text, " "))
		if least < 0 || indent < least {
			least = indent
		}
	}
	for i := range lines {
		lines[i].text = lines[i].text[least:]
		lines[i].from = max(0, lines[i].from-least)
		lines[i].to = max(0, lines[i].to-least)
	}
	return lines
}

// excerpt is the code of a step: its line without indentation, cut to width.
func excerpt(at source.Span, width int) string {
	if at.IsZero() || len(at.File.Text) == 0 {
		return ""
	}
	line, cut := pointed(source.Span{File: at.File, Start: at.Start, End: at.Start}, 1<<20)
	if cut {
		line, _ = pointed(at, width)
	}
	text, used := strings.TrimSpace(line.text), 0
	for i, r := range text {
		if used += terminal.Width(string(r)); used > width {
			return text[:i] + "…"
		}
	}
	return text
}
