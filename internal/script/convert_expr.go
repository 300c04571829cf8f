package script

// Expressions: from the parser's tree to this package's.

import (
	"math/big"
	"strings"

	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"
	jstoken "github.com/grafana/sobek/token"
	"github.com/grafana/sobek/unistring"
)

// maxTreeDepth is how deep a tree can be, so that whoever walks it may recurse.
const maxTreeDepth = 6000

// converter makes this package's nodes of one parsed text.
type converter struct {
	places
	rewritten
	jsx    jsxNames
	depth  int
	failed *failure // the first reason why there is no tree
	// words are the names and texts of the tree. The parser's are parts of its copy of the source, which would stay with them.
	words map[string]string
}

// word is a name or text of the parser's as the tree keeps it.
func (c *converter) word(parsed unistring.String) string { return c.kept(parsed.String()) }

// kept is word for a part of the source.
func (c *converter) kept(text string) string {
	if known, ok := c.words[text]; ok {
		return known
	}
	if c.words == nil {
		c.words = map[string]string{}
	}
	text = strings.Clone(text)
	c.words[text] = text
	return text
}

// fail notes that there can be no tree, for what stands at the original offset.
func (c *converter) fail(offset int, why string) {
	if c.failed == nil {
		c.failed = &failure{offset: offset, why: why}
	}
}

// enter counts a level of depth, and reports false when there are too many.
func (c *converter) enter() bool {
	if c.depth++; c.depth <= maxTreeDepth {
		return true
	}
	if c.failed == nil {
		c.failed = tooDeep(0)
	}
	return false
}

// expr converts an expression or a pattern; nil stays nil.
func (c *converter) expr(e ast.Expression) Expr {
	if e == nil {
		return nil
	}
	defer func() { c.depth-- }()
	if !c.enter() {
		return &Null{}
	}
	switch e := e.(type) {
	case *ast.Identifier:
		if e == nil {
			return nil
		}
		return c.ident(e.Idx, e.Name)
	case *ast.StringLiteral:
		return c.text(e)
	case *ast.NumberLiteral:
		n := &Number{Loc: c.literal(e.Idx, e.Literal), Value: number(e.Value)}
		n.BigInt, _ = e.Value.(*big.Int)
		return n
	case *ast.BooleanLiteral:
		return &Bool{c.truth(e), e.Value}
	case *ast.NullLiteral:
		if _, ok := c.yields[c.offset(e.Idx)]; ok {
			return &Yield{Loc: c.literal(e.Idx, "yield")}
		}
		return &Null{c.literal(e.Idx, "null")}
	case *ast.RegExpLiteral:
		return &RegExp{c.literal(e.Idx, "/"+e.Pattern+"/"+e.Flags), c.kept(e.Pattern), c.kept(e.Flags)}
	case *ast.ThisExpression:
		return &This{c.literal(e.Idx, "this")}
	case *ast.SuperExpression:
		return &Super{c.literal(e.Idx, "super")}
	case *ast.PrivateIdentifier:
		return &Ident{c.privateLoc(e.Idx), c.kept("#" + e.Name.String())}
	case *ast.TemplateLiteral:
		return c.template(e)
	case *ast.ArrayLiteral:
		return c.array(e.LeftBracket, e.RightBracket, e.Value, nil)
	case *ast.ArrayPattern:
		return c.array(e.LeftBracket, e.RightBracket, e.Elements, e.Rest)
	case *ast.ObjectLiteral:
		return c.object(e.LeftBrace, e.RightBrace, e.Value, nil, false)
	case *ast.ObjectPattern:
		return c.object(e.LeftBrace, e.RightBrace, e.Properties, e.Rest, true)
	case *ast.SpreadElement:
		return c.spread(e.Expression)
	case *ast.FunctionLiteral:
		if e == nil {
			return nil
		}
		return c.function(e, e.Function)
	case *ast.ArrowFunctionLiteral:
		return c.arrow(e)
	case *ast.ClassLiteral:
		return c.class(e)
	case *ast.Binding:
		return c.binding(e)
	case *ast.MetaProperty:
		return c.meta(e)
	}
	return c.operation(e)
}

