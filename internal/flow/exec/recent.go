package exec

import (
	"reflect"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Objects that are made at the same place in the same context have one name: in a loop whose turns are not counted, or where a task
// comes again. The most recent one has it; earlier ones that something still refers to have another, and the second of those and all
// further ones are one object that stands for several (Many). What is not known has names likewise: what a test found in one turn
// does not hold in the next.

// makesNone tells of instructions that make no objects, nor an error.
var makesNone = [256]bool{
	ir.Nop: true, ir.Const: true, ir.Move: true, ir.Jump: true, ir.JumpIf: true, ir.JumpIfNot: true, ir.JumpNullish: true, ir.JumpUndefined: true, ir.Return: true,
	ir.LoopEnter: true, ir.LoopHead: true, ir.LoopExit: true, ir.Uninit: true,
}

// renew gives the objects another name that were made before at the place that is about to be executed.
func (m *Machine) renew(s *state.State) {
	var old map[value.ID]bool
	for _, id := range m.Table.Allocated(m.ctx, m.at) {
		if s.Heap.Get(id) != nil {
			if old == nil {
				old = map[value.ID]bool{}
			}
			old[id] = true
		}
	}
	if old == nil {
		return
	}
	kept := m.referred(s, old)
	for id := range old {
		if !kept[id] {
			s.Share(id, nil)
		}
	}
	if len(kept) == 0 {
		return
	}
	w := &walker{m: m, s: s, id: func(id value.ID) value.ID {
		if kept[id] {
			return m.Table.Older(id)
		}
		return id
	}}
	m.apply(m.before(old), w)
	for _, id := range m.Table.Allocated(m.ctx, m.at) {
		if !kept[id] {
			continue
		}
		o := s.Heap.Get(id)
		s.Share(id, nil)
		to := m.Table.Older(id)
		if before := s.Heap.Get(to); before != nil {
			o = m.fold(s, before, o)
		}
		s.Share(to, o)
	}
}

// walkCost is how many instructions it is worth to go over all that a state holds.
const walkCost = 40

// apply replaces what a walker names in all of a state, but for what is as it was in a heap.
func (m *Machine) apply(since *value.Heap, w *walker) {
	w.s.Steps += walkCost
	var ids []value.ID
	var objs []*value.Obj
	m.each(since, w.s, func(id value.ID, o *value.Obj) {
		if x := w.obj(o); x != o {
			ids, objs = append(ids, id), append(objs, x)
		}
	})
	for n, id := range ids {
		w.s.Share(id, objs[n])
	}
	w.running()
	w.findings()
}

// Referred are those of some objects that a state still refers to.
func (m *Machine) Referred(s *state.State, some []value.ID) map[value.ID]bool {
	set := map[value.ID]bool{}
	for _, id := range some {
		set[id] = true
	}
	return m.referred(s, set)
}

// referred are those of some objects that something else refers to.
func (m *Machine) referred(s *state.State, some map[value.ID]bool) map[value.ID]bool {
	s.Steps += walkCost
	found := map[value.ID]bool{}
	var todo []value.ID
	w := &walker{m: m, s: s, id: func(id value.ID) value.ID {
		if some[id] && !found[id] {
			found[id] = true
			todo = append(todo, id)
		}
		return id
	}}
	m.each(m.before(some), s, func(id value.ID, o *value.Obj) {
		if !some[id] {
			w.obj(o)
		}
	})
	w.running()
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		w.obj(s.Heap.Get(id))
	}
	return found
}

// turn begins another turn of a loop whose turns are not counted: what nothing refers to any more goes, and what was not known in the last
// turn is another than in this one.
func (m *Machine) turn(s *state.State, ctx *value.Ctx) {
	some := map[value.ID]bool{}
	for _, id := range m.Table.MadeUnder(ctx) {
		if s.Heap.Get(id) != nil {
			some[id] = true
		}
	}
	decided := false
	for _, p := range s.Picks {
		decided = decided || p.Root.Ctx() != nil && p.Root.Ctx().Within(ctx)
	}
	if len(some) == 0 && !decided && !m.Table.OpenUnder(ctx) {
		return
	}
	if f := s.Top(); f.Code.Joins[f.PC] {
		m.forget(s)
	}
	if len(some) > 0 {
		kept := m.referred(s, some)
		for id := range some {
			if !kept[id] {
				s.Share(id, nil)
			}
		}
	}
	w := &walker{m: m, s: s, id: func(id value.ID) value.ID { return id }, term: func(t *value.Term) *value.Term {
		if t.Ctx() != nil && t.Ctx().Within(ctx) {
			return m.Table.OlderTerm(t)
		}
		return t
	}}
	if decided {
		w.pick = func(v value.Value) value.Value {
			if c := v.Set().Root.Ctx(); c != nil && c.Within(ctx) {
				return s.Resolve(v)
			}
			return v
		}
	}
	m.apply(m.beforeCtx(ctx), w)
	for n := 0; n < len(s.Picks); {
		if c := s.Picks[n].Root.Ctx(); c != nil && c.Within(ctx) {
			s.Release(s.Picks[n].Root)
			continue
		}
		n++
	}
}

