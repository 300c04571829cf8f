package flow

import (
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// result turns what the runs have shown into what is reported.
func (a *analysis) result() *Result {
	r := &Result{ParseErrors: a.failures, Hidden: a.hidden, OpensSettings: a.opensSettings, Units: map[*miniprogram.Unit]*UnitInfo{}}
	sort.Slice(r.ParseErrors, func(i, j int) bool { return r.ParseErrors[i].At.Before(r.ParseErrors[j].At) })
	a.addWritten()
	a.cutUnloaded()
	a.cutRestless()
	byScript := map[*miniprogram.Script]*miniprogram.Unit{}
	for _, u := range a.units() {
		if u.Script != nil {
			byScript[u.Script] = u
		}
	}
	calls := map[*site]*Call{}
	for _, s := range a.sitesInOrder() {
		c := &Call{API: s.api, Name: s.at, Expr: s.expr, Unit: byScript[s.prog.script], Reached: s.reached, Options: a.given(s), Failure: s.handling(), cut: s.cut}
		c.Cut = !s.reached && s.cut != nil
		if s.cut != nil && c.Failure == HandlingUnknown {
			c.FailureBound = s.cut.bound.name()
		}
		c.DevToolsOnly = s.reached && len(s.views) == 0 && s.guard.only > 0
		for _, u := range a.units() {
			if s.units[u] {
				c.Units = append(c.Units, u)
				c.Plugin = c.Plugin || u.Plugin
			}
		}
		c.Plugin = c.Plugin || c.Unit != nil && c.Unit.Plugin || s.prog.script.Plugin
		if c.Unit == nil && !c.Reached && len(c.Units) == 0 {
			c.Importers = a.importersOf(s.prog.script)
		}
		c.OnlyDisables = s.disables > 0 && s.enables == 0 || !s.reached && s.enables == 0 && disablesOnly(c.Options)
		s.askWritten()
		for _, key := range sortedKeys(s.scopes) {
			c.Scopes = append(c.Scopes, a.placeScope(s.scopes[key]))
		}
		calls[s] = c
		r.Calls = append(r.Calls, c)
	}
	for s, c := range calls {
		switch s.api {
		case SetEnable:
			c.Before, c.RefusalFrom = a.verdict(s, calls)
			c.DevTools = a.devTools(s)
			if s.cut != nil && (s.reached || !s.orphan) && (c.DevTools.Outcome == Proved || c.DevTools.Outcome == NotRun) {
				c.DevTools = unprovenBy(s.cut)
			}
			for _, e := range runsInOrder(s.runs) {
				c.Runs = append(c.Runs, Run{ByPlatform: e.platform, Joins: s.runs[e].joins, Entry: s.runs[e].step})
			}
		case Join:
			c.Before, c.RefusalFrom = a.verdict(s, calls)
		}
		if feature := s.api == SetEnable || s.api == Join; feature && !c.Cut && (!c.Reached || s.behind && s.stuck == nil) {
			at, named := a.stops(s)
			c.Stops, c.StopKind, c.StopBy, c.Named = at.at, at.kind, at.by, named
		}
	}
	for u, i := range a.instances {
		r.Units[u] = a.unitInfo(u, i, r.Calls)
	}
	r.ExistenceGuards = a.existenceGuards()
	r.GaveUp = a.gaveUp(r.Calls)
	a.listeners(r)
	r.Asks = missingNames(a.asks())
	return r
}

// asks are the scopes that something may ask for: what was not followed, and what the user vouches for, may ask for both.
func (a *analysis) asks() facts {
	if len(a.options.Grants) > 0 || a.cut != nil {
		return factBoth
	}
	for _, s := range a.sites {
		for _, v := range s.views {
			if v.maybe != nil {
				return factBoth
			}
		}
	}
	return a.grantable
}

func runsInOrder(runs map[*entry]*run) []*entry {
	var out []*entry
	for e := range runs {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].key() < out[j].key() })
	return out
}

func (a *analysis) sitesInOrder() []*site {
	var out []*site
	for _, s := range a.sites {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].at == out[j].at {
			return out[i].api < out[j].api
		}
		return out[i].at.Before(out[j].at)
	})
	return out
}

func (s *site) handling() Handling {
	switch {
	case s.handled:
		return Handled
	case (s.swallowed || s.dropped) && s.cut == nil: // what was not followed to its end may handle it
		return Unhandled
	}
	return HandlingUnknown
}

// unprovenBy is the verdict that something leaves open.
func unprovenBy(cause *unfollowed) Verdict {
	return Verdict{Outcome: Unproven, Unfollowed: cause.name, At: cause.at, Bound: cause.bound.name(), Most: cause.most, Failure: cause.failure, Broken: cause.broken}
}

// judgement is what one view says of its call.
type judgement struct {
	view   *view
	reason Reason
	cause  *unfollowed // for what is unproven
}

