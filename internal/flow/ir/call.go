package ir

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Calls, and optional chains.

// args computes arguments without spreads.
func (c *code) args(list []script.Expr) []Reg {
	last := 0
	for i, x := range list {
		if mayAssign(x) {
			last = i
		}
	}
	var regs []Reg
	for i, x := range list {
		if s, ok := x.(*script.Spread); ok {
			x = s.X
		}
		if i < last {
			regs = append(regs, c.steadyOperand(x))
		} else {
			regs = append(regs, c.operand(x))
		}
	}
	return regs
}

func spreads(list []script.Expr) bool {
	for _, x := range list {
		if _, ok := x.(*script.Spread); ok {
			return true
		}
	}
	return false
}

// invoke appends a call of f with this, as op or if there are spreads as spread.
func (c *code) invoke(op, spread Op, dst, f, this Reg, list []script.Expr, node script.Node) {
	if spreads(list) {
		r := c.temp()
		c.array(list, r)
		c.node = node
		c.op(spread, dst, f, this, r)
		return
	}
	args := c.args(list)
	c.node = node
	c.op(op, dst, f, this, None).Args = args
}

func (c *code) call(n *script.Call, dst Reg) {
	if _, ok := n.Callee.(*script.Super); ok {
		c.superCall(n, dst)
		return
	}
	if id, ok := n.Callee.(*script.Ident); ok && c.table[id.Name] == nil {
		switch {
		case id.Name == "eval":
			args := c.args(n.Args)
			c.node = n
			c.giveUp(dst, "eval", args...)
			return
		case c.m.Prelude && strings.HasPrefix(id.Name, "$$"):
			args := c.args(n.Args)
			c.node = n
			i := c.op(Intrinsic, dst, None, None, None)
			i.Name, i.Args = id.Name[2:], args
			return
		}
	}
	f, this := c.callee(n.Callee, n.Args, dst)
	c.invoke(Call, CallSpread, dst, f, this, n.Args, n)
}

// callee computes a function that is called, and what is this in it, which may be kept in dst.
func (c *code) callee(x script.Expr, args []script.Expr, dst Reg) (f, this Reg) {
	switch x := x.(type) {
	case *script.Member, *script.Index:
		own := c.next
		if dst == None {
			dst = c.temp()
		}
		r := c.referenceIn(x, dst, nil)
		if r.object != dst {
			r = c.steady(r, own, args)
		}
		f = c.temp()
		c.node = x
		c.get(r, f)
		return f, r.object
	case *script.Chain:
		// (a?.b)()
		switch m := x.X.(type) {
		case *script.Member, *script.Index:
			f = c.temp()
			this = c.temp()
			missing, end := c.newLabel(), c.newLabel()
			r := c.chained(m, None, missing)
			c.move(this, r.object)
			c.get(r, f)
			c.jump(end)
			c.bind(missing)
			c.constant(f, Undefined{})
			c.constant(this, Undefined{})
			c.bind(end)
			return f, this
		}
	}
	return c.operand(x, args...), None
}

// steady keeps the object of a reference from the assignments in later. Registers below own may be variables'.
func (c *code) steady(r reference, own Reg, later []script.Expr) reference {
	if r.object >= own {
		return r
	}
	for _, x := range later {
		if mayAssign(x) {
			object := c.temp()
			c.move(object, r.object)
			r.object = object
			break
		}
	}
	return r
}

func (c *code) new(n *script.New, dst Reg) {
	f := c.operand(n.Callee, n.Args...)
	c.invoke(New, NewSpread, dst, f, None, n.Args, n)
}

// superCall lowers super(...): what it returns is this from then on.
func (c *code) superCall(n *script.Call, dst Reg) {
	r := dst
	if r == None {
		r = c.temp()
	}
	c.invoke(SuperCall, SuperCallSpread, r, None, None, n.Args, n)
	v := c.info.this
	if v == nil {
		return
	}
	ready := v.ready
	c.initialise(v, r)
	v.ready = ready
}

// tagged lowers the call of a template's tag.
func (c *code) tagged(n *script.Template, dst Reg) {
	f, this := c.callee(n.Tag, n.Exprs, dst)
	strings := c.temp()
	c.node = n
	c.op(Template, strings, None, None, None).Const = TemplateStrings{n.Quasis, n.Raw}
	args := append([]Reg{strings}, c.args(n.Exprs)...)
	c.node = n
	c.op(Call, dst, f, this, None).Args = args
}

// chainTo computes an optional chain into dst.
func (c *code) chainTo(n *script.Chain, dst Reg) {
	missing, end := c.newLabel(), c.newLabel()
	c.chain(n.X, dst, missing)
	c.jump(end)
	c.bind(missing)
	c.constant(dst, Undefined{})
	c.bind(end)
}

// chain computes what is inside an optional chain; where a ?. finds nothing it goes on at missing. Without dst only its effects count.
func (c *code) chain(x script.Expr, dst Reg, missing label) {
	mark := c.next
	switch n := x.(type) {
	case *script.Member, *script.Index:
		if dst == None {
			dst = c.temp()
		}
		r := c.chained(x, dst, missing)
		c.node = x
		c.get(r, dst)
	case *script.Call:
		if _, ok := n.Callee.(*script.Super); ok {
			c.superCall(n, dst)
			break
		}
		f, this := c.chainedCallee(n, dst, missing)
		c.node = n
		if n.Optional {
			c.jumpOn(JumpNullish, f, missing)
		}
		c.invoke(Call, CallSpread, dst, f, this, n.Args, n)
	default:
		if dst == None {
			dst = c.temp()
		}
		c.exprTo(x, dst)
	}
	c.free(mark)
}

// link computes the object of a member, or the callee of a call, of an optional chain, into dst if it is not a variable's.
func (c *code) link(x script.Expr, dst Reg, missing label, later ...script.Expr) Reg {
	switch x.(type) {
	case *script.Member, *script.Index, *script.Call:
		if dst == None {
			dst = c.temp()
		}
		c.chain(x, dst, missing)
		return dst
	}
	return c.into(x, dst, later...)
}

// chained computes the reference of a member of an optional chain. Its object may be kept in dst.
func (c *code) chained(x script.Expr, dst Reg, missing label) reference {
	switch n := x.(type) {
	case *script.Member:
		if _, ok := n.Object.(*script.Super); ok {
			return c.reference(x, nil)
		}
		object := c.link(n.Object, dst, missing)
		c.node = x
		if n.Optional {
			c.jumpOn(JumpNullish, object, missing)
		}
		return reference{object, None, c.property(n.Name), false}
	case *script.Index:
		if _, ok := n.Object.(*script.Super); ok {
			return c.reference(x, nil)
		}
		object := c.link(n.Object, dst, missing, n.Key)
		c.node = x
		if n.Optional {
			c.jumpOn(JumpNullish, object, missing)
		}
		return reference{object, c.operand(n.Key), "", false}
	}
	return c.reference(x, nil)
}

// chainedCallee computes the function that a call of an optional chain calls, and its this.
func (c *code) chainedCallee(n *script.Call, dst Reg, missing label) (f, this Reg) {
	switch n.Callee.(type) {
	case *script.Member, *script.Index:
		own := c.next
		if dst == None {
			dst = c.temp()
		}
		r := c.chained(n.Callee, dst, missing)
		if r.object != dst {
			r = c.steady(r, own, n.Args)
		}
		f = c.temp()
		c.node = n.Callee
		c.get(r, f)
		return f, r.object
	case *script.Call:
		return c.link(n.Callee, None, missing), None
	}
	return c.callee(n.Callee, n.Args, None)
}
