package flow

import "github.com/voipcheck/voipcheck/internal/source"

// promiseState is how far a promise has come.
type promiseState uint8

const (
	pendingPromise promiseState = iota
	fulfilled
	rejected
)

// promise is the inside of a promise object.
type promise struct {
	state promiseState
	val   value
	// ctx is what was known when it was settled.
	ctx       context
	reactions []reaction
	// used tells that somebody waits for it or it went where that cannot be seen.
	used bool
	// given tells that it was handed to something that is not followed.
	given bool
	// outside names what may settle it that cannot be followed.
	outside *unfollowed
	// vouched is what is vouched to hold when it is fulfilled from outside.
	vouched facts
	// either tells that it may be rejected as well.
	either bool
	locked bool // resolved with another promise
	// failOf is the call whose failure rejects it.
	failOf *site
	serial int32
	obj    *object
	// idle tells that its executor can settle it no more; needs are those of which one (or with anyDoes each) would have to be settled first.
	idle    bool
	needs   []*promise
	anyDoes bool
	// on is the promise that handlers wait for, of which this one is what comes.
	on       *promise
	handlers [2]value
}

// reaction is what happens when a promise is settled.
type reaction struct {
	ctx  context // of whoever waits
	then func(p *promise)
}

func (m *machine) newPromise() (*promise, value) {
	p := &promise{serial: m.serial}
	o := m.object(cPromise)
	o.promise, p.obj = p, o
	m.promise = append(m.promise, p)
	return p, ref(o)
}

// promised returns the promise that v is, or may be; otherwise v itself.
func (m *machine) promised(v value) value {
	if v = m.known(v); v.kind == kSymbol && v.sym.promise != nil {
		return ref(v.sym.promise.obj)
	}
	if v.kind == kObject && v.obj.promise == nil && v.obj.class == cPlain && m.serial != 0 && m.find(v.obj, "then") != nil {
		if then := m.get(v, "then"); then.kind == kObject && then.obj.fn != nil {
			// An object of the code's own that can be waited for.
			p, out := m.newPromise()
			m.resolve(p, v)
			return out
		}
	}
	return v
}

// waitable reports whether then of an unknown value can be followed: what code that is not followed returned is a promise
// where somebody calls then on it. How that ends nobody knows.
func (m *machine) waitable(v value, at source.Span, where func() *unfollowed) bool {
	s := v.sym
	if s.promise != nil {
		return true
	}
	why := s.cause
	if why == nil && where != nil {
		why = where()
	}
	if why == nil || why.runtime || why.stored || s.root != nil || s.not != nil || m.serial == 0 || m.joined() {
		return false
	}
	p, _ := m.newPromise()
	times := m.revisited(at)
	changed := m.visit(times, m.stand(nil))
	// Whoever works through a list of unknown tasks would go on for ever.
	if m.waited[at]++; m.waited[at] <= m.most(boundWaits) || m.goesOnOpen(times, changed, boundWaits, nil) {
		p.outside, p.either = why, true
	}
	if s.id <= m.firstSymbol {
		m.undo = append(m.undo, func() { s.promise = nil })
	}
	s.promise = p
	return true
}

// orAnswer makes of a promise what may as well be an answer given at once.
func (m *machine) orAnswer(v value) value {
	out := m.unknown(nil)
	out.sym.promise = v.obj.promise
	return out
}

// settle settles p with the current context.
func (m *machine) settle(p *promise, state promiseState, v value) {
	if p.state != pendingPromise {
		return
	}
	if p.serial != m.serial {
		old := *p
		m.undo = append(m.undo, func() { *p = old })
	}
	p.state, p.val, p.ctx = state, v, m.ctx
	if state == rejected {
		p.failOf = m.failureOf(v)
	}
	reactions := p.reactions
	p.reactions = nil
	for _, r := range reactions {
		m.react(p, r)
	}
}

