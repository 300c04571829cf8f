package explore

import (
	"fmt"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Implied is what an alternative that the store brings implies: what value.Root.Implied holds of such a root.
type Implied struct {
	// Facts are the program's; nil of what was there from the start.
	Facts any
	// Trail leads to where it was written.
	Trail *state.Trail
	// Entry is the entry point that wrote it, "" of what was there from the start.
	Entry string
}

// Store is what entry points leave for each other.
type Store struct {
	table   *value.Table
	program Program
	base    *state.State
	objects map[value.ID]*kept
	order   []value.ID
	old     map[value.ID]value.ID
	isOld   map[value.ID]bool
	// original is the inverse of old.
	original map[value.ID]value.ID
	// beginnings are those of the entry points that come before others.
	beginnings map[string]*beginning
	// Met names a bound because of which something that entry points leave is not kept, "" where all is; MetIn is the entry point that met it
	// first.
	Met, MetIn string
	// following is the entry point that begins.
	following string
	// Changed counts the contributions that said something new.
	Changed int
	pass    int
}

// kept is what is known of an object.
type kept struct {
	id   value.ID
	like *value.Obj
	// cells are the places of objects whose shape does not matter; variants are others as a whole.
	cells    map[value.Key]*cell
	keys     []value.Key
	slots    []*cell
	variants []variant
	whole    bool
	// since is what has held since a function was made that an entry point leaves: nil Facts for nothing.
	since Implied
	// after tells the choices of what is left in a new object after its entry point began from others: its name.
	after string
	// rest is, of a list that entry points fill in turn, what may be in it: the only variant has it. Of these are items the texts, others the rest;
	// unsure is why it matters that nobody knows how many there are, nil where it does not.
	rest, others *value.Term
	items        []item
	unsure       *value.Cause
	// changed is the store's count of changes when something new was learnt of it.
	changed int
}

// cell is a place. again tells that the value of the program's start was put there again; late counts the passes, from the few first on, in which
// there was something new.
type cell struct {
	place        string
	alts         []alternative
	again        bool
	late, latest int
}

type alternative struct {
	v       value.Value
	implied Implied
	// shared tells that entry points besides the one that wrote it first have written it, too.
	shared bool
}

type variant struct {
	o       *value.Obj
	text    string
	implied Implied
	// handed tells of a promise that it was settled by who found it, and not by who made it.
	handed bool
	// shared tells that entry points besides the one that wrote it first have written it, too.
	shared bool
}

// NewStore makes a store that has nothing but what base has.
func NewStore(m *exec.Machine, p Program, base *state.State) *Store {
	return &Store{table: m.Table, program: p, base: base, beginnings: map[string]*beginning{}, objects: map[value.ID]*kept{}, old: map[value.ID]value.ID{}, isOld: map[value.ID]bool{}, original: map[value.ID]value.ID{}}
}

// change notes that something new was learnt of an object.
func (t *Store) change(k *kept) {
	t.Changed++
	k.changed = t.Changed
}

// since reports whether something new was learnt of an object in a set since the store counted so many changes.
func (t *Store) since(count int, reads *state.Reads) bool {
	for id, k := range t.objects {
		if k.changed > count && reads.Has(id) {
			return true
		}
	}
	return false
}

// Turn begins another pass: the choices that entry points begin with are new ones.
func (t *Store) Turn() { t.pass++ }

// whole reports whether objects of a class are kept as a whole.
func whole(o *value.Obj) bool {
	switch o.Class {
	case value.PlainObject, value.FunctionObject, value.EnvObject, value.ErrorObject, value.HostObject, value.NamespaceObject:
		return false
	}
	return true
}

// Begin is the state in which an entry point begins, but for its facts.
func (t *Store) Begin(base *state.State, e *Entry) *state.State {
	s := base.Fork()
	t.following = e.Name
	for _, id := range t.order {
		if e.Fresh != nil && e.Fresh(id) {
			continue
		}
		k := t.objects[id]
		s.Share(id, t.object(e, id, k))
	}
	return s
}

// object is an object as an entry point finds it at its beginning.
func (t *Store) object(e *Entry, id value.ID, k *kept) *value.Obj {
	if k.whole {
		if len(k.variants) == 1 && k.variants[0].implied.Facts == nil {
			o := *k.variants[0].o
			return &o
		}
		root := t.root(fmt.Sprintf("#%d%s", id, k.after), len(k.variants))
		objs := make([]*value.Obj, len(k.variants))
		for n, v := range k.variants {
			objs[n] = v.o
			root.Implied[n] = v.implied
		}
		return &value.Obj{Class: objs[0].Class, Proto: objs[0].Proto, Fn: objs[0].Fn, Variants: &value.Variants{Root: root, Objs: objs}}
	}
	o := &value.Obj{Class: k.like.Class, Proto: k.like.Proto, Fn: k.like.Fn, Data: k.like.Data, Rest: k.like.Rest, Many: k.like.Many, Fixed: k.like.Fixed, Frozen: k.like.Frozen}
	for _, key := range k.keys {
		p := *k.like.Props.Get(key)
		if p.Flags&value.Accessor == 0 {
			c := t.found(e, place{id, key, -1}, k.cells[key])
			p.Value = t.choice(id, c)
			p.Flags &^= value.Maybe
			for _, a := range c.alts {
				if a.v.Kind() == value.Absent {
					p.Flags |= value.Maybe
				}
			}
		}
		o.Define(p)
	}
	o.Elems = make([]value.Value, len(k.slots))
	for n, c := range k.slots {
		o.Elems[n] = t.choice(id, t.found(e, place{id, value.Key{}, n}, c))
	}
	if k.since.Facts != nil {
		o.Since = t.root(fmt.Sprintf("#%d since", id), 1)
		o.Since.Implied[0] = k.since
	}
	return o
}

// placeOf names a property of an object, slotOf an element.
func placeOf(id value.ID, k value.Key) string {
	if k.Sym != nil {
		return fmt.Sprintf("#%d.@%s", id, k.Sym.Description)
	}
	return fmt.Sprintf("#%d.%s", id, k.Name)
}

func slotOf(id value.ID, n int) string { return fmt.Sprintf("#%d.%d", id, n) }

func (t *Store) root(place string, n int) *value.Root {
	root := t.table.Root(nil, t.pass, place, n, value.Origin{Key: place})
	if root.Implied == nil {
		root.Implied = make([]any, n)
	}
	return root
}

func (t *Store) choice(id value.ID, c *cell) value.Value {
	if len(c.alts) == 1 && c.alts[0].implied.Facts == nil {
		return c.alts[0].v
	}
	n := min(len(c.alts), state.MaxAlternatives)
	if n < len(c.alts) {
		t.meet("values", t.following)
	}
	root := t.root(c.place, n)
	vals := make([]value.Value, n)
	for i := range vals {
		vals[i] = c.alts[i].v
		implied := c.alts[i].implied
		if implied.Facts != nil {
			implied.Facts = t.program.Found(id, implied.Facts)
		}
		root.Implied[i] = implied
	}
	return value.ChoiceOf(root, vals)
}

// Contribute takes what a state has written since the entry point began.
func (t *Store) Contribute(p Program, m *exec.Machine, e *Entry, begun, s *state.State) {
	c := &contribution{t: t, p: p, s: s, begun: begun, implied: Implied{Facts: p.Implied(s), Trail: s.Trail, Entry: e.Name}, seen: map[value.ID]bool{}}
	value.Diff(&begun.Heap, &s.Heap, func(id value.ID, x, y *value.Obj) bool {
		if x != nil && y != nil && (e.Gone == nil || !e.Gone(id)) {
			c.object(id, x, y)
		}
		return true
	})
	for len(c.todo) > 0 {
		id := c.todo[0]
		c.todo = c.todo[1:]
		c.made(id)
	}
	c.rewritten(e)
	if without, ends := p.Ends(s); ends {
		t.weaken(m, e, begun, s, without)
	}
}

// weaken takes from what alternatives imply the facts that a state has ended, where it left them in place. Objects that nothing refers to any more
// are out of the way.
func (t *Store) weaken(m *exec.Machine, e *Entry, begun, s *state.State, without func(any) any) {
	var made []value.ID
	for _, id := range t.order {
		if t.isOld[id] {
			made = append(made, id)
		}
	}
	there := m.Referred(s, made)
	var k *kept
	change := func(implied *Implied, place value.Value, n int) {
		if implied.Facts == nil || place.Kind() == value.Choice && s.Left(place.Set().Root)&(1<<n) == 0 {
			return
		}
		if less := without(implied.Facts); less != implied.Facts {
			implied.Facts, implied.Trail = less, s.Trail
			t.change(k)
		}
	}
	for _, id := range t.order {
		was, is := begun.Obj(id), s.Obj(id)
		if was == nil || is == nil || e.Gone != nil && e.Gone(id) || t.isOld[id] && !there[id] {
			continue
		}
		if k = t.objects[id]; k.whole {
			t.weakenWhole(k, s, was, without)
			continue
		}
		change(&k.since, value.Undef, 0)
		for _, key := range k.keys {
			a, b := was.Props.Get(key), is.Props.Get(key)
			if a == nil || b == nil || !value.Same(a.Value, b.Value) {
				continue
			}
			for n := range k.cells[key].alts {
				change(&k.cells[key].alts[n].implied, a.Value, n)
			}
		}
		for n, slot := range k.slots {
			if n >= len(was.Elems) || n >= len(is.Elems) || !value.Same(was.Elems[n], is.Elems[n]) {
				continue
			}
			for i := range slot.alts {
				change(&slot.alts[i].implied, was.Elems[n], i)
			}
		}
	}
}

// weakenWhole does so for an object that is kept as a whole.
func (t *Store) weakenWhole(k *kept, s *state.State, was *value.Obj, without func(any) any) {
	for n := range k.variants {
		v := &k.variants[n]
		if v.implied.Facts == nil || was.Variants != nil && n < len(was.Variants.Objs) && s.Left(was.Variants.Root)&(1<<n) == 0 {
			continue
		}
		if less := without(v.implied.Facts); less != v.implied.Facts {
			v.implied.Facts, v.implied.Trail = less, s.Trail
			t.change(k)
		}
	}
}
