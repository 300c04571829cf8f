package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Requests of generators.
const (
	genNext = iota
	genThrow
	genReturn
)

// newGenerator makes the object of a call of a generator function. Its frame begins at once, to bind the parameters, and waits at Start.
func (m *Machine) newGenerator(s *state.State, f value.Value, fr value.Frame, to value.Return) {
	usual := m.Realm.Generator
	if fr.Code.Async {
		usual = m.Realm.AsyncGenerator
	}
	proto := m.ProtoOf(s, f, usual)
	g := m.Alloc(s, &value.Obj{Class: value.GeneratorObject, Proto: proto, Data: &value.Generator{Async: fr.Code.Async, Made: &to}})
	fr.Return = value.Return{Kind: value.ToGenerator, Object: g}
	s.Push(fr)
}

func generator(s *state.State, v value.Value) *value.Generator {
	if !v.IsObject() {
		return nil
	}
	g, _ := s.Obj(v.ID()).Data.(*value.Generator)
	return g
}

func (m *Machine) setGenerator(s *state.State, v value.Value, g value.Generator) {
	s.Edit(v.ID()).Data = &g
}

// IterResult makes { value, done }.
func (m *Machine) IterResult(s *state.State, v value.Value, done bool) value.Value {
	o := &value.Obj{Proto: m.Realm.Object}
	o.Define(value.Prop{Key: value.Named("value"), Value: v})
	o.Define(value.Prop{Key: value.Named("done"), Value: value.BoolOf(done)})
	return m.Alloc(s, o)
}

// Resume is next, throw or return of a generator; kind tells which.
func (c *Call) Resume(kind int, v value.Value) Result {
	g := generator(c.S, c.This)
	if g == nil {
		return c.Error("TypeError", "next method called on incompatible receiver")
	}
	if g.Async {
		return Result{kind: resultGoesOn, v: c.M.request(c.S, c.This, kind, v), this: c.This}
	}
	if g.Running {
		return c.Error("TypeError", "Generator is already running")
	}
	if len(c.S.Stack) == 0 {
		// A job calls it: a function around it takes what it yields.
		return Calls(c.M.Realm.Helper("resumeGenerator"), value.Undef, c.This, value.Num(float64(kind)), v)
	}
	switch {
	case g.Done || !g.Started && kind != genNext:
		d := *g
		d.Done, d.Frame = true, nil
		c.M.setGenerator(c.S, c.This, d)
		switch kind {
		case genThrow:
			return Throws(v)
		case genReturn:
			return Done(c.M.IterResult(c.S, v, true))
		}
		return Done(c.M.IterResult(c.S, value.Undef, true))
	}
	c.M.goOn(c.S, c.This, kind, v)
	return Again()
}

// goOn puts the frame of a generator back on the stack.
func (m *Machine) goOn(s *state.State, g value.Value, kind int, v value.Value) {
	d := *generator(s, g)
	frame := d.Frame
	started := d.Started
	d.Frame, d.Running, d.Started = nil, true, true
	m.setGenerator(s, g, d)
	s.Stack = append(s.Stack, frame)
	switch {
	case kind == genThrow:
		m.throw(s, v)
	case kind == genReturn:
		if h := handler(frame, true); h != nil {
			m.handle(s, h, v, 2)
			return
		}
		m.returned(s, v)
	case started:
		m.resume(s, v)
	}
}

// yields takes the frame of a generator off the stack and hands on what it yields; Hole at its start.
func (m *Machine) yields(s *state.State, v value.Value) {
	f := s.Pop()
	g := f.Return.Object
	d := *generator(s, g)
	d.Frame, d.Running = f, false
	m.setGenerator(s, g, d)
	switch {
	case v.Kind() == value.Absent:
		to := *d.Made
		d.Made = nil
		m.setGenerator(s, g, d)
		m.finish(s, to, g)
	case d.Async:
		m.answer(s, g, value.Fulfilled, m.IterResult(s, v, false))
		m.drain(s, g)
	default:
		m.finish(s, value.Return{}, m.IterResult(s, v, false))
	}
}

// generatorEnds is told of a generator's return.
func (m *Machine) generatorEnds(s *state.State, g, v value.Value) {
	d := *generator(s, g)
	d.Frame, d.Running, d.Done = nil, false, true
	m.setGenerator(s, g, d)
	if d.Async {
		m.answer(s, g, value.Fulfilled, m.IterResult(s, v, true))
		m.drain(s, g)
		return
	}
	m.finish(s, value.Return{}, m.IterResult(s, v, true))
}

