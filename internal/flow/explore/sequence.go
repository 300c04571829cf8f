package explore

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Some entry points run before others can begin: a page is loaded before anything in it is touched. As far as they run without waiting, what they
// write is there. A place that such an entry point has written on all its paths does not have the value of the program's start any more; one
// that it has not written on some has, with the facts that hold on those.

// place is a property of an object, or an element of it where index is not negative.
type place struct {
	id    value.ID
	key   value.Key
	index int
}

// beginning is what an entry point does before it waits.
type beginning struct {
	begun, ends []*state.State
	// unwritten is, of each place that it writes, what holds where it has not done so; nil where it always has.
	unwritten map[place]any
}

// began notes the state of a path that has nothing left to run for the first time.
func (t *Store) began(e *Entry, begun, s *state.State) {
	b := t.beginnings[e.Name]
	b.begun, b.ends = append(b.begun, begun), append(b.ends, s.Fork())
}

// sequel finds what entry points that come after one find of what it has written.
func (t *Store) sequel(p Program, e *Entry) {
	b := t.beginnings[e.Name]
	if b == nil {
		return
	}
	before := b.unwritten
	b.unwritten = map[place]any{}
	for n := range b.ends {
		written(b.begun[n], b.ends[n], func(at place) { b.unwritten[at] = nil })
	}
	for n, s := range b.ends {
		done := map[place]bool{}
		written(b.begun[n], s, func(at place) { done[at] = true })
		for at, facts := range b.unwritten {
			switch {
			case done[at]:
			case facts == nil:
				b.unwritten[at] = p.Implied(s)
			default:
				b.unwritten[at] = p.Meet(facts, p.Implied(s))
			}
		}
	}
	for at, facts := range b.unwritten {
		if was, ok := before[at]; !ok || was != facts {
			t.changeAt(at)
		}
	}
	for at := range before {
		if _, ok := b.unwritten[at]; !ok {
			t.changeAt(at)
		}
	}
}

func (t *Store) changeAt(at place) {
	if k := t.objects[at.id]; k != nil {
		t.change(k)
	}
}

// written calls back with the places that differ in a state from what it began with.
func written(begun, s *state.State, f func(place)) {
	value.Diff(&begun.Heap, &s.Heap, func(id value.ID, x, y *value.Obj) bool {
		if x == nil || y == nil || y.Variants != nil || x.Variants != nil {
			return true
		}
		for _, p := range y.Props.All() {
			if q := x.Props.Get(p.Key); q == nil || !value.Same(p.Value, q.Value) {
				f(place{id, p.Key, -1})
			}
		}
		for n, v := range y.Elems {
			if n >= len(x.Elems) || !value.Same(v, x.Elems[n]) {
				f(place{id, value.Key{}, n})
			}
		}
		return true
	})
}

// found is a place as an entry point finds it when those have begun that run before it.
func (t *Store) found(e *Entry, at place, c *cell) *cell {
	if len(c.alts) < 2 || c.again || c.alts[0].implied.Entry != "" || t.base.Obj(at.id) == nil {
		return c
	}
	var known Implied
	for _, name := range e.After {
		b := t.beginnings[name]
		if b == nil || len(b.ends) == 0 {
			continue
		}
		facts, writes := b.unwritten[at]
		switch {
		case !writes:
			continue
		case facts == nil:
			rest := *c
			rest.alts = c.alts[1:]
			return &rest
		case known.Facts != nil:
			facts = t.program.Both(known.Facts, facts)
		}
		known = Implied{Facts: facts, Trail: b.ends[0].Trail, Entry: name}
	}
	if known.Facts == nil {
		return c
	}
	out := *c
	out.alts = append([]alternative{{v: c.alts[0].v, implied: known}}, c.alts[1:]...)
	return &out
}

// rewritten notes the places that an entry point has written at its beginning and that have the value of the program's start again.
func (c *contribution) rewritten(e *Entry) {
	b := c.t.beginnings[e.Name]
	if b == nil || c.s.Turn == 0 {
		return
	}
	for n := range b.ends {
		written(b.begun[n], b.ends[n], func(at place) {
			if k := c.t.objects[at.id]; k != nil && !k.whole && same(c.begun.Obj(at.id), c.s.Obj(at.id), at) {
				if x := k.at(at); x != nil && !x.again {
					x.again = true
					c.t.change(k)
				}
			}
		})
	}
}

func same(x, y *value.Obj, at place) bool {
	switch {
	case x == nil || y == nil:
		return false
	case at.index >= 0:
		return at.index < len(x.Elems) && at.index < len(y.Elems) && value.Same(x.Elems[at.index], y.Elems[at.index])
	}
	p, q := x.Props.Get(at.key), y.Props.Get(at.key)
	return p == nil && q == nil || p != nil && q != nil && value.Same(p.Value, q.Value)
}

// at is a place of an object, nil if nobody has written it.
func (k *kept) at(at place) *cell {
	if at.index >= 0 {
		if at.index < len(k.slots) {
			return k.slots[at.index]
		}
		return nil
	}
	return k.cells[at.key]
}
