package explore

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// What an entry point that begins with new objects finds in them once it has waited: others have run by then. The app's onLaunch is followed by the pages
// before its requests are answered, and a page is touched before what its onLoad asked for is there.

// start is how an entry point begins: with the state begun, and, where that has new objects, with what others leave in those afterwards.
type start struct {
	begun, later *state.State
	// fresh are the objects that are new.
	fresh []value.ID
}

// start is the state in which an entry point begins, but for its facts.
func (t *Store) start(base *state.State, e *Entry) *start {
	st := &start{begun: t.Begin(base, e)}
	if e.Fresh == nil {
		return st
	}
	for _, id := range t.order {
		if !e.Fresh(id) {
			continue
		}
		o := t.left(e, id, t.objects[id])
		if o == nil {
			continue
		}
		if st.later == nil {
			st.later = st.begun.Fork()
		}
		st.later.Share(id, o)
		st.fresh = append(st.fresh, id)
	}
	return st
}

// since is what a state that has waited is compared with to find what the entry point itself has written.
func (st *start) since(s *state.State) *state.State {
	if st.later != nil && s.Turn > 0 {
		return st.later
	}
	return st.begun
}

// left is a new object as others leave it; nil if they leave nothing there. What the entry point leaves itself is of another run of it, which had
// another object.
func (t *Store) left(e *Entry, id value.ID, k *kept) *value.Obj {
	others := *k
	others.after = " after " + e.Name
	found := t.isOld[id]
	if k.whole {
		others.variants = nil
		for _, v := range k.variants {
			if v.implied.Entry == "" || v.implied.Entry != e.Name || v.shared {
				others.variants = append(others.variants, v)
				found = found || v.implied.Entry != ""
			}
		}
		if !found || len(others.variants) == 0 {
			return nil
		}
		return t.object(e, id, &others)
	}
	others.cells = make(map[value.Key]*cell, len(k.cells))
	for key, c := range k.cells {
		others.cells[key] = c.without(e)
		found = found || others.cells[key].written()
	}
	others.slots = make([]*cell, len(k.slots))
	for n, c := range k.slots {
		others.slots[n] = c.without(e)
		found = found || others.slots[n].written()
	}
	if !found {
		return nil
	}
	return t.object(e, id, &others)
}

// without is a cell without what only one entry point has written there.
func (c *cell) without(e *Entry) *cell {
	out := &cell{place: c.place + " after " + e.Name, again: c.again}
	for _, a := range c.alts {
		if a.implied.Entry == "" || a.implied.Entry != e.Name || a.shared {
			out.alts = append(out.alts, a)
		}
	}
	if len(out.alts) == 0 {
		out.alts = []alternative{{v: value.Hole}}
	}
	return out
}

// written reports whether some entry point has written a cell.
func (c *cell) written() bool {
	for _, a := range c.alts {
		if a.implied.Entry != "" {
			return true
		}
	}
	return c.again
}

// catchUp lets a state that goes on after waiting find what others have left meanwhile where it has written nothing itself.
func (st *start) catchUp(s *state.State) {
	for _, id := range st.fresh {
		left, was, is := st.later.Heap.Get(id), st.begun.Heap.Get(id), s.Heap.Get(id)
		switch {
		case is == nil || is == was:
			o := *left
			s.Share(id, &o)
		case was == nil || is.Variants != nil || left.Variants != nil || whole(is):
			// What it has made of the object itself stays.
		default:
			st.catchUpIn(s.Edit(id), was, left)
		}
	}
}

func (st *start) catchUpIn(is, was, left *value.Obj) {
	for _, p := range left.Props.All() {
		x, y := was.Props.Get(p.Key), is.Props.Get(p.Key)
		if x == nil && y == nil || x != nil && y != nil && value.Same(x.Value, y.Value) && x.Flags&value.Accessor == y.Flags&value.Accessor {
			is.Define(p)
		}
	}
	for n, v := range left.Elems {
		switch {
		case n >= len(is.Elems):
			if n >= len(was.Elems) {
				is.Elems = append(is.Elems, v)
			}
		case n < len(was.Elems) && value.Same(was.Elems[n], is.Elems[n]):
			is.Elems[n] = v
		}
	}
}
