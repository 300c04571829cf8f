package flow

// What a way finds in a place that other runs write.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// recall returns what this way finds in a place that it has not written: its first value or any that runs write.
func (m *machine) recall(c *cell) value {
	if v, ok := m.reads[c]; ok {
		return v
	}
	v := m.recollect(c)
	if !m.sync || m.entry == nil || !m.entry.fresh(c.hist) {
		m.reads[c] = v
	}
	return v
}

func (m *machine) recollect(c *cell) value {
	h := c.hist
	m.a.look(h)
	base := c.val
	open := h.assigned || h.over || m.a.openPlace(h)
	var vals []value
	var f []facts
	var maybe []*unfollowed
	initial, several := true, false
	var offBy *site
	for _, w := range h.writes {
		if h.grown > m.most(boundGrowth) && (w.val.kind == kNumber || w.val.kind == kString) {
			continue // one of those that never come to an end
		}
		if w.sync && w.by != nil && m.entry != nil {
			if w.by == m.entry && w.by.once {
				continue // it has not run before
			}
			if w.by.precedes(m.entry) && w.by.always[h] {
				initial = false
			}
		}
		if m.sync && m.entry != nil && m.entry.fresh(h) {
			continue
		}
		if w.facts&factEnabled != 0 {
			if by := m.a.offAfter(h, w.by); by != nil {
				w.facts, offBy = w.facts&^factEnabled|factOff, by
			}
		}
		merged := false
		if w.val.isPlainUnknown() {
			// Unknown values of different runs are told apart by nothing.
			for i := range vals {
				if vals[i].isPlainUnknown() && f[i] == w.facts && maybe[i] == w.maybe && vals[i].sym.cause == w.val.sym.cause {
					several, merged = true, true
					break
				}
			}
			if merged {
				continue
			}
		}
		for i := range vals {
			if same(vals[i], w.val) && w.val.kind != kSymbol && sameDoubt(maybe[i], w.maybe) && (f[i]^w.facts)&factDevTools == 0 {
				f[i] = common(f[i], w.facts)
				merged = true
				break
			}
		}
		if !merged {
			vals, f, maybe = append(vals, w.val), append(f, w.facts), append(maybe, w.maybe)
		}
	}
	lost := m.a.mayBeLost(h)
	blank := base.isBlank() && c.holds() && !open && lost == nil
	for _, v := range vals {
		blank = blank && v.isBlank()
	}
	if blank && m.a.elsewhere(h) {
		blank, open = false, true
	}
	blank = blank && !m.a.replaced(h)
	if blank {
		// Blanks are all that it is ever given.
		return base.withBlank(h)
	}
	if open {
		vals, f, maybe = append(vals, m.unknown(m.a.beyond(h))), append(f, 0), append(maybe, nil)
	}
	if lost != nil && c.holds() {
		vals, f, maybe = append(vals, m.unknown(lost)), append(f, 0), append(maybe, nil)
	}
	if len(vals) == 0 {
		return base
	}
	if initial {
		// The first value may still be there: from finding it follows what itself shows, as that of an object does which
		// another run has made.
		for i := range vals {
			if same(vals[i], base) && base.kind != kSymbol {
				f[i] &= base.know
				initial = false
			}
		}
		switch {
		case initial && base.kind == kSymbol && base.sym.root != nil:
			// One of several itself: each with what it shows.
			mask := m.mask(base.sym.root)
			for i, alt := range base.sym.vals {
				if mask&(1<<i) != 0 {
					vals, f, maybe = append(vals, alt), append(f, base.sym.root.facts[i]), append(maybe, nil)
				}
			}
		case initial:
			vals, f, maybe = append(vals, base), append(f, 0), append(maybe, nil)
		}
	}
	if len(vals) > m.most(boundAlternatives) {
		return m.unknown(m.a.gaveUpOn(nil, boundAlternatives, "", h.shown(), h.place()))
	}
	// Unknown values get an identity of this way.
	for i, v := range vals {
		if v.kind == kSymbol && v.sym.root == nil && v.sym.not == nil {
			fresh, ok := m.again[v.sym]
			if !ok || several {
				fresh = m.unknown(v.sym.cause)
				fresh.sym.prefix, fresh.sym.hasPrefix, fresh.sym.shape = v.sym.prefix, v.sym.hasPrefix, v.sym.shape
				m.again[v.sym] = fresh
			}
			vals[i] = fresh
		}
	}
	v := m.anyOf(vals, f, maybe, h.name)
	if v.kind == kSymbol && v.sym.root != nil {
		v.sym.root.written, v.sym.root.offBy = true, offBy
		v.sym.root.keeps = slices.ContainsFunc(vals, func(v value) bool { return m.a.keeps(v, 0) })
	}
	return v
}

// keeps reports whether a value is an object with a property that shows something, as it was made or as runs have written it.
func (a *analysis) keeps(v value, depth int) bool {
	if v.kind != kObject || depth > a.most(boundRelated) || v.obj.class != cPlain || v.obj.unit != nil || len(v.obj.keys) > a.most(boundKept) {
		return false
	}
	first := a.identity(v.obj)
	a.whole(v.obj)
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil && (c.val.know&(factBoth|factEnabled) != 0 || a.keeps(c.val, depth+1)) {
			return true
		}
		if h := a.peek(historyKey{first, k}); h != nil && slices.ContainsFunc(h.writes, func(w write) bool { return w.facts&(factBoth|factEnabled) != 0 }) {
			return true
		}
	}
	return false
}

// beyond is why nobody knows what else may be found in a place that has had too many values, or that code may have written
// which does not name it, when some of the values that are known were written with something known to hold.
func (a *analysis) beyond(h *history) *unfollowed {
	if h.over {
		return a.gaveUpOn(nil, h.beyond, "", h.shown(), h.place())
	}
	for _, w := range h.writes {
		if w.facts&(factBoth|factEnabled) != 0 {
			if by := a.wildBy(h.object, h.name); by != nil && by.by != nil {
				return by.by
			}
			return &unfollowed{name: h.shown(), at: h.at, stored: true}
		}
	}
	return nil
}

// holds reports whether a place is a variable or a property that could be assigned.
func (c *cell) holds() bool {
	switch {
	case c.frozen || c.getter() != nil:
		return false
	case c.object == nil:
		return c.top
	}
	return c.object.field || !c.ghost && c.object.serial == 0
}

// elsewhere reports whether a script that takes no part in the feature may give a field its value.
func (a *analysis) elsewhere(h *history) bool {
	if known, ok := a.outside[h]; ok {
		return known
	}
	if h.object == nil {
		return false // a variable: its own module alone can assign it
	}
	words := []string{h.name}
	if h.object != nil && h.object.owner != nil {
		// Other scripts come by the instance in one way only.
		if u := h.object.owner.unit; u != nil && u.Kind == miniprogram.AppUnit {
			words = append(words, "getApp")
		} else {
			words = append(words, "getCurrentPages")
		}
	}
	found := h.name != "" && a.project.NamedInOtherScripts(func(s *miniprogram.Script) bool { return a.programs[s] != nil }, words...)
	a.outside[h] = found
	return found
}
