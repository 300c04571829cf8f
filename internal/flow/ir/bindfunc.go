package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Functions and classes, as the binder goes over them.

// begin makes the function at hand the one that key stands for, and returns what to call at its end.
func (b *binder) begin(key part, x *script.Func, strict bool) (*function, func()) {
	outer, outerStrict := b.fn, b.strict
	f := &function{outer: outer, node: x, strict: outerStrict || strict}
	if x != nil {
		f.arrow = x.Arrow
		f.strict = f.strict || useStrict(x.Body)
	}
	if f.arrow {
		f.this = outer.this
	}
	f.params = &scope{fn: f}
	f.body = f.params
	b.functions[key] = f
	b.fn, b.strict = f, f.strict
	return f, func() { b.fn, b.strict = outer, outerStrict }
}

// useStrict reports whether a body begins with the directive "use strict".
func useStrict(body []script.Stmt) bool {
	for _, s := range body {
		e, ok := s.(*script.ExprStmt)
		if !ok {
			return false
		}
		text, ok := e.X.(*script.String)
		if !ok || text.Start != e.Start {
			return false
		}
		if text.Value == "use strict" {
			return true
		}
	}
	return false
}

// function goes over a function. Its own name is a variable inside if it is an expression.
func (b *binder) function(key part, x *script.Func, named, derived bool) {
	f, end := b.begin(key, x, false)
	defer end()
	if derived {
		f.derived = true
		f.this = b.declare(f.params, "this", kindThis)
		f.this.early = true
	}
	b.parameters(f, x, named)
	defer b.leave(f.params)
	if separate(x.Params) {
		f.body = &scope{fn: f}
		defer b.leave(f.body)
	}
	b.hoist(f.body, x.Body)
	if f.body != f.params {
		// The parameters are bound before, where the variables of the body are not seen.
		b.leave(f.body)
		b.bindParameters(x)
		b.enter(f.body)
	} else {
		b.bindParameters(x)
	}
	for _, s := range x.Body {
		script.Walk(s, b.visit)
		if derived && callsSuper(s) {
			f.this.ready = true
		}
	}
	b.walk(x.Result)
}

// callsSuper reports whether a statement is the call of the constructor of the base class, after which there is this.
func callsSuper(s script.Stmt) bool {
	e, ok := s.(*script.ExprStmt)
	if !ok {
		return false
	}
	call, ok := e.X.(*script.Call)
	if !ok {
		return false
	}
	_, ok = call.Callee.(*script.Super)
	return ok
}

// separate reports whether the body has a scope that the parameters do not see.
func separate(params []script.Expr) bool {
	for _, p := range params {
		if expressions(p) {
			return true
		}
	}
	return false
}

// parameters declares the parameters, the function's own name and its arguments object.
func (b *binder) parameters(f *function, x *script.Func, named bool) {
	for _, p := range x.Params {
		bound(p, func(id *script.Ident) { b.declare(f.params, id.Name, kindParam) })
	}
	if v := b.table["arguments"]; !f.arrow && (v == nil || v.scope != f.params) {
		f.arguments = b.declare(f.params, "arguments", kindVar)
		f.arguments.implicit = true
	}
	if !named {
		return
	}
	if v := b.table[x.Name.Name]; v == nil || v.scope != f.params {
		f.self = b.declare(f.params, x.Name.Name, kindSelf)
		f.self.implicit = true
	}
}

func (b *binder) bindParameters(x *script.Func) {
	if simple(x.Params) {
		for _, p := range x.Params {
			b.initialise(p.(*script.Ident))
		}
		return
	}
	for _, p := range x.Params {
		b.pattern(p)
	}
}

// hoist declares what the body of a function or the top level of a module declares.
func (b *binder) hoist(s *scope, body []script.Stmt) {
	h := hoister{strict: b.strict, lexical: map[string]int{}}
	h.declare = func(name string) { b.declare(s, name, kindVar) }
	h.annex = func(d *script.FuncDecl) {
		name := d.Func.Name.Name
		if v := b.table[name]; v != nil && v.scope.fn == s.fn && (v.kind == kindParam || v == s.fn.arguments) {
			return
		}
		b.annex[d] = b.declare(s, name, kindVar)
	}
	h.body(body)
	b.statements(s, body)
}

// class goes over a class in the order in which lowering does: computed keys and methods, fields, then what is static.
func (b *binder) class(k *script.Class) {
	outer := b.strict
	b.strict = true
	s := &scope{fn: b.fn}
	b.scopes[part{k, partSelf}] = s
	b.brands++
	if k.Name != nil {
		b.declare(s, k.Name.Name, kindConst).implicit = true
	}
	for _, m := range k.Members {
		if private(m, b.file) {
			b.declare(s, m.Name, kindPrivate).brand = b.brand(m.Name)
		}
		if m.Field && m.Computed != nil && !m.Static {
			v := &variable{name: "%key", kind: kindConst, scope: s, captured: true}
			s.vars = append(s.vars, v)
			b.push(v)
			b.keys[m] = v
		}
	}
	b.walk(k.Super)
	b.members(k)
	if k.Name != nil {
		b.initialise(k.Name)
	}
	for _, m := range k.Members {
		if m.Static && (m.Block || m.Field && !plain(m.Value)) {
			b.madeUp(part{m, partSelf}, func() { b.static(m) })
		}
	}
	for _, m := range k.Members {
		for _, d := range m.Decorators {
			b.walk(d)
		}
	}
	b.leave(s)
	b.strict = outer
	for _, d := range k.Decorators {
		b.walk(d)
	}
}

// members goes over the methods, and the fields of instances.
func (b *binder) members(k *script.Class) {
	fields := false
	for _, m := range k.Members {
		b.walk(m.Computed)
		if m.Field {
			fields = fields || !m.Static
		} else if f, ok := m.Value.(*script.Func); ok && !m.Block {
			b.function(part{f, partSelf}, f, false, isConstructor(m) && k.Super != nil)
		}
	}
	if !fields {
		return
	}
	b.madeUp(part{k, partFields}, func() {
		for _, m := range k.Members {
			if m.Field && !m.Static {
				b.walk(m.Value)
			}
		}
	})
}

// madeUp goes over what lowering makes a function of.
func (b *binder) madeUp(key part, inside func()) {
	f, end := b.begin(key, nil, true)
	inside()
	b.leave(f.params)
	end()
}

// static goes over the value of a static field, or over a static block.
func (b *binder) static(m *script.ClassMember) {
	if !m.Block {
		b.walk(m.Value)
		return
	}
	if x, ok := m.Value.(*script.Func); ok {
		b.hoist(b.fn.body, x.Body)
		b.walkAll(x.Body)
	}
}
