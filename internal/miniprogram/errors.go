package miniprogram

// The errors for paths that lead to no mini-program.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// NothingFound is the error for paths that lead to no mini-program: wrong usage, not a
// finding. Looked says what was looked for, and where.
type NothingFound struct{ Looked []lang.Text }

// Error tells it in English.
func (e *NothingFound) Error() string { return e.text().EN }

// Unwrap returns the same as an error that can be told in both languages.
func (e *NothingFound) Unwrap() error { return &lang.Error{Text: e.text()} }

func (e *NothingFound) text() lang.Text {
	var en, zh []string
	for _, l := range e.Looked {
		en, zh = append(en, l.EN), append(zh, l.ZH)
	}
	return lang.T("no mini-program found: "+strings.Join(en, "; "), "没有找到小程序："+strings.Join(zh, "；"))
}

// ReadError is the error for something that discovery needs and cannot read.
type ReadError struct {
	Path string
	Err  error
}

// Error tells it in English.
func (e *ReadError) Error() string { return e.told().Text.EN }

// Unwrap returns the same as an error that can be told in both languages, and that wraps the cause.
func (e *ReadError) Unwrap() error { return e.told() }

func (e *ReadError) told() *lang.Error {
	return lang.Errorf(lang.T("%[1]s cannot be read: %[2]s", "%[1]s 无法读取：%[2]s"), e.Path, e.Err)
}
