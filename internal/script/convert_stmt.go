package script

// Statements: from the parser's tree to this package's.

import (
	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"
	jstoken "github.com/grafana/sobek/token"
)

func (c *converter) stmts(list []ast.Statement) []Stmt {
	var out []Stmt
	for i, s := range list {
		if _, empty := s.(*ast.EmptyStatement); empty && i > 0 {
			if _, ok := list[i-1].(*ast.ImportDeclaration); ok {
				continue // the parser makes one of the import's semicolon
			}
		}
		if x := c.stmt(s); x != nil {
			out = append(out, x)
		}
	}
	return out
}

// directives converts the statements of a program or function body that starts at from. The
// compiler does not tell where "use strict" came from.
func (c *converter) directives(list []ast.Statement, from int) []Stmt {
	body := c.stmts(list)
	if c.m == nil {
		return body
	}
	x := c.original
	for i, s := range body {
		e, ok := s.(*ExprStmt)
		if !ok {
			break
		}
		text, ok := e.X.(*String)
		if !ok {
			break
		}
		if k := x.tokenAt(from); k < len(x.tokens) && x.tokens[k].kind == tokString {
			t := x.tokens[k]
			if value := x.text[t.start+1 : max(t.start+1, t.end-1)]; string(value) == text.Value {
				text.Loc = Loc{int(t.start), int(t.end)}
				body[i] = &ExprStmt{Loc{text.Start, c.semicolon(text.End)}, text}
				from = body[i].Range().End
			}
		}
	}
	return body
}

// stmt converts a statement; nil stays nil.
func (c *converter) stmt(s ast.Statement) Stmt {
	if s == nil {
		return nil
	}
	defer func() { c.depth-- }()
	if !c.enter() {
		return &Empty{}
	}
	switch s := s.(type) {
	case *ast.ExpressionStatement:
		x := c.expr(s.Expression)
		at := c.outer(x.Range())
		return &ExprStmt{Loc{at.Start, c.semicolon(at.End)}, x}
	case *ast.VariableStatement:
		return c.vars("var", s.Var, s.List)
	case *ast.LexicalDeclaration:
		return c.vars(s.Token.String(), s.Idx, s.List)
	case *ast.FunctionDeclaration:
		f := c.function(s.Function, s.Function.Function)
		return &FuncDecl{f.Loc, f}
	case *ast.ClassDeclaration:
		k := c.class(s.Class)
		return &ClassDecl{k.Loc, k}
	case *ast.ReturnStatement:
		at := c.literal(s.Return, "return")
		r := &Return{Loc: at, X: c.expr(s.Argument)}
		r.Loc = c.until(at, r.X)
		return r
	case *ast.ThrowStatement:
		at := c.literal(s.Throw, "throw")
		t := &Throw{X: c.expr(s.Argument)}
		t.Loc = c.until(at, t.X)
		return t
	case *ast.BranchStatement:
		return c.branch(s)
	case *ast.BlockStatement:
		if c.m != nil && len(s.List) == 1 && c.original.text[c.literal(s.LeftBrace, "{").Start] != '{' {
			return c.stmt(s.List[0]) // the compiler put the braces there
		}
		return c.block(s)
	case *ast.EmptyStatement:
		return &Empty{c.literal(s.Semicolon, ";")}
	case *ast.DebuggerStatement:
		return &Empty{c.literal(s.Debugger, "debugger")}
	case *ast.ImportDeclaration:
		return c.importDecl(s)
	case *ast.ExportDeclaration:
		return c.exportDecl(s)
	}
	return c.compound(s)
}

