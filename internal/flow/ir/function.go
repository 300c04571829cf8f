package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Functions: what runs before the body, and the closures made of them.

// closureOf says what a closure is besides its code.
type closureOf struct {
	// name is what it is called if it has no name of its own.
	name string
	// home holds the object that super looks up from; with method it is one.
	home   Reg
	method bool
	// ctor is the class that it is the constructor of, derived tells that the class extends another.
	ctor    *script.Class
	derived bool
}

// closure makes a function and puts it into dst.
func (c *code) closure(x *script.Func, dst Reg, of closureOf) {
	f := c.lowerFunc(x, of)
	home := None
	if of.method {
		home = of.home
	}
	i := c.op(Closure, dst, None, home, None)
	i.Fn, i.Name = f, f.Name
}

// lowerFunc lowers a function of the tree.
func (c *code) lowerFunc(x *script.Func, of closureOf) *Func {
	info := c.b.functions[part{x, partSelf}]
	n := c.lowering.newCode(info, c, x)
	f := n.f
	if f.Name == "" {
		f.Name = of.name
	}
	f.Method = f.Method || of.method
	f.Ctor, f.Class, f.Derived = of.ctor != nil, of.ctor, of.derived
	f.Length = length(x.Params)
	n.function(x)
	return f
}

// length is the length property of a function with these parameters.
func length(params []script.Expr) int {
	for i, p := range params {
		switch p.(type) {
		case *script.Assign, *script.Spread:
			return i
		}
	}
	return len(params)
}

// function lowers the function.
func (c *code) function(x *script.Func) {
	c.enterScope(c.info.params)
	c.implicit()
	c.parameters(x)
	c.variables()
	c.functions(c.info.body)
	if x.Generator {
		c.op(Start, None, None, None, None)
	}
	if x.Result != nil {
		c.node = x.Result
		c.concise(x.Result)
	} else {
		for _, s := range x.Body {
			c.stmt(s)
			if c.f.Derived && callsSuper(s) {
				c.info.this.ready = true
			}
		}
		c.node = x
		c.end()
	}
	c.finish()
	if c.info.body != c.info.params {
		c.leave(c.info.body)
	}
	c.leave(c.info.params)
}

// implicit initialises the variables that every function has, where they are used.
func (c *code) implicit() {
	for _, one := range []struct {
		v  *variable
		op Op
	}{{c.info.arguments, Arguments}, {c.info.self, Callee}} {
		if one.v != nil && (one.v.used || !one.v.implicit) {
			r := c.temp()
			c.op(one.op, r, None, None, None)
			c.free(r)
			c.initialise(one.v, r)
		}
	}
}

// parameters binds the parameters.
func (c *code) parameters(x *script.Func) {
	if simple(x.Params) {
		for _, p := range x.Params {
			c.table[p.(*script.Ident).Name].ready = true
		}
	}
	for i, p := range x.Params {
		c.node = p
		op := Arg
		if s, ok := p.(*script.Spread); ok {
			op, p = RestArgs, s.X
		}
		r := c.temp()
		c.op(op, r, None, None, None).N = i
		c.bindValue(p, r, binds)
		c.free(r)
	}
}

// variables initialises the var declarations of the body.
func (c *code) variables() {
	s := c.info.body
	if s != c.info.params {
		c.enterScope(s)
	}
	for _, v := range s.vars {
		if v.kind != kindVar || v == c.info.arguments {
			continue
		}
		if p := v.shadows; p != nil && p.scope == c.info.params && p != c.info.self {
			r := c.temp()
			c.load(p, r)
			c.free(r)
			c.initialise(v, r)
			continue
		}
		if v.captured {
			c.initialise(v, c.undefined())
		} else {
			c.constant(v.reg, Undefined{})
		}
	}
}

// end is what running off the end of a function does.
func (c *code) end() {
	c.leaveFunction(None)
}

// concise returns the expression of a concise arrow.
func (c *code) concise(x script.Expr) {
	r := c.expr(x)
	if c.f.Async && c.f.Generator {
		c.op(Await, r, r, None, None)
	}
	c.leaveFunction(r)
}
