package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// objects defines Object.
func (l *library) objects() {
	f := l.constructor("Object", 1, l.r.Object, func(c *exec.Call) exec.Result {
		if c.NewTarget.IsObject() && c.NewTarget != c.Func {
			return done(c.M.Alloc(c.S, &value.Obj{Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.Object)}))
		}
		v := c.Arg(0)
		switch {
		case v.IsNullish():
			return done(c.M.Object(c.S))
		case v.Kind() == value.Open:
			if typ := v.Term().Type; typ == "object" || typ == "function" {
				return done(v)
			}
			return derived(c, "Object", "object")
		case v.IsObject():
			return done(v)
		}
		return done(c.M.Box(c.S, v))
	})
	l.method(f, "keys", 1, l.lists("keys", func(_ *exec.Call, p value.Prop) value.Value { return exec.KeyValue(p.Key) }))
	l.method(f, "values", 1, l.lists("values", func(_ *exec.Call, p value.Prop) value.Value { return p.Value }))
	l.method(f, "entries", 1, l.lists("entries", func(c *exec.Call, p value.Prop) value.Value {
		return c.M.Array(c.S, []value.Value{exec.KeyValue(p.Key), p.Value})
	}))
	l.method(f, "getOwnPropertyNames", 1, l.ownKeys("getOwnPropertyNames", func(k value.Key) bool { return k.Sym == nil }))
	l.method(f, "getOwnPropertySymbols", 1, l.ownKeys("getOwnPropertySymbols", func(k value.Key) bool { return k.Sym != nil }))
	l.method(f, "getPrototypeOf", 1, l.getPrototypeOf)
	l.method(f, "setPrototypeOf", 2, func(c *exec.Call) exec.Result {
		o, p := c.Arg(0), c.Arg(1)
		switch {
		case o.IsNullish():
			return c.Error("TypeError", "Object.setPrototypeOf called on null or undefined")
		case !p.IsObject() && p.Kind() != value.Null && p.Kind() != value.Open:
			return c.Error("TypeError", "Object prototype may only be an Object or null: "+describe(p))
		case o.IsObject():
			if l.isProxy(c, o) {
				return exec.Calls(l.r.Helper("proxy_setPrototypeOf"), value.Undef, o, p, value.True)
			}
			if !l.setProto(c, o, p) {
				return c.Error("TypeError", "Cyclic __proto__ value")
			}
		}
		return done(o)
	})
	l.method(f, "create", 2, func(c *exec.Call) exec.Result {
		p := c.Arg(0)
		if !p.IsObject() && p.Kind() != value.Null && p.Kind() != value.Open {
			return c.Error("TypeError", "Object prototype may only be an Object or null: "+describe(p))
		}
		o := c.M.Alloc(c.S, &value.Obj{Proto: p})
		if c.Arg(1).Kind() == value.Undefined {
			return done(o)
		}
		return exec.Calls(l.r.Helper("defineProperties"), value.Undef, o, c.Arg(1))
	})
	l.method(f, "is", 2, func(c *exec.Call) exec.Result {
		if anyOpen(c.Arg(0), c.Arg(1)) {
			if c.Arg(0) == c.Arg(1) {
				return boolean(true)
			}
			return derived(c, "is", "boolean")
		}
		return boolean(value.Same(c.Arg(0), c.Arg(1)))
	})
	l.integrity(f)
	l.method(f, "defineProperty", 3, func(c *exec.Call) exec.Result {
		o, k := c.Arg(0), c.Arg(1)
		if key, ok := exec.KeyOf(k); ok && o.IsObject() && !l.isProxy(c, o) {
			if d, ok := l.descriptor(c, c.Arg(2)); ok {
				if !l.redefine(c, o, key, d) {
					return c.Error("TypeError", "Cannot redefine property: "+key.Name)
				}
				return done(o)
			}
		}
		return l.hand(c, "defineProperty")
	})
	l.method(f, "getOwnPropertyDescriptor", 2, func(c *exec.Call) exec.Result {
		o, k := c.Arg(0), c.Arg(1)
		switch key, ok := exec.KeyOf(k); {
		case anyOpen(o, k):
			return derived(c, "getOwnPropertyDescriptor", "")
		case o.IsNullish():
			return c.Error("TypeError", "Cannot convert undefined or null to object")
		case ok && o.IsObject() && !l.isProxy(c, o):
			return l.descriptorOf(c, o, key)
		}
		return l.hand(c, "getOwnPropertyDescriptor")
	})
	l.objectPrototype()
}

