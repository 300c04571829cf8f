package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// relevance is the set of names through which code can reach the calls of the feature. A function that
// contains such a name makes its own names part of the set. It is computed without scopes: too large a set costs
// time, and never a verdict.
type relevance struct {
	names   map[string]bool
	version int
	memo    map[script.Node]memoized
	files   map[*program]memoized
	seeds   map[script.Node]bool // what mentions has found
}

type memoized struct {
	version int
	yes     bool
}

var seedNames = []string{
	"authorize", "setEnable1v1Chat", "join1v1Chat", "getSetting", "openSetting", "authSetting",
	"startRecord", "joinVoIPChat", "createVKSession", "getRecorderManager",
	"this[]", // a method of a page by a name that is not written there; see contains
}

// tells reports whether a relevant name is enough by itself: that of a method by a key is one of the file's.
func tells(name string) bool { return !strings.HasSuffix(name, "[]") }

func newRelevance() *relevance {
	r := &relevance{names: map[string]bool{}, memo: map[script.Node]memoized{}, files: map[*program]memoized{}, seeds: map[script.Node]bool{}}
	for _, n := range seedNames {
		r.names[n] = true
	}
	return r
}

// grow adds the names of a set of programs, of which the last is new, until nothing changes.
func (r *relevance) grow(programs []*program) {
	look := programs[max(0, len(programs)-1):]
	for changed := true; changed; look = programs { // where the new one adds no name, nothing changes for the others
		changed = false
		add := func(name string) {
			if name != "" && !r.names[name] && !commonNames[name] {
				r.names[name] = true
				changed = true
			}
		}
		for _, p := range look {
			script.WalkProgram(p.syntax, func(n script.Node) bool {
				switch n := n.(type) {
				case *script.FuncDecl:
					if n.Func.Name != nil && r.contains(p, n.Func) {
						add(n.Func.Name.Name)
					}
				case *script.ClassDecl:
					if n.Class.Name != nil && r.contains(p, n.Class) {
						add(n.Class.Name.Name)
					}
				case *script.Declarator:
					if id, ok := n.Target.(*script.Ident); ok {
						if _, this := n.Value.(*script.This); this {
							add(id.Name + "[]")
						}
					}
					if n.Value != nil && r.carries(p, n.Value) {
						for _, name := range names(n.Target) {
							add(name)
						}
					}
					if pattern, ok := n.Target.(*script.ObjectLit); ok {
						r.renames(pattern, add)
					}
				case *script.Assign:
					if r.carries(p, n.Value) {
						switch t := n.Target.(type) {
						case *script.Ident:
							add(t.Name)
						case *script.Member:
							add(t.Name)
						}
					}
				case *script.Property:
					if n.Value != nil && n.Name != "" && r.carries(p, n.Value) {
						add(n.Name)
					}
				case *script.ClassMember:
					if n.Value != nil && n.Name != "" && n.Name != "constructor" && r.contains(p, n.Value) {
						add(n.Name)
					}
				case *script.Import:
					for _, name := range n.Names {
						if r.names[name.Imported] {
							add(name.Local)
						}
					}
				case *script.Export:
					for _, name := range n.Names {
						if r.names[name.Local] {
							add(name.Exported)
						}
					}
				}
				return true
			})
		}
		if changed {
			r.version++
		}
	}
}

// commonNames are names of the language and the frameworks that would make everything relevant.
var commonNames = map[string]bool{
	"exports": true, "module": true, "default": true, "data": true, "methods": true, "success": true, "fail": true, "complete": true,
	"then": true, "catch": true, "finally": true, "value": true, "prototype": true, "constructor": true, "this": true, "_this": true, "that": true, "self": true,
	"wx": true, "uni": true, "lifetimes": true, "pageLifetimes": true, "observers": true, "get": true, "set": true, "props": true, "call": true, "apply": true, "bind": true,
}

func (r *relevance) renames(pattern *script.ObjectLit, add func(string)) {
	for _, prop := range pattern.Props {
		if r.names[prop.Name] {
			for _, name := range names(prop.Value) {
				add(name)
			}
		}
	}
}

// carries reports whether a value is, or holds, code that can reach the feature.
func (r *relevance) carries(p *program, x script.Expr) bool {
	switch x := x.(type) {
	case *script.Func, *script.Class, *script.ObjectLit, *script.ArrayLit:
		return r.contains(p, x)
	case *script.Ident:
		return r.names[x.Name]
	case *script.Member:
		return r.names[x.Name]
	case *script.Chain:
		return r.carries(p, x.X)
	case *script.Index:
		if s, ok := x.Key.(*script.String); ok {
			return r.names[s.Value]
		}
	case *script.Call:
		for _, a := range x.Args {
			if r.carries(p, a) {
				return true
			}
		}
		if f, ok := x.Callee.(*script.Func); ok {
			return r.contains(p, f)
		}
		if m, ok := x.Callee.(*script.Member); ok {
			return m.Name == "bind" && r.carries(p, m.Object)
		}
	case *script.New:
		return r.carries(p, x.Callee)
	case *script.Cond:
		return r.carries(p, x.Then) || r.carries(p, x.Else)
	case *script.Logical:
		return r.carries(p, x.L) || r.carries(p, x.R)
	case *script.Assign:
		return r.carries(p, x.Value)
	}
	return false
}

// contains reports whether a piece of code contains a relevant name.
func (r *relevance) contains(p *program, n script.Node) bool {
	if known, ok := r.memo[n]; ok && (known.yes || known.version == r.version) {
		return known.yes
	}
	found, keyed := false, false
	for name := range p.names(n) {
		if r.names[name] {
			if tells(name) {
				found = true
				break
			}
			keyed = true
		}
	}
	// A method by its name is one of the file's: it matters where one of them does.
	found = found || keyed && r.touches(p)
	r.memo[n] = memoized{r.version, found}
	return found
}

