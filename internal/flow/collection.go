package flow

import "github.com/voipcheck/voipcheck/internal/source"

// Maps and Sets. What is in one that was there before the way began is the program's state, like the fields of a page:
// every key is a place with a history.

// collection is what a Map or Set holds.
type collection struct {
	items []item
	// passing are keys of this way only: objects that it made, and values that nobody knows.
	passing []item
	// other is the place of such keys for other ways to find.
	other *cell
}

// item is a key with the place of its value; a place that holds undefined is of a key that is not there.
type item struct {
	key  value
	cell *cell
}

// lasting reports whether a key is the same in all ways.
func (m *machine) lasting(k value) bool {
	return k.kind != kSymbol && (k.kind != kObject || k.obj.serial == 0)
}

// slot returns the place of a key; make tells to make it when there is none.
func (m *machine) slot(o *object, k value, create bool) *cell {
	l := o.in().held
	for _, list := range [][]item{l.items, l.passing} {
		for _, it := range list {
			if same(it.key, k) || isNumberless(it.key) && isNumberless(k) {
				return it.cell
			}
		}
	}
	outlives := m.outlives(o)
	if len(l.items) >= m.most(boundKeys) || !create && !outlives {
		return nil
	}
	name, _ := k.key()
	c := &cell{val: undefined, name: name, seq: m.event(), serial: m.serial}
	if !outlives {
		l.items = append(l.items, item{k, c})
		return c
	}
	if m.lasting(k) {
		c.serial, c.seq = 0, o.seq
		if k.kind != kObject {
			c.object, c.name, c.ghost = o, "@@key "+name, true
		}
		c.hist = m.a.historyOf(c)
		l.items = append(l.items, item{k, c})
		return c
	}
	if !create {
		return m.otherSlot(o)
	}
	before := l.passing
	m.undo = append(m.undo, func() { l.passing = before })
	l.passing = append(l.passing[:len(l.passing):len(l.passing)], item{k, c})
	return c
}

// otherSlot is where all keys meet that are of one way only.
func (m *machine) otherSlot(o *object) *cell {
	if o.in().held.other == nil {
		c := &cell{val: undefined, seq: o.seq}
		c.hist = m.a.historyOf(c)
		o.in().held.other = c
	}
	return o.in().held.other
}

// put is set and add.
func (m *machine) put(o *object, k, v value, fr *frame) {
	k = m.known(k)
	m.store(o, fr, v)
	c := m.slot(o, k, true)
	if c == nil {
		m.openUp(o, boundKeys)
		return
	}
	m.assign(c, v)
	if m.outlives(o) && !m.lasting(k) {
		escape(v, 0)
		other := m.otherSlot(o)
		m.acts++
		m.writes = append(m.writes, writing{cell: other, hist: other.hist, val: v, facts: m.ctx.facts, maybe: m.doubt(), sync: m.sync})
	}
}

// at reads what is under a key: undefined when there is nothing.
func (m *machine) at(o *object, k value) value {
	k = m.known(k)
	if c := m.slot(o, k, false); c != nil {
		return m.read(c)
	}
	if o.isOpen || k.kind == kSymbol || len(o.in().held.items) >= m.most(boundKeys) {
		return m.unknown(o.open)
	}
	return undefined
}

// holdsKey is has.
func (m *machine) holdsKey(o *object, k value) value {
	return m.lift(m.at(o, k), func(v value) value {
		if v.isPlainUnknown() && (o.isOpen || v.sym.cause == nil && m.known(k).kind == kSymbol) {
			return m.unknown(v.sym.cause)
		}
		out := boolean(v.kind != kUndefined)
		out.know = v.know
		return out
	})
}

// drop is delete, and clear for every key.
func (m *machine) drop(o *object, k value) {
	l := o.in().held
	if m.outlives(o) {
		if c := m.slot(o, m.known(k), false); c != nil && c != l.other {
			m.assign(c, undefined)
		}
		return
	}
	for i, it := range l.items {
		if same(it.key, k) {
			if m.weak != 0 && o.seq < m.weak {
				m.assign(it.cell, undefined)
				return
			}
			l.items = append(l.items[:i:i], l.items[i+1:]...)
			return
		}
	}
}

