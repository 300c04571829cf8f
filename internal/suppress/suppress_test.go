package suppress

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// silenced tells for which lines of a file the rule is silenced, and what is said of the suppressions.
func silenced(p *miniprogram.Project, f *source.File, rule string) (lines []int, unused []string) {
	s := New()
	s.Add(p)
	for n, at := 1, 0; n <= f.Lines(); n++ {
		if s.Silences(&checks.Finding{Rule: checks.Lookup(rule), At: source.Span{File: f, Start: at, End: at}}) {
			lines = append(lines, n)
		}
		for at < len(f.Text) && f.Position(at).Line == n {
			at++
		}
	}
	for _, u := range s.Unused(func(string) bool { return true }) {
		unused = append(unused, u.Message.EN)
	}
	return lines, unused
}

func TestScriptForms(t *testing.T) {
	const rule = "join-called"
	for name, c := range map[string]struct {
		text, lines, unused string
	}{
		"line before":       {"// voipcheck-ignore join-called -- why\na()\nb()", "1 2", ""},
		"same line":         {"a()\nb() // voipcheck-ignore join-called -- why\n\nc()", "2 3", ""},
		"block":             {"/* voipcheck-ignore join-called -- why */ a()", "1", ""},
		"block of lines":    {"/**\n * voipcheck-ignore join-called -- why\n */\na()\nb()", "1 2 3 4", ""},
		"two rules":         {"// voipcheck-ignore app-json, join-called -- why\na()", "1 2", "app-json"},
		"stacked":           {"// voipcheck-ignore app-json -- a\n// voipcheck-ignore join-called -- b\na()", "2 3", "app-json"},
		"stacked, first":    {"// voipcheck-ignore join-called -- a\n// voipcheck-ignore app-json -- b\na()", "1 2 3", "app-json"},
		"no reason":         {"// voipcheck-ignore join-called\na()", "", "no reason"},
		"blank reason":      {"// voipcheck-ignore join-called -- \na()", "", "no reason"},
		"unseen reason":     {"// voipcheck-ignore join-called -- \u200b\u3164.\na()", "", "no reason"},
		"one letter":        {"// voipcheck-ignore join-called -- 旧\na()", "1 2", ""},
		"no rule":           {"// voipcheck-ignore -- why\na()", "", "names no rule"},
		"unknown rule":      {"// voipcheck-ignore join-caled -- why\na()", "", `did you mean "join-called"?`},
		"in a string":       {"a('// voipcheck-ignore join-called -- why')", "", ""},
		"not at the start":  {"// see voipcheck-ignore join-called -- why\na()", "", ""},
		"Chinese separator": {"// voipcheck-ignore app-json，join-called -- 原因\na()", "1 2", "app-json"},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("a.js", "a.js", []byte(c.text))
			p := &miniprogram.Project{Scripts: []*miniprogram.Script{{File: f, Text: f.Text, Dialect: script.JavaScript}}}
			compare(t, c.lines, c.unused, p, f, rule)
		})
	}
}

func TestMarkupForms(t *testing.T) {
	const rule = "handler-exists"
	for name, c := range map[string]struct{ text, lines, unused string }{
		"line before": {"<!-- voipcheck-ignore handler-exists -- why -->\n<a bindtap=\"b\"/>\n<c/>", "1 2", ""},
		"whole tag":   {"<!-- voipcheck-ignore handler-exists -- why -->\n<a\n  class=\">\"\n  bindtap=\"b\"\n/>\n<c/>", "1 2 3 4 5", ""},
		"tag further": {"<!-- voipcheck-ignore handler-exists -- why -->\n\n<a\n bindtap=\"b\"/>", "1 2", ""},
		"open":        {"<!-- voipcheck-ignore handler-exists", "", "no reason"},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("a.wxml", "a.wxml", []byte(c.text))
			p := &miniprogram.Project{Units: []*miniprogram.Unit{{Template: &miniprogram.Template{File: f}}}}
			compare(t, c.lines, c.unused, p, f, rule)
		})
	}
}

func compare(t *testing.T, wantLines, wantUnused string, p *miniprogram.Project, f *source.File, rule string) {
	t.Helper()
	lines, unused := silenced(p, f, rule)
	var got []string
	for _, n := range lines {
		got = append(got, string(rune('0'+n)))
	}
	if said := strings.Join(got, " "); said != wantLines {
		t.Errorf("lines %q, want %q", said, wantLines)
	}
	if said := strings.Join(unused, "\n"); wantUnused == "" && said != "" || !strings.Contains(said, wantUnused) {
		t.Errorf("said %q, want %q", said, wantUnused)
	}
}

func FuzzAdd(f *testing.F) {
	var seeds trial.Seeds
	seeds.Add("<!-- voipcheck-ignore handler-exists -- why --><a", "// voipcheck-ignore a -- b\n")
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, markup, code string) {
		template := source.NewFile("a.wxml", "a.wxml", []byte(markup))
		js := source.NewFile("a.js", "a.js", []byte(code))
		s := New()
		s.Add(&miniprogram.Project{
			Scripts: []*miniprogram.Script{{File: js, Text: js.Text}},
			Units:   []*miniprogram.Unit{{Template: &miniprogram.Template{File: template}}},
		})
		for _, u := range s.Unused(func(string) bool { return true }) {
			if u.At.Start < 0 || u.At.End > len(u.At.File.Text) || u.At.End <= u.At.Start {
				t.Fatalf("a place outside of the file: %+v", u.At)
			}
		}
	})
}
