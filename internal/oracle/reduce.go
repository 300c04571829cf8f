package oracle

// The smallest program that still shows a disagreement: files, blocks and lines are left out as long as it stays.

import (
	"sort"
	"strings"
)

// Reduce leaves out of a program what is not needed for keep to hold. It expects code with a statement a line, as
// random programs are written.
func Reduce(files map[string]string, keep func(map[string]string) bool) map[string]string {
	r := &reducer{files: map[string]string{}, keep: keep}
	for name, text := range files {
		r.files[name] = text
	}
	for r.round() {
	}
	return r.files
}

// shows tells whether a program shows a kind of disagreement, and runs without a mistake of the language.
func (s *Survey) shows(files map[string]string, k kind) bool {
	c, err := Compare(files, s.Effort)
	if err != nil || len(c.Program.Faults) > 0 {
		return false
	}
	for _, d := range c.Disagreements {
		if d.kind() == k {
			return true
		}
	}
	return false
}

type reducer struct {
	files map[string]string
	keep  func(map[string]string) bool
}

// try takes a text of a file over if the program still does what it is kept for.
func (r *reducer) try(name, text string, drop bool) bool {
	next := map[string]string{}
	for n, t := range r.files {
		next[n] = t
	}
	if drop {
		delete(next, name)
	} else {
		next[name] = text
	}
	if !r.keep(next) {
		return false
	}
	r.files = next
	return true
}

// round goes through all files once and reports whether anything could be left out.
func (r *reducer) round() bool {
	changed := false
	var names []string
	for name := range r.files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if name == "app.json" || name == "project.config.json" {
			continue
		}
		// A page without a template is another program: nobody can see what it binds.
		if !strings.HasSuffix(name, ".wxml") && r.try(name, "", true) {
			changed = true
			continue
		}
		if r.file(name) {
			changed = true
		}
	}
	return changed
}

// span are the lines from up to, and without, to. inner is the first line after the block that begins there.
type span struct{ from, inner, to int }

// file leaves out spans of a file, the longest first.
func (r *reducer) file(name string) bool {
	changed := false
	for again := true; again; {
		again = false
		lines := strings.Split(r.files[name], "\n")
		spans := spansOf(lines)
		sort.SliceStable(spans, func(i, j int) bool { return spans[i].to-spans[i].from > spans[j].to-spans[j].from })
		for _, s := range spans {
			without := append(append([]string(nil), lines[:s.from]...), lines[s.to:]...)
			if r.try(name, strings.Join(without, "\n"), false) {
				again, changed = true, true
				break
			}
			if s.inner > s.from+1 {
				inside := append(append([]string(nil), lines[:s.from]...), lines[s.from+1:s.inner]...)
				if r.try(name, strings.Join(append(inside, lines[s.to:]...), "\n"), false) {
					again, changed = true, true
					break
				}
			}
		}
	}
	return changed
}

// spansOf are the lines of a text, and the blocks that begin on them.
func spansOf(lines []string) []span {
	var out []span
	for i, line := range lines {
		out = append(out, span{i, i, i + 1})
		_, depth := brackets(line)
		if depth <= 0 {
			continue
		}
		inner := 0
		for j := i + 1; j < len(lines); j++ {
			low, after := brackets(lines[j])
			if inner == 0 && depth+low <= 0 {
				inner = j
			}
			depth += after
			if depth <= 0 {
				out = append(out, span{i, inner, j + 1})
				break
			}
		}
	}
	return out
}

// brackets is how deep a line goes below its beginning, and where it ends.
func brackets(line string) (low, end int) {
	for _, c := range line {
		switch c {
		case '(', '[', '{':
			end++
		case ')', ']', '}':
			end--
		}
		low = min(low, end)
	}
	return low, end
}
