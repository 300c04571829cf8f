package builtin

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// intrinsic defines what preludes call as $$name, with decided arguments.
func (l *library) intrinsic(name string, run exec.Run) {
	l.r.Intrinsics[name] = &value.Native{Name: name, Run: run}
}

// rawIntrinsic defines one that takes choices as they are.
func (l *library) rawIntrinsic(name string, run exec.Raw) {
	l.r.Intrinsics[name] = &value.Native{Name: name, Run: run}
}

// test defines one that answers a question about a value.
func (l *library) test(name string, is func(c *exec.Call, v value.Value) bool) {
	l.intrinsic(name, func(c *exec.Call) exec.Result { return boolean(is(c, c.Arg(0))) })
}

func classIs(c *exec.Call, v value.Value, class value.Class) bool {
	return v.IsObject() && c.S.Obj(v.ID()).Class == class
}

func (l *library) intrinsics() {
	l.questions()
	l.calling()
	l.lookups()
	l.listed()
	l.iterations()
	l.properties()
	l.conversions()
}

// questions are about what a value is. Something open is an object or a function only if its type says so.
func (l *library) questions() {
	l.test("isObject", func(_ *exec.Call, v value.Value) bool {
		return v.IsObject() || v.Kind() == value.Open && (v.Term().Type == "object" || v.Term().Type == "function")
	})
	l.test("isCallable", func(c *exec.Call, v value.Value) bool {
		return c.M.IsFunction(c.S, v) || v.Kind() == value.Open && (v.Term().Type == "" || v.Term().Type == "function")
	})
	l.test("isConstructor", func(c *exec.Call, v value.Value) bool { return c.M.IsConstructor(c.S, v) })
	l.test("isArray", func(c *exec.Call, v value.Value) bool { return classIs(c, v, value.ArrayObject) })
	l.test("isArrayLike", func(c *exec.Call, v value.Value) bool {
		for l.isProxy(c, v) {
			v = c.S.Obj(v.ID()).Data.(*value.Proxy).Target
		}
		return classIs(c, v, value.ArrayObject)
	})
	l.test("isPlainArray", func(c *exec.Call, v value.Value) bool {
		return classIs(c, v, value.ArrayObject) && c.S.Obj(v.ID()).Proto == l.r.Array && c.S.Obj(v.ID()).Props.Get(value.Named("constructor")) == nil
	})
	l.test("isOpen", func(_ *exec.Call, v value.Value) bool { return v.Kind() == value.Open })
	l.test("isAbsent", func(_ *exec.Call, v value.Value) bool { return v.Kind() == value.Absent })
	l.test("isProxy", func(c *exec.Call, v value.Value) bool { return l.isProxy(c, v) })
	l.test("isRegExp", func(c *exec.Call, v value.Value) bool { return classIs(c, v, value.RegExpObject) })
	l.test("isOwnIterator", func(c *exec.Call, v value.Value) bool {
		if !classIs(c, v, value.IteratorObject) {
			return false
		}
		next, _, plain := l.data(c, v, value.Named("next"))
		return plain && c.M.IsFunction(c.S, next) && c.S.Obj(next.ID()).Fn != nil && c.S.Obj(next.ID()).Fn.Native != nil
	})
	l.intrinsic("same", func(c *exec.Call) exec.Result { return boolean(value.Same(c.Arg(0), c.Arg(1))) })
	l.intrinsic("among", func(c *exec.Call) exec.Result {
		return boolean(slices.ContainsFunc(c.S.Obj(c.Arg(0).ID()).Elems, func(v value.Value) bool { return value.Same(v, c.Arg(1)) }))
	})
	l.intrinsic("describe", func(c *exec.Call) exec.Result { return text(describe(c.Arg(0))) })
	l.intrinsic("maybe", func(c *exec.Call) exec.Result { return c.Either(value.True, value.False) })
	l.intrinsic("derived", func(c *exec.Call) exec.Result {
		return exec.Done(c.M.Table.Derived("call", c.Arg(0).Text(), "", c.Args[1:]...))
	})
	l.intrinsic("derivedText", func(c *exec.Call) exec.Result {
		return exec.Done(c.M.Table.Derived("call", c.Arg(0).Text(), "string", c.Args[1:]...))
	})
}

// calling are the calls of functions that the prelude was given.
func (l *library) calling() {
	l.rawIntrinsic("call", func(c *exec.Call) exec.Result { return exec.Calls(c.Args[0], c.Args[1], c.Args[2:]...) })
	l.rawIntrinsic("apply", func(c *exec.Call) exec.Result {
		o := c.S.Obj(c.Args[2].ID())
		args := append([]value.Value(nil), o.Elems...)
		if o.Rest != nil {
			args = append(args, c.M.Item(c.S, o.Rest, ""))
		}
		return exec.Calls(c.Args[0], c.Args[1], args...)
	})
	l.intrinsic("construct", func(c *exec.Call) exec.Result {
		return c.Construct(c.Args[0], append([]value.Value(nil), c.S.Obj(c.Args[1].ID()).Elems...), c.Args[2])
	})
	l.intrinsic("throw", func(c *exec.Call) exec.Result {
		why := c.Arg(1)
		if why.Kind() != value.String {
			return c.Error(c.Arg(0).Text(), "")
		}
		return c.Error(c.Arg(0).Text(), why.Text())
	})
}

