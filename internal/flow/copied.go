package flow

// Copies of objects as they come about when their text is written and read again: JSON.parse(JSON.stringify(x)).

// copied is v with all that it holds made anew. Functions are left out, as JSON has none.
func (m *machine) copied(v value, depth int) value {
	if v.kind == kSymbol && v.sym.root != nil {
		return m.lift(v, func(alt value) value {
			if alt.kind == kSymbol {
				return alt
			}
			out := m.copied(alt, depth)
			out.know |= alt.know
			return out
		})
	}
	if v.kind != kObject {
		return v
	}
	switch {
	case depth > m.most(boundCopied):
		return m.unknown(m.gaveUpHere(boundCopied, ""))
	case v.isFunction() || v.obj.class != cPlain && v.obj.class != cArray:
		return m.unknown(v.obj.open)
	case v.obj.class == cArray:
		m.touch(v.obj)
		out := m.array(nil)
		for _, e := range v.obj.elems {
			out.obj.elems = append(out.obj.elems, m.copied(e, depth+1))
		}
		out.obj.isOpen, out.obj.open, out.obj.at = v.obj.isOpen, v.obj.open, v.obj.at
		return out
	}
	o := m.object(cPlain)
	o.isOpen, o.open, o.at = v.obj.isOpen, v.obj.open, v.obj.at
	m.a.slice.demandAll(m, v.obj)
	for _, k := range v.obj.keys {
		c := v.obj.props[k]
		if c == nil || m.absent(c) && c.hist == nil {
			continue
		}
		if val := m.readProp(v, c); !val.isFunction() && (!m.absent(c) || val.kind != kUndefined) {
			m.define(o, k, m.copied(val, depth+1)).key = c.key
		}
	}
	return ref(o)
}
