package flow

import "github.com/voipcheck/voipcheck/internal/script"

// The conditions under which a component of React shows what it shows: the tests that its code makes while it renders.

// guard is a condition of the code that renders.
type guard struct {
	prog *program
	env  *env
	x    script.Expr
	want bool
}

// gate is what has to hold for the element to be shown.
func (h *jsxHandler) gate() gate {
	if len(h.guards) == 0 {
		return nil
	}
	return func(m *machine) bool {
		for _, g := range h.guards {
			if !m.supposing(func() (value, bool) { return m.eval(g.prog, g.env, g.x), g.want }) {
				return false
			}
		}
		return true
	}
}

// renders reports whether the code being run is that of a component which is rendered to learn what it shows.
func (m *machine) renders() bool { return m.serial == 0 && m.a.rendering != nil && m.a.rendering.react }

// under runs a part of a component's code that is shown under a condition only.
func (m *machine) under(p *program, e *env, test script.Expr, want bool, f func()) {
	if !m.renders() {
		f()
		return
	}
	outer := m.paths
	m.paths = append(outer[:len(outer):len(outer)], guard{p, e, test, want})
	f()
	m.paths = outer
}

// renderIf is an if whose test is not known in the code of a component. Where one side leaves, the rest is shown on the other only.
func (m *machine) renderIf(p *program, e *env, test script.Expr, then, otherwise func() completion) completion {
	outer := m.paths
	var left [2]bool
	ends := [2][]guard{1: append(outer[:len(outer):len(outer)], guard{p, e, test, false})}
	side := func(n int, want bool, f func() completion) func() completion {
		return func() (c completion) {
			left[n] = true // by an exception
			m.under(p, e, test, want, func() {
				c = f()
				ends[n] = m.paths
			})
			left[n] = c.kind != cNormal
			return c
		}
	}
	then = side(0, true, then)
	if otherwise != nil {
		otherwise = side(1, false, otherwise)
	}
	c := m.bothWays(then, otherwise)
	switch {
	case left[0] && !left[1]:
		m.paths = ends[1]
	case left[1] && !left[0]:
		m.paths = ends[0]
	}
	return c
}

// underCase runs a case of a switch whose value is not known; -1 is none of them.
func (m *machine) underCase(p *program, e *env, s *script.Switch, i int, f func()) {
	outer := m.paths
	for n, c := range s.Cases {
		if !m.renders() || c.Test == nil || n != i && i >= 0 && s.Cases[i].Test != nil {
			continue
		}
		equal := &script.Binary{Op: "===", L: s.X, R: c.Test}
		m.paths = append(m.paths[:len(m.paths):len(m.paths)], guard{p, e, equal, n == i})
	}
	f()
	m.paths = outer
}
