package flow

import (
	"iter"

	"github.com/voipcheck/voipcheck/internal/script"
)

// coroutine runs a function body that can stop in the middle: an async function at await, a generator at yield.
type coroutine struct {
	fiber *fiber
	in    resumption // what the body is resumed with
	out   completion // how the body ended
	cut   *cutOff
	again bool
	done  bool
	// halted tells that the whole analysis was told to stop.
	halted bool

	running, stopping bool
	// waits tells that the body sleeps at an await; a generator's sleeps at a yield otherwise.
	waits bool
	// at is what it waits for, on the promise, nil where it is none.
	at *unfollowed
	on *promise
	// node is the await.
	node script.Node
}

// fiber is a stack for bodies, one after the other: a stack that has grown is worth keeping, since there are as many
// coroutines as awaits on all ways.
type fiber struct {
	next  func() (value, bool)
	stop  func()
	yield func(value) bool
	run   func() // what it runs next
}

// newFiber makes a fiber that runs what it is given each time that it is resumed after an end.
func newFiber() *fiber {
	f := &fiber{}
	f.next, f.stop = iter.Pull(func(yield func(value) bool) {
		f.yield = yield
		for {
			f.run()
			if !yield(undefined) {
				return
			}
		}
	})
	return f
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
	if n := len(m.fibers); n > 0 {
		c.fiber, m.fibers = m.fibers[n-1], m.fibers[:n-1]
	} else {
		c.fiber = newFiber()
	}
	c.fiber.run = func() {
		defer func() {
			c.done = true
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
			case halted:
				c.halted = true
			default:
				c.cut = &cutOff{cause: m.broken(r)}
			}
		}()
		c.out = body(c)
	}
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
	yielded, _ = c.fiber.next()
	c.running = false
	m.current = outer
	if c.done {
		m.release(c.fiber)
		if c.cut != nil {
			panic(*c.cut)
		}
		if c.again {
			panic(misjudged{})
		}
		if c.halted {
			panic(halted{})
		}
	}
	return yielded, c.done
}

// mostFibers, which bounds nothing that is followed, is how many fibers wait for a body; more of them are made and left again where a way needs more.
const mostFibers = 64

// release takes back a fiber whose body has ended.
func (m *machine) release(f *fiber) {
	if len(m.fibers) >= mostFibers {
		f.stop()
		return
	}
	m.fibers = append(m.fibers, f)
}

// close ends the fibers that wait for a body.
func (m *machine) close() {
	for _, f := range m.fibers {
		f.stop()
	}
	m.fibers = nil
}

// suspend puts the running body to sleep, at an await or a yield, handing v out, and returns what it wakes up with.
func (m *machine) suspend(v value, waits bool) resumption {
	c := m.current
	c.waits = waits
	depth, frames, ret, join, weak, nest, together := m.depth, m.frames, m.ret, m.join, m.weak, m.nest, m.together
	c.fiber.yield(v)
	if c.stopping {
		panic(stopped{})
	}
	m.depth, m.frames, m.ret, m.join, m.weak, m.nest, m.together = depth, frames, ret, join, weak, nest, together
	return c.in
}

// stopCoroutines ends the bodies that still sleep at the end of a way.
func (m *machine) stopCoroutines() {
	for _, c := range m.live {
		if !c.done && !c.running {
			c.stopping = true
			c.fiber.next()
			m.release(c.fiber)
		}
	}
	m.live = nil
	m.current = nil
}
