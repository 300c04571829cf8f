package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/golden"
	"github.com/voipcheck/voipcheck/internal/trial"
)

const fixtures = "../../../../fixtures"

// TestFindings runs the whole checker with the new core in the place of the old one, and holds what the rules find in the fixtures to
// the golden file, but for what is listed: "-" for a finding that is missing, "+" for one that is new, "~" for one that is shown otherwise.
func TestFindings(t *testing.T) {
	trial.NotShort(t)
	base, err := folder(filepath.Join(fixtures, "base"))
	if err != nil {
		t.Fatal(err)
	}
	was := recorded(t)
	known, err := lists("findings")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(fixtures, "*", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no fixtures")
	}
	differing := map[string]bool{}
	for _, file := range names {
		id := programOf(file)
		if end := id + ": no end"; listed(known, end) {
			differing[end] = true
			continue
		}
		if !tries(t, file, id) {
			continue
		}
		files, err := program(file, base)
		if err != nil {
			t.Fatal(err)
		}
		is, of, err := checked(id, files)
		if err != nil || of == "" {
			continue // there is nothing to follow, or not with the core
		}
		for _, line := range otherwise(was[id], is) {
			key := id + ": " + line
			differing[key] = true
			if !known[of].listed[key] {
				t.Errorf("%s is not as the golden file says", key)
			}
		}
	}
	shrink(t, known, differing)
}

// recorded are the findings of the golden file by program.
func recorded(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(fixtures, "golden.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	name := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if finding, ok := strings.CutPrefix(line, "  "); ok {
			out[name] = append(out[name], finding)
		} else {
			name = line
		}
	}
	return out
}

// otherwise lists how the findings of a record differ from the lines of the golden file: a line ends with a digest of what leads to it.
func otherwise(was []string, is golden.Record) []string {
	var out, now []string
	for _, f := range is.Findings {
		if f.Rule == givenUp {
			out = append(out, "+"+strings.TrimSpace(f.Place+" "+f.Rule))
			continue
		}
		now = append(now, f.String())
	}
	cut := func(line string) string { return line[:strings.LastIndexByte(line, ' ')] }
	for _, line := range was {
		if !slices.ContainsFunc(now, func(o string) bool { return cut(o) == cut(line) }) {
			out = append(out, "-"+cut(cut(line)))
		}
	}
	for _, line := range now {
		switch {
		case !slices.ContainsFunc(was, func(o string) bool { return cut(o) == cut(line) }):
			out = append(out, "+"+cut(cut(line)))
		case !slices.Contains(was, line):
			out = append(out, "~"+cut(cut(line)))
		}
	}
	return out
}