// mentions reports whether a piece of code names the feature itself.
func (r *relevance) mentions(p *program, n script.Node) bool {
	known, ok := r.seeds[n]
	if !ok {
		for name := range p.names(n) {
			known = known || isOneOf(seedNames, name) && !strings.HasSuffix(name, "[]")
		}
		r.seeds[n] = known
	}
	return known
}

// touches reports whether a file contains a relevant name.
func (r *relevance) touches(p *program) bool {
	if known, ok := r.files[p]; ok && (known.yes || known.version == r.version) {
		return known.yes
	}
	found := false
	for _, s := range p.syntax.Body {
		for name := range p.names(s) {
			found = found || r.names[name] && tells(name)
		}
	}
	r.files[p] = memoized{r.version, found}
	return found
}

// isAside reports whether neither a page or component nor what it imports contains anything by which its code could reach
// the feature.
func (a *analysis) isAside(u *miniprogram.Unit) bool {
	if u == nil || u.Script == nil || u.Kind == miniprogram.AppUnit {
		return false
	}
	version := a.relevance.version + a.importing
	if known, ok := a.beside[u]; ok && (!known.yes || known.version == version) {
		return known.yes
	}
	seen := map[*miniprogram.Script]bool{u.Script: true}
	queue := []*miniprogram.Script{u.Script}
	touches := false
	for len(queue) > 0 && !touches {
		s := queue[0]
		queue = queue[1:]
		p := a.programs[s]
		touches = p == nil || a.relevance.touches(p)
		for _, to := range a.imports[s] {
			if !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
	}
	a.beside[u] = memoized{version, !touches}
	return !touches
}

// relevantNode reports whether a function's code can reach the feature by a name in it.
func (a *analysis) relevantNode(f *script.Func) bool {
	p := a.owner[f]
	return p == nil || a.relevance.contains(p, f)
}

// matters reports whether it makes a difference to the feature which of some pieces of code runs: they can reach it, leave
// the code around them, wait for a promise, or call a function that was handed in.
func (a *analysis) matters(m *machine, p *program, e *env, parts []script.Node) bool {
	for _, n := range parts {
		if n == nil {
			continue
		}
		if a.forced[n] {
			return true
		}
		i := p.info(n)
		if i.leaves || i.waits || a.relevance.contains(p, n) {
			return true
		}
		for _, name := range i.callees {
			if c := e.lookup(name); c != nil && !c.waits() && m.relevantValue(c.val, 0) {
				return true
			}
		}
	}
	if directs(p, e, parts) {
		return true
	}
	m.parts = parts
	return false
}

// relevantCall reports whether a call can reach the feature, by the code that is called or by what it is given.
func (m *machine) relevantCall(c *closure, args []value) bool {
	if m.a.forced[c.node] || m.a.relevance.contains(c.prog, c.node) {
		return true
	}
	for _, v := range args {
		if m.relevantValue(v, 0) {
			return true
		}
	}
	for _, name := range c.prog.info(c.node).callees {
		if cell := c.env.lookup(name); cell != nil && !cell.waits() && m.relevantValue(cell.val, 1) {
			return true
		}
	}
	return false
}

// relevantValue reports whether a value is, or holds, a function that can reach the feature or settles a promise.
func (m *machine) relevantValue(v value, depth int) bool {
	if v.kind == kSymbol && v.sym.root != nil && depth < m.most(boundRelated) {
		if m.serial != 0 && v.sym.root != m.a.platform.root && m.shows(v) {
			return true
		}
		for _, alt := range v.sym.vals {
			if m.relevantValue(alt, depth+1) {
				return true
			}
		}
		return false
	}
	if v.kind != kObject || depth > m.most(boundRelated) {
		return false
	}
	o := v.obj
	switch {
	case o.host != nil:
		return o.host.settles != nil || o.host.api != ""
	case o.fn != nil && o.fn.target != nil:
		return m.relevantValue(ref(o.fn.target), depth+1)
	case o.fn != nil:
		if m.a.relevance.contains(o.fn.prog, o.fn.node) {
			return true
		}
		for _, name := range o.fn.prog.info(o.fn.node).callees {
			if c := o.fn.env.lookup(name); c != nil && !c.waits() && m.relevantValue(c.val, depth+1) {
				return true
			}
		}
		return false
	case o.class == cArray:
		for _, e := range o.elems {
			if m.relevantValue(e, depth+1) {
				return true
			}
		}
	case o.class == cPlain && o.unit == nil && len(o.keys) < m.most(boundKept):
		for _, k := range o.keys {
			if c := o.props[k]; c != nil && m.relevantValue(c.val, depth+1) {
				return true
			}
		}
	}
	return false
}

// importersOf are the units whose own code contains something by which it could reach the feature, and that import a module,
// however deep.
func (a *analysis) importersOf(s *miniprogram.Script) []*miniprogram.Unit {
	var out []*miniprogram.Unit
	for _, u := range a.units() {
		if p := a.programs[u.Script]; u.Script == nil || p == nil || !a.relevance.touches(p) {
			continue
		}
		seen := map[*miniprogram.Script]bool{u.Script: true}
		for queue := []*miniprogram.Script{u.Script}; len(queue) > 0 && !seen[s]; queue = queue[1:] {
			for _, to := range a.imports[queue[0]] {
				if !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
		if seen[s] {
			out = append(out, u)
		}
	}
	return out
}
