package flow

// Where the code always stops that would lead to a call which no path comes to.

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// StopKind is what ends code before a call.
type StopKind string

// The kinds of stops.
const (
	StopTests   StopKind = "test"   // a condition that always has the same outcome
	StopReturns StopKind = "return" // a return, break or continue
	StopThrows  StopKind = "throw"  // an exception that is always thrown, or a promise that is always rejected
	StopWaits   StopKind = "wait"   // a promise that nothing settles
	StopLoops   StopKind = "loop"   // a loop that never ends
)

// stop is where code always ends; by is where that comes from, if elsewhere.
type stop struct {
	at   source.Span
	kind StopKind
	by   source.Span
}

// stops returns where the code stops that would lead to a call which nothing runs: where a function that does run ends before
// it, itself or through the functions it would call. It is zero when nothing that runs calls the function around it.
//
// named tells that something which runs names a function around it, without being seen to stop before: that may lead there.
func (a *analysis) stops(s *site) (at stop, named bool) {
	call, functions := s.text()
	if call == nil {
		return stop{}, false
	}
	if a.mentioned == nil {
		a.mentioned = indexMentions(a.loadedAll)
	}
	seen := map[*script.Func]bool{}
	var search func(p *program, n script.Node, functions []*script.Func) stop
	search = func(p *program, n script.Node, functions []*script.Func) stop {
		idle := -1
		for i, f := range functions {
			if !a.ran[f] && (i == len(functions)-1 || !a.atLoad[f]) {
				idle = i
				break
			}
		}
		if idle < 0 && len(functions) > 0 {
			at := a.stopBefore(p, functions, n)
			named = named || at.at.IsZero()
			return at
		}
		if at := a.notLoaded(p, n); !at.at.IsZero() || len(functions) == 0 {
			return at
		}
		f := functions[idle]
		if idle > 0 && a.made[f] == nil {
			return a.stopBefore(p, functions[:idle], f) // it is never even made
		}
		if at, ok := a.dormant[f]; ok {
			return at
		}
		name := a.mentioned.names[f]
		if _, _, life := lifeRank(name); (life || name == "setup") && a.isUnitScript(p.script) {
			named = true // the platform runs it: that no path went through it is the analysis's doing
		}
		if seen[f] || name == "" || len(seen) > a.most(boundCallers) {
			return stop{}
		}
		seen[f] = true
		for _, use := range a.mentioned.uses[name] {
			if at := search(use.prog, use.node, functionsAround(use.around)); !at.at.IsZero() {
				return at
			}
		}
		return stop{}
	}
	at = search(s.prog, call, functions)
	return at, named && at.at.IsZero()
}

// notLoaded is where a module's top level stops before a node, or before what would run it.
func (a *analysis) notLoaded(p *program, n script.Node) stop {
	k := p.module
	if k == nil || k.stop.at.IsZero() {
		return stop{}
	}
	if a.project.Framework == miniprogram.Native && k.stop.at.File == p.syntax.File && n.Range().End <= k.stop.at.Start && len(a.unitsOf(p.script)) > 0 && a.instances[a.unitsOf(p.script)[0]] != nil {
		return stop{} // it was registered before
	}
	return k.stop
}

// unitsOf are the pages, components or app of a script.
func (a *analysis) unitsOf(s *miniprogram.Script) (out []*miniprogram.Unit) {
	for _, u := range a.units() {
		if u.Script == s {
			out = append(out, u)
		}
	}
	return out
}

// branches tells which branches of a test were taken.
type branches uint8

const (
	tookYes branches = 1 << iota
	tookNo
)

// takes notes which branches of a test are taken.
func (a *analysis) takes(test script.Node, answer tri) {
	switch answer {
	case triYes:
		a.branches[test] |= tookYes
	case triNo:
		a.branches[test] |= tookNo
	default:
		a.branches[test] |= tookYes | tookNo
	}
}

