package flow

import "slices"

// Places: variables and properties, and what is read from and written to them.

// keep saves an array's elements, to be put back when the way ends.
func (m *machine) keep(o *object) {
	if !m.outlives(o) || o.kept == m.serial {
		return
	}
	o.kept = m.serial
	old := o.elems
	m.undo = append(m.undo, func() { o.elems = old })
	o.elems = slices.Clone(o.elems)
}

// wildcard records that any property of an object may have been written.
func (m *machine) wildcard(o *object, key value) {
	prefix := ""
	if key.kind == kSymbol && key.sym.hasPrefix {
		prefix = key.sym.prefix
	}
	if m.outlives(o) {
		if !slices.Contains(m.a.wildcards[o], prefix) {
			m.a.wildcards[o] = append(m.a.wildcards[o], prefix)
			m.a.blind++
		}
		return
	}
	o.isOpen = true
}

// read returns the value of a place as this way finds it.
func (m *machine) read(c *cell) value {
	if c.lazy != nil {
		f := c.lazy
		c.lazy = nil
		c.val = f()
	}
	if c.each != nil && m.serial != 0 {
		return c.each(m)
	}
	if c.val.live != nil {
		if m.serial == 0 {
			v := m.unknown(nil) // whatever it is when the page shows
			v.live = c.val.live
			return v
		}
		return m.read(c.val.live)
	}
	if m.serial == 0 || c.serial == m.serial || c.frozen {
		return c.val
	}
	if c.hist == nil {
		if c.seq >= m.began || !c.val.isBlank() && !m.a.writtenUnseen(c) && !m.a.rewritten(c) {
			return c.val
		}
		c.hist = m.a.historyOf(c)
	}
	return m.recall(c)
}

// assign writes a place.
func (m *machine) assign(c *cell, v value) {
	if c.frozen {
		return
	}
	if m.weak != 0 && c.seq < m.weak {
		v = m.either(m.read(c), v)
	}
	if m.serial != 0 {
		v.know |= m.ctx.facts & (factBoth | factEnabled)
	}
	if m.serial != 0 && c.seq < m.began {
		// It was there before the way began.
		if c.hist == nil {
			c.hist = m.a.historyOf(c)
		}
		m.writes = append(m.writes, writing{cell: c, hist: c.hist, val: v, facts: m.ctx.facts, maybe: m.doubt(), sync: m.sync})
		escape(v, 0)
		old, serial := c.val, c.serial
		m.undo = append(m.undo, func() { c.val, c.serial = old, serial })
	}
	if c.val.blank != nil || v.blank != nil {
		v.blank = nil
	}
	c.val, c.serial = v, m.serial
}

// escape notes that a value is put where it outlives the way that made it.
func escape(v value, depth int) {
	if v.kind != kObject || depth > 3 || v.obj.escaped {
		return
	}
	v.obj.escaped = true
	for _, e := range v.obj.elems {
		escape(e, depth+1)
	}
	for _, c := range v.obj.props {
		escape(c.val, depth+1)
	}
}
