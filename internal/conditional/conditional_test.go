package conditional_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/conditional"
)

func TestConditions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"met", "a // #ifdef MP-WEIXIN\nb\n// #endif\nc", "a b c"},
		{"unmet", "a // #ifdef H5\nb\n// #endif\nc", "a c"},
		{"not", "/* #ifndef MP */ a /* #endif */ b", "b"},
		{"or", "<!-- #ifdef H5 || MP-WEIXIN --><a/><!-- #endif -->", "<a/>"},
		{"and", "// #ifdef VUE3 && MP-WEIXIN\na\n// #endif\n// #ifdef VUE2 && MP-WEIXIN\nb\n// #endif", "a"},
		{"else", "// #ifdef APP-PLUS\na\n// #else\nb\n// #endif", "b"},
		{"nested", "// #ifdef H5\na\n// #ifdef MP\nb\n// #endif\nc\n// #endif\nd", "d"},
		{"open", "// #ifdef H5\na", "a"},
		{"stray", "a\n// #endif\nb", "a b"},
		{"in text", "s = '#ifdef H5'; a // #endif", "s = '#ifdef H5'; a"},
		{"unknown", "// #ifdef MP-SOMETHING\na\n// #endif", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := []byte(c.text)
			out := conditional.Blank(text, conditional.Weixin(3))
			if len(out) != len(text) || bytes.Count(out, []byte("\n")) != bytes.Count(text, []byte("\n")) {
				t.Fatal("places have moved")
			}
			// What is left, without the comments themselves.
			var left []string
			for _, line := range strings.Split(string(out), "\n") {
				line = strings.NewReplacer("<!-- #ifdef H5 || MP-WEIXIN -->", "", "<!-- #endif -->", "", "/* #ifndef MP */", "", "/* #endif */", "").Replace(line)
				line, _, _ = strings.Cut(line, "// #")
				if line = strings.TrimSpace(line); line != "" {
					left = append(left, line)
				}
			}
			if got := strings.Join(left, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
