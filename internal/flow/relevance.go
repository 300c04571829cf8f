package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
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
	// deep tells that what no name leads to is never run: fewer names are taken for common then, and those of variables and functions
	// are in local, by the file that declares them.
	deep  bool
	local map[*source.File]map[string]bool
	// near are the files that come by the methods of the page or component of a file; nil where it is no page's or component's.
	// Others come by them in few ways only, by the names that are in crossed.
	near    func(p *program) []*source.File
	crossed map[string]bool
}

// addMember adds the name of a property of an object of a file.
func (r *relevance) addMember(p *program, name string) (added bool) {
	if name == "" || r.isCommon(name) {
		return false
	}
	if r.near != nil {
		if near := r.near(p); near != nil {
			if !r.crossed[name] {
				r.crossed[name], added = true, true
			}
			for _, file := range near {
				added = r.addIn(file, name) || added
			}
			return added
		}
	}
	if r.names[name] {
		return false
	}
	r.names[name] = true
	return true
}

// has reports whether a name that stands in a program is relevant.
func (r *relevance) has(p *program, name string) bool {
	return r.names[name] || r.deep && r.local[p.syntax.File][name]
}

// addLocal adds the name of a variable or function of a file.
func (r *relevance) addLocal(p *program, name string) (added bool) {
	if name == "" || r.has(p, name) || r.isCommon(name) {
		return false
	}
	return r.addIn(p.syntax.File, name)
}

