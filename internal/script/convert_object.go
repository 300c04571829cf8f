package script

// Objects, classes and functions: from the parser's tree to this package's.

import (
	"github.com/grafana/sobek/ast"
	"github.com/grafana/sobek/file"
)

func (c *converter) object(left, right file.Idx, props []ast.Property, rest ast.Expression, pattern bool) *ObjectLit {
	at := c.literal(left, "{")
	o := &ObjectLit{Loc: Loc{at.Start, c.closing(right, at.Start, '{', at.End)}.forwards()}
	for _, p := range props {
		if q := c.property(p, pattern); q != nil {
			o.Props = append(o.Props, q)
		}
	}
	if rest != nil {
		s := c.spread(rest)
		o.Props = append(o.Props, &Property{Loc: s.Loc, Kind: PropSpread, Value: s.X})
	}
	return o
}

func (c *converter) property(p ast.Property, pattern bool) *Property {
	switch p := p.(type) {
	case *ast.SpreadElement:
		s := c.spread(p.Expression)
		return &Property{Loc: s.Loc, Kind: PropSpread, Value: s.X}
	case *ast.PropertyShort:
		id := c.ident(p.Name.Idx, p.Name.Name)
		q := &Property{Loc: id.Loc, Name: id.Name, KeyLoc: id.Loc, Value: id, Shorthand: true}
		if c.m != nil {
			c.written(q, id)
		}
		if p.Initializer != nil {
			if !pattern {
				c.fail(id.Start, "A default belongs in a pattern, not in an object")
			}
			value := c.expr(p.Initializer)
			at := Loc{id.Start, c.outer(value.Range()).End}.forwards()
			q.Loc = Loc{q.Start, at.End}.forwards()
			q.Value = &Assign{at, "=", id, value}
		}
		return q
	case *ast.PropertyKeyed:
		q := &Property{}
		q.Name, q.KeyLoc, q.Computed = c.key(p.Key, p.Computed)
		q.Value = c.expr(p.Value)
		q.Loc = Loc{q.KeyLoc.Start, c.outer(q.Value.Range()).End}.forwards()
		switch p.Kind {
		case ast.PropertyKindGet:
			q.Kind = PropGet
		case ast.PropertyKindSet:
			q.Kind = PropSet
		case ast.PropertyKindMethod:
			q.Method = true
		}
		if f, ok := q.Value.(*Func); ok && p.Kind != ast.PropertyKindValue {
			f.Loc = Loc{min(f.Start, q.KeyLoc.Start), f.End}.forwards()
			q.Loc.Start = f.Start
		}
		// A name that the compiler changed is written out; in the original it was short.
		if id := boundName(q.Value); c.m != nil && id != nil && id.Loc == q.KeyLoc && id.Name == q.Name && q.Computed == nil {
			q.Shorthand = true
		}
		return q
	}
	return nil
}

// written tells a property that the compiler made short, key: key, from one that was so.
func (c *converter) written(q *Property, id *Ident) {
	x := c.original
	colon := x.after(q.KeyLoc.End)
	if colon >= len(x.text) || x.text[colon] != ':' {
		return
	}
	i := x.tokenAt(colon + 1)
	for x.is(i, "(") {
		i++
	}
	if i < len(x.tokens) && x.textOf(i) == id.Name {
		id.Loc = Loc{int(x.tokens[i].start), int(x.tokens[i].end)}
		q.Loc.End = c.outer(id.Loc).End
		q.Shorthand = false
	}
}

// boundName returns the name that x is or gives a default to.
func boundName(x Expr) *Ident {
	if a, ok := x.(*Assign); ok {
		x = a.Target
	}
	id, _ := x.(*Ident)
	return id
}

