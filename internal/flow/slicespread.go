package flow

// How code that leads to something goes on by being handed over: as an argument that is kept, as what an event runs, as all that
// a module exports.

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// passing are methods that run what they are given, and keep nothing.
var passing = map[string]bool{
	"then": true, "catch": true, "finally": true, "forEach": true, "map": true, "filter": true, "some": true, "every": true, "find": true, "findIndex": true,
	"flatMap": true, "reduce": true, "reduceRight": true, "sort": true, "call": true, "apply": true, "bind": true,
}

// spreading is one look over all programs for what is handed over.
type spreading struct {
	slice *slice
	r     *relevance
	found bool
	taken map[handed]bool
	queue []handed
}

// handed is a parameter or variable of a function that holds code which leads to something.
type handed struct {
	piece
	name string
}

// spread adds the names of what keeps the code that leads to something, and reports whether there are new ones.
func (s *slice) spread(r *relevance) bool {
	sp := &spreading{slice: s, r: r, taken: map[handed]bool{}}
	for _, p := range s.a.loadedAll {
		if !r.touches(p) && !sp.importsAny(p) {
			continue
		}
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Import:
				sp.imports(p, n)
			case *script.Declarator:
				if id, ok := n.Target.(*script.Ident); ok && sp.leadsBy(p, requiredBy(n.Value)) {
					sp.here(p, id.Name)
				}
			case *script.Call:
				sp.call(p, n.Callee, n.Args, func(x script.Expr) bool { return r.carries(p, x) })
			case *script.New:
				sp.call(p, n.Callee, n.Args, func(x script.Expr) bool { return r.carries(p, x) })
			}
			return true
		})
	}
	for len(sp.queue) > 0 {
		h := sp.queue[0]
		sp.queue = sp.queue[1:]
		sp.within(h)
	}
	if sp.found {
		r.version++
	}
	return sp.found
}

// member adds the name of a property of an object of a file.
func (sp *spreading) member(p *program, name string) {
	if sp.r.addMember(p, name) {
		sp.found = true
	}
}

// here adds the name of a variable of a file.
func (sp *spreading) here(p *program, name string) {
	if sp.r.addLocal(p, name) {
		sp.found = true
	}
}

func (sp *spreading) add(name string) {
	if name != "" && !sp.r.names[name] && !sp.r.isCommon(name) {
		sp.r.names[name], sp.found = true, true
	}
}

// hold adds the name of what an expression names as the holder of something.
func (sp *spreading) hold(p *program, x script.Expr) {
	sp.r.holder(x, func(name string) { sp.here(p, name) }, func(name string) { sp.member(p, name) })
}

// imports adds the names by which a whole module is imported that leads to something.
func (sp *spreading) imports(p *program, n *script.Import) {
	for _, name := range n.Names {
		if (name.Imported == "*" || name.Imported == "default") && !sp.r.has(p, name.Local) && sp.leadsBy(p, n.From) {
			sp.here(p, name.Local)
		}
	}
}

func (sp *spreading) importsAny(p *program) bool {
	for _, to := range sp.slice.a.imports[p.script] {
		if q := sp.slice.a.programs[to]; q != nil && sp.r.touches(q) {
			return true
		}
	}
	return false
}

// leadsBy reports whether a specifier leads to a module that leads to something.
func (sp *spreading) leadsBy(p *program, spec string) bool {
	if spec == "" || p.script == nil {
		return false
	}
	to := sp.slice.a.project.Resolve(p.script, spec).Script
	q := sp.slice.a.programs[to]
	return to != nil && q != nil && sp.r.touches(q)
}

// requiredBy is the specifier of a require or import call, "" for any other expression.
func requiredBy(x script.Expr) string {
	switch y := x.(type) {
	case *script.Await:
		return requiredBy(y.X)
	case *script.ImportCall:
		if s, ok := y.X.(*script.String); ok {
			return s.Value
		}
	case *script.Call:
		if id, ok := y.Callee.(*script.Ident); ok && id.Name == "require" && len(y.Args) > 0 {
			if s, ok := y.Args[0].(*script.String); ok {
				return s.Value
			}
		}
	}
	return ""
}

// call follows what a call is given to whom it is given.
func (sp *spreading) call(p *program, callee script.Expr, args []script.Expr, carries func(script.Expr) bool) {
	given := false
	name := lastName(callee)
	if f, ok := callee.(*script.Func); ok {
		for i, arg := range args {
			if carries(arg) {
				sp.parameter(piece{p, f}, f, i)
			}
		}
		return
	}
	for i, arg := range args {
		if spread, ok := arg.(*script.Spread); ok {
			arg = spread.X
		}
		if !carries(arg) {
			continue
		}
		given = true
		for _, to := range sp.slice.called[name] {
			switch f := to.node.(type) {
			case *script.Func:
				sp.parameter(to, f, i)
			case *script.Class:
				for _, member := range f.Members {
					if made, ok := member.Value.(*script.Func); ok && member.Name == "constructor" {
						sp.parameter(piece{to.prog, made}, made, i)
					}
				}
			}
		}
	}
	if !given || passing[name] {
		return
	}
	for _, arg := range args {
		if s, ok := arg.(*script.String); ok && len(s.Value) < 40 {
			sp.add(s.Value) // the event that runs it, the name that it goes by
		}
	}
	x := callee
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	if m, ok := x.(*script.Member); ok {
		if id, ok := m.Object.(*script.Ident); !ok {
			sp.member(p, lastName(m.Object))
		} else if !hostNames[id.Name] {
			sp.here(p, id.Name)
		}
	}
}

