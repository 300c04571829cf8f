package explore

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// A promise that one entry point makes and another waits for is settled by the first, or by a third that was given its resolve. What waits
// for it goes on in the state that waits: when nothing is left to run there, the promise may be found to be settled in each manner in which
// somebody has left it, with the facts that are implied by that.

// next is what may happen to a state in which nothing is left to run.
func (x *Explorer) next(e *Entry, st *start, s *state.State) []*state.State {
	out := x.Program.Next(s)
	t := x.Store
	for _, old := range t.order {
		k := t.objects[old]
		if k.like.Class != value.PromiseObject {
			continue
		}
		out = append(out, x.settled(e, s, old, old, k, false)...)
		if made := t.original[old]; made != 0 {
			out = append(out, x.settled(e, s, made, old, k, true)...)
		}
	}
	for _, n := range out {
		n.Turn = s.Turn + 1
		if s.Turn == 0 {
			st.catchUp(n)
		}
	}
	return out
}

// settled are the states in which a promise for which something waits is settled as the store has it. Of one that the entry point has made
// itself only what others did counts.
func (x *Explorer) settled(e *Entry, s *state.State, id, old value.ID, k *kept, own bool) []*state.State {
	o := s.Heap.Get(id)
	if o == nil {
		return nil
	}
	if o.Variants != nil && !own {
		return nil // of what the store has, it has the settled ones too
	}
	if o.Variants != nil {
		var out []*state.State
		for _, part := range x.Machine.Apart(s, id) {
			out = append(out, x.settled(e, part, id, old, k, own)...)
		}
		return out
	}
	p, _ := o.Data.(*value.Promise)
	if p == nil || p.State != value.Pending || len(p.Reactions) == 0 {
		return nil
	}
	if b := x.Base.Heap.Get(id); b != nil && !e.Goes {
		if q, _ := b.Data.(*value.Promise); q != nil && len(q.Reactions) == len(p.Reactions) {
			return nil // only what the program's start has begun waits for it, which goes on elsewhere
		}
	}
	s.Obj(old) // it depends on what the store has
	var out []*state.State
	for n, v := range k.variants {
		q, _ := v.o.Data.(*value.Promise)
		if q == nil || q.State == value.Pending || own && !v.handed {
			continue
		}
		f := s.Fork()
		root := x.Store.root(fmt.Sprintf("#%d settled", old), len(k.variants))
		root.Implied[n] = v.implied
		x.Machine.Host.Chosen(f, root, 1<<n)
		x.Machine.At(x.Machine.Table.Enter(nil, value.At{Name: "settled", PC: int(old)}), "settled")
		x.Store.bring(e, f, q.Result)
		x.Machine.Find(f, id, q.State, q.Result)
		out = append(out, f)
	}
	return out
}

// bring puts what a value refers to into a state that began when it was not there.
func (t *Store) bring(e *Entry, s *state.State, v value.Value) {
	seen := map[value.ID]bool{}
	var add func(v value.Value)
	objects := func(o *value.Obj) {
		add(o.Proto)
		for _, p := range o.Props.All() {
			add(p.Value)
			add(p.Get)
			add(p.Set)
		}
		for _, v := range o.Elems {
			add(v)
		}
		if o.Rest != nil {
			for _, v := range o.Rest.Args {
				add(v)
			}
		}
		if o.Fn != nil {
			for _, v := range []value.Value{value.Ref(o.Fn.Env), o.Fn.This, o.Fn.Func, o.Fn.Home, o.Fn.Fields} {
				add(v)
			}
		}
		switch d := o.Data.(type) {
		case value.Value:
			add(d)
		case *value.Promise:
			add(d.Result)
		}
	}
	add = func(v value.Value) {
		if v.Kind() == value.Choice {
			for _, x := range v.Set().Values {
				add(x)
			}
			return
		}
		id := v.ID()
		if id == 0 || seen[id] || s.Heap.Get(id) != nil {
			return
		}
		seen[id] = true
		k := t.objects[id]
		if k == nil {
			return
		}
		o := t.object(e, id, k)
		s.Share(id, o)
		objects(o)
		if o.Variants != nil {
			for _, x := range o.Variants.Objs {
				objects(x)
			}
		}
	}
	add(v)
}
