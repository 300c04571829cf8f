package flow

import (
	"github.com/voipcheck/voipcheck/internal/script"
)

// completionKind is how a statement ended.
type completionKind uint8

const (
	cNormal completionKind = iota
	cReturn
	cBreak
	cContinue
	cThrow
)

// completion is how a statement ended, with its value or label.
type completion struct {
	kind  completionKind
	val   value
	label string
}

func (m *machine) statements(p *program, e *env, list []script.Stmt) completion {
	for _, s := range list {
		if c := m.exec(p, e, s); c.kind != cNormal {
			return c
		}
	}
	return completion{}
}

// exec runs a statement.
func (m *machine) exec(p *program, e *env, s script.Stmt) completion {
	m.tick()
	m.nest++
	if m.nest > m.most(boundNesting) {
		m.end(boundNesting)
	}
	at := s.Range().Start
	m.mark(p, at, beganStatement)
	c := m.execNode(p, e, s)
	m.nest--
	if c.kind == cNormal {
		m.mark(p, at, endedStatement)
	}
	return c
}

func (m *machine) execNode(p *program, e *env, s script.Stmt) completion {
	switch s := s.(type) {
	case *script.ExprStmt:
		m.eval(p, e, s.X)
	case *script.VarDecl:
		m.varDecl(p, e, s)
	case *script.ClassDecl:
		v := m.class(p, e, s.Class, "")
		if s.Class.Name != nil {
			m.initialize(e, s.Class.Name.Name, v)
		}
	case *script.Return:
		return completion{kind: cReturn, val: m.eval(p, e, s.X)}
	case *script.If:
		return m.ifStmt(p, e, s)
	case *script.For:
		return m.forStmt(p, e, s, "")
	case *script.ForIn:
		return m.forIn(p, e, s, "")
	case *script.While:
		return m.while(p, e, s.Test, s.Body, "", false)
	case *script.DoWhile:
		return m.while(p, e, s.Test, s.Body, "", true)
	case *script.Break:
		return completion{kind: cBreak, label: s.Label}
	case *script.Continue:
		return completion{kind: cContinue, label: s.Label}
	case *script.Throw:
		m.throw(m.failing(m.eval(p, e, s.X)))
	case *script.Try:
		return m.try(p, e, s)
	case *script.Switch:
		return m.switchStmt(p, e, s)
	case *script.Block:
		return m.block(p, e, s.Body)
	case *script.Labeled:
		return m.labeled(p, e, s)
	case *script.Export:
		m.export(p, e, s)
	}
	return completion{}
}

func (m *machine) block(p *program, e *env, body []script.Stmt) completion {
	if p.declares(body) {
		e = &env{parent: e, seq: m.event()}
		if m.serial != 0 {
			e.made = birth{file: p.syntax.File, at: body[0].Range().Start, call: m.calling()}
		}
		m.hoistBlock(p, e, body)
	}
	return m.statements(p, e, body)
}

func (m *machine) varDecl(p *program, e *env, s *script.VarDecl) {
	for _, d := range s.Decls {
		if d.Value == nil {
			if id, ok := d.Target.(*script.Ident); ok && s.Kind != "var" {
				m.initialize(e, id.Name, undefined)
			}
			continue
		}
		v := m.evalNamed(p, e, d.Value, d.Target)
		if s.Kind == "const" && m.renders() {
			v = m.stayLive(v, m.anew(p, e, d.Value))
		}
		switch s.Kind {
		case "var":
			m.bind(p, e, d.Target, v, bindAssign)
		case "const":
			if m.serial == 0 && waits(d.Value) {
				// What it waits for is known when the module is followed as an entry point.
				m.bind(p, e, d.Target, v, bindInit)
				continue
			}
			m.bind(p, e, d.Target, v, bindConst)
		default:
			m.bind(p, e, d.Target, v, bindInit)
		}
	}
}

// evalNamed evaluates a function or class that takes its name from where it is put.
func (m *machine) evalNamed(p *program, e *env, x script.Expr, target script.Expr) value {
	name := ""
	switch t := target.(type) {
	case *script.Ident:
		name = t.Name
	case *script.Member:
		name = t.Name
	}
	switch x := x.(type) {
	case *script.Func:
		m.tick()
		return m.functionExpr(p, e, x, name)
	case *script.Class:
		return m.class(p, e, x, name)
	}
	return m.eval(p, e, x)
}