// operation converts what has operands.
func (c *converter) operation(e ast.Expression) Expr {
	switch e := e.(type) {
	case *ast.DotExpression:
		object, optional := c.left(e.Left)
		at := c.nameLoc(e.Identifier.Idx)
		return &Member{Loc{c.memberStart(object, at), at.End}.forwards(), object, c.word(e.Identifier.Name), at, optional}
	case *ast.PrivateDotExpression:
		object, optional := c.left(e.Left)
		at := c.privateLoc(e.Identifier.Idx)
		return &Member{Loc{c.outer(object.Range()).Start, at.End}.forwards(), object, c.kept("#" + e.Identifier.Name.String()), at, optional}
	case *ast.BracketExpression:
		object, optional := c.left(e.Left)
		key := c.expr(e.Member)
		at := c.outer(object.Range())
		open := c.original.opener(at.End)
		return &Index{Loc{at.Start, c.closing(e.RightBracket, open, '[', at.End)}.forwards(), object, key, optional}
	case *ast.CallExpression:
		return c.call(e)
	case *ast.NewExpression:
		return c.new(e)
	case *ast.OptionalChain:
		x := c.expr(e.Expression)
		return &Chain{x.Range(), x}
	case *ast.Optional:
		return c.expr(e.Expression)
	case *ast.UnaryExpression:
		return c.unary(e)
	case *ast.BinaryExpression:
		return c.binary(e)
	case *ast.AssignExpression:
		target, value := c.expr(e.Left), c.expr(e.Right)
		op := "="
		if e.Operator != jstoken.ASSIGN {
			op = e.Operator.String() + "="
		}
		return &Assign{Loc{c.outer(target.Range()).Start, c.outer(value.Range()).End}.forwards(), op, target, value}
	case *ast.ConditionalExpression:
		test, then, otherwise := c.expr(e.Test), c.expr(e.Consequent), c.expr(e.Alternate)
		return &Cond{Loc{c.outer(test.Range()).Start, c.outer(otherwise.Range()).End}.forwards(), test, then, otherwise}
	case *ast.SequenceExpression:
		s := &Sequence{}
		for _, x := range e.Sequence {
			s.Exprs = append(s.Exprs, c.expr(x))
		}
		if n := len(s.Exprs); n > 0 {
			s.Loc = Loc{c.outer(s.Exprs[0].Range()).Start, c.outer(s.Exprs[n-1].Range()).End}.forwards()
		}
		return s
	case *ast.AwaitExpression:
		at := c.literal(e.Await, "await")
		x := c.expr(e.Argument)
		all := Loc{at.Start, c.outer(x.Range()).End}.forwards()
		if delegate, ok := c.yields[c.offset(e.Await)]; ok {
			return &Yield{all, x, delegate}
		}
		return &Await{all, x}
	case *ast.YieldExpression:
		at := c.literal(e.Yield, "yield")
		y := &Yield{Loc: at, X: c.expr(e.Argument), Delegate: e.Delegate}
		if y.X != nil {
			y.Loc = Loc{at.Start, c.outer(y.X.Range()).End}.forwards()
		}
		return y
	}
	c.fail(0, "an expression that is not understood")
	return &Null{}
}

func (c *converter) ident(idx file.Idx, name unistring.String) *Ident {
	return &Ident{c.nameLoc(idx), c.base(c.word(name))}
}

// memberStart returns where a member with its name at the place starts: before the
// parentheses around its object, which may hold a cast too.
func (c *converter) memberStart(object Expr, name Loc) int {
	start := c.outer(object.Range()).Start
	if c.m == nil {
		return start
	}
	x := c.original
	i := x.tokenAt(name.Start) - 1
	if !x.is(i, ".") && !x.is(i, "?.") {
		return start
	}
	for i--; x.is(i, "!"); i-- {
	}
	if x.is(i, ")") && x.tokens[i].match >= 0 {
		if open := int(x.tokens[x.tokens[i].match].start); open < start && x.before(start) == open+1 {
			return open
		}
	}
	return start
}

