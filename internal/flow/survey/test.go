package survey

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Test is the whole of the condition of an if statement, or of a conditional expression.
type Test struct {
	X  script.Expr
	At source.Span
}

// TestAround is the innermost condition in which a piece of code stands, nil where it stands in none.
func (s *Survey) TestAround(at source.Span) *Test {
	f := s.FileOf(at.File)
	if f == nil {
		return nil
	}
	var found script.Expr
	holds := func(x script.Node) bool { return x.Range().Start <= at.Start && at.End <= x.Range().End }
	script.WalkProgram(f.Syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.If:
			if holds(n.Test) {
				found = n.Test
			}
		case *script.Cond:
			if holds(n.Test) {
				found = n.Test
			}
		case *script.Func:
			if holds(n) {
				found = nil // it runs some other time
			}
		}
		return true
	})
	if found == nil {
		return nil
	}
	return &Test{found, f.Span(found)}
}

// Comes is what a condition comes to where a part of it is true, or not; known tells that nothing else decides it.
func (t *Test) Comes(part source.Span, truth bool) (out, known bool) {
	var comes func(x script.Expr) (bool, bool)
	comes = func(x script.Expr) (bool, bool) {
		r := x.Range()
		if r.Start == part.Start && r.End == part.End {
			return truth, true
		}
		switch x := x.(type) {
		case *script.Unary:
			if x.Op == "!" {
				v, ok := comes(x.X)
				return !v, ok
			}
		case *script.Logical:
			if r := x.R.Range(); r.Start <= part.Start && part.End <= r.End {
				return comes(x.R)
			}
			v, ok := comes(x.L)
			return v, ok && (x.Op == "&&" && !v || x.Op == "||" && v)
		case *script.Sequence:
			if len(x.Exprs) > 0 {
				return comes(x.Exprs[len(x.Exprs)-1])
			}
		}
		return truth, false
	}
	return comes(t.X)
}
