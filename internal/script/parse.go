package script

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/source"
)

// Dialect says what a file is written in.
type Dialect int

// The dialects; plain JavaScript may hold JSX.
const (
	JavaScript Dialect = iota // JSX is accepted too
	TypeScript
	TypeScriptJSX
)

// SyntaxError says why and where a file cannot be parsed.
type SyntaxError struct {
	At  source.Span
	Why string
}

func (e *SyntaxError) Error() string {
	p := e.At.From()
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File.Path, p.Line, p.Column, e.Why)
}
