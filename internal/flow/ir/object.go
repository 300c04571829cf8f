package ir

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Object literals.

func (c *code) object(n *script.ObjectLit, dst Reg) {
	c.op(NewObject, dst, None, None, None)
	for _, p := range n.Props {
		mark := c.next
		c.node = p
		c.objectProperty(p, dst)
		c.free(mark)
	}
	c.node = n
}

func (c *code) objectProperty(p *script.Property, object Reg) {
	if p.Kind == script.PropSpread {
		r := c.operand(p.Value)
		c.node = p
		c.op(CopyProps, None, object, r, None)
		return
	}
	key := c.key(p.Computed, p.Name, false)
	if f, ok := p.Value.(*script.Func); ok && (p.Method || p.Kind != script.PropInit) {
		c.node = p
		c.method(f, object, p.Name, key, methodKind(p.Kind), 0)
		return
	}
	if p.Name == "__proto__" && key == None && !p.Shorthand && !c.bracketed(p.KeyLoc) {
		r := c.operand(p.Value)
		c.node = p
		c.op(SetProto, None, object, r, None)
		return
	}
	r := c.keyedValue(p.Value, p.Name, key)
	c.node = p
	c.define(object, key, r, p.Name)
}

// key computes the key of a property that is not a plain name; None says that it is. A text that begins with # is none: that would be
// private.
func (c *code) key(x script.Expr, name string, private bool) Reg {
	if x == nil && (private || !strings.HasPrefix(name, "#")) {
		return None
	}
	key := c.temp()
	if x == nil {
		c.constant(key, name)
		return key
	}
	c.exprTo(x, key)
	c.op(ToKey, key, key, None, None)
	return key
}

// bracketed reports whether a key was written in brackets, though its name is known.
func (c *code) bracketed(at script.Loc) bool {
	f := c.m.Program.File
	return at.Start < len(f.Text) && at.Start < at.End && f.Text[at.Start] == '['
}

// define appends the definition of a field of an object.
func (c *code) define(object, key, value Reg, name string) {
	i := c.op(Define, None, object, key, value)
	if key == None {
		i.Name = c.property(name)
	}
}

// keyedValue computes the value of a property, which is named after its key if it is a function without a name.
func (c *code) keyedValue(x script.Expr, name string, key Reg) Reg {
	if !anonymous(x) {
		return c.operand(x)
	}
	r := c.temp()
	c.namedTo(x, name, r)
	if key != None && name == "" {
		c.op(SetName, None, r, key, None)
	}
	return r
}

func methodKind(k script.PropertyKind) int {
	switch k {
	case script.PropGet:
		return DefineGetter
	case script.PropSet:
		return DefineSetter
	}
	return DefineMethod
}

// method defines a method or accessor of an object or class; hidden is 1 if it is not enumerable.
func (c *code) method(f *script.Func, home Reg, name string, key Reg, kind, hidden int) {
	r := c.temp()
	named := name
	switch kind {
	case DefineGetter:
		named = "get " + name
	case DefineSetter:
		named = "set " + name
	}
	if key != None {
		named = ""
		name = ""
	}
	c.closure(f, r, closureOf{name: named, home: home, method: true})
	if key != None {
		c.op(SetName, None, r, key, None).M = kind
	}
	i := c.op(Define, None, home, key, r)
	i.Name, i.M, i.N = c.property(name), kind, hidden
	c.free(r)
}
