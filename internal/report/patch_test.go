package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// TestPatches: a fix is shown as the lines that it changes, whatever the line endings are and wherever in a long line it is.
func TestPatches(t *testing.T) {
	long := strings.Repeat("a(); ", 40)
	for name, c := range map[string]struct {
		text string
		old  []string // what is replaced, by what stands behind the arrow
		want string
	}{
		"in a line":   {"f()\n  g({ b: 1 })\nh()\n", []string{"b>c"}, " 1 f()|-2   g({ b: 1 })|+0   g({ c: 1 })| 3 h()"},
		"outdented":   {"\tf()\n\tg()\n\n", []string{"g>h"}, " 1 f()|-2 g()|+0 h()"},
		"more lines":  {"f()\n", []string{"f()>g()\nh()"}, "-1 f()|+0 g()|+0 h()"},
		"taken away":  {"f()\ng()\nh()\n", []string{"g()\n>"}, " 1 f()|-2 g()| 3 h()"},
		"added":       {"f()\ng()\n", []string{"g>x()\ng"}, " 1 f()|+0 x()| 2 g()"},
		"near":        {"f()\ng()\nh()\ni()\n", []string{"f>x", "h>y"}, "-1 f()|+0 x()| 2 g()|-3 h()|+0 y()| 4 i()"},
		"far":         {"f()\n2\n3\n4\n5\n6\ng()\n", []string{"f>x", "g>y"}, "-1 f()|+0 x()| 2 2|@0 | 6 6|-7 g()|+0 y()"},
		"CRLF":        {"f()\r\ng()\r\nh()\r\n", []string{"g>x"}, " 1 f()|-2 g()|+0 x()| 3 h()"},
		"long line":   {long + "g()\n", []string{"g>x"}, "-1 …); a(); g()|+0 …); a(); x()"},
		"one line":    {"f()", []string{"f>g"}, "-1 f()|+0 g()"},
		"too much":    {strings.Repeat("a", mostPatched+1) + "g()", []string{"g>x"}, ""},
		"overlapping": {"f(g)", []string{"f(g)>x", "g>y"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("a.js", "a.js", []byte(c.text))
			fix := &checks.Fix{}
			for _, o := range c.old {
				old, by, _ := strings.Cut(o, ">")
				start := strings.Index(c.text, old)
				fix.Edits = append(fix.Edits, checks.Edit{At: source.Span{File: f, Start: start, End: start + len(old)}, New: by})
			}
			var got []string
			for _, p := range patches(fix) {
				for _, l := range p.lines {
					shown := l.shown(24)
					if terminal.Width(shown) > 24 {
						t.Errorf("%d columns: %q", terminal.Width(shown), shown)
					}
					got = append(got, fmt.Sprintf("%c%d %s", l.sign, l.number, shown))
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestShortPaths(t *testing.T) {
	for all, want := range map[string]string{
		"app/pages/call/call.js app/utils/perm.js": "call.js perm.js",
		"a/index.js b/index.js":                    "a/index.js b/index.js",
		"x/a/index.js x/b/index.js x/app.js":       "a/index.js b/index.js app.js",
		"index.js a/index.js":                      "index.js a/index.js",
		"p/a/i.js q/a/i.js":                        "p/a/i.js q/a/i.js",
		"a.js a.js":                                "a.js a.js",
	} {
		var got []string
		short := shortPaths(strings.Fields(all))
		for _, p := range strings.Fields(all) {
			got = append(got, short[p])
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Error(diff)
		}
	}
}