// compound converts the statements that hold statements.
func (c *converter) compound(s ast.Statement) Stmt {
	switch s := s.(type) {
	case *ast.IfStatement:
		n := &If{Test: c.expr(s.Test), Then: c.stmt(s.Consequent)}
		at := c.ifWord(s.Test, n.Test)
		end := n.Then.Range().End
		if s.Alternate != nil {
			n.Else = c.stmt(s.Alternate)
			end = n.Else.Range().End
		}
		n.Loc = Loc{at.Start, end}.forwards()
		return n
	case *ast.ForStatement:
		return c.forLoop(s)
	case *ast.ForInStatement:
		n := &ForIn{}
		c.forIn(n, s.For, s.Into, s.Source, s.Body)
		return n
	case *ast.ForOfStatement:
		n := &ForIn{Of: true, Await: c.forAwait[c.offset(s.For)]}
		c.forIn(n, s.For, s.Into, s.Source, s.Body)
		return n
	case *ast.WhileStatement:
		at := c.literal(s.While, "while")
		n := &While{Test: c.expr(s.Test), Body: c.stmt(s.Body)}
		n.Loc = Loc{at.Start, n.Body.Range().End}.forwards()
		return n
	case *ast.DoWhileStatement:
		at := c.literal(s.Do, "do")
		n := &DoWhile{Body: c.stmt(s.Body), Test: c.expr(s.Test)}
		end := c.outer(n.Test.Range()).End // the parentheses are around it too
		if c.m == nil {
			end = c.offset(s.RightParenthesis) + 1
		} else if close := c.original.after(end); c.original.text[end-1] != ')' && close < len(c.original.text) && c.original.text[close] == ')' {
			end = close + 1
		}
		n.Loc = Loc{at.Start, c.semicolon(min(end, len(c.original.text)))}.forwards()
		return n
	case *ast.WithStatement:
		at := c.literal(s.With, "with")
		x := c.expr(s.Object)
		body := c.stmt(s.Body)
		return &Block{Loc: Loc{at.Start, body.Range().End}.forwards(), Body: []Stmt{&ExprStmt{x.Range(), x}, body}, With: true}
	case *ast.TryStatement:
		return c.try(s)
	case *ast.SwitchStatement:
		return c.switchStmt(s)
	case *ast.LabelledStatement:
		at := c.nameLoc(s.Label.Idx)
		n := &Labeled{Label: c.base(c.word(s.Label.Name)), Body: c.stmt(s.Statement)}
		n.Loc = Loc{at.Start, n.Body.Range().End}.forwards()
		return n
	}
	c.fail(0, "a statement that is not understood")
	return &Empty{}
}

// ifWord returns the place of the if before a test, which the parser does not tell.
func (c *converter) ifWord(parsed ast.Expression, test Expr) Loc {
	at := c.outer(test.Range()) // the parentheses of the if are around it too
	if b := c.original.before(at.Start); b >= 2 && string(c.original.text[b-2:b]) == "if" {
		return Loc{b - 2, b}
	}
	// A cast, which is not in the parsed text, stands between.
	for i := c.parsed.tokenAt(c.offset(parsed.Idx0())) - 1; i >= 0; i-- {
		switch c.parsed.textOf(i) {
		case "(":
			continue
		case "if":
			return c.tokenLoc(int(c.parsed.tokens[i].start))
		}
		break
	}
	return at
}

// until returns the place of a statement from its word to after its
// expression, if any, and its semicolon.
func (c *converter) until(word Loc, x Expr) Loc {
	end := word.End
	if x != nil {
		end = c.outer(x.Range()).End
	}
	return Loc{word.Start, c.semicolon(max(end, word.Start))}
}

func (c *converter) block(b *ast.BlockStatement) *Block {
	at := c.literal(b.LeftBrace, "{")
	if c.m != nil && at.Start < len(c.original.text) && c.original.text[at.Start] != '{' {
		// That of finally leads to its word.
		if open := c.original.after(at.End); open < len(c.original.text) && c.original.text[open] == '{' {
			at = Loc{open, open + 1}
		}
	}
	n := &Block{Body: c.directives(b.List, at.End)}
	n.Loc = Loc{at.Start, c.closing(b.RightBrace, at.Start, '{', at.End)}.forwards()
	return n
}

func (c *converter) vars(kind string, idx file.Idx, list []*ast.Binding) *VarDecl {
	v := &VarDecl{Kind: kind, Decls: c.declarators(list)}
	v.Loc = c.literal(idx, kind)
	if n := len(v.Decls); n > 0 {
		v.Loc = Loc{v.Start, c.semicolon(max(v.Start, v.Decls[n-1].End))}
	}
	return v
}

func (c *converter) declarators(list []*ast.Binding) []*Declarator {
	var decls []*Declarator
	for _, b := range list {
		d := &Declarator{Target: c.expr(b.Target)}
		d.Loc = d.Target.Range()
		if b.Initializer != nil {
			d.Value = c.expr(b.Initializer)
			d.Loc = Loc{d.Start, c.outer(d.Value.Range()).End}.forwards()
		}
		decls = append(decls, d)
	}
	return decls
}

