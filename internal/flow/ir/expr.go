package ir

import (
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Expressions.

// expr computes x into a register that may be a variable's.
func (c *code) expr(x script.Expr) Reg { return c.operand(x) }

// effect computes x for its effects only.
func (c *code) effect(x script.Expr) {
	mark := c.next
	c.node = x
	switch n := x.(type) {
	case *script.Assign:
		c.assignment(n, None)
	case *script.Update:
		c.update(n, None)
	case *script.Call:
		c.call(n, None)
	case *script.Logical:
		end := c.newLabel()
		switch n.Op {
		case "&&":
			c.jumpUnless(n.L, end)
		case "||":
			c.jumpWhen(n.L, end)
		default:
			c.exprTo(x, c.temp())
			c.free(mark)
			return
		}
		c.effect(n.R)
		c.bind(end)
	case *script.Cond:
		otherwise, end := c.newLabel(), c.newLabel()
		c.jumpUnless(n.Test, otherwise)
		c.effect(n.Then)
		c.jump(end)
		c.bind(otherwise)
		c.effect(n.Else)
		c.bind(end)
	case *script.Sequence:
		for _, e := range n.Exprs {
			c.effect(e)
		}
	case *script.Unary:
		if n.Op == "void" || n.Op == "!" {
			c.effect(n.X)
			break
		}
		c.exprTo(x, c.temp())
	case *script.Chain:
		end := c.newLabel()
		c.chain(n.X, None, end)
		c.bind(end)
	case *script.String, *script.Number, *script.Bool, *script.Null:
	default:
		c.exprTo(x, c.temp())
	}
	c.free(mark)
}

// halves reports whether a string has half of a letter of two code units in it, which UTF-8 cannot hold: the tree has U+FFFD for it.
func (c *code) halves(n *script.String) bool {
	if !strings.ContainsRune(n.Value, utf8.RuneError) {
		return false
	}
	text := c.f.Module.Program.File.Text
	return n.Start >= 0 && n.End <= len(text) && n.Start < n.End && strings.Contains(strings.ToLower(string(text[n.Start:n.End])), `\ud`)
}

// exprTo computes x into dst, which no variable has.
func (c *code) exprTo(x script.Expr, dst Reg) {
	outer := c.node
	c.node = x
	mark := c.next
	switch n := x.(type) {
	case *script.Ident:
		c.loadName(n, dst)
	case *script.String:
		if c.halves(n) {
			i := c.op(LoadGlobal, dst, None, None, None)
			i.Name, i.N = "half of a letter", OfInput
			break
		}
		c.constant(dst, n.Value)
	case *script.Number:
		if n.BigInt != nil {
			c.constant(dst, n.BigInt)
		} else {
			c.constant(dst, n.Value)
		}
	case *script.Bool:
		c.constant(dst, n.Value)
	case *script.Null:
		c.constant(dst, nil)
	case *script.RegExp:
		i := c.op(RegExp, dst, None, None, None)
		i.Name, i.Const = n.Pattern, n.Flags
	case *script.Template:
		c.template(n, dst)
	case *script.ArrayLit:
		c.array(n.Elems, dst)
	case *script.ObjectLit:
		c.object(n, dst)
	case *script.Func:
		c.closure(n, dst, closureOf{})
	case *script.Class:
		c.class(n, dst, "")
	case *script.Member, *script.Index:
		c.get(c.referenceIn(x, dst, nil), dst)
	case *script.Call:
		c.call(n, dst)
	case *script.New:
		c.new(n, dst)
	case *script.This:
		c.thisTo(dst)
	case *script.JSX:
		c.jsx(n, dst)
	default:
		c.operation(x, dst)
	}
	c.free(mark)
	c.node = outer
}

// operation computes what has operators, into dst.
func (c *code) operation(x script.Expr, dst Reg) {
	switch n := x.(type) {
	case *script.Chain:
		c.chainTo(n, dst)
	case *script.Unary:
		c.unary(n, dst)
	case *script.Update:
		c.update(n, dst)
	case *script.Binary:
		c.binary(n, dst)
	case *script.Logical:
		c.logical(n, dst)
	case *script.Assign:
		c.assignment(n, dst)
	case *script.Cond:
		otherwise, end := c.newLabel(), c.newLabel()
		c.jumpUnless(n.Test, otherwise)
		c.exprTo(n.Then, dst)
		c.jump(end)
		c.bind(otherwise)
		c.exprTo(n.Else, dst)
		c.bind(end)
	case *script.Sequence:
		for i, e := range n.Exprs {
			if i < len(n.Exprs)-1 {
				c.effect(e)
			} else {
				c.exprTo(e, dst)
			}
		}
	case *script.Await:
		r := c.operand(n.X)
		c.node = n
		c.op(Await, dst, r, None, None)
	case *script.Yield:
		c.yield(n, dst)
	case *script.MetaProperty:
		if n.Name == "new.target" {
			c.op(NewTarget, dst, None, None, None)
		} else {
			c.op(ImportMeta, dst, None, None, None)
		}
	case *script.ImportCall:
		r := c.operand(n.X)
		c.op(ImportCall, dst, r, None, None)
	default:
		c.giveUp(dst, "an expression")
	}
}

// named computes x, which takes the name if it is a function or class without one, into a register that may be a variable's.
func (c *code) named(x script.Expr, name string) Reg {
	if !anonymous(x) {
		return c.expr(x)
	}
	r := c.temp()
	c.namedTo(x, name, r)
	return r
}

// namedTo is named into dst.
func (c *code) namedTo(x script.Expr, name string, dst Reg) {
	if !anonymous(x) {
		c.exprTo(x, dst)
		return
	}
	outer := c.node
	c.node = x
	switch n := x.(type) {
	case *script.Func:
		c.closure(n, dst, closureOf{name: name})
	case *script.Class:
		c.class(n, dst, name)
	}
	c.node = outer
}

// into returns dst if what is computed on the path to it may be kept there, or a new register.
func (c *code) into(x script.Expr, dst Reg, later ...script.Expr) Reg {
	switch n := x.(type) {
	case *script.Ident:
		if v := c.table[n.Name]; v.own() {
			return c.operand(x, later...)
		}
	case *script.This:
		return c.operand(x, later...)
	}
	if dst == None {
		dst = c.temp()
	}
	c.exprTo(x, dst)
	return dst
}

func (c *code) binary(n *script.Binary, dst Reg) {
	if id, ok := n.L.(*script.Ident); ok && id.Name != "" && id.Name[0] == '#' {
		r := c.operand(n.R)
		c.node = n
		c.op(HasPrivate, dst, r, None, None).Name = c.property(id.Name)
		return
	}
	l := c.into(n.L, dst, n.R)
	r := c.operand(n.R)
	c.node = n
	c.op(Binary, dst, l, r, None).Name = n.Op
}

func (c *code) logical(n *script.Logical, dst Reg) {
	end := c.newLabel()
	c.exprTo(n.L, dst)
	c.node = n
	switch n.Op {
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
	c.exprTo(n.R, dst)
	c.bind(end)
}

func (c *code) unary(n *script.Unary, dst Reg) {
	switch n.Op {
	case "void":
		c.effect(n.X)
		c.node = n
		c.constant(dst, Undefined{})
		return
	case "delete":
		c.delete(n, dst)
		return
	case "typeof":
		if id, ok := n.X.(*script.Ident); ok && c.table[id.Name] == nil && id.Name != "undefined" {
			i := c.op(LoadGlobal, dst, None, None, None)
			i.Name, i.N = id.Name, 1
			c.op(Unary, dst, dst, None, None).Name = n.Op
			return
		}
	}
	r := c.into(n.X, dst)
	c.node = n
	c.op(Unary, dst, r, None, None).Name = n.Op
}

func (c *code) delete(n *script.Unary, dst Reg) {
	switch x := n.X.(type) {
	case *script.Member, *script.Index:
		c.deleteReference(c.reference(x, nil), dst, n)
	case *script.Chain:
		missing, end := c.newLabel(), c.newLabel()
		switch m := x.X.(type) {
		case *script.Member, *script.Index:
			c.deleteReference(c.chained(m, None, missing), dst, n)
		default:
			c.chain(m, dst, missing)
			c.constant(dst, true)
		}
		c.jump(end)
		c.bind(missing)
		c.constant(dst, true)
		c.bind(end)
	case *script.Ident:
		c.constant(dst, c.table[x.Name] == nil && x.Name != "undefined")
	default:
		c.effect(x)
		c.constant(dst, true)
	}
}

func (c *code) deleteReference(r reference, dst Reg, n script.Node) {
	c.node = n
	switch {
	case r.super:
		c.throwError("ReferenceError", "Unsupported reference to 'super'")
	case r.key != None:
		c.op(DeleteElem, dst, r.object, r.key, None).N = c.sloppy()
	default:
		i := c.op(Delete, dst, r.object, None, None)
		i.Name, i.N = r.name, c.sloppy()
	}
}

// template lowers a template: a string put together, or the call of its tag.
func (c *code) template(n *script.Template, dst Reg) {
	if n.Tag != nil {
		c.tagged(n, dst)
		return
	}
	first := true
	add := func(r Reg) {
		if first {
			c.move(dst, r)
			first = false
		} else {
			c.op(Binary, dst, dst, r, None).Name = "+"
		}
	}
	for i, q := range n.Quasis {
		mark := c.next
		if q != "" {
			r := dst
			if !first {
				r = c.temp()
			}
			c.constant(r, q)
			add(r)
			c.free(mark)
		}
		if i < len(n.Exprs) {
			to := dst
			if !first {
				to = c.temp()
			}
			r := c.into(n.Exprs[i], to)
			c.node = n
			c.op(ToString, to, r, None, None)
			add(to)
			c.free(mark)
		}
	}
}

func (c *code) array(elems []script.Expr, dst Reg) {
	c.op(NewArray, dst, None, None, None)
	node := c.node
	for _, e := range elems {
		mark := c.next
		switch x := e.(type) {
		case nil:
			c.op(Append, None, dst, None, None)
		case *script.Spread:
			r := c.operand(x.X)
			c.node = x
			c.op(AppendAll, None, dst, r, None)
		default:
			r := c.operand(x)
			c.op(Append, None, dst, r, None)
		}
		c.node = node
		c.free(mark)
	}
}

func (c *code) jsx(n *script.JSX, dst Reg) {
	typ, props := None, None
	var later []script.Expr
	if n.Props != nil {
		later = append(later, n.Props)
	}
	later = append(later, n.Children...)
	if n.Type != nil {
		typ = c.operand(n.Type, later...)
	}
	if n.Props != nil {
		props = c.operand(n.Props, n.Children...)
	}
	args := c.args(n.Children)
	c.node = n
	c.op(JSX, dst, typ, props, None).Args = args
}