// describe names a primitive in a message.
func describe(v value.Value) string {
	switch v.Kind() {
	case value.Symbol:
		return "Symbol(" + v.Symbol().Description + ")"
	case value.Object:
		return "#<Object>"
	case value.Open, value.Choice:
		return "a value"
	}
	return exec.ToText(v)
}

func (l *library) isProxy(c *exec.Call, v value.Value) bool {
	return v.IsObject() && c.S.Obj(v.ID()).Class == value.ProxyObject
}

// lists is Object.keys, values or entries.
func (l *library) lists(name string, one func(*exec.Call, value.Prop) value.Value) exec.Run {
	return func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		switch {
		case v.Kind() == value.Open:
			typ := ""
			if name == "keys" {
				typ = "string"
			}
			item := c.M.Table.Derived(name, "", typ, v)
			if name == "entries" {
				e := c.M.Array(c.S, []value.Value{c.M.Table.Derived("keys", "", "string", v), c.M.Table.Derived("values", "", "", v)})
				c.S.Edit(e.ID()).Many = true
				item = value.OpenOf(c.M.Absorb(nil, e))
			}
			return done(l.unknownList(c, nil, item.Term()))
		case v.IsNullish():
			return c.Error("TypeError", "Cannot convert undefined or null to object")
		case !v.IsObject():
			v = c.M.Box(c.S, v)
		}
		o := c.S.Obj(v.ID())
		if o.Class == value.ProxyObject || name != "keys" && hasAccessors(o) {
			return exec.Calls(l.r.Helper("listProperties"), value.Undef, v, value.Text(name))
		}
		rest := o.Rest
		var out []value.Value
		for _, k := range c.M.OwnKeys(c.S, v) {
			if k.Sym != nil {
				continue
			}
			p, there := c.M.Own(c.S, v, k)
			if !there || p.Flags&value.Hidden != 0 {
				continue
			}
			if p.Flags&value.Maybe != 0 {
				x, ok := c.M.Decided(c.S, p.Value)
				if !ok {
					return exec.Again()
				}
				if x.Kind() == value.Absent {
					continue
				}
				p.Value = x
			}
			out = append(out, one(c, p))
		}
		if rest != nil {
			if name == "keys" {
				rest = c.M.Table.Derived("keys", "", "string", value.OpenOf(rest)).Term()
			}
			if name == "entries" {
				e := c.M.Array(c.S, []value.Value{c.M.Table.Derived("keys", "", "string", value.OpenOf(rest)), c.M.Item(c.S, rest, "values")})
				c.S.Edit(e.ID()).Many = true
				rest = c.M.Absorb(nil, e)
			}
			return done(l.unknownList(c, out, rest))
		}
		return done(c.M.Array(c.S, out))
	}
}

// unknownList is an array with elements that are not known.
func (l *library) unknownList(c *exec.Call, known []value.Value, rest *value.Term) value.Value {
	a := c.M.Array(c.S, known)
	if a.IsObject() {
		c.S.Edit(a.ID()).Rest = rest
	}
	return a
}

func hasAccessors(o *value.Obj) bool {
	for _, p := range o.Props.All() {
		if p.Flags&value.Accessor != 0 {
			return true
		}
	}
	return false
}

