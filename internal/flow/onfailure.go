package flow

// What a callback for the failure of a call writes, and whether anything of interest reads it.

import "github.com/voipcheck/voipcheck/internal/script"

// failureMatters reports whether what happens when an ordinary call fails can matter.
func (m *machine) failureMatters(p *promise, fail, complete value) bool {
	if p != nil && len(p.reactions) > 0 {
		return true
	}
	return m.relevantValue(fail, 0) || m.relevantValue(complete, 0) || m.a.tells(fail) || m.a.tells(complete)
}

// tells reports whether a function writes a place that code on the way to a call reads: a flag that is set on failure, for one.
func (a *analysis) tells(f value) bool {
	for f.kind == kObject && f.obj.fn != nil && f.obj.fn.target != nil {
		f = ref(f.obj.fn.target)
	}
	if f.kind != kObject || f.obj.fn == nil || f.obj.fn.prog.prelude || f.obj.fn.prog.bundle {
		return false
	}
	node := f.obj.fn.node
	a.meetCode()
	known, ok := a.telling[node]
	if ok && known.version == len(a.loadedAll) {
		return known.yes
	}
	read := a.namesRead()
	found := false
	scan := a.writtenBy(f.obj.fn.prog, node)
	for name := range scan.assigned {
		found = found || read[name] || name == anyName
	}
	a.telling[node] = memoized{len(a.loadedAll), found}
	return found
}

// writtenBy collects the names that a function writes, and those that functions of the same file write which it calls.
func (a *analysis) writtenBy(p *program, f *script.Func) *program {
	scan := &program{assigned: map[string]bool{}, rebound: map[string]int{}}
	called := map[string]bool{}
	seen := map[*script.Func]bool{}
	add := func(f *script.Func) {
		if seen[f] {
			return
		}
		seen[f] = true
		script.Walk(f, func(n script.Node) bool {
			scan.noteWrites(n)
			if call, ok := n.(*script.Call); ok {
				if name, ok := calleeName(call); ok {
					called[name] = true
				}
			}
			return true
		})
	}
	add(f)
	for n := -1; n != len(seen); {
		n = len(seen)
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			if g, name := namedFunction(n); g != nil && called[name] {
				add(g)
			}
			return true
		})
	}
	return scan
}

// namedFunction is the function that a node gives a name, with the name; nil where it gives none.
func namedFunction(n script.Node) (f *script.Func, name string) {
	switch n := n.(type) {
	case *script.Property:
		f, _ = n.Value.(*script.Func)
		return f, n.Name
	case *script.ClassMember:
		f, _ = n.Value.(*script.Func)
		return f, n.Name
	case *script.FuncDecl:
		if n.Func.Name != nil {
			return n.Func, n.Func.Name.Name
		}
	case *script.Declarator:
		if id, ok := n.Target.(*script.Ident); ok {
			f, _ = n.Value.(*script.Func)
			return f, id.Name
		}
	}
	return nil, ""
}

// namesRead are the names that are read by the functions which lead to a call of the feature.
func (a *analysis) namesRead() map[string]bool {
	if a.readFor == len(a.loadedAll) {
		return a.read
	}
	a.read, a.readFor = map[string]bool{}, len(a.loadedAll)
	for _, p := range a.loadedAll {
		if p.prelude || p.bundle || !a.slice.calls.touches(p) {
			continue
		}
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			f, ok := n.(*script.Func)
			if !ok {
				return true
			}
			if a.slice.calls.contains(p, f) {
				a.addRead(f)
			}
			return false
		})
	}
	return a.read
}

// addRead adds the names that a piece of code reads: variables, and properties that it does not call.
func (a *analysis) addRead(root script.Node) {
	aside := map[script.Node]bool{}
	script.Walk(root, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Call:
			aside[n.Callee] = true
		case *script.Assign:
			aside[n.Target] = n.Op == "="
		case *script.Declarator:
			aside[n.Target] = true
		case *script.Ident:
			if !aside[n] {
				a.read[n.Name] = true
			}
		case *script.Member:
			if !aside[n] {
				a.read[n.Name] = true
			}
		}
		return true
	})
}
