package evaluation

// A module of configuration code: what its top level declares, imports, exports and adds to
// what it declared.

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Module is a file of configuration code.
type Module struct {
	code    *miniprogram.Script
	Program *script.Program
	Err     *script.SyntaxError
	// names are what its top level declares; imports what it imports.
	names   map[string]script.Expr
	imports map[string]scan.Local
	exports map[string]script.Expr
	stars   []string
	again   map[string]scan.Local // export { a as b } from 'x'
	last    script.Expr           // the value of the last plain assignment
	// patches are what statements add to a declared object: config.permission = {...}
	patches map[string][]patch
}

// patch is an entry that a statement gives to an object, under the conditions it stands in.
type patch struct {
	key   string
	keyAt script.Loc
	value script.Expr
	tests []test
}

// test is a condition, or with not set its opposite.
type test struct {
	x   script.Expr
	not bool
}

// NewModule parses a file of configuration code; what is wrong with it is in Err.
func NewModule(code *miniprogram.Script) *Module {
	m := &Module{
		code: code, names: map[string]script.Expr{}, imports: map[string]scan.Local{}, exports: map[string]script.Expr{}, again: map[string]scan.Local{},
		patches: map[string][]patch{},
	}
	m.Program, m.Err = script.Parse(code.File, code.Text, code.Dialect)
	if m.Err != nil {
		return m
	}
	for _, s := range m.Program.Body {
		m.statement(s)
		m.patch(s, nil)
	}
	return m
}

// patch notes what a statement adds to declared objects, also under conditions.
func (m *Module) patch(s script.Stmt, tests []test) {
	if len(tests) > 16 {
		return
	}
	switch s := s.(type) {
	case *script.Block:
		for _, inner := range s.Body {
			m.patch(inner, tests)
		}
	case *script.If:
		m.patch(s.Then, append(slices.Clone(tests), test{s.Test, false}))
		if s.Else != nil {
			m.patch(s.Else, append(slices.Clone(tests), test{s.Test, true}))
		}
	case *script.ExprStmt:
		a, ok := s.X.(*script.Assign)
		if !ok || a.Op != "=" {
			return
		}
		if to, ok := a.Target.(*script.Member); ok {
			if object, ok := to.Object.(*script.Ident); ok {
				m.patches[object.Name] = append(m.patches[object.Name], patch{to.Name, to.NameLoc, a.Value, tests})
			}
		}
	}
}

// statement notes what a statement of the top level declares.
func (m *Module) statement(s script.Stmt) {
	switch s := s.(type) {
	case *script.VarDecl:
		m.declare(s)
	case *script.FuncDecl:
		if s.Func.Name != nil {
			m.names[s.Func.Name.Name] = s.Func
		}
	case *script.Import:
		for _, n := range s.Names {
			m.imports[n.Local] = scan.Local{Name: n.Local, Imported: n.Imported, Spec: s.From}
		}
	case *script.Export:
		m.export(s)
	case *script.ExprStmt:
		m.assignment(s.X)
	}
}

func (m *Module) declare(d *script.VarDecl) {
	for _, v := range d.Decls {
		spec := required(v.Value)
		if o, ok := v.Target.(*script.ObjectLit); ok && spec != "" {
			for _, p := range o.Props { // const { resolve } = require('path')
				if to, ok := p.Value.(*script.Ident); ok && p.Kind == script.PropInit && p.Computed == nil {
					m.imports[to.Name] = scan.Local{Name: to.Name, Imported: p.Name, Spec: spec}
				}
			}
		}
		name, ok := v.Target.(*script.Ident)
		if !ok || v.Value == nil {
			continue
		}
		m.names[name.Name] = v.Value
		if spec != "" {
			m.imports[name.Name] = scan.Local{Name: name.Name, Imported: "*", Spec: spec}
		}
	}
}

// required is the specifier of require('x'), or "".
func required(x script.Expr) string {
	call, ok := x.(*script.Call)
	if !ok || len(call.Args) != 1 {
		return ""
	}
	f, ok := call.Callee.(*script.Ident)
	spec, isString := call.Args[0].(*script.String)
	if !ok || f.Name != "require" || !isString {
		return ""
	}
	return spec.Value
}

func (m *Module) export(s *script.Export) {
	switch {
	case s.Default != nil:
		m.exports["default"] = s.Default
	case s.Decl != nil:
		m.statement(s.Decl)
		if d, ok := s.Decl.(*script.VarDecl); ok {
			for _, v := range d.Decls {
				if name, ok := v.Target.(*script.Ident); ok {
					m.exports[name.Name] = v.Value
				}
			}
		}
	case s.Star && len(s.Names) == 0:
		m.stars = append(m.stars, s.From)
	case s.From != "":
		for _, n := range s.Names {
			m.again[n.Exported] = scan.Local{Name: n.Exported, Imported: n.Local, Spec: s.From}
		}
	default:
		for _, n := range s.Names {
			m.exports[n.Exported] = &script.Ident{Loc: n.Loc, Name: n.Local}
		}
	}
}

// assignment notes module.exports = x and exports.a = x.
func (m *Module) assignment(x script.Expr) {
	a, ok := x.(*script.Assign)
	if !ok || a.Op != "=" {
		return
	}
	m.last = a.Value
	switch chain := memberChain(a.Target); {
	case chain == "module.exports":
		m.exports["default"] = a.Value
		if o, ok := a.Value.(*script.ObjectLit); ok {
			for _, p := range o.Props {
				if p.Kind == script.PropInit && p.Name != "" {
					m.exports[p.Name] = p.Value
				}
			}
		}
	case len(chain) > len("exports.") && chain[:len("exports.")] == "exports.":
		m.exports[chain[len("exports."):]] = a.Value
	}
}

// memberChain is "a.b.c" for such an expression, else "".
func memberChain(x script.Expr) string {
	var parts []string
	for range 8 {
		switch n := x.(type) {
		case *script.Ident:
			out := n.Name
			for _, p := range slices.Backward(parts) {
				out += "." + p
			}
			return out
		case *script.Member:
			parts = append(parts, n.Name)
			x = n.Object
		case *script.Index:
			key, ok := n.Key.(*script.String)
			if !ok {
				return ""
			}
			parts = append(parts, key.Value)
			x = n.Object
		default:
			return ""
		}
	}
	return ""
}

// Calls reports whether a module calls one of the functions of a package.
func (m *Module) Calls(pkg string, functions ...string) bool {
	found := false
	script.WalkProgram(m.Program, func(n script.Node) bool {
		call, ok := n.(*script.Call)
		if !ok {
			return !found
		}
		name, member, _ := strings.Cut(memberChain(call.Callee), ".")
		l, imported := m.imports[name]
		if member == "" {
			member = l.Imported
		}
		found = found || imported && l.Spec == pkg && slices.Contains(functions, member)
		return !found
	})
	return found
}
