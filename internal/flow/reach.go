package flow

import "strings"

// What a call of the feature does to the path that reaches it, and what the path says of the call.

// view is one way in which a call was reached, as far as the question goes what holds before it.
type view struct {
	holds    bool
	join     bool // of a join
	missing  facts
	progress [scopeCount]progress
	enable   progress
	disabled bool
	asked    facts // scopes asked for on this way before the call
	after    facts // ... after it
	late     facts // ... by something that was started before it and not waited for
	maybe    *unfollowed
	trail    *trail
	// pending leads to the requests whose outcome this way did not wait for, later to those made only after the call.
	pending, later *trail
	entry          *entry
	from           []*site // the calls whose failure was swallowed
	key            viewKey
}

// reach records that a call is reached, judges it, and makes the path wait for its outcome.
func (m *machine) reach(api API, opts value, fr *frame) *site {
	s := m.site(api, fr)
	if s == nil {
		return nil
	}
	if m.serial == 0 {
		m.callsAtLoad()
		return nil // followed with the module's top level as an entry point
	}
	m.itMatters()
	m.work(20)
	if m.entry != nil {
		if m.entry.orphan {
			s.orphan = true
		} else {
			s.reached, m.a.now.of(s).seen = true, true
		}
		if m.entry.unit != nil {
			s.units[m.entry.unit] = true
		}
	}
	if opts.kind != kSymbol {
		m.a.now.of(s).see(m.snapshot(opts, 0, map[*object]bool{}), s.at)
	}
	switch api {
	case Authorize:
		m.ask(s, opts)
	case SetEnable:
		m.enabling(s, opts)
	case Join:
		m.joining(s)
	}
	return s
}

// scopesOf returns the scopes that an authorization asks for.
func (m *machine) scopesOf(opts value) (want facts, uses []ScopeUse, cause *unfollowed, known bool) {
	switch opts.kind {
	case kObject:
	case kSymbol:
		return 0, nil, causeOf(opts), false
	default:
		return 0, []ScopeUse{{Missing: true}}, nil, true // no object, and so no scope
	}
	c := m.find(opts.obj, "scope")
	if c == nil {
		if opts.obj.isOpen {
			return 0, nil, opts.obj.open, false
		}
		return 0, []ScopeUse{{At: opts.obj.at, Value: opts.obj.at, Missing: true}}, nil, true
	}
	key := c.key
	if key.IsZero() {
		key = opts.obj.at
	}
	v := m.known(m.readProp(opts, c))
	switch v.kind {
	case kSymbol:
		return 0, nil, causeOf(v), false
	case kString:
		parts := strings.Split(v.str, ",")
		for _, part := range parts {
			name := strings.TrimSpace(part)
			uses = append(uses, ScopeUse{Name: name, At: key, Value: key, Combined: len(parts) > 1})
			for i, scope := range scopeNames {
				if name == "scope."+scope {
					want |= scopeFacts[i]
				}
			}
		}
		return want, uses, nil, true
	}
	return 0, []ScopeUse{{At: key, Value: key, NotString: true}}, nil, true
}

func (m *machine) ask(s *site, opts value) {
	want, uses, cause, known := m.scopesOf(opts)
	for _, u := range uses {
		m.a.now.of(s).scopes[u.Name+spanKey(u.At)] = u
	}
	if !known && cause == nil {
		// Which scope it is depends on something the analysis does not know.
		s.unnamed = true
	}
	if m.entry == nil || !m.entry.orphan {
		m.a.asked |= want
		m.a.grantable |= want
		if m.entry != nil && m.entry.unit != nil {
			m.a.now.asks |= want
		}
	}
	m.ctx.note(StepAsk, scopeList(uses), "", s.at)
	for i, f := range scopeFacts {
		if want&f != 0 {
			m.ctx.asks[i] = m.ctx.asks[i].max(request{pending, s, m.ctx.trail})
			m.begun.asks[i] = m.begun.asks[i].max(request{pending, s, m.ctx.trail})
		}
	}
	for _, v := range m.violations {
		switch {
		case v.view.missing&want == 0:
			continue
		case v.task == m.taskID || v.trail.leadsTo(m.ctx.trail):
			v.view.after |= want
		default:
			// It was on its way when the call was made.
			v.view.late |= want
		}
		v.follows(m.ctx.trail)
	}
}

