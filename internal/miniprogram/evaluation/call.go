package evaluation

// What calls in a configuration give: merges and concatenations, and the project's own
// functions that only return something.

import (
	"maps"
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// call evaluates the few calls that configurations are made of.
func (e *Evaluator) call(m *Module, x *script.Call) *configuration.Value {
	at := m.Program.Span(x)
	if s := e.pathValue(m, x); s != nil {
		return s
	}
	switch chain := memberChain(x.Callee); {
	case slices.Contains(e.identities, chain) && len(x.Args) > 0:
		return e.configured(m, e.Value(m, x.Args[0]), x.Args[0])
	case chain == "Object.assign":
		s := &configuration.Value{Kind: configuration.Object, At: at}
		for _, a := range x.Args {
			s.Spread(e.Value(m, a))
		}
		return s
	case chain == "require" && len(x.Args) == 1:
		if spec, ok := x.Args[0].(*script.String); ok {
			return e.importedName(m, scan.Local{Name: "", Imported: "*", Spec: spec.Value})
		}
	}
	if of, ok := x.Callee.(*script.Member); ok && (of.Name == "concat" || of.Name == "map") {
		if s := e.Value(m, of.Object); s.Kind == configuration.List {
			if of.Name == "concat" {
				return e.concat(m, s, x.Args)
			}
			return e.mapped(m, s, x.Args)
		}
	}
	return e.result(m, x)
}

// mapped is what a function makes of each item of a list.
func (e *Evaluator) mapped(m *Module, s *configuration.Value, args []script.Expr) *configuration.Value {
	if len(args) == 0 {
		return &configuration.Value{At: s.At}
	}
	home, f := e.function(m, args[0])
	if f == nil {
		return &configuration.Value{At: s.At}
	}
	out := &configuration.Value{Kind: configuration.List, Open: s.Open} // with no place: what is added there is not what comes out
	for _, item := range s.Items {
		out.Items = append(out.Items, e.applied(home, f, []*configuration.Value{item}, f == args[0], s.At))
	}
	return out
}

func (e *Evaluator) concat(m *Module, s *configuration.Value, args []script.Expr) *configuration.Value {
	out := &configuration.Value{Kind: configuration.List, At: s.At, Items: slices.Clone(s.Items), Open: s.Open}
	for _, a := range args {
		switch v := e.Value(m, a); v.Kind {
		case configuration.List:
			out.Items = append(out.Items, v.Items...)
			out.Open = out.Open || v.Open
		case configuration.Unknown:
			out.Open = true
		default:
			out.Items = append(out.Items, v)
		}
	}
	return out
}

// result is what a function of the project returns for what it is given, when that is all it does.
func (e *Evaluator) result(m *Module, x *script.Call) *configuration.Value {
	at := m.Program.Span(x)
	home, f := e.function(m, x.Callee)
	if f == nil {
		return &configuration.Value{At: at}
	}
	args := make([]*configuration.Value, len(x.Args))
	for i, a := range x.Args {
		args[i] = e.Value(m, a)
	}
	return e.applied(home, f, args, f == x.Callee, at)
}

// function is the function that an expression stands for, with the module that holds its code; nil when it is none that
// can be found.
func (e *Evaluator) function(m *Module, x script.Expr) (*Module, *script.Func) {
	for range 8 {
		switch n := x.(type) {
		case *script.Func:
			return m, n
		case *script.Ident:
			if l, ok := m.imports[n.Name]; ok && l.Imported != "*" {
				return e.exportedFunction(e.imported(m, l.Spec), l.Imported)
			}
			x = m.names[n.Name]
		case *script.Member:
			space, ok := n.Object.(*script.Ident)
			if !ok {
				return nil, nil
			}
			l, ok := m.imports[space.Name]
			if !ok || l.Imported != "*" {
				return nil, nil
			}
			return e.exportedFunction(e.imported(m, l.Spec), n.Name)
		default:
			return nil, nil
		}
	}
	return nil, nil
}

func (e *Evaluator) exportedFunction(m *Module, name string) (*Module, *script.Func) {
	if m == nil || m.Err != nil || e.spent() {
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
		return e.exportedFunction(e.imported(m, l.Spec), l.Imported)
	}
	for _, spec := range m.stars {
		if home, f := e.exportedFunction(e.imported(m, spec), name); f != nil {
			return home, f
		}
	}
	return nil, nil
}

// applied is what a function returns for arguments. One that is written where it is given sees the parameters around it.
func (e *Evaluator) applied(m *Module, f *script.Func, args []*configuration.Value, inside bool, at source.Span) *configuration.Value {
	given := map[string]*configuration.Value{}
	outer := e.given
	if inside {
		maps.Copy(given, outer)
	}
	e.given = given
	defer func() { e.given = outer }()
	for i, param := range f.Params {
		arg := &configuration.Value{Kind: configuration.Nothing, At: at}
		if i < len(args) {
			arg = args[i]
		}
		if with, ok := param.(*script.Assign); ok {
			param = with.Target
			if arg.Kind == configuration.Nothing {
				arg = e.Value(m, with.Value)
			}
		}
		e.give(param, arg)
	}
	return e.returned(m, f, at)
}

// give makes a value known under the names of a pattern.
func (e *Evaluator) give(target script.Expr, s *configuration.Value) {
	switch target := target.(type) {
	case *script.Ident:
		e.given[target.Name] = s
	case *script.ObjectLit:
		for _, p := range target.Props {
			to, ok := p.Value.(*script.Ident)
			if !ok || p.Kind != script.PropInit || p.Computed != nil {
				continue
			}
			part := s.Get(p.Name)
			if part == nil {
				part = &configuration.Value{At: s.At}
			}
			e.given[to.Name] = part
		}
	}
}

// returned is what a function returns, when all that it does before is to give names to values.
func (e *Evaluator) returned(m *Module, f *script.Func, at source.Span) *configuration.Value {
	if f.Async || f.Generator {
		return &configuration.Value{At: at}
	}
	if f.Result != nil {
		return e.Value(m, f.Result)
	}
	outer := e.given
	e.given = maps.Clone(outer)
	if e.given == nil {
		e.given = map[string]*configuration.Value{}
	}
	defer func() { e.given = outer }()
	for _, s := range f.Body {
		switch s := s.(type) {
		case *script.VarDecl:
			for _, d := range s.Decls {
				if d.Value != nil {
					e.give(d.Target, e.Value(m, d.Value))
				}
			}
		case *script.Return:
			if s.X == nil {
				return &configuration.Value{Kind: configuration.Nothing, At: at}
			}
			return e.Value(m, s.X)
		default:
			return &configuration.Value{At: at}
		}
	}
	return &configuration.Value{At: at}
}

// configured is a configuration: the value, or what it returns where it is a function.
func (e *Evaluator) configured(m *Module, s *configuration.Value, x script.Expr) *configuration.Value {
	if f, ok := x.(*script.Func); ok && s.Kind == configuration.Function {
		return e.returned(m, f, s.At)
	}
	return s
}
