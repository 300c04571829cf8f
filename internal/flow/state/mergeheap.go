package state

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// heaps merges the heaps: an object that not all states have is that of those which do, since the others cannot reach it.
func (g *grouping) heaps() bool {
	differing := map[value.ID]bool{}
	var order []value.ID
	for _, s := range g.states[1:] {
		value.Diff(&g.states[0].Heap, &s.Heap, func(id value.ID, _, _ *value.Obj) bool {
			if !differing[id] {
				differing[id] = true
				order = append(order, id)
			}
			return true
		})
	}
	for _, id := range order {
		if !g.object(id) {
			return false
		}
	}
	return true
}

// view is an object with the index of the state that it is from.
type view struct {
	o *value.Obj
	s int
}

func (g *grouping) object(id value.ID) bool {
	var views []view
	for i, s := range g.states {
		if o := s.Heap.Get(id); o != nil {
			views = append(views, view{o, i})
		}
	}
	if !slices.ContainsFunc(views[1:], func(v view) bool { return v.o != views[0].o && !sameObj(v.o, views[0].o) }) {
		g.out.Share(id, views[0].o)
		return true
	}
	place := fmt.Sprintf("#%d", id)
	made, ok := g.similar(place, views)
	if !ok {
		if g.apart != "" {
			return false
		}
		if made = g.variants(place, views); made == nil {
			return g.fail(place)
		}
	}
	for _, v := range views {
		if sameObj(v.o, made) {
			made = v.o // so that states which share it go on to share it
			break
		}
	}
	g.out.Share(id, made)
	return true
}

// variants is an object that is one of those of the states as a whole. Those of one shape are one. It is nil for promises that are too many to be told
// apart and for which something waits: that must not be lost.
func (g *grouping) variants(place string, views []view) *value.Obj {
	var shapes [][]view
	var each []view
	add := func(v view) {
		each = append(each, v)
		for n, list := range shapes {
			if sameShape(list[0].o, v.o) {
				shapes[n] = append(list, v)
				return
			}
		}
		shapes = append(shapes, []view{v})
	}
	for _, v := range views {
		if v.o.Variants == nil {
			add(v)
			continue
		}
		left := g.states[v.s].Left(v.o.Variants.Root)
		for n, o := range v.o.Variants.Objs {
			if left&(1<<n) != 0 {
				add(view{o, v.s})
			}
		}
	}
	if g.o.Wide && !slices.ContainsFunc(each, func(v view) bool { return !list(v.o) }) {
		// Lists that grow in a loop whose turns are not counted.
		if made, ok := g.similar(place, each); ok {
			return made
		}
		g.apart = ""
	}
	var distinct []*value.Obj
	for n, list := range shapes {
		if len(list) == 1 {
			distinct = append(distinct, list[0].o)
			continue
		}
		made, ok := g.similar(fmt.Sprintf("%s shape %d", place, n), list)
		if !ok {
			g.apart = ""
			for _, v := range list {
				if !slices.ContainsFunc(distinct, func(o *value.Obj) bool { return o == v.o || sameObj(o, v.o) }) {
					distinct = append(distinct, v.o)
				}
			}
			continue
		}
		distinct = append(distinct, made)
	}
	if len(distinct) == 1 {
		return distinct[0]
	}
	if len(distinct) > min(g.o.Alternatives, MaxAlternatives) {
		if slices.ContainsFunc(distinct, isAwaited) {
			return nil
		}
		o := &value.Obj{Class: value.PlainObject, Proto: value.OpenOf(g.o.Table.Term(g.ctx, value.Term{Op: "given-up", Name: place, Cause: g.o.Cause(place)}))}
		o.Rest = o.Proto.Term()
		return o
	}
	for _, v := range views {
		// What is one of these already stays what it is, wherever it was made so.
		if vs := v.o.Variants; vs != nil && g.states[v.s].Left(vs.Root) == all(vs.Root.N) && among(vs.Objs, distinct) {
			return v.o
		}
	}
	root := g.o.Table.Root(g.ctx, g.at, place, len(distinct), value.Origin{Key: place})
	g.made[root] = true
	return &value.Obj{Class: distinct[0].Class, Proto: distinct[0].Proto, Fn: distinct[0].Fn, Variants: &value.Variants{Root: root, Objs: distinct}}
}

