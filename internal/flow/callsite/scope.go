package callsite

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// file is a file with its scopes.
type file struct {
	script *miniprogram.Script
	syntax *script.Program

	indexed bool
	parent  map[script.Node]script.Node
	refs    map[*script.Ident]*binding
	// targets are the names and members that patterns write, defaults the assignments that are defaults within patterns.
	targets  map[script.Expr]bool
	defaults map[*script.Assign]bool
	exports  map[string]exported
	stars    []string
	// whole tells that module.exports is assigned as a whole.
	whole bool
	top   *scope
}

// exported is what a module exports under one name: a variable or expression of its own, or a name of another module.
type exported struct {
	binding *binding
	expr    script.Expr
	from    string
	name    string
}

// binding is what a name stands for in a scope.
type binding struct {
	name   string
	in     *file
	writes []write
	// uses are where it is read.
	uses []*script.Ident
	// fixed tells of what is declared with const.
	fixed bool
	// fn and class are what a declaration declares.
	fn    *script.Func
	class *script.Class
	// from and imported tell of an import which module and which of its exports it is.
	from, imported string
	// pattern is the array pattern that a variable stands in: [value, setValue].
	pattern *script.ArrayLit
	shared  bool // exported
	// events are what the code does to the object that it holds, once that is traced.
	events []event
	traced bool
	looked int // at how many of them
}

// write is one of the places that give a variable its value.
type write struct {
	// from is the value, or what it is taken out of by path; def stands in where it is undefined.
	from script.Expr
	path []string
	def  script.Expr
	// param is the function that gets it as its parameter of that index.
	param *script.Func
	index int
	// opaque tells of any other value: that of a loop, of a rest, of a compound assignment.
	opaque bool
	at     script.Node
}

type scope struct {
	up    *scope
	names map[string]*binding
}

func (s *scope) lookup(name string) *binding {
	for ; s != nil; s = s.up {
		if b := s.names[name]; b != nil {
			return b
		}
	}
	return nil
}

// span is the place of a node.
func (f *file) span(n script.Node) source.Span { return f.syntax.Span(n) }

func (f *file) loc(l script.Loc) source.Span {
	return source.Span{File: f.syntax.File, Start: l.Start, End: l.End}
}

// index finds the scopes of a file, once.
func (f *file) index() {
	if f.indexed {
		return
	}
	f.indexed = true
	f.parent, f.refs = map[script.Node]script.Node{}, map[*script.Ident]*binding{}
	f.targets, f.defaults, f.exports = map[script.Expr]bool{}, map[*script.Assign]bool{}, map[string]exported{}
	f.top = &scope{names: map[string]*binding{}}
	f.hoist(f.top, f.syntax.Body)
	f.declare(f.top, f.syntax.Body)
	for _, s := range f.syntax.Body {
		f.visit(s, nil, f.top)
	}
	f.exportNames()
	f.commonJS()
}

func (f *file) add(s *scope, name string) *binding {
	b := s.names[name]
	if b == nil {
		b = &binding{name: name, in: f}
		s.names[name] = b
	}
	return b
}

// hoist declares what var declares in a function's body.
func (f *file) hoist(s *scope, body []script.Stmt) {
	for _, st := range body {
		script.Walk(st, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.VarDecl:
				if n.Kind == "var" {
					for _, d := range n.Decls {
						f.addAll(s, d.Target)
					}
				}
			case *script.ForIn:
				if n.Decl == "var" {
					f.addAll(s, n.Target)
				}
			case *script.FuncDecl, *script.ClassDecl, script.Expr:
				return false
			}
			return true
		})
	}
}

// addAll declares the names of a pattern.
func (f *file) addAll(s *scope, pattern script.Expr) {
	switch p := pattern.(type) {
	case *script.Ident:
		f.add(s, p.Name)
	case *script.Assign:
		f.addAll(s, p.Target)
	case *script.Spread:
		f.addAll(s, p.X)
	case *script.ArrayLit:
		for _, x := range p.Elems {
			f.addAll(s, x)
		}
	case *script.ObjectLit:
		for _, prop := range p.Props {
			f.addAll(s, prop.Value)
		}
	}
}

