package terminal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width int
		want  string
	}{
		"words":       {"one two  three", 8, "one two|three"},
		"long word":   {"a incomprehensibilities b", 8, "a|incomprehensibilities|b"},
		"Chinese":     {"拿到授权之后才开启", 8, "拿到授权|之后才开|启"},
		"punctuation": {"拿到授权，之后", 8, "拿到授|权，之后"},
		"opening":     {"拿到授「权」", 8, "拿到授|「权」"},
		"mixed":       {"调用 setEnable 之后", 14, "调用 setEnable|之后"},
		"code":        {"run `a b c` now", 9, "run|`a b c`|now"},
		"between":     {"`a` b c `d` e", 5, "`a` b|c `d`|e"},
		"long code":   {"`" + strings.Repeat("a ", 30) + "b` c d", 40, "`" + strings.Repeat("a ", 19) + "a|" + strings.Repeat("a ", 9) + "a b` c d"},
		"lone tick":   {"a ` b c", 4, "a `|b c"},
		"paragraphs":  {"a\n\nb", 8, "a||b"},
		"emoji":       {"👨‍👩‍👧 👨‍👩‍👧", 3, "👨‍👩‍👧|👨‍👩‍👧"},
	} {
		if got := strings.Join(Wrap(c.text, c.width), "|"); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCellsShowWhatATerminalWould(t *testing.T) {
	var shown strings.Builder
	var columns []int
	for _, c := range Cells("\ta好\te\u0301\x1b\u202e") {
		shown.WriteString(c.Text)
		columns = append(columns, c.Width)
	}
	if want := "    a好 e\u0301\\x1b\\u202e"; shown.String() != want {
		t.Errorf("shown %q, want %q", shown.String(), want)
	}
	if diff := cmp.Diff([]int{4, 1, 2, 1, 1, 4, 6}, columns); diff != "" {
		t.Error(diff)
	}
}

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain 好":               "plain 好",
		"\x1b[31mred":           `\x1b[31mred`,
		"a\tb\r\nc":             `a\tb\r\nc`,
		"\u0085\u009b1m":        `\x85\x9b1m`,
		"\u202eabc\u2066\u200f": `\u202eabc\u2066\u200f`,
		"bad \xff":              "bad \uFFFD",
	} {
		if got := Visible(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestWanted(t *testing.T) {
	for _, c := range []struct {
		mode     string
		env      string
		terminal bool
		want     bool
	}{
		{"auto", "", true, true},
		{"auto", "", false, false},
		{"auto", "NO_COLOR=1", true, false},
		{"auto", "NO_COLOR=1 FORCE_COLOR=1", true, false},
		{"auto", "FORCE_COLOR=1", false, true},
		{"auto", "FORCE_COLOR=0", true, false},
		{"auto", "CLICOLOR_FORCE=1", false, true},
		{"auto", "CLICOLOR_FORCE=0", false, false},
		{"auto", "TERM=dumb", true, false},
		{"auto", "TERM=dumb CLICOLOR_FORCE=1", true, true},
		{"auto", "CLICOLOR=0", true, false},
		{"always", "NO_COLOR=1 TERM=dumb", false, true},
		{"never", "FORCE_COLOR=1", true, false},
	} {
		env := func(name string) string {
			for _, pair := range strings.Fields(c.env) {
				if key, value, _ := strings.Cut(pair, "="); key == name {
					return value
				}
			}
			return ""
		}
		if got := Wanted(c.mode, env, c.terminal); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
