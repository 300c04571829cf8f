package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// site is a place in the code where a reported function is called, with everything that the runs showed of it.
type site struct {
	api   API
	at    source.Span // the function's name
	expr  source.Span // the call
	prog  *program
	units map[*miniprogram.Unit]bool
	order int

	reached bool
	orphan  bool // reached only by running code that nothing runs

	shapes   []*Value
	scopes   map[string]ScopeUse
	disables int // calls with enable: false
	enables  int // other calls
	unnamed  bool

	// What became of failures: one caught by code that does something, one caught by code that
	// does nothing, one that nobody waited for.
	handled, swallowed, dropped bool

	views []*view // how the call was reached
	runs  map[*entry]*run
	guard guardViews
	cut   *entry // an entry point that could not be followed to its end
}

type run struct {
	joins bool
	step  Step
}

// guardViews counts how an enabling was reached as to DevTools.
type guardViews struct {
	guarded, only int
	open          *trail
	maybe         *unfollowed
	isOpen        bool
}

// view is one way in which a call was reached, as far as the question goes what holds before it.
type view struct {
	holds    bool
	missing  facts
	progress [scopeCount]progress
	enable   progress
	disabled bool
	asked    facts // scopes asked for on this way before the call
	after    facts // ... after it
	late     facts // ... by something that was started before it and not waited for
	maybe    *unfollowed
	trail    *trail
	entry    *entry
	from     []*site // the calls whose failure was swallowed
	key      string
}

func (s *site) name() string { return string(s.api) }

// siteKey finds a site again.
type siteKey struct {
	file  *source.File
	start int
	api   API
}

// place finds where a call of api stands in the code: the innermost call that names it, or the call that runs it.
func (m *machine) place(api API, fr *frame) (p *program, at, expr source.Span) {
	var frames []frame
	if fr != nil {
		frames = append(frames, *fr)
	}
	for i := len(m.frames) - 1; i >= 0 && len(frames) < 12; i-- {
		frames = append(frames, m.frames[i])
	}
	for _, f := range frames {
		if at, ok := namedIn(f, string(api)); ok {
			return f.prog, at, f.prog.span(f.call)
		}
		if name, ok := calleeName(f.call); ok && m.a.aliases[name][string(api)] {
			return f.prog, calleeSpan(&f), f.prog.span(f.call)
		}
	}
	for _, f := range frames {
		if at, ok := mentions(f, string(api)); ok {
			return f.prog, at, f.prog.span(f.call)
		}
	}
	if m.lastNamed != nil && fr != nil {
		return fr.prog, *m.lastNamed, *m.lastNamed
	}
	if fr == nil {
		return nil, source.Span{}, source.Span{}
	}
	return fr.prog, calleeSpan(fr), fr.prog.span(fr.call)
}

func callee(n script.Node) script.Expr {
	switch x := n.(type) {
	case *script.Call:
		return x.Callee
	case *script.New:
		return x.Callee
	case *script.Template:
		return x.Tag
	}
	return nil
}

func calleeName(n script.Node) (string, bool) {
	switch x := callee(n).(type) {
	case *script.Ident:
		return x.Name, true
	case *script.Member:
		return x.Name, true
	case *script.Sequence:
		if len(x.Exprs) > 0 {
			if m, ok := x.Exprs[len(x.Exprs)-1].(*script.Member); ok {
				return m.Name, true
			}
		}
	}
	return "", false
}

// namedIn reports whether a call's callee is named api, and where.
func namedIn(f frame, api string) (source.Span, bool) {
	x := callee(f.call)
	for {
		switch y := x.(type) {
		case *script.Chain:
			x = y.X
			continue
		case *script.Sequence:
			if n := len(y.Exprs); n > 0 {
				x = y.Exprs[n-1]
				continue
			}
		case *script.Ident:
			return f.prog.span(y), y.Name == api
		case *script.Member:
			if y.Name == api {
				return f.prog.loc(y.NameLoc), true
			}
			if y.Name == "call" || y.Name == "apply" {
				x = y.Object
				continue
			}
		case *script.Index:
			if s, ok := y.Key.(*script.String); ok && s.Value == api {
				return f.prog.span(s), true
			}
		}
		return source.Span{}, false
	}
}

// mentions finds api's name among a call's callee and arguments, not in functions written there.
func mentions(f frame, api string) (at source.Span, ok bool) {
	script.Walk(f.call, func(n script.Node) bool {
		if ok {
			return false
		}
		switch n := n.(type) {
		case *script.Func:
			return false
		case *script.Member:
			if n.Name == api {
				at, ok = f.prog.loc(n.NameLoc), true
			}
		case *script.String:
			if n.Value == api {
				at, ok = f.prog.span(n), true
			}
		}
		return !ok
	})
	return at, ok
}

// site finds or makes the site of a call.
func (m *machine) site(api API, fr *frame) *site {
	p, at, expr := m.place(api, fr)
	if p == nil {
		return nil
	}
	return m.a.siteAt(api, p, at, expr)
}

