package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Generators: bodies that stop at yield, and of async ones at await too.

// generator is a generator object's inside.
type generator struct {
	co     *coroutine
	done   bool
	async  bool
	start  func() completion
	begun  bool
	serial int32
}

// generator makes a generator object; its body starts with the first next.
func (m *machine) generator(c *closure, scope *env, args []value) value {
	o := m.object(cGenerator)
	o.put().gen = &generator{async: c.node.Async, serial: m.serial, start: func() completion { return m.body(c, scope, args) }}
	return ref(o)
}

func (m *machine) generatorMember(o *object, name string) (value, bool) {
	g := o.in().gen
	step := func(in resumption) value {
		if g.async {
			return m.request(g, in)
		}
		v, done, thrown := m.advance(g, in)
		if thrown {
			m.throw(v)
		}
		return m.iteration(v, done)
	}
	switch name {
	case "next":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			return step(resumption{val: arg(args, 0)})
		}), true
	case "throw":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			return step(resumption{val: arg(args, 0), thrown: true})
		}), true
	case "return":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			g.done = true
			if g.async {
				return m.promiseOf(m.iteration(arg(args, 0), true))
			}
			return m.iteration(arg(args, 0), true)
		}), true
	case "@@iterator", "@@asyncIterator":
		return m.native(name, func(_ *machine, this value, _ []value, _ *frame) value { return this }), true
	}
	return undefined, false
}

func (m *machine) iteration(v value, done bool) value {
	o := m.object(cPlain)
	m.define(o, "value", v)
	m.define(o, "done", boolean(done))
	return ref(o)
}

// advance runs a generator's body to its next yield.
func (m *machine) advance(g *generator, in resumption) (v value, done, thrown bool) {
	if in.thrown {
		m.passedOn(in.val)
	}
	if g.done || g.serial != m.serial || m.serial == 0 {
		if in.thrown {
			return in.val, true, true
		}
		if !g.done {
			return m.unknown(nil), true, false
		}
		return undefined, true, false
	}
	if !g.begun {
		g.begun = true
		if in.thrown {
			g.done = true
			return in.val, true, true
		}
		g.co = m.newCoroutine(func(*coroutine) completion { return g.start() })
	}
	if g.co.running {
		return m.unknown(nil), true, false
	}
	// A generator runs in the task of whoever asks for its next value: what is known goes in and out.
	saved := m.state()
	v, ended := m.resume(g.co, in)
	ctx := m.ctx
	m.restore(saved)
	m.ctx = ctx
	if !ended {
		return v, false, false
	}
	g.done = true
	switch out := g.co.out; out.kind {
	case cThrow:
		return out.val, true, true
	case cReturn:
		return out.val, true, false
	}
	return undefined, true, false
}

// request asks an async generator for its next value: its body may wait before it comes to its next yield.
func (m *machine) request(g *generator, in resumption) value {
	p, out := m.newPromise()
	switch {
	case g.serial != m.serial || m.serial == 0 || g.co != nil && g.co.running:
		m.settle(p, fulfilled, m.iteration(m.unknown(nil), true))
	case g.done && in.thrown || !g.begun && in.thrown:
		g.done = true
		m.settle(p, rejected, in.val)
	case g.done:
		m.settle(p, fulfilled, m.iteration(undefined, true))
	default:
		if !g.begun {
			g.begun = true
			g.co = m.newCoroutine(func(*coroutine) completion { return g.start() })
		}
		saved := m.state()
		m.proceed(g, p, in)
		ctx := m.ctx
		m.restore(saved)
		m.ctx = ctx
		if p.state == pendingPromise {
			m.ctx.trail = saved.ctx.trail
		}
	}
	return out
}

// proceed runs an async generator's body until it yields, which settles p, or ends.
func (m *machine) proceed(g *generator, p *promise, in resumption) {
	v, ended := m.resume(g.co, in)
	if ended {
		g.done = true
		if g.co.out.kind == cThrow {
			m.settle(p, rejected, g.co.out.val)
			return
		}
		last := undefined
		if g.co.out.kind == cReturn {
			last = g.co.out.val
		}
		m.await(last, func(q *promise) {
			switch {
			case q == nil:
				m.settle(p, fulfilled, m.iteration(last, true))
			case q.state == rejected:
				m.settle(p, rejected, q.val)
				p.failOf = q.failOf
			default:
				m.settle(p, fulfilled, m.iteration(q.val, true))
			}
		})
		return
	}
	waits := g.co.waits
	goOn := func(q *promise) {
		next := resumption{val: v}
		if q != nil {
			next.val, next.thrown = q.val, q.state == rejected
			if next.thrown {
				m.ctx.failing = q.failOf
			}
		}
		if waits || next.thrown {
			m.proceed(g, p, next)
			return
		}
		m.settle(p, fulfilled, m.iteration(next.val, false))
	}
	if waits {
		m.awaiting(v, goOn)
		return
	}
	m.await(v, goOn)
}

func (m *machine) yieldExpr(p *program, e *env, x *script.Yield) value {
	var v value
	if x.X != nil {
		v = m.eval(p, e, x.X)
	}
	if m.current == nil {
		return m.unknown(nil)
	}
	if x.Delegate {
		if v = m.known(v); v.kind == kObject && v.obj.in().gen != nil && !v.obj.in().gen.async {
			for n := 0; ; n++ {
				m.yields(n)
				out, done, thrown := m.advance(v.obj.in().gen, resumption{})
				if thrown {
					m.throw(out)
				}
				if done {
					return out
				}
				m.suspend(out, false)
			}
		}
		if it := m.asyncIterator(v); it.kind == kObject {
			for n := 0; ; n++ {
				m.yields(n)
				r := m.awaitExpr(m.call(m.get(it, "next"), it, nil, nil))
				if m.decideQuietly(m.get(r, "done")) != triNo {
					return m.get(r, "value")
				}
				m.suspend(m.get(r, "value"), false)
			}
		}
		items, _ := m.list(v)
		for _, item := range items {
			m.suspend(item, false)
		}
		return undefined
	}
	in := m.suspend(v, false)
	if in.thrown {
		m.throw(in.val)
	}
	return in.val
}

// exhaust takes everything that a generator yields.
func (m *machine) exhaust(g *generator) (items []value, ok bool) {
	for n := 0; ; n++ {
		m.yields(n)
		v, done, thrown := m.advance(g, resumption{})
		if thrown {
			m.throw(v)
		}
		if done {
			return items, true
		}
		items = append(items, v)
	}
}

// yields ends the path where a generator yields without end.
func (m *machine) yields(n int) {
	if n >= m.most(boundYields) {
		m.end(boundYields)
	}
}
