// Package terminal knows what a screen shows: how wide text is, where lines break, which colours there
// are, and which characters it must never be given.
package terminal

// What a repository's text may not do to a terminal: move the cursor, change colours, or reverse the
// direction of what is read.

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible returns text with control characters (C0, DEL, C1), bidirectional controls and line
// separators as visible escapes, and broken UTF-8 as U+FFFD. Tabs become escapes too.
func Visible(text string) string {
	if !strings.ContainsFunc(text, Hidden) && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		b.WriteString(visibleRune(r))
	}
	return b.String()
}

func visibleRune(r rune) string {
	switch {
	case !Hidden(r):
		return string(r)
	case r == '\t':
		return `\t`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// Hidden tells of characters that a terminal obeys or that change how others read.
func Hidden(r rune) bool {
	return r < 0x20 || r >= 0x7F && r <= 0x9F ||
		r == 0x061C || r == 0x200E || r == 0x200F || // marks of direction
		r >= 0x2028 && r <= 0x202E || // line separators, embeddings and overrides
		r >= 0x2066 && r <= 0x2069 || // isolates
		r == 0x200B || r == 0xFEFF // without width
}

// Link is text that leads to an address where a terminal shows links (OSC 8), and the text where it does not. The address has no
// characters but those that addresses may have.
func Link(text, address string) string {
	return "\x1b]8;;" + address + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}
