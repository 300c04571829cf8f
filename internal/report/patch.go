package report

// What a fix changes, as the lines of a unified diff.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// mostPatched is how many bytes of a file a change is shown of: a minified file may be one line of megabytes.
const mostPatched = 16 << 10

// patch is what a fix changes in one file.
type patch struct {
	path  string
	lines []patchLine
}

// patchLine is a line of a patch.
type patchLine struct {
	// sign is '+', '-', ' ' for a line that stays, or '@' for the gap between two places.
	sign byte
	// number is the line's in the file as it is; 0 for what is added.
	number int
	text   string
	// same is how many bytes of a changed line the one that it stands against begins with, too.
	same int
}

// patches returns what a fix changes, file by file in the order of its edits; nothing where that is too long to be shown.
func patches(fix *checks.Fix) []patch {
	if fix == nil {
		return nil
	}
	var out []patch
	edits := map[*source.File][]edit.Replacement{}
	var files []*source.File
	for _, e := range fix.Edits {
		if edits[e.At.File] == nil {
			files = append(files, e.At.File)
		}
		edits[e.At.File] = append(edits[e.At.File], edit.Replacement{Start: e.At.Start, End: e.At.End, New: e.New})
	}
	for _, f := range files {
		lines, ok := patchOf(f, edits[f])
		if !ok {
			return nil
		}
		out = append(out, patch{ValidPath(f.Path), compared(outdented(lines))})
	}
	return out
}

// patchesKey is the same for fixes that change the same.
func patchesKey(fix *checks.Fix) string {
	var b strings.Builder
	for _, e := range fix.Edits {
		fmt.Fprintf(&b, "%s:%d:%d:%q;", e.At.File.Path, e.At.Start, e.At.End, e.New)
	}
	return b.String()
}

// patchOf is what edits change in a file. Only the lines that they touch are compared, so that the size of the file does not matter.
func patchOf(f *source.File, edits []edit.Replacement) ([]patchLine, bool) {
	slices.SortStableFunc(edits, func(a, b edit.Replacement) int { return a.Start - b.Start })
	var out []patchLine
	last := 0 // the last line that was shown
	for len(edits) > 0 {
		from, to := f.Position(edits[0].Start).Line, f.Position(edits[0].End).Line
		n := 1
		for n < len(edits) && f.Position(edits[n].Start).Line <= to+2 {
			to = max(to, f.Position(edits[n].End).Line)
			n++
		}
		from, to = max(1, from-1), min(f.Lines(), to+1)
		changed, ok := changedLines(f, from, to, edits[:n])
		if !ok {
			return nil, false
		}
		if last > 0 && from > last+1 {
			out = append(out, patchLine{sign: '@'})
		}
		out = append(out, changed...)
		edits, last = edits[n:], to
	}
	return out, true
}

// changedLines are the lines from..to of a file before and after edits that lie within.
func changedLines(f *source.File, from, to int, edits []edit.Replacement) ([]patchLine, bool) {
	start, _ := f.Extent(from)
	_, end := f.Extent(to)
	if end-start > mostPatched {
		return nil, false
	}
	before := f.Text[start:end]
	local := make([]edit.Replacement, len(edits))
	for i, e := range edits {
		local[i] = edit.Replacement{Start: e.Start - start, End: e.End - start, New: e.New}
	}
	after, applied := edit.Apply(before, [][]edit.Replacement{local})
	if len(applied) == 0 || len(after) > 2*mostPatched {
		return nil, false
	}
	return diffLines(before, after, from), true
}

// diffLines are two texts as the lines of a diff; the first begins at the line number of its file.
func diffLines(before, after []byte, number int) []patchLine {
	var out []patchLine
	at := 0
	add := func(sign byte, text string) {
		for line := range strings.Lines(text) {
			l := patchLine{sign: sign, text: strings.TrimRight(line, "\r\n")}
			if sign != '+' {
				l.number = number
				number++
			}
			out = append(out, l)
		}
	}
	for _, r := range edit.Lines(before, after) {
		add(' ', string(before[at:r.Start]))
		add('-', string(before[r.Start:r.End]))
		add('+', r.New)
		at = r.End
	}
	add(' ', string(before[at:]))
	return out
}

// outdented takes away the spaces and tabs that all lines begin with.
func outdented(lines []patchLine) []patchLine {
	common, first := "", true
	for _, l := range lines {
		if strings.TrimSpace(l.text) == "" {
			continue
		}
		blank := l.text[:len(l.text)-len(strings.TrimLeft(l.text, " \t"))]
		if first {
			common, first = blank, false
		}
		for !strings.HasPrefix(blank, common) {
			common = common[:len(common)-1]
		}
	}
	for i := range lines {
		lines[i].text = strings.TrimPrefix(lines[i].text, common)
	}
	return lines
}

// compared finds out from where on lines that were taken away differ from those that stand in their places.
func compared(lines []patchLine) []patchLine {
	for i := 0; i < len(lines); i++ {
		start := i
		for i < len(lines) && lines[i].sign == '-' {
			i++
		}
		added := i
		for i < len(lines) && lines[i].sign == '+' {
			i++
		}
		for k := 0; start+k < added && added+k < i; k++ {
			a, b := &lines[start+k], &lines[added+k]
			n := 0
			for n < len(a.text) && n < len(b.text) && a.text[n] == b.text[n] {
				n++
			}
			for n > 0 && n < len(a.text) && !utf8.RuneStart(a.text[n]) {
				n--
			}
			a.same, b.same = n, n
		}
	}
	return lines
}

// shown is the line as a terminal shows it, at most width columns of it: from its beginning, or from a little before what is changed
// where that would not be in sight.
func (l patchLine) shown(width int) string {
	text, lead := l.text, ""
	line := terminal.Cells(text[:min(l.same, len(text))])
	room := width / 3
	used := 0
	for _, c := range line {
		used += c.Width
	}
	if used <= width-room {
		return clipped(text, width)
	}
	for _, c := range line {
		if used <= room {
			text, lead = text[c.At:], "…"
			break
		}
		used -= c.Width
	}
	return lead + clipped(text, width-1)
}
