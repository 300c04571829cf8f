package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// NewPromise makes a pending promise.
func (m *Machine) NewPromise(s *state.State) value.Value {
	return m.Alloc(s, &value.Obj{Class: value.PromiseObject, Proto: m.Realm.Promise, Data: &value.Promise{}})
}

// Escaped makes a pending promise that something which is not followed waits for.
func (m *Machine) Escaped(s *state.State) value.Value {
	return m.Alloc(s, &value.Obj{Class: value.PromiseObject, Proto: m.Realm.Promise, Data: &value.Promise{Handled: true}})
}

// promise is the data of a promise, nil for anything else.
func promise(s *state.State, v value.Value) *value.Promise {
	if !v.IsObject() {
		return nil
	}
	p, _ := s.Obj(v.ID()).Data.(*value.Promise)
	return p
}

// Settle does what the resolving functions of a promise do: fulfilled, with what v promises if it is a promise itself, or
// rejected with v. A value that is no promise is dropped.
func (m *Machine) Settle(s *state.State, to value.Value, how value.PromiseState, v value.Value) {
	p := promise(s, to)
	if p == nil || p.State != value.Pending {
		return
	}
	if how == value.Rejected {
		m.settled(s, to, how, v)
		return
	}
	v = s.Resolve(v)
	switch {
	case v == to:
		m.settled(s, to, value.Rejected, m.NewError(s, "TypeError", "Chaining cycle detected for promise #<Promise>"))
		return
	case v.Kind() == value.Open:
		if t := v.Term(); t.Op != Settled && (t.Type == "" && t.Cause != nil || t.Type == "object") {
			m.follow(s, to, v)
			return
		}
	case v.IsObject():
		then, found := m.thenOf(s, v)
		if found {
			m.lock(s, to)
			s.Enqueue(state.Job{Func: m.Realm.FollowThenable, Args: []value.Value{to, v, then}, Ctx: m.Table.Enter(m.ctx, m.at)})
			return
		}
	}
	m.settled(s, to, value.Fulfilled, v)
}

// Settled is the Op of a term that stands for what a promise which is not known is settled with: no promise again.
const Settled = "settled"

// follow makes a promise wait for something that is not known: it is the host's to say how it ends.
func (m *Machine) follow(s *state.State, to, v value.Value) {
	m.lock(s, to)
	s.Enqueue(state.Job{Func: m.Realm.FollowOpen, Args: []value.Value{to, v}, Ctx: m.Table.Enter(m.ctx, m.at)})
}

// thenOf is the function then of an object, whose getter, if it has one, is not asked.
func (m *Machine) thenOf(s *state.State, v value.Value) (value.Value, bool) {
	for at := v; at.IsObject(); {
		if p, ok := m.own(s, at, value.Named("then")); ok {
			f := s.Resolve(p.Value)
			return f, p.Flags&value.Accessor == 0 && (m.IsFunction(s, f) || f.Kind() == value.Open)
		}
		at = s.Resolve(s.Obj(at.ID()).Proto)
	}
	return value.Undef, false
}

func (m *Machine) lock(s *state.State, to value.Value) {
	p := *promise(s, to)
	p.Locked = true
	s.Edit(to.ID()).Data = &p
}

// settled settles a promise and enqueues what waits for it.
func (m *Machine) settled(s *state.State, to value.Value, how value.PromiseState, v value.Value) {
	p := promise(s, to)
	if m.Observer.Settled != nil {
		m.Observer.Settled(s, to, how, v, p.Handled)
	}
	s.Edit(to.ID()).Data = &value.Promise{State: how, Result: v, Handled: p.Handled}
	for _, r := range p.Reactions {
		s.Enqueue(reactionJob(r, how, v))
	}
}

// Find settles a promise with what it is found to have been settled with elsewhere.
func (m *Machine) Find(s *state.State, id value.ID, how value.PromiseState, v value.Value) {
	m.settled(s, value.Ref(id), how, v)
	p := *promise(s, value.Ref(id))
	p.Found = true
	s.Edit(id).Data = &p
}

func reactionJob(r value.Reaction, how value.PromiseState, v value.Value) state.Job {
	j := state.Job{Frame: r.Frame, Rejected: how == value.Rejected, Value: v, Func: r.OnFulfilled, Derived: r.Derived, Ctx: r.Ctx, Many: r.Many}
	if j.Rejected {
		j.Func = r.OnRejected
	}
	return j
}

// Then adds a reaction to a promise.
func (m *Machine) Then(s *state.State, to value.Value, r value.Reaction) {
	if m.Observer.Waiting != nil {
		m.Observer.Waiting(s, to, &r)
	}
	p := *promise(s, to)
	p.Handled = true
	if p.State == value.Pending {
		p.Reactions = append(p.Reactions[:len(p.Reactions):len(p.Reactions)], r)
	} else {
		s.Enqueue(reactionJob(r, p.State, p.Result))
	}
	s.Edit(to.ID()).Data = &p
}

