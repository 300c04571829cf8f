package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Reading and writing variables, and entering and leaving the scopes they live in.

// enterScope gives the variables of a scope their places. A nil scope has none.
func (c *code) enterScope(s *scope) { c.enterLoopScope(s, false) }

// enterLoopScope is enterScope for the variables of a for loop, of which each turn has its own.
func (c *code) enterLoopScope(s *scope, loop bool) {
	if s == nil {
		return
	}
	s.mark = c.next
	s.slots = nil
	c.enter(s)
	for _, v := range s.vars {
		switch {
		case v.kind == kindImport || v.kind == kindPrivate:
		case v.implicit && !v.used:
		case v.captured:
			v.slot = len(s.slots)
			s.slots = append(s.slots, v.name)
		default:
			v.reg = c.temp()
		}
	}
	if len(s.slots) > 0 {
		i := c.op(PushEnv, None, None, None, None)
		i.N, i.Const = len(s.slots), s.slots
		if loop {
			i.M = 1
		}
		c.depth++
	}
	s.depth = c.depth
	for _, v := range s.vars {
		if !v.captured && v.early && v.kind.lexical() {
			c.op(Uninit, v.reg, None, None, None)
		}
	}
}

// functions initialises the function declarations of a scope.
func (c *code) functions(s *scope) {
	if s == nil {
		return
	}
	for _, d := range s.functions {
		c.node = d
		v := c.table[d.Func.Name.Name]
		r := c.temp()
		c.closure(d.Func, r, closureOf{})
		c.free(r)
		c.initialise(v, r)
	}
}

// leaveScope ends a scope. On other paths out of it jumps do what is to be done.
func (c *code) leaveScope(s *scope) {
	if s == nil {
		return
	}
	if len(s.slots) > 0 {
		c.op(PopEnv, None, None, None, None)
		c.depth--
	}
	c.leave(s)
	c.next = s.mark
}

// own reports whether a variable is a register.
func (v *variable) own() bool {
	return v != nil && !v.captured && v.kind != kindImport && v.kind != kindPrivate
}

// load puts a variable's value into dst.
func (c *code) load(v *variable, dst Reg) {
	switch {
	case v.kind == kindImport:
		c.op(LoadImport, dst, None, None, None).N = v.index
	case v.captured:
		i := c.op(LoadEnv, dst, None, None, None)
		i.N, i.M, i.Name = c.depth-v.scope.depth, v.slot, v.name
	default:
		c.check(v)
		c.move(dst, v.reg)
	}
}

// check makes sure that a register is initialised, where that is not sure.
func (c *code) check(v *variable) {
	if !v.ready && v.kind.lexical() {
		c.op(CheckInit, None, v.reg, None, None).Name = v.name
	}
}

// assign lets a variable have the value of r, as an assignment does.
func (c *code) assign(v *variable, r Reg) {
	switch v.kind {
	case kindConst, kindImport:
		c.check(v)
		c.throwError("TypeError", "Assignment to constant variable.")
		return
	case kindSelf:
		if c.strict {
			c.throwError("TypeError", "Assignment to constant variable.")
		}
		return
	}
	if v.captured {
		i := c.op(StoreEnv, None, r, None, None)
		i.N, i.M, i.Name = c.depth-v.scope.depth, v.slot, v.name
		return
	}
	c.check(v)
	c.set(v.reg, r)
}

// initialise lets a variable have its first value.
func (c *code) initialise(v *variable, r Reg) {
	v.ready = true
	if v.captured {
		i := c.op(InitEnv, None, r, None, None)
		i.N, i.M, i.Name = c.depth-v.scope.depth, v.slot, v.name
		return
	}
	c.set(v.reg, r)
}

// set moves r to the register of a variable. Where r is nobody else's the instruction that made it writes to the variable at once.
func (c *code) set(to, r Reg) {
	if n := len(c.f.Code); r >= c.next && n > 0 && c.bound != n && c.f.Code[n-1].Dst == r && c.f.Code[n-1].Op != IterNext &&
		c.f.Code[n-1].Op != IterResult {
		c.f.Code[n-1].Dst = to
		return
	}
	c.move(to, r)
}

// storeName assigns to the variable, or global, that a name means.
func (c *code) storeName(id *script.Ident, r Reg) {
	if v := c.table[id.Name]; v != nil {
		c.assign(v, r)
		return
	}
	i := c.op(StoreGlobal, None, r, None, None)
	i.Name = id.Name
	if c.strict {
		i.N = 1
	}
}

// loadName puts what a name means into dst.
func (c *code) loadName(id *script.Ident, dst Reg) {
	if v := c.table[id.Name]; v != nil {
		c.load(v, dst)
		return
	}
	if id.Name == "undefined" {
		c.constant(dst, Undefined{})
		return
	}
	c.op(LoadGlobal, dst, None, None, None).Name = id.Name
}
