package flow

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// module is a loaded file: its scope and what it exports.
type module struct {
	prog    *program
	env     *env
	this    value
	exports map[string]*cell // ES exports
	stars   []*module
	cjs     *cell // module.exports
	object  *object
	loaded  bool
	es      bool
	calls   bool // a call of the feature was made while it was loaded
	unit    *miniprogram.Unit
	// stop is where its top level ends before its end, or that of a module that it imports; stopped is the statement, of its own.
	stop    stop
	stopped script.Stmt
}

// names lists a module's exports.
func (k *module) names() []string {
	if !k.es {
		return nil
	}
	seen := map[string]bool{}
	visited := map[*module]bool{}
	var visit func(k *module)
	visit = func(k *module) {
		if visited[k] {
			return
		}
		visited[k] = true
		for n := range k.exports {
			seen[n] = true
		}
		for _, s := range k.stars {
			visit(s)
		}
	}
	visit(k)
	out := make([]string, 0, len(seen))
	for n := range seen {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// export finds an export's cell.
func (k *module) export(m *machine, name string, depth int) *cell {
	return k.exportOnce(m, name, depth, map[*module]bool{})
}

// exportOnce looks into every module of a web of re-exports once.
func (k *module) exportOnce(m *machine, name string, depth int, seen map[*module]bool) *cell {
	if c := k.exports[name]; c != nil {
		return c
	}
	if seen[k] || name == "default" && len(k.stars) > 0 {
		return nil
	}
	if depth > m.most(boundReexports) {
		return &cell{val: m.unknown(m.gaveUpHere(boundReexports, name)), frozen: true}
	}
	seen[k] = true
	for _, s := range k.stars {
		if c := s.exportOnce(m, name, depth+1, seen); c != nil {
			return c
		}
	}
	if !k.es {
		v := m.read(k.cjs)
		if v.kind == kObject {
			if c := m.find(v.obj, name); c != nil {
				return c
			}
		}
		if name == "default" {
			return k.cjs
		}
		return &cell{val: m.get(v, name), frozen: true}
	}
	return nil
}

// get reads a property of a module's namespace object.
func (k *module) get(m *machine, name string) value {
	if c := k.export(m, name, 0); c != nil {
		return notSure(m.readProp(ref(k.object), c)) // compiled modules export through accessors
	}
	if name == "__esModule" {
		return boolean(k.es)
	}
	return missing
}

// load evaluates a file once and returns its module.
func (m *machine) load(s *miniprogram.Script) *module {
	if k, ok := m.a.modules[s]; ok {
		return k
	}
	p := m.a.program(s)
	if p == nil {
		m.a.modules[s] = nil
		return nil
	}
	k := m.newModule(p)
	m.a.modules[s] = k
	if !p.runtime {
		m.outside(func() { m.evaluate(k) })
	}
	return k
}

func (m *machine) newModule(p *program) *module {
	k := &module{prog: p, exports: map[string]*cell{}, es: p.syntax.Module}
	p.module = k
	k.env = &env{call: &activation{}}
	exports := m.baseObject(cPlain)
	moduleObject := m.baseObject(cPlain)
	m.define(moduleObject, "exports", ref(exports))
	k.cjs = moduleObject.props["exports"]
	k.object = m.baseObject(cModule)
	k.object.put().module = k
	if !k.es {
		k.env.call.this = ref(exports)
		k.env.vars.put("module", &cell{val: ref(moduleObject), frozen: true})
		k.env.vars.put("exports", &cell{val: ref(exports), frozen: true})
	}
	k.this = k.env.call.this
	return k
}

func (m *machine) baseObject(c class) *object { return &object{class: c, seq: m.event()} }

func (p *program) topThis() value {
	if p.module != nil {
		return p.module.this
	}
	return undefined
}

// outside runs f as part of no way: what it makes outlives the way that happens to be followed.
func (m *machine) outside(f func()) {
	saved := *m
	loading := machine{a: m.a, seq: m.seq, fibers: m.fibers}
	*m = loading
	m.masks, m.truths, m.blanks, m.reads = map[*root]uint64{}, map[int]bool{}, map[*history]bool{}, map[*cell]value{}
	m.derived, m.auths, m.handed, m.handedAt = map[string]*symbol{}, map[*symbol]value{}, map[handKey]int{}, map[handKey]int{}
	defer func() {
		seq, fibers := m.seq, m.fibers
		*m = saved
		m.seq, m.fibers = seq, fibers
		if saved.serial != 0 {
			// It is as old as what was there before the way began.
			m.began = seq + 1
		}
	}()
	if cut := m.guard(f); cut != nil {
		var s *miniprogram.Script
		if n := len(m.a.loading); n > 0 {
			s = m.a.loading[n-1].prog.script
		}
		m.a.loseLoaded(s, cut.cause)
	}
}

// evaluate runs a module's top level.
func (m *machine) evaluate(k *module) {
	if k.loaded {
		return
	}
	k.loaded = true
	p := k.prog
	m.a.loading = append(m.a.loading, k)
	defer func() { m.a.loading = m.a.loading[:len(m.a.loading)-1] }()
	m.hoist(p, k.env, nil, p.syntax.Body)
	for name, c := range k.env.vars.all() {
		if c.name == "" {
			c.name = name
		}
		c.top = true
	}
	for _, name := range p.lastingFunctions() {
		if c := k.env.vars.get(name); c != nil && c.val.isFunction() {
			c.frozen = true
		}
	}
	m.link(k)
	m.statementsApart(k)
	for _, c := range k.env.vars.all() {
		c.unset = false
	}
	m.drainMicro()
	k.calls = k.calls || k.waits() && !m.a.aside
}

// statementsApart runs the statements of a module's top level; one that throws does not keep the rest from being known.
func (m *machine) statementsApart(k *module) {
	for _, s := range k.withoutWaiting() {
		if !k.stop.at.IsZero() {
			return // by what it imports
		}
		m.hosted, m.sure = 0, true
		c := m.loadStatement(k, s)
		switch {
		case c.kind == cReturn:
			return
		case c.kind == cThrow && m.sure:
			k.stops(s, k.throws(s, c.val))
		}
	}
}

// stops notes that a module's top level ends in a statement. That of a package is left to others.
func (k *module) stops(s script.Stmt, at stop) {
	if p := k.prog; p.prelude || p.bundle || isPackageFile("/"+p.script.File.Path) {
		return
	}
	k.stop, k.stopped = at, s
}

// throws is where a statement of a module's top level ends with an exception.
func (k *module) throws(s script.Stmt, thrown value) stop {
	at := stop{at: k.prog.span(s), kind: StopThrows}
	if thrown.kind == kObject && thrown.obj.at.File != nil {
		if by := thrown.obj.at; by.File == at.at.File && at.at.Start <= by.Start && by.End <= at.at.End {
			at.at = by
			script.Walk(s, func(n script.Node) bool {
				_, inner := n.(*script.Func)
				if throw, ok := n.(*script.Throw); ok && throw.Start <= by.Start && by.End <= throw.End {
					at.at = k.prog.span(throw)
				}
				return !inner
			})
		} else {
			at.by = by
		}
	}
	return at
}

// needs stops a module where one stops that it imports.
func (k *module) needs(from *module) {
	if from != nil && k.stop.at.IsZero() {
		k.stops(nil, from.stop)
	}
}

// link binds a module's imports and exports.
func (m *machine) link(k *module) {
	for _, s := range k.prog.syntax.Body {
		switch s := s.(type) {
		case *script.Import:
			m.linkImport(k, s)
		case *script.Export:
			m.linkExport(k, s)
		}
	}
}

func (m *machine) linkImport(k *module, s *script.Import) {
	at := k.prog.loc(s.FromLoc)
	if len(s.Names) == 0 {
		r := m.a.resolve(k.prog.script, s.From)
		if r.Script != nil && m.a.takesPart(r.Script) {
			k.needs(m.load(r.Script))
		}
		return
	}
	var from *imported
	get := func() *imported {
		if from == nil {
			from = m.a.importOf(m, k.prog.script, s.From, at)
		}
		return from
	}
	for _, name := range s.Names {
		c := &cell{frozen: true, name: name.Local}
		c.made = lazily(func() value { return get().member(m, name.Imported) })
		k.env.vars.put(name.Local, c)
		if r := m.a.resolve(k.prog.script, s.From); r.Script != nil && m.a.takesPart(r.Script) {
			// Code that takes part is loaded in the order in which it is imported.
			target := m.load(r.Script)
			k.needs(target)
			if target != nil && name.Imported != "*" {
				if live := target.export(m, name.Imported, 0); live != nil && target.es {
					k.env.vars.put(name.Local, live)
				}
			}
		}
	}
}

func (m *machine) linkExport(k *module, s *script.Export) {
	switch {
	case s.Default != nil:
		if k.exports["default"] == nil {
			k.exports["default"] = &cell{seq: m.event(), name: "default"}
		}
		// A default export that is a declaration is there before the module runs.
		if f, ok := s.Default.(*script.Func); ok {
			v := m.function(k.prog, k.env, f, "default")
			k.exports["default"].val = v
			if f.Name != nil {
				m.declare(k.env, f.Name.Name, v)
			}
		}
	case s.Decl != nil:
		for _, name := range declared(s.Decl) {
			if c := k.env.vars.get(name); c != nil {
				k.exports[name] = c
			} else {
				c = m.declare(k.env, name, undefined)
				c.name = name
				k.exports[name] = c
			}
		}
	case s.From != "":
		m.linkReexport(k, s)
	default:
		for _, n := range s.Names {
			c := k.env.vars.get(n.Local)
			if c == nil {
				c = &cell{made: lazily(func() value {
					if c := k.env.vars.get(n.Local); c != nil {
						return m.read(c)
					}
					return undefined
				}), frozen: true}
			}
			k.exports[n.Exported] = c
		}
	}
}

func (m *machine) linkReexport(k *module, s *script.Export) {
	at := k.prog.loc(s.FromLoc)
	if s.Star {
		if len(s.Names) > 0 {
			from := s.From
			k.exports[s.Names[0].Exported] = &cell{frozen: true, made: lazily(func() value {
				return m.a.importOf(m, k.prog.script, from, at).member(m, "*")
			})}
			return
		}
		if r := m.a.resolve(k.prog.script, s.From); r.Script != nil {
			if target := m.load(r.Script); target != nil {
				k.needs(target)
				k.stars = append(k.stars, target)
			}
		}
		return
	}
	for _, n := range s.Names {
		k.exports[n.Exported] = &cell{frozen: true, made: lazily(func() value {
			return m.a.importOf(m, k.prog.script, s.From, at).member(m, n.Local)
		})}
	}
}

// export runs an export declaration.
func (m *machine) export(p *program, e *env, s *script.Export) {
	switch {
	case s.Decl != nil:
		m.exec(p, e, s.Decl)
	case s.Default != nil:
		k := p.module
		if f, ok := s.Default.(*script.Func); ok && !f.Arrow {
			return
		}
		v := m.evalNamed(p, e, s.Default, &script.Ident{Name: "default"})
		if c, ok := s.Default.(*script.Class); ok && c.Name != nil {
			m.declare(e, c.Name.Name, v)
		}
		if k != nil && k.env == e {
			k.exports["default"].val = v
		}
	}
}

func declared(s script.Stmt) []string {
	switch s := s.(type) {
	case *script.VarDecl:
		var out []string
		for _, d := range s.Decls {
			out = append(out, names(d.Target)...)
		}
		return out
	case *script.FuncDecl:
		if s.Func.Name != nil {
			return []string{s.Func.Name.Name}
		}
	case *script.ClassDecl:
		if s.Class.Name != nil {
			return []string{s.Class.Name.Name}
		}
	}
	return nil
}

// takesPart reports whether a script is among those that the project model found to take part in the feature.
func (a *analysis) takesPart(s *miniprogram.Script) bool {
	_, ok := a.parts[s]
	return ok
}

var _ = slices.Clone[[]int]
