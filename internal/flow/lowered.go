package flow

import (
	"github.com/voipcheck/voipcheck/internal/script"
)

// Generators and async functions as compilers write them for engines that have none: a body that is a switch over where it is,
// and a function that runs it from one stop to the next. They are known by their shape, since minifiers give them any name.
// Which part of such a body runs decides what a promise is settled with and who goes on, as an await does in the code that was
// written, so that their ways are not taken together.

// isLowered reports whether a function is such a body or runs one.
func (p *program) isLowered(f *script.Func) bool {
	known, ok := p.lowered[f]
	if !ok {
		if p.lowered == nil {
			p.lowered = map[*script.Func]bool{}
		}
		known = isSteps(f) || runsSteps(f)
		p.lowered[f] = known
	}
	return known
}

// holdsLowered reports whether a value is a function that is one of these, or holds one.
func holdsLowered(v value) bool {
	for v.kind == kObject && v.obj.fn != nil && v.obj.fn.target != nil {
		v = ref(v.obj.fn.target)
	}
	return v.kind == kObject && v.obj.fn != nil && v.obj.fn.prog.info(v.obj.fn.node).lowered
}

// goesOn reports whether a call sets such a body going: by what is called, by what it is called with or on, or what that calls.
func goesOn(c *closure, this value, args []value) bool {
	info := c.prog.info(c.node)
	if info.lowered {
		return true
	}
	for _, v := range args {
		if holdsLowered(v) {
			return true
		}
	}
	for _, name := range info.callees {
		if cell := c.env.lookup(name); cell != nil && !cell.waits() && holdsLowered(cell.val) {
			return true
		}
	}
	if this.kind == kObject && this.obj.class == cPlain && this.obj.unit == nil {
		for _, cell := range this.obj.props {
			if holdsLowered(cell.val) {
				return true
			}
		}
	}
	return false
}

// directs reports whether pieces of code stand in such a body and tell what runs next: they give an order, or touch the state.
func directs(p *program, e *env, parts []script.Node) bool {
	f := e.function()
	if f == nil || f.call.callee == nil || f.call.callee.fn == nil {
		return false
	}
	node := f.call.callee.fn.node
	if len(node.Params) != 1 || !p.isLowered(node) {
		return false
	}
	state, ok := node.Params[0].(*script.Ident)
	if !ok {
		return false
	}
	for _, n := range parts {
		if x, ok := n.(script.Expr); ok && isOrder(x) || n != nil && p.holds(n, state.Name) {
			return true
		}
	}
	return false
}

// isSteps reports whether a function is a switch over a property of what it is given: within an endless loop
// (for (;;) switch (context.next)), or with the orders to what runs it returned as lists (return [4, promise]).
func isSteps(f *script.Func) bool {
	if len(f.Params) != 1 {
		return false
	}
	state, ok := f.Params[0].(*script.Ident)
	if !ok {
		return false
	}
	asks, orders := false, false
	for _, s := range f.Body {
		switch s := s.(type) {
		case *script.For:
			if s.Test == nil && asksFor(s.Body, state.Name) {
				return true
			}
		case *script.While:
			if isTrue(s.Test) && asksFor(s.Body, state.Name) {
				return true
			}
		}
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func:
				return false
			case *script.Switch:
				asks = asks || isPropertyOf(n.X, state.Name)
			case *script.Binary:
				asks = asks || isPropertyOf(n.L, state.Name) || isPropertyOf(n.R, state.Name)
			case *script.Return:
				orders = orders || isOrder(n.X)
			}
			return true
		})
	}
	return asks && orders
}

// asksFor reports whether the body of a loop is a switch or a test of a property of a variable.
func asksFor(s script.Stmt, name string) bool {
	switch s := s.(type) {
	case *script.Block:
		return len(s.Body) == 1 && asksFor(s.Body[0], name)
	case *script.Switch:
		return isPropertyOf(s.X, name)
	case *script.If:
		test, ok := s.Test.(*script.Binary)
		return ok && (isPropertyOf(test.L, name) || isPropertyOf(test.R, name))
	}
	return false
}

// isPropertyOf reports whether an expression is a property of a variable, or the assignment of one.
func isPropertyOf(x script.Expr, name string) bool {
	if assign, ok := x.(*script.Assign); ok {
		x = assign.Value
	}
	member, ok := x.(*script.Member)
	if !ok {
		return false
	}
	id, ok := member.Object.(*script.Ident)
	return ok && id.Name == name
}

func isTrue(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Bool:
		return x.Value
	case *script.Number:
		return x.Value != 0
	}
	return false
}

// isOrder reports whether an expression is a list of a number and perhaps a value, or comes down to one.
func isOrder(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Sequence:
		return len(x.Exprs) > 0 && isOrder(x.Exprs[len(x.Exprs)-1])
	case *script.Cond:
		return isOrder(x.Then) || isOrder(x.Else)
	case *script.ArrayLit:
		if len(x.Elems) == 1 || len(x.Elems) == 2 {
			_, number := x.Elems[0].(*script.Number)
			return number
		}
	}
	return false
}

// runsSteps reports whether a function goes round until it returns what next() of a generator does: { value, done }.
func runsSteps(f *script.Func) bool {
	loops, steps := false, false
	for _, s := range f.Body {
		script.Walk(s, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func:
				return false
			case *script.For, *script.While, *script.DoWhile:
				loops = true
			case *script.Return:
				steps = steps || isStep(n.X)
			}
			return true
		})
	}
	return loops && steps
}

// isStep reports whether an expression is { value, done }, or ends with it.
func isStep(x script.Expr) bool {
	if list, ok := x.(*script.Sequence); ok && len(list.Exprs) > 0 {
		x = list.Exprs[len(list.Exprs)-1]
	}
	lit, ok := x.(*script.ObjectLit)
	if !ok || len(lit.Props) != 2 {
		return false
	}
	return lit.Props[0].Name == "value" && lit.Props[1].Name == "done" || lit.Props[0].Name == "done" && lit.Props[1].Name == "value"
}
