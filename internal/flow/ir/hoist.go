package ir

import "github.com/voipcheck/voipcheck/internal/script"

// What a list of statements declares, before any of it runs.

// hoister finds the var declarations of a function's body, and the functions in its blocks that sloppy code sees outside of them.
type hoister struct {
	strict bool
	// declare is called for each name of a var declaration.
	declare func(name string)
	// annex is called for each function in a block that is a variable of the function too.
	annex func(d *script.FuncDecl)
	// lexical counts the declarations of names in the blocks around.
	lexical map[string]int
}

// lexicalNames calls each for the names that the statements of a block declare for it alone. Its function declarations are no part.
func lexicalNames(list []script.Stmt, each func(id *script.Ident, k kind)) {
	for _, s := range list {
		switch s := exported(s).(type) {
		case *script.VarDecl:
			if s.Kind == "var" {
				continue
			}
			k := kindConst
			if s.Kind == "let" {
				k = kindLet
			}
			for _, d := range s.Decls {
				bound(d.Target, func(id *script.Ident) { each(id, k) })
			}
		case *script.ClassDecl:
			if s.Class.Name != nil {
				each(s.Class.Name, kindClass)
			}
		}
	}
}

// exported returns the declaration that is exported, or the statement itself.
func exported(s script.Stmt) script.Stmt {
	e, ok := s.(*script.Export)
	if !ok {
		return s
	}
	if e.Decl != nil {
		return e.Decl
	}
	if defaultName(e) != nil {
		switch x := e.Default.(type) {
		case *script.Func:
			return &script.FuncDecl{Loc: e.Loc, Func: x}
		case *script.Class:
			return &script.ClassDecl{Loc: e.Loc, Class: x}
		}
	}
	return s
}

// declaredFunctions lists the function declarations among the statements, those with labels too.
func declaredFunctions(list []script.Stmt) []*script.FuncDecl {
	var found []*script.FuncDecl
	for _, s := range list {
		for {
			l, ok := s.(*script.Labeled)
			if !ok {
				break
			}
			s = l.Body
		}
		if d, ok := exported(s).(*script.FuncDecl); ok && d.Func.Name != nil {
			found = append(found, d)
		}
	}
	return found
}

// body goes over the statements of the body itself, whose own functions are no block's.
func (h *hoister) body(list []script.Stmt) {
	lexicalNames(list, func(id *script.Ident, _ kind) { h.lexical[id.Name]++ })
	for _, s := range list {
		h.stmt(s)
	}
}

// block goes over the statements of a block, some of which may be the cases of a switch.
func (h *hoister) block(list []script.Stmt) {
	if h.strict {
		for _, s := range list {
			h.stmt(s)
		}
		return
	}
	functions := declaredFunctions(list)
	for _, d := range functions {
		if !d.Func.Async && !d.Func.Generator && h.lexical[d.Func.Name.Name] == 0 {
			h.annex(d)
		}
	}
	count := func(by int) {
		lexicalNames(list, func(id *script.Ident, _ kind) { h.lexical[id.Name] += by })
		for _, d := range functions {
			h.lexical[d.Func.Name.Name] += by
		}
	}
	count(1)
	for _, s := range list {
		h.stmt(s)
	}
	count(-1)
}

// one goes over the body of a branch or loop. A function there stands in a block of its own.
func (h *hoister) one(s script.Stmt) {
	if _, ok := s.(*script.FuncDecl); ok {
		h.block([]script.Stmt{s})
		return
	}
	h.stmt(s)
}

// stmt goes over a statement.
func (h *hoister) stmt(s script.Stmt) {
	switch s := s.(type) {
	case *script.VarDecl:
		if s.Kind == "var" {
			for _, d := range s.Decls {
				h.pattern(d.Target)
			}
		}
	case *script.Export:
		if s.Decl != nil {
			h.stmt(s.Decl)
		}
	case *script.If:
		h.one(s.Then)
		if s.Else != nil {
			h.one(s.Else)
		}
	case *script.For:
		if s.Init != nil {
			h.stmt(s.Init)
			h.within(lexicals(s.Init), s.Body)
		} else {
			h.one(s.Body)
		}
	case *script.ForIn:
		switch s.Decl {
		case "":
			h.one(s.Body)
		case "var":
			h.pattern(s.Target)
			h.one(s.Body)
		default:
			h.within([]script.Expr{s.Target}, s.Body)
		}
	case *script.While:
		h.one(s.Body)
	case *script.DoWhile:
		h.one(s.Body)
	case *script.Labeled:
		if _, ok := s.Body.(*script.FuncDecl); !ok {
			h.stmt(s.Body)
		}
	case *script.Block:
		h.block(s.Body)
	case *script.Try:
		h.block(s.Body.Body)
		if s.Catch != nil {
			h.catch(s)
		}
		if s.Finally != nil {
			h.block(s.Finally.Body)
		}
	case *script.Switch:
		h.block(caseBodies(s))
	}
}

// within goes over the body of a loop whose head declares names for it alone.
func (h *hoister) within(targets []script.Expr, body script.Stmt) {
	count := func(by int) {
		for _, x := range targets {
			bound(x, func(id *script.Ident) { h.lexical[id.Name] += by })
		}
	}
	count(1)
	h.one(body)
	count(-1)
}

// lexicals lists what a let or const declares.
func lexicals(s script.Stmt) []script.Expr {
	v, ok := s.(*script.VarDecl)
	if !ok || v.Kind == "var" {
		return nil
	}
	var list []script.Expr
	for _, d := range v.Decls {
		list = append(list, d.Target)
	}
	return list
}

// catch goes over a catch clause. A function in it with the name of a pattern's variable stays inside.
func (h *hoister) catch(s *script.Try) {
	_, single := s.Param.(*script.Ident)
	count := func(by int) {
		if s.Param != nil && !single {
			bound(s.Param, func(id *script.Ident) { h.lexical[id.Name] += by })
		}
	}
	count(1)
	h.block(s.Catch.Body)
	count(-1)
}

func (h *hoister) pattern(x script.Expr) {
	bound(x, func(id *script.Ident) { h.declare(id.Name) })
}

// caseBodies lists the statements of all cases of a switch: they share a scope.
func caseBodies(s *script.Switch) []script.Stmt {
	var list []script.Stmt
	for _, c := range s.Cases {
		list = append(list, c.Body...)
	}
	return list
}
