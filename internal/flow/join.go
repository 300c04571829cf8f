package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Ways that are taken together, because it makes no difference to the feature which of them is taken.

// branch decides a test. Where neither side matters to the feature both are taken together.
func (m *machine) branch(v value, p *program, e *env, parts ...script.Node) tri {
	if !m.joined() && m.undecided(v) && !m.a.matters(m, p, e, parts) {
		return triBoth
	}
	return m.decide(v)
}

// undecided reports whether the truth of v is open and knowing it would establish nothing.
func (m *machine) undecided(v value) bool {
	switch {
	case v.kind == kSymbol && v.sym.not != nil:
		return m.undecided(*v.sym.not)
	case v.kind == kSymbol && v.sym.root == nil:
		_, decided := m.truths[v.sym.id]
		return !decided
	case v.kind == kSymbol:
		mask := m.mask(v.sym.root)
		if mask&(mask-1) == 0 || v.sym.root.keeps {
			return false
		}
		for i := range v.sym.root.n {
			if v.sym.root.facts[i] != 0 {
				return false
			}
		}
		return !v.sym.nested(mask)
	case v.blank() != nil && v.isBlank():
		_, decided := m.blanks[v.blank()]
		return !decided
	}
	return false
}

// weakly evaluates something that may or may not happen: what it writes is only possible, what it learns is forgotten.
func (m *machine) weakly(f func() value) (v value) {
	m.weakStatement(func() completion {
		v = f()
		return completion{}
	})
	return v
}

// weakStatement is weakly for statements. An exception is an ending like any other.
func (m *machine) weakStatement(f func() completion) (c completion) {
	saved, join, weak, together := m.ctx, m.join, m.weak, m.together
	if m.join == 0 {
		m.together = append(m.together[:len(m.together):len(m.together)], m.parts...)
	}
	m.join++
	m.weak = m.event()
	ret := m.ret
	nest, depth, frames, paths, hosted := m.nest, m.depth, m.frames, m.paths, m.hosted
	func() {
		defer func() {
			if t := m.thrown; t != nil {
				_ = recover()
				m.thrown, m.hosted = nil, hosted
				c = completion{kind: cThrow, val: t.val}
				m.ret = ret
			}
		}()
		c = f()
	}()
	m.join, m.weak, m.nest, m.depth, m.frames, m.together, m.paths = join, weak, nest, depth, frames, together, paths
	m.ctx = saved
	return c
}

// bothWays runs two ways of a statement weakly and takes them together.
func (m *machine) bothWays(f, g func() completion) completion {
	a := m.weakStatement(f)
	b := completion{}
	if g != nil {
		b = m.weakStatement(g)
	}
	if a.kind == cNormal || b.kind == cNormal {
		m.stash(a)
		m.stash(b)
		return completion{}
	}
	if a.kind == cThrow {
		a, b = b, a
	}
	if b.kind != a.kind {
		m.stash(b)
		return a
	}
	if a.kind == cReturn {
		m.stash(b)
	}
	return a
}

// stash keeps the value that one of several ways taken together returned.
func (m *machine) stash(c completion) {
	if c.kind == cReturn {
		m.ret = append(m.ret[:len(m.ret):len(m.ret)], c.val)
	}
}
