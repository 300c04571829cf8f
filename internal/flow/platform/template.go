package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// The expressions of templates: functions whose names are the fields of this, an instance's data.

// expression is the function of an expression in a template; undefined where it is none.
func (p *Program) expression(s *miniprogram.Script, locals []string) value.Value {
	if f, ok := p.expressions[s]; ok {
		return f
	}
	p.expressions[s] = value.Undef
	syntax, err := script.Parse(s.File, s.Text, s.Dialect)
	if err != nil || len(syntax.Body) != 1 {
		return value.Undef
	}
	x, ok := syntax.Body[0].(*script.ExprStmt)
	if !ok {
		return value.Undef
	}
	syntax.Body = []script.Stmt{&script.Return{Loc: x.Loc, X: x.X}}
	code := ir.Lower(syntax, false)
	for _, f := range code.Funcs {
		for n := range f.Code {
			if i := &f.Code[n]; i.Op == ir.LoadGlobal {
				i.N = ir.OfThis
				if slices.Contains(locals, i.Name) {
					i.N = ir.OfInput
				}
			}
		}
	}
	k := p.adopt(s, code)
	p.expressions[s] = k.top
	return k.top
}