// key converts a property's key: to its name when it is static.
func (c *converter) key(e ast.Expression, computed bool) (name string, at Loc, x Expr) {
	if !computed {
		switch e := e.(type) {
		case *ast.StringLiteral:
			return c.word(e.Value), c.literal(e.Idx, e.Literal), nil
		case *ast.NumberLiteral:
			return numberName(number(e.Value)), c.literal(e.Idx, e.Literal), nil
		case *ast.PrivateIdentifier:
			return c.kept("#" + e.Name.String()), c.privateLoc(e.Idx), nil
		}
	}
	x = c.expr(e)
	at = c.outer(x.Range())
	if b := c.original.before(at.Start); b > 0 && c.original.text[b-1] == '[' {
		at.Start = b - 1
		if t := c.original.tokens[c.original.tokenAt(b-1)]; t.match >= 0 {
			at.End = max(at.End, int(c.original.tokens[t.match].end))
		}
	}
	if name, ok := staticKey(x); ok {
		return name, at, nil
	}
	return "", at, x
}

// staticKey returns the name that a computed key always is: a literal, or strings put together.
func staticKey(x Expr) (string, bool) {
	switch x := x.(type) {
	case *String:
		return x.Value, true
	case *Number:
		return numberName(x.Value), true
	case *Binary:
		_, number := x.L.(*Number)
		l, ok := staticKey(x.L)
		if !ok || number || x.Op != "+" {
			return "", false
		}
		r, ok := staticKey(x.R)
		return l + r, ok
	}
	return "", false
}

// function converts a function whose text starts at idx.
func (c *converter) function(e *ast.FunctionLiteral, idx file.Idx) *Func {
	f := &Func{Async: e.Async, Generator: e.Generator || c.generators[c.offset(idx)]}
	start := c.literal(idx, "").Start
	if e.Name != nil {
		f.Name = c.ident(e.Name.Idx, e.Name.Name)
	}
	f.Params = c.params(e.ParameterList)
	body := c.block(e.Body)
	f.Body = body.Body
	f.Loc = Loc{start, body.End}.forwards()
	return f
}

func (c *converter) arrow(e *ast.ArrowFunctionLiteral) *Func {
	f := &Func{Arrow: true, Async: e.Async}
	start := c.literal(e.Start, "").Start
	f.Params = c.params(e.ParameterList)
	switch body := e.Body.(type) {
	case *ast.BlockStatement:
		b := c.block(body)
		f.Body = b.Body
		f.Loc = Loc{start, b.End}.forwards()
	case *ast.ExpressionBody:
		f.Result = c.expr(body.Expression)
		f.Loc = Loc{start, c.outer(f.Result.Range()).End}.forwards()
	}
	return f
}

func (c *converter) params(list *ast.ParameterList) []Expr {
	if list == nil {
		return nil
	}
	var params []Expr
	for _, b := range list.List {
		params = append(params, c.binding(b))
	}
	if list.Rest != nil {
		params = append(params, c.spread(list.Rest))
	}
	return params
}

// binding converts a target with its default.
func (c *converter) binding(b *ast.Binding) Expr {
	target := c.expr(b.Target)
	if b.Initializer == nil {
		return target
	}
	value := c.expr(b.Initializer)
	return &Assign{Loc{target.Range().Start, c.outer(value.Range()).End}.forwards(), "=", target, value}
}

func (c *converter) class(e *ast.ClassLiteral) *Class {
	k := &Class{}
	at := c.literal(e.Class, "class")
	if e.Name != nil {
		k.Name = c.ident(e.Name.Idx, e.Name.Name)
	}
	if e.SuperClass != nil {
		k.Super = c.expr(e.SuperClass)
	}
	for _, m := range e.Body {
		k.Members = append(k.Members, c.member(m))
	}
	k.Loc = Loc{at.Start, c.classEnd(e, at.Start)}.forwards()
	return k
}