// stopBefore is where the innermost of some functions always stops before a node in it. It is zero when it was not seen to stop in such a place.
func (a *analysis) stopBefore(p *program, functions []*script.Func, n script.Node) stop {
	f := functions[len(functions)-1]
	if a.waitsBefore(p, f, n) != nil {
		return stop{}
	}
	s := stopSearch{a, p, n.Range()}
	if f.Result != nil {
		return s.inExpr(f.Result)
	}
	return s.among(f.Body)
}

// stopSearch looks for where code stops before a place in it.
type stopSearch struct {
	a  *analysis
	p  *program
	to script.Loc
}

func (s stopSearch) holds(x script.Node) bool {
	return x != nil && x.Range().Start <= s.to.Start && s.to.End <= x.Range().End
}

func (s stopSearch) at(x script.Node, kind StopKind) stop { return stop{at: s.p.span(x), kind: kind} }

// among looks through statements that follow each other, one of which holds the place.
func (s stopSearch) among(list []script.Stmt) stop {
	for _, x := range list {
		if s.holds(x) {
			return s.within(x)
		}
		if s.p.unended(x) {
			return s.of(x)
		}
	}
	return stop{}
}

// within looks through a statement that holds the place.
func (s stopSearch) within(x script.Stmt) stop {
	switch x := x.(type) {
	case *script.Block:
		return s.among(x.Body)
	case *script.Labeled:
		return s.within(x.Body)
	case *script.If:
		took := s.a.branches[x]
		switch {
		case s.holds(x.Then) && took == tookNo, x.Else != nil && s.holds(x.Else) && took == tookYes:
			return s.at(x.Test, StopTests)
		case s.holds(x.Then):
			return s.within(x.Then)
		case x.Else != nil && s.holds(x.Else):
			return s.within(x.Else)
		}
		return s.inExpr(x.Test)
	case *script.Try:
		switch {
		case s.holds(x.Body):
			return s.among(x.Body.Body)
		case x.Catch != nil && s.holds(x.Catch):
			return s.among(x.Catch.Body)
		case x.Finally != nil && s.holds(x.Finally):
			return s.among(x.Finally.Body)
		}
	case *script.Switch:
		for _, c := range x.Cases {
			for i, y := range c.Body {
				if s.holds(y) {
					if i == 0 && !s.p.begun(y) && s.p.begun(x) {
						return s.at(x.X, StopTests)
					}
					return s.among(c.Body)
				}
			}
		}
	case *script.For:
		return s.inLoop(x, x.Test, x.Body)
	case *script.While:
		return s.inLoop(x, x.Test, x.Body)
	case *script.DoWhile:
		return s.inLoop(x, x.Test, x.Body)
	case *script.ForIn:
		return s.inLoop(x, x.X, x.Body)
	}
	return s.inExpr(x)
}

// inLoop looks through a loop: its body may never be come to.
func (s stopSearch) inLoop(loop script.Stmt, test script.Expr, body script.Stmt) stop {
	switch {
	case !s.holds(body):
		return s.inExpr(loop)
	case !s.p.begun(body) && s.p.begun(loop) && test != nil:
		return s.at(test, StopTests)
	}
	return s.within(body)
}

// inExpr looks through an expression, or a statement that is made of expressions, which holds the place.
func (s stopSearch) inExpr(root script.Node) stop {
	var test script.Node
	script.Walk(root, func(x script.Node) bool {
		if test != nil {
			return false
		}
		took := s.a.branches[x]
		switch x := x.(type) {
		case *script.Func:
			return false
		case *script.Cond:
			if took == tookNo && s.holds(x.Then) || took == tookYes && s.holds(x.Else) {
				test = x.Test
			}
		case *script.Logical:
			if s.holds(x.R) && (x.Op == "&&" && took == tookNo || x.Op == "||" && took == tookYes) {
				test = x.L
			}
		}
		return true
	})
	if test != nil {
		return s.at(test, StopTests)
	}
	return s.halting(root)
}

