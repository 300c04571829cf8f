package explore

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// nameOf is the name in the store of an object that an entry point made.
func (t *Store) nameOf(id value.ID) value.ID {
	if t.base.Obj(id) != nil || t.isOld[id] {
		return id
	}
	if old, ok := t.old[id]; ok {
		return old
	}
	old := t.table.Allocate(nil, value.At{Name: "before", PC: int(id)}, 0)
	t.old[id] = old
	t.isOld[old] = true
	return old
}

// renamed is a value with the names of the store; objects that the entry point made are taken, too.
func (c *contribution) renamed(v value.Value) value.Value {
	switch v.Kind() {
	case value.Object:
		return value.Ref(c.id(v.ID()))
	case value.Choice:
		set := v.Set()
		vals := make([]value.Value, len(set.Values))
		for n, x := range set.Values {
			vals[n] = c.renamed(x)
		}
		return value.ChoiceOf(set.Root, vals)
	}
	return v
}

func (c *contribution) id(id value.ID) value.ID {
	if id == 0 || c.t.base.Obj(id) != nil {
		return id
	}
	if !c.seen[id] && c.begun.Obj(id) == nil {
		c.seen[id] = true
		c.todo = append(c.todo, id)
	}
	return c.t.nameOf(id)
}

func (c *contribution) all(vals []value.Value) []value.Value {
	out := make([]value.Value, len(vals))
	for n, v := range vals {
		out[n] = c.renamed(v)
	}
	return out
}

// rename is a copy of an object with the names of the store.
func (c *contribution) rename(o *value.Obj) *value.Obj {
	out := &value.Obj{Class: o.Class, Proto: c.renamed(o.Proto), Rest: o.Rest, Many: o.Many, Fixed: o.Fixed, Frozen: o.Frozen, Elems: c.all(o.Elems)}
	for _, p := range o.Props.All() {
		p.Value, p.Get, p.Set = c.renamed(p.Value), c.renamed(p.Get), c.renamed(p.Set)
		out.Define(p)
	}
	if o.Fn != nil {
		fn := *o.Fn
		fn.Env, fn.This, fn.Func, fn.NewTarget = c.id(fn.Env), c.renamed(fn.This), c.renamed(fn.Func), c.renamed(fn.NewTarget)
		fn.Home, fn.Fields = c.renamed(fn.Home), c.renamed(fn.Fields)
		if fn.Bound != nil {
			fn.Bound = &value.Bound{Target: c.renamed(fn.Bound.Target), This: c.renamed(fn.Bound.This), Args: c.all(fn.Bound.Args)}
		}
		out.Fn = &fn
	}
	out.Data = c.data(o.Data)
	return out
}

func (c *contribution) data(d any) any {
	switch d := d.(type) {
	case value.Value:
		return c.renamed(d)
	case *value.Promise:
		out := *d
		out.Result = c.renamed(d.Result)
		out.Reactions = nil
		for _, r := range d.Reactions {
			r.OnFulfilled, r.OnRejected, r.Derived, r.Frame = c.renamed(r.OnFulfilled), c.renamed(r.OnRejected), c.id(r.Derived), c.frame(r.Frame)
			out.Reactions = append(out.Reactions, r)
		}
		return &out
	case *value.Generator:
		out := *d
		out.Frame = c.frame(d.Frame)
		return &out
	case *value.Iterator:
		out := *d
		out.Of = c.renamed(d.Of)
		return &out
	case *value.Proxy:
		return &value.Proxy{Target: c.renamed(d.Target), Handler: c.renamed(d.Handler)}
	}
	return d
}

func (c *contribution) frame(f *value.Frame) *value.Frame {
	if f == nil {
		return nil
	}
	out := *f
	out.Regs, out.Args = c.all(f.Regs), c.all(f.Args)
	out.Env = c.id(f.Env)
	out.This, out.Func, out.NewTarget, out.Home = c.renamed(f.This), c.renamed(f.Func), c.renamed(f.NewTarget), c.renamed(f.Home)
	out.Return.Object, out.Return.Class = c.renamed(f.Return.Object), c.renamed(f.Return.Class)
	return value.Shared(&out)
}

// text tells variants of an object apart: equal texts are equal objects.
func text(o *value.Obj) string {
	out := fmt.Sprintf("%d %v %v %v %v|", o.Class, o.Proto, o.Elems, o.Props.All(), o.Rest)
	switch d := o.Data.(type) {
	case *value.Promise:
		out += fmt.Sprintf("%d %v %t|", d.State, d.Result, d.Locked)
		for _, r := range d.Reactions {
			out += fmt.Sprintf("%v %v %d %d", r.OnFulfilled, r.OnRejected, r.Derived, r.Ctx.ID())
			if r.Frame != nil {
				out += fmt.Sprintf(" %p %d %d %v", r.Frame.Code, r.Frame.PC, r.Frame.Ctx.ID(), r.Frame.Regs)
			}
		}
	case *value.Generator:
		out += fmt.Sprintf("%t %t %t", d.Started, d.Running, d.Done)
		if d.Frame != nil {
			out += fmt.Sprintf(" %p %d %d %v", d.Frame.Code, d.Frame.PC, d.Frame.Ctx.ID(), d.Frame.Regs)
		}
	case *value.Iterator:
		out += fmt.Sprint(*d)
	case value.Value:
		out += fmt.Sprint(d)
	}
	return out
}
