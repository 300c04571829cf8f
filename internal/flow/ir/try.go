package ir

import "github.com/voipcheck/voipcheck/internal/script"

// try, catch and finally.

// try lowers the statement: its body, then the catch clause, then the finally block, which stands once.
func (c *code) try(n *script.Try) {
	mark := c.next
	saved := c.temp()
	save := c.pc()
	c.op(Nop, None, None, None, None)
	after := c.newLabel()
	var f *region
	if n.Finally != nil {
		f = c.enterRegion(&region{kind: regionFinally, completion: c.temp(), value: c.temp(), entry: c.newLabel(), loop: -1})
	}
	if n.Catch == nil {
		c.block(n.Body)
	} else {
		c.tryCatch(n, save, saved, after)
	}
	c.bind(after)
	if f != nil {
		c.finally(n, f, save, saved)
	}
	c.free(mark)
}

// tryCatch lowers the body and the catch clause.
func (c *code) tryCatch(n *script.Try, save int, saved Reg, after label) {
	caught := c.temp()
	c.enterRegion(&region{kind: regionCatch, loop: -1})
	start := c.pc()
	c.block(n.Body)
	r := c.endRegion()
	pushed := c.pushes(start)
	c.node = n
	c.jump(after)
	handler := c.here()
	c.handle(r, handler, caught, None)
	c.restore(save, saved, pushed)
	s := c.b.scopes[part{n, partSelf}]
	c.enterScope(s)
	if n.Param != nil {
		c.bindValue(n.Param, caught, binds)
	}
	c.block(n.Catch)
	c.leaveScope(s)
	c.free(caught)
}

// pushes reports whether the code from start on enters environments.
func (c *code) pushes(start int) bool {
	for _, i := range c.f.Code[start:] {
		if i.Op == PushEnv {
			return true
		}
	}
	return false
}

// restore goes back to the environment before, which is saved at the place save then, if what a handler takes exceptions of enters others.
func (c *code) restore(save int, saved Reg, pushed bool) {
	if pushed {
		c.f.Code[save].Op, c.f.Code[save].Dst = SaveEnv, saved
		c.op(RestoreEnv, None, saved, None, None)
	}
}

// finally lowers the finally block, and what goes on after it.
func (c *code) finally(n *script.Try, f *region, save int, saved Reg) {
	c.endRegion()
	pushed := c.pushes(save)
	c.node = n.Finally
	c.constant(f.completion, 0.0)
	c.constant(f.value, Undefined{})
	c.bind(f.entry)
	c.handle(f, f.entry, f.value, f.completion)
	c.restore(save, saved, pushed)
	c.block(n.Finally)
	c.endFinally(f)
}

// endFinally goes on as the completion of a finally block says.
func (c *code) endFinally(f *region) {
	end := c.pc()
	c.op(EndFinally, None, f.completion, f.value, None)
	after := c.newLabel()
	over := c.pc()
	c.jump(after)
	if c.stubs() {
		c.f.Code[end].N = c.here() + 1
		c.leaveFunction(f.value)
	}
	for _, e := range f.exits {
		c.f.Code[end].Targets = append(c.f.Code[end].Targets, c.here())
		c.leaveTo(len(c.control), e.region)
	}
	if c.pc() == over+1 {
		c.f.Code = c.f.Code[:over]
	}
	c.bind(after)
}

// stubs reports whether a return has to pass something here.
func (c *code) stubs() bool {
	for _, r := range c.control {
		if r.kind == regionFinally || r.kind == regionIterator {
			return true
		}
	}
	return c.f.Derived
}
