package platform

import (
	"bytes"
	"slices"
	"unicode"

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
	p.bindNames(code, locals)
	k := p.adopt(s, code)
	p.expressions[s] = k.top
	return k.top
}

// readInline makes functions of the code of inline handlers: of $event.
func (p *Program) readInline() {
	for _, u := range p.allUnits() {
		if u.Template == nil {
			continue
		}
		for n := range u.Template.Bindings {
			if b := &u.Template.Bindings[n]; b.Inline != nil {
				if code := p.inlineCode(b); code != nil {
					top := p.adopt(b.Inline, code).top
					p.machine.At(p.table.Enter(nil, value.At{Name: "inline", PC: code.Index}), "inline")
					p.inlines[b.Inline] = p.invoke(top)
				}
			}
		}
	}
}

// inline is the function of an inline handler; undefined where it cannot be read.
func (p *Program) inline(b *miniprogram.Binding) value.Value {
	if f, ok := p.inlines[b.Inline]; ok {
		return f
	}
	return value.Undef
}

// inlineCode is a module that returns the function of an inline handler, which returns what its last expression is; nil if it cannot be parsed.
func (p *Program) inlineCode(b *miniprogram.Binding) *ir.Module {
	s := b.Inline
	syntax, err := script.Parse(s.File, s.Text, s.Dialect)
	if err != nil {
		// A function without a name is code as an expression only.
		text := slices.Clone(s.Text)
		if n := bytes.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }); n > 0 {
			text[n-1] = '('
			if x, again := script.Parse(s.File, append(text, ')'), s.Dialect); again == nil {
				syntax, err = x, nil
			}
		}
	}
	if err != nil {
		p.Failures = append(p.Failures, &ParseFailure{Script: s, At: err.At, Why: err.Why, Limit: err.Kind != script.Broken})
		return nil
	}
	if len(syntax.Body) == 0 {
		return nil
	}
	body := slices.Clone(syntax.Body)
	if x, ok := body[len(body)-1].(*script.ExprStmt); ok {
		body[len(body)-1] = &script.Return{Loc: x.Loc, X: x.X}
	}
	loc := script.Loc{Start: b.Value.Start, End: b.Value.End}
	f := &script.Func{Loc: loc, Params: []script.Expr{&script.Ident{Loc: loc, Name: "$event"}}, Body: body}
	syntax.Body = []script.Stmt{&script.Return{Loc: loc, X: f}}
	code := ir.Lower(syntax, false)
	p.bindNames(code, b.Guards.Locals)
	return code
}

// bindNames makes the names that code in a template does not declare the fields of this. Local names are something that the template gives a meaning; what
// JavaScript has keeps its own.
func (p *Program) bindNames(code *ir.Module, locals []string) {
	for _, f := range code.Funcs {
		for n := range f.Code {
			i := &f.Code[n]
			if i.Op != ir.LoadGlobal && i.Op != ir.StoreGlobal {
				continue
			}
			switch {
			case slices.Contains(locals, i.Name):
				if i.Op == ir.LoadGlobal {
					i.N = ir.OfInput
				}
			case p.framework == nil || !allowed[i.Name]:
				i.N = ir.OfThis
			}
		}
	}
}

// allowed are the globals that the code of a template may use (vuejs.org/guide/essentials/template-syntax.html#restricted-globals-access).
var allowed = map[string]bool{
	"undefined": true, "NaN": true, "Infinity": true, "isFinite": true, "isNaN": true, "parseFloat": true, "parseInt": true, "decodeURI": true, "decodeURIComponent": true,
	"encodeURI": true, "encodeURIComponent": true, "Math": true, "Number": true, "Date": true, "Array": true, "Object": true, "Boolean": true, "String": true, "RegExp": true,
	"Map": true, "Set": true, "JSON": true, "Intl": true, "BigInt": true, "console": true, "Error": true, "Symbol": true,
}
