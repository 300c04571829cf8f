package flow

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// A module's top level as an entry point. What it declares is there since the module was loaded, and the functions that other
// code runs close over it; what it starts is followed now.

// startAgain runs those statements of a module's top level once more that do more than declare.
func (m *machine) startAgain(k *module) {
	for _, s := range k.prog.syntax.Body {
		if k.stop.at.File != nil && k.stopped == nil {
			return
		}
		c := m.protect(func() completion { return m.startStatement(k.prog, k.env, s) })
		if c.kind == cReturn || s == k.stopped {
			return
		}
	}
}

// keepScope keeps the scope of a function that was called while the program is loaded, a composable for one: what it made
// is there for good, and what it does is followed with the entry point that calls it again.
func (m *machine) keepScope(c *closure, scope *env, fr *frame, out value) {
	if m.serial != 0 || fr == nil || fr.env == nil || m.a.aside || out.isPromise() || !m.relevantCall(c, scope.given()) {
		return
	}
	if fr.env.loaded == nil {
		fr.env.loaded = map[script.Node]*env{}
	}
	fr.env.loaded[fr.call] = scope
}

// loadedScope is the scope that a call made while the program was loaded, nil when it made none.
func (m *machine) loadedScope(c *closure, fr *frame) *env {
	if m.serial == 0 || fr == nil || fr.env == nil || fr.env.loaded == nil {
		return nil
	}
	if scope := fr.env.loaded[fr.call]; scope != nil && scope.parent == c.env {
		return scope
	}
	return nil
}

// runAgain runs the body of a function once more in the scope that it made while the program was loaded.
func (m *machine) runAgain(c *closure, scope *env) value {
	p := c.prog
	if c.node.Result != nil {
		return m.eval(p, scope, c.node.Result)
	}
	for _, s := range c.node.Body {
		switch out := m.startStatement(p, scope, s); out.kind {
		case cReturn:
			return m.returned(out.val)
		case cThrow:
			m.throw(out.val)
		}
	}
	return m.returned(undefined)
}

// startWaiting is startAgain for a module whose top level awaits something: each await lets the rest run later, and one
// that is rejected keeps it from running.
func (m *machine) startWaiting(k *module) {
	p, _ := m.newPromise()
	m.drive(m.newCoroutine(func(*coroutine) completion {
		for _, s := range k.prog.syntax.Body {
			if c := m.startStatement(k.prog, k.env, s); c.kind == cReturn {
				break
			}
		}
		m.setUp(k)
		return completion{}
	}), p, resumption{})
}

// waits reports whether a module's top level awaits something.
func (k *module) waits() bool {
	for _, s := range k.prog.syntax.Body {
		if waits(s) {
			return true
		}
	}
	return false
}

// withoutWaiting lists the statements that are run to load a module. What comes after an await happens later, when the
// module is followed as an entry point: only what is declared there, and the hooks that are registered, are known before.
func (k *module) withoutWaiting() []script.Stmt {
	list := k.prog.syntax.Body
	for n, s := range list {
		if !waits(s) {
			continue
		}
		out := list[:n:n]
		for _, s := range list[n:] {
			switch s := s.(type) {
			case *script.VarDecl, *script.FuncDecl, *script.ClassDecl, *script.Import, *script.Export:
				out = append(out, s)
			case *script.ExprStmt:
				if _, hook := s.X.(*script.Call); hook {
					out = append(out, s)
				}
			}
		}
		return out
	}
	return list
}

// waits reports whether running a node awaits something.
func waits(n script.Node) bool {
	found := false
	script.Walk(n, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			return false
		case *script.Await:
			found = true
		case *script.ForIn:
			found = found || n.Await
		}
		return !found
	})
	return found
}

// afterSetup is the event by which the end of a <script setup> is known that awaits something.
const afterSetup = "\x00setup"

// setUp notes what holds at the end of a module's top level that awaits something: a component is shown after that.
func (m *machine) setUp(k *module) {
	if k.unit == nil || m.entry == nil || m.entry.orphan {
		return
	}
	ctx := m.ctx
	ctx.failing = nil
	at := triggerKey{k.unit, afterSetup}
	m.a.now.raise(at, raised{start{ctx: ctx}, at.event, m.entry.at})
}

// shownStarts tells what may hold when a component is shown, so that its template's handlers can run.
func (a *analysis) shownStarts(u *miniprogram.Unit, starts []start) []start {
	if k := a.modules[u.Script]; k != nil && k.calls && u.Script.Setup && k.waits() {
		return a.triggers[triggerKey{u, afterSetup}]
	}
	return starts
}

func (m *machine) startStatement(p *program, e *env, s script.Stmt) completion {
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

// startDeclaration evaluates what variables are given; only those that may be assigned get it again, those that wait for it,
// and promises, which are of this run.
func (m *machine) startDeclaration(p *program, e *env, s *script.VarDecl) {
	for _, d := range s.Decls {
		if d.Value == nil || !starts(d.Value) {
			continue
		}
		v := m.eval(p, e, d.Value)
		id, one := d.Target.(*script.Ident)
		switch {
		case one && s.Kind != "const", waits(d.Value):
			m.bind(p, e, d.Target, v, bindAssign)
		case one && v.isPromise():
			if c := e.lookup(id.Name); c != nil {
				c.frozen = false
				m.assign(c, v)
				c.frozen = true
			}
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