// leadsTo reports whether a trail is the beginning of another.
func (t *trail) leadsTo(o *trail) bool {
	if t == nil {
		return true
	}
	for ; o != nil && o.depth >= t.depth; o = o.up {
		if o == t {
			return true
		}
	}
	return false
}

func scopeList(uses []ScopeUse) string {
	var names []string
	for _, u := range uses {
		if u.Name != "" {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, ", ")
}

// enableValue tells whether an enabling's options switch it off.
func (m *machine) switchesOff(opts value) bool {
	if opts.kind != kObject {
		return false
	}
	c := m.find(opts.obj, "enable")
	if c == nil {
		return false
	}
	v := m.readProp(opts, c)
	if v.kind == kSymbol && v.sym.root != nil && v.sym.cause == nil {
		v = m.known(v)
	}
	if v.kind == kSymbol && !m.joined() {
		// Whether it switches on or off is a matter of the way, and of the tests of the value on it.
		return m.decide(v) == triNo
	}
	return v.kind == kBool && !v.bool
}

func (m *machine) enabling(s *site, opts value) {
	seen := m.a.now.of(s)
	if m.switchesOff(opts) {
		seen.disables++
		m.ctx.disabledAt, m.ctx.disabledBy = m.event(), s
		m.ctx.facts &^= factEnabled
		m.offSite, m.offAt = s, m.ctx.disabledAt
		m.ctx.note(StepDisabled, "", "", s.at)
		return
	}
	seen.enables++
	var belated []violation
	for _, v := range m.violations {
		if v.view.join && v.task != m.taskID && !v.trail.leadsTo(m.ctx.trail) {
			v.view.late |= factEnabled // it was on its way when the call was placed
			belated = append(belated, v)
		}
	}
	before := len(m.violations)
	if m.ctx.facts&factDevTools == 0 {
		v := m.view()
		v.missing = factBoth &^ m.ctx.facts
		v.holds = v.missing == 0
		for i := range v.progress {
			v.progress[i] = m.ctx.asks[i].progress
			switch {
			case v.missing&scopeFacts[i] == 0:
			case v.progress[i] == failed:
				v.from = append(v.from, m.ctx.asks[i].site)
			case v.progress[i] == pending:
				v.pending = joinTrails(v.pending, m.ctx.asks[i].trail)
			case v.progress[i] == notTried && m.begun.asks[i].site != nil:
				v.late |= scopeFacts[i]
				v.pending = joinTrails(v.pending, m.begun.asks[i].trail)
			}
			if v.progress[i] != notTried {
				v.asked |= scopeFacts[i]
			}
		}
		m.addView(s, v)
	}
	switch {
	case m.ctx.supposed:
	case m.ctx.facts&factRealDevice != 0:
		seen.guard.guarded++
	case m.ctx.facts&factDevTools != 0:
		seen.guard.onlyInside(m.ctx.trail)
	case m.ctx.maybe != nil && !m.ctx.maybe.entry && (!m.ctx.maybe.stored || m.ctx.maybe.given()):
		seen.guard.perhaps(m.ctx.maybe, m.ctx.trail)
	default:
		seen.guard.surely(m.ctx.trail)
	}
	r := seen.runs[m.entry]
	if r == nil && m.entry != nil {
		r = &run{step: m.entry.step()}
		seen.runs[m.entry] = r
	}
	if r != nil {
		m.enabledIn = append(m.enabledIn, r)
	}
	m.ctx.note(StepEnable, "", "", s.at)
	m.ctx.enable = m.ctx.enable.max(request{pending, s, m.ctx.trail})
	m.begun.enable = m.begun.enable.max(request{pending, s, m.ctx.trail})
	for _, v := range belated {
		v.follows(m.ctx.trail)
	}
	if n := len(m.violations); n > before {
		m.violations[n-1].trail = m.ctx.trail
	}
}

func (m *machine) joining(s *site) {
	for _, r := range m.enabledIn {
		r.joins = true
	}
	if m.ctx.facts&factDevTools == 0 {
		v := m.view()
		v.holds, v.join = m.ctx.enabled(), true
		v.enable = m.ctx.enable.progress
		v.disabled = m.ctx.disabledAt > 0 && m.ctx.disabledAt > m.ctx.enabledAt
		switch {
		case v.holds:
		case v.enable == failed:
			v.from = append(v.from, m.ctx.enable.site)
		case v.enable == pending:
			v.pending = m.ctx.enable.trail
		case v.enable == notTried && m.begun.enable.site != nil:
			v.late |= factEnabled
			v.pending = m.begun.enable.trail
		}
		before := len(m.violations)
		m.addView(s, v)
		m.ctx.note(StepJoin, "", "", s.at)
		if n := len(m.violations); n > before {
			m.violations[n-1].trail = m.ctx.trail
		}
		return
	}
	m.a.now.of(s).guard.onlyInside(m.ctx.trail)
	m.ctx.note(StepJoin, "", "", s.at)
}

// addView keeps a way of reaching a call, unless there is one that says the same.
func (m *machine) addView(s *site, v *view) {
	if m.entry != nil && m.entry.orphan || m.ctx.supposed {
		return
	}
	if !v.holds {
		m.violations = append(m.violations, violation{v, v.trail, m.taskID})
	}
	v.key = v.says()
	seen := m.a.now.of(s)
	if old := seen.said(v.key); old != nil {
		if !v.holds {
			m.violations[len(m.violations)-1].view = old
			old.shorten(v)
		}
		return
	}
	if v.holds {
		v.trail = nil // nobody is shown how what holds came about
	}
	seen.views = append(seen.views, v)
}

// viewKey is what a view says.
type viewKey struct {
	holds, disabled        bool
	missing, asked, late   facts
	record, camera, enable progress
	// What could not be followed, and where that is; and the entry point into which the way is not known.
	unfollowed, file string
	at               int
	doubted          bool
	bound            bound
	stored, unsure   bool
	entry            string
}

func (v *view) says() viewKey {
	k := viewKey{
		holds: v.holds, disabled: v.disabled, missing: v.missing, asked: v.asked, late: v.late,
		record: v.progress[scopeRecord], camera: v.progress[scopeCamera], enable: v.enable,
	}
	if m := v.maybe; m != nil {
		k.doubted, k.unfollowed, k.stored, k.unsure, k.at = true, m.name, m.stored, m.entry, m.at.Start
		k.bound = m.bound
		if m.at.File != nil {
			k.file = m.at.File.Name
		}
		if m.entry && v.entry != nil {
			k.entry = v.entry.key()
		}
	}
	return k
}

// violation is a call reached on the way being followed without what it needs.
type violation struct {
	view  *view
	trail *trail
	task  int
}

// follows notes how the way comes, after the call, to what should have come before it.
func (v violation) follows(t *trail) {
	if v.view.later == nil {
		v.view.later = joinTrails(v.trail, t)
	}
}

// failedRequest makes a path know that a reported call failed.
func (m *machine) failedRequest(s *site, opts value) {
	m.refusals[s]++
	switch s.api {
	case Authorize:
		want, uses, _, _ := m.scopesOf(opts)
		for i, f := range scopeFacts {
			if want&f != 0 {
				m.ctx.asks[i] = request{failed, s, m.ctx.trail}
			}
		}
		m.answered()
		m.ctx.note(StepRefused, scopeList(uses), "", s.at)
	case SetEnable:
		if m.switchesOff(opts) {
			if m.offSite == s {
				m.offSite = nil // it is as it was
			}
			return
		}
		m.ctx.enable = request{failed, s, m.ctx.trail}
		m.answered()
		m.ctx.note(StepFailed, "", "", s.at)
	}
}

// answered forgets why something may hold: nothing that ran before a question can have been an answer to it. Whether the path is one that the
// program can take is as open as before.
func (m *machine) answered() {
	if m.ctx.maybe != nil && !m.ctx.maybe.given() {
		m.ctx.maybe = nil
	}
}

// succeededRequest makes a path know that a reported call succeeded.
func (m *machine) succeededRequest(s *site, opts value) {
	switch s.api {
	case Authorize:
		want, uses, cause, known := m.scopesOf(opts)
		if !known {
			if cause == nil {
				cause = &unfollowed{name: "scope", at: s.at}
			}
			m.mayHold(cause)
			m.a.grantable |= factBoth
			return
		}
		for _, u := range uses {
			if u.NotString || u.Missing || !knownScopes[u.Name] {
				// What a scope that does not exist was meant to be is a question for another finding.
				m.a.misspelt = true
			}
		}
		m.learn(want)
		m.ctx.note(StepGranted, scopeList(uses), "", s.at)
	case SetEnable:
		if !m.switchesOff(opts) {
			m.ctx.facts |= factEnabled
			m.ctx.enabledAt = m.event()
			m.onAt = m.ctx.enabledAt
			m.ctx.note(StepEnabled, "", "", s.at)
		}
	}
}