// resolve does what the resolve function of a promise does.
func (m *machine) resolve(p *promise, v value) {
	if p.state != pendingPromise || p.locked {
		return
	}
	if v = m.known(v); v.kind == kSymbol {
		v = m.promised(v)
	}
	if v.isPromise() {
		if v.obj.promise == p {
			return
		}
		p.locked = true
		p.needs, p.idle = []*promise{v.obj.promise}, false
		m.when(v.obj.promise, func(q *promise) {
			m.settleLocked(p, q)
		})
		return
	}
	if v.kind == kObject {
		if then := m.get(v, "then"); then.isFunction() {
			p.locked = true
			ctx := m.ctx
			m.soon(func() {
				m.task(ctx, func() {
					q, _ := m.newPromise()
					done, fail := m.resolvers(q)
					m.attempt(func() { m.call(then, v, []value{done, fail}, nil) }, func(e value) { m.settle(q, rejected, e) })
					m.when(q, func(q *promise) { m.settleLocked(p, q) })
				})
			})
			return
		}
	}
	if v.kind == kSymbol && v.sym.cause != nil {
		// Perhaps a promise of something that was not followed: waiting for it may bring anything.
		m.mayHold(v.sym.cause)
	}
	m.settle(p, fulfilled, v)
}

func (m *machine) settleLocked(p, q *promise) {
	p.locked = false
	m.settle(p, q.state, q.val)
	if q.state == rejected && q.failOf != nil {
		p.failOf = q.failOf
	}
}

// when runs f as a task once p is settled: with what the waiting and the settling task know together.
func (m *machine) when(p *promise, f func(p *promise)) {
	p.used = true
	r := reaction{ctx: m.ctx, then: f}
	if p.state == pendingPromise {
		if p.serial != m.serial {
			n := len(p.reactions)
			m.undo = append(m.undo, func() { p.reactions = p.reactions[:min(n, len(p.reactions))] })
			// It belongs to another run; nothing of this one will settle it.
			m.promise = append(m.promise, p)
		}
		p.reactions = append(p.reactions, r)
		return
	}
	m.react(p, r)
}

func (m *machine) react(p *promise, r reaction) {
	due := &reaction{r.ctx.join(m.settledFor(p, r.ctx)), r.then}
	m.soon(func() { m.task(due.ctx, func() { due.then(p) }) })
}

// settleOutside settles a promise that waits for something which was not followed, and reports whether there was one.
func (m *machine) settleOutside() bool {
	for _, p := range m.promise {
		if p.state != pendingPromise || len(p.reactions) == 0 || p.idle {
			continue
		}
		why := p.outside
		if why == nil && p.serial != m.serial {
			why = &unfollowed{name: "Promise", at: p.obj.at}
		}
		if why == nil {
			continue
		}
		state := fulfilled
		if p.either && m.choose(2) == 1 {
			state = rejected
		}
		ctx := context{maybe: why}
		if p.vouched != 0 && state == fulfilled {
			ctx.maybe = nil
		}
		m.task(ctx, func() {
			m.vouch(p.vouched)
			m.settle(p, state, m.unknown(why))
		})
		return true
	}
	return false
}

// resolvers returns the resolve and reject functions of p.
func (m *machine) resolvers(p *promise) (resolve, reject value) {
	r := m.native("resolve", func(m *machine, _ value, args []value, _ *frame) value {
		m.itMatters()
		m.resolve(p, arg(args, 0))
		return undefined
	})
	j := m.native("reject", func(m *machine, _ value, args []value, _ *frame) value {
		m.itMatters()
		if !p.locked {
			m.settle(p, rejected, arg(args, 0))
		}
		return undefined
	})
	r.obj.host.settles, j.obj.host.settles = p, p
	j.obj.host.rejects = true
	return r, j
}

// rejectedAt is where what rejects a promise was made.
func rejectedAt(p *promise) source.Span {
	if p.val.kind == kObject && p.val.obj.at.File != nil {
		return p.val.obj.at
	}
	return p.obj.at
}

// then is Promise.prototype.then.
func (m *machine) then(p *promise, onFulfilled, onRejected value) value {
	derived, v := m.newPromise()
	derived.outside, derived.needs = p.outside, []*promise{p}
	onFulfilled, onRejected = m.known(onFulfilled), m.known(onRejected)
	derived.on, derived.handlers = p, [2]value{onFulfilled, onRejected}
	m.when(p, func(p *promise) {
		handler := onFulfilled
		if p.state == rejected {
			handler = onRejected
			m.dormant(onFulfilled, stop{at: rejectedAt(p), kind: StopThrows})
		}
		if !handler.isFunction() && handler.kind != kSymbol {
			m.settle(derived, p.state, p.val)
			derived.failOf = p.failOf
			return
		}
		if s := p.failOf; p.state == rejected && s != nil {
			m.crediting(s, p.val, func() { m.caught(s, handler) })
		}
		m.attempt(func() {
			m.resolve(derived, m.call(handler, undefined, []value{p.val}, nil))
		}, func(e value) { m.settle(derived, rejected, e) })
		m.ctx.failing = nil
	})
	return v
}

