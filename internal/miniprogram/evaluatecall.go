package miniprogram

// What calls in a configuration give: merges and concatenations, and the project's own
// functions that only return something.

import (
	"maps"
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
	if of, ok := x.Callee.(*script.Member); ok && (of.Name == "concat" || of.Name == "map") {
		if s := e.value(m, of.Object); s.kind == listSetting {
			if of.Name == "concat" {
				return e.concat(m, s, x.Args)
			}
			return e.mapped(m, s, x.Args)
		}
	}
	return e.result(m, x)
}

// mapped is what a function makes of each item of a list.
func (e *evaluator) mapped(m *configModule, s *setting, args []script.Expr) *setting {
	if len(args) == 0 {
		return &setting{at: s.at}
	}
	home, f := e.function(m, args[0])
	if f == nil {
		return &setting{at: s.at}
	}
	out := &setting{kind: listSetting, open: s.open} // with no place: what is added there is not what comes out
	for _, item := range s.items {
		out.items = append(out.items, e.applied(home, f, []*setting{item}, f == args[0], s.at))
	}
	return out
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

// result is what a function of the project returns for what it is given, when that is all it does.
func (e *evaluator) result(m *configModule, x *script.Call) *setting {
	at := m.program.Span(x)
	home, f := e.function(m, x.Callee)
	if f == nil {
		return &setting{at: at}
	}
	args := make([]*setting, len(x.Args))
	for i, a := range x.Args {
		args[i] = e.value(m, a)
	}
	return e.applied(home, f, args, f == x.Callee, at)
}

// function is the function that an expression stands for, with the module that holds its code; nil when it is none that
// can be found.
func (e *evaluator) function(m *configModule, x script.Expr) (*configModule, *script.Func) {
	for range 8 {
		switch n := x.(type) {
		case *script.Func:
			return m, n
		case *script.Ident:
			if l, ok := m.imports[n.Name]; ok && l.imported != "*" {
				return e.exportedFunction(e.imported(m, l.spec), l.imported)
			}
			x = m.names[n.Name]
		case *script.Member:
			space, ok := n.Object.(*script.Ident)
			if !ok {
				return nil, nil
			}
			l, ok := m.imports[space.Name]
			if !ok || l.imported != "*" {
				return nil, nil
			}
			return e.exportedFunction(e.imported(m, l.spec), n.Name)
		default:
			return nil, nil
		}
	}
	return nil, nil
}

func (e *evaluator) exportedFunction(m *configModule, name string) (*configModule, *script.Func) {
	if m == nil || m.err != nil || e.spent() {
		return nil, nil
	}
	defer e.leave()
	if x := m.exports[name]; x != nil {
		return e.function(m, x)
	}
	if x := m.names[name]; x != nil { // export function f
		return e.function(m, x)
	}
	if l, ok := m.again[name]; ok {
		return e.exportedFunction(e.imported(m, l.spec), l.imported)
	}
	for _, spec := range m.stars {
		if home, f := e.exportedFunction(e.imported(m, spec), name); f != nil {
			return home, f
		}
	}
	return nil, nil
}

// applied is what a function returns for arguments. One that is written where it is given sees the parameters around it.
func (e *evaluator) applied(m *configModule, f *script.Func, args []*setting, inside bool, at source.Span) *setting {
	given := map[string]*setting{}
	outer := e.given
	if inside {
		maps.Copy(given, outer)
	}
	e.given = given
	defer func() { e.given = outer }()
	for i, param := range f.Params {
		arg := &setting{kind: nothingSetting, at: at}
		if i < len(args) {
			arg = args[i]
		}
		if with, ok := param.(*script.Assign); ok {
			param = with.Target
			if arg.kind == nothingSetting {
				arg = e.value(m, with.Value)
			}
		}
		e.give(param, arg)
	}
	return e.returned(m, f, at)
}

// give makes a value known under the names of a pattern.
func (e *evaluator) give(target script.Expr, s *setting) {
	switch target := target.(type) {
	case *script.Ident:
		e.given[target.Name] = s
	case *script.ObjectLit:
		for _, p := range target.Props {
			to, ok := p.Value.(*script.Ident)
			if !ok || p.Kind != script.PropInit || p.Computed != nil {
				continue
			}
			part := s.get(p.Name)
			if part == nil {
				part = &setting{at: s.at}
			}
			e.given[to.Name] = part
		}
	}
}

// returned is what a function returns, when all that it does before is to give names to values.
func (e *evaluator) returned(m *configModule, f *script.Func, at source.Span) *setting {
	if f.Async || f.Generator {
		return &setting{at: at}
	}
	if f.Result != nil {
		return e.value(m, f.Result)
	}
	outer := e.given
	e.given = maps.Clone(outer)
	if e.given == nil {
		e.given = map[string]*setting{}
	}
	defer func() { e.given = outer }()
	for _, s := range f.Body {
		switch s := s.(type) {
		case *script.VarDecl:
			for _, d := range s.Decls {
				if d.Value != nil {
					e.give(d.Target, e.value(m, d.Value))
				}
			}
		case *script.Return:
			if s.X == nil {
				return &setting{kind: nothingSetting, at: at}
			}
			return e.value(m, s.X)
		default:
			return &setting{at: at}
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
