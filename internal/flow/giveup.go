package flow

// Where following the code ends before the code does: bounds that are met, failures of the analysis itself, and being told to stop.

import (
	"fmt"
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Analyze follows the project's code. Where nothing names a call, there is nothing to follow. It returns nil when Options.Stop was closed before it came to the end.
func Analyze(p *miniprogram.Project, o Options) (r *Result) {
	if !p.HasTrace() {
		return &Result{Units: map[*miniprogram.Unit]*UnitInfo{}}
	}
	a := newAnalysis(p, o)
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case halted:
			r = nil
		default:
			r = a.failed(failure)
		}
	}()
	return a.run()
}

// failed is the result where the analysis itself failed: every call that is written is open.
func (a *analysis) failed(failure any) (r *Result) {
	cause := a.gaveUpOn(nil, noBound, fmt.Sprint(failure), "", source.Span{})
	r = &Result{ParseErrors: a.failures, Hidden: a.hidden, OpensSettings: a.opensSettings, Units: map[*miniprogram.Unit]*UnitInfo{}}
	defer func() {
		if again := recover(); again != nil {
			r.GaveUp = a.gaveUp(r.Calls)
		}
	}()
	a.sites, a.cut = map[siteKey]*site{}, cause
	a.addWritten()
	for _, s := range a.sitesInOrder() {
		r.Calls = append(r.Calls, &Call{
			API: s.api, Name: s.at, Expr: s.expr, Cut: true, Options: a.given(s), Scopes: s.asked,
			Before: Verdict{Outcome: Unproven, At: cause.at}, DevTools: Verdict{Outcome: Unproven, At: cause.at},
		})
	}
	r.GaveUp = a.gaveUp(r.Calls)
	return r
}

// halted unwinds the whole analysis when it is told to stop.
type halted struct{}

// checkEvery is after how many steps it is looked whether the analysis is told to stop: a power of two.
const checkEvery = 1 << 14

// checkStop ends the analysis when it is told to.
func (a *analysis) checkStop() {
	select {
	case <-a.options.Stop:
		panic(halted{})
	default:
	}
}

// broken notes a panic within what is being followed: a fault of the analysis, which costs the path.
func (m *machine) broken(failure any) *unfollowed {
	what, at := m.whole()
	return m.a.gaveUpOn(m.entry, noBound, fmt.Sprint(failure), what, at)
}

// exceeded returns the bound that is met before another path is followed, after so many of the entry point's.
func (m *machine) exceeded(paths int, by bound) bound {
	switch {
	case paths >= m.most(boundPaths):
		return boundPaths
	case m.total > m.most(by):
		return by
	case m.a.spentOn(m.entry)+m.total > m.a.allowance:
		return boundAllSteps
	case m.a.spent > m.most(boundRunSteps):
		return boundRunSteps
	}
	return noBound
}

// spend counts steps of an entry point. Those of one that is not followed again count like those of one that is, so that where the
// bound is met does not depend on it.
func (a *analysis) spend(e *entry, steps int) {
	if e.beside {
		a.besideSteps += steps
	} else {
		a.steps += steps
	}
}

// spentOn are the steps of all entry points of the kind that one is of.
func (a *analysis) spentOn(e *entry) int {
	if e.beside {
		return a.besideSteps
	}
	return a.steps
}

// stepsFor is the bound of the work on an entry point. That a runtime has a hand in it may be found out on the way.
func (m *machine) stepsFor(e *entry) bound {
	switch {
	case e.built || e.orphan:
		return boundRuntimeSteps
	case e.alone || m.a.isAside(e.unit) || e.beside && !m.a.slice.mayGrant(e):
		return boundAsideSteps
	case e.beside:
		return boundBesideSteps
	}
	return boundSteps
}

// unloaded is code at the top level of a module that was not followed to its end.
type unloaded struct {
	cause *unfollowed
	// script is where it stands; nil where that is not known.
	script *miniprogram.Script
}

// cutUnloaded leaves the calls open that belong to modules which were not loaded to their end: theirs and those of what they import, and
// those of all that imports them.
func (a *analysis) cutUnloaded() {
	for _, l := range a.unloaded {
		affected := a.within(l.script)
		for _, u := range a.units() {
			if u.Script == nil || l.script == nil {
				continue
			}
			if within := a.within(u.Script); within[l.script] {
				for s := range within {
					affected[s] = true
				}
			}
		}
		for _, s := range a.sites {
			if s.cut == nil && (affected == nil || affected[s.prog.script]) {
				s.cut = l.cause
			}
		}
	}
}

