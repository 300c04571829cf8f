// Package lang holds what the program says to people, in the two languages it speaks.
package lang

import (
	"fmt"
	"strings"
	"unicode"
)

// Lang is a language of the program's output.
type Lang int

// The languages; the zero value is English.
const (
	EN Lang = iota
	ZH
)

// Text is one thing said in both languages. Both are always present: a Text
// with one side blank is a defect that the tests look for.
type Text struct {
	EN, ZH string
}

// In returns the text in the language l.
func (t Text) In(l Lang) string {
	if l == ZH {
		return t.ZH
	}
	return t.EN
}

// IsZero reports whether nothing is said.
func (t Text) IsZero() bool { return t == Text{} }

// T pairs an English and a Chinese sentence.
func T(en, zh string) Text { return Text{EN: en, ZH: zh} }

// List is names one after the other.
func List(names []string) Text { return T(strings.Join(names, ", "), strings.Join(names, "、")) }

// Sentences puts sentences one after the other: with a space between them in English, with none in Chinese.
func Sentences(all ...Text) Text {
	var en, zh []string
	for _, t := range all {
		if !t.IsZero() {
			en, zh = append(en, t.EN), append(zh, t.ZH)
		}
	}
	return T(strings.Join(en, " "), strings.Join(zh, ""))
}

// F fills both sentences of t, as fmt.Sprintf formats, with the same arguments. An
// argument that is itself a Text appears in the language of the sentence.
func F(t Text, args ...any) Text {
	return Text{EN: fill(t.EN, EN, args), ZH: fill(t.ZH, ZH, args)}
}

func fill(format string, l Lang, args []any) string {
	said := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(l)
		}
		said[i] = a
	}
	return fmt.Sprintf(format, said...)
}

// Readable reports whether text has a letter that can be seen. Some letters cannot: the fillers of Hangul.
func Readable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		switch r {
		case 0x115F, 0x1160, 0x3164, 0xFFA0:
			return false
		}
		return unicode.IsLetter(r)
	})
}