// lookups name objects of the library, and define functions of it.
func (l *library) lookups() {
	l.intrinsic("symbol", func(c *exec.Call) exec.Result { return done(value.SymbolOf(wellKnown[c.Arg(0).Text()])) })
	l.intrinsic("named", func(c *exec.Call) exec.Result { return done(l.lookup(c.Arg(0).Text())) })
	l.intrinsic("helper", func(c *exec.Call) exec.Result { return done(l.r.Helper(c.Arg(0).Text())) })
	member := func(c *exec.Call) exec.Result {
		p := l.s.Obj(l.named[c.Arg(0).Text()].ID()).Props.Get(value.Named(c.Arg(1).Text()))
		return done(p.Value)
	}
	l.intrinsic("member", member)
	l.intrinsic("static", member)
	define := func(c *exec.Call) exec.Result {
		on, ok := l.named[c.Arg(0).Text()]
		if !ok {
			panic("no " + c.Arg(0).Text())
		}
		for _, p := range c.S.Obj(c.Arg(1).ID()).Props.All() {
			p.Flags |= value.Hidden
			if p.Key.Sym != nil && p.Key.Sym == wellKnown["toPrimitive"] {
				p.Flags |= value.ReadOnly
			}
			c.S.Edit(on.ID()).Define(p)
		}
		return done(value.Undef)
	}
	l.intrinsic("methods", define)
	l.intrinsic("statics", define)
	l.intrinsic("helpers", func(c *exec.Call) exec.Result {
		for _, p := range c.S.Obj(c.Arg(0).ID()).Props.All() {
			l.r.Helpers[p.Key.Name] = p.Value
		}
		return done(value.Undef)
	})
	l.intrinsic("target", func(c *exec.Call) exec.Result { return done(c.S.Obj(c.Arg(0).ID()).Data.(*value.Proxy).Target) })
	l.intrinsic("handler", func(c *exec.Call) exec.Result { return done(c.S.Obj(c.Arg(0).ID()).Data.(*value.Proxy).Handler) })
	l.intrinsic("create", func(c *exec.Call) exec.Result {
		return done(c.M.Alloc(c.S, &value.Obj{Proto: l.named[c.Arg(0).Text()]}))
	})
	l.intrinsic("bare", func(c *exec.Call) exec.Result { return done(c.M.Alloc(c.S, &value.Obj{Proto: value.Nil})) })
}

// lookup is an object of the library by name, as it was in the beginning.
func (l *library) lookup(name string) value.Value {
	if v, ok := l.named[name]; ok {
		return v
	}
	var on value.Value
	var key string
	switch name {
	case "hasInstance":
		on, key = l.r.Function, "@@hasInstance"
	case "functionApply":
		on, key = l.r.Function, "apply"
	case "objectToString":
		on, key = l.r.Object, "toString"
	case "setPrototypeOf":
		on, key = l.named["Reflect"], "setPrototypeOf"
	default:
		panic("nothing is named " + name)
	}
	return l.s.Obj(on.ID()).Props.Get(keyNamed(key)).Value
}