// left converts what stands before a dot, a bracket or an argument list; ?. is told apart.
func (c *converter) left(e ast.Expression) (x Expr, optional bool) {
	if o, ok := e.(*ast.Optional); ok {
		return c.expr(o.Expression), true
	}
	return c.expr(e), false
}

// opener returns the place of the bracket after a callee or object that ends at
// end; ?. and TypeScript's ! may stand between.
func (x *lexed) opener(end int) int {
	end = x.after(end)
	if end < len(x.text) && x.text[end] == '!' {
		end = x.after(end + 1)
	}
	if end+1 < len(x.text) && x.text[end] == '?' && x.text[end+1] == '.' {
		end = x.after(end + 2)
	}
	return end
}

func (c *converter) call(e *ast.CallExpression) Expr {
	if _, ok := e.Callee.(*ast.DynamicImportExpression); ok {
		return c.importCall(e)
	}
	if id, ok := e.Callee.(*ast.Identifier); ok && c.m != nil && id.Name.String() == c.jsx.element {
		return c.element(id, e)
	}
	callee, optional := c.left(e.Callee)
	call := &Call{Callee: callee, Optional: optional, Args: c.args(e.ArgumentList)}
	at := c.outer(callee.Range())
	call.Loc = Loc{at.Start, c.closing(e.RightParenthesis, c.original.opener(at.End), '(', at.End)}.forwards()
	return call
}

func (c *converter) args(list []ast.Expression) []Expr {
	var args []Expr
	for _, a := range list {
		args = append(args, c.expr(a))
	}
	return args
}

// importCall finds the word import, whose place the parser does not tell.
func (c *converter) importCall(e *ast.CallExpression) Expr {
	start := c.offset(e.LeftParenthesis)
	if i := c.parsed.tokenAt(start); i > 0 {
		start = int(c.parsed.tokens[i-1].start)
	}
	at := c.at(start)
	call := &ImportCall{Loc: Loc{at, c.closing(e.RightParenthesis, c.original.opener(c.end(at)), '(', c.end(at))}.forwards()}
	if len(e.ArgumentList) > 0 {
		call.X = c.expr(e.ArgumentList[0])
	} else {
		call.X = &Null{call.Loc}
	}
	return call
}

func (c *converter) new(e *ast.NewExpression) Expr {
	at := c.literal(e.New, "new")
	n := &New{Callee: c.expr(e.Callee), Args: c.args(e.ArgumentList)}
	callee := c.outer(n.Callee.Range())
	n.Loc = Loc{at.Start, callee.End}.forwards()
	if e.LeftParenthesis != 0 {
		open := c.original.opener(callee.End)
		if c.m == nil || open < len(c.original.text) && c.original.text[open] == '(' {
			n.Loc.End = max(n.Loc.End, c.closing(e.RightParenthesis, open, '(', n.Loc.End))
		}
	}
	return n
}

func (c *converter) unary(e *ast.UnaryExpression) Expr {
	if x, ok := e.Operand.(*ast.NumberLiteral); ok && e.Operator == jstoken.VOID && c.m != nil && number(x.Value) == 0 {
		at := c.literal(e.Idx, "void")
		if string(c.original.text[at.Start:at.End]) != "void" {
			return &Ident{at, "undefined"}
		}
	}
	x := c.expr(e.Operand)
	at := c.outer(x.Range())
	op := e.Operator.String()
	if n, ok := x.(*Number); ok && op == "!" && (n.Value == 0 || n.Value == 1) {
		return &Bool{Loc{c.literal(e.Idx, op).Start, at.End}.forwards(), n.Value == 0} // how minifiers write it
	}
	if e.Postfix {
		end := c.original.after(at.End)
		return &Update{Loc{at.Start, min(end+2, len(c.original.text))}.forwards(), op, false, x}
	}
	at.Start = c.literal(e.Idx, op).Start
	if op == "++" || op == "--" {
		return &Update{at.forwards(), op, true, x}
	}
	return &Unary{at.forwards(), op, x}
}

