package source

import (
	"strings"
	"testing"
	"unicode/utf16"
)

// TestPositionsInLongLines: however long a line is, its columns count the UTF-16 units before a place, whatever they
// are made of, and lines before and after it do not matter.
func TestPositionsInLongLines(t *testing.T) {
	long := strings.Repeat("ab通话😀\xff\t", 3000)
	text := "first\n" + long + "\r\n" + long[:5000] + "\n" + long + "last"
	f := NewFile("a.js", "a.js", []byte(text))
	for offset := 0; offset <= len(text); offset += 37 {
		start := strings.LastIndexByte(text[:offset], '\n') + 1
		want := Position{Line: strings.Count(text[:offset], "\n") + 1, Column: len(utf16.Encode([]rune(text[start:offset]))) + 1}
		if got := f.Position(offset); got != want {
			t.Fatalf("byte %d is at %v, want %v", offset, got, want)
		}
	}
}
