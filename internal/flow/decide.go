package flow

// What is not known is decided here: the truth of tests, and which of several values it is.

// tri is an answer to a yes-or-no question when ways are taken together.
type tri uint8

const (
	triNo tri = iota
	triYes
	triBoth
)

func triOf(b bool) tri {
	if b {
		return triYes
	}
	return triNo
}

// decide tells whether v counts as true. What is not known is decided now, or, where ways are taken together, left
// open: then the answer is both.
func (m *machine) decide(v value) tri {
	if v.know != 0 {
		m.learn(v.know)
	}
	switch {
	case v.kind == kObject && v.obj.in().failOf != nil:
		// Who tests an error-first value handles the failure.
		m.a.now.of(v.obj.in().failOf).handled = true
	case v.kind == kSymbol:
		return m.decideSymbol(v.sym)
	case v.blank() != nil && v.isBlank():
		// A field that waits for a value: that nothing assigns it is a fault of its own, and must
		// not hide what lies behind the test for it.
		if b, ok := m.blanks[v.blank()]; ok {
			return triOf(b)
		}
		if m.joined() {
			return triBoth
		}
		b := m.choose(2) == 0
		m.blanks[v.blank()] = b
		if b {
			m.ctx.supposed = true
		}
		return triOf(b)
	}
	return triOf(v.constTruth())
}

func (m *machine) joined() bool { return m.join > 0 || m.serial == 0 }

func (m *machine) learn(f facts) {
	if m.ctx.disabledAt > 0 {
		// A value that was written when enabling held says nothing of the time after it was switched off.
		f &^= factEnabled
	}
	if f&factEnabled != 0 && m.ctx.facts&factEnabled == 0 {
		m.ctx.enabledAt = m.event()
	}
	m.ctx.facts |= f
}

func (m *machine) event() int {
	m.seq++
	return m.seq
}

// decideSymbol tells whether an unknown value counts as true.
func (m *machine) decideSymbol(s *symbol) tri {
	if s.cause != nil {
		m.mayHold(s.cause)
	}
	if s.not != nil {
		switch m.decide(*s.not) {
		case triYes:
			return triNo
		case triNo:
			return triYes
		}
		return triBoth
	}
	if s.root == nil {
		b, decided := m.truths[s.id]
		if !decided {
			if m.joined() {
				return triBoth
			}
			b = m.choose(2) == 0
			m.truths[s.id] = b
		}
		if s.really != nil && b != *s.really {
			m.ctx.supposed = true
		}
		return triOf(b)
	}
	var whenTrue, whenFalse, unsure uint64
	mask := m.mask(s.root)
	for i := range s.root.n {
		bit := uint64(1) << i
		if mask&bit == 0 {
			continue
		}
		switch v := s.vals[i]; {
		case v.kind == kSymbol || v.blank() != nil && v.isBlank():
			unsure |= bit
		case v.constTruth():
			whenTrue |= bit
		default:
			whenFalse |= bit
		}
	}
	if unsure != 0 && m.decides(s, unsure) && !s.root.tells(mask) {
		// Nothing depends on which of them it is, only on whether it counts as true.
		if m.joined() {
			return triBoth
		}
		b := m.choose(2) == 0
		side := whenFalse
		if b {
			side = whenTrue
		}
		m.narrow(s.root, side|unsure)
		for i, v := range s.vals {
			if unsure&(1<<i) != 0 {
				of, negated := v.negations()
				m.truths[of.sym.id] = b != negated
			}
		}
		return triOf(b)
	}
	sides := []uint64{}
	for _, side := range []uint64{whenTrue, whenFalse, unsure} {
		if side != 0 {
			sides = append(sides, side)
		}
	}
	if len(sides) == 0 {
		panic(cutOff{impossible: true})
	}
	if m.joined() && (len(sides) > 1 || sides[0] == unsure) && (m.serial == 0 || !s.root.tells(mask)) {
		if s.nested(mask) {
			m.itMatters() // what one of its values tells would be lost
		}
		return triBoth
	}
	side := sides[m.choose(len(sides))]
	switch side {
	case whenTrue:
		m.narrow(s.root, side)
		m.learnIf(s.know(side))
		return triYes
	case whenFalse:
		m.narrow(s.root, side)
		m.learnIf(s.know(side))
		return triNo
	}
	// Which of the unknown ones it is must be known to go on.
	i := m.pick(s.root, side)
	return m.decide(s.vals[i])
}

func (m *machine) learnIf(f facts) {
	if f != 0 {
		m.learn(f)
	}
}

// mask returns the alternatives of r that are left on this way.
func (m *machine) mask(r *root) uint64 {
	if mask, ok := m.masks[r]; ok {
		return mask
	}
	if r.n >= 64 {
		return ^uint64(0)
	}
	return uint64(1)<<r.n - 1
}