// rank orders the reasons: of several ways that go wrong, the one that says most is shown.
var rank = map[Reason]int{
	RefusalContinues: 0, FailureContinues: 0, NotAwaited: 1, AskedAfter: 2, Disabled: 2, ScopeMissing: 3, NeverAsked: 4, NeverEnabled: 4, OtherPath: 5,
}

// verdict judges a call by all the ways in which it was reached.
func (a *analysis) verdict(s *site, calls map[*site]*Call) (Verdict, []*Call) {
	if s.behind && s.cut == nil {
		v := Verdict{Outcome: Unproven, NothingLeads: true}
		if s.stuck != nil {
			v.Unfollowed, v.At = s.stuck.name, s.stuck.at
		}
		return v, nil
	}
	var refuted, unproven *judgement
	proved, shown := false, false
	for _, v := range s.views {
		if v.holds {
			proved = true
			continue
		}
		j := a.judge(s, v)
		if j.cause != nil {
			if unproven == nil || better(j, *unproven) {
				unproven = &j
			}
			continue
		}
		shown = shown || v.entry == nil || !a.ungated[v.entry.key()]
		if refuted == nil || better(j, *refuted) {
			refuted = &j
		}
	}
	unrested := a.unrested()
	switch {
	case refuted != nil && unrested != nil:
		// What other runs leave behind is not known to its end.
		out := unprovenBy(unrested)
		out.Missing, out.Witness = missingNames(refuted.view.missing), a.told(refuted.view.trail)
		return out, nil
	case refuted != nil:
		out := Verdict{Outcome: Refuted, Reason: refuted.reason, Missing: missingNames(refuted.view.missing), Witness: a.witness(*refuted), Unshown: !shown}
		var from []*Call
		if refuted.reason == RefusalContinues || refuted.reason == FailureContinues {
			seen := map[*site]bool{}
			for _, v := range s.views {
				for _, f := range v.from {
					if f != nil && !seen[f] && calls[f] != nil {
						seen[f] = true
						from = append(from, calls[f])
					}
				}
			}
			sort.Slice(from, func(i, j int) bool { return from[i].Name.Before(from[j].Name) })
		}
		return out, from
	case unproven != nil:
		out := unprovenBy(unproven.cause)
		out.Missing, out.Witness, out.Stored = missingNames(unproven.view.missing), a.told(unproven.view.trail), unproven.cause.held != 0
		return out, nil
	case s.cut != nil && (s.reached || !s.orphan):
		return unprovenBy(s.cut), nil
	case proved:
		return Verdict{Outcome: Proved}, nil
	}
	return Verdict{}, nil
}

func better(x, y judgement) bool {
	if rank[x.reason] != rank[y.reason] {
		return rank[x.reason] < rank[y.reason]
	}
	return false
}

func missingNames(f facts) []string {
	var out []string
	for i, bit := range scopeFacts {
		if f&bit != 0 {
			out = append(out, scopeNames[i])
		}
	}
	return out
}

func (a *analysis) judge(s *site, v *view) judgement {
	j := judgement{view: v}
	if s.api == Join {
		switch {
		case v.disabled:
			j.reason = Disabled
		case v.enable == failed:
			j.reason = FailureContinues
		case v.enable == pending || v.late&factEnabled != 0:
			j.reason = NotAwaited
		default:
			j.reason = NeverEnabled
		}
		// What a flag in the storage tells of enabling ended with the run that wrote it.
		if v.maybe != nil && v.maybe.held == 0 && a.mayMatter(v.maybe, factEnabled, a.someEnables(), a.enabledElsewhere(v.entry), v.enable == notTried) {
			j.cause = v.maybe
		}
		return j
	}
	first := 0
	for first < scopeCount-1 && v.missing&scopeFacts[first] == 0 {
		first++
	}
	f := scopeFacts[first]
	switch {
	case v.progress[first] == failed:
		j.reason = RefusalContinues
	case v.progress[first] == pending || v.late&f != 0:
		j.reason = NotAwaited
	case v.after&f != 0:
		j.reason = AskedAfter
	case a.asked&f == 0 && v.asked&^f != 0:
		j.reason = ScopeMissing
	case a.asked&f == 0:
		j.reason = NeverAsked
	default:
		j.reason = OtherPath
	}
	if v.maybe != nil && a.mayMatter(v.maybe, f, a.grantable&f != 0 || a.cut != nil, a.askedElsewhere(f, v.entry), v.progress[first] == notTried) {
		j.cause = v.maybe
	}
	return j
}

// mayMatter reports whether something that was not followed could have established what is missing.
func (a *analysis) mayMatter(why *unfollowed, missing facts, possible, elsewhere, untried bool) bool {
	switch {
	case why.held != 0:
		return why.held&missing != 0
	case why.entry:
		return elsewhere && untried
	case why.stored:
		return possible
	}
	return true
}

