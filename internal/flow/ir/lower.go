package ir

import (
	"github.com/voipcheck/voipcheck/internal/script"
)

// lowering is the state of lowering one module.
type lowering struct {
	names
	m *Module
	b *binder
	// spare are buffers that no function is being lowered into.
	spare [][]Instr
}

// Lower lowers a program. It never fails: what is not supported becomes GiveUp. A prelude is code of the engine's own, in which calls
// of names that begin with "$$" are intrinsics.
func Lower(p *script.Program, prelude bool) *Module {
	l := &lowering{
		names: names{map[string]*variable{}},
		m:     &Module{Program: p, Prelude: prelude, ESM: p.Module},
		b:     newBinder(p.File),
	}
	top := l.bindModule(p)
	c := l.newCode(top, nil, nil)
	l.m.Top = c.f
	c.module(p)
	return l.m
}

// bindModule binds the whole program and returns the function that its top level is.
func (l *lowering) bindModule(p *script.Program) *function {
	b := l.b
	b.strict = p.Module || useStrict(p.Body)
	top := &function{strict: b.strict}
	top.params = &scope{fn: top}
	top.body = top.params
	b.functions[part{nil, partSelf}] = top
	b.fn = top
	for _, name := range []string{SlotRequire: "require", SlotModule: "module", SlotExports: "exports"} {
		b.declare(top.body, name, kindParam).captured = true
	}
	l.imports(p)
	b.hoist(top.body, p.Body)
	for _, s := range p.Body {
		if e, ok := s.(*script.Export); ok && e.Default != nil && defaultName(e) == nil {
			b.declare(top.body, "*default*", kindLet)
		}
	}
	for _, v := range top.body.vars {
		v.captured = v.kind != kindImport
	}
	b.walkAll(p.Body)
	b.leave(top.body)
	return top
}

// defaultName returns the name of what `export default` declares, nil if there is none.
func defaultName(e *script.Export) *script.Ident {
	if !declares(e) {
		return nil
	}
	switch x := e.Default.(type) {
	case *script.Func:
		return x.Name
	case *script.Class:
		return x.Name
	}
	return nil
}

// imports notes what the module imports and requests.
func (l *lowering) imports(p *script.Program) {
	known := map[string]bool{}
	request := func(from string, at script.Node) {
		if from != "" && !known[from] {
			known[from] = true
			l.m.Requests = append(l.m.Requests, Request{from, at})
		}
	}
	for _, s := range p.Body {
		switch s := s.(type) {
		case *script.Import:
			request(s.From, s)
			for i := range s.Names {
				n := &s.Names[i]
				l.b.declare(l.b.fn.body, n.Local, kindImport).index = len(l.m.Imports)
				l.m.Imports = append(l.m.Imports, Import{From: s.From, Imported: n.Imported, Local: n.Local, At: n})
			}
		case *script.Export:
			request(s.From, s)
		}
	}
}

// module lowers the top level.
func (c *code) module(p *script.Program) {
	s := c.info.body
	c.enterScope(s)
	c.m.Names = s.slots
	for _, v := range s.vars {
		if v.kind == kindVar {
			c.initialise(v, c.undefined())
		}
	}
	c.functions(s)
	c.exports(p)
	c.stmts(p.Body)
	c.end()
	c.f.Async = c.info.awaits && p.Module
	c.finish()
	c.leave(s)
}

// exports notes what the module exports. A default that is a function is initialised at once, as declarations are.
func (c *code) exports(p *script.Program) {
	for _, s := range p.Body {
		e, ok := s.(*script.Export)
		if !ok {
			continue
		}
		switch {
		case e.Star && len(e.Names) == 0:
			c.m.Exports = append(c.m.Exports, Export{From: e.From})
		case e.Star:
			c.m.Exports = append(c.m.Exports, Export{Name: e.Names[0].Exported, From: e.From, Imported: "*"})
		case e.From != "":
			for _, n := range e.Names {
				c.m.Exports = append(c.m.Exports, Export{Name: n.Exported, From: e.From, Imported: n.Local})
			}
		case e.Default != nil:
			c.exportDefault(e)
		case e.Decl != nil:
			declared(e.Decl, func(id *script.Ident) { c.export(id.Name, id.Name) })
		}
		if e.From == "" {
			for _, n := range e.Names {
				c.export(n.Exported, n.Local)
			}
		}
	}
}

// export notes that a variable is exported. One that is not declared is none.
func (c *code) export(name, local string) {
	v := c.table[local]
	switch {
	case v == nil:
	case v.kind == kindImport:
		i := c.m.Imports[v.index]
		c.m.Exports = append(c.m.Exports, Export{Name: name, From: i.From, Imported: i.Imported, Import: v.index + 1})
	default:
		c.m.Exports = append(c.m.Exports, Export{Name: name, Slot: v.slot})
	}
}

func (c *code) exportDefault(e *script.Export) {
	name := "*default*"
	if id := defaultName(e); id != nil {
		name = id.Name
	}
	c.export("default", name)
	if f, ok := e.Default.(*script.Func); ok && declares(e) && f.Name == nil {
		c.node = e
		r := c.temp()
		c.closure(f, r, closureOf{name: "default"})
		c.free(r)
		c.initialise(c.table[name], r)
	}
}

// declared calls each for the names that a declaration declares.
func declared(s script.Stmt, each func(*script.Ident)) {
	switch s := s.(type) {
	case *script.VarDecl:
		for _, d := range s.Decls {
			bound(d.Target, each)
		}
	case *script.FuncDecl:
		if s.Func.Name != nil {
			each(s.Func.Name)
		}
	case *script.ClassDecl:
		if s.Class.Name != nil {
			each(s.Class.Name)
		}
	}
}