func (a *analysis) siteAt(api API, p *program, at, expr source.Span) *site {
	key := siteKey{at.File, at.Start, api}
	s := a.sites[key]
	if s == nil {
		s = &site{api: api, at: at, expr: expr, prog: p, units: map[*miniprogram.Unit]bool{}, runs: map[*entry]*run{}, scopes: map[string]ScopeUse{}, order: len(a.sites)}
		a.sites[key] = s
	}
	return s
}

// reach records that a call is reached, judges it, and makes the path wait for its outcome.
func (m *machine) reach(api API, opts value, fr *frame) *site {
	s := m.site(api, fr)
	if s == nil {
		return nil
	}
	if m.serial == 0 {
		for _, k := range m.a.loading {
			k.calls = true
		}
		return s
	}
	if m.entry != nil {
		if m.entry.orphan {
			s.orphan = true
		} else {
			s.reached = true
		}
		if m.entry.unit != nil {
			s.units[m.entry.unit] = true
		}
	}
	if opts.kind == kObject || opts.kind == kUndefined {
		s.see(m.snapshot(opts, 0, map[*object]bool{}), s.expr)
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
	if opts.kind != kObject {
		return 0, nil, causeOf(opts), false
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
		s.scopes[u.Name+spanKey(u.At)] = u
	}
	if !known && cause == nil {
		// Which scope it is depends on something the analysis does not know.
		s.unnamed = true
	}
	if m.entry == nil || !m.entry.orphan {
		m.a.asked |= want
		m.a.grantable |= want
		if m.entry != nil && m.entry.unit != nil {
			m.a.askedBy[m.entry.unit] |= want
		}
	}
	for i, f := range scopeFacts {
		if want&f != 0 {
			m.ctx.asks[i] = m.ctx.asks[i].max(request{pending, s})
		}
	}
	for _, v := range m.violations {
		switch {
		case v.view.missing&want == 0:
		case v.task == m.taskID || v.trail.leadsTo(m.ctx.trail):
			v.view.after |= want
		default:
			// It was on its way when the call was made.
			v.view.late |= want
		}
	}
	m.ctx.note(StepAsk, scopeList(uses), "", s.at)
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
	return v.kind == kBool && !v.bool
}

func (m *machine) enabling(s *site, opts value) {
	if m.switchesOff(opts) {
		s.disables++
		m.ctx.disabledAt, m.ctx.disabledBy = m.event(), s
		m.ctx.facts &^= factEnabled
		m.ctx.note(StepDisabled, "", "", s.at)
		return
	}
	s.enables++
	before := len(m.violations)
	if m.ctx.facts&factDevTools == 0 {
		v := m.view(s)
		v.missing = factBoth &^ m.ctx.facts
		v.holds = v.missing == 0
		for i := range v.progress {
			v.progress[i] = m.ctx.asks[i].progress
			if v.progress[i] == failed && v.missing&scopeFacts[i] != 0 {
				v.from = append(v.from, m.ctx.asks[i].site)
			}
			if v.progress[i] != notTried {
				v.asked |= scopeFacts[i]
			}
		}
		m.addView(s, v)
	}
	switch {
	case m.ctx.facts&factRealDevice != 0:
		s.guard.guarded++
	case m.ctx.facts&factDevTools != 0:
		s.guard.only++
	case m.ctx.maybe != nil && !m.ctx.maybe.entry && !m.ctx.maybe.stored && s.guard.open == nil:
		s.guard.maybe, s.guard.isOpen = m.ctx.maybe, true
		s.guard.open = m.ctx.trail
	default:
		if !s.guard.isOpen || s.guard.maybe != nil {
			s.guard.isOpen, s.guard.maybe, s.guard.open = true, nil, m.ctx.trail
		}
	}
	r := s.runs[m.entry]
	if r == nil && m.entry != nil {
		r = &run{step: m.entry.step()}
		s.runs[m.entry] = r
	}
	if r != nil {
		m.enabledIn = append(m.enabledIn, r)
	}
	m.ctx.enable = m.ctx.enable.max(request{pending, s})
	m.ctx.note(StepEnable, "", "", s.at)
	if n := len(m.violations); n > before {
		m.violations[n-1].trail = m.ctx.trail
	}
}

func (m *machine) joining(s *site) {
	for _, r := range m.enabledIn {
		r.joins = true
	}
	if m.ctx.facts&factDevTools == 0 {
		v := m.view(s)
		v.holds = m.ctx.enabled()
		v.enable = m.ctx.enable.progress
		v.disabled = m.ctx.disabledAt > 0 && m.ctx.disabledAt > m.ctx.enabledAt
		if v.enable == failed && !v.holds {
			v.from = append(v.from, m.ctx.enable.site)
		}
		m.addView(s, v)
	}
	m.ctx.note(StepJoin, "", "", s.at)
}

func (m *machine) view(*site) *view {
	return &view{maybe: m.ctx.maybe, trail: m.ctx.trail, entry: m.entry}
}

// addView keeps a way of reaching a call, unless there is one that says the same.
func (m *machine) addView(s *site, v *view) {
	if m.entry != nil && m.entry.orphan {
		return
	}
	if !v.holds {
		m.violations = append(m.violations, violation{v, v.trail, m.taskID})
	}
	key := viewKey(v)
	for _, old := range s.views {
		if old.key == key {
			if !v.holds {
				m.violations[len(m.violations)-1].view = old
				if old.trail == nil || v.trail != nil && v.trail.depth < old.trail.depth {
					old.trail, old.entry = v.trail, v.entry
				}
			}
			return
		}
	}
	v.key = key
	s.views = append(s.views, v)
}

func viewKey(v *view) string {
	var b strings.Builder
	for _, n := range []int{b2i(v.holds), int(v.missing), int(v.progress[0]), int(v.progress[1]), int(v.enable), b2i(v.disabled), int(v.asked)} {
		b.WriteByte(byte('0' + n))
	}
	if v.maybe != nil {
		b.WriteString(v.maybe.name)
		b.WriteString(spanKey(v.maybe.at))
		b.WriteByte(byte('0' + b2i(v.maybe.stored) + 2*b2i(v.maybe.entry)))
	}
	if v.entry != nil && v.maybe != nil && v.maybe.entry {
		b.WriteString(v.entry.key())
	}
	return b.String()
}

// violation is a call reached on the way being followed without what it needs.
type violation struct {
	view  *view
	trail *trail
	task  int
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// failedRequest makes a path know that a reported call failed.
func (m *machine) failedRequest(s *site, opts value) {
	m.refusals[s]++
	switch s.api {
	case Authorize:
		want, uses, _, _ := m.scopesOf(opts)
		for i, f := range scopeFacts {
			if want&f != 0 {
				m.ctx.asks[i] = request{failed, s}
			}
		}
		// Nothing that ran before the question can have been an answer to it.
		m.ctx.maybe = nil
		m.ctx.note(StepRefused, scopeList(uses), "", s.at)
	case SetEnable:
		if !m.switchesOff(opts) {
			m.ctx.enable = request{failed, s}
			m.ctx.maybe = nil
			m.ctx.note(StepFailed, "", "", s.at)
		}
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
			m.ctx.note(StepEnabled, "", "", s.at)
		}
	}
}

// knownScopes are the scopes that exist (docs framework/open-ability/authorize.html).
var knownScopes = map[string]bool{
	"scope.userInfo": true, "scope.userLocation": true, "scope.userFuzzyLocation": true, "scope.userLocationBackground": true, "scope.werun": true,
	"scope.writePhotosAlbum": true, "scope.record": true, "scope.camera": true, "scope.bluetooth": true, "scope.addPhoneContact": true,
	"scope.addPhoneCalendar": true, "scope.address": true, "scope.invoiceTitle": true, "scope.invoice": true,
}

// failureCallbacks judges the handlers that a call was given.
func (m *machine) failureCallbacks(s *site, fail, complete, opts value, p *promise) {
	if p != nil {
		return // the promise's rejection tells
	}
	if m.entry != nil && m.entry.orphan {
		return
	}
	passed := false
	for _, f := range []value{fail, complete} {
		switch {
		case f.kind == kSymbol:
			s.handled = true
		case f.isFunction() && f.obj.host != nil:
			if f.obj.host.rejects {
				passed = true
			} else {
				s.handled = true
			}
		case f.isFunction() && f.obj.fn != nil:
			n := f.obj.fn.node
			switch {
			case n.Result != nil && m.onlyRejects(f.obj.fn, n.Result):
				passed = true
			case n.Result != nil && !isNothing(n.Result):
				s.handled = true
			case len(n.Body) == 1 && m.onlyRejectsStatement(f.obj.fn, n.Body[0]):
				passed = true
			case len(n.Body) > 0:
				s.handled = true
			}
		}
	}
	if !s.handled && !passed {
		s.dropped = true
	}
	_ = opts
}

func (m *machine) onlyRejectsStatement(c *closure, s script.Stmt) bool {
	switch s := s.(type) {
	case *script.ExprStmt:
		return m.onlyRejects(c, s.X)
	case *script.Return:
		return s.X != nil && m.onlyRejects(c, s.X)
	}
	return false
}

// onlyRejects reports whether an expression does nothing but reject a promise of the code around.
func (m *machine) onlyRejects(c *closure, x script.Expr) bool {
	call, ok := x.(*script.Call)
	if !ok {
		return false
	}
	id, ok := call.Callee.(*script.Ident)
	if !ok {
		return false
	}
	cell := c.env.lookup(id.Name)
	return cell != nil && cell.lazy == nil && cell.val.kind == kObject && cell.val.obj.host != nil && cell.val.obj.host.rejects
}

func factNames(f facts) string {
	var out []string
	for i, bit := range scopeFacts {
		if f&bit != 0 {
			out = append(out, "scope."+scopeNames[i])
		}
	}
	return strings.Join(out, ", ")
}
