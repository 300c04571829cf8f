package flow

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Places: variables and properties, and what is read from and written to them.

// wildWrite is a write to properties that it does not name: of all whose names begin with a prefix.
type wildWrite struct {
	prefix string
	by     *unfollowed // the call that writes, nil where it is none
}

// wildcard records that any property of an object may have been written; fr is the call that does, nil where it is none.
func (m *machine) wildcard(o *object, key value, fr *frame) {
	if !m.outlives(o) {
		o.isOpen = true
		return
	}
	w := wildWrite{}
	if key.kind == kSymbol && key.sym.hasPrefix {
		w.prefix = key.sym.prefix
	}
	if slices.ContainsFunc(m.a.wildcards[o], func(known wildWrite) bool { return known.prefix == w.prefix }) {
		return
	}
	if fr != nil {
		w.by = &unfollowed{name: calleeText(fr), at: calleeSpan(fr), stored: true}
	}
	m.a.wildcards[o] = append(m.a.wildcards[o], w)
	m.a.blind++
}

// read returns the value of a place as this way finds it.
func (m *machine) read(c *cell) value {
	if c.waits() {
		f := c.made.lazy
		c.made = nil
		pass := m.a.pass
		m.a.pass = 0 // what is given up in looking for it is so for good
		c.val = f()
		m.a.pass = pass
	}
	if c.made != nil && c.made.each != nil && m.serial != 0 {
		return c.made.each(m)
	}
	if c.val.live() != nil {
		if m.serial == 0 {
			v := m.unknown(nil) // whatever it is when the page shows
			v = v.withLive(c.val.live())
			return v
		}
		return m.read(c.val.live())
	}
	if m.serial == 0 || c.serial == m.serial || c.frozen {
		return c.val
	}
	first := c.seq < m.began && m.a.now.meets(c)
	if first {
		m.a.slice.demand(c)
	}
	if c.hist == nil {
		if c.seq >= m.began || !c.val.isBlank() && m.a.untouched(c) {
			if first {
				m.a.now.untouched = append(m.a.now.untouched, c)
			}
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
		if c.top || c.object != nil {
			m.acts++
		}
		m.writes = append(m.writes, writing{cell: c, hist: c.hist, val: v, facts: m.ctx.facts, maybe: m.doubt(), sync: m.sync})
		escape(v, 0)
		old, serial := c.val, c.serial
		m.undo = append(m.undo, func() { c.val, c.serial = old, serial })
	}
	if m.serial != 0 {
		m.assigned = append(m.assigned, c)
	}
	if local := c.object == nil && m.serial != 0 && c.seq >= m.began; !local {
		v = v.withBlank(nil)
	}
	c.val, c.serial = v, m.serial
}

// replacesItself reports whether a function puts another in its own place and calls that, as the helpers of compilers do once
// they know what they need: function extend() { return (extend = Object.assign || …).apply(this, arguments) }. Both do the
// same then, so it makes no difference to other runs which of them they find.
func (m *machine) replacesItself(e *env, name string, c *cell, v value) bool {
	if m.serial == 0 || c.object != nil || c.seq >= m.began || !v.isFunction() {
		return false
	}
	f := e.function()
	if f == nil || f.call.callee == nil || f.call.callee.fn == nil {
		return false
	}
	first := c.val
	if before, replaced := m.replaced[c]; replaced {
		first = before // f(f(x)) looks f up twice before the first call
	}
	return first.mayBe(f.call.callee.fn) && callsItself(f.call.callee.fn.node, name)
}

// callsItself reports whether a function calls what the variable holds that it assigns to.
func callsItself(f *script.Func, name string) bool {
	found := false
	script.Walk(f, func(n script.Node) bool {
		if call, ok := n.(*script.Call); ok {
			callee := call.Callee
			if member, ok := callee.(*script.Member); ok && (member.Name == "apply" || member.Name == "call") {
				callee = member.Object
			}
			if assign, ok := callee.(*script.Assign); ok {
				callee = assign.Target
			}
			id, ok := callee.(*script.Ident)
			found = found || ok && id.Name == name
		}
		return !found
	})
	return found
}

// mayBe reports whether a value is a function of the code, or may be it.
func (v value) mayBe(f *closure) bool {
	if v.kind == kSymbol && v.sym.root != nil {
		for _, alt := range v.sym.vals {
			if alt.mayBe(f) {
				return true
			}
		}
	}
	return v.kind == kObject && v.obj.fn != nil && v.obj.fn.node == f.node
}

// replace writes a place for the rest of the way only.
func (m *machine) replace(c *cell, v value) {
	old, serial := c.val, c.serial
	m.undo = append(m.undo, func() { c.val, c.serial = old, serial })
	if _, again := m.replaced[c]; !again {
		m.replaced[c] = old
	}
	c.val, c.serial = v, m.serial
}

// escape notes that a value is put where it outlives the way that made it.
func escape(v value, depth int) {
	if v.kind != kObject || depth > boundInner.usual() || v.obj.escaped {
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