// declare declares what stands in a block itself.
func (f *file) declare(s *scope, body []script.Stmt) {
	for _, st := range body {
		if e, ok := st.(*script.Export); ok && e.Decl != nil {
			st = e.Decl
		}
		switch st := st.(type) {
		case *script.VarDecl:
			if st.Kind != "var" {
				for _, d := range st.Decls {
					f.addAll(s, d.Target)
				}
			}
			if st.Kind == "const" {
				for _, d := range st.Decls {
					if id, ok := d.Target.(*script.Ident); ok {
						s.names[id.Name].fixed = true
					}
				}
			}
		case *script.FuncDecl:
			if st.Func.Name != nil {
				f.add(s, st.Func.Name.Name).fn = st.Func
			}
		case *script.ClassDecl:
			if st.Class.Name != nil {
				f.add(s, st.Class.Name.Name).class = st.Class
			}
		case *script.Import:
			for _, n := range st.Names {
				b := f.add(s, n.Local)
				b.from, b.imported = st.From, n.Imported
			}
		}
	}
}

// visit notes of n and what it is made of which variables its names mean, and what writes them.
func (f *file) visit(n, up script.Node, s *scope) {
	f.parent[n] = up
	switch n := n.(type) {
	case *script.Ident:
		b := s.lookup(n.Name)
		f.refs[n] = b
		if b != nil && !f.targets[n] {
			b.uses = append(b.uses, n)
		}
		return
	case *script.Func:
		f.function(n, s)
		return
	case *script.Class:
		if n.Name != nil {
			s = &scope{up: s, names: map[string]*binding{}}
			f.add(s, n.Name.Name).class = n
			f.targets[n.Name] = true
		}
	case *script.Block:
		s = f.block(s, n.Body)
	case *script.Switch:
		var all []script.Stmt
		for _, c := range n.Cases {
			all = append(all, c.Body...)
		}
		s = f.block(s, all)
	case *script.For:
		if n.Init != nil {
			s = f.block(s, []script.Stmt{n.Init})
		}
	case *script.ForIn:
		s = &scope{up: s, names: map[string]*binding{}}
		if n.Decl != "" && n.Decl != "var" {
			f.addAll(s, n.Target)
		}
		f.pattern(n.Target, write{opaque: true, at: n}, s)
	case *script.Try:
		if n.Param != nil && n.Catch != nil {
			s = &scope{up: s, names: map[string]*binding{}}
			f.addAll(s, n.Param)
			f.pattern(n.Param, write{opaque: true, at: n}, s)
		}
	case *script.Declarator:
		if n.Value != nil {
			f.pattern(n.Target, write{from: n.Value, at: n}, s)
		} else if id, ok := n.Target.(*script.Ident); ok {
			f.targets[id] = true
		}
	case *script.Assign:
		f.assign(n, s)
	case *script.Update:
		f.pattern(n.X, write{opaque: true, at: n}, s)
	}
	f.children(n, s)
}

func (f *file) block(s *scope, body []script.Stmt) *scope {
	s = &scope{up: s, names: map[string]*binding{}}
	f.declare(s, body)
	return s
}

func (f *file) children(n script.Node, s *scope) {
	script.Walk(n, func(x script.Node) bool {
		if x == n {
			return true
		}
		f.visit(x, n, s)
		return false
	})
}

func (f *file) assign(n *script.Assign, s *scope) {
	switch {
	case f.defaults[n]:
	case n.Op == "=":
		f.pattern(n.Target, write{from: n.Value, at: n}, s)
	default:
		f.pattern(n.Target, write{opaque: true, at: n}, s)
	}
}

