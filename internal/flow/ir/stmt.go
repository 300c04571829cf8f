package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Statements.

func (c *code) stmts(list []script.Stmt) {
	for _, s := range list {
		c.stmt(s)
	}
}

// block lowers a block with its scope.
func (c *code) block(b *script.Block) { c.scoped(b, b.Body) }

// scoped lowers statements that have a scope of their own, found by key.
func (c *code) scoped(key script.Node, list []script.Stmt) {
	s := c.b.scopes[part{key, partSelf}]
	c.enterScope(s)
	c.functions(s)
	c.stmts(list)
	c.leaveScope(s)
}

// branch lowers the body of a branch or loop.
func (c *code) branch(s script.Stmt) {
	if d, ok := s.(*script.FuncDecl); ok {
		c.scoped(d, []script.Stmt{d})
		return
	}
	c.stmt(s)
}

// MostRegions is how many loops, switches and try statements of a function can stand in one another (a loop counts for three at most): a
// jump out of all of them takes code for each.
const MostRegions = 120

// stmt lowers a statement.
func (c *code) stmt(s script.Stmt) {
	mark := c.next
	c.node = s
	if len(c.control) > MostRegions {
		c.giveUp(None, "statements nested too deeply")
		return
	}
	switch s := s.(type) {
	case *script.VarDecl:
		for _, d := range s.Decls {
			c.declarator(s, d)
		}
	case *script.FuncDecl:
		c.annexed(s)
	case *script.ClassDecl:
		c.classDecl(s.Class, "")
	case *script.ExprStmt:
		c.effect(s.X)
	case *script.Return:
		c.returnStmt(s)
	case *script.If:
		c.ifStmt(s)
	case *script.Break:
		c.breakStmt(s)
	case *script.Continue:
		c.continueStmt(s)
	case *script.Throw:
		r := c.expr(s.X)
		c.node = s
		c.op(Throw, None, r, None, None)
	case *script.Block:
		c.blockStmt(s)
	case *script.Export:
		c.exportStmt(s)
	case *script.Try:
		c.try(s)
	case *script.Switch:
		c.switchStmt(s, nil)
	case *script.Labeled:
		c.labeled(s)
	case *script.For, *script.ForIn, *script.While, *script.DoWhile:
		c.loop(s, nil)
	}
	c.free(mark)
}

func (c *code) blockStmt(s *script.Block) {
	if !s.With {
		c.block(s)
		return
	}
	object, ok := s.Body[0].(*script.ExprStmt)
	if !ok {
		return
	}
	r := c.expr(object.X)
	c.node = s
	c.giveUp(None, "with", r)
}

// declarator lowers one name = value of a declaration.
func (c *code) declarator(v *script.VarDecl, d *script.Declarator) {
	c.node = d
	how := binds
	if v.Kind == "var" {
		if d.Value == nil {
			return
		}
		how = assigns
	}
	if id, ok := d.Target.(*script.Ident); ok {
		if v := c.table[id.Name]; how == binds && v.own() && !v.early && d.Value != nil {
			// Nothing reads the variable while its value is computed.
			c.namedTo(d.Value, id.Name, v.reg)
			v.ready = true
			return
		}
		mark := c.next
		var r Reg
		if d.Value == nil {
			r = c.undefined()
		} else {
			r = c.named(d.Value, id.Name)
		}
		c.node = d
		c.free(mark)
		c.bindName(id, r, how)
		return
	}
	r := c.steadyOperand(d.Value)
	c.node = d
	c.bindValue(d.Target, r, how)
}

// annexed assigns a function of a block to the variable of the function, as sloppy code has it.
func (c *code) annexed(d *script.FuncDecl) {
	to := c.b.annex[d]
	if to == nil || d.Func.Name == nil {
		return
	}
	v := c.table[d.Func.Name.Name]
	if v == nil || v == to {
		return
	}
	r := c.temp()
	c.load(v, r)
	c.free(r)
	c.assign(to, r)
}