// parameter notes that a function's parameter holds code that leads to something.
func (sp *spreading) parameter(at piece, f *script.Func, i int) {
	if len(f.Params) == 0 {
		return
	}
	if i >= len(f.Params) {
		i = len(f.Params) - 1
	}
	for _, name := range names(f.Params[i]) {
		sp.variable(handed{at, name})
	}
}

func (sp *spreading) variable(h handed) {
	if !sp.taken[h] {
		sp.taken[h] = true
		sp.queue = append(sp.queue, h)
	}
}

// within follows a variable through the function that it belongs to.
func (sp *spreading) within(h handed) {
	holds := func(x script.Expr) bool { return sp.holds(h, x) }
	script.Walk(h.node, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Declarator:
			if n.Value != nil && holds(n.Value) {
				for _, name := range names(n.Target) {
					sp.variable(handed{h.piece, name})
				}
			}
		case *script.Assign:
			if !holds(n.Value) {
				break
			}
			switch t := n.Target.(type) {
			case *script.Ident:
				sp.here(h.prog, t.Name)
			case *script.Member:
				if sp.member(h.prog, t.Name); sp.r.isCommon(t.Name) {
					sp.hold(h.prog, t.Object)
				}
			case *script.Index:
				sp.member(h.prog, lastName(t))
				sp.hold(h.prog, t.Object)
			}
		case *script.Property:
			if n.Value != nil && holds(n.Value) {
				sp.member(h.prog, n.Name)
			}
		case *script.Call:
			sp.call(h.prog, n.Callee, n.Args, holds)
		case *script.New:
			sp.call(h.prog, n.Callee, n.Args, holds)
		}
		return true
	})
}

// holds reports whether an expression is, or holds, what a variable holds.
func (sp *spreading) holds(h handed, x script.Expr) bool {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name == h.name
	case *script.Member:
		id, ok := x.Object.(*script.Ident)
		return ok && id.Name == h.name && (sp.r.has(h.prog, x.Name) || sp.r.isCommon(x.Name))
	case *script.Func, *script.Class, *script.ObjectLit, *script.ArrayLit:
		return h.prog.holds(x, h.name)
	case *script.Chain:
		return sp.holds(h, x.X)
	case *script.Cond:
		return sp.holds(h, x.Then) || sp.holds(h, x.Else)
	case *script.Logical:
		return sp.holds(h, x.L) || sp.holds(h, x.R)
	case *script.Spread:
		return sp.holds(h, x.X)
	case *script.Call:
		for _, arg := range x.Args {
			if sp.holds(h, arg) {
				return true
			}
		}
		if m, ok := x.Callee.(*script.Member); ok && m.Name == "bind" {
			return sp.holds(h, m.Object)
		}
	}
	return false
}

// wakeUnseen wakes the entry points whose code imports a call of the feature that none of those which are followed came to,
// and reports whether there are any: what runs it may not be seen in the code.
func (s *slice) wakeUnseen() bool {
	if len(s.asleep) == 0 {
		return false
	}
	missing := map[*miniprogram.Script]bool{}
	idle := map[*miniprogram.Script]bool{} // of components that nothing uses
	for _, u := range s.a.units() {
		if u.Script != nil && u.Kind == miniprogram.ComponentUnit && !u.Used {
			idle[u.Script] = true
		}
	}
	for _, p := range s.a.loadedAll {
		if p.prelude || p.runtime || !s.calls.touches(p) || idle[p.script] {
			continue
		}
		script.WalkProgram(p.syntax, func(n script.Node) bool {
			call, ok := n.(*script.Call)
			if !ok || missing[p.script] {
				return true
			}
			if api := API(lastName(call.Callee)); api == SetEnable || api == Join {
				at := nameSpan(p, call.Callee)
				known := s.a.sites[siteKey{at.File, at.Start, api}]
				missing[p.script] = known == nil || !known.reached
			}
			return true
		})
	}
	found := false
	for _, sl := range s.asleep {
		from := sl.entry.script()
		reaches := from == nil
		for _, to := range s.a.closureOf(from) {
			reaches = reaches || missing[to]
		}
		if key := sl.entry.key(); reaches && !s.awake[key] {
			s.awake[key], found = true, true
		}
	}
	return found
}

// followGrants follows what asks for authorizations and matters to no call, for what the authorizations themselves are asked.
func (s *slice) followGrants(m *machine) {
	asleep := s.asleep
	s.asleep = nil
	for _, sl := range asleep {
		if s.mayAsk(sl.entry) {
			sl.entry.alone = true
			s.a.follow(m, sl.entry)
		}
	}
}