// mostTimes is how often a function is entered at one place, each time from what came of the time before, with contexts that are told apart.
const mostTimes = 8

// entered is the context of a function that is called where the machine is. Calls within calls are told apart, as their number is bounded. What
// comes by a place again and again without its calls being still there, a request that is made anew in its callback, an asynchronous function that
// ends by calling itself, would have ever new contexts: after some times they are one, as the turns of a loop that are not counted.
func (m *Machine) entered(s *state.State, code *ir.Func) *value.Ctx {
	at := m.at
	if at.Name != "" {
		at.Module, at.Func = code.Module.Index, code.ID
	}
	up := m.ctx
	if m.made > 0 {
		// Several calls of one instruction, by natives, are told apart.
		up, at = m.Table.Enter(up, at), value.At{Module: code.Module.Index, Func: code.ID, Name: "more", PC: m.made}
	}
	ctx := m.Table.Enter(up, at)
	if code.Module.Prelude {
		return ctx
	}
	if m.Hurried && m.called(s) {
		return m.Table.Recur(up.Root(), value.At{Module: code.Module.Index, Func: code.ID, Name: "called"})
	}
	if ctx.Times < mostTimes {
		return ctx
	}
	times := ctx.Times
	running := func(c *value.Ctx) bool {
		return slices.ContainsFunc(s.Stack, func(f *value.Frame) bool { return f.Ctx.Frame() == c })
	}
	for c := ctx.Again; c != nil; c = c.Again {
		if running(c) {
			times--
		}
	}
	if times < mostTimes {
		return ctx
	}
	for c := ctx.Again; c != nil; c = c.Again {
		if c.Turn == value.Many && !running(c) {
			return c
		}
	}
	return m.Table.Recur(up, at)
}

// called reports whether what a state calls is called by the platform, or by a promise, and not by code of the project.
func (m *Machine) called(s *state.State) bool {
	return !slices.ContainsFunc(s.Stack, func(f *value.Frame) bool { return !f.Code.Module.Prelude })
}

// mostWithin is how often a function is called within itself with something that is not known: nothing that is known ends it.
const mostWithin = 4

// bottomless reports whether a call goes deeper into what is not known than is followed.
func (m *Machine) bottomless(s *state.State, code *ir.Func, this value.Value, args []value.Value) bool {
	if len(s.Stack) < mostWithin {
		return false
	}
	open := func(v value.Value) bool { return s.Resolve(v).Kind() == value.Open }
	if !open(this) && !slices.ContainsFunc(args, open) {
		return false
	}
	within := 0
	for _, f := range s.Stack {
		if f.Code == code {
			within++
		}
	}
	return within >= mostWithin
}

// mostOlder is how many values a place of an object that stands for several may have.
const mostOlder = 8

// either is one of two values.
func (m *Machine) eitherOf(s *state.State, what string, a, b value.Value) value.Value {
	if value.Same(a, b) || b.Kind() == value.Uninit {
		return a
	}
	if a.Kind() == value.Uninit {
		return b
	}
	all := alternatives{}
	all.add(s, a)
	all.add(s, b)
	typ, simple := "", !all.implies()
	for n, v := range all.vals {
		t := typeOf(v)
		if n > 0 && t != typ || !v.IsPrimitive() && (v.Kind() != value.Open || v.Term().Cause != nil) {
			simple = false
		}
		typ = t
	}
	switch {
	case len(all.vals) == 1:
		return all.only()
	case simple && (typ == "number" || typ == "string" || typ == "bigint"):
		return value.OpenOf(m.Table.Term(nil, value.Term{Op: "any", Name: what, Type: typ}))
	case len(all.vals) > mostOlder:
		return m.bound(s, "earlier-values", what)
	}
	return m.among("older "+what, what, all)
}

