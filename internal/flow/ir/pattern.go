package ir

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Patterns: destructuring in declarations, parameters and assignments.

// binding tells whether a pattern initialises variables or assigns to what is there.
type binding bool

const (
	binds   binding = true
	assigns binding = false
)

// bindName lets a name have the value of r. The caller has freed r, if it is nobody else's.
func (c *code) bindName(id *script.Ident, r Reg, how binding) {
	if how == binds {
		c.initialise(c.table[id.Name], r)
	} else {
		c.storeName(id, r)
	}
}

// bindValue lets a pattern have a value. If it is a name or has a default, value is used up.
func (c *code) bindValue(x script.Expr, value Reg, how binding) {
	switch x := x.(type) {
	case *script.Ident:
		last := value == c.next-1
		if last {
			c.free(value)
		}
		c.bindName(x, value, how)
		if last {
			c.temp()
		}
	case *script.Assign:
		c.orDefault(x, value)
		c.bindValue(x.Target, value, how)
	case *script.ArrayLit:
		c.arrayPattern(x, value, how)
	case *script.ObjectLit:
		c.objectPattern(x, value, how)
	case *script.Spread:
		c.bindValue(x.X, value, how)
	case *script.Member, *script.Index:
		mark := c.next
		r := c.reference(x, nil)
		c.put(r, value)
		c.free(mark)
	default:
		c.giveUp(None, "a pattern")
	}
}

// orDefault gives a register that is undefined the default.
func (c *code) orDefault(x *script.Assign, value Reg) {
	missing, end := c.newLabel(), c.newLabel()
	c.jumpOn(JumpUndefined, value, missing)
	c.jump(end)
	c.bind(missing)
	name := ""
	if id, ok := x.Target.(*script.Ident); ok {
		name = id.Name
	}
	c.namedTo(x.Value, name, value)
	c.bind(end)
}

// target splits an element of a pattern into its target and default. The parts of a member are computed before the value is fetched.
func (c *code) target(x script.Expr, how binding) (to script.Expr, or *script.Assign, ref *reference) {
	to = x
	if a, ok := x.(*script.Assign); ok {
		to, or = a.Target, a
	}
	switch to.(type) {
	case *script.Member, *script.Index:
		if how == assigns {
			r := c.steadyReference(to)
			ref = &r
		}
	}
	return to, or, ref
}

// element gives an element of a pattern its value, which is used up.
func (c *code) element(to script.Expr, or *script.Assign, ref *reference, value Reg, how binding) {
	if or != nil {
		c.orDefault(or, value)
	}
	if ref != nil {
		c.put(*ref, value)
		return
	}
	c.bindValue(to, value, how)
}

func (c *code) arrayPattern(x *script.ArrayLit, value Reg, how binding) {
	mark := c.next
	node := c.node
	it := c.temp()
	c.op(Iter, it, value, None, None)
	closes := true
	c.iterating(it, false, func() {
		for _, e := range x.Elems {
			c.node = node
			inner := c.next
			if s, ok := e.(*script.Spread); ok {
				closes = false
				to, or, ref := c.target(s.X, how)
				v := c.temp()
				c.op(NewArray, v, None, None, None)
				c.op(AppendAll, None, v, it, None).N = 1
				c.element(to, or, ref, v, how)
				c.free(inner)
				continue
			}
			var to script.Expr
			var or *script.Assign
			var ref *reference
			if e != nil {
				to, or, ref = c.target(e, how)
			}
			v := c.temp()
			next := c.newLabel()
			c.op(IterNext, v, it, None, None).N = next
			c.bind(next)
			if e != nil {
				c.element(to, or, ref, v, how)
			}
			c.free(inner)
		}
	})
	c.node = node
	if closes {
		c.op(IterClose, None, it, None, None)
	}
	c.free(mark)
}

func (c *code) objectPattern(x *script.ObjectLit, value Reg, how binding) {
	mark := c.next
	node := c.node
	if first := firstProperty(x); first == nil || first.Computed != nil || first.Kind == script.PropSpread || how == assigns {
		c.coercible(value)
	}
	rest := len(x.Props) > 0 && x.Props[len(x.Props)-1].Kind == script.PropSpread
	var keys []Reg
	for _, p := range x.Props {
		c.node = p
		if p.Kind == script.PropSpread {
			to, or, ref := c.target(p.Value, how)
			v := c.temp()
			c.op(RestProps, v, value, None, None).Args = keys
			c.element(to, or, ref, v, how)
			break
		}
		key := None
		if p.Computed != nil || rest || strings.HasPrefix(p.Name, "#") {
			key = c.temp()
			keys = append(keys, key)
		}
		inner := c.next
		switch {
		case p.Computed != nil:
			c.exprTo(p.Computed, key)
			c.op(ToKey, key, key, None, None)
		case key != None:
			c.constant(key, p.Name)
		}
		to, or, ref := c.target(p.Value, how)
		v := c.temp()
		c.node = p
		if p.Computed != nil || strings.HasPrefix(p.Name, "#") {
			c.op(GetElem, v, value, key, None)
		} else {
			c.op(Get, v, value, None, None).Name = p.Name
		}
		c.element(to, or, ref, v, how)
		c.free(inner)
	}
	c.node = node
	c.free(mark)
}

func firstProperty(x *script.ObjectLit) *script.Property {
	if len(x.Props) == 0 {
		return nil
	}
	return x.Props[0]
}

// coercible throws if a value is null or undefined, which no object pattern takes.
func (c *code) coercible(value Reg) {
	fails, ok := c.newLabel(), c.newLabel()
	c.jumpOn(JumpNullish, value, fails)
	c.jump(ok)
	c.bind(fails)
	c.throwError("TypeError", "Cannot destructure undefined or null.")
	c.bind(ok)
}
