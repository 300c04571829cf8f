package pattern

import "unicode"

// entry of the stack is where to go on if what is tried fails, or with reg >= 0 a register to be set back.
type entry struct{ pc, at, reg int }

// matcher is a match under way.
type matcher struct {
	p     *Pattern
	text  []uint16
	regs  []int
	stack []entry
	steps int
}

// Match matches an expression at one position of a text. groups are the beginnings and ends of the match and its groups, -1 for those that
// took no part. steps is how many steps it may take, and is less afterwards; known is false where they were not enough.
func (p *Pattern) Match(text []uint16, at int, steps *int) (groups []int, found, known bool) {
	m := &matcher{p: p, text: text, regs: make([]int, p.registers), steps: *steps}
	for i := range m.regs {
		m.regs[i] = -1
	}
	found, known = m.run(0, at)
	*steps = m.steps
	return m.regs[:2*(p.groups+1)], found, known
}

func (m *matcher) set(reg, v int) {
	m.stack = append(m.stack, entry{reg: reg, at: m.regs[reg]})
	m.regs[reg] = v
}

// run executes the code from pc on until it matches, or all that can be tried has failed.
func (m *matcher) run(pc, at int) (found, known bool) {
	base := len(m.stack)
	for {
		if m.steps--; m.steps < 0 {
			return false, false
		}
		i := &m.p.code[pc]
		ok := true
		switch i.op {
		case opMatch:
			m.commit(base)
			return true, true
		case opChar, opAny, opSet:
			var r rune
			if r, at, ok = m.read(at, i.backward); ok {
				ok = m.accepts(i, r)
			}
			pc++
		case opSplit:
			m.stack = append(m.stack, entry{pc: i.y, at: at, reg: -1})
			pc = i.x
		case opJump:
			pc = i.x
		case opSave, opMark:
			m.set(i.x, at)
			pc++
		case opClear:
			for r := i.x; r <= i.y; r++ {
				if m.regs[r] >= 0 {
					m.set(r, -1)
				}
			}
			pc++
		case opMoved:
			ok = m.regs[i.x] != at
			pc++
		case opAssert:
			ok = m.asserts(i.r, at)
			pc++
		case opRef:
			at, ok = m.refers(i, at)
			pc++
		case opLook:
			if ok, known = m.looks(i, pc, at); !known {
				return false, false
			}
			pc = i.x
		}
		if !ok {
			if pc, at, ok = m.back(base); !ok {
				return false, true
			}
		}
	}
}

// back undoes what was done since the last choice; false if there is none.
func (m *matcher) back(base int) (pc, at int, ok bool) {
	for len(m.stack) > base {
		e := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		if e.reg < 0 {
			return e.pc, e.at, true
		}
		m.regs[e.reg] = e.at
	}
	return 0, 0, false
}

// commit drops the choices since base, and keeps what is to be undone.
func (m *matcher) commit(base int) {
	kept := m.stack[:base]
	for _, e := range m.stack[base:] {
		if e.reg >= 0 {
			kept = append(kept, e)
		}
	}
	m.stack = kept
}

func (m *matcher) looks(i *instr, pc, at int) (ok, known bool) {
	base := len(m.stack)
	found, known := m.run(pc+1, at)
	if !known {
		return false, false
	}
	if i.not {
		for len(m.stack) > base {
			m.back(base)
		}
		return !found, true
	}
	return found, true
}

// read is the character before or behind a position.
func (m *matcher) read(at int, backward bool) (r rune, to int, ok bool) {
	if backward {
		if at == 0 {
			return 0, at, false
		}
		r = rune(m.text[at-1])
		if m.p.unicode && r >= 0xdc00 && r < 0xe000 && at > 1 {
			if high := rune(m.text[at-2]); high >= 0xd800 && high < 0xdc00 {
				return 0x10000 + (high-0xd800)<<10 + r - 0xdc00, at - 2, true
			}
		}
		return r, at - 1, true
	}
	if at >= len(m.text) {
		return 0, at, false
	}
	r = rune(m.text[at])
	if m.p.unicode && r >= 0xd800 && r < 0xdc00 && at+1 < len(m.text) {
		if low := rune(m.text[at+1]); low >= 0xdc00 && low < 0xe000 {
			return 0x10000 + (r-0xd800)<<10 + low - 0xdc00, at + 2, true
		}
	}
	return r, at + 1, true
}

func (m *matcher) accepts(i *instr, r rune) bool {
	switch i.op {
	case opChar:
		return m.p.fold(r) == i.r
	case opAny:
		return m.p.dotAll || !lineEnd(r)
	}
	if m.p.ignoreCase {
		return m.p.hasFolded(i.c, r) != i.c.not
	}
	return i.c.has(r) != i.c.not
}

// hasFolded reports whether a class has a character that is the same but for case.
func (p *Pattern) hasFolded(c *class, r rune) bool {
	if c.has(r) {
		return true
	}
	want := p.fold(r)
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if p.fold(other) == want && c.has(other) {
			return true
		}
	}
	return c.has(want)
}

// fold is the language's Canonicalize.
func (p *Pattern) fold(r rune) rune {
	if !p.ignoreCase {
		return r
	}
	if p.unicode {
		low := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			low = min(low, other)
		}
		return low
	}
	up := unicode.ToUpper(r)
	if r >= 128 && up < 128 || r == 0xdf || up > 0xffff && r <= 0xffff {
		return r
	}
	return up
}

func lineEnd(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

func (m *matcher) asserts(kind rune, at int) bool {
	switch kind {
	case '^':
		return at == 0 || m.p.multiline && lineEnd(rune(m.text[at-1]))
	case '$':
		return at == len(m.text) || m.p.multiline && lineEnd(rune(m.text[at]))
	}
	return (m.isWord(at-1) != m.isWord(at)) == (kind == 'b')
}

func (m *matcher) isWord(at int) bool {
	if at < 0 || at >= len(m.text) {
		return false
	}
	r := rune(m.text[at])
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || m.p.unicode && m.p.ignoreCase && (r == 0x17f || r == 0x212a)
}

// refers matches what a group matched once more.
func (m *matcher) refers(i *instr, at int) (to int, ok bool) {
	from, end := m.regs[2*i.x], m.regs[2*i.x+1]
	if from < 0 || end < 0 {
		return at, true
	}
	n := end - from
	start := at
	if i.backward {
		start = at - n
	}
	if start < 0 || start+n > len(m.text) {
		return at, false
	}
	for k := range n {
		m.steps--
		if m.p.fold(rune(m.text[from+k])) != m.p.fold(rune(m.text[start+k])) {
			return at, false
		}
	}
	if i.backward {
		return start, true
	}
	return at + n, true
}
