package ir

import "github.com/voipcheck/voipcheck/internal/script"

// References: what is read, written, called and deleted.

// reference is a property whose object and key have been computed.
type reference struct {
	object, key Reg
	name        string
	super       bool
}

// reference computes the parts of a member. They keep their values while later, if it is not nil, is computed.
func (c *code) reference(x script.Expr, later script.Expr) reference {
	return c.referenceIn(x, None, later)
}

// referenceIn is reference, where the object may be kept in dst: it is read before dst is written.
func (c *code) referenceIn(x script.Expr, dst Reg, later script.Expr) reference {
	switch x := x.(type) {
	case *script.Member:
		if _, ok := x.Object.(*script.Super); ok {
			return reference{c.this(), None, x.Name, true}
		}
		return reference{c.into(x.Object, dst, later), None, c.property(x.Name), false}
	case *script.Index:
		if _, ok := x.Object.(*script.Super); ok {
			this := c.this()
			return reference{this, c.operand(x.Key, later), "", true}
		}
		object := c.into(x.Object, dst, x.Key, later)
		return reference{object, c.operand(x.Key, later), "", false}
	}
	r := c.temp()
	c.giveUp(r, "a reference")
	return reference{r, None, "", false}
}

// steadyReference is a reference whose registers are no variables'.
func (c *code) steadyReference(x script.Expr) reference {
	first := c.next
	r := c.reference(x, &script.Yield{})
	for _, reg := range []*Reg{&r.object, &r.key} {
		if *reg != None && *reg < first {
			to := c.temp()
			c.move(to, *reg)
			*reg = to
		}
	}
	return r
}

// property is the name of a member: private names get those of their declarations.
func (c *code) property(name string) string {
	if name != "" && name[0] == '#' {
		if v := c.table[name]; v != nil && v.kind == kindPrivate {
			return v.brand
		}
	}
	return name
}

// get reads a reference.
func (c *code) get(r reference, dst Reg) {
	switch {
	case r.super:
		c.op(GetSuper, dst, r.object, r.key, None).Name = r.name
	case r.key != None:
		c.op(GetElem, dst, r.object, r.key, None)
	default:
		c.op(Get, dst, r.object, None, None).Name = r.name
	}
}

// put writes a reference.
func (c *code) put(r reference, value Reg) {
	var i *Instr
	switch {
	case r.super:
		i = c.op(SetSuper, None, r.object, r.key, value)
	case r.key != None:
		i = c.op(SetElem, None, r.object, r.key, value)
	default:
		i = c.op(Set, None, r.object, value, None)
	}
	i.Name, i.N = r.name, c.sloppy()
}

// this returns a register that holds this.
func (c *code) this() Reg {
	if v := c.info.this; v.own() {
		c.check(v)
		return v.reg
	}
	r := c.temp()
	c.thisTo(r)
	return r
}

func (c *code) thisTo(dst Reg) {
	if v := c.info.this; v != nil {
		c.load(v, dst)
		return
	}
	c.op(This, dst, None, None, None)
}

// operand computes x. Where it is a variable's register, what is computed later does not assign to it.
func (c *code) operand(x script.Expr, later ...script.Expr) Reg {
	if id, ok := x.(*script.Ident); ok {
		if v := c.table[id.Name]; v.own() {
			for _, l := range later {
				if mayAssign(l) {
					r := c.temp()
					c.load(v, r)
					return r
				}
			}
			c.check(v)
			return v.reg
		}
	}
	if _, ok := x.(*script.This); ok {
		return c.this()
	}
	r := c.temp()
	c.exprTo(x, r)
	return r
}

// steadyOperand computes x into a register that is no variable's.
func (c *code) steadyOperand(x script.Expr) Reg {
	r := c.temp()
	c.exprTo(x, r)
	return r
}

// mayAssign reports whether x may assign to a variable of its function. It looks at a few nodes only, so that what is nested deeply
// is not looked at again at each level.
func mayAssign(x script.Expr) bool {
	if x == nil {
		return false
	}
	left, found := 24, false
	script.Walk(x, func(n script.Node) bool {
		if left--; left < 0 {
			found = true
		}
		switch n.(type) {
		case *script.Assign, *script.Update, *script.Class, *script.Yield:
			found = true
		case *script.Func:
			return false
		}
		return !found
	})
	return found
}
