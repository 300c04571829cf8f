package flow

// What a way leaves behind in objects, for other runs to find.

// replaced reports whether a property is filled by writing a whole object in place of the first one, of which it is a part:
// data: { auth: {} } and setData({ auth: { record: … } }).
func (a *analysis) replaced(h *history) bool {
	path := []string{h.name}
	for o := h.object; o != nil && o.in().holder != nil && len(path) < a.most(boundDepth); {
		place := o.in().holder
		if place.object == nil {
			return false
		}
		if outer := a.peek(historyKey{a.identity(place.object), place.name}); outer != nil {
			for _, w := range outer.writes {
				if (w.val.kind != kObject || w.val.obj != o) && w.val.fills(path) {
					return true
				}
			}
		}
		path = append([]string{place.name}, path...)
		o = place.object
	}
	return false
}

// fills reports whether a value has something other than a blank at the end of a path of properties, or may have.
func (v value) fills(path []string) bool {
	switch {
	case v.kind == kSymbol:
		return true
	case len(path) == 0:
		return !v.isBlank()
	case v.kind != kObject:
		return false
	}
	c := v.obj.props[path[0]]
	if c == nil {
		return v.obj.isOpen || v.obj.class != cPlain
	}
	return c.getter() != nil || c.waits() || c.val.fills(path[1:])
}

// fix keeps of the values in an object that a way leaves behind those alternatives only that were left when the way ended.
func (m *machine) fix(v value, depth int) {
	if v.kind == kSymbol && v.sym.shape != nil {
		v = ref(v.sym.shape)
	}
	if v.kind != kObject || depth > m.most(boundInner) || v.obj.serial != m.serial || v.obj.class != cPlain && v.obj.class != cArray {
		return
	}
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil && c.getter() == nil && !c.waits() {
			c.val = m.remaining(c.val)
			m.fix(c.val, depth+1)
		}
	}
	for i, e := range v.obj.elems {
		v.obj.elems[i] = m.remaining(e)
		m.fix(v.obj.elems[i], depth+1)
	}
}

// remaining is a value without the alternatives that this way has ruled out.
func (m *machine) remaining(v value) value {
	if v.kind != kSymbol || v.sym.root == nil {
		return v
	}
	r, mask := v.sym.root, m.mask(v.sym.root)
	var vals []value
	rest := &root{name: r.name, at: r.at, written: r.written}
	for i, alt := range v.sym.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		vals, rest.facts = append(vals, alt), append(rest.facts, r.facts[i])
		if r.maybe != nil {
			rest.maybe = append(rest.maybe, r.maybe[i])
		}
	}
	rest.n = len(vals)
	switch rest.n {
	case 0, len(v.sym.vals):
		return v
	case 1:
		if rest.maybe == nil || rest.maybe[0] == nil {
			vals[0].know |= rest.facts[0] & (factBoth | factEnabled)
			return vals[0]
		}
	}
	return m.oneOf(rest, vals, v.sym.cause)
}