// properties are about the properties of objects that are no proxies.
func (l *library) properties() {
	key := func(c *exec.Call) value.Key {
		k, _ := exec.KeyOf(c.Arg(1))
		return k
	}
	l.intrinsic("ownKeys", func(c *exec.Call) exec.Result {
		if c.Arg(0).Kind() == value.Open {
			return done(l.unknownList(c, nil, c.M.Table.Derived("keys", "", "", c.Arg(0)).Term()))
		}
		var out []value.Value
		for _, k := range c.M.OwnKeys(c.S, c.Arg(0)) {
			out = append(out, exec.KeyValue(k))
		}
		return done(c.M.Array(c.S, out))
	})
	l.intrinsic("isEnumerable", func(c *exec.Call) exec.Result {
		p, there := c.M.Own(c.S, c.Arg(0), key(c))
		return boolean(there && p.Flags&value.Hidden == 0)
	})
	l.intrinsic("hasOwn", func(c *exec.Call) exec.Result {
		_, there := c.M.Own(c.S, c.Arg(0), key(c))
		return boolean(there)
	})
	l.intrinsic("descriptor", func(c *exec.Call) exec.Result {
		if !c.Arg(0).IsObject() {
			return derived(c, "descriptor", "")
		}
		return l.descriptorOf(c, c.Arg(0), key(c))
	})
	l.intrinsic("define", func(c *exec.Call) exec.Result {
		d, ok := l.descriptor(c, c.Arg(2))
		if !ok || !c.Arg(0).IsObject() {
			return boolean(true)
		}
		return boolean(l.redefine(c, c.Arg(0), key(c), d))
	})
	l.rawIntrinsic("setOwn", func(c *exec.Call) exec.Result {
		k, known := exec.KeyOf(c.S.Resolve(c.Args[1]))
		if !known {
			l.takeRest(c, c.Args[0], c.M.Absorb(c.M.Table.Derived("rest", "", "", c.Args[1]).Term(), c.Args[2]))
			return done(value.Undef)
		}
		o := c.S.Obj(c.Args[0].ID())
		if o.Class == value.ArrayObject {
			if !c.M.Put(c.S, c.Args[0], k, c.Args[2]) {
				return exec.Again()
			}
			return done(value.Undef)
		}
		c.S.Edit(c.Args[0].ID()).Define(value.Prop{Key: k, Value: c.Args[2]})
		return done(value.Undef)
	})
	l.rawIntrinsic("hide", func(c *exec.Call) exec.Result {
		l.define2(c, c.Args[0], c.Args[1].Text(), c.Args[2])
		return done(value.Undef)
	})
	l.intrinsic("deleted", func(c *exec.Call) exec.Result {
		if c.Arg(0).Kind() == value.Open {
			return derived(c, "delete", "boolean")
		}
		ok, goesOn := c.M.Remove(c.S, c.Arg(0), key(c))
		if !goesOn {
			return exec.Again()
		}
		return boolean(ok)
	})
	l.intrinsic("protoOf", l.getPrototypeOf)
	l.intrinsic("inChain", func(c *exec.Call) exec.Result { return l.inChain(c, c.Arg(0), c.Arg(1)) })
	l.intrinsic("getFrom", func(c *exec.Call) exec.Result {
		k, known := exec.KeyOf(c.Arg(1))
		if !known || !c.Arg(0).IsObject() {
			return derived(c, "get", "")
		}
		v, ok := c.M.GetFrom(c.S, c.Arg(0), k, c.Arg(2))
		if !ok {
			return exec.Again()
		}
		return done(v)
	})
	l.intrinsic("spread", func(c *exec.Call) exec.Result {
		c.M.SpreadOpen(c.S, c.Arg(0), c.Arg(1))
		return done(value.Undef)
	})
	l.intrinsic("assignPlain", l.assignPlain)
}

// assignPlain is Object.assign of one source if it runs nothing: whether it did.
func (l *library) assignPlain(c *exec.Call) exec.Result {
	to, from := c.Arg(0), c.Arg(1)
	if !to.IsObject() {
		return boolean(true)
	}
	o, t := c.S.Obj(from.ID()), c.S.Obj(to.ID())
	if o.Class == value.ProxyObject || t.Class == value.ProxyObject || t.Fixed || hasAccessors(o) || hasAccessors(t) || t.Proto != l.r.Object {
		return boolean(false)
	}
	for _, p := range t.Props.All() {
		if p.Flags&value.ReadOnly != 0 {
			return boolean(false)
		}
	}
	return c.M.CopyPlain(c, to, from)
}

// conversions turn values into others.
func (l *library) conversions() {
	l.intrinsic("box", func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		if v.IsNullish() {
			return c.Error("TypeError", "Cannot convert undefined or null to object")
		}
		if v.IsObject() || v.Kind() == value.Open {
			return done(v)
		}
		return done(c.M.Box(c.S, v))
	})
	l.intrinsic("unbox", func(c *exec.Call) exec.Result {
		if v := c.Arg(0); classIs(c, v, value.BoxedObject) {
			p, _ := c.S.Obj(v.ID()).Data.(value.Value)
			return done(p)
		}
		return done(c.Arg(0))
	})
	l.intrinsic("numeric", func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		switch v.Kind() {
		case value.BigInt:
			return done(v)
		case value.Open:
			return exec.Done(c.M.Table.Derived("number", "", "number", v))
		case value.Symbol:
			return c.Error("TypeError", "Cannot convert a Symbol value to a number")
		}
		return num(exec.ToNumber(v))
	})
	l.intrinsic("key", func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		switch v.Kind() {
		case value.Object:
			return exec.Calls(l.r.Helper("toKey"), value.Undef, v)
		case value.Symbol, value.Open:
			return done(v)
		}
		return text(exec.ToText(v))
	})
	number := func(name string, f func(n float64, c *exec.Call) float64) {
		l.intrinsic(name, func(c *exec.Call) exec.Result {
			if anyOpen(c.Args...) {
				return exec.Done(c.M.Table.Derived(name, "", "number", c.Args...))
			}
			return num(f(c.Arg(0).Num(), c))
		})
	}
	number("toLength", func(n float64, _ *exec.Call) float64 { return max(0, min(ecma.ToInteger(n), safe)) })
	number("toInteger", func(n float64, _ *exec.Call) float64 { return ecma.ToInteger(n) })
	number("clamp", func(n float64, c *exec.Call) float64 { return max(0, min(ecma.ToInteger(n), c.Arg(1).Num())) })
	l.intrinsic("regexp", func(c *exec.Call) exec.Result {
		return exec.Constructs(l.named["RegExp"], c.Arg(0), c.Arg(1))
	})
}
