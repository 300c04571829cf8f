package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// bindings are those of a template, where a name that is chosen among some that are written there, bindtap="{{busy ? 'open' : 'call'}}", stands for one
// binding each.
func (p *Program) bindings(t *miniprogram.Template) []miniprogram.Binding {
	if all, ok := p.bound[t]; ok {
		return all
	}
	all := slices.Clone(t.Bindings)
	for n := 0; n < len(all); n++ {
		if !all[n].Dynamic {
			continue
		}
		if names := p.chosenNames(&all[n]); names != nil {
			b := all[n]
			b.Dynamic = false
			chosen := make([]miniprogram.Binding, len(names))
			for k, name := range names {
				chosen[k] = b
				chosen[k].Handler = name
			}
			all = slices.Replace(all, n, n+1, chosen...)
			n += len(names) - 1
		}
	}
	p.bound[t] = all
	return all
}

// chosenNames are the names that a computed one may be; nil where that cannot be told.
func (p *Program) chosenNames(b *miniprogram.Binding) []string {
	code, opened := strings.CutPrefix(strings.TrimSpace(b.Value.Text()), "{{")
	code, closed := strings.CutSuffix(code, "}}")
	if !opened || !closed || strings.Contains(code, "{{") {
		return nil
	}
	text := []byte("(" + code + ")")
	program, err := p.parse.Parse(source.NewFile("binding", "binding", text), text, script.JavaScript)
	if err != nil || len(program.Body) != 1 {
		return nil
	}
	x, ok := program.Body[0].(*script.ExprStmt)
	if !ok {
		return nil
	}
	return literals(x.X)
}

// literals are the texts that an expression chooses from; nil where it may be something else.
func literals(x script.Expr) []string {
	switch x := x.(type) {
	case *script.String:
		return []string{x.Value}
	case *script.Cond:
		yes, no := literals(x.Then), literals(x.Else)
		if yes != nil && no != nil {
			return append(yes, no...)
		}
	case *script.Logical:
		if x.Op == "&&" {
			return literals(x.R) // what is not a name binds nothing
		}
	}
	return nil
}
