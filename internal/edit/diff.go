package edit

import (
	"fmt"
	"strings"
)

// context is how many unchanged lines a hunk shows around a change.
const context = 3

// Diff tells a change as a unified diff that patch and git apply accept, or "" when there is none.
// The name is "/" separated.
func Diff(name string, before, after []byte) string {
	a, b := splitLines(before), splitLines(after)
	hunks := hunksOf(matches(a, b), len(a), len(b))
	if len(hunks) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n", name, name)
	for _, h := range hunks {
		writeHunk(&out, h, a, b)
	}
	return out.String()
}

func splitLines(text []byte) []string {
	lines := strings.SplitAfter(string(text), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// change says that lines [a0, a1) became lines [b0, b1).
type change struct{ a0, a1, b0, b1 int }

// matches finds what changed. Fixes are small: equal lines are taken from both ends, and between them
// the next line that both have is looked for, which is short enough and always right.
func matches(a, b []string) []change {
	var changes []change
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i++
			j++
			continue
		}
		di, dj := resync(a[i:], b[j:])
		changes = append(changes, change{i, i + di, j, j + dj})
		i += di
		j += dj
	}
	return changes
}

// resyncLimit bounds how far ahead equal lines are looked for.
const resyncLimit = 200

// resync returns the smallest numbers of lines to skip so that both go on equally.
func resync(a, b []string) (int, int) {
	for sum := 1; sum <= min(len(a)+len(b), resyncLimit); sum++ {
		for di := max(0, sum-len(b)); di <= min(sum, len(a)); di++ {
			dj := sum - di
			if di == len(a) && dj == len(b) || di < len(a) && dj < len(b) && a[di] == b[dj] {
				return di, dj
			}
		}
	}
	return len(a), len(b)
}

// hunk is a run of changes with the lines around them.
type hunk struct {
	change
	changes []change
}

func hunksOf(changes []change, lenA, lenB int) []hunk {
	var hunks []hunk
	for _, c := range changes {
		around := change{
			max(0, c.a0-context), min(lenA, c.a1+context),
			max(0, c.b0-context), min(lenB, c.b1+context),
		}
		if n := len(hunks); n > 0 && around.a0 <= hunks[n-1].a1 {
			hunks[n-1].a1, hunks[n-1].b1 = around.a1, around.b1
			hunks[n-1].changes = append(hunks[n-1].changes, c)
			continue
		}
		hunks = append(hunks, hunk{around, []change{c}})
	}
	return hunks
}

func writeHunk(out *strings.Builder, h hunk, a, b []string) {
	fmt.Fprintf(out, "@@ -%s +%s @@\n", extent(h.a0, h.a1), extent(h.b0, h.b1))
	at := h.a0
	for _, c := range h.changes {
		writeLines(out, ' ', a[at:c.a0])
		writeLines(out, '-', a[c.a0:c.a1])
		writeLines(out, '+', b[c.b0:c.b1])
		at = c.a1
	}
	writeLines(out, ' ', a[at:h.a1])
}

// extent names lines [from, to) as diff does.
func extent(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func writeLines(out *strings.Builder, mark byte, lines []string) {
	for _, line := range lines {
		out.WriteByte(mark)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
