package survey

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Leaving is the statement of a function that always leaves the statements around a node before it comes to that, nil where there is none: a
// return, throw, break or continue, or an if whose branches do. loop tells of a loop that has no end.
func Leaving(f *script.Func, n script.Node) (at script.Stmt, loop bool) {
	to := n.Range()
	holds := func(x script.Node) bool { return x.Range().Start <= to.Start && to.End <= x.Range().End }
	among := func(list []script.Stmt) {
		if !slices.ContainsFunc(list, func(s script.Stmt) bool { return holds(s) }) {
			return
		}
		for _, s := range list {
			if at != nil || holds(s) {
				return
			}
			if endless(s) {
				at, loop = s, true
			} else if leaves(s) {
				at = s
			}
		}
	}
	among(f.Body)
	script.Walk(f, func(x script.Node) bool {
		switch x := x.(type) {
		case *script.Block:
			among(x.Body)
		case *script.Switch:
			for _, c := range x.Cases {
				among(c.Body)
			}
		}
		return at == nil && (x == script.Node(f) || holds(x))
	})
	return at, loop
}

// leaves reports whether a statement always leaves what stands around it.
func leaves(s script.Stmt) bool {
	switch s := s.(type) {
	case *script.Return, *script.Throw, *script.Break, *script.Continue:
		return true
	case *script.Block:
		return slices.ContainsFunc(s.Body, leaves)
	case *script.If:
		return s.Else != nil && leaves(s.Then) && leaves(s.Else)
	}
	return false
}

// endless reports whether a statement is a loop whose test is always true, and that nothing breaks out of.
func endless(s script.Stmt) bool {
	var test script.Expr
	switch s := s.(type) {
	case *script.While:
		test = s.Test
	case *script.DoWhile:
		test = s.Test
	case *script.For:
		if s.Test != nil {
			test = s.Test
		} else {
			return !breaks(s.Body)
		}
	default:
		return false
	}
	always, ok := test.(*script.Bool)
	number, isNumber := test.(*script.Number)
	return (ok && always.Value || isNumber && number.Value != 0) && !breaks(s)
}

// breaks reports whether a statement holds one that breaks, be it out of a loop within.
func breaks(s script.Stmt) bool {
	found := false
	script.Walk(s, func(x script.Node) bool {
		if _, ok := x.(*script.Break); ok {
			found = true
		}
		_, inner := x.(*script.Func)
		return !inner && !found
	})
	return found
}

// LoopOfTest is the loop of a function, or of a file's top level where that is nil, in whose test a node stands; nil for none.
func LoopOfTest(f *script.Func, file *File, n script.Node) (loop script.Stmt) {
	at := n.Range()
	in := func(x script.Node) bool { return x.Range().Start <= at.Start && at.End <= x.Range().End }
	visit := func(x script.Node) bool {
		switch x := x.(type) {
		case *script.While:
			if in(x.Test) {
				loop = x
			}
		case *script.DoWhile:
			if in(x.Test) {
				loop = x
			}
		case *script.For:
			if x.Test != nil && in(x.Test) {
				loop = x
			}
		}
		return true
	}
	if f != nil {
		script.Walk(f, visit)
	} else {
		script.WalkProgram(file.Syntax, visit)
	}
	return loop
}