// loseLoaded notes that code which belongs to no path was not followed to its end: a part of what a module does while it is loaded, or of
// what a page does to show itself.
func (a *analysis) loseLoaded(s *miniprogram.Script, cause *unfollowed) {
	if cause == nil {
		return
	}
	if s == nil && a.rendering != nil && a.rendering.unit != nil {
		s = a.rendering.unit.Script
	}
	a.unloaded = append(a.unloaded, unloaded{cause, s})
	if a.unloadedCut == nil {
		a.unloadedCut = cause
	}
	if s != nil {
		a.loseFrom(s, nil, cause)
	}
}

// loadStatement runs a statement of a module's top level, and leaves open what it would have made where it was not followed to its end.
func (m *machine) loadStatement(k *module, s script.Stmt) completion {
	var c completion
	cut := m.guard(func() { c = m.protect(func() completion { return m.exec(k.prog, k.env, s) }) })
	if cut == nil {
		return c
	}
	if cut.hangs {
		k.stops(s, stop{at: k.prog.span(s), kind: StopLoops})
	}
	if cut.cause == nil {
		return completion{}
	}
	m.nest, m.depth, m.steps = 0, 0, 0
	m.havoc(k.prog, k.env, cut.cause, s)
	if m.a.loadMatters(k, s) {
		m.a.loseLoaded(k.prog.script, cut.cause)
	} else if callsAnything(s) {
		m.a.loseFrom(k.prog.script, nil, cut.cause)
	}
	return completion{}
}

// loadMatters reports whether a statement of a module's top level, left unfinished, may have registered something or led to the feature.
func (a *analysis) loadMatters(k *module, s script.Stmt) bool {
	if a.relevance.contains(k.prog, s) {
		return true
	}
	found := false
	script.Walk(s, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			id, ok := n.Callee.(*script.Ident)
			found = found || !ok || isOneOf(registering, id.Name)
		case *script.Export:
			found = true
		case *script.Assign:
			if member, ok := n.Target.(*script.Member); ok {
				id, ok := member.Object.(*script.Ident)
				found = found || member.Name == "exports" || ok && id.Name == "exports"
			}
		}
		return !found
	})
	return found
}

// registering are the functions that make something an entry point.
var registering = []string{"Page", "Component", "App", "Behavior", "defineComponent", "createApp", "createPage", "createComponent"}

// callsAnything reports whether a piece of code calls anything.
func callsAnything(n script.Node) bool {
	found := false
	script.Walk(n, func(n script.Node) bool {
		switch n.(type) {
		case *script.Call, *script.New:
			found = true
		}
		return !found
	})
	return found
}

// unrested is why the last pass still found something new, if it did.
func (a *analysis) unrested() *unfollowed {
	switch {
	case a.exhausted:
		return a.gaveUpOn(nil, boundRunSteps, "", "", source.Span{})
	case a.restless != nil:
		by := boundPasses
		if a.hopeless && a.pass > a.most(boundBuiltPasses) && a.pass < a.most(boundPasses) {
			by = boundBuiltPasses
		}
		return a.gaveUpOn(nil, by, "", a.restless.shown(), a.restless.at)
	}
	return nil
}

// cutRestless leaves all calls open where the last pass still found something new: other runs may leave behind what nobody has looked at.
func (a *analysis) cutRestless() {
	cause := a.unrested()
	if cause == nil {
		return
	}
	for _, s := range a.sites {
		if s.cut == nil {
			s.cut = cause
		}
	}
}

// openCause is what was given up, as far as calls know it that are left open by it.
type openCause struct {
	bound, failure string
	at             source.Span
}

// openBy lists what leaves a call open, each once.
func (c *Call) openBy() []openCause {
	var out []openCause
	add := func(cause openCause) {
		if (cause.bound != "" || cause.failure != "") && !slices.Contains(out, cause) {
			out = append(out, cause)
		}
	}
	for _, v := range []Verdict{c.Before, c.DevTools} {
		if v.Outcome == Unproven {
			add(openCause{v.Bound, v.Failure, v.At})
		}
	}
	if c.cut != nil && (c.Cut || c.FailureBound != "") {
		add(openCause{c.cut.bound.name(), c.cut.failure, c.cut.at})
	}
	return out
}