func (l *library) ownKeys(name string, which func(value.Key) bool) exec.Run {
	return func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		switch {
		case v.Kind() == value.Open:
			return done(l.unknownList(c, nil, c.M.Table.Derived("keys", name, "", v).Term()))
		case v.IsNullish():
			return c.Error("TypeError", "Cannot convert undefined or null to object")
		case !v.IsObject():
			v = c.M.Box(c.S, v)
		case l.isProxy(c, v):
			return exec.Calls(l.r.Helper("proxyKeys"), value.Undef, v, value.BoolOf(name == "getOwnPropertySymbols"))
		}
		var out []value.Value
		for _, k := range c.M.OwnKeys(c.S, v) {
			if which(k) {
				out = append(out, exec.KeyValue(k))
			}
		}
		if o := c.S.Obj(v.ID()); o.Rest != nil && o.Class != value.ArrayObject {
			return done(l.unknownList(c, out, c.M.Table.Derived("keys", name, "", value.OpenOf(o.Rest)).Term()))
		}
		return done(c.M.Array(c.S, out))
	}
}

func (l *library) getPrototypeOf(c *exec.Call) exec.Result {
	v := c.Arg(0)
	switch {
	case v.Kind() == value.Open:
		return derived(c, "getPrototypeOf", "")
	case v.IsNullish():
		return c.Error("TypeError", "Cannot convert undefined or null to object")
	case !v.IsObject():
		return done(c.M.Home(v))
	case l.isProxy(c, v):
		return exec.Calls(l.r.Helper("proxy_getPrototypeOf"), value.Undef, v)
	}
	return done(c.S.Obj(v.ID()).Proto)
}

// setProto changes the prototype of an object; false where that is not allowed.
func (l *library) setProto(c *exec.Call, v, p value.Value) bool {
	if c.S.Obj(v.ID()).Proto == p {
		return true
	}
	for at, n := p, 0; at.IsObject() && n < 1000; n++ {
		if at == v {
			return false
		}
		at = c.S.Resolve(c.S.Obj(at.ID()).Proto)
	}
	if c.S.Obj(v.ID()).Fixed {
		return false
	}
	c.S.Edit(v.ID()).Proto = p
	return true
}

func (l *library) objectPrototype() {
	p := l.r.Object
	l.method(p, "hasOwnProperty", 1, func(c *exec.Call) exec.Result { return l.hasOwn(c, c.This, c.Arg(0)) })
	l.method(l.named["Object"], "hasOwn", 2, func(c *exec.Call) exec.Result { return l.hasOwn(c, c.Arg(0), c.Arg(1)) })
	l.method(p, "isPrototypeOf", 1, func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		for n := 0; v.IsObject() && n < 1000; n++ {
			v = c.S.Resolve(c.S.Obj(v.ID()).Proto)
			if v == c.This {
				return boolean(true)
			}
		}
		if v.Kind() == value.Open || c.This.Kind() == value.Open {
			return derived(c, "isPrototypeOf", "boolean")
		}
		return boolean(false)
	})
	l.method(p, "propertyIsEnumerable", 1, func(c *exec.Call) exec.Result {
		k, ok := exec.KeyOf(c.Arg(0))
		if !ok || !c.This.IsObject() || l.isProxy(c, c.This) {
			return derived(c, "propertyIsEnumerable", "boolean")
		}
		x, there := c.M.Own(c.S, c.This, k)
		return boolean(there && x.Flags&value.Hidden == 0)
	})
	l.method(p, "valueOf", 0, func(c *exec.Call) exec.Result {
		switch {
		case c.This.IsNullish():
			return c.Error("TypeError", "Cannot convert undefined or null to object")
		case c.This.IsPrimitive():
			return done(c.M.Box(c.S, c.This))
		}
		return done(c.This)
	})
	get := l.function("get __proto__", 0, exec.Run(func(c *exec.Call) exec.Result {
		return l.getPrototypeOf(&exec.Call{M: c.M, S: c.S, Args: []value.Value{c.This}, Ctx: c.Ctx})
	}))
	set := l.function("set __proto__", 1, exec.Run(func(c *exec.Call) exec.Result {
		if v := c.Arg(0); c.This.IsObject() && (v.IsObject() || v.Kind() == value.Null || v.Kind() == value.Open) {
			if !l.setProto(c, c.This, v) {
				return c.Error("TypeError", "Cyclic __proto__ value")
			}
		}
		return done(value.Undef)
	}))
	l.s.Edit(p.ID()).Define(value.Prop{Key: value.Named("__proto__"), Get: get, Set: set, Flags: value.Hidden | value.Accessor})
	l.method(p, "toString", 0, func(c *exec.Call) exec.Result {
		tag := l.classTag(c)
		if c.This.IsNullish() {
			return text("[object " + tag + "]")
		}
		if c.This.Kind() == value.Open {
			return derived(c, "toString", "string")
		}
		v, there, plain := l.data(c, c.M.Home(c.This), value.Key{Sym: symToStringTag})
		if !plain {
			return exec.Calls(l.r.Helper("tagged"), value.Undef, c.This, value.Text(tag))
		}
		if there && v.Kind() == value.String {
			tag = v.Text()
		}
		return text("[object " + tag + "]")
	})
}