// classEnd returns the place after the class body.
func (c *converter) classEnd(e *ast.ClassLiteral, start int) int {
	if c.m == nil {
		return min(c.offset(e.RightBrace)+1, len(c.original.text))
	}
	at := c.tokenLoc(c.offset(e.RightBrace))
	if at.End > at.Start && c.original.text[at.End-1] == '}' {
		return at.End
	}
	return c.end(start)
}

func (c *converter) member(e ast.ClassElement) *ClassMember {
	switch e := e.(type) {
	case *ast.FieldDefinition:
		m := &ClassMember{Field: true, Static: e.Static}
		m.Name, m.KeyLoc, m.Computed = c.key(e.Key, e.Computed)
		m.Loc = Loc{min(c.literal(e.Idx, "").Start, m.KeyLoc.Start), m.KeyLoc.End}
		if e.Initializer != nil {
			m.Value = c.expr(e.Initializer)
			m.Loc.End = max(m.Loc.End, c.outer(m.Value.Range()).End)
		}
		return m
	case *ast.MethodDefinition:
		m := &ClassMember{Static: e.Static}
		switch e.Kind {
		case ast.PropertyKindGet:
			m.Kind = PropGet
		case ast.PropertyKindSet:
			m.Kind = PropSet
		}
		m.Name, m.KeyLoc, m.Computed = c.key(e.Key, e.Computed)
		f := c.function(e.Body, e.Body.Function)
		f.Loc = Loc{min(f.Start, m.KeyLoc.Start), f.End}
		m.Value = f
		m.Loc = Loc{min(c.literal(e.Idx, "").Start, f.Start), f.End}
		return m
	case *ast.ClassStaticBlock:
		b := c.block(e.Block)
		at := Loc{c.literal(e.Static, "static").Start, b.End}.forwards()
		return &ClassMember{Loc: at, KeyLoc: at, Static: true, Block: true, Value: &Func{Loc: b.Loc, Body: b.Body}}
	}
	c.fail(0, "a class member that is not understood")
	return &ClassMember{}
}

// element converts a call of the JSX factory back to what it was made of.
func (c *converter) element(factory *ast.Identifier, e *ast.CallExpression) Expr {
	x := c.original
	at := c.tokenLoc(c.offset(factory.Idx))
	if i := x.tokenAt(at.Start); i < len(x.tokens) {
		if x.text[x.tokens[i].start] != '<' && i > 0 {
			i--
		}
		if t := x.tokens[i]; x.text[t.start] == '<' && t.match > int32(i) {
			at = Loc{int(t.start), int(x.tokens[t.match].end)}
		}
	}
	j := &JSX{Loc: at}
	for i, a := range e.ArgumentList {
		switch {
		case i == 0:
			if id, ok := a.(*ast.Identifier); ok && id.Name.String() == c.jsx.fragment {
				continue
			}
			j.Type = c.expr(a)
		case i == 1:
			if _, ok := a.(*ast.NullLiteral); !ok {
				j.Props = c.expr(a)
				c.attributes(j.Props)
			}
		default:
			j.Children = append(j.Children, c.expr(a))
		}
	}
	return j
}

// attributes widens the places of the attributes of an element to their braces, and
// that of all to from the first to the last.
func (c *converter) attributes(props Expr) {
	o, ok := props.(*ObjectLit)
	if !ok || len(o.Props) == 0 {
		return
	}
	text := c.original.text
	for _, p := range o.Props {
		if v, ok := p.Value.(*Bool); ok && v.Start < len(text) && text[v.Start] != 't' && text[v.Start] != '!' {
			p.Loc, v.Loc = p.KeyLoc, p.KeyLoc // <a b>
			continue
		}
		if end := c.original.after(p.End); end < len(text) && text[end] == '}' {
			p.End = end + 1
		}
		if start := c.original.before(p.Start); p.Kind == PropSpread && start > 0 && text[start-1] == '{' {
			p.Start = start - 1
		}
	}
	o.Loc = Loc{o.Props[0].Start, o.Props[len(o.Props)-1].End}.forwards()
}
