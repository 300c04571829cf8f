package flow

import "github.com/voipcheck/voipcheck/internal/source"

// What the code keeps in the device's storage. It outlives the run of the program, and the user may take a grant back
// meanwhile: a flag found there shows only that something held when it was written. So a test of one proves nothing; it
// leaves open what held wherever the flag was written, and leaves refuted what did not.

// keepStored is setStorageSync.
func (m *machine) keepStored(key, v value) {
	if name, ok := m.known(key).key(); ok && m.serial != 0 {
		m.assign(m.a.storageCell(name), v)
	}
}

// stored is getStorageSync. What the project itself writes under the key where it knows more than nothing may carry that on.
func (m *machine) stored(key value, fr *frame) value {
	name, ok := m.known(key).key()
	if !ok || m.serial == 0 {
		return m.unknown(nil)
	}
	m.a.slice.ask(question{what: "storage", name: name})
	c := m.a.storageCell(name)
	if v, ok := m.reads[c]; ok {
		return v
	}
	if c.serial == m.serial {
		return c.val
	}
	if c.hist == nil {
		if m.a.now.meets(c) {
			m.a.now.untouched = append(m.a.now.untouched, c)
		}
		return m.unknown(nil)
	}
	m.a.look(c.hist)
	at := source.Span{}
	if fr != nil {
		at = calleeSpan(fr)
	}
	v := m.storedFlag(c.hist, at)
	m.reads[c] = v
	return v
}

// storedFlag is what is found under a key: one of the values that the project writes, or nothing; where none of
// them was written with anything known to hold, nobody knows what.
func (m *machine) storedFlag(h *history, at source.Span) value {
	vals := []value{text("")}
	held := []facts{0}
	flag := false
	for _, w := range h.writes {
		f := w.facts & (factBoth | factEnabled)
		flag = flag || f != 0
		known := false
		for i := range vals {
			if same(vals[i], w.val) && w.val.kind != kSymbol {
				held[i] &= f
				known = true
			}
		}
		if !known {
			vals, held = append(vals, w.val), append(held, f)
		}
	}
	switch {
	case flag && h.over:
		return m.unknown(m.a.beyond(h))
	case flag && len(vals) > m.most(boundAlternatives):
		return m.unknown(m.a.gaveUpOn(nil, boundAlternatives, "", h.shown(), h.place()))
	case !flag:
		return m.unknown(nil)
	}
	maybe := make([]*unfollowed, len(vals))
	for i, v := range vals {
		if held[i] != 0 {
			maybe[i] = &unfollowed{name: "getStorageSync", stored: true, held: held[i], at: at}
		}
		if v.kind == kSymbol || v.kind == kObject {
			// What is found is a copy, made in another run: its fields show no more than the whole does.
			vals[i] = m.unknown(maybe[i])
		}
	}
	return m.anyOf(vals, make([]facts, len(vals)), maybe, "")
}

// storageCell is the place of a key in the storage.
func (a *analysis) storageCell(name string) *cell {
	c := a.storage[name]
	if c == nil {
		c = &cell{name: name}
		a.storage[name] = c
	}
	return c
}