func (c *code) exportStmt(e *script.Export) {
	if e.Decl != nil {
		c.stmt(e.Decl)
		return
	}
	switch x := e.Default.(type) {
	case nil:
		return
	case *script.Func:
		if declares(e) {
			return
		}
	case *script.Class:
		if declares(e) && x.Name != nil {
			c.classDecl(x, "")
			return
		}
	}
	r := c.named(e.Default, "default")
	c.node = e
	c.initialise(c.table["*default*"], r)
}

// classDecl lowers a class declaration.
func (c *code) classDecl(k *script.Class, name string) {
	r := c.temp()
	c.class(k, r, name)
	c.free(r)
	if k.Name != nil {
		c.initialise(c.table[k.Name.Name], r)
	}
}

func (c *code) returnStmt(s *script.Return) {
	if s.X == nil {
		c.leaveFunction(None)
		return
	}
	r := c.expr(s.X)
	c.node = s
	if c.f.Async && c.f.Generator {
		waited := c.temp()
		c.op(Await, waited, r, None, None)
		r = waited
	}
	c.leaveFunction(r)
}

func (c *code) ifStmt(s *script.If) {
	otherwise := c.newLabel()
	c.jumpUnless(s.Test, otherwise)
	c.branch(s.Then)
	if s.Else == nil {
		c.bind(otherwise)
		return
	}
	after := c.newLabel()
	c.node = s
	c.jump(after)
	c.bind(otherwise)
	c.branch(s.Else)
	c.bind(after)
}

// jumpUnless goes on at l if x is not true.
func (c *code) jumpUnless(x script.Expr, l label) {
	mark := c.next
	defer c.free(mark)
	switch n := x.(type) {
	case *script.Unary:
		if n.Op == "!" {
			c.jumpWhen(n.X, l)
			return
		}
	case *script.Logical:
		switch n.Op {
		case "&&":
			c.jumpUnless(n.L, l)
			c.jumpUnless(n.R, l)
			return
		case "||":
			true_ := c.newLabel()
			c.jumpWhen(n.L, true_)
			c.jumpUnless(n.R, l)
			c.bind(true_)
			return
		}
	}
	r := c.expr(x)
	c.node = x
	c.jumpOn(JumpIfNot, r, l)
}

// jumpWhen goes on at l if x is true.
func (c *code) jumpWhen(x script.Expr, l label) {
	mark := c.next
	defer c.free(mark)
	switch n := x.(type) {
	case *script.Unary:
		if n.Op == "!" {
			c.jumpUnless(n.X, l)
			return
		}
	case *script.Logical:
		switch n.Op {
		case "||":
			c.jumpWhen(n.L, l)
			c.jumpWhen(n.R, l)
			return
		case "&&":
			otherwise := c.newLabel()
			c.jumpUnless(n.L, otherwise)
			c.jumpWhen(n.R, l)
			c.bind(otherwise)
			return
		}
	}
	r := c.expr(x)
	c.node = x
	c.jumpOn(JumpIf, r, l)
}

// switchStmt lowers a switch: the tests, then the bodies in order.
func (c *code) switchStmt(n *script.Switch, labels []string) {
	tests := make([]script.Expr, 0, len(n.Cases))
	for _, k := range n.Cases {
		tests = append(tests, k.Test)
	}
	x := c.operand(n.X, tests...)
	s := c.b.scopes[part{n, partSelf}]
	c.enterScope(s)
	c.functions(s)
	end := c.newLabel()
	bodies := make([]label, len(n.Cases))
	other := end
	for i, k := range n.Cases {
		bodies[i] = c.newLabel()
		if k.Test == nil {
			other = bodies[i]
			continue
		}
		c.node = k
		mark := c.next
		same := c.temp()
		test := c.expr(k.Test)
		c.node = k
		c.op(Binary, same, x, test, None).Name = "==="
		c.jumpOn(JumpIf, same, bodies[i])
		c.free(mark)
	}
	c.node = n
	c.jump(other)
	c.enterRegion(&region{kind: regionBreak, labels: append([]string{""}, labels...), target: end, loop: -1})
	for i, k := range n.Cases {
		c.bind(bodies[i])
		c.stmts(k.Body)
		s.unready()
	}
	c.endRegion()
	c.bind(end)
	c.leaveScope(s)
}
