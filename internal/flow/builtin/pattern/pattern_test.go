package pattern

import (
	"errors"
	"testing"
	"unicode/utf16"
)

// TestSteps holds matching to its bound: what would take too long is not known, and no match is invented.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		source, text string
		steps        int
		found, known bool
	}{
		{"(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10_000, false, false},
		{"(a+)+b", "aaab", 10_000, true, true},
		{"a*", "", 10, true, true},
		{"(?:)*x", "y", 100, false, true},
		{"(?<=a)b", "b", 100, false, true},
	} {
		p, err := Compile(c.source, "")
		if err != nil {
			t.Fatalf("/%s/: %v", c.source, err)
		}
		steps := c.steps
		_, found, known := p.Match(utf16.Encode([]rune(c.text)), 0, &steps)
		if found != c.found || known != c.known {
			t.Errorf("/%s/ at the beginning of %q: found %t, known %t", c.source, c.text, found, known)
		}
	}
}

// TestRefused holds the parser to what the language refuses, and to what is not computed.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ source, flags, why string }{
		{"(", "", "refused"}, {"a**", "", "refused"}, {"[b-a]", "", "refused"}, {"a{2,1}", "", "refused"}, {"a", "gg", "refused"}, {"a", "q", "refused"},
		{"(?<a>.)(?<a>.)", "", "refused"}, {`\k<x>`, "u", "refused"}, {"{", "u", "refused"}, {`\p{Nothing}`, "u", "refused"},
		{"[[a]]", "v", "open"}, {`\p{Emoji}`, "u", "open"},
		{"{", "", ""}, {`\k<x>`, "", ""}, {"]", "", ""}, {`\p{Lu}`, "u", ""},
	} {
		_, err := Compile(c.source, c.flags)
		got := ""
		var refused SyntaxError
		switch {
		case errors.As(err, &refused):
			got = "refused"
		case errors.Is(err, ErrOpen):
			got = "open"
		}
		if got != c.why {
			t.Errorf("/%s/%s is %q (%v), not %q", c.source, c.flags, got, err, c.why)
		}
	}
}