// askedElsewhere reports whether another page or the app asks for a scope.
func (a *analysis) askedElsewhere(f facts, e *entry) bool {
	for u, asked := range a.askedBy {
		if asked&f != 0 && (e == nil || u != e.unit) {
			return true
		}
	}
	return false
}

func (a *analysis) someEnables() bool {
	for _, s := range a.sites {
		if s.api == SetEnable && s.enables > 0 {
			return true
		}
	}
	return false
}

func (a *analysis) enabledElsewhere(e *entry) bool {
	for _, s := range a.sites {
		if s.api != SetEnable || s.enables == 0 {
			continue
		}
		for u := range s.units {
			if e == nil || u != e.unit {
				return true
			}
		}
	}
	return false
}

// devTools judges whether an enabling also runs in DevTools.
func (a *analysis) devTools(s *site) Verdict {
	g := s.guard
	switch {
	case g.isOpen && g.maybe == nil:
		return Verdict{Outcome: Refuted, Reason: Unguarded, Witness: a.told(g.open)}
	case g.only > 0 && g.guarded > 0:
		return Verdict{Outcome: Refuted, Reason: Unguarded}
	case g.isOpen:
		out := unprovenBy(g.maybe)
		out.Witness = a.told(g.open)
		return out
	case g.only > 0 && s.cut == nil:
		return Verdict{Outcome: Refuted, Reason: Inverted, Witness: a.told(g.inside)}
	case g.guarded > 0:
		return Verdict{Outcome: Proved}
	}
	return Verdict{}
}

func (a *analysis) unitInfo(u *miniprogram.Unit, i *instance, calls []*Call) *UnitInfo {
	info := &UnitInfo{Methods: map[string]bool{}, Open: i.isOpen}
	for name := range i.methods {
		info.Methods[name] = true
	}
	if a.project.Framework != miniprogram.Native {
		i.nameMembers(info.Methods)
		info.Open = info.Open || info.Methods[""]
	}
	for _, c := range calls {
		if c.API != SetEnable && c.API != Join {
			continue
		}
		mine := c.Unit == u
		for _, v := range c.Units {
			mine = mine || v == u
		}
		if !mine {
			continue
		}
		info.Calls = true
		if info.First == nil || c.Unit == u && info.First.Unit != u {
			info.First = c
		}
	}
	return info
}

// nameMembers adds the names that a template may use as functions beside methods. What nobody knows may be one: a property
// that a parent hands over, what is injected, what a composable of a package returned, what a computed value yields.
func (i *instance) nameMembers(names map[string]bool) {
	for o, n := i.object, 0; o != nil && n < boundPrototypes.usual(); o, n = o.proto, n+1 {
		for name, c := range o.props {
			names[name] = names[name] || c.val.kind == kSymbol || c.val.isFunction() || c.getter() != nil
		}
	}
	if i.scope != nil {
		for name, c := range i.scope.vars.all() {
			names[name] = names[name] || (c.val.kind == kSymbol || c.val.isFunction() || c.waits()) && !i.hides(name)
		}
	}
	for _, name := range i.handed {
		names[name] = true
	}
}

// before orders places by file and offset.
func before(a, b source.Span) bool {
	if a.File != b.File && a.File != nil && b.File != nil {
		return a.File.Path < b.File.Path
	}
	return a.Start < b.Start
}

// existenceGuards finds the tests that name one of the two calls: wx.canIUse('join1v1Chat'), if (!wx.setEnable1v1Chat).
func (a *analysis) existenceGuards() []source.Span {
	var out []source.Span
	feature := func(s string) bool {
		return strings.Contains(s, string(SetEnable)) || strings.Contains(s, string(Join))
	}
	for _, p := range a.loadedAll {
		tested := func(x script.Expr) {
			script.Walk(x, func(n script.Node) bool {
				switch n := n.(type) {
				case *script.Func:
					return false
				case *script.Call:
					// A call is no test of existence; its arguments may hold one.
					return false
				case *script.Member:
					if feature(n.Name) {
						out = append(out, p.loc(n.NameLoc))
					}
				case *script.Binary:
					if s, ok := n.L.(*script.String); ok && n.Op == "in" && feature(s.Value) {
						out = append(out, p.span(n))
					}
				}
				return true
			})
		}
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.If:
				tested(n.Test)
			case *script.Cond:
				tested(n.Test)
			case *script.Logical:
				tested(n.L)
			case *script.Unary:
				if n.Op == "!" || n.Op == "typeof" {
					tested(n.X)
				}
			case *script.Call:
				if m, ok := n.Callee.(*script.Member); ok && m.Name == "canIUse" && len(n.Args) > 0 {
					if s, ok := n.Args[0].(*script.String); ok && feature(s.Value) {
						out = append(out, p.span(n))
					}
				}
				if n.Optional {
					tested(n.Callee)
				}
			}
			return true
		})
	}
	return out
}