func (r *relevance) addIn(file *source.File, name string) (added bool) {
	known := r.local[file]
	if known == nil {
		known = map[string]bool{}
		r.local[file] = known
	}
	added = !known[name]
	known[name] = true
	return added
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

func newRelevance(seeds ...string) *relevance {
	r := &relevance{names: map[string]bool{}, memo: map[script.Node]memoized{}, files: map[*program]memoized{}, seeds: map[script.Node]bool{}, local: map[*source.File]map[string]bool{}, crossed: map[string]bool{}}
	for _, n := range seeds {
		r.names[n] = true
	}
	return r
}

// grow adds the names of a set of programs, of which the last is new, until nothing changes.
func (r *relevance) grow(programs []*program) {
	r.growFrom(programs[max(0, len(programs)-1):], programs)
}

// growAll is grow for a set of programs all of which are new.
func (r *relevance) growAll(programs []*program) { r.growFrom(programs, programs) }

func (r *relevance) growFrom(look, programs []*program) {
	for changed := true; changed; look = programs { // where the new one adds no name, nothing changes for the others
		changed = false
		add := func(name string) {
			if name != "" && !r.names[name] && !r.isCommon(name) {
				r.names[name] = true
				changed = true
			}
		}
		for _, p := range look {
			here := add
			if r.deep {
				here = func(name string) { changed = r.addLocal(p, name) || changed }
			}
			member := func(name string) { changed = r.addMember(p, name) || changed }
			for _, s := range p.syntax.Body {
				r.passedOn(p, s, here, add)
			}
			if !r.touches(p) {
				continue // nothing in it contains a relevant name
			}
			script.WalkProgram(p.syntax, func(n script.Node) bool {
				switch n := n.(type) {
				case *script.FuncDecl:
					if n.Func.Name != nil && r.contains(p, n.Func) {
						here(n.Func.Name.Name)
					}
				case *script.ClassDecl:
					if n.Class.Name != nil && r.contains(p, n.Class) {
						here(n.Class.Name.Name)
					}
				case *script.Declarator:
					if id, ok := n.Target.(*script.Ident); ok {
						if _, this := n.Value.(*script.This); this {
							here(id.Name + "[]")
						}
					}
					if n.Value != nil && r.carries(p, n.Value) {
						for _, name := range names(n.Target) {
							here(name)
						}
					}
					if pattern, ok := n.Target.(*script.ObjectLit); ok {
						r.renames(pattern, here)
					}
				case *script.Assign:
					if r.carries(p, n.Value) {
						switch t := n.Target.(type) {
						case *script.Ident:
							here(t.Name)
						case *script.Member:
							if member(t.Name); r.deep && r.isCommon(t.Name) {
								r.holder(t.Object, here, member)
							}
						case *script.Index:
							if r.deep {
								r.holder(t.Object, here, member)
							}
						}
					}
				case *script.Property:
					if n.Value != nil && n.Name != "" && r.carries(p, n.Value) {
						member(n.Name)
					}
				case *script.ClassMember:
					if n.Value != nil && n.Name != "" && n.Name != "constructor" && r.contains(p, n.Value) {
						member(n.Name)
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

// passedOn adds the names by which a statement imports and exports what is relevant.
func (r *relevance) passedOn(p *program, s script.Stmt, here, add func(string)) {
	switch n := s.(type) {
	case *script.Import:
		for _, name := range n.Names {
			if r.names[name.Imported] {
				here(name.Local)
			}
		}
	case *script.Export:
		for _, name := range n.Names {
			if n.From != "" && r.names[name.Local] || r.has(p, name.Local) {
				add(name.Exported)
			}
		}
		if n.Decl != nil && r.deep {
			for _, name := range declared(n.Decl) {
				if r.has(p, name) {
					add(name)
				}
			}
		}
	}
}

// everywhere are those of the common names that mean the same thing in every program.
var everywhere = map[string]bool{
	"exports": true, "module": true, "default": true, "data": true, "methods": true, "success": true, "fail": true, "complete": true, "then": true, "catch": true,
	"finally": true, "value": true, "prototype": true, "constructor": true, "this": true, "_this": true, "that": true, "self": true, "wx": true, "uni": true,
	"lifetimes": true, "pageLifetimes": true, "observers": true, "props": true,
}

func (r *relevance) isCommon(name string) bool {
	if r.deep {
		return everywhere[name]
	}
	return commonNames[name]
}

// holder adds the name of what an expression names as the holder of something.
func (r *relevance) holder(x script.Expr, here, member func(string)) {
	if id, ok := x.(*script.Ident); ok {
		here(id.Name)
		return
	}
	member(lastName(x))
}

// lastName is the last name of what an expression names: list of this.data.list.
func lastName(x script.Expr) string {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name
	case *script.Member:
		return x.Name
	case *script.Chain:
		return lastName(x.X)
	case *script.Index:
		if s, ok := x.Key.(*script.String); ok {
			return s.Value
		}
		return lastName(x.Object)
	case *script.Call:
		return lastName(x.Callee)
	}
	return ""
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
		return r.has(p, x.Name)
	case *script.Member:
		return r.has(p, x.Name)
	case *script.Chain:
		return r.carries(p, x.X)
	case *script.Index:
		if s, ok := x.Key.(*script.String); ok {
			return r.has(p, s.Value)
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
		if r.has(p, name) {
			if tells(name) {
				found = true
				break
			}
			keyed = true
		}
	}
	found = found || r.deep && r.crosses(p, n)
	// A method by its name is one of the file's: it matters where one of them does.
	found = found || keyed && r.touches(p)
	r.memo[n] = memoized{r.version, found}
	return found
}

// crosses reports whether a piece of code looks for another page or component, and names a method by which that leads on.
func (r *relevance) crosses(p *program, n script.Node) bool {
	looks, names := false, false
	for name := range p.names(n) {
		looks = looks || crossing[name] || name == "value"
		names = names || r.crossed[name]
	}
	return looks && names
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
			found = found || r.has(p, name) && tells(name)
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
	return p == nil || a.relevant(p, f)
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
		if i.leaves || i.waits || a.relevant(p, n) {
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
	if m.a.forced[c.node] || m.a.relevant(c.prog, c.node) {
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
		if m.a.relevant(o.fn.prog, o.fn.node) {
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
