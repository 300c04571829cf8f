package miniprogram

// What calls in a configuration give: merges and concatenations, and the project's own
// functions that only return something.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// call evaluates the few calls that configurations are made of.
func (e *evaluator) call(m *configModule, x *script.Call) *setting {
	at := m.program.Span(x)
	if s := e.place(m, x); s != nil {
		return s
	}
	switch chain := memberChain(x.Callee); {
	case isIdentity(chain) && len(x.Args) > 0:
		return e.called(m, e.value(m, x.Args[0]), x.Args[0])
	case chain == "Object.assign":
		s := &setting{kind: objectSetting, at: at}
		for _, a := range x.Args {
			s.spread(e.value(m, a))
		}
		return s
	case chain == "require" && len(x.Args) == 1:
		if spec, ok := x.Args[0].(*script.String); ok {
			return e.importedName(m, local{"", "*", spec.Value})
		}
	}
	if concat, ok := x.Callee.(*script.Member); ok && concat.Name == "concat" {
		s := e.value(m, concat.Object)
		if s.kind == listSetting {
			return e.concat(m, s, x.Args)
		}
	}
	return e.result(m, x)
}

func (e *evaluator) concat(m *configModule, s *setting, args []script.Expr) *setting {
	out := &setting{kind: listSetting, at: s.at, items: slices.Clone(s.items), open: s.open}
	for _, a := range args {
		switch v := e.value(m, a); v.kind {
		case listSetting:
			out.items = append(out.items, v.items...)
			out.open = out.open || v.open
		case unknownSetting:
			out.open = true
		default:
			out.items = append(out.items, v)
		}
	}
	return out
}

// result is what a function returns for what it is given, when that is all it does.
func (e *evaluator) result(m *configModule, x *script.Call) *setting {
	at := m.program.Span(x)
	callee := x.Callee
	if name, ok := callee.(*script.Ident); ok {
		callee = m.names[name.Name]
	}
	f, ok := callee.(*script.Func)
	if !ok {
		return &setting{at: at}
	}
	given := map[string]*setting{}
	for i, param := range f.Params {
		name, ok := param.(*script.Ident)
		if !ok {
			continue
		}
		given[name.Name] = &setting{at: at}
		if i < len(x.Args) {
			given[name.Name] = e.value(m, x.Args[i])
		}
	}
	outer := e.given
	e.given = given
	defer func() { e.given = outer }()
	return e.returned(m, f, at)
}

// returned is what a function returns, when returning is all it does.
func (e *evaluator) returned(m *configModule, f *script.Func, at source.Span) *setting {
	switch {
	case f.Async || f.Generator:
	case f.Result != nil:
		return e.value(m, f.Result)
	case len(f.Body) == 1:
		if r, ok := f.Body[0].(*script.Return); ok && r.X != nil {
			return e.value(m, r.X)
		}
	}
	return &setting{at: at}
}

// called is a configuration: the value, or what it returns where it is a function.
func (e *evaluator) called(m *configModule, s *setting, x script.Expr) *setting {
	if f, ok := x.(*script.Func); ok && s.kind == functionSetting {
		return e.returned(m, f, s.at)
	}
	return s
}

// isIdentity tells of the functions that only give a configuration its type.
func isIdentity(name string) bool {
	switch name {
	case "defineAppConfig", "definePageConfig", "defineManifestConfig", "defineUniPages", "Object.freeze":
		return true
	}
	return false
}
