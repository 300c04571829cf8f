package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// callback is a task: a function that the platform calls once, or again and again. It is comparable.
type callback struct {
	name  string
	began pending
	// shows is what its being called shows to be granted.
	shows Held
	// maybe is why more may hold when it is called than when it was handed over; nil where that is known.
	maybe *value.Cause
	// other tells that the function which is its first argument may be called in its place: the one rejects a promise that the other fulfils.
	other bool
}

// Next is what may happen to a state in which nothing is left to run: one of the tasks that are outstanding ends, in one of its manners. A task
// that cannot matter ends first, since whatever it does commutes with the others; of those that can, each may be the next.
func (p *Program) Next(s *state.State) []*state.State {
	p.forgotten(s)
	var weighing []int
	for n := range s.Tasks {
		if _, ok := s.Tasks[n].Data.(request); ok && !awaited(s, &s.Tasks[n]) {
			continue
		}
		if !p.weighs(s, &s.Tasks[n]) {
			if s.Tasks[n].Many {
				continue // it would come again and again
			}
			return p.ended(s, n)
		}
		weighing = append(weighing, n)
	}
	var out []*state.State
	for _, n := range weighing {
		out = append(out, p.ended(s, n)...)
	}
	return out
}

// forgotten drops the requests whose outcome nothing waits for, and nothing can any more.
func (p *Program) forgotten(s *state.State) {
	var promises []value.ID
	kept := s.Tasks[:0:0]
	for n := range s.Tasks {
		t := &s.Tasks[n]
		if r, ok := t.Data.(request); ok && !awaited(s, t) {
			if r.row.report {
				p.seen(p.Sites[r.site-1]).Dropped = true
			}
			promises = append(promises, t.Values[reqPromise].ID())
			continue
		}
		kept = append(kept, *t)
	}
	if len(promises) == 0 {
		return
	}
	all := s.Tasks
	s.Tasks = kept
	referred := p.machine.Referred(s, promises)
	if len(referred) == 0 {
		return
	}
	s.Tasks = slices.DeleteFunc(slices.Clone(all), func(t state.Task) bool {
		_, ok := t.Data.(request)
		return ok && !awaited(s, &t) && !referred[t.Values[reqPromise].ID()]
	})
}

// ended are the states after a task has ended.
func (p *Program) ended(s *state.State, n int) []*state.State {
	t := &s.Tasks[n]
	d, ok := t.Data.(callback)
	if !ok {
		return p.outcomes(s, n)
	}
	funcs, args := t.Values[:1], t.Values[1:]
	if d.other {
		funcs, args = t.Values[:2], t.Values[2:]
	}
	var out []*state.State
	for _, f := range funcs {
		next := s.Fork()
		facts := d.began.unaware(next.Facts.(Facts), 0, false)
		facts.Failing = 0
		facts.learn(implied{held: d.shows, maybe: d.maybe})
		next.Facts = facts
		next.End(n)
		p.machine.At(t.Ctx, d.name)
		derived := value.ID(0)
		if d.maybe != nil {
			// What it returns goes to whoever called it, which is not followed.
			p.machine.Again(next, t.Ctx, d.name)
			derived = p.machine.Escaped(next).ID()
		}
		next.Enqueue(state.Job{Derived: derived, Func: f, Args: slices.Clone(args), Ctx: p.table.Enter(t.Ctx, value.At{Name: d.name})})
		out = append(out, next)
	}
	return out
}

// later makes a function one that the platform calls some time.
func (p *Program) later(c *exec.Call, name string, repeat bool, f value.Value, args ...value.Value) {
	p.calls(c, callback{name: name}, repeat, f, args...)
}

// calls begins a task that calls a function, once or again and again.
func (p *Program) calls(c *exec.Call, how callback, repeat bool, f value.Value, args ...value.Value) {
	how.began = pendingIn(c.S.Facts.(Facts))
	c.M.Begin(c.S, state.Task{Key: how.name, Ctx: c.M.Where(), Data: how, Values: append([]value.Value{f}, args...), Many: repeat})
}

// timer is setTimeout or setInterval: it returns a number by which it can be cleared.
func (p *Program) timer(repeat bool) exec.Run {
	return func(c *exec.Call) exec.Result {
		f := c.Arg(0)
		if !c.M.IsFunction(c.S, f) {
			return exec.Done(value.Num(0))
		}
		var args []value.Value
		if len(c.Args) > 2 {
			args = c.Args[2:]
		}
		p.later(c, "timer", repeat, f, args...)
		return exec.Done(value.Num(float64(c.M.Where().ID())))
	}
}

// clear is clearTimeout or clearInterval.
func (p *Program) clear(c *exec.Call) exec.Result {
	id := c.Arg(0)
	for n := len(c.S.Tasks) - 1; n >= 0; n-- {
		t := c.S.Tasks[n]
		if _, ok := t.Data.(callback); ok && t.Key == "timer" && id.Kind() == value.Number && id.Num() == float64(t.Ctx.ID()) {
			c.S.Drop(n)
		}
	}
	return exec.Done(value.Undef)
}

// soon is nextTick.
func (p *Program) soon(c *exec.Call) exec.Result {
	if f := c.Arg(0); c.M.IsFunction(c.S, f) {
		p.later(c, "nextTick", false, f)
	}
	return exec.Done(value.Undef)
}

// listen hands the functions among the arguments of a call to the platform, which calls them some time.
func (p *Program) listen(c *exec.Call, name string) {
	for _, f := range c.Args {
		if c.M.IsFunction(c.S, f) {
			p.later(c, name, false, f, p.input(c.M.Where(), name, "object"))
		}
	}
}
