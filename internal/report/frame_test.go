package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// drawn is a frame as lines, with "|" around what the pointer covers.
func drawn(lines []frameLine) string {
	var out []string
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%d %s", l.number, l.text))
		if l.to > l.from {
			out = append(out, "  "+strings.Repeat(" ", l.from)+strings.Repeat("^", l.to-l.from))
		}
	}
	return strings.Join(out, "\n")
}

func TestFrame(t *testing.T) {
	long := "var a=1;" + strings.Repeat("b(); ", 30) + "wx.join({});" + strings.Repeat("c(); ", 30)
	for name, c := range map[string]struct{ text, mark, want string }{
		"neighbours": {"a()\n  b()\nc()\n", "b", "1 a()\n2   b()\n    ^\n3 c()"},
		"dedented":   {"\t\tif (x) {\n\t\t\tb()\n\t\t}\n", "b", "1 if (x) {\n2     b()\n      ^\n3 }"},
		"Chinese":    {"f('通话', b)", "b", "1 f('通话', b)\n            ^"},
		"in Chinese": {"f('双人通话')", "通话", "1 f('双人通话')\n         ^^^^"},
		"emoji":      {"f('👨‍👩‍👧', b)", "b", "1 f('👨‍👩‍👧', b)\n          ^"},
		"tab inside": {"a\tb", "b", "1 a   b\n      ^"},
		"control":    {"a\x1b[31m b", "b", "1 a\\x1b[31m b\n            ^"},
		"two lines":  {"b({\n  x })\n", "b({\n  x })", "1 b({\n  ^^^\n2   x })"},
		"CRLF":       {"a()\r\nb()\r\nc()\r\n", "b()", "1 a()\n2 b()\n  ^^^\n3 c()"},
		"blank near": {"\nb\n\n", "b", "2 b\n  ^"},
		"minified":   {long, "join", "1 …; b(); b(); b(); b(); wx.join({});c(); c(); c(); c(); c(); c(); c(); c(); …\n                            ^^^^"},
	} {
		t.Run(name, func(t *testing.T) {
			start := strings.Index(c.text, c.mark)
			f := source.NewFile("a.js", "a.js", []byte(c.text))
			got := drawn(frame(source.Span{File: f, Start: start, End: start + len(c.mark)}, 76))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzFrame(f *testing.F) {
	var seeds trial.Seeds
	seeds.Add("a()\n\tb('通话')\n", 5, 9)
	seeds.Add(strings.Repeat("好", 2000), 3000, 3003)
	seeds.Add("\xff\xfe\x00\r\r\n", 1, 2)
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		file := source.NewFile("a.js", "a.js", []byte(text))
		start = max(0, min(start, len(text)))
		end = max(start, min(end, len(text)))
		const width = 60
		for _, l := range frame(source.Span{File: file, Start: start, End: end}, width) {
			if w := terminal.Width(l.text); w > width+8 {
				t.Fatalf("%d columns: %q", w, l.text)
			}
			if !utf8.ValidString(l.text) || strings.ContainsFunc(l.text, terminal.Hidden) {
				t.Fatalf("not fit for a terminal: %q", l.text)
			}
			if l.from < 0 || l.to < l.from {
				t.Fatalf("pointer from %d to %d", l.from, l.to)
			}
		}
		if line := excerpt(source.Span{File: file, Start: start, End: end}, width); terminal.Width(line) > width+1 {
			t.Fatalf("excerpt of %d columns: %q", terminal.Width(line), line)
		}
	})
}
