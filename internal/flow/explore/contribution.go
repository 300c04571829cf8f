package explore

// What one state gives the store.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// contribution is the work of Contribute.
type contribution struct {
	t       *Store
	p       Program
	s       *state.State
	begun   *state.State
	implied Implied
	seen    map[value.ID]bool
	todo    []value.ID
}

// object takes what is new in an object that was there when the entry point began: y, which was x.
func (c *contribution) object(id value.ID, x, y *value.Obj) {
	k := c.t.keep(id, x, c.t.base.Obj(id))
	if y.Variants != nil {
		for _, v := range c.variants(y) {
			c.object(id, x, v)
		}
		return
	}
	if k.whole {
		if !c.decided(x, y) {
			c.variant(k, y, true)
		}
		return
	}
	for _, p := range y.Props.All() {
		if old := x.Props.Get(p.Key); old != nil && value.Same(old.Value, p.Value) && old.Flags&value.Accessor == p.Flags&value.Accessor {
			continue
		}
		c.prop(id, k, p, x.Props.Get(p.Key) != nil)
	}
	for _, p := range x.Props.All() {
		if y.Props.Get(p.Key) == nil {
			p.Value = value.Hole
			c.prop(id, k, p, true)
		}
	}
	for n := range y.Elems {
		if n < len(x.Elems) && value.Same(x.Elems[n], y.Elems[n]) {
			continue
		}
		for n >= len(k.slots) {
			k.slots = append(k.slots, &cell{place: slotOf(id, n), alts: []alternative{{v: value.Hole}}})
		}
		c.cell(k, k.slots[n], y.Elems[n])
	}
	if y.Rest != nil && k.like.Rest == nil {
		like := *k.like
		like.Rest = c.t.table.Renamed(y.Rest, c.renamed)
		k.like = &like
		c.t.change(k)
	}
}

// decided reports whether an object that was there is still what it was, or one of those that the state takes it to have been: then nothing was done to it.
func (c *contribution) decided(x, y *value.Obj) bool {
	if p, ok := y.Data.(*value.Promise); ok && p.Found {
		return true
	}
	is := text(c.rename(y))
	if x.Variants == nil {
		return text(c.rename(x)) == is
	}
	left := c.s.Left(x.Variants.Root)
	for n, v := range x.Variants.Objs {
		if left&(1<<n) != 0 && text(c.rename(v)) == is {
			return true
		}
	}
	return false
}

// keep is what is kept of an object, first as it was at the start.
func (t *Store) keep(id value.ID, as, base *value.Obj) *kept {
	if k := t.objects[id]; k != nil {
		return k
	}
	if base != nil {
		as = base
	}
	like := *as
	k := &kept{id: id, like: &like, cells: map[value.Key]*cell{}, whole: whole(as) || as.Variants != nil}
	t.objects[id] = k
	t.order = append(t.order, id)
	slices.Sort(t.order)
	if base == nil {
		return k
	}
	if k.whole {
		k.variants = []variant{{o: as, text: text(as)}}
		return k
	}
	for _, p := range as.Props.All() {
		k.keys = append(k.keys, p.Key)
		k.cells[p.Key] = &cell{place: placeOf(id, p.Key), alts: []alternative{{v: p.Value}}}
	}
	for n, v := range as.Elems {
		k.slots = append(k.slots, &cell{place: slotOf(id, n), alts: []alternative{{v: v}}})
	}
	return k
}

func (c *contribution) prop(id value.ID, k *kept, p value.Prop, was bool) {
	if p.Flags&value.Accessor != 0 {
		p.Get, p.Set = c.renamed(p.Get), c.renamed(p.Set)
	}
	at := k.cells[p.Key]
	if at == nil {
		at = &cell{place: placeOf(id, p.Key)}
		if was || k.like.Props.Get(p.Key) == nil {
			at.alts = append(at.alts, alternative{v: value.Hole})
		}
		k.cells[p.Key] = at
		k.keys = append(k.keys, p.Key)
		like := *k.like
		like.Props = like.Props.With(p)
		k.like = &like
	}
	if p.Flags&value.Accessor != 0 {
		if old := k.like.Props.Get(p.Key); old != nil && old.Flags&value.Accessor == 0 {
			// An accessor that takes the place of a value is taken to be there from then on.
			like := *k.like
			like.Props = like.Props.With(p)
			k.like = &like
			c.t.change(k)
		}
		return
	}
	c.cell(k, at, p.Value)
}

