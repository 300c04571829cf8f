package flow

import (
	"slices"
	"strconv"
)

// Arrays that outlive a way: what other ways write to their elements, put in and take out is the program's state, like
// the fields of a page, and is found again.

// The histories that an array has besides those of its elements.
const (
	putIn    = "@@put in"
	takenOut = "@@taken out"
)

// shown is what a place is called in reports.
func (h *history) shown() string {
	switch h.name {
	case putIn:
		return "push"
	case takenOut:
		return "splice"
	}
	return h.name
}

// keep saves an array's elements, to be put back when the way ends.
func (m *machine) keep(o *object) {
	m.touch(o)
	if m.serial != 0 {
		m.altering = append(m.altering, o)
	}
	if !m.outlives(o) || o.in().kept == m.serial {
		return
	}
	o.put().kept = m.serial
	old, open, why, more := o.elems, o.isOpen, o.open, o.in().more
	m.undo = append(m.undo, func() { o.elems, o.isOpen, o.open, o.put().more = old, open, why, more })
	o.elems = slices.Clone(o.elems)
}

// touch lets a way find in an array what other ways have left there.
func (m *machine) touch(o *object) {
	if !m.outlives(o) || o.in().touched == m.serial {
		return
	}
	o.put().touched = m.serial
	first := m.a.identity(o)
	put, taken := m.a.peek(historyKey{first, putIn}), m.a.peek(historyKey{first, takenOut})
	m.a.whole(o)
	for name, h := range m.a.elements[first] {
		m.a.look(h)
		if _, known := o.props[name]; !known && len(h.writes) > 0 {
			m.element(o, name)
		}
	}
	var indices []string
	for name, c := range o.props {
		if _, err := strconv.Atoi(name); err != nil || c.hist == nil {
			continue
		}
		if m.a.look(c.hist); len(c.hist.writes) > 0 {
			indices = append(indices, name)
		}
	}
	wild := len(m.a.wildcards[o]) > 0
	if put.silent() && taken.silent() && len(indices) == 0 && !wild {
		return
	}
	m.keep(o)
	if !taken.silent() {
		o.elems = nil
	}
	if !put.silent() || !taken.silent() || wild {
		o.isOpen = true
	}
	if !put.silent() {
		o.put().more = put
	}
	slices.Sort(indices)
	for _, name := range indices {
		if i, _ := strconv.Atoi(name); i < len(o.elems) {
			o.elems[i] = m.read(o.props[name])
		}
	}
}

// silent reports whether no way has written.
func (h *history) silent() bool { return h == nil || len(h.writes) == 0 }

// element makes the place of an element of an array that was there before the way began.
func (m *machine) element(o *object, name string) *cell {
	if c := o.props[name]; c != nil {
		return c
	}
	c := &cell{val: undefined, name: name, object: o, seq: o.seq, hist: m.a.history(o, name)}
	if i, _ := strconv.Atoi(name); i < len(o.elems) {
		c.val = o.elems[i]
	}
	if o.props == nil {
		o.props = map[string]*cell{}
	}
	o.props[name] = c
	first := m.a.identity(o)
	if m.a.elements[first] == nil {
		m.a.elements[first] = map[string]*history{}
	}
	m.a.elements[first][name] = c.hist
	return c
}

// altered records for other ways that the call fr puts values in an array, or takes some out.
func (m *machine) altered(o *object, name string, fr *frame, vals ...value) {
	if !m.outlives(o) {
		return
	}
	h := m.a.history(o, name)
	if h.by == nil && fr != nil {
		h.by = &unfollowed{name: calleeText(fr), at: calleeSpan(fr), stored: true}
		h.version++
	}
	for _, v := range vals {
		escape(v, 0)
		m.acts++
		m.writes = append(m.writes, writing{hist: h, val: v, facts: m.ctx.facts, maybe: m.doubt(), sync: m.sync})
	}
	for name, h := range m.a.elements[m.a.identity(o)] {
		if name != putIn && !h.assigned {
			h.assigned = true
			h.version++
		}
	}
}

// shows tells what holds wherever one of the writes took place that are meant, and why more may hold: each of
// them was where something did, and not all were where the same did.
func (h *history) shows(meant func(value) bool) (common facts, more *unfollowed, found bool) {
	common, every, any := factBoth|factEnabled, true, facts(0)
	for _, w := range h.writes {
		if !meant(w.val) {
			continue
		}
		found = true
		f := w.facts & (factBoth | factEnabled)
		common &= f
		every = every && f != 0
		any |= f
	}
	if every && any != common {
		more = h.by
	}
	return common, more, found
}

// length is how many elements an array has.
func (m *machine) length(o *object) value {
	n := number(float64(len(o.elems)))
	switch {
	case !o.isOpen:
		return n
	case o.in().more == nil:
		return m.unknown(nil)
	}
	common, more, _ := o.in().more.shows(func(value) bool { return true })
	return m.anyOf([]value{n, m.unknown(nil)}, []facts{0, common}, []*unfollowed{nil, more}, "length")
}

// among is whether a value is among those that other ways have put in an array.
func (m *machine) among(more *history, v, found, none value) value {
	common, doubt, there := more.shows(func(w value) bool { return w.kind == kSymbol || same(w, v) })
	if !there {
		return none
	}
	return m.anyOf([]value{none, found}, []facts{0, common}, []*unfollowed{nil, doubt}, "includes")
}