// isAwaited reports whether something waits for an object that is a promise.
func isAwaited(o *value.Obj) bool {
	p, ok := o.Data.(*value.Promise)
	return ok && len(p.Reactions) > 0
}

// among reports whether each of some objects is like one of a list.
func among(list, some []*value.Obj) bool {
	for _, o := range some {
		if !slices.ContainsFunc(list, func(x *value.Obj) bool { return x == o || sameObj(x, o) }) {
			return false
		}
	}
	return true
}

// sameShape reports whether two objects may differ in values only.
func sameShape(a, b *value.Obj) bool {
	if a.Class != b.Class || len(a.Elems) != len(b.Elems) || !value.Same(a.Proto, b.Proto) || !sameClosure(a.Fn, b.Fn) || a.Rest != b.Rest {
		return false
	}
	switch p := a.Data.(type) {
	case *value.Promise:
		q, ok := b.Data.(*value.Promise)
		return ok && p.State == q.State && p.Locked == q.Locked && len(p.Reactions) == len(q.Reactions)
	case *value.Iterator:
		q, ok := b.Data.(*value.Iterator)
		return ok && *p == *q
	case nil:
		return b.Data == nil
	}
	return reflect.DeepEqual(a.Data, b.Data)
}

// similar merges objects that are alike but for values; false where they are not, with g.apart set if they must not be merged.
func (g *grouping) similar(place string, views []view) (*value.Obj, bool) {
	first := views[0].o
	for _, v := range views {
		if v.o.Variants != nil {
			return nil, false
		}
	}
	made := &value.Obj{Class: first.Class, Proto: first.Proto, Fn: first.Fn, Data: first.Data, Rest: first.Rest, Many: first.Many, Fixed: first.Fixed, Frozen: first.Frozen, Since: first.Since}
	for _, v := range views[1:] {
		o := v.o
		if o.Class != first.Class || !value.Same(o.Proto, first.Proto) || o.Fixed != first.Fixed || o.Frozen != first.Frozen || !sameClosure(o.Fn, first.Fn) {
			return nil, false
		}
		made.Many = made.Many || o.Many
		if o.Since != first.Since {
			made.Since = nil
		}
		made.Rest = g.o.Table.Both(made.Rest, o.Rest)
	}
	return made, g.data(place, views, made) && g.elems(place, views, made) && g.props(place, views, made)
}

func sameClosure(a, b *value.Closure) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Bound != nil || b.Bound != nil {
		return false
	}
	return *a == *b
}

// of merges one value of each view.
func (g *grouping) of(place string, views []view, get func(*value.Obj) value.Value) (value.Value, bool) {
	sub := *g
	sub.states = nil
	var vals []value.Value
	for _, v := range views {
		sub.states = append(sub.states, g.states[v.s])
		vals = append(vals, get(v.o))
	}
	out, ok := sub.values(place, vals)
	g.apart = sub.apart
	return out, ok
}

// data merges what is special of a class.
func (g *grouping) data(place string, views []view, made *value.Obj) bool {
	for _, v := range views[1:] {
		if p, ok := made.Data.(*value.Promise); ok {
			return g.promise(place, views, made, p)
		}
		if !reflect.DeepEqual(v.o.Data, made.Data) {
			return false
		}
	}
	return true
}

func (g *grouping) promise(place string, views []view, made *value.Obj, first *value.Promise) bool {
	out := *first
	for _, v := range views[1:] {
		p, ok := v.o.Data.(*value.Promise)
		if !ok || p.State != first.State || p.Locked != first.Locked || len(p.Reactions) != len(first.Reactions) {
			return false
		}
		out.Handled = out.Handled && p.Handled
	}
	var ok bool
	if out.Result, ok = g.of(place+" result", views, func(o *value.Obj) value.Value { return o.Data.(*value.Promise).Result }); !ok {
		return false
	}
	out.Reactions = append([]value.Reaction(nil), first.Reactions...)
	for n := range out.Reactions {
		r := &out.Reactions[n]
		var frames []*value.Frame
		sub := *g
		sub.states = nil
		for _, v := range views {
			o := v.o.Data.(*value.Promise).Reactions[n]
			if !value.Same(o.OnFulfilled, r.OnFulfilled) || !value.Same(o.OnRejected, r.OnRejected) || o.Derived != r.Derived || o.Ctx != r.Ctx {
				return false
			}
			r.Many = r.Many || o.Many
			frames = append(frames, o.Frame)
			sub.states = append(sub.states, g.states[v.s])
		}
		if r.Frame, ok = sub.frame(fmt.Sprintf("%s reaction %d", place, n), frames); !ok {
			g.apart = sub.apart
			return false
		}
	}
	made.Data = &out
	return true
}

