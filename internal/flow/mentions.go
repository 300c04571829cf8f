package flow

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Who names a function, by the text alone: for code that no path was seen to come to.

// mention is a place where a name is written as code, with what stands around it, the outermost first.
type mention struct {
	prog   *program
	node   script.Node
	around []script.Node
}

// mentionIndex holds the functions of some programs by what they are called, and the places that name them.
type mentionIndex struct {
	names map[*script.Func]string
	uses  map[string][]mention
}

// indexMentions looks through programs.
func indexMentions(programs []*program) *mentionIndex {
	x := &mentionIndex{names: map[*script.Func]string{}, uses: map[string][]mention{}}
	for _, p := range programs {
		walkAround(p, func(n script.Node, around []script.Node) {
			name := ""
			switch n := n.(type) {
			case *script.Func:
				x.names[n] = nameOfFunc(n, around)
				return
			case *script.Member:
				name = n.Name
			case *script.Ident:
				name = n.Name
			}
			if name != "" && !declares(n, around) {
				x.uses[name] = append(x.uses[name], mention{p, n, append([]script.Node(nil), around...)})
			}
		})
	}
	return x
}

// walkAround visits every node of a program together with the nodes around it.
func walkAround(p *program, visit func(n script.Node, around []script.Node)) {
	var around []script.Node
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		at := n.Range()
		for len(around) > 0 {
			outer := around[len(around)-1].Range()
			if outer.Start <= at.Start && at.End <= outer.End {
				break
			}
			around = around[:len(around)-1]
		}
		visit(n, around)
		around = append(around, n)
		return true
	})
}

// nameOfFunc is the name by which a function is called: its own, or that of the property or variable it is the value of.
func nameOfFunc(f *script.Func, around []script.Node) string {
	if f.Name != nil {
		return f.Name.Name
	}
	if len(around) == 0 {
		return ""
	}
	switch n := around[len(around)-1].(type) {
	case *script.Property:
		return n.Name
	case *script.ClassMember:
		return n.Name
	case *script.Declarator:
		if id, ok := n.Target.(*script.Ident); ok {
			return id.Name
		}
	case *script.Assign:
		switch target := n.Target.(type) {
		case *script.Ident:
			return target.Name
		case *script.Member:
			return target.Name
		}
	}
	return ""
}

// declares tells of a name that it is being given to something where it stands.
func declares(n script.Node, around []script.Node) bool {
	if len(around) == 0 {
		return false
	}
	switch outer := around[len(around)-1].(type) {
	case *script.Func:
		return outer.Name == n
	case *script.Declarator:
		return outer.Target == n
	case *script.Assign:
		return outer.Target == n
	}
	return false
}

// called returns the call that a mention is the callee of, or nil.
func (m mention) called() *script.Call {
	for i := len(m.around) - 1; i >= 0; i-- {
		switch outer := m.around[i].(type) {
		case *script.Chain:
			continue
		case *script.Call:
			if callee := outer.Callee.Range(); callee.Start <= m.node.Range().Start && m.node.Range().End == callee.End {
				return outer
			}
		}
		break
	}
	return nil
}

// functionsAround returns the functions among nodes, the outermost first.
func functionsAround(around []script.Node) []*script.Func {
	var out []*script.Func
	for _, n := range around {
		if f, ok := n.(*script.Func); ok {
			out = append(out, f)
		}
	}
	return out
}

// stops returns where the code stops that would lead to a call which nothing runs: where a function that does run ends before
// it, itself or through the functions it would call. It is zero when nothing that runs calls the function around it.
//
// named tells that something which runs names a function around it, without being seen to stop before: that may lead there.
func (a *analysis) stops(s *site) (at source.Span, named bool) {
	call, functions := s.text()
	if call == nil || len(functions) == 0 {
		return source.Span{}, false
	}
	if a.mentioned == nil {
		a.mentioned = indexMentions(a.loadedAll)
	}
	seen := map[*script.Func]bool{}
	var search func(p *program, n script.Node, functions []*script.Func) source.Span
	search = func(p *program, n script.Node, functions []*script.Func) source.Span {
		idle := -1
		for i, f := range functions {
			if !a.ran[f] {
				idle = i
				break
			}
		}
		if idle < 0 {
			at := a.stopBefore(p, functions, n)
			named = named || at.IsZero()
			return at
		}
		f := functions[idle]
		if idle > 0 && a.made[f] == nil {
			return a.stopBefore(p, functions[:idle], f) // it is never even made
		}
		name := a.mentioned.names[f]
		if _, _, life := lifeRank(name); (life || name == "setup") && a.isUnitScript(p.script) {
			named = true // the platform runs it: that no path went through it is the analysis's doing
		}
		if seen[f] || name == "" || len(seen) > a.most(boundCallers) {
			return source.Span{}
		}
		seen[f] = true
		for _, use := range a.mentioned.uses[name] {
			if around := functionsAround(use.around); len(around) > 0 {
				if at := search(use.prog, use.node, around); !at.IsZero() {
					return at
				}
			}
		}
		return source.Span{}
	}
	at = search(s.prog, call, functions)
	return at, named && at.IsZero()
}

// isUnitScript reports whether a script is that of a page, a component or the app.
func (a *analysis) isUnitScript(s *miniprogram.Script) bool {
	return slices.ContainsFunc(a.units(), func(u *miniprogram.Unit) bool { return u.Script == s })
}

// text is the call as it is written, with the functions around it; nil when it is made in some other way.
func (s *site) text() (call *script.Call, functions []*script.Func) {
	walkAround(s.prog, func(n script.Node, around []script.Node) {
		if c, ok := n.(*script.Call); ok && call == nil && s.prog.span(c) == s.expr {
			call, functions = c, functionsAround(around)
		}
	})
	return call, functions
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

// stopBefore is where a function always stops before a node in it: a test around the node which never leads to it, one before
// it whose branch that leaves is always taken, or a return. It is zero when the function was not seen to stop in such a place.
func (a *analysis) stopBefore(p *program, functions []*script.Func, n script.Node) source.Span {
	innermost, at := functions[len(functions)-1], n.Range()
	holds := func(x script.Node) bool {
		return x != nil && x.Range().Start <= at.Start && at.End <= x.Range().End
	}
	var stop script.Node
	script.Walk(innermost, func(x script.Node) bool {
		if stop != nil || x.Range().Start >= at.Start && !holds(x) {
			return false
		}
		took := a.branches[x]
		switch x := x.(type) {
		case *script.Func:
			stop = leavesBefore(x.Body, holds)
			return x == innermost
		case *script.Block:
			stop = leavesBefore(x.Body, holds)
			return holds(x)
		case *script.If:
			if took == tookNo && holds(x.Then) || took == tookYes && (x.Else != nil && holds(x.Else) || !holds(x) && leaves(x.Then)) {
				stop = x.Test
			}
			return holds(x)
		case *script.Cond:
			if took == tookNo && holds(x.Then) || took == tookYes && holds(x.Else) {
				stop = x.Test
			}
		case *script.Logical:
			if holds(x.R) && (x.Op == "&&" && took == tookNo || x.Op == "||" && took == tookYes) {
				stop = x.L
			}
		}
		return true
	})
	if stop == nil {
		return source.Span{}
	}
	return p.span(stop)
}

// leavesBefore is the first of some statements that ends the function before the one which holds a node; nil for none, or when
// none holds it.
func leavesBefore(list []script.Stmt, holds func(script.Node) bool) script.Node {
	var stop script.Node
	for _, s := range list {
		switch {
		case holds(s):
			return stop
		case stop == nil && leaves(s):
			stop = s
		}
	}
	return nil
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
