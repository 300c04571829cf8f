package flow

// Async functions: what runs before the first await, and what each await waits for.

// async runs an async function up to its first await and returns its promise.
func (m *machine) async(c *closure, scope *env, args []value) value {
	p, out := m.newPromise()
	p.obj.at = c.prog.span(c.node)
	if m.serial == 0 {
		// Nothing is waited for while a module is loaded: what the function does is followed with the module's top level as
		// an entry point.
		if m.relevantCall(c, args) {
			m.callsAtLoad()
		}
		p.outside = &unfollowed{name: c.name, at: c.prog.span(c.node)}
		return out
	}
	if m.joined() && m.recursion() > m.most(boundFollowedRequests) {
		// It calls itself again and again. How often is not looked at, and what it returns in the end is not known.
		m.settle(p, fulfilled, m.unknown(m.gaveUp(boundFollowedRequests, c.name, c.prog.span(c.node))))
		return out
	}
	co := m.newCoroutine(func(*coroutine) completion { return m.body(c, scope, args) })
	before := m.ctx.trail
	m.drive(co, p, resumption{})
	if !co.done {
		// The caller goes on without waiting: what was asked for stays asked for, the way inside is not the caller's.
		m.ctx.trail = before
	}
	return out
}

// drive runs an async function's body until it waits or ends.
func (m *machine) drive(co *coroutine, p *promise, in resumption) {
	wake := m.sync
	v, ended := m.resume(co, in)
	if ended {
		switch out := co.out; out.kind {
		case cThrow:
			m.settle(p, rejected, out.val)
		case cReturn:
			m.resolve(p, m.returned(out.val))
		default:
			m.resolve(p, m.returned(undefined))
		}
		return
	}
	_ = wake
	co.on, p.needs = nil, nil
	if v = m.promised(v); v.isPromise() {
		co.on, p.needs = v.obj.promise, []*promise{v.obj.promise}
	}
	m.awaiting(v, func(q *promise) {
		next := resumption{val: v}
		if q != nil {
			next.val, next.thrown = q.val, q.state == rejected
			if next.thrown {
				m.ctx.failing = q.failOf
			}
		}
		m.drive(co, p, next)
	})
}

// awaiting runs f as a task once v is settled, or soon when v is no promise.
func (m *machine) awaiting(v value, f func(*promise)) {
	v = m.promised(v)
	if v.isPromise() {
		m.when(v.obj.promise, f)
		return
	}
	ctx := m.ctx
	if v.kind == kSymbol && v.sym.cause != nil {
		m.mayHold(v.sym.cause)
		ctx = m.ctx
	}
	m.soon(func() { m.task(ctx, func() { f(nil) }) })
}

// awaitExpr is the operator await.
func (m *machine) awaitExpr(v value) value {
	if m.serial == 0 || m.current == nil {
		// At the top level of a module: the rest runs when the value is there.
		if v = m.promised(v); v.isPromise() {
			v.obj.promise.used = true
			if v.obj.promise.state == fulfilled {
				return v.obj.promise.val
			}
			return m.unknown(&unfollowed{name: "await", at: v.obj.at})
		}
		return v
	}
	node := m.current.node
	in := m.suspend(v, true)
	if in.thrown {
		if node != nil && in.val.kind == kObject && in.val.obj.at.File != nil {
			m.a.thrownBy[node] = in.val.obj.at
		}
		m.throw(in.val)
	}
	return in.val
}