func (g *grouping) elems(place string, views []view, made *value.Obj) bool {
	n := len(views[0].o.Elems)
	for _, v := range views[1:] {
		if len(v.o.Elems) == n {
			continue
		}
		// A list that grows in a loop whose turns are not counted.
		if !g.o.Wide || len(g.out.Stack) == 0 || !list(made) {
			return false
		}
		g.unlist(views, made)
		n = len(made.Elems)
		break
	}
	if !g.keys(views, made) {
		return false
	}
	made.Elems = make([]value.Value, n)
	for i := range made.Elems {
		var ok bool
		if made.Elems[i], ok = g.of(fmt.Sprintf("%s[%d]", place, i), views, func(o *value.Obj) value.Value { return o.Elems[i] }); !ok {
			return false
		}
	}
	return true
}

// keys reports whether collections have the same keys at the same places: others are told apart as a whole.
func (g *grouping) keys(views []view, made *value.Obj) bool {
	step := map[value.Class]int{value.MapObject: 2, value.WeakMapObject: 2, value.SetObject: 1, value.WeakSetObject: 1}[made.Class]
	if step == 0 || g.o.Wide {
		return true
	}
	first := views[0]
	for n := 0; n < len(first.o.Elems); n += step {
		key := g.states[first.s].Resolve(first.o.Elems[n])
		for _, v := range views[1:] {
			if n >= len(v.o.Elems) || !value.Same(g.states[v.s].Resolve(v.o.Elems[n]), key) {
				return false
			}
		}
	}
	return true
}

// list reports whether an object is a list, of which any number of elements may not be known.
func list(o *value.Obj) bool {
	return o.Class == value.ArrayObject || o.Class == value.MapObject || o.Class == value.SetObject
}

// unlist makes a list of several of different lengths: what all of them have at its beginning, and a rest.
func (g *grouping) unlist(views []view, made *value.Obj) {
	n := 0
	if made.Class == value.ArrayObject {
		n = len(views[0].o.Elems)
		for _, v := range views {
			n = min(n, len(v.o.Elems))
		}
	}
	for _, v := range views {
		for _, x := range v.o.Elems[n:] {
			if x.Kind() != value.Absent {
				made.Rest = g.o.Table.Absorb(made.Rest, g.states[v.s].Resolve(x))
			}
		}
	}
	if made.Rest == nil {
		made.Rest = g.o.Table.Term(nil, value.Term{Op: "any", Name: "element"})
	}
	made.Elems = make([]value.Value, n)
}

func (g *grouping) props(place string, views []view, made *value.Obj) bool {
	seen := map[value.Key]bool{}
	for _, v := range views {
		for _, p := range v.o.Props.All() {
			if seen[p.Key] {
				continue
			}
			seen[p.Key] = true
			if !g.prop(place, views, made, p) {
				return false
			}
		}
	}
	return true
}

func (g *grouping) prop(place string, views []view, made *value.Obj, like value.Prop) bool {
	out := like
	for _, v := range views {
		p := v.o.Props.Get(like.Key)
		if p == nil {
			if like.Flags&value.Accessor != 0 {
				return false
			}
			out.Flags |= value.Maybe
			continue
		}
		if (p.Flags^like.Flags)&^value.Maybe != 0 || p.Flags&value.Accessor != 0 && (p.Get != like.Get || p.Set != like.Set) {
			return false
		}
		out.Flags |= p.Flags & value.Maybe
	}
	name := like.Key.Name
	if like.Key.Sym != nil {
		name = "@" + like.Key.Sym.Description
	}
	var ok bool
	out.Value, ok = g.of(place+"."+name, views, func(o *value.Obj) value.Value {
		if p := o.Props.Get(like.Key); p != nil {
			return p.Value
		}
		return value.Hole
	})
	made.Define(out)
	return ok
}
