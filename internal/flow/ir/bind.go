package ir

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// binder goes over a program before it is lowered, finds its scopes, and tells of each variable whether a function inside uses it.
type binder struct {
	names
	fn     *function
	strict bool

	scopes    map[part]*scope
	functions map[part]*function
	// annex are the variables of the function that functions in its blocks are assigned to as well.
	annex map[*script.FuncDecl]*variable
	// keys are the made-up variables that hold the computed keys of fields.
	keys map[*script.ClassMember]*variable
	// file and brands tell the private names of one class from those of another.
	file   *source.File
	brands int
}

func newBinder(file *source.File) *binder {
	return &binder{
		names:     names{map[string]*variable{}},
		scopes:    map[part]*scope{},
		functions: map[part]*function{},
		annex:     map[*script.FuncDecl]*variable{},
		keys:      map[*script.ClassMember]*variable{},
		file:      file,
	}
}

// declare adds a variable to the scope entered last, unless it has it.
func (b *binder) declare(s *scope, name string, k kind) *variable {
	old := b.table[name]
	if old == nil || old.scope != s || old.kind == kindParam && s.fn.outer == nil && k != kindVar && k != kindFunction {
		v := &variable{name: name, kind: k, scope: s, ready: !k.lexical()}
		s.vars = append(s.vars, v)
		b.push(v)
		return v
	}
	switch {
	case old == s.fn.self:
		s.fn.self = nil
		old.kind, old.implicit = k, false
	case old == s.fn.arguments && k != kindVar:
		s.fn.arguments = nil
		old.kind, old.implicit = k, false
	case old == s.fn.arguments:
		old.implicit = false
	case old.kind == kindVar && k == kindFunction:
		old.kind = k
	}
	old.ready = !old.kind.lexical()
	return old
}

// refer notes that the function at hand uses a variable.
func (b *binder) refer(v *variable) {
	if v == nil {
		return
	}
	v.used = true
	if v.scope.fn != b.fn {
		v.captured = true
	} else if !v.ready {
		v.early = true
	}
}

// statements declares what a list of statements declares for its own scope.
func (b *binder) statements(s *scope, list []script.Stmt) {
	lexicalNames(list, func(id *script.Ident, k kind) { b.declare(s, id.Name, k) })
	for _, d := range declaredFunctions(list) {
		b.declare(s, d.Func.Name.Name, kindFunction)
		s.functions = append(s.functions, d)
	}
}

// block goes over statements with a scope of their own; key is the node that the scope is found by.
func (b *binder) block(key script.Node, list []script.Stmt) {
	s := b.open(key, list)
	b.walkAll(list)
	if s != nil {
		b.leave(s)
	}
}

// open enters the scope of the statements, if they declare something.
func (b *binder) open(key script.Node, list []script.Stmt) *scope {
	s := &scope{fn: b.fn}
	b.statements(s, list)
	if len(s.vars) == 0 {
		return nil
	}
	b.scopes[part{key, partSelf}] = s
	return s
}

func (b *binder) walkAll(list []script.Stmt) {
	for _, s := range list {
		script.Walk(s, b.visit)
	}
}

func (b *binder) walk(x script.Expr) {
	if x != nil {
		script.Walk(x, b.visit)
	}
}

// visit goes over a node; false says that it has gone over what is inside.
func (b *binder) visit(n script.Node) bool {
	switch n := n.(type) {
	case *script.Ident:
		b.refer(b.table[n.Name])
		return false
	case *script.This, *script.Super:
		b.refer(b.fn.this)
		return false
	case *script.Func:
		b.function(part{n, partSelf}, n, n.Name != nil, false)
		return false
	case *script.Class:
		b.class(n)
		return false
	case *script.Await:
		b.fn.awaits = true
		return true
	}
	return b.visitStmt(n)
}

func (b *binder) visitStmt(n script.Node) bool {
	switch n := n.(type) {
	case *script.VarDecl:
		for _, d := range n.Decls {
			b.walk(d.Value)
			b.pattern(d.Target)
		}
	case *script.FuncDecl:
		b.function(part{n.Func, partSelf}, n.Func, false, false)
	case *script.ClassDecl:
		b.class(n.Class)
		if n.Class.Name != nil {
			b.initialise(n.Class.Name)
		}
	case *script.Export:
		b.export(n)
	case *script.Block:
		if n.With {
			script.Walk(n.Body[0], b.visit)
		} else {
			b.block(n, n.Body)
		}
	case *script.If:
		b.walk(n.Test)
		b.branch(n.Then)
		if n.Else != nil {
			b.branch(n.Else)
		}
	case *script.For:
		b.forLoop(n)
	case *script.ForIn:
		b.forIn(n)
	case *script.While:
		b.walk(n.Test)
		b.branch(n.Body)
	case *script.DoWhile:
		b.branch(n.Body)
		b.walk(n.Test)
	case *script.Switch:
		b.switchStmt(n)
	case *script.Try:
		b.try(n)
	default:
		return true
	}
	return false
}

