package exec

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// walker goes over all that a state holds, and replaces what it names.
type walker struct {
	m *Machine
	s *state.State
	// id is what an object is called from now on; it is asked for each that is referred to.
	id func(value.ID) value.ID
	// term is what is called otherwise whatever it is made of; nil for none. pick is what a choice has been decided to be.
	term func(*value.Term) *value.Term
	pick func(value.Value) value.Value

	terms map[*value.Term]*value.Term
}

func (w *walker) value(v value.Value) value.Value {
	switch v.Kind() {
	case value.Object:
		if id := w.id(v.ID()); id != v.ID() {
			return value.Ref(id)
		}
	case value.Open:
		if t := w.termOf(v.Term()); t != v.Term() {
			return value.OpenOf(t)
		}
	case value.Choice:
		if w.pick != nil {
			if x := w.pick(v); x.Kind() != value.Choice {
				return w.value(x)
			}
		}
		if vals := w.values(v.Set().Values); vals != nil {
			return value.ChoiceOf(v.Set().Root, vals)
		}
	}
	return v
}

// values are values replaced; nil if all of them stay.
func (w *walker) values(vals []value.Value) []value.Value {
	var out []value.Value
	for n, v := range vals {
		x := w.value(v)
		if out == nil && x != v {
			out = append(make([]value.Value, 0, len(vals)), vals[:n]...)
		}
		if out != nil {
			out = append(out, x)
		}
	}
	return out
}

func (w *walker) termOf(t *value.Term) *value.Term {
	if t == nil {
		return nil
	}
	if x, ok := w.terms[t]; ok {
		return x
	}
	out := t
	if w.term != nil {
		out = w.term(t)
	}
	if out == t {
		parent, args := w.termOf(t.Parent), w.values(t.Args)
		if parent != t.Parent || args != nil {
			like := *t
			if like.Parent = parent; args != nil {
				like.Args = args
			}
			out = w.m.Table.Term(t.Ctx(), like)
		}
	}
	if w.terms == nil {
		w.terms = map[*value.Term]*value.Term{}
	}
	w.terms[t] = out
	return out
}

// into replaces a value in place, and notes whether it did.
func (w *walker) into(v *value.Value, changed *bool) {
	if x := w.value(*v); x != *v {
		*v, *changed = x, true
	}
}

func (w *walker) list(vals *[]value.Value, changed *bool) {
	if out := w.values(*vals); out != nil {
		*vals, *changed = out, true
	}
}

func (w *walker) ref(id *value.ID, changed *bool) {
	if *id == 0 {
		return
	}
	if x := w.id(*id); x != *id {
		*id, *changed = x, true
	}
}

// obj is an object replaced; itself if it stays.
func (w *walker) obj(o *value.Obj) *value.Obj {
	c, changed := *o, false
	w.into(&c.Proto, &changed)
	w.list(&c.Elems, &changed)
	if rest := w.termOf(o.Rest); rest != o.Rest {
		c.Rest, changed = rest, true
	}
	copied := false
	for _, p := range o.Props.All() {
		moved := false
		w.into(&p.Value, &moved)
		w.into(&p.Get, &moved)
		w.into(&p.Set, &moved)
		if moved && !copied {
			c.Props, copied = o.Props.With(p), true
		} else if moved {
			c.Define(p)
		}
	}
	if o.Fn != nil {
		if fn := w.closure(o.Fn); fn != o.Fn {
			c.Fn, changed = fn, true
		}
	}
	if data, other := w.data(o.Data); other {
		c.Data, changed = data, true
	}
	if o.Variants != nil {
		objs := make([]*value.Obj, len(o.Variants.Objs))
		other := false
		for n, x := range o.Variants.Objs {
			objs[n] = w.obj(x)
			other = other || objs[n] != x
		}
		if other {
			c.Variants, changed = &value.Variants{Root: o.Variants.Root, Objs: objs}, true
		}
	}
	if !changed && !copied {
		return o
	}
	return &c
}

