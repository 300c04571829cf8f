package script

// Walking the tree. It is at most maxTreeDepth deep, so walking recurses.

// WalkProgram calls visit for every node of the program in source order, as Walk does.
func WalkProgram(p *Program, visit func(Node) bool) {
	for _, s := range p.Body {
		Walk(s, visit)
	}
}

// Walk calls visit for n and, where visit returns true, for what n is made
// of, in source order: expressions, patterns and statements, and also Property,
// ClassMember, Declarator and Case.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	switch n := n.(type) {
	case Expr:
		walkExpr(n, visit)
	case Stmt:
		walkStmt(n, visit)
	case *Property:
		walkKeyed(n.Computed, n.Value, visit)
	case *ClassMember:
		walkExprs(n.Decorators, visit)
		walkKeyed(n.Computed, n.Value, visit)
	case *Declarator:
		walkOne(n.Target, visit)
		walkOne(n.Value, visit)
	case *Case:
		walkOne(n.Test, visit)
		walkStmts(n.Body, visit)
	}
}

func walkKeyed(key, value Expr, visit func(Node) bool) {
	walkOne(key, visit)
	walkOne(value, visit)
}

// walkOne walks an expression that may be absent.
func walkOne(x Expr, visit func(Node) bool) {
	if x != nil {
		Walk(x, visit)
	}
}

func walkExprs(list []Expr, visit func(Node) bool) {
	for _, x := range list {
		walkOne(x, visit)
	}
}

func walkStmts(list []Stmt, visit func(Node) bool) {
	for _, s := range list {
		Walk(s, visit)
	}
}

func walkExpr(x Expr, visit func(Node) bool) {
	switch x := x.(type) {
	case *Template:
		walkOne(x.Tag, visit)
		walkExprs(x.Exprs, visit)
	case *ArrayLit:
		walkExprs(x.Elems, visit)
	case *ObjectLit:
		for _, p := range x.Props {
			Walk(p, visit)
		}
	case *Func:
		if x.Name != nil {
			Walk(x.Name, visit)
		}
		walkExprs(x.Params, visit)
		walkStmts(x.Body, visit)
		walkOne(x.Result, visit)
	case *Class:
		walkExprs(x.Decorators, visit)
		if x.Name != nil {
			Walk(x.Name, visit)
		}
		walkOne(x.Super, visit)
		for _, m := range x.Members {
			Walk(m, visit)
		}
	case *Member:
		walkOne(x.Object, visit)
	case *Index:
		walkOne(x.Object, visit)
		walkOne(x.Key, visit)
	case *Call:
		walkOne(x.Callee, visit)
		walkExprs(x.Args, visit)
	case *New:
		walkOne(x.Callee, visit)
		walkExprs(x.Args, visit)
	case *Binary:
		walkOne(x.L, visit)
		walkOne(x.R, visit)
	case *Logical:
		walkOne(x.L, visit)
		walkOne(x.R, visit)
	case *Assign:
		walkOne(x.Target, visit)
		walkOne(x.Value, visit)
	case *Cond:
		walkOne(x.Test, visit)
		walkOne(x.Then, visit)
		walkOne(x.Else, visit)
	case *Sequence:
		walkExprs(x.Exprs, visit)
	case *JSX:
		walkOne(x.Type, visit)
		walkOne(x.Props, visit)
		walkExprs(x.Children, visit)
	default:
		walkOne(operandOf(x), visit)
	}
}

// operandOf returns the one expression that x is made of, or nil.
func operandOf(x Expr) Expr {
	switch x := x.(type) {
	case *Chain:
		return x.X
	case *Unary:
		return x.X
	case *Update:
		return x.X
	case *Spread:
		return x.X
	case *Await:
		return x.X
	case *Yield:
		return x.X
	case *ImportCall:
		return x.X
	}
	return nil
}

func walkStmt(s Stmt, visit func(Node) bool) {
	switch s := s.(type) {
	case *VarDecl:
		for _, d := range s.Decls {
			Walk(d, visit)
		}
	case *FuncDecl:
		Walk(s.Func, visit)
	case *ClassDecl:
		Walk(s.Class, visit)
	case *ExprStmt:
		walkOne(s.X, visit)
	case *Return:
		walkOne(s.X, visit)
	case *Throw:
		walkOne(s.X, visit)
	case *Block:
		walkStmts(s.Body, visit)
	case *Labeled:
		Walk(s.Body, visit)
	case *Export:
		walkOne(s.Default, visit)
		if s.Decl != nil {
			Walk(s.Decl, visit)
		}
	case *Switch:
		walkOne(s.X, visit)
		for _, c := range s.Cases {
			Walk(c, visit)
		}
	default:
		walkCompound(s, visit)
	}
}

// walkCompound walks branches and loops.
func walkCompound(s Stmt, visit func(Node) bool) {
	switch s := s.(type) {
	case *If:
		walkOne(s.Test, visit)
		Walk(s.Then, visit)
		if s.Else != nil {
			Walk(s.Else, visit)
		}
	case *For:
		if s.Init != nil {
			Walk(s.Init, visit)
		}
		walkOne(s.Test, visit)
		walkOne(s.Post, visit)
		Walk(s.Body, visit)
	case *ForIn:
		walkOne(s.Target, visit)
		walkOne(s.X, visit)
		Walk(s.Body, visit)
	case *While:
		walkOne(s.Test, visit)
		Walk(s.Body, visit)
	case *DoWhile:
		Walk(s.Body, visit)
		walkOne(s.Test, visit)
	case *Try:
		Walk(s.Body, visit)
		walkOne(s.Param, visit)
		if s.Catch != nil {
			Walk(s.Catch, visit)
		}
		if s.Finally != nil {
			Walk(s.Finally, visit)
		}
	}
}