// finally is Promise.prototype.finally.
func (m *machine) finally(p *promise, f value) value {
	derived, v := m.newPromise()
	derived.outside, derived.needs = p.outside, []*promise{p}
	m.when(p, func(p *promise) {
		m.attempt(func() {
			if f = m.known(f); f.isFunction() {
				m.await(m.call(f, undefined, nil, nil), func(q *promise) {
					if q != nil && q.state == rejected {
						m.settle(derived, rejected, q.val)
						return
					}
					m.settle(derived, p.state, p.val)
					derived.failOf = p.failOf
				})
				return
			}
			m.settle(derived, p.state, p.val)
			derived.failOf = p.failOf
		}, func(e value) { m.settle(derived, rejected, e) })
	})
	return v
}

// await runs f when v is settled, at once when v is no promise (f gets nil).
func (m *machine) await(v value, f func(*promise)) {
	if v = m.promised(v); v.isPromise() {
		m.when(v.obj.promise, f)
		return
	}
	f(nil)
}

// attempt runs f; if it throws, caught runs with the exception.
func (m *machine) attempt(f func(), caught func(value)) {
	saved, hosted := m.state(), m.hosted
	var thrown *value
	func() {
		defer func() {
			if t := m.thrown; t != nil {
				_ = recover()
				m.thrown, m.hosted = nil, hosted
				thrown = &t.val
			}
		}()
		f()
	}()
	if thrown != nil {
		ctx := m.ctx
		m.restore(saved)
		m.ctx = ctx
		caught(*thrown)
	}
}

// promiseOf is Promise.resolve.
func (m *machine) promiseOf(v value) value {
	if v = m.promised(v); v.isPromise() {
		return v
	}
	p, out := m.newPromise()
	m.resolve(p, v)
	return out
}

// gather is Promise.all, allSettled, race and any over the values of list; what is not known of the list makes the result unknown.
func (m *machine) gather(how string, list []value) value {
	p, out := m.newPromise()
	results := make([]value, len(list))
	left := len(list)
	array := func() value { a := m.array(results); return a }
	if left == 0 {
		switch how {
		case "all", "allSettled":
			m.settle(p, fulfilled, array())
		case "race":
			p.idle = true
		}
		return out
	}
	p.anyDoes = how == "race" || how == "any"
	for _, v := range list {
		if v = m.promised(v); v.isPromise() {
			p.needs = append(p.needs, v.obj.promise)
		}
	}
	// joined is what all that have been settled so far know together.
	var joined context
	joined = m.ctx
	type winner struct {
		val value
		ctx context
	}
	var winners []winner
	first := 0
	if how == "race" {
		first = m.choose(len(list))
	}
	for i, v := range list {
		finish := func(state promiseState, v value, from *site) {
			left--
			switch how {
			case "all":
				if state == rejected {
					m.settle(p, rejected, v)
					if from != nil {
						p.failOf = from
					}
					return
				}
				results[i] = v
				joined = joined.join(m.ctx)
				if left == 0 {
					m.ctx = joined
					m.settle(p, fulfilled, array())
				}
			case "allSettled":
				o := m.object(cPlain)
				m.define(o, "status", text(map[promiseState]string{fulfilled: "fulfilled", rejected: "rejected"}[state]))
				if state == rejected {
					m.define(o, "reason", v)
					if from != nil {
						m.a.now.of(from).handled = true
					}
				} else {
					m.define(o, "value", v)
				}
				results[i] = ref(o)
				joined = joined.join(m.ctx)
				if left == 0 {
					m.ctx = joined
					m.settle(p, fulfilled, array())
				}
			case "race": // any of them may be the first
				if i == first {
					m.settle(p, state, v)
					if state == rejected && from != nil {
						p.failOf = from
					}
				}
			default: // any: the first that is fulfilled
				if state == fulfilled {
					winners = append(winners, winner{v, m.ctx})
				} else if from != nil {
					m.a.now.of(from).handled = true
				}
				if left > 0 {
					return
				}
				if len(winners) == 0 {
					m.settle(p, rejected, v)
					return
				}
				w := winners[m.choose(len(winners))]
				m.ctx = w.ctx
				m.settle(p, fulfilled, w.val)
			}
		}
		m.await(v, func(q *promise) {
			if q == nil {
				finish(fulfilled, v, nil)
				return
			}
			finish(q.state, q.val, q.failOf)
		})
	}
	return out
}
