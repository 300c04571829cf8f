package ir

// Iterators that are closed on every path out of what goes over them.

// iterating lowers what is done with an iterator that is closed where it ends abruptly.
func (c *code) iterating(it Reg, await bool, body func()) {
	mark := c.next
	node := c.node
	saved, value, completion := c.temp(), c.temp(), None
	if c.f.Generator {
		completion = c.temp()
	}
	save := c.pc()
	c.op(Nop, None, None, None, None)
	c.enterRegion(&region{kind: regionIterator, iterator: it, await: await, loop: -1})
	body()
	r := c.endRegion()
	c.node = node
	var ranges [][2]int
	for _, at := range r.ranges {
		if c.throws(at[0], at[1], it) {
			ranges = append(ranges, at)
		}
	}
	if r.ranges = ranges; len(ranges) > 0 {
		over := c.newLabel()
		c.jump(over)
		pushed := c.pushes(save)
		c.handle(r, c.here(), value, completion)
		c.restore(save, saved, pushed)
		c.abandon(r, completion)
		end := c.pc()
		if completion != None {
			c.op(EndFinally, None, completion, value, None)
		}
		c.op(Throw, None, value, None, None) // nothing arrives here by itself
		if completion != None && c.stubs() {
			c.f.Code[end].N = c.here() + 1
			c.leaveFunction(value)
		}
		c.bind(over)
	}
	c.free(mark)
}

// closeIterator tells an iterator that no more is wanted.
func (c *code) closeIterator(r *region) {
	if !r.await {
		c.op(IterClose, None, r.iterator, None, None)
		return
	}
	result := c.temp()
	over := c.newLabel()
	i := c.op(IterCall, result, r.iterator, None, None)
	i.Name, i.N = "return", over
	c.op(Await, result, result, None, None)
	c.op(IterResult, result, result, None, None).N = over
	c.bind(over)
	c.free(result)
}

// abandon tells an iterator that no more is wanted, after an exception or, as the completion says, a return.
func (c *code) abandon(r *region, completion Reg) {
	if !r.await {
		i := c.op(IterClose, None, r.iterator, completion, None)
		if completion == None {
			i.N = 1
		}
		return
	}
	done, thrown := c.newLabel(), c.newLabel()
	result := c.temp()
	if completion != None {
		one := c.temp()
		c.constant(one, 1.0)
		c.op(Binary, one, completion, one, None).Name = "==="
		c.jumpOn(JumpIf, one, thrown)
		c.free(one)
		c.closeIterator(r)
		c.jump(done)
	}
	c.bind(thrown)
	from := c.pc()
	i := c.op(IterCall, result, r.iterator, None, None)
	i.Name, i.N = "return", done
	c.op(Await, result, result, None, None)
	c.f.Handlers = append(c.f.Handlers, Handler{From: from, To: c.pc(), Target: done, Value: result, Kind: None, Loops: c.loops})
	c.bind(done)
	c.free(result)
}