func (w *walker) closure(fn *value.Closure) *value.Closure {
	c, changed := *fn, false
	w.ref(&c.Env, &changed)
	for _, v := range []*value.Value{&c.This, &c.Func, &c.NewTarget, &c.Home, &c.Fields} {
		w.into(v, &changed)
	}
	if b := fn.Bound; b != nil {
		d, moved := *b, false
		w.into(&d.Target, &moved)
		w.into(&d.This, &moved)
		w.list(&d.Args, &moved)
		if moved {
			c.Bound, changed = &d, true
		}
	}
	if !changed {
		return fn
	}
	return &c
}

// data is what is special of a class replaced; false if it stays.
func (w *walker) data(d any) (out any, changed bool) {
	switch d := d.(type) {
	case value.Value:
		w.into(&d, &changed)
		return d, changed
	case *value.Promise:
		c := *d
		w.into(&c.Result, &changed)
		c.Reactions = append([]value.Reaction(nil), d.Reactions...)
		for n := range c.Reactions {
			r := &c.Reactions[n]
			w.into(&r.OnFulfilled, &changed)
			w.into(&r.OnRejected, &changed)
			w.ref(&r.Derived, &changed)
			if f := w.frame(r.Frame); f != r.Frame {
				r.Frame, changed = f, true
			}
		}
		if changed {
			c.Reactions = fewer(c.Reactions, sameReaction, func(a, _ *value.Reaction) { a.Many = true })
		}
		return &c, changed
	case *value.Generator:
		c := *d
		if f := w.frame(d.Frame); f != d.Frame {
			c.Frame, changed = f, true
		}
		c.Queue = append([]value.GeneratorRequest(nil), d.Queue...)
		for n := range c.Queue {
			w.into(&c.Queue[n].Value, &changed)
			w.ref(&c.Queue[n].Promise, &changed)
		}
		return &c, changed
	case *value.Iterator:
		c := *d
		w.into(&c.Of, &changed)
		return &c, changed
	case *value.Proxy:
		c := *d
		w.into(&c.Target, &changed)
		w.into(&c.Handler, &changed)
		return &c, changed
	}
	return d, false
}

// frame is a frame replaced; itself if it stays.
func (w *walker) frame(f *value.Frame) *value.Frame {
	if f == nil {
		return nil
	}
	c, changed := *f, false
	w.list(&c.Regs, &changed)
	w.list(&c.Args, &changed)
	w.ref(&c.Env, &changed)
	for _, v := range []*value.Value{&c.This, &c.Func, &c.NewTarget, &c.Home, &c.Return.Object, &c.Return.Class} {
		w.into(v, &changed)
	}
	if !changed {
		return f
	}
	return value.Shared(&c)
}

// running replaces what the frames, jobs and tasks of the state hold.
func (w *walker) running() {
	s := w.s
	for n, f := range s.Stack {
		s.Stack[n] = w.frame(f)
	}
	s.Micro = append([]state.Job(nil), s.Micro...)
	ignored := false
	for n := range s.Micro {
		j := &s.Micro[n]
		j.Frame = w.frame(j.Frame)
		w.into(&j.Value, &ignored)
		w.into(&j.Func, &ignored)
		w.into(&j.This, &ignored)
		w.list(&j.Args, &ignored)
		w.ref(&j.Derived, &ignored)
	}
	s.Micro = fewer(s.Micro, sameJob, func(a, b *state.Job) { a.Value, a.Many = w.m.eitherOf(s, "job", a.Value, b.Value), true })
	s.Tasks = append([]state.Task(nil), s.Tasks...)
	for n := range s.Tasks {
		w.list(&s.Tasks[n].Values, &ignored)
	}
}

// mostAlike is how many jobs, reactions or tasks are kept that do the same, the last of which stands for all further ones: more of them come
// about where something comes again and again.
const mostAlike = 2