func (m *machine) ifStmt(p *program, e *env, s *script.If) completion {
	parts := []script.Node{s.Then}
	if s.Else != nil {
		parts = append(parts, s.Else)
	}
	test := m.test(p, e, s.Test, parts)
	answer := m.branch(test, p, e, parts...)
	m.a.takes(s, answer)
	switch answer {
	case triYes:
		m.noteBranch(p, s.Test, test, true)
		return m.exec(p, e, s.Then)
	case triNo:
		m.noteBranch(p, s.Test, test, false)
		if s.Else != nil {
			return m.exec(p, e, s.Else)
		}
		return completion{}
	}
	var otherwise func() completion
	if s.Else != nil {
		otherwise = func() completion { return m.exec(p, e, s.Else) }
	}
	then := func() completion { return m.exec(p, e, s.Then) }
	if m.renders() {
		return m.renderIf(p, e, s.Test, then, otherwise)
	}
	return m.bothWays(then, otherwise)
}

// try runs a try statement. Exceptions travel as Go panics between calls and as completions within a function.
func (m *machine) try(p *program, e *env, s *script.Try) completion {
	c := m.protect(func() completion { return m.block(p, e, s.Body.Body) })
	if c.kind == cThrow && s.Catch != nil {
		from := m.failureOf(c.val)
		if from != nil {
			m.crediting(from, c.val, func() { m.caughtBy(from, s.Catch.Body, p, e, s.Catch) })
			m.ctx.failing = from
		}
		thrown := c.val
		c = m.protect(func() completion {
			scope := &env{parent: e, seq: m.event()}
			if s.Param != nil {
				m.bind(p, scope, s.Param, thrown, bindDeclare)
			}
			return m.block(p, scope, s.Catch.Body)
		})
		if c.kind != cThrow {
			m.ctx.failing = nil
		}
	}
	if s.Finally != nil {
		if f := m.protect(func() completion { return m.block(p, e, s.Finally.Body) }); f.kind != cNormal {
			c = f
		}
	}
	if c.kind == cThrow {
		m.throw(c.val)
	}
	return c
}

// protect runs f and turns an exception into a completion.
func (m *machine) protect(f func() completion) (c completion) {
	nest, depth, frames, join, weak, together, hosted := m.nest, m.depth, m.frames, m.join, m.weak, m.together, m.hosted
	defer func() {
		if t := m.thrown; t != nil {
			_ = recover()
			m.thrown, m.hosted = nil, hosted
			m.nest, m.depth, m.frames, m.join, m.weak, m.together = nest, depth, frames, join, weak, together
			c = completion{kind: cThrow, val: t.val}
		}
	}()
	return f()
}

func (m *machine) switchStmt(p *program, e *env, s *script.Switch) completion {
	v := m.known(m.eval(p, e, s.X))
	if v.kind == kSymbol && v.sym.root != nil && m.serial != 0 && v.sym.root.tells(m.mask(v.sym.root)) {
		// What is learned from knowing which it is, as that the code runs in DevTools, holds wherever the switch stands.
		v = v.sym.vals[m.pick(v.sym.root, m.mask(v.sym.root))]
	}
	var all []script.Stmt
	for _, c := range s.Cases {
		all = append(all, c.Body...)
	}
	if p.declares(all) {
		e = &env{parent: e, seq: m.event()}
		m.hoistBlock(p, e, all)
	}
	from := func(i int) completion {
		for _, c := range s.Cases[i:] {
			if out := m.statements(p, e, c.Body); out.kind != cNormal {
				if out.kind == cBreak && out.label == "" {
					return completion{}
				}
				return out
			}
		}
		return completion{}
	}
	fallback := -1
	var open []int
	for i, c := range s.Cases {
		if c.Test == nil {
			fallback = i
			continue
		}
		equal := m.equals(v, m.eval(p, e, c.Test), true)
		if equal.kind == kSymbol {
			open = append(open, i)
			continue
		}
		if equal.constTruth() && len(open) == 0 {
			m.passEmptyHandler(p, e, s, i)
			return from(i)
		}
	}
	if len(open) == 0 {
		if fallback >= 0 {
			return from(fallback)
		}
		return completion{}
	}
	// Which case it is is not known: any of the open ones, or none.
	ways := append(open, fallback)
	var parts []script.Node
	for _, s := range all {
		parts = append(parts, s)
	}
	run := func(i int) completion {
		if i < 0 {
			return completion{}
		}
		return from(i)
	}
	if m.joined() || !m.a.matters(m, p, e, parts) {
		out := completion{}
		for _, i := range ways {
			m.underCase(p, e, s, i, func() {
				m.stash(m.weakStatement(func() completion { return run(i) }))
			})
		}
		return out
	}
	return run(ways[m.choose(len(ways))])
}
