package explore

import (
	"fmt"
	"slices"

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
	t.isOld[old], t.original[old] = true, id
	return old
}

// renamed is a value with the names of the store; objects that the entry point made are taken, too.
func (c *contribution) renamed(v value.Value) value.Value {
	switch v.Kind() {
	case value.Object:
		return value.Ref(c.id(v.ID()))
	case value.Choice:
		return c.canonical(v)
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
	out := &value.Obj{Class: o.Class, Proto: c.renamed(o.Proto), Rest: c.t.table.Renamed(o.Rest, c.renamed), Many: o.Many, Fixed: o.Fixed, Frozen: o.Frozen, Elems: c.all(o.Elems)}
	if step := keyed(o); step > 0 {
		// What was deleted leaves no trace.
		out.Elems = out.Elems[:0]
		for n := 0; n+step <= len(o.Elems); n += step {
			if c.s.Resolve(o.Elems[n]).Kind() != value.Absent {
				out.Elems = append(out.Elems, c.all(o.Elems[n:n+step])...)
			}
		}
	}
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

// keyed is how many elements an entry of a collection has, a key and perhaps what it leads to; 0 of what is no collection.
func keyed(o *value.Obj) int {
	switch o.Class {
	case value.MapObject, value.WeakMapObject:
		return 2
	case value.SetObject, value.WeakSetObject:
		return 1
	}
	return 0
}

func (c *contribution) data(d any) any {
	switch d := d.(type) {
	case value.Value:
		return c.renamed(d)
	case *value.Promise:
		out := *d
		out.Result = c.renamed(d.Result)
		// What waits for it goes on where it waits, once the promise is found to be settled: see Explorer.settled.
		out.Reactions = nil
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

// canonical is a choice with the names of the store: the same for the same values, in whatever pass.
func (c *contribution) canonical(v value.Value) value.Value {
	vals, facts := c.weighed(v, nil)
	if len(vals) == 1 {
		return vals[0]
	}
	key := "kept"
	for n, x := range vals {
		key += " " + valueText(x)
		if f := factsOf(facts[n]); f != nil {
			key += fmt.Sprintf(":%v", f)
		}
	}
	root := c.t.table.Root(nil, -1, key, len(vals), v.Set().Root.Origin)
	if root.Implied == nil {
		root.Implied = facts
	}
	return value.ChoiceOf(root, vals)
}

// weighed are the values that a value may be, with what each implies.
func (c *contribution) weighed(v value.Value, implied any) (vals []value.Value, facts []any) {
	v = c.s.Resolve(v)
	if v.Kind() != value.Choice {
		return []value.Value{c.renamed(v)}, []any{implied}
	}
	root := v.Set().Root
	left := c.s.Left(root)
	for n, x := range v.Set().Values {
		if left&(1<<n) == 0 {
			continue
		}
		of := implied
		if len(root.Implied) > n && root.Implied[n] != nil {
			of = root.Implied[n]
		}
		more, with := c.weighed(x, of)
		for i, y := range more {
			at := slices.IndexFunc(vals, func(z value.Value) bool { return value.Same(y, z) })
			switch {
			case at >= 0 && !c.apart(facts[at], with[i]):
				facts[at] = c.meet(facts[at], with[i])
			case len(vals) >= mostKept:
				c.t.meet("kept-values", c.implied.Entry)
			default:
				vals, facts = append(vals, y), append(facts, with[i])
			}
		}
	}
	return vals, facts
}

// apart reports whether two alternatives that have the same value are told apart.
func (c *contribution) apart(a, b any) bool {
	fa, fb := factsOf(a), factsOf(b)
	return fa != nil && fb != nil && c.p.Apart(fa, fb)
}

// meet is what two alternatives imply that have the same value.
func (c *contribution) meet(a, b any) any {
	fa, fb := factsOf(a), factsOf(b)
	if fa == nil || fb == nil {
		return nil
	}
	less := c.p.Meet(fa, fb)
	if i, ok := a.(Implied); ok {
		i.Facts = less
		return i
	}
	return less
}

// valueText names a value so that equal ones have equal texts.
func valueText(v value.Value) string {
	switch v.Kind() {
	case value.Object:
		return fmt.Sprintf("#%d", v.ID())
	case value.Open:
		return fmt.Sprintf("?%d", v.Term().ID())
	case value.Choice:
		out := fmt.Sprintf("(%d", v.Set().Root.ID())
		for _, x := range v.Set().Values {
			out += " " + valueText(x)
		}
		return out + ")"
	case value.String:
		return fmt.Sprintf("%q", v.Text())
	case value.BigInt:
		return v.Big().String() + "n"
	case value.Symbol:
		return fmt.Sprintf("@%p", v.Symbol())
	case value.Number, value.Bool:
		return fmt.Sprintf("%d:%v", v.Kind(), v.Num())
	}
	return fmt.Sprint(v.Kind())
}

func valuesText(vals []value.Value) string {
	out := ""
	for _, v := range vals {
		out += valueText(v) + ","
	}
	return out
}

// text tells variants of an object apart: equal texts are equal objects.
func text(o *value.Obj) string {
	out := fmt.Sprintf("%d %s %s|", o.Class, valueText(o.Proto), valuesText(o.Elems))
	for _, p := range o.Props.All() {
		out += fmt.Sprintf("%s@%p%d=%s %s %s;", p.Key.Name, p.Key.Sym, p.Flags, valueText(p.Value), valueText(p.Get), valueText(p.Set))
	}
	if o.Rest != nil {
		out += fmt.Sprintf("rest %d|", o.Rest.ID())
	}
	frame := func(f *value.Frame) string {
		if f == nil {
			return ""
		}
		return fmt.Sprintf(" %p %d %d %s", f.Code, f.PC, f.Ctx.ID(), valuesText(f.Regs))
	}
	switch d := o.Data.(type) {
	case *value.Promise:
		out += fmt.Sprintf("%d %s %t|", d.State, valueText(d.Result), d.Locked)
	case *value.Generator:
		out += fmt.Sprintf("%t %t %t%s", d.Started, d.Running, d.Done, frame(d.Frame))
	case *value.Iterator:
		out += fmt.Sprintf("%s %d %s %t", valueText(d.Of), d.Next, d.Kind, d.Done)
	case value.Value:
		out += valueText(d)
	}
	return out
}