// narrow decides that r is one of the alternatives in mask, and learns what they have in common.
func (m *machine) narrow(r *root, mask uint64) {
	if m.serial == 0 {
		return
	}
	if there := r.inDevTools() & mask; r.written && there != 0 && there != mask && !m.joined() {
		// What was written in DevTools is found there only: a way of its own.
		if m.choose(2) == 0 {
			mask &^= there
		} else {
			mask = there
		}
	}
	m.masks[r] = mask
	common := ^facts(0)
	var maybe *unfollowed
	supposed := true
	for i := range r.n {
		if mask&(1<<i) != 0 {
			common &= r.facts[i]
			supposed = supposed && i < len(r.maybe) && r.maybe[i] == supposedly
			if i < len(r.maybe) && r.maybe[i] != nil && r.maybe[i] != supposedly {
				maybe = r.maybe[i]
			}
		}
	}
	m.ctx.supposed = m.ctx.supposed || supposed
	if maybe != nil {
		m.mayHold(maybe)
	}
	before := m.ctx.facts
	if common&factOff != 0 && mask != 0 {
		m.switchedOff(r.offBy)
	}
	m.learn(common &^ factOff)
	if gained := m.ctx.facts &^ before & factBoth; gained != 0 && r.name != "" {
		m.ctx.note(StepTested, factNames(gained), "", r.at)
	}
	if m.ctx.facts&(factDevTools|factRealDevice) == factDevTools|factRealDevice {
		panic(cutOff{impossible: true})
	}
}

// inDevTools are the alternatives that are the case in DevTools only.
func (r *root) inDevTools() (mask uint64) {
	for i, f := range r.facts {
		if f&factDevTools != 0 {
			mask |= 1 << i
		}
	}
	return mask
}

// pick decides which single alternative of those in mask is the case.
func (m *machine) pick(r *root, mask uint64) int {
	var alts []int
	for i := range r.n {
		if mask&(1<<i) != 0 {
			alts = append(alts, i)
		}
	}
	if len(alts) == 0 {
		panic(cutOff{impossible: true})
	}
	i := alts[m.choose(len(alts))]
	m.narrow(r, 1<<i)
	return i
}

// known resolves a value that is one of several to the one that is the case on this way. A wholly unknown value stays so.
func (m *machine) known(v value) value {
	for v.kind == kSymbol && v.sym.root != nil {
		mask := m.mask(v.sym.root)
		if m.joined() && mask&(mask-1) != 0 {
			return v
		}
		held := v.know
		v = v.sym.vals[m.pick(v.sym.root, mask)]
		v.know |= held // it was written when that held, whichever it is
	}
	return v
}

// apart is known for a value that is about to be taken to pieces. Where ways are taken together, and which of several values
// it is tells something, that would be lost: the ways are not to be taken together then.
func (m *machine) apart(v value) value {
	v = m.known(v)
	if v.kind == kSymbol && v.sym.root != nil && m.join > 0 && m.telling(v) {
		m.itMatters()
	}
	return v
}

// supposedly stands for a way that the program cannot take, with a value that only such ways write.
var supposedly = &unfollowed{}

// sameDoubt reports whether two reasons to doubt are of one kind.
func sameDoubt(a, b *unfollowed) bool {
	return (a == nil) == (b == nil) && (a == supposedly) == (b == supposedly)
}

// doubt is why what is written now may not be, or what may hold besides.
func (m *machine) doubt() *unfollowed {
	if m.ctx.supposed {
		return supposedly
	}
	return m.ctx.maybe
}

// mayHold remembers that something that was not followed may have established what the way needs.
func (m *machine) mayHold(why *unfollowed) {
	if why.runtime && m.entry != nil {
		m.entry.built = true
	}
	if m.ctx.maybe == nil || m.ctx.maybe.entry || m.ctx.maybe.stored && !why.stored {
		m.ctx.maybe = why
	}
}

// tells reports whether knowing which of the alternatives in mask is the case establishes something.
func (r *root) tells(mask uint64) bool {
	for i, f := range r.facts {
		if mask&(1<<i) != 0 && f != 0 {
			return true
		}
	}
	return false
}

// know returns what held when each of the alternatives in mask was written.
func (s *symbol) know(mask uint64) facts {
	common := ^facts(0)
	for i, v := range s.vals {
		if mask&(1<<i) != 0 {
			common &= v.know
		}
	}
	return common & (factBoth | factEnabled)
}

// shows reports whether one of the values that v may be comes of what is granted.
func (m *machine) shows(v value) bool {
	for i, f := range v.sym.root.facts {
		if m.mask(v.sym.root)&(1<<i) != 0 && f&factBoth != 0 {
			return true
		}
	}
	return false
}

// telling reports whether something may be learned from knowing a value.
func (m *machine) telling(v value) bool {
	for v.kind == kSymbol && v.sym.not != nil {
		v = *v.sym.not
	}
	if v.kind != kSymbol || v.sym.root == nil {
		return false
	}
	mask := m.mask(v.sym.root)
	for i, alt := range v.sym.vals {
		told := v.sym.root.facts[i] | alt.know&(factBoth|factEnabled)
		if mask&(1<<i) != 0 && told&^m.ctx.facts != 0 {
			return true // of what holds already nobody need be told
		}
	}
	return v.sym.root.keeps && mask&(mask-1) != 0 || v.sym.nested(mask)
}

// negations takes the negations off a value and reports whether their number is odd.
func (v value) negations() (of value, negated bool) {
	for v.kind == kSymbol && v.sym.not != nil {
		v, negated = *v.sym.not, !negated
	}
	return v, negated
}

// decides reports whether the alternatives in mask are unknown values whose truth can be decided at once.
func (m *machine) decides(s *symbol, mask uint64) bool {
	for i, v := range s.vals {
		if mask&(1<<i) == 0 {
			continue
		}
		of, _ := v.negations()
		if !of.isPlainUnknown() || of.sym.cause != nil || of.sym.really != nil {
			return false
		}
		if _, decided := m.truths[of.sym.id]; decided {
			return false
		}
	}
	return true
}
