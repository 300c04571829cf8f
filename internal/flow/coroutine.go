package flow

import "iter"

// coroutine runs a function body that can stop in the middle: an async function at await, a generator at yield.
type coroutine struct {
	next  func() (value, bool)
	stop  func()
	in    resumption // what the body is resumed with
	out   completion // how the body ended
	cut   *cutOff
	again bool
	yield func(value) bool
	done  bool

	running bool
}

// resumption is what a sleeping body wakes up with.
type resumption struct {
	val    value
	thrown bool
}

// stopped unwinds the body of a coroutine that is not needed any more.
type stopped struct{}

// newCoroutine makes a coroutine of body, which ends with a completion or an exception.
func (m *machine) newCoroutine(body func(c *coroutine) completion) *coroutine {
	c := &coroutine{}
	c.next, c.stop = iter.Pull(func(yield func(value) bool) {
		c.yield = yield
		defer func() {
			switch r := recover().(type) {
			case nil:
			case jsThrow:
				m.thrown = nil
				c.out = completion{kind: cThrow, val: r.val}
			case cutOff:
				c.cut = &r
			case stopped:
			case misjudged:
				c.again = true
			default:
				panic(r)
			}
		}()
		c.out = body(c)
	})
	m.live = append(m.live, c)
	return c
}

// resume wakes the body up and returns what it yields next; ended is true when it
// has run to its end instead. The body runs with the task's state as it is.
func (m *machine) resume(c *coroutine, in resumption) (yielded value, ended bool) {
	outer := m.current
	m.current = c
	c.in = in
	c.running = true
	yielded, ok := c.next()
	c.running = false
	m.current = outer
	if !ok {
		c.done = true
		if c.cut != nil {
			panic(*c.cut)
		}
		if c.again {
			panic(misjudged{})
		}
	}
	return yielded, !ok
}

// suspend puts the running body to sleep, handing v out, and returns what it wakes up with.
func (m *machine) suspend(v value) resumption {
	c := m.current
	depth, frames, ret, join, weak, nest, together := m.depth, m.frames, m.ret, m.join, m.weak, m.nest, m.together
	if !c.yield(v) {
		panic(stopped{})
	}
	m.depth, m.frames, m.ret, m.join, m.weak, m.nest, m.together = depth, frames, ret, join, weak, nest, together
	return c.in
}

// stopCoroutines ends the bodies that still sleep at the end of a way.
func (m *machine) stopCoroutines() {
	for _, c := range m.live {
		if !c.done && !c.running {
			c.stop()
			c.done = true
		}
	}
	m.live = nil
	m.current = nil
}
