package script

// Single tokens: their places and values.

import (
	"math"
	"math/big"

	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// forwards makes a place that would end before it starts empty.
func (l Loc) forwards() Loc {
	return Loc{l.Start, max(l.Start, l.End)}
}

// literal returns the place of a token that is written as text.
func (c *converter) literal(idx file.Idx, text string) Loc {
	start := c.offset(idx)
	if c.m == nil {
		return Loc{start, min(start+len(text), len(c.original.text))}
	}
	return c.tokenLoc(start)
}

// tokenLoc returns the original place of the token at offset in the parsed text.
func (c *converter) tokenLoc(offset int) Loc {
	i := c.token(offset)
	if i < 0 || i >= len(c.original.tokens) {
		return Loc{}
	}
	t := c.original.tokens[i]
	return Loc{int(t.start), int(t.end)}
}

// text converts a string. The compiler makes one of "a" + "b".
func (c *converter) text(e *ast.StringLiteral) *String {
	s := &String{c.literal(e.Idx, e.Literal), c.word(e.Value)}
	if c.m == nil {
		return s
	}
	x := c.original
	i := x.tokenAt(s.Start)
	if i >= len(x.tokens) || x.tokens[i].kind != tokString || string(x.text[s.Start+1:max(s.Start+1, s.End-1)]) == s.Value {
		return s
	}
	for x.is(i+1, "+") && i+2 < len(x.tokens) && x.tokens[i+2].kind == tokString {
		i += 2
		s.End = int(x.tokens[i].end)
	}
	return s
}

// truth returns the place of true or false, which may have been written !0 or !1.
func (c *converter) truth(e *ast.BooleanLiteral) Loc {
	at := c.literal(e.Idx, e.Literal)
	if c.m == nil || string(c.original.text[at.Start:at.End]) != "!" {
		return at
	}
	if i := c.original.tokenAt(at.End); i < len(c.original.tokens) {
		at.End = int(c.original.tokens[i].end)
	}
	return at
}

// nameLoc returns the place of a name.
func (c *converter) nameLoc(idx file.Idx) Loc {
	start := c.offset(idx)
	if c.m == nil {
		return Loc{start, nameEnd(c.original.text, start)}
	}
	return c.tokenLoc(start)
}

// privateLoc returns the place of a private name, with its #.
func (c *converter) privateLoc(idx file.Idx) Loc {
	start := c.offset(idx)
	if c.m == nil {
		return Loc{start, nameEnd(c.original.text, min(start+1, len(c.original.text)))}
	}
	return c.tokenLoc(start)
}

// number returns the value of a numeric literal.
func number(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	case *big.Int:
		f, _ := new(big.Float).SetInt(v).Float64()
		return f
	}
	return math.NaN()
}

// numberName returns the property name that a number stands for.
func numberName(v float64) string { return ecma.FormatNumber(v) }