// classTag is what Object.prototype.toString says of an object without a tag.
func (l *library) classTag(c *exec.Call) string {
	v := c.This
	switch v.Kind() {
	case value.Undefined:
		return "Undefined"
	case value.Null:
		return "Null"
	case value.Object:
	default:
		if typ := v.TypeOf(); typ == "string" || typ == "number" || typ == "boolean" {
			return map[string]string{"string": "String", "number": "Number", "boolean": "Boolean"}[typ]
		}
		return "Object"
	}
	o := c.S.Obj(v.ID())
	if o.Class == value.ProxyObject {
		if t := o.Data.(*value.Proxy).Target; t.IsObject() && c.S.Obj(t.ID()).Class == value.ArrayObject {
			return "Array"
		} else if c.M.IsFunction(c.S, v) {
			return "Function"
		}
		return "Object"
	}
	switch o.Class {
	case value.ArrayObject:
		return "Array"
	case value.FunctionObject:
		return "Function"
	case value.ErrorObject:
		return "Error"
	case value.DateObject:
		return "Date"
	case value.RegExpObject:
		return "RegExp"
	case value.ArgumentsObject:
		return "Arguments"
	case value.BoxedObject:
		if p, _ := o.Data.(value.Value); p.Kind() == value.String {
			return "String"
		} else if p.Kind() == value.Number {
			return "Number"
		} else if p.Kind() == value.Bool {
			return "Boolean"
		}
	}
	return "Object"
}

// hasOwn is whether a value has an own property.
func (l *library) hasOwn(c *exec.Call, v, k value.Value) exec.Result {
	if v.IsNullish() {
		return c.Error("TypeError", "Cannot convert undefined or null to object")
	}
	if anyOpen(v, k) {
		return exec.Done(c.M.Table.Derived("hasOwn", "", "boolean", v, k))
	}
	key, ok := exec.KeyOf(k)
	if !ok || l.isProxy(c, v) {
		return exec.Calls(l.r.Helper("hasOwn"), value.Undef, v, k)
	}
	if !v.IsObject() {
		v = c.M.Box(c.S, v)
	}
	p, there := c.M.Own(c.S, v, key)
	if there && p.Flags&value.Maybe != 0 {
		x, ok := c.M.Decided(c.S, p.Value)
		if !ok {
			return exec.Again()
		}
		there = x.Kind() != value.Absent
	}
	if !there {
		if rest := c.S.Obj(v.ID()).Rest; rest != nil {
			return exec.Done(c.M.Table.Derived("has", key.Name, "boolean", value.OpenOf(rest)))
		}
	}
	return boolean(there)
}