func (c *converter) binary(e *ast.BinaryExpression) Expr {
	op := e.Operator.String()
	if _, ok := e.Left.(*ast.PrivateIdentifier); ok {
		op = "in" // the parser notes the next token instead
	}
	l, r := c.expr(e.Left), c.expr(e.Right)
	at := Loc{c.outer(l.Range()).Start, c.outer(r.Range()).End}.forwards()
	switch e.Operator {
	case jstoken.LOGICAL_AND, jstoken.LOGICAL_OR, jstoken.COALESCE:
		return &Logical{at, op, l, r}
	}
	if r, ok := r.(*Binary); ok && relational[op] && relational[r.Op] && c.outer(r.Loc) == r.Loc {
		return c.leftFirst(l, op, r)
	}
	return &Binary{at, op, l, r}
}

// relational are the operators that the parser groups from the right.
var relational = map[string]bool{"<": true, "<=": true, ">": true, ">=": true, "in": true, "instanceof": true}

// leftFirst makes l op (r) what it means: (l op r's first operand) and so on.
func (c *converter) leftFirst(l Expr, op string, r *Binary) Expr {
	start := c.outer(l.Range()).Start
	first := r
	for {
		first.Start = min(start, first.Start)
		next, ok := first.L.(*Binary)
		if !ok || !relational[next.Op] || c.outer(next.Loc) != next.Loc {
			break
		}
		first = next
	}
	first.L = &Binary{Loc{start, c.outer(first.L.Range()).End}.forwards(), op, l, first.L}
	return r
}

func (c *converter) template(e *ast.TemplateLiteral) Expr {
	var tag Expr
	if e.Tag != nil {
		tag = c.expr(e.Tag)
	}
	var at Loc
	if c.m == nil {
		at = Loc{c.offset(e.OpenQuote), min(c.offset(e.CloseQuote)+1, len(c.original.text))}
	} else {
		at = c.templateLoc(c.offset(e.OpenQuote))
	}
	if tag == nil && len(e.Expressions) == 0 && len(e.Elements) == 1 {
		return &String{at, c.word(e.Elements[0].Parsed)}
	}
	t := &Template{Loc: at, Tag: tag}
	if tag != nil {
		t.Loc.Start = min(at.Start, c.outer(tag.Range()).Start)
	}
	for _, q := range e.Elements {
		t.Quasis = append(t.Quasis, c.word(q.Parsed))
		if tag != nil {
			t.Raw = append(t.Raw, c.kept(q.Literal))
		}
	}
	for _, x := range e.Expressions {
		t.Exprs = append(t.Exprs, c.expr(x))
	}
	return t
}

// templateLoc returns the original place of the template that starts at offset in the parsed text.
func (c *converter) templateLoc(offset int) Loc {
	at := c.tokenLoc(offset)
	tokens := c.original.tokens
	if i := c.original.tokenAt(at.Start); i < len(tokens) {
		for tokens[i].kind == tokTemplate && int(tokens[i].match) > i {
			i = int(tokens[i].match)
		}
		at.End = max(at.End, int(tokens[i].end))
	}
	return at
}

func (c *converter) array(left, right file.Idx, elems []ast.Expression, rest ast.Expression) *ArrayLit {
	at := c.literal(left, "[")
	a := &ArrayLit{Loc: Loc{at.Start, c.closing(right, at.Start, '[', at.End)}.forwards()}
	for _, x := range elems {
		a.Elems = append(a.Elems, c.expr(x))
	}
	if rest != nil {
		a.Elems = append(a.Elems, c.spread(rest))
	}
	return a
}

// spread converts ...x; the parser tells the place of x only.
func (c *converter) spread(e ast.Expression) *Spread {
	x := c.expr(e)
	at := c.outer(x.Range())
	if b := c.original.before(at.Start); b >= 3 && string(c.original.text[b-3:b]) == "..." {
		at.Start = b - 3
	}
	return &Spread{at, x}
}

func (c *converter) meta(e *ast.MetaProperty) Expr {
	m := &MetaProperty{Name: c.word(e.Meta.Name)}
	m.Loc = c.literal(e.Meta.Idx, m.Name)
	if e.Property != nil {
		name := c.word(e.Property.Name)
		m.Name += "." + name
		m.Loc = Loc{m.Loc.Start, c.nameLoc(e.Property.Idx).End}.forwards()
	}
	return m
}
