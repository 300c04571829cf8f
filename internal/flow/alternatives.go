package flow

// Values of which it is not known which one is the case.

import "fmt"

// unknown makes a new unknown value; cause may be nil.
func (m *machine) unknown(cause *unfollowed) value {
	m.a.symbols++
	return value{kind: kSymbol, sym: &symbol{id: m.a.symbols, cause: cause}}
}

// derive returns the unknown value that an operation makes of another: the same one for the same operation on the
// same value, so that a test that is repeated goes the same way.
func (m *machine) derive(s *symbol, op string) value {
	return m.deriveAt(fmt.Sprintf("%d %s", s.id, op), s.cause)
}

// deriveAt returns the unknown value of a way that goes by a key, the same one whenever it is asked for.
func (m *machine) deriveAt(key string, cause *unfollowed) value {
	if m.serial == 0 {
		return m.unknown(cause)
	}
	if d, ok := m.derived[key]; ok {
		return value{kind: kSymbol, sym: d}
	}
	v := m.unknown(cause)
	m.derived[key] = v.sym
	return v
}

// lift applies f to a value; where the value is one of several, to each of them.
func (m *machine) lift(v value, f func(value) value) value { return m.liftNested(v, f, 0) }

func (m *machine) liftNested(v value, f func(value) value, depth int) value {
	if v.kind != kSymbol || v.sym.root == nil {
		return f(v)
	}
	mask := m.mask(v.sym.root)
	if mask&(mask-1) == 0 {
		return m.liftNested(m.known(v), f, depth)
	}
	if !m.joined() && v.sym.nested(mask) {
		// What each of them may be hangs on something else again, and that must not be lost.
		return m.liftNested(m.known(v), f, depth)
	}
	vals := make([]value, len(v.sym.vals))
	for i, alt := range v.sym.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		if alt.kind == kSymbol && alt.sym.root != nil {
			if m.join > 0 && m.telling(alt) {
				m.itMatters() // what it tells would be lost
			}
			if depth < m.most(boundNested) {
				vals[i] = m.liftNested(alt, f, depth+1)
			} else if cause := causeOf(alt); cause != nil {
				vals[i] = m.unknown(cause)
			} else {
				vals[i] = m.unknown(m.gaveUpHere(boundNested, alt.sym.root.name))
			}
			continue
		}
		vals[i] = f(alt)
	}
	out := m.oneOf(v.sym.root, vals, v.sym.cause)
	out.know = v.know
	return out
}

// nested reports whether an alternative in mask is one of several values itself, some of which show something, or one that
// only pretends.
func (s *symbol) nested(mask uint64) bool {
	for i, alt := range s.vals {
		if mask&(1<<i) != 0 && alt.pretends() {
			return true
		}
		if mask&(1<<i) != 0 && alt.kind == kSymbol && alt.sym.root != nil && alt.sym.root.tells(^uint64(0)) {
			return true
		}
	}
	return false
}

func (m *machine) oneOf(r *root, vals []value, cause *unfollowed) value {
	m.a.symbols++
	return value{kind: kSymbol, sym: &symbol{id: m.a.symbols, root: r, vals: vals, cause: cause}}
}

// actual returns what a test of a field that nothing fills really is, unless the way supposes something else already.
func (m *machine) actual(v value) value {
	of, negated := v.negations()
	if of.kind != kSymbol || of.sym.really == nil {
		return v
	}
	if b, decided := m.truths[of.sym.id]; decided && b != *of.sym.really {
		return v
	}
	out := boolean(*of.sym.really != negated)
	out.know = v.know
	return out
}

// either makes a value that is a or b, nobody knows which.
func (m *machine) either(a, b value) value {
	a, b = m.actual(a), m.actual(b)
	if same(a, b) {
		a.know &= b.know
		return a
	}
	if m.join > 0 && m.pretending(a) != m.pretending(b) {
		if v, ok := m.flat(a, b); ok {
			return v
		}
	}
	if m.join > 0 && ((a.know^b.know)&^m.ctx.facts != 0 || m.telling(a) || m.telling(b)) {
		m.itMatters() // what one of them tells would be lost
	}
	if a.kind == kSymbol && a.sym.root == nil && b.kind == kSymbol && b.sym.root == nil {
		if a.sym.cause != nil {
			return m.unknown(a.sym.cause)
		}
		return m.unknown(b.sym.cause)
	}
	return m.anyOf([]value{a, b}, make([]facts, 2), nil, "")
}

// pretending reports whether a value is one of several that show nothing, of which one only pretends.
func (m *machine) pretending(v value) bool {
	if v.kind != kSymbol || v.sym.root == nil {
		return false
	}
	mask, found := m.mask(v.sym.root), false
	for i, alt := range v.sym.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		if v.sym.root.facts[i] != 0 || alt.know != 0 || alt.kind == kSymbol && alt.sym.root != nil {
			return false
		}
		found = found || alt.pretends()
	}
	return found
}

// flat is either for two values of which one is pretending: what it may be stands beside the other, so that the one of them
// that only pretends is not hidden within.
func (m *machine) flat(a, b value) (v value, ok bool) {
	if m.pretending(b) {
		a, b = b, a
	}
	if b.know != 0 || b.kind == kSymbol && b.sym.root != nil {
		return v, false
	}
	root := a.sym.root
	mask := m.mask(root)
	var vals []value
	var maybe []*unfollowed
	for i, alt := range a.sym.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		if same(alt, b) && !alt.pretends() && !b.pretends() {
			b = alt
			continue
		}
		vals = append(vals, alt)
		if i < len(root.maybe) {
			maybe = append(maybe, root.maybe[i])
		} else {
			maybe = append(maybe, nil)
		}
	}
	vals, maybe = append(vals, b), append(maybe, nil)
	return m.anyOf(vals, make([]facts, len(vals)), maybe, root.name), true
}

// anyOf makes a value that is one of vals.
func (m *machine) anyOf(vals []value, f []facts, maybe []*unfollowed, name string) value {
	if len(vals) == 1 && f[0] == 0 {
		return vals[0]
	}
	if len(vals) > m.most(boundAlternatives) {
		return m.unknown(m.gaveUpHere(boundAlternatives, name))
	}
	return m.oneOf(&root{n: len(vals), facts: f, maybe: maybe, name: name}, vals, nil)
}