// fold is an object that stands for two.
func (m *Machine) fold(s *state.State, a, b *value.Obj) *value.Obj {
	out := &value.Obj{Class: a.Class, Proto: m.eitherOf(s, "prototype", a.Proto, b.Proto), Fn: a.Fn, Data: a.Data, Many: true, Fixed: a.Fixed && b.Fixed, Frozen: a.Frozen && b.Frozen, Rest: a.Rest}
	if a.Class != b.Class || a.Variants != nil || b.Variants != nil || !sameFunction(a.Fn, b.Fn) || !m.foldData(s, out, a.Data, b.Data) {
		cause := m.bound(s, "objects", "").Term()
		return &value.Obj{Class: value.PlainObject, Proto: value.OpenOf(cause), Rest: cause, Many: true}
	}
	if b.Rest != nil && b.Rest != a.Rest {
		out.Rest = m.Absorb(a.Rest, value.OpenOf(b.Rest))
	}
	switch {
	case len(a.Elems) == len(b.Elems) && a.Class != value.MapObject && a.Class != value.SetObject:
		out.Elems = make([]value.Value, len(a.Elems))
		for n := range a.Elems {
			out.Elems[n] = m.eitherOf(s, "element", a.Elems[n], b.Elems[n])
		}
	default:
		for _, v := range append(append([]value.Value(nil), a.Elems...), b.Elems...) {
			out.Rest = m.Absorb(out.Rest, v)
		}
	}
	m.foldProps(s, out, a, b)
	return out
}

func (m *Machine) foldProps(s *state.State, out, a, b *value.Obj) {
	for _, p := range a.Props.All() {
		q := b.Props.Get(p.Key)
		switch {
		case q == nil && p.Flags&value.Accessor == 0:
			p.Value, p.Flags = m.eitherOf(s, p.Key.Name, p.Value, value.Hole), p.Flags|value.Maybe
		case q != nil && (p.Flags|q.Flags)&value.Accessor == 0:
			p.Value, p.Flags = m.eitherOf(s, p.Key.Name, p.Value, q.Value), p.Flags|q.Flags&value.Maybe
		case q != nil && p.Get == q.Get && p.Set == q.Set:
		default:
			p = value.Prop{Key: p.Key, Value: m.bound(s, "objects", p.Key.Name)}
		}
		out.Define(p)
	}
	for _, q := range b.Props.All() {
		if a.Props.Get(q.Key) == nil {
			if q.Flags&value.Accessor == 0 {
				q.Value, q.Flags = m.eitherOf(s, q.Key.Name, value.Hole, q.Value), q.Flags|value.Maybe
			}
			out.Define(q)
		}
	}
}

func sameFunction(a, b *value.Closure) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Bound != nil || b.Bound != nil {
		return a.Bound != nil && b.Bound != nil && reflect.DeepEqual(a.Bound, b.Bound)
	}
	return a.Code == b.Code && a.Native == b.Native && a.Env == b.Env && value.Same(a.This, b.This) && value.Same(a.Func, b.Func) && value.Same(a.Home, b.Home) && value.Same(a.Fields, b.Fields)
}

// foldData makes what is special of an object that of two; false where that cannot be.
func (m *Machine) foldData(s *state.State, out *value.Obj, a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case value.Value:
		y, ok := b.(value.Value)
		out.Data = m.eitherOf(s, "value", x, y)
		return ok
	case *value.Promise:
		y, ok := b.(*value.Promise)
		if !ok || x.State != y.State || x.Locked != y.Locked {
			return false
		}
		c := *x
		c.Handled = x.Handled && y.Handled
		c.Result = m.eitherOf(s, "result", x.Result, y.Result)
		for _, r := range y.Reactions {
			known := false
			for _, q := range x.Reactions {
				known = known || value.Same(q.OnFulfilled, r.OnFulfilled) && value.Same(q.OnRejected, r.OnRejected) && q.Derived == r.Derived && q.Ctx == r.Ctx && (q.Frame == nil) == (r.Frame == nil)
			}
			if !known {
				c.Reactions = append(c.Reactions[:len(c.Reactions):len(c.Reactions)], r)
			}
		}
		out.Data = &c
		return true
	}
	return reflect.DeepEqual(a, b)
}