// PromiseOf is a value as a promise: itself if it is one, else a new one that is resolved with it.
func (m *Machine) PromiseOf(s *state.State, v value.Value) value.Value {
	v = s.Resolve(v)
	if promise(s, v) != nil {
		return v
	}
	p := m.NewPromise(s)
	m.Settle(s, p, value.Fulfilled, v)
	return p
}

// Resolvers are the resolving functions of a promise. With bypass they work although it is locked: it follows what calls them.
func (m *Machine) Resolvers(s *state.State, to value.Value, bypass bool) (resolve, reject value.Value) {
	make := func(n *value.Native) value.Value {
		return m.Alloc(s, &value.Obj{Class: value.FunctionObject, Proto: m.Realm.Function, Fn: &value.Closure{Native: n}, Data: to, Elems: []value.Value{value.BoolOf(bypass)}})
	}
	return make(resolveNative), make(rejectNative)
}

var (
	resolveNative = &value.Native{Length: 1, Run: Raw(func(c *Call) Result { return c.resolve(value.Fulfilled) })}
	rejectNative  = &value.Native{Length: 1, Run: Raw(func(c *Call) Result { return c.resolve(value.Rejected) })}
)

// resolve is what a resolving function does.
func (c *Call) resolve(how value.PromiseState) Result {
	o := c.S.Obj(c.Func.ID())
	to, _ := o.Data.(value.Value)
	if to.IsObject() && !c.M.whole(c.S, to) {
		return Again()
	}
	if p := promise(c.S, to); p != nil && (!p.Locked || o.Elems[0].Bool()) {
		v := c.Arg(0)
		if how == value.Fulfilled {
			// Whether it is a promise has to be known.
			var ok bool
			if v, ok = c.M.decided(c.S, v); !ok {
				return Again()
			}
		}
		c.M.Settle(c.S, to, how, v)
	}
	return Done(value.Undef)
}

// startJob begins the next job.
func (m *Machine) startJob(s *state.State) {
	m.ctx, m.at, m.made = s.Micro[0].Ctx, value.At{Name: "job"}, 0
	m.renew(s)
	j := s.Micro[0]
	if f := s.Resolve(j.Func); f.Kind() == value.Choice {
		m.splitOn(s, f)
		return
	}
	if v := s.Resolve(j.Value); j.Frame == nil && v.Kind() == value.Choice && m.nativeHandler(s, j.Func) {
		m.splitOn(s, v)
		return
	}
	if j.Derived != 0 && !m.whole(s, value.Ref(j.Derived)) {
		return
	}
	if j.Many {
		m.repeats(s)
		return
	}
	s.Micro = s.Micro[1:]
	s.Clock++
	to := value.Return{Kind: value.ToJob}
	if j.Derived != 0 {
		to = value.Return{Kind: value.ToPromise, Object: value.Ref(j.Derived)}
	}
	switch {
	case j.Frame != nil:
		s.Stack = append(s.Stack, j.Frame)
		if j.Rejected {
			m.throw(s, j.Value)
			return
		}
		m.resume(s, j.Value)
	case j.Args != nil:
		m.call(s, j.Func, j.This, j.Args, to, nil)
	case m.IsFunction(s, s.Resolve(j.Func)) || j.Func.Kind() == value.Open:
		if j.Rejected && m.Observer.Rejected != nil {
			m.Observer.Rejected(s, s.Resolve(j.Func), j.Value)
		}
		m.call(s, j.Func, value.Undef, []value.Value{j.Value}, to, nil)
	case j.Rejected:
		m.throwTo(s, to, j.Value)
	default:
		m.finish(s, to, j.Value)
	}
}

// repeats makes of a job that stands for many one, and none, one, or more of them that are left: to run next, or after what else is there.
func (m *Machine) repeats(s *state.State) {
	next, last := s.Fork(), s.Fork()
	one := s.Micro[0]
	one.Many = false
	rest := s.Micro[1:]
	s.Micro = append([]state.Job{one}, rest...)
	next.Micro = append([]state.Job{one, next.Micro[0]}, rest...)
	m.Parts([]*state.State{s, next})
	if len(rest) > 0 {
		last.Micro = append(append([]state.Job{one}, rest...), last.Micro[0])
		m.Parts([]*state.State{last})
	}
}

func (m *Machine) nativeHandler(s *state.State, f value.Value) bool {
	o := m.function(s, s.Resolve(f))
	return o == nil || o.Fn != nil && o.Fn.Native != nil
}

// resume stores what a waiting frame, the innermost one, has waited for.
func (m *Machine) resume(s *state.State, v value.Value) {
	f := s.Top()
	store(s, &f.Code.Code[f.PC], v)
}

// waits carries out await, yield and the start of a generator.
func (m *Machine) waits(s *state.State, f *value.Frame, i *ir.Instr) {
	switch i.Op {
	case ir.Await:
		v, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		p := m.PromiseOf(s, v)
		waiting := s.Pop()
		m.Then(s, p, value.Reaction{Frame: waiting, Ctx: m.ctx})
	case ir.Yield:
		m.yields(s, reg(f, i.A))
	case ir.Start:
		next(s)
		m.yields(s, value.Hole)
	}
}
