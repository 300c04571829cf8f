package ir

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Assignments and updates. Their value goes to dst, or nowhere if that is None.

func (c *code) assignment(n *script.Assign, dst Reg) {
	switch n.Target.(type) {
	case *script.ArrayLit, *script.ObjectLit:
		r := c.steadyOperand(n.Value)
		c.node = n
		c.bindValue(n.Target, r, assigns)
		c.result(dst, r)
		return
	}
	op := strings.TrimSuffix(n.Op, "=")
	switch {
	case op == "":
		c.plainAssign(n, dst)
	case op == "&&" || op == "||" || op == "??":
		c.shortAssign(n, op, dst)
	default:
		c.compound(n, op, dst)
	}
}

// result puts the value of an assignment into dst.
func (c *code) result(dst, r Reg) {
	if dst != None {
		c.move(dst, r)
	}
}

func (c *code) plainAssign(n *script.Assign, dst Reg) {
	mark := c.next
	if id, ok := n.Target.(*script.Ident); ok {
		if dst != None {
			c.namedTo(n.Value, id.Name, dst)
			c.node = n
			c.storeName(id, dst)
			return
		}
		r := c.named(n.Value, id.Name)
		c.node = n
		c.free(mark)
		c.storeName(id, r)
		return
	}
	ref := c.reference(n.Target, n.Value)
	r := dst
	if dst == None {
		r = c.operand(n.Value)
	} else {
		c.exprTo(n.Value, dst)
	}
	c.node = n
	c.put(ref, r)
}

// shortAssign lowers &&=, ||= and ??=.
func (c *code) shortAssign(n *script.Assign, op string, dst Reg) {
	if dst == None {
		dst = c.temp()
	}
	end := c.newLabel()
	skip := func() {
		c.node = n
		switch op {
		case "&&":
			c.jumpOn(JumpIfNot, dst, end)
		case "||":
			c.jumpOn(JumpIf, dst, end)
		default:
			missing := c.newLabel()
			c.jumpOn(JumpNullish, dst, missing)
			c.jump(end)
			c.bind(missing)
		}
	}
	if id, ok := n.Target.(*script.Ident); ok {
		c.loadName(id, dst)
		skip()
		c.namedTo(n.Value, id.Name, dst)
		c.node = n
		c.storeName(id, dst)
		c.bind(end)
		return
	}
	ref := c.keyed(c.reference(n.Target, n.Value), n.Target)
	c.get(ref, dst)
	skip()
	c.exprTo(n.Value, dst)
	c.node = n
	c.put(ref, dst)
	c.bind(end)
}

// compound lowers += and its like.
func (c *code) compound(n *script.Assign, op string, dst Reg) {
	if id, ok := n.Target.(*script.Ident); ok {
		mark := c.next
		to := dst
		if dst == None {
			to = c.temp()
		}
		old := c.into(id, to, n.Value)
		r := c.operand(n.Value)
		c.node = n
		c.op(Binary, to, old, r, None).Name = op
		if dst == None {
			c.free(mark)
		}
		c.storeName(id, to)
		return
	}
	ref := c.keyed(c.reference(n.Target, n.Value), n.Target)
	if dst == None {
		dst = c.temp()
	}
	c.get(ref, dst)
	r := c.operand(n.Value)
	c.node = n
	c.op(Binary, dst, dst, r, None).Name = op
	c.put(ref, dst)
}

// keyed computes the key of a reference that is read and written, once.
func (c *code) keyed(r reference, x script.Expr) reference {
	if r.key == None {
		return r
	}
	switch x.(*script.Index).Key.(type) {
	case *script.String, *script.Number:
		return r
	}
	key := c.temp()
	c.op(ToKey, key, r.key, None, None)
	r.key = key
	return r
}

// update lowers ++ and --.
func (c *code) update(n *script.Update, dst Reg) {
	by := 1
	if n.Op == "--" {
		by = -1
	}
	mark := c.next
	id, isName := n.X.(*script.Ident)
	var ref reference
	old := c.temp()
	if isName {
		r := c.into(id, old)
		c.op(ToNumeric, old, r, None, None)
	} else {
		ref = c.keyed(c.reference(n.X, nil), n.X)
		c.get(ref, old)
		c.op(ToNumeric, old, old, None, None)
	}
	c.node = n
	if dst != None && !n.Prefix {
		c.move(dst, old)
	}
	c.op(Increment, old, old, None, None).N = by
	if dst != None && n.Prefix {
		c.move(dst, old)
	}
	if isName {
		c.free(mark)
		c.storeName(id, old)
		return
	}
	c.put(ref, old)
}