func (m *machine) dropAll(o *object) {
	for _, it := range append(append([]item{}, o.in().held.items...), o.in().held.passing...) {
		m.drop(o, it.key)
	}
}

// contents lists the keys and values that are there on this way; ok is false when there may be others.
func (m *machine) contents(o *object) (keys, vals []value, ok bool) {
	ok = !o.isOpen
	if m.outlives(o) {
		m.a.whole(o)
	}
	all := append(append([]item{}, o.in().held.items...), o.in().held.passing...)
	if m.outlives(o) && o.in().held.other != nil && len(o.in().held.passing) == 0 {
		all = append(all, item{undefined, o.in().held.other})
	}
	for _, it := range all {
		v := m.read(it.cell)
		there := m.lift(v, func(v value) value {
			out := boolean(v.kind != kUndefined)
			out.know = v.know
			return out
		})
		switch m.decide(there) {
		case triNo:
			continue
		case triBoth:
			ok = false
		}
		if v.kind == kSymbol && v.sym.root != nil {
			m.present(v.sym)
		}
		k := it.key
		if it.cell == o.in().held.other {
			if k = v; o.class == cMap {
				k = m.unknown(nil)
			}
		}
		keys, vals = append(keys, k), append(vals, v)
	}
	return keys, vals, ok
}

// newCollection is new Map and new Set.
func (m *machine) newCollection(c class, from value) value {
	o := m.object(c)
	o.put().held = &collection{}
	items, ok := m.list(from)
	o.isOpen = !ok
	for _, it := range items {
		k, v := it, it
		if c == cMap {
			k, v = m.get(it, "0"), m.get(it, "1")
		}
		if s := m.slot(o, m.known(k), true); s != nil {
			s.val = v
		}
	}
	return ref(o)
}

func init() {
	mapMethods = map[string]nativeFunc{
		"get": func(m *machine, this value, args []value, _ *frame) value { return m.at(this.obj, arg(args, 0)) },
		"set": func(m *machine, this value, args []value, fr *frame) value {
			m.put(this.obj, arg(args, 0), arg(args, 1), fr)
			return this
		},
	}
	setMethods = map[string]nativeFunc{
		"add": func(m *machine, this value, args []value, fr *frame) value {
			m.put(this.obj, arg(args, 0), arg(args, 0), fr)
			return this
		},
	}
	both := map[string]nativeFunc{
		"has": func(m *machine, this value, args []value, _ *frame) value { return m.holdsKey(this.obj, arg(args, 0)) },
		"delete": func(m *machine, this value, args []value, _ *frame) value {
			there := m.holdsKey(this.obj, arg(args, 0))
			m.drop(this.obj, arg(args, 0))
			return there
		},
		"clear": func(m *machine, this value, _ []value, _ *frame) value {
			m.dropAll(this.obj)
			return undefined
		},
		"forEach": func(m *machine, this value, args []value, fr *frame) value {
			keys, vals, _ := m.contents(this.obj)
			for i, k := range keys {
				m.call(arg(args, 0), arg(args, 1), []value{vals[i], k, this}, fr)
			}
			return undefined
		},
		"keys": func(m *machine, this value, _ []value, _ *frame) value {
			keys, _, ok := m.contents(this.obj)
			return m.openArray(keys, ok)
		},
		"values": func(m *machine, this value, _ []value, _ *frame) value {
			_, vals, ok := m.contents(this.obj)
			return m.openArray(vals, ok)
		},
		"entries": func(m *machine, this value, _ []value, _ *frame) value {
			keys, vals, ok := m.contents(this.obj)
			pairs := make([]value, len(keys))
			for i := range keys {
				pairs[i] = m.array([]value{keys[i], vals[i]})
			}
			return m.openArray(pairs, ok)
		},
	}
	for name, f := range both {
		mapMethods[name], setMethods[name] = f, f
	}
}

// collectionSize is the property size.
func (m *machine) collectionSize(o *object) value {
	keys, _, ok := m.contents(o)
	if !ok {
		return m.unknown(o.open)
	}
	return number(float64(len(keys)))
}

func (m *machine) openArray(elems []value, closed bool) value {
	v := m.array(elems)
	v.obj.isOpen = v.obj.isOpen || !closed
	v.obj.at = source.Span{}
	return v
}
