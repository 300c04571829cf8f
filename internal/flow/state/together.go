package state

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Together makes one state of several in which nothing is left to run, whatever else differs: the alternatives of one root are the states, so that
// what differs in several places goes together, and implied[i] is what it implies that state i is the case. It has no tasks, and its facts are those of
// the first.
func Together(t *value.Table, name string, states []*State, implied []any) (*State, *value.Root) {
	root := t.Root(nil, 0, name, len(states), value.Origin{Key: name})
	root.Implied = implied
	g := &together{root: root, states: states, out: states[0].Fork()}
	for _, s := range states[1:] {
		s.owner = &value.Owner{}
	}
	g.heaps()
	g.out.Picks, g.out.Tests = commonPicks(states), commonTests(states)
	g.out.Trail = &Trail{Up: states[0].Trail, Len: states[0].Trail.len() + 1}
	for _, s := range states[1:] {
		g.out.Trail.Also = append(g.out.Trail.Also, s.Trail)
		g.out.Steps, g.out.Clock, g.out.Turn = max(g.out.Steps, s.Steps), max(g.out.Clock, s.Clock), min(g.out.Turn, s.Turn)
	}
	g.out.Tasks = nil
	return g.out, root
}

// together is the work of Together.
type together struct {
	root   *value.Root
	states []*State
	out    *State
}

func (g *together) heaps() {
	seen := map[value.ID]bool{}
	for _, s := range g.states[1:] {
		value.Diff(&g.states[0].Heap, &s.Heap, func(id value.ID, _, _ *value.Obj) bool {
			if !seen[id] {
				seen[id] = true
				g.out.Share(id, g.object(id))
			}
			return true
		})
	}
}

// object is one of those of the states. Where one has none it cannot refer to it, and any will do.
func (g *together) object(id value.ID) *value.Obj {
	objs := make([]*value.Obj, len(g.states))
	var some *value.Obj
	for n, s := range g.states {
		if objs[n] = s.Heap.Get(id); objs[n] != nil && some == nil {
			some = objs[n]
		}
	}
	alike := true
	for n, o := range objs {
		if o == nil {
			objs[n] = some
		}
		alike = alike && (objs[n] == some || g.alike(objs[n], some))
	}
	if !alike {
		return &value.Obj{Class: some.Class, Proto: some.Proto, Fn: some.Fn, Variants: &value.Variants{Root: g.root, Objs: objs}}
	}
	out := *some
	out.Elems = make([]value.Value, len(some.Elems))
	for n := range out.Elems {
		out.Elems[n] = g.value(objs, func(o *value.Obj) value.Value { return o.Elems[n] })
	}
	props := some.Props.All()
	out.Props = value.Props{}
	for n, p := range props {
		p.Value = g.value(objs, func(o *value.Obj) value.Value { return o.Props.All()[n].Value })
		out.Define(p)
	}
	return &out
}

// alike reports whether two objects differ in values only.
func (g *together) alike(a, b *value.Obj) bool {
	return a.Variants == nil && b.Variants == nil && a.Many == b.Many && a.Fixed == b.Fixed && a.Frozen == b.Frozen && a.Data == nil && b.Data == nil && sameShape(a, b) &&
		slices.EqualFunc(a.Props.All(), b.Props.All(), func(x, y value.Prop) bool {
			return x.Key == y.Key && x.Flags == y.Flags && value.Same(x.Get, y.Get) && value.Same(x.Set, y.Set)
		})
}

func (g *together) value(objs []*value.Obj, get func(*value.Obj) value.Value) value.Value {
	vals := make([]value.Value, len(objs))
	same := true
	for n, o := range objs {
		vals[n] = g.states[n].Resolve(get(o))
		same = same && value.Same(vals[n], vals[0])
	}
	if same {
		return vals[0]
	}
	return value.ChoiceOf(g.root, vals)
}
