package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Handlers that do nothing, in the lowered forms of generators: catch (err) {} has become a part of the switch that takes the
// error from the state and goes on where the end of the try statement does.

// passEmptyHandler is told which part of a switch comes next. Where that is a handler which does nothing, the failure that
// the runtime has just caught for it is not handled: it was only swallowed.
func (m *machine) passEmptyHandler(p *program, e *env, s *script.Switch, part int) {
	if len(m.credits) == 0 {
		return
	}
	f := e.function()
	if f == nil || f.call.callee == nil || f.call.callee.fn == nil || !p.isLowered(f.call.callee.fn.node) {
		return
	}
	params := f.call.callee.fn.node.Params
	if len(params) != 1 {
		return
	}
	state, ok := params[0].(*script.Ident)
	if !ok || !doesNothing(s, part, state.Name) {
		return
	}
	for err, c := range m.credits {
		if c.task == m.taskID && c.acts == m.acts {
			seen := m.a.now.of(c.site)
			seen.handled, seen.swallowed = false, true
			delete(m.credits, err)
		}
	}
}

// doesNothing reports whether a part of the switch over a state does no more than take what was caught from the state, and
// goes on where the part before it, the end of the try statement, goes too.
func doesNothing(s *script.Switch, part int, state string) bool {
	if part == 0 {
		return false
	}
	after, ok := 0.0, false
	if part+1 < len(s.Cases) {
		after, ok = numeral(s.Cases[part+1].Test)
	}
	for _, stmt := range s.Cases[part].Body {
		switch stmt := stmt.(type) {
		case *script.ExprStmt:
			if !keepsState(stmt.X, state) {
				return false
			}
		case *script.Return:
			if after, ok = jump(stmt.X, state); !ok {
				return false
			}
		default:
			return false
		}
	}
	return ok && leadsTo(s.Cases[part-1], after, state)
}

// keepsState reports whether an expression only reads the state, keeps what it reads, or notes a number in it.
func keepsState(x script.Expr, state string) bool {
	switch x := x.(type) {
	case *script.Sequence:
		for _, one := range x.Exprs {
			if !keepsState(one, state) {
				return false
			}
		}
		return true
	case *script.Assign:
		if _, variable := x.Target.(*script.Ident); variable {
			return readsState(x.Value, state)
		}
		_, number := x.Value.(*script.Number)
		return readsState(x.Target, state) && (number || readsState(x.Value, state))
	}
	return readsState(x, state)
}

// readsState reports whether an expression is a property of the state, or what a method of it returns.
func readsState(x script.Expr, state string) bool {
	if call, ok := x.(*script.Call); ok {
		x = call.Callee
	}
	of := script.Expr(nil)
	switch x := x.(type) {
	case *script.Member:
		of = x.Object
	case *script.Index:
		of = x.Object
	}
	id, ok := of.(*script.Ident)
	return ok && id.Name == state
}

// jump reads the order to go on at another part, [3, part], and nothing else.
func jump(x script.Expr, state string) (part float64, ok bool) {
	if list, isList := x.(*script.Sequence); isList && len(list.Exprs) > 0 {
		for _, one := range list.Exprs[:len(list.Exprs)-1] {
			if !keepsState(one, state) {
				return 0, false
			}
		}
		x = list.Exprs[len(list.Exprs)-1]
	}
	order, isOrder := x.(*script.ArrayLit)
	if !isOrder || len(order.Elems) != 2 {
		return 0, false
	}
	if _, ok = numeral(order.Elems[0]); !ok {
		return 0, false
	}
	return numeral(order.Elems[1])
}

// leadsTo reports whether a part of the switch orders to go on at another.
func leadsTo(c *script.Case, part float64, state string) bool {
	found := false
	for _, s := range c.Body {
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.ArrayLit:
				to, ok := jump(n, state)
				found = found || ok && to == part
			case *script.Assign:
				to, ok := numeral(n.Value)
				found = found || ok && to == part && readsState(n.Target, state)
			}
			return !found
		})
	}
	return found
}

func numeral(x script.Expr) (float64, bool) {
	n, ok := x.(*script.Number)
	if !ok {
		return 0, false
	}
	return n.Value, true
}
