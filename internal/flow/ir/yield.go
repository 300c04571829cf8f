package ir

import "github.com/voipcheck/voipcheck/internal/script"

// yield and yield*.

func (c *code) yield(n *script.Yield, dst Reg) {
	if n.Delegate {
		c.delegate(n, dst)
		return
	}
	var r Reg
	if n.X == nil {
		r = dst
		c.constant(r, Undefined{})
	} else {
		r = c.operand(n.X)
	}
	c.node = n
	if c.f.Async {
		c.op(Await, dst, r, None, None)
		r = dst
	}
	c.op(Yield, dst, r, None, None)
}

// delegate lowers yield*: what the generator is resumed with goes to the iterator inside until that is done.
func (c *code) delegate(n *script.Yield, dst Reg) {
	it, sent, completion, value := c.temp(), c.temp(), c.temp(), c.temp()
	r := c.operand(n.X)
	c.node = n
	i := c.op(Iter, it, r, None, None)
	if c.f.Async {
		i.N = 1
	}
	c.constant(sent, Undefined{})
	c.constant(completion, 0.0)
	t := &turns{}
	c.enterLoop(t)
	back, yields, results := c.newLabel(), c.newLabel(), c.newLabel()
	thrown, returned := c.newLabel(), c.newLabel()
	c.jumpIfIs(completion, 1, thrown)
	c.jumpIfIs(completion, 2, returned)
	c.op(IterCall, value, it, sent, None)
	c.jump(results)

	c.bind(thrown)
	c.delegateThrow(it, sent, value, results)

	c.bind(returned)
	c.delegateReturn(it, sent, value, yields)

	c.bind(results)
	c.awaited(value)
	c.op(IterResult, value, value, None, None).N = t.exit

	c.bind(yields)
	from := c.pc()
	c.op(Yield, sent, value, None, None)
	to := c.pc()
	c.constant(completion, 0.0)
	c.bind(back)
	c.f.Handlers = append(c.f.Handlers, Handler{From: from, To: to, Target: back, Value: sent, Kind: completion, Loops: c.loops})
	c.leaveLoop(t)
	c.move(dst, value)
}

// jumpIfIs goes on at l if a kind of completion is k.
func (c *code) jumpIfIs(completion Reg, k float64, l label) {
	r := c.temp()
	c.constant(r, k)
	c.op(Binary, r, completion, r, None).Name = "==="
	c.jumpOn(JumpIf, r, l)
	c.free(r)
}

// awaited waits for a result, in asynchronous generators.
func (c *code) awaited(r Reg) {
	if c.f.Async {
		c.op(Await, r, r, None, None)
	}
}

// delegateThrow hands an exception to the iterator inside. One that takes none is closed.
func (c *code) delegateThrow(it, sent, value Reg, results label) {
	none := c.newLabel()
	i := c.op(IterCall, value, it, sent, None)
	i.Name, i.N = "throw", none
	c.jump(results)
	c.bind(none)
	c.closeIterator(&region{iterator: it, await: c.f.Async})
	c.throwError("TypeError", "The iterator does not provide a 'throw' method")
}

// delegateReturn hands a return to the iterator inside, and returns once that has.
func (c *code) delegateReturn(it, sent, value Reg, yields label) {
	none, done := c.newLabel(), c.newLabel()
	i := c.op(IterCall, value, it, sent, None)
	i.Name, i.N = "return", none
	c.awaited(value)
	c.op(IterResult, value, value, None, None).N = done
	c.jump(yields)
	c.bind(none)
	c.move(value, sent)
	c.bind(done)
	c.leaveFunction(value)
}