// halting is the innermost call or await in a piece of code that no path goes on after, or what throws in it. What holds the place looked
// for does not count.
func (s stopSearch) halting(root script.Node) stop {
	var found script.Node
	script.Walk(root, func(x script.Node) bool {
		if _, inner := x.(*script.Func); inner {
			return false
		}
		if s.p.halts(x) && !s.holds(x) && (found == nil || x.Range().End <= found.Range().End) {
			found = x
		}
		return true
	})
	within := s.p.span(root)
	if found != nil {
		within = s.p.span(found)
	}
	for at := range s.a.raisedAt {
		if at.File == within.File && within.Start <= at.Start && at.End <= within.End && !(at.Start <= s.to.Start && s.to.End <= at.End && at.End > s.to.End) {
			if !s.withinFunction(root, at) {
				return stop{at: at, kind: StopThrows}
			}
		}
	}
	if found == nil {
		return stop{}
	}
	out := s.at(found, StopThrows)
	if x, ok := found.(*script.Await); ok {
		if sleeps, ok := s.a.asleep[s.p.span(x.X)]; ok {
			out.kind, out.by = StopWaits, sleeps.by
			return out
		}
	}
	if loop, ok := s.a.hangsIn[found]; ok {
		out.kind, out.by = StopLoops, loop
		return out
	}
	out.by = s.a.thrownBy[found]
	return out
}

// withinFunction reports whether a place lies within a function of a piece of code.
func (s stopSearch) withinFunction(root script.Node, at source.Span) bool {
	found := false
	script.Walk(root, func(x script.Node) bool {
		if f, ok := x.(*script.Func); ok {
			found = found || f.Start <= at.Start && at.End <= f.End
			return false
		}
		return true
	})
	return found
}

// of is where a statement stops that no path goes on after.
func (s stopSearch) of(x script.Stmt) stop {
	switch x := x.(type) {
	case *script.Block:
		return s.first(x.Body)
	case *script.Labeled:
		return s.of(x.Body)
	case *script.If:
		if at := s.halting(x.Test); !at.at.IsZero() {
			return at
		}
		took := s.a.branches[x]
		switch {
		case took == tookYes && leaves(x.Then), took == tookNo && x.Else != nil && leaves(x.Else):
			return s.at(x.Test, StopTests)
		case took&tookYes != 0:
			return s.of(x.Then)
		case x.Else != nil:
			return s.of(x.Else)
		}
	case *script.Try:
		at := s.first(x.Body.Body)
		if at.at.IsZero() && x.Catch != nil {
			at = s.first(x.Catch.Body)
		}
		if at.at.IsZero() && x.Finally != nil {
			at = s.first(x.Finally.Body)
		}
		return at
	case *script.Switch:
		for _, c := range x.Cases {
			if at := s.first(c.Body); !at.at.IsZero() {
				return at
			}
		}
		return s.halting(x.X)
	case *script.For:
		return s.ofLoop(x, x.Body)
	case *script.While:
		return s.ofLoop(x, x.Body)
	case *script.DoWhile:
		return s.ofLoop(x, x.Body)
	case *script.ForIn:
		return s.ofLoop(x, x.Body)
	}
	if at := s.halting(x); !at.at.IsZero() {
		return at
	}
	switch x.(type) {
	case *script.Throw:
		return s.at(x, StopThrows)
	case *script.Return, *script.Break, *script.Continue:
		return s.at(x, StopReturns)
	}
	return stop{}
}

// ofLoop is where a loop stops.
func (s stopSearch) ofLoop(loop, body script.Stmt) stop {
	if s.a.hung[body] {
		out := s.at(loop, StopLoops)
		out.at.End = max(min(out.at.End, body.Range().Start), out.at.Start+1)
		return out
	}
	if s.p.begun(body) {
		if at := s.of(body); !at.at.IsZero() {
			return at
		}
	}
	return s.halting(loop)
}

// first is where the first of some statements stops that no path goes on after.
func (s stopSearch) first(list []script.Stmt) stop {
	for _, x := range list {
		if s.p.unended(x) {
			return s.of(x)
		}
	}
	return stop{}
}

// leaves tells that a statement ends the function.
func leaves(s script.Stmt) bool {
	switch s := s.(type) {
	case *script.Return, *script.Throw:
		return true
	case *script.Block:
		return len(s.Body) > 0 && leaves(s.Body[len(s.Body)-1])
	}
	return false
}
