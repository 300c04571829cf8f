package flow

import "github.com/voipcheck/voipcheck/internal/script"

// A module's top level as an entry point. What it declares is there since the module was loaded, and the functions that other
// code runs close over it; what it starts is followed now.

// startAgain runs those statements of a module's top level once more that do more than declare.
func (m *machine) startAgain(k *module) {
	for _, s := range k.prog.syntax.Body {
		c := m.protect(func() completion { return m.startStatement(k, s) })
		if c.kind == cReturn {
			return
		}
	}
}

func (m *machine) startStatement(k *module, s script.Stmt) completion {
	p, e := k.prog, k.env
	switch s := s.(type) {
	case *script.VarDecl:
		m.startDeclaration(p, e, s)
	case *script.Export:
		switch d := s.Decl.(type) {
		case nil:
			m.startValue(p, e, s.Default)
		case *script.VarDecl:
			m.startDeclaration(p, e, d)
		}
	case *script.ExprStmt:
		a, ok := s.X.(*script.Assign)
		if ok && (!starts(a.Value) || isMember(a.Target)) {
			// What is put into modules and globals stays what it was.
			m.startValue(p, e, a.Value)
			return completion{}
		}
		m.eval(p, e, s.X)
	case *script.FuncDecl, *script.ClassDecl, *script.Import:
	default:
		return m.exec(p, e, s)
	}
	return completion{}
}

// startDeclaration evaluates what variables are given; only those that may be assigned get it again.
func (m *machine) startDeclaration(p *program, e *env, s *script.VarDecl) {
	for _, d := range s.Decls {
		if d.Value == nil || !starts(d.Value) {
			continue
		}
		v := m.eval(p, e, d.Value)
		if id, ok := d.Target.(*script.Ident); ok && s.Kind != "const" {
			m.bind(p, e, id, v, bindAssign)
		}
	}
}

func (m *machine) startValue(p *program, e *env, x script.Expr) {
	if x != nil && starts(x) {
		m.eval(p, e, x)
	}
}

func isMember(x script.Expr) bool {
	switch x.(type) {
	case *script.Member, *script.Index:
		return true
	}
	return false
}

// starts reports whether evaluating an expression runs something.
func starts(x script.Expr) bool {
	found := false
	script.Walk(x, func(n script.Node) bool {
		switch n.(type) {
		case *script.Func:
			return false
		case *script.Call, *script.New, *script.Await, *script.ImportCall, *script.Class:
			found = true
		}
		return !found
	})
	return found
}