// branch goes over the body of a branch or loop. Sloppy code can have a function there, as in a block.
func (b *binder) branch(s script.Stmt) {
	if d, ok := s.(*script.FuncDecl); ok {
		b.block(d, []script.Stmt{d})
		return
	}
	script.Walk(s, b.visit)
}

// pattern goes over a pattern of a declaration, after which its names are initialised.
func (b *binder) pattern(x script.Expr) {
	switch x := x.(type) {
	case *script.Ident:
		b.initialise(x)
	case *script.Assign:
		b.walk(x.Value)
		b.pattern(x.Target)
	case *script.Spread:
		b.pattern(x.X)
	case *script.ArrayLit:
		for _, e := range x.Elems {
			if e != nil {
				b.pattern(e)
			}
		}
	case *script.ObjectLit:
		for _, p := range x.Props {
			b.walk(p.Computed)
			b.pattern(p.Value)
		}
	case nil:
	default:
		b.walk(x)
	}
}

func (b *binder) initialise(id *script.Ident) {
	if v := b.table[id.Name]; v != nil {
		if v.scope.fn != b.fn {
			v.captured = true
		}
		v.ready = true
	}
}

func (b *binder) export(n *script.Export) {
	if n.Decl != nil {
		script.Walk(n.Decl, b.visit)
	}
	switch x := n.Default.(type) {
	case nil:
	case *script.Func:
		b.function(part{x, partSelf}, x, x.Name != nil && !declares(n), false)
	case *script.Class:
		b.class(x)
		if x.Name != nil && declares(n) {
			b.initialise(x.Name)
		}
	default:
		b.walk(x)
	}
}

// declares reports whether what an export has as its default is a declaration, not an expression.
func declares(n *script.Export) bool {
	switch x := n.Default.(type) {
	case *script.Func:
		return !x.Arrow && n.End == x.End
	case *script.Class:
		return n.End == x.End
	}
	return false
}

func (b *binder) forLoop(n *script.For) {
	var s *scope
	if d, ok := n.Init.(*script.VarDecl); ok && d.Kind != "var" {
		s = b.open(n, []script.Stmt{d})
	}
	if n.Init != nil {
		script.Walk(n.Init, b.visit)
	}
	b.walk(n.Test)
	b.branch(n.Body)
	b.walk(n.Post)
	if s != nil {
		b.leave(s)
	}
}

func (b *binder) forIn(n *script.ForIn) {
	if n.Await {
		b.fn.awaits = true
	}
	if n.Decl == "" || n.Decl == "var" {
		b.walk(n.X)
		if n.Decl == "" {
			b.walk(n.Target)
		} else {
			b.pattern(n.Target)
		}
		b.branch(n.Body)
		return
	}
	list := []script.Stmt{&script.VarDecl{Kind: n.Decl, Decls: []*script.Declarator{{Target: n.Target}}}}
	head := &scope{fn: b.fn}
	b.statements(head, list)
	b.scopes[part{n, partHead}] = head
	b.walk(n.X)
	b.leave(head)
	s := b.open(n, list)
	b.pattern(n.Target)
	b.branch(n.Body)
	if s != nil {
		b.leave(s)
	}
}

func (b *binder) switchStmt(n *script.Switch) {
	b.walk(n.X)
	s := b.open(n, caseBodies(n))
	for _, c := range n.Cases {
		b.walk(c.Test)
	}
	for _, c := range n.Cases {
		b.walkAll(c.Body)
		s.unready()
	}
	if s != nil {
		b.leave(s)
	}
}

func (b *binder) try(n *script.Try) {
	b.block(n.Body, n.Body.Body)
	if n.Catch != nil {
		s := &scope{fn: b.fn}
		if n.Param != nil {
			bound(n.Param, func(id *script.Ident) { b.declare(s, id.Name, kindLet) })
			b.scopes[part{n, partSelf}] = s
			b.pattern(n.Param)
		}
		b.block(n.Catch, n.Catch.Body)
		b.leave(s)
	}
	if n.Finally != nil {
		b.block(n.Finally, n.Finally.Body)
	}
}

// brand is what the private name is called in the whole program.
func (b *binder) brand(name string) string {
	return fmt.Sprintf("%s@%s:%d", name, b.file.Path, b.brands)
}

// private reports whether the name of a member is a private one, not a text that begins like one.
func private(m *script.ClassMember, f *source.File) bool {
	at := m.KeyLoc.Start
	return m.Computed == nil && !m.Block && strings.HasPrefix(m.Name, "#") && at < len(f.Text) && f.Text[at] == '#'
}
