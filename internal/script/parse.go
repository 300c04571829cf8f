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

// Refusal tells why there is no program for a file.
type Refusal int

// The reasons for refusing a file.
const (
	Broken   Refusal = iota // the code is wrong; Why is the parser's text
	TooLarge                // more than Limits.MaxBytes
	TooDeep                 // nested beyond the Limits
)

// SyntaxError says why and where a file cannot be parsed.
type SyntaxError struct {
	At   source.Span
	Kind Refusal
	Why  string
}

func (e *SyntaxError) Error() string {
	p := e.At.From()
	return fmt.Sprintf("%s:%d:%d: %s", e.At.File.Path, p.Line, p.Column, e.Why)
}

// Limits are what a file may ask of the parsers. Beyond them it is refused with a SyntaxError.
type Limits struct {
	MaxBytes int // size of the text
	MaxDepth int // brackets and JSX elements inside one another
	MaxHeads int // these and branches, loops, labels and arrow functions inside one another
	MaxChain int // these and operators inside one another; a long sum counts too
}

// DefaultLimits suit every real file; the parsers need up to about 250 MB at them.
var DefaultLimits = Limits{
	MaxBytes: 4 << 20,
	MaxDepth: 1500,
	MaxHeads: 2500,
	MaxChain: 16000,
}

// What the parsers read twice, so that each level doubles the work.
const (
	maxArrows  = 9 // arrow functions in the parameters of one another
	maxEithers = 9 // arrow functions after a?(b): in one another, which may be the parameters of one
)

func tooDeep(offset int) *failure {
	return &failure{offset: offset, kind: TooDeep, why: "the code is nested too deeply to be followed"}
}

// Parse parses text, which is file's text or as long as it, with parts blanked
// out. Places are those of the file. It returns either a program or an error.
func Parse(file *source.File, text []byte, dialect Dialect) (*Program, *SyntaxError) {
	return DefaultLimits.Parse(file, text, dialect)
}

// Parse is Parse within the limits l.
func (l Limits) Parse(file *source.File, text []byte, dialect Dialect) (*Program, *SyntaxError) {
	fail := func(e *failure) *SyntaxError {
		start := max(0, min(e.offset, len(file.Text)))
		end := max(start, min(start+e.length, len(file.Text)))
		return &SyntaxError{At: source.Span{File: file, Start: start, End: end}, Kind: e.kind, Why: e.why}
	}
	if len(text) > l.MaxBytes {
		return nil, fail(&failure{kind: TooLarge, why: fmt.Sprintf("it is larger than %d bytes; limits.work in voipcheck.json raises this", l.MaxBytes)})
	}
	p, err := l.safely(text, dialect)
	if err != nil {
		return nil, fail(err)
	}
	p.File = file
	return p, nil
}

// safely parses, and takes a parser that panics for one that fails.
func (l Limits) safely(text []byte, dialect Dialect) (p *Program, err *failure) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, &failure{why: fmt.Sprintf("The parser failed: %v", r)}
		}
	}()
	return l.parse(text, dialect)
}

// parse goes the ways in turn: plain JavaScript is parsed as it is, the rest,
// and what that parser does not know, after it was lowered.
func (l Limits) parse(text []byte, dialect Dialect) (*Program, *failure) {
	x := lex(validUTF8(text), dialect)
	n := x.measure()
	switch {
	case n.brackets > l.MaxDepth:
		return nil, tooDeep(n.bracketsAt)
	case n.heads > l.MaxHeads:
		return nil, tooDeep(n.headsAt)
	case n.chain > l.MaxChain:
		return nil, tooDeep(n.chainAt)
	case n.arrows > maxArrows:
		return nil, tooDeep(n.arrowsAt)
	case n.eithers > maxEithers:
		return nil, tooDeep(n.eithersAt)
	}
	var p *Program
	var err *failure
	if d := x.decorators(); len(d) > 0 {
		p, err = parseDecorated(x, dialect, d)
	}
	if p == nil {
		p, err = parseLexed(x, x.text, dialect)
	}
	if err != nil {
		return nil, err
	}
	p.Comments = x.comments
	return p, nil
}

// parseLexed parses text, which is that of x but for what was blanked out.
func parseLexed(x *lexed, text []byte, dialect Dialect) (*Program, *failure) {
	if dialect == JavaScript && !x.jsx {
		parsed := &lexed{text: text, tokens: x.tokens, comments: x.comments}
		p, err := parseSobek(parsed, &converter{places: places{original: x, parsed: parsed}})
		if err == nil || err.kind == TooDeep {
			return p, err
		}
	}
	text = x.withoutSourceMap(text)
	p, err := parseLowered(x, text, dialect, unknown)
	if err != nil && err.ours {
		if p, err := parseLowered(x, text, dialect, doubtful); err == nil {
			return p, nil
		}
	}
	return p, err
}

// parseLowered lowers text and parses what comes of it.
func parseLowered(x *lexed, text []byte, dialect Dialect, lacking map[string]bool) (*Program, *failure) {
	low, err := lower(text, dialect, lacking)
	if err != nil {
		return nil, err
	}
	parsed := lex(low.text, JavaScript)
	p, err := parseSobek(parsed, &converter{places: places{original: x, parsed: parsed, m: low.m}, jsx: low.jsx})
	if err != nil {
		err.ours = true
	}
	return p, err
}
