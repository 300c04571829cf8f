package flow

// Loops.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// loopEnd tells what the ending of a loop's body means for the loop: done, with the completion to return.
func loopEnd(c completion, label string) (out completion, done bool) {
	switch c.kind {
	case cBreak:
		if c.label == "" || c.label == label {
			return completion{}, true
		}
		return c, true
	case cContinue:
		if c.label == "" || c.label == label {
			return completion{}, false
		}
		return c, true
	case cReturn, cThrow:
		return c, true
	}
	return completion{}, false
}

// endlessAfter, which bounds nothing, is after how many turns it is looked whether a loop can end.
const endlessAfter = 2

func (m *machine) forStmt(p *program, e *env, s *script.For, label string) completion {
	scope := e
	decl, fresh := s.Init.(*script.VarDecl)
	if fresh && decl.Kind != "var" {
		scope = &env{parent: e, seq: m.event()}
		m.hoistBlock(p, scope, []script.Stmt{s.Init})
	} else {
		fresh = false
	}
	if s.Init != nil {
		m.exec(p, scope, s.Init)
	}
	open := openLoop{}
	for n := 0; ; n++ {
		if s.Test != nil {
			test := m.truth(p, scope, s.Test)
			if m.loopTest(p, scope, test, s.Body, &open) {
				return completion{}
			}
		}
		if n == endlessAfter && m.a.neverEnds(s.Test, s.Post, s.Body) {
			m.hangs(p, s.Body)
		}
		if m.goneRound(n, p, scope, s, s.Test, s.Post, s.Body) {
			return completion{}
		}
		c := m.exec(p, scope, s.Body)
		if out, done := loopEnd(c, label); done {
			return out
		}
		if fresh {
			// Each turn has variables of its own.
			next := &env{parent: e, seq: m.event()}
			for name, c := range scope.vars.all() {
				m.declare(next, name, m.read(c)).seq = c.seq // for whoever looks what changes from one turn to the next
			}
			scope = next
		}
		if s.Post != nil {
			m.eval(p, scope, s.Post)
		}
	}
}

// goneRound reports whether a loop is left after so many turns. What a loop that only computes would go on to write is open then; the path of
// one that does more ends.
func (m *machine) goneRound(turns int, p *program, e *env, loop script.Node, parts ...script.Node) bool {
	if turns == m.most(boundQuietTurns) && !m.a.relevant(p, loop) && m.writesOnly(p, e, parts...) {
		m.havoc(p, e, m.gaveUp(boundQuietTurns, head(p, loop), p.span(loop)), parts...)
		return true
	}
	if turns >= m.most(boundTurns) {
		m.endAt(boundTurns, head(p, loop), p.span(loop))
	}
	return false
}

// head is the beginning of a piece of code, to name it by.
func head(p *program, n script.Node) string {
	line, _, _ := strings.Cut(p.span(n).Text(), "\n")
	return shorten(strings.TrimSuffix(strings.TrimSpace(line), "{"))
}

// loopTest decides whether a loop goes on; a loop of which that is not known goes round a few times.
func (m *machine) loopTest(p *program, e *env, test value, body script.Stmt, open *openLoop) (end bool) {
	unsure := m.undecided(test)
	switch m.branch(test, p, e, body) {
	case triNo:
		return true
	case triYes:
		if unsure {
			m.round(open, e)
		}
		return false
	}
	m.stash(m.weakStatement(func() completion { return m.exec(p, e, body) }))
	return true
}

func (m *machine) while(p *program, e *env, test script.Expr, body script.Stmt, label string, first bool) completion {
	open := openLoop{}
	for n := 0; ; n++ {
		if !first {
			v := m.truth(p, e, test)
			if m.loopTest(p, e, v, body, &open) {
				return completion{}
			}
		}
		first = false
		if n == endlessAfter && m.a.neverEnds(test, nil, body) {
			m.hangs(p, body)
		}
		if m.goneRound(n, p, e, body, test, body) {
			return completion{}
		}
		c := m.exec(p, e, body)
		if out, done := loopEnd(c, label); done {
			return out
		}
	}
}

func (m *machine) forIn(p *program, e *env, s *script.ForIn, label string) completion {
	over := m.eval(p, e, s.X)
	if s.Of {
		m.iterable(over, p.span(s.X))
	}
	turn := func(v value) completion {
		scope := &env{parent: e, seq: m.event()}
		mode := bindAssign
		if s.Decl != "" && s.Decl != "var" {
			mode = bindDeclare
		}
		m.bind(p, scope, s.Target, v, mode)
		return m.exec(p, scope, s.Body)
	}
	var items []value
	var ok bool
	if s.Of {
		over = m.known(over)
		if next := m.stepper(over, s.Await); next != nil {
			for n := 0; ; n++ {
				v, more := next()
				if !more {
					return completion{}
				}
				if m.goneRound(n, p, e, s, s.Body) {
					return completion{}
				}
				if out, done := loopEnd(turn(v), label); done {
					return out
				}
			}
		}
		items, ok = m.list(over)
	} else {
		items, ok = m.keyList(over)
	}
	for i, v := range items {
		if m.goneRound(i, p, e, s, s.Body) {
			return completion{}
		}
		if s.Await {
			v = m.awaitExpr(v)
		}
		if out, done := loopEnd(turn(v), label); done {
			return out
		}
	}
	if ok {
		return completion{}
	}
	item := func() completion {
		v := m.unknown(causeOf(over))
		if s.Await {
			v = m.awaitExpr(v)
		}
		return turn(v)
	}
	if m.joined() || !m.a.matters(m, p, e, []script.Node{s.Body}) {
		c := m.weakStatement(item)
		m.stash(c)
		return completion{}
	}
	if m.choose(2) == 1 {
		return completion{}
	}
	out, _ := loopEnd(item(), label)
	return out
}

func (m *machine) labeled(p *program, e *env, s *script.Labeled) completion {
	switch body := s.Body.(type) {
	case *script.For:
		return m.forStmt(p, e, body, s.Label)
	case *script.ForIn:
		return m.forIn(p, e, body, s.Label)
	case *script.While:
		return m.while(p, e, body.Test, body.Body, s.Label, false)
	case *script.DoWhile:
		return m.while(p, e, body.Test, body.Body, s.Label, true)
	}
	c := m.exec(p, e, s.Body)
	if c.kind == cBreak && c.label == s.Label {
		return completion{}
	}
	return c
}
