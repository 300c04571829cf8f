package flow

import (
	"maps"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// What a template shows under a condition can be used only while the condition holds.

// gate reports whether an entry point can run on this way: whether what it begins with is shown.
type gate func(m *machine) bool

// bindingGate is the gate of a handler that is bound in several places; nil when one of them is always shown.
func (a *analysis) bindingGate(i *instance, places []miniprogram.Guards) gate {
	var ways []gate
	for _, s := range places {
		if len(s.When) == 0 {
			return nil
		}
		ways = append(ways, conditionsGate(i, s))
	}
	return a.anyGate(ways)
}

// anyGate is open where one of several gates is; nil when there are none, or too many to be told apart.
func (a *analysis) anyGate(ways []gate) gate {
	if len(ways) == 0 || len(ways) > a.most(boundGates) {
		return nil
	}
	return func(m *machine) bool { return ways[m.choose(len(ways))](m) }
}

// conditionsGate is open where all conditions around a place in an instance's template hold.
func conditionsGate(i *instance, s miniprogram.Guards) gate {
	return func(m *machine) bool {
		for _, c := range s.When {
			if !m.holds(i, c, s.Locals) {
				return false
			}
		}
		return true
	}
}

// unitGate is the gate of a component: the places where it is used. With exists only those conditions count without which it
// would not be there; what is merely hidden has its lifecycle.
func (a *analysis) unitGate(u *miniprogram.Unit, exists bool, depth int) gate {
	if u.Kind != miniprogram.ComponentUnit || depth > a.most(boundNestedUses) {
		return nil
	}
	var ways []gate
	for _, user := range a.users[u] {
		i, t := a.instances[user], user.Template
		if i == nil || t == nil || t.Unread {
			return nil
		}
		outer := a.unitGate(user, exists, depth+1)
		for _, use := range t.Uses {
			if use.Component != u {
				continue
			}
			s := use.Guards
			if exists {
				s.When = existing(s.When)
			}
			if len(s.When) == 0 && outer == nil {
				return nil
			}
			inner := conditionsGate(i, s)
			ways = append(ways, func(m *machine) bool { return (outer == nil || outer(m)) && inner(m) })
		}
	}
	return a.anyGate(ways)
}

func existing(list []miniprogram.Condition) []miniprogram.Condition {
	var out []miniprogram.Condition
	for _, c := range list {
		if c.Exists {
			out = append(out, c)
		}
	}
	return out
}

// gatesOf lists those gates that there are.
func gatesOf(list ...gate) []gate {
	var out []gate
	for _, g := range list {
		if g != nil {
			out = append(out, g)
		}
	}
	return out
}

// pass reports whether the entry point can run on this way.
func (m *machine) pass(e *entry) bool {
	for _, g := range e.gates {
		if !m.a.ungated[e.key()] && !g(m) {
			m.closed = true
			return false
		}
	}
	if len(e.gates) > 0 {
		m.a.now.opened = true
	}
	return true
}

// ungate makes entry points run regardless of conditions that were never found to hold: what sets them is not known then.
func (a *analysis) ungate(entries []*entry) bool {
	found := false
	for _, e := range entries {
		if key := e.key(); len(e.gates) > 0 && !a.opened[key] && !a.ungated[key] {
			a.ungated[key] = true
			found = true
		}
	}
	return found
}

// holds decides a condition of a template.
func (m *machine) holds(i *instance, c miniprogram.Condition, locals []string) bool {
	p := m.a.condition(c.Code)
	if p == nil {
		return true
	}
	return m.supposing(func() (value, bool) {
		return m.eval(p, m.markupScope(i, p, locals), conditionOf(p)), !c.Not
	})
}

// supposing decides a test that was made before the handler's code began, and reports whether it may have had the wanted
// answer. A field that nothing fills is taken to be filled: that is a fault of its own.
func (m *machine) supposing(test func() (v value, want bool)) (ok bool) {
	saved, blanks := m.state(), maps.Clone(m.blanks)
	defer func() {
		if m.thrown != nil {
			// It cannot be told.
			_ = recover()
			m.thrown = nil
			ok = true
		}
		ctx := m.ctx
		m.restore(saved)
		m.ctx, m.blanks = ctx, blanks
		m.ctx.supposed = saved.ctx.supposed
	}()
	v, want := test()
	if m.undecided(v) && !m.telling(v) {
		return true // nothing follows from how it turns out
	}
	answer := m.decide(v)
	return answer == triBoth || (answer == triYes) == want
}

// condition is the program of a template's condition; nil when it is no expression.
func (a *analysis) condition(s *miniprogram.Script) *program {
	if p, known := a.programs[s]; known {
		return p
	}
	syntax, err := script.Parse(s.File, s.Text, s.Dialect)
	if err != nil || len(syntax.Body) != 1 {
		a.programs[s] = nil
		return nil
	}
	if _, ok := syntax.Body[0].(*script.ExprStmt); !ok {
		a.programs[s] = nil
		return nil
	}
	return a.adopt(syntax, s)
}

func conditionOf(p *program) script.Expr { return p.syntax.Body[0].(*script.ExprStmt).X }

// markupScope is the scope in which a condition of a template is evaluated.
func (m *machine) markupScope(i *instance, p *program, locals []string) *env {
	scope := &env{call: &activation{}, seq: m.event()}
	if i.data != i.object {
		m.fieldsOf(i, p, scope)
	} else {
		scope = m.templateScope(i)
	}
	for _, name := range locals {
		scope.vars.put(name, &cell{val: m.unknown(nil), frozen: true})
	}
	return scope
}

// fieldsOf declares the names of an expression of WXML: they are fields of the instance's data.
func (m *machine) fieldsOf(i *instance, p *program, scope *env) {
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		id, ok := n.(*script.Ident)
		if !ok || scope.vars.get(id.Name) != nil {
			return true
		}
		v := m.unknown(nil)
		if i.data.props[id.Name] != nil {
			v = m.get(ref(i.data), id.Name)
		}
		scope.vars.put(id.Name, &cell{val: v, frozen: true})
		return true
	})
}