func (c *converter) branch(s *ast.BranchStatement) Stmt {
	at := c.literal(s.Idx, s.Token.String())
	label := ""
	if s.Label != nil {
		label = c.base(c.word(s.Label.Name))
		at.End = max(at.End, c.nameLoc(s.Label.Idx).End)
	}
	at.End = c.semicolon(at.End)
	if s.Token == jstoken.BREAK {
		return &Break{at, label}
	}
	return &Continue{at, label}
}

func (c *converter) forLoop(s *ast.ForStatement) Stmt {
	at := c.literal(s.For, "for")
	n := &For{}
	switch init := s.Initializer.(type) {
	case *ast.ForLoopInitializerExpression:
		x := c.expr(init.Expression)
		n.Init = &ExprStmt{c.outer(x.Range()), x}
	case *ast.ForLoopInitializerVarDeclList:
		// The parser does not tell the place of var: it is the word before the first name.
		v := &VarDecl{Kind: "var", Decls: c.declarators(init.List)}
		start := v.Decls[0].Start
		if b := c.original.before(start); b >= 3 && string(c.original.text[b-3:b]) == "var" {
			start = b - 3
		}
		v.Loc = Loc{start, v.Decls[len(v.Decls)-1].End}.forwards()
		n.Init = v
	case *ast.ForLoopInitializerLexicalDecl:
		d := init.LexicalDeclaration
		v := &VarDecl{Kind: d.Token.String(), Decls: c.declarators(d.List)}
		v.Loc = c.literal(d.Idx, v.Kind)
		v.Loc = Loc{v.Start, v.Decls[len(v.Decls)-1].End}.forwards()
		n.Init = v
	}
	n.Test = c.expr(s.Test)
	n.Post = c.expr(s.Update)
	n.Body = c.stmt(s.Body)
	n.Loc = Loc{at.Start, n.Body.Range().End}.forwards()
	return n
}

func (c *converter) forIn(n *ForIn, idx file.Idx, into ast.ForInto, source ast.Expression, body ast.Statement) {
	at := c.literal(idx, "for")
	switch into := into.(type) {
	case *ast.ForIntoVar:
		n.Decl = "var"
		n.Target = c.expr(into.Binding.Target)
	case *ast.ForDeclaration:
		n.Decl = "let"
		if into.IsConst {
			n.Decl = "const"
		}
		n.Target = c.expr(into.Target)
	case *ast.ForIntoExpression:
		n.Target = c.expr(into.Expression)
	}
	n.X = c.expr(source)
	n.Body = c.stmt(body)
	n.Loc = Loc{at.Start, n.Body.Range().End}.forwards()
}

func (c *converter) try(s *ast.TryStatement) Stmt {
	at := c.literal(s.Try, "try")
	n := &Try{Body: c.block(s.Body)}
	end := n.Body.End
	if s.Catch != nil {
		if s.Catch.Parameter != nil {
			n.Param = c.expr(s.Catch.Parameter)
		}
		n.Catch = c.block(s.Catch.Body)
		end = n.Catch.End
	}
	if s.Finally != nil {
		n.Finally = c.block(s.Finally)
		end = n.Finally.End
	}
	n.Loc = Loc{at.Start, end}.forwards()
	return n
}

func (c *converter) switchStmt(s *ast.SwitchStatement) Stmt {
	at := c.literal(s.Switch, "switch")
	n := &Switch{X: c.expr(s.Discriminant)}
	for _, k := range s.Body {
		word := c.literal(k.Case, "case")
		q := &Case{Test: c.expr(k.Test), Body: c.stmts(k.Consequent)}
		end := word.End
		if k.Test == nil && c.m == nil {
			end = word.Start + len("default")
		}
		if q.Test != nil {
			end = c.outer(q.Test.Range()).End
		}
		if colon := c.original.after(end); colon < len(c.original.text) && c.original.text[colon] == ':' {
			end = colon + 1
		}
		if len(q.Body) > 0 {
			end = q.Body[len(q.Body)-1].Range().End
		}
		q.Loc = Loc{word.Start, end}.forwards()
		n.Cases = append(n.Cases, q)
	}
	open := c.original.after(c.outer(n.X.Range()).End)
	if open < len(c.original.text) && c.original.text[open] == ')' {
		open = c.original.after(open + 1)
	}
	n.Loc = Loc{at.Start, c.closing(s.RightBrace, open, '{', open)}.forwards()
	return n
}