// cell adds a value to a place.
func (c *contribution) cell(k *kept, at *cell, v value.Value) {
	vals, facts := c.weighed(v, nil)
	for i, x := range vals {
		implied := c.implied
		if f := factsOf(facts[i]); f != nil {
			implied.Facts = c.p.Both(implied.Facts, f)
		}
		found := false
		for n := range at.alts {
			a := &at.alts[n]
			if a.implied.Entry == "" && x.Kind() == value.Bool && c.begins() {
				continue // a flag that is set is there with what holds, whatever the program's start put there
			}
			if !value.Same(a.v, x) && !stands(a.v, x) || a.implied.Entry != "" && c.p.Apart(a.implied.Facts, implied.Facts) {
				continue
			}
			found = true
			if a.implied.Entry != "" && a.implied.Entry != implied.Entry && !a.shared {
				a.shared = true
				c.t.change(k)
			}
			if a.implied.Entry == "" {
				if !at.again {
					at.again = true
					c.t.change(k)
				}
				break // it was there from the start, with nothing
			}
			if less := c.p.Meet(a.implied.Facts, implied.Facts); less != a.implied.Facts {
				a.implied.Facts, a.implied.Trail = less, implied.Trail
				c.t.change(k)
			}
			break
		}
		if !found {
			at.alts = append(at.alts, alternative{v: x, implied: implied})
			c.t.change(k)
			c.widen(at)
		}
	}
}

// begins reports whether the state is at the end of what an entry point does, before it waits, that comes before others.
func (c *contribution) begins() bool {
	return c.s.Turn == 0 && c.t.beginnings[c.implied.Entry] != nil
}

// passesNarrow is how many passes may bring a place something new each, after which numbers and strings that differ are open there: it counts, or
// grows. Input is not told apart at all.
const passesNarrow = 3

// widen makes alternatives of a place one: those that are not known for no cause, and numbers, or strings, where each pass brings another.
func (c *contribution) widen(at *cell) {
	if at.latest != c.t.pass {
		at.latest = c.t.pass
		at.late++
	}
	kinds := map[string]int{}
	var kept []alternative
	for _, a := range at.alts {
		kind := ""
		switch {
		case a.v.Kind() == value.Open && a.v.Term().Cause == nil:
			kind = "input"
		case (a.v.Kind() == value.Number || a.v.Kind() == value.String) && at.late > passesNarrow:
			kind = a.v.TypeOf()
		}
		n, seen := kinds[kind]
		if kind == "" || !seen {
			kinds[kind] = len(kept)
			kept = append(kept, a)
			continue
		}
		kept[n] = c.either(at.place, kept[n], a)
	}
	at.alts = kept
}

// stands reports whether a value that can be anything of its type stands for another one.
func stands(a, v value.Value) bool {
	if a.Kind() != value.Open || a.Term().Cause != nil || a.Term().Op != "any" {
		return false
	}
	switch v.Kind() {
	case value.Open:
		return v.Term().Cause == nil && (a.Term().Type == "" || a.Term().Type == v.Term().Type)
	case value.Number, value.String:
		return a.Term().Type == "" || a.Term().Type == v.TypeOf()
	}
	return false
}

func typeOf(v value.Value) string {
	if v.Kind() == value.Open {
		return v.Term().Type
	}
	return v.TypeOf()
}

// either is an alternative for two: any value of their type.
func (c *contribution) either(place string, a, b alternative) alternative {
	like := value.Term{Op: "any", Name: place}
	if like.Type = typeOf(a.v); like.Type != typeOf(b.v) {
		like.Type = ""
	}
	out := alternative{v: value.OpenOf(c.t.table.Term(nil, like))}
	if a.implied.Entry != "" && b.implied.Entry != "" {
		out.implied = b.implied
		out.shared = a.shared || b.shared || a.implied.Entry != b.implied.Entry
		out.implied.Facts = c.p.Meet(a.implied.Facts, b.implied.Facts)
	}
	return out
}

// factsOf are the facts among what an alternative of a root implies.
func factsOf(x any) any {
	if i, ok := x.(Implied); ok {
		return i.Facts
	}
	return x
}