// generatorThrows is told of an exception that leaves a generator; true if it goes no further.
func (m *Machine) generatorThrows(s *state.State, g, v value.Value) bool {
	d := *generator(s, g)
	started := d.Started
	d.Frame, d.Running, d.Done = nil, false, true
	m.setGenerator(s, g, d)
	if !d.Async || !started {
		return false
	}
	m.answer(s, g, value.Rejected, v)
	m.drain(s, g)
	return true
}

// request asks an asynchronous generator for its next value: a promise.
func (m *Machine) request(s *state.State, g value.Value, kind int, v value.Value) value.Value {
	p := m.NewPromise(s)
	d := *generator(s, g)
	d.Queue = append(d.Queue[:len(d.Queue):len(d.Queue)], value.GeneratorRequest{Kind: kind, Value: v, Promise: p.ID()})
	m.setGenerator(s, g, d)
	return p
}

// answer settles the promise of the first request.
func (m *Machine) answer(s *state.State, g value.Value, how value.PromiseState, v value.Value) {
	d := *generator(s, g)
	if len(d.Queue) == 0 {
		return
	}
	first := d.Queue[0]
	d.Queue = d.Queue[1:]
	m.setGenerator(s, g, d)
	if how == value.Fulfilled {
		m.settled(s, value.Ref(first.Promise), how, v)
		return
	}
	m.Settle(s, value.Ref(first.Promise), how, v)
}

// drain goes on with the requests of an asynchronous generator that wait, if it is not running.
func (m *Machine) drain(s *state.State, g value.Value) {
	d := generator(s, g)
	if d.Running || len(d.Queue) == 0 {
		return
	}
	first := d.Queue[0]
	switch {
	case first.Kind == genReturn:
		m.awaitReturn(s, g, first.Value)
	case d.Done || !d.Started && first.Kind != genNext:
		done := *d
		done.Done, done.Frame = true, nil
		m.setGenerator(s, g, done)
		if first.Kind == genThrow {
			m.answer(s, g, value.Rejected, first.Value)
		} else {
			m.answer(s, g, value.Fulfilled, m.IterResult(s, value.Undef, true))
		}
		m.drain(s, g)
	default:
		m.goOn(s, g, first.Kind, first.Value)
	}
}

// awaitReturn waits for the value that an asynchronous generator is told to return.
func (m *Machine) awaitReturn(s *state.State, g, v value.Value) {
	d := *generator(s, g)
	d.Running = true
	d.Done = d.Done || !d.Started
	m.setGenerator(s, g, d)
	p := m.PromiseOf(s, v)
	make := func(n *value.Native) value.Value {
		return m.Alloc(s, &value.Obj{Class: value.FunctionObject, Proto: m.Realm.Function, Fn: &value.Closure{Native: n}, Data: g})
	}
	m.Then(s, p, value.Reaction{OnFulfilled: make(m.Realm.Returning[0]), OnRejected: make(m.Realm.Returning[1]), Ctx: m.Where()})
}

// Returning are the functions that an asynchronous generator goes on with once the value that it is told to return is there, or is
// rejected: for who fills in a Realm.
func Returning() [2]*value.Native {
	return [2]*value.Native{
		{Length: 1, Run: Raw(func(c *Call) Result { return c.returns(genReturn) })},
		{Length: 1, Run: Raw(func(c *Call) Result { return c.returns(genThrow) })},
	}
}

// returns goes on with an asynchronous generator once the value that it is told to return is there.
func (c *Call) returns(kind int) Result {
	m, s := c.M, c.S
	g, _ := s.Obj(c.Func.ID()).Data.(value.Value)
	d := *generator(s, g)
	d.Running = false
	m.setGenerator(s, g, d)
	switch {
	case !d.Done:
		m.goOn(s, g, kind, c.Arg(0))
	case kind == genThrow:
		m.answer(s, g, value.Rejected, c.Arg(0))
		m.drain(s, g)
	default:
		m.answer(s, g, value.Fulfilled, m.IterResult(s, c.Arg(0), true))
		m.drain(s, g)
	}
	return Again()
}
