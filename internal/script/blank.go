package script

// Texts of the same length with parts taken out, so that every place stays where it is.

import (
	"bytes"
	"unicode/utf8"
)

// Blank returns a copy of text in which everything outside the ranges [start,
// end) is spaces. Line endings stay.
func Blank(text []byte, keep [][2]int) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		switch c {
		case '\n', '\r':
			out[i] = c
		default:
			out[i] = ' '
		}
	}
	for _, r := range keep {
		start, end := max(0, r[0]), min(len(text), r[1])
		if start < end {
			copy(out[start:end], text[start:end])
		}
	}
	return out
}

// validUTF8 returns text with each byte that is no part of UTF-8 replaced by a question mark.
func validUTF8(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	out := bytes.Clone(text)
	for i := 0; i < len(out); {
		r, size := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && size == 1 {
			out[i] = '?'
		}
		i += size
	}
	return out
}

// withoutSourceMap returns text, which is that of x or was made of it, without what leads a
// compiler to the source map of an earlier one: it would tell that one's places.
func (x *lexed) withoutSourceMap(text []byte) []byte {
	const pragma = "sourceMappingURL"
	out := text
	for _, c := range x.comments {
		if i := bytes.Index(text[c.Start:c.End], []byte(pragma)); i >= 0 {
			if &out[0] == &text[0] {
				out = bytes.Clone(text)
			}
			copy(out[c.Start+i:], "sourceMappingOff")
		}
	}
	if bytes.HasPrefix(out, []byte("\uFEFF")) {
		out = append([]byte("   "), out[3:]...)
	}
	return out
}