func (f *file) function(n *script.Func, s *scope) {
	if n.Name != nil {
		f.targets[n.Name] = true
		if _, declared := f.parent[n].(*script.FuncDecl); !declared {
			s = &scope{up: s, names: map[string]*binding{}}
			f.add(s, n.Name.Name).fn = n
		}
	}
	s = &scope{up: s, names: map[string]*binding{}}
	for _, p := range n.Params {
		f.addAll(s, p)
	}
	f.hoist(s, n.Body)
	f.declare(s, n.Body)
	for i, p := range n.Params {
		f.pattern(p, write{param: n, index: i, at: n}, s)
	}
	f.children(n, s)
}

// pattern notes that the names and members of a pattern are written.
func (f *file) pattern(target script.Expr, w write, s *scope) {
	switch t := target.(type) {
	case *script.Ident:
		f.targets[t] = true
		if b := s.lookup(t.Name); b != nil {
			b.writes = append(b.writes, w)
		}
	case *script.Member, *script.Index:
		f.targets[target] = true
	case *script.Assign:
		f.defaults[t] = true
		if w.def != nil {
			w.opaque = true
		}
		w.def = t.Value
		f.pattern(t.Target, w, s)
	case *script.Spread:
		w.opaque = true
		f.pattern(t.X, w, s)
	case *script.ArrayLit:
		f.arrayPattern(t, w, s)
	case *script.ObjectLit:
		w.opaque = w.opaque || w.def != nil // a default of the whole
		for _, p := range t.Props {
			each := w
			if each.path = append(append([]string(nil), w.path...), p.Name); p.Name == "" || p.Kind == script.PropSpread {
				each.opaque = true
			}
			f.pattern(p.Value, each, s)
		}
	}
}

func (f *file) arrayPattern(t *script.ArrayLit, w write, s *scope) {
	for i, x := range t.Elems {
		if x == nil {
			continue
		}
		each := w
		each.path = append(append([]string(nil), w.path...), "["+string(rune('0'+min(i, 9)))+"]")
		f.pattern(x, each, s)
		if id, ok := x.(*script.Ident); ok && len(w.path) == 0 {
			if b := s.lookup(id.Name); b != nil {
				b.pattern = t
			}
		}
	}
}

// exportNames lists what the module exports.
func (f *file) exportNames() {
	for _, s := range f.syntax.Body {
		e, ok := s.(*script.Export)
		if !ok {
			continue
		}
		switch {
		case e.Default != nil:
			f.exports["default"] = exported{expr: e.Default}
		case e.Star && len(e.Names) == 0:
			f.stars = append(f.stars, e.From)
		case e.Star:
			f.exports[e.Names[0].Exported] = exported{from: e.From, name: "*"}
		case e.Decl != nil:
			names := &scope{names: map[string]*binding{}}
			f.declare(names, []script.Stmt{e.Decl})
			f.hoist(names, []script.Stmt{e.Decl})
			for name := range names.names {
				f.export(name, name)
			}
		}
		for _, n := range e.Names {
			switch {
			case e.Star:
			case e.From != "":
				f.exports[n.Exported] = exported{from: e.From, name: n.Local}
			default:
				f.export(n.Exported, n.Local)
			}
		}
	}
}

func (f *file) export(name, local string) {
	if b := f.top.names[local]; b != nil {
		b.shared = true
		f.exports[name] = exported{binding: b}
	}
}

// commonJS notes what module.exports = … and exports.name = … at the top of a file export.
func (f *file) commonJS() {
	for _, s := range f.syntax.Body {
		st, ok := s.(*script.ExprStmt)
		if !ok {
			continue
		}
		a, ok := st.X.(*script.Assign)
		if !ok || a.Op != "=" {
			continue
		}
		m, ok := a.Target.(*script.Member)
		if !ok {
			continue
		}
		switch of := m.Object.(type) {
		case *script.Ident:
			if of.Name == "module" && m.Name == "exports" {
				f.exports["default"], f.whole = exported{expr: a.Value}, true
			} else if of.Name == "exports" {
				f.exports[m.Name] = exported{expr: a.Value}
			}
		case *script.Member:
			if id, ok := of.Object.(*script.Ident); ok && id.Name == "module" && of.Name == "exports" {
				f.exports[m.Name] = exported{expr: a.Value}
			}
		}
	}
}
