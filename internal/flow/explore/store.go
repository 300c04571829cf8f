package explore

import (
	"fmt"
	"slices"

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
	like *value.Obj
	// cells are the places of objects whose shape does not matter; variants are others as a whole.
	cells    map[value.Key]*cell
	keys     []value.Key
	slots    []*cell
	variants []variant
	whole    bool
	// rest is, of a list that entry points fill in turn, what may be in it: the only variant has it.
	rest *value.Term
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
}

type variant struct {
	o       *value.Obj
	text    string
	implied Implied
	// handed tells of a promise that it was settled by who found it, and not by who made it.
	handed bool
}

// NewStore makes a store that has nothing but what base has.
func NewStore(t *value.Table, p Program, base *state.State) *Store {
	return &Store{table: t, program: p, base: base, beginnings: map[string]*beginning{}, objects: map[value.ID]*kept{}, old: map[value.ID]value.ID{}, isOld: map[value.ID]bool{}, original: map[value.ID]value.ID{}}
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

// object is an object as an entry point finds it.
func (t *Store) object(e *Entry, id value.ID, k *kept) *value.Obj {
	if k.whole {
		if len(k.variants) == 1 && k.variants[0].implied.Facts == nil {
			o := *k.variants[0].o
			return &o
		}
		root := t.root(fmt.Sprintf("#%d", id), len(k.variants))
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
func (t *Store) Contribute(p Program, e *Entry, begun, s *state.State) {
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
		t.weaken(e, begun, s, without)
	}
}

// weaken takes from what alternatives imply the facts that a state has ended, where it left them in place.
func (t *Store) weaken(e *Entry, begun, s *state.State, without func(any) any) {
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
		if was == nil || is == nil || e.Gone != nil && e.Gone(id) {
			continue
		}
		if k = t.objects[id]; k.whole {
			t.weakenWhole(k, s, was, without)
			continue
		}
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

// decided reports whether an object that was there is still what it was, or one of those: then nothing was done to it.
func (c *contribution) decided(x, y *value.Obj) bool {
	if p, ok := y.Data.(*value.Promise); ok && p.Found {
		return true
	}
	is := text(c.rename(y))
	if x.Variants == nil {
		return text(c.rename(x)) == is
	}
	return slices.ContainsFunc(x.Variants.Objs, func(v *value.Obj) bool { return text(c.rename(v)) == is })
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
	k := &kept{like: &like, cells: map[value.Key]*cell{}, whole: whole(as)}
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
			if !value.Same(a.v, x) && !stands(a.v, x) {
				continue
			}
			found = true
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
			at.alts = append(at.alts, alternative{x, implied})
			c.t.change(k)
			c.widen(at)
		}
	}
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

// made takes an object that the entry point made, under its other name.
func (c *contribution) made(id value.ID) {
	o := c.s.Heap.Get(id)
	if o == nil {
		return
	}
	for _, v := range c.variants(o) {
		c.madeAs(id, v)
	}
}

// variants are the objects that an object may be.
func (c *contribution) variants(o *value.Obj) []*value.Obj {
	if o.Variants == nil {
		return []*value.Obj{o}
	}
	var out []*value.Obj
	left := c.s.Left(o.Variants.Root)
	for n, v := range o.Variants.Objs {
		if left&(1<<n) != 0 {
			out = append(out, c.variants(v)...)
		}
	}
	return out
}

func (c *contribution) madeAs(id value.ID, o *value.Obj) {
	name := c.t.nameOf(id)
	k := c.t.objects[name]
	if k == nil {
		k = &kept{like: c.rename(o), cells: map[value.Key]*cell{}, whole: whole(o)}
		c.t.objects[name] = k
		c.t.order = append(c.t.order, name)
		slices.Sort(c.t.order)
		c.t.change(k)
	}
	if k.whole {
		c.variant(k, o, false)
		return
	}
	for _, p := range o.Props.All() {
		c.prop(name, k, p, k.cells[p.Key] == nil && len(k.keys) > 0 && k.like.Props.Get(p.Key) == nil)
	}
	for n, v := range o.Elems {
		for n >= len(k.slots) {
			k.slots = append(k.slots, &cell{place: slotOf(name, len(k.slots))})
		}
		c.cell(k, k.slots[n], v)
	}
}

// mostVariants is how many objects as a whole, mostLengths lists of how many lengths, mostKept how many values within one are kept of a place.
const (
	mostVariants = 24
	mostLengths  = 4
	mostKept     = 48
)

// variant adds an object as a whole; handed tells that it was there when the entry point began.
func (c *contribution) variant(k *kept, o *value.Obj, handed bool) {
	renamed := c.rename(o)
	if k.rest != nil || lists(renamed) && (k.lengths(renamed) > mostLengths || repeats(renamed)) {
		c.fill(k, renamed)
		return
	}
	what := text(renamed)
	for n := range k.variants {
		v := &k.variants[n]
		if v.text != what {
			continue
		}
		if handed && !v.handed {
			v.handed = true
			c.t.change(k)
		}
		if v.implied.Entry == "" {
			return
		}
		if less := c.p.Meet(v.implied.Facts, c.implied.Facts); less != v.implied.Facts {
			v.implied.Facts, v.implied.Trail = less, c.implied.Trail
			c.t.change(k)
		}
		return
	}
	if len(k.variants) >= mostVariants {
		c.t.meet("variants", c.implied.Entry)
		return
	}
	k.variants = append(k.variants, variant{renamed, what, c.implied, handed})
	c.t.change(k)
}

// lists reports whether an object is a list, of which it may be enough to know what is in it.
func lists(o *value.Obj) bool { return o.Class == value.ArrayObject && o.Props.Len() == 0 }

// lengths is how many elements there may be, counting the lists that are kept and one more.
func (k *kept) lengths(o *value.Obj) int {
	seen := []int{len(o.Elems)}
	for _, v := range k.variants {
		if !slices.Contains(seen, len(v.o.Elems)) {
			seen = append(seen, len(v.o.Elems))
		}
	}
	return len(seen)
}

// repeats reports whether a list has an object twice: it has been filled by the same code again, and would be once more.
func repeats(o *value.Obj) bool {
	for n, v := range o.Elems {
		if v.IsObject() && slices.Contains(o.Elems[:n], v) {
			return true
		}
	}
	return false
}

// fill makes one list of all that a list was, which may have what any of them had.
func (c *contribution) fill(k *kept, o *value.Obj) {
	before := k.rest
	add := func(o *value.Obj) {
		for _, v := range o.Elems {
			k.rest = c.t.table.Absorb(k.rest, v)
		}
		k.rest = c.t.table.Both(k.rest, o.Rest)
	}
	if before == nil {
		for _, v := range k.variants {
			add(v.o)
		}
	}
	add(o)
	if k.rest == before {
		return
	}
	k.variants = []variant{{o: &value.Obj{Class: o.Class, Proto: o.Proto, Rest: k.rest}}}
	c.t.change(k)
}