// Begin adds a task. Of those that do the same the second stands for all further ones: they come about where one comes again and again.
func (m *Machine) Begin(s *state.State, t state.Task) {
	alike, last := 0, 0
	for n := range s.Tasks {
		if o := &s.Tasks[n]; o.Key == t.Key && o.Ctx == t.Ctx && o.Data == t.Data && len(o.Values) == len(t.Values) {
			alike, last = alike+1, n
		}
	}
	if alike == 0 || alike < mostAlike && !s.Tasks[last].Many && !t.Ctx.IsMany() {
		s.Begin(t)
		return
	}
	s.Tasks = append([]state.Task(nil), s.Tasks...)
	o := &s.Tasks[last]
	o.Values = append([]value.Value(nil), o.Values...)
	for n := range o.Values {
		o.Values[n] = m.eitherOf(s, "task", o.Values[n], t.Values[n])
	}
	o.Many = true
}

// fewer leaves out what is the same as others before: the last of them becomes both.
func fewer[T any](list []T, same func(a, b *T) bool, both func(a, b *T)) []T {
	out := list[:0:0]
	for n := range list {
		alike, last := 0, 0
		for k := range out {
			if same(&out[k], &list[n]) {
				alike, last = alike+1, k
			}
		}
		if alike < mostAlike {
			out = append(out, list[n])
		} else {
			both(&out[last], &list[n])
		}
	}
	return out
}

func sameReaction(a, b *value.Reaction) bool {
	return value.Same(a.OnFulfilled, b.OnFulfilled) && value.Same(a.OnRejected, b.OnRejected) && a.Derived == b.Derived && sameFrame(a.Frame, b.Frame) && a.Ctx == b.Ctx
}

// sameFrame reports whether two frames go on alike.
func sameFrame(a, b *value.Frame) bool {
	if a == b || a == nil || b == nil {
		return a == b
	}
	return a.Code == b.Code && a.PC == b.PC && a.Ctx == b.Ctx && a.Env == b.Env && value.Same(a.This, b.This) && value.Same(a.Func, b.Func) &&
		value.Same(a.Return.Object, b.Return.Object) && slices.EqualFunc(a.Regs, b.Regs, value.Same) && slices.EqualFunc(a.Args, b.Args, value.Same)
}

func sameJob(a, b *state.Job) bool {
	return value.Same(a.Func, b.Func) && value.Same(a.This, b.This) && slices.EqualFunc(a.Args, b.Args, value.Same) && a.Rejected == b.Rejected && a.Derived == b.Derived && sameFrame(a.Frame, b.Frame) && a.Ctx == b.Ctx && a.Ctx.IsMany()
}

// findings drops what tests have found of terms that are called otherwise now.
func (w *walker) findings() {
	var kept []state.Test
	for _, x := range w.s.Tests {
		if w.termOf(x.Term) == x.Term && w.value(x.Value) == x.Value && w.values(x.Values) == nil {
			kept = append(kept, x)
		}
	}
	w.s.Tests = kept
}

// each calls visit for every object that is not as it was in a heap: what has not changed since cannot refer to what was made later.
func (m *Machine) each(since *value.Heap, s *state.State, visit func(id value.ID, o *value.Obj)) {
	value.Diff(since, &s.Heap, func(id value.ID, _, o *value.Obj) bool {
		if o != nil {
			visit(id, o)
		}
		return true
	})
}

// Built says that a state is what the library made: what is there still is not looked at where objects are renamed.
func (m *Machine) Built(s *state.State) { m.base, m.started, m.startedCtx = s.Heap, s.Heap, 0 }

// Started says that a state is what a program's start has left: what is there still is not looked at where what was made later is renamed.
func (m *Machine) Started(s *state.State) { m.started, m.startedCtx = s.Heap, m.Table.Ctxs() }

// before is a heap that has none of some objects.
func (m *Machine) before(some map[value.ID]bool) *value.Heap {
	for id := range some {
		if m.started.Get(id) != nil {
			return &m.base
		}
	}
	return &m.started
}

// beforeCtx is a heap in which nothing is that was made in a context.
func (m *Machine) beforeCtx(ctx *value.Ctx) *value.Heap {
	if ctx.ID() <= m.startedCtx {
		return &m.base
	}
	return &m.started
}
