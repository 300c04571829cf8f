package flow

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// The functions of JavaScript's own namespaces: Promise.all, Object.assign and so on.

// prototypeObject is Array.prototype and the like, for code that borrows their methods.
func (m *machine) prototypeObject(of string) (value, bool) {
	if of == "Object" && m.a.objectProto != nil {
		return ref(m.a.objectProto), true
	}
	c := cPlain
	var table map[string]nativeFunc
	switch of {
	case "Array":
		c, table = cArray, arrayMethods
	case "Object":
		table = objectMethods
	case "Function":
		c, table = cFunction, functionMethods
	case "Promise":
		c, table = cPromise, promiseMethods
	case "String":
		return ref(m.object(cBoxed)), true
	case "Boolean":
		// valueOf of what Reflect.construct(Boolean, []) makes: so compiled classes ask whether there is Reflect.construct.
		table = map[string]nativeFunc{"valueOf": func(_ *machine, this value, _ []value, _ *frame) value {
			if this.kind == kBool {
				return this
			}
			return no
		}}
	default:
		return undefined, false
	}
	o := m.baseObject(cPlain)
	if of == "Object" {
		m.a.objectProto = o
	}
	for name, f := range table {
		o.props = setCell(o.props, name, &cell{val: m.native(name, suited(c, f)), serial: m.serial})
	}
	return ref(o), true
}

func setCell(props map[string]*cell, name string, c *cell) map[string]*cell {
	if props == nil {
		props = map[string]*cell{}
	}
	props[name] = c
	return props
}

// suited makes a method safe to be called on a value of another class.
func suited(c class, f nativeFunc) nativeFunc {
	return func(m *machine, this value, args []value, fr *frame) value {
		if this = m.known(this); c == cPromise {
			this = m.promised(this)
		}
		if this.kind == kObject && this.obj.class == c && (c != cPromise || this.obj.promise != nil) || c == cPlain || c == cFunction && this.kind == kObject {
			return f(m, this, args, fr)
		}
		if c == cArray {
			items, ok := m.list(this)
			if !ok {
				items, ok = m.arrayLike(this)
			}
			if ok {
				return f(m, m.array(items), args, fr)
			}
		}
		m.handOver(args, causeOf(this), fr)
		return m.unknown(causeOf(this))
	}
}

// staticMember reads a property of one of JavaScript's own functions and namespaces.
func (m *machine) staticMember(of, name string) (value, bool) {
	switch of {
	case "Symbol":
		switch name {
		case "iterator", "asyncIterator", "toStringTag", "hasInstance", "toPrimitive":
			key := "Symbol." + name
			if c := m.a.globals[key]; c != nil {
				return c.val, true
			}
			o := m.baseObject(cBoxed)
			o.name = symbolMark + name
			m.a.globals[key] = &cell{val: ref(o), name: key}
			return ref(o), true
		}
	}
	if n, ok := numberConstants[of+"."+name]; ok {
		return number(n), true
	}
	if name == "parseInt" && of == "Number" || name == "parseFloat" && of == "Number" {
		return m.libraryFunction(name), true
	}
	if f, ok := statics[of+"."+name]; ok {
		if pureNamespaces[of] {
			f = computes(f)
		}
		return m.native(name, f), true
	}
	if name == "prototype" {
		return m.prototypeObject(of)
	}
	switch of {
	case "console", "Math", "Date", "Intl", "Reflect", "JSON", "Number", "String", "Array":
		if of == "console" {
			return m.native(name, func(m *machine, _ value, _ []value, _ *frame) value {
				m.acts++
				return undefined
			}), true
		}
		f := func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }
		if pureNamespaces[of] && name != "random" && name != "now" {
			f = computes(f)
		}
		return m.native(name, f), true
	}
	return undefined, false
}

// pureNamespaces are those whose functions return what hangs on nothing but their arguments.
var pureNamespaces = map[string]bool{"Math": true, "JSON": true, "Number": true, "String": true, "Object": true, "Array": true, "Reflect": true, "Date": true}

var statics map[string]nativeFunc

func init() {
	gather := func(how string) nativeFunc {
		return func(m *machine, _ value, args []value, fr *frame) value {
			list, ok := m.list(arg(args, 0))
			v := m.gather(how, list)
			if !ok {
				v.obj.promise.outside = causeOf(m.known(arg(args, 0)))
				if len(list) == 0 && v.obj.promise.state == fulfilled {
					v.obj.promise.val = m.unknown(nil)
				}
			}
			return v
		}
	}
	statics = map[string]nativeFunc{
		"require.async": func(m *machine, _ value, args []value, fr *frame) value {
			if fr == nil {
				return m.unknown(nil)
			}
			return m.promiseOf(m.require(fr.prog, arg(args, 0), calleeSpan(fr)))
		},
		"Promise.all": gather("all"), "Promise.allSettled": gather("allSettled"), "Promise.race": gather("race"), "Promise.any": gather("any"),
		"Promise.resolve": func(m *machine, _ value, args []value, _ *frame) value { return m.promiseOf(arg(args, 0)) },
		"Promise.reject": func(m *machine, _ value, args []value, fr *frame) value {
			p, out := m.newPromise()
			if fr != nil {
				p.obj.at = fr.prog.span(fr.call)
			}
			m.settle(p, rejected, arg(args, 0))
			return out
		},
		"Promise.withResolvers": func(m *machine, _ value, _ []value, _ *frame) value {
			p, out := m.newPromise()
			resolve, reject := m.resolvers(p)
			o := m.object(cPlain)
			m.define(o, "promise", out)
			m.define(o, "resolve", resolve)
			m.define(o, "reject", reject)
			return ref(o)
		},
		"Object.assign": func(m *machine, _ value, args []value, fr *frame) value {
			target := m.known(arg(args, 0))
			if len(args) == 0 {
				return m.unknown(nil)
			}
			if target.kind != kObject {
				for _, from := range args[1:] {
					if from = m.known(from); from.kind == kObject {
						for _, k := range from.obj.keys {
							m.a.writtenBlindly(k)
						}
					}
				}
				return m.unknown(causeOf(target))
			}
			for _, from := range args[1:] {
				if from = m.known(from); from.kind == kSymbol || from.kind == kObject && from.obj.isOpen {
					m.wildcard(target.obj, undefined, fr)
				}
				m.copyProps(target.obj, from)
			}
			return target
		},
		"Object.keys": func(m *machine, _ value, args []value, _ *frame) value {
			items, ok := m.keyList(arg(args, 0))
			v := m.array(items)
			v.obj.isOpen = !ok
			return v
		},
		"Object.getOwnPropertyNames": func(m *machine, _ value, args []value, _ *frame) value {
			items, ok := m.keyList(arg(args, 0))
			v := m.array(items)
			v.obj.isOpen = !ok
			return v
		},
		"Object.getOwnPropertySymbols": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.array(nil)
			o := m.known(arg(args, 0))
			v.obj.isOpen = o.kind != kObject || slices.ContainsFunc(o.obj.keys, func(k string) bool { return strings.HasPrefix(k, symbolMark) })
			return v
		},
		"Object.getOwnPropertyDescriptors": func(m *machine, _ value, args []value, fr *frame) value {
			from := m.known(arg(args, 0))
			out := m.object(cPlain)
			keys, ok := m.keyList(from)
			out.isOpen, out.open = !ok, causeOf(from)
			for _, k := range keys {
				m.define(out, k.str, statics["Object.getOwnPropertyDescriptor"](m, undefined, []value{from, k}, fr))
			}
			return ref(out)
		},
		"Object.defineProperties": func(m *machine, _ value, args []value, fr *frame) value {
			o, from := m.known(arg(args, 0)), m.known(arg(args, 1))
			keys, ok := m.keyList(from)
			for _, k := range keys {
				statics["Object.defineProperty"](m, undefined, []value{o, k, m.get(from, k.str)}, fr)
			}
			if !ok && o.kind == kObject {
				m.wildcard(o.obj, undefined, fr)
				o.obj.open = causeOf(from)
			}
			return o
		},
		"Object.getOwnPropertyDescriptor": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.known(arg(args, 0))
			k, ok := arg(args, 1).key()
			if o.kind != kObject || !ok || o.obj.props[k] == nil {
				return m.unknown(nil)
			}
			c, d := o.obj.props[k], m.object(cPlain)
			d.put().origin = c.key
			m.define(d, "enumerable", yes)
			m.define(d, "configurable", yes)
			m.define(d, "writable", yes)
			if c.getter() != nil {
				m.define(d, "get", ref(c.getter()))
			} else {
				m.define(d, "value", m.read(c))
			}
			return ref(d)
		},
		"Object.values":  func(m *machine, _ value, args []value, _ *frame) value { return m.objectItems(arg(args, 0), false) },
		"Object.entries": func(m *machine, _ value, args []value, _ *frame) value { return m.objectItems(arg(args, 0), true) },
		"Object.fromEntries": func(m *machine, _ value, args []value, fr *frame) value {
			o := m.object(cPlain)
			if fr != nil {
				o.at = fr.prog.span(fr.call)
			}
			items, ok := m.list(arg(args, 0))
			o.isOpen = !ok
			for _, item := range items {
				pair, _ := m.list(item)
				if k, ok := arg(pair, 0).key(); ok {
					m.define(o, k, arg(pair, 1))
				} else {
					o.isOpen = true
				}
			}
			return ref(o)
		},
		"Object.create": func(m *machine, _ value, args []value, fr *frame) value {
			o := m.object(cPlain)
			if p := m.known(arg(args, 0)); p.kind == kObject {
				o.proto = p.obj
			}
			if d := m.known(arg(args, 1)); d.kind == kObject {
				return statics["Object.defineProperties"](m, undefined, []value{ref(o), d}, fr)
			}
			return ref(o)
		},
		"Object.setPrototypeOf": func(m *machine, _ value, args []value, _ *frame) value {
			o, p := m.known(arg(args, 0)), m.known(arg(args, 1))
			if o.kind == kObject && p.kind == kObject && !m.outlives(o.obj) {
				o.obj.proto = p.obj
			}
			return o
		},
		"Object.getPrototypeOf": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.known(arg(args, 0))
			switch {
			case o.kind != kObject:
				return m.unknown(nil)
			case o.obj.proto != nil:
				return ref(o.obj.proto)
			case o.obj == m.a.objectProto:
				return null
			case o.obj.class == cPlain && !o.obj.isOpen:
				if p, ok := m.prototypeObject("Object"); ok {
					return p
				}
			}
			return m.unknown(nil)
		},
		"Object.defineProperty": func(m *machine, _ value, args []value, fr *frame) value {
			o, name, d := m.known(arg(args, 0)), m.known(arg(args, 1)), m.known(arg(args, 2))
			if o.kind == kSymbol && o.sym.root != nil {
				// Any of several objects, where ways are taken together.
				mask := m.mask(o.sym.root)
				for i, alt := range o.sym.vals {
					if mask&(1<<i) != 0 && alt.kind == kObject {
						m.weakly(func() value { return statics["Object.defineProperty"](m, undefined, []value{alt, name, d}, fr) })
					}
				}
				return o
			}
			key, ok := name.key()
			if o.kind != kObject || d.kind != kObject || o.obj.class == cHost {
				return o
			}
			if !ok {
				m.wildcard(o.obj, name, fr)
				if !m.outlives(o.obj) && o.obj.open == nil {
					// What it has now is as little known as what it is given: compilers copy so what a package exports.
					v := m.get(d, "value")
					if get := m.get(d, "get"); get.isFunction() {
						v = m.weakly(func() value { return m.call(get, o, nil, fr) })
					}
					o.obj.open = causeOf(v)
				}
				return o
			}
			if get, set := m.get(d, "get"), m.get(d, "set"); (get.isFunction() || set.isFunction()) && !m.outlives(o.obj) {
				m.accessor(o.obj, key, get, set)
				return o
			}
			if d.obj.isOpen || m.find(d.obj, "value") != nil {
				m.set(o, key, m.get(d, "value"))
				if c := o.obj.props[key]; c != nil && c.key.IsZero() {
					c.key = d.obj.in().origin
				}
			}
			return o
		},
		"Array.isArray": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			if v.kind == kSymbol {
				return m.derive(v.sym, "isArray")
			}
			if v.kind == kObject && v.obj.class == cProxy {
				v = v.obj.in().proxy.target
			}
			return boolean(v.kind == kObject && v.obj.class == cArray)
		},
		"Array.from": func(m *machine, _ value, args []value, fr *frame) value {
			items, ok := m.list(arg(args, 0))
			if !ok {
				if more, counted := m.arrayLike(m.known(arg(args, 0))); counted {
					items, ok = more, true
				}
			}
			v := m.array(items)
			v.obj.isOpen = !ok
			if f := arg(args, 1); f.isFunction() {
				return arrayMethods["map"](m, v, []value{f}, fr)
			}
			return v
		},
		"Array.of": func(m *machine, _ value, args []value, _ *frame) value { return m.array(args) },
		"Reflect.get": func(m *machine, _ value, args []value, _ *frame) value {
			if name, ok := m.known(arg(args, 1)).key(); ok {
				return m.get(arg(args, 0), name)
			}
			return m.unknown(nil)
		},
		"Reflect.construct": func(m *machine, _ value, args []value, fr *frame) value {
			list, _ := m.list(arg(args, 1))
			f, target := m.known(arg(args, 0)), m.known(arg(args, 2))
			if f.kind != kObject || f.obj.fn == nil || f.obj.fn.class != nil || target.kind != kObject || target.obj.fn == nil {
				return m.construct(f, list, fr)
			}
			this := m.object(cPlain)
			this.proto = m.prototypeOf(target.obj)
			if fr != nil {
				this.at = fr.prog.span(fr.call)
			}
			if out := m.invoke(f, ref(this), list, target, fr); out.kind == kObject {
				return out
			}
			return ref(this)
		},
		"Reflect.apply": func(m *machine, _ value, args []value, fr *frame) value {
			list, _ := m.list(arg(args, 2))
			return m.call(arg(args, 0), arg(args, 1), list, fr)
		},
		"JSON.stringify": jsonStringify, "JSON.parse": jsonParse,
		"String.fromCharCode": func(m *machine, _ value, args []value, _ *frame) value {
			var units []uint16
			for i := range args {
				n, ok := m.numberAt(args, i, nan)
				if !ok {
					return m.unknown(causeOf(args[i]))
				}
				units = append(units, uint16(ecma.ToInt32(n)))
			}
			if s, ok := ecma.FromUnits(units); ok {
				return text(s)
			}
			return m.unknown(nil)
		},
		"Reflect.has": func(m *machine, _ value, args []value, _ *frame) value { return m.has(arg(args, 0), arg(args, 1)) },
		"Reflect.set": func(m *machine, _ value, args []value, _ *frame) value {
			m.setKey(arg(args, 0), arg(args, 1), arg(args, 2))
			return m.unknown(nil)
		},
		"Reflect.deleteProperty": func(m *machine, _ value, args []value, _ *frame) value {
			if name, ok := m.known(arg(args, 1)).propertyKey(); ok {
				m.remove(m.known(arg(args, 0)), name)
			}
			return m.unknown(nil)
		},
		"Reflect.defineProperty": func(m *machine, _ value, args []value, fr *frame) value {
			statics["Object.defineProperty"](m, undefined, args, fr)
			return m.unknown(nil)
		},
		"Reflect.ownKeys": func(m *machine, _ value, args []value, _ *frame) value {
			items, ok := m.keyList(arg(args, 0))
			v := m.array(items)
			v.obj.isOpen = !ok
			return v
		},
	}
	for name, f := range map[string]func(a, b float64) float64{"min": math.Min, "max": math.Max} {
		statics["Math."+name] = func(m *machine, _ value, args []value, _ *frame) value {
			if len(args) == 0 {
				return number(-f(inf, -inf))
			}
			for len(args) > 1 {
				if args[0].kind == kSymbol && args[0].sym.root != nil || args[1].kind == kSymbol && args[1].sym.root != nil {
					args = append([]value{m.known(args[0]), m.known(args[1])}, args[2:]...)
				}
				x, okX := m.toNumber(args[0])
				y, okY := m.toNumber(args[1])
				if !okX || !okY {
					return m.unknown(nil)
				}
				out := number(f(x, y))
				out.know = args[0].know | args[1].know
				args = append([]value{out}, args[2:]...)
			}
			return m.unaryPlus(arg(args, 0))
		}
	}
	for name, f := range mathFunctions {
		statics["Math."+name] = func(m *machine, _ value, args []value, _ *frame) value {
			return m.lift(m.unaryPlus(arg(args, 0)), func(v value) value {
				if v.kind != kNumber {
					return m.unknown(nil)
				}
				return number(f(v.num))
			})
		}
	}
	for name, f := range numberStatics {
		statics[name] = f
	}
	statics["Math.pow"] = func(m *machine, _ value, args []value, _ *frame) value {
		x, okX := m.numberAt(args, 0, nan)
		y, okY := m.numberAt(args, 1, nan)
		if !okX || !okY {
			return m.unknown(causeOf(arg(args, 0)))
		}
		return number(ecma.Pow(x, y))
	}
	for _, name := range []string{"freeze", "seal", "preventExtensions"} {
		statics["Object."+name] = same1
	}
}

// accessor gives an object a property that is computed.
func (m *machine) accessor(o *object, key string, get, set value) {
	c := m.define(o, key, undefined)
	if get.isFunction() {
		c.access(get.obj, c.setter())
	}
	if set.isFunction() {
		c.access(c.getter(), set.obj)
	}
}

func (m *machine) objectItems(v value, pairs bool) value {
	keys, ok := m.keyList(v)
	var out []value
	for _, k := range keys {
		item := m.get(m.known(v), k.str)
		if pairs {
			item = m.array([]value{k, item})
		}
		out = append(out, item)
	}
	list := m.array(out)
	list.obj.isOpen = !ok
	return list
}

// arrayLike are the elements of what has a length and is no list: { length: 3 }.
func (m *machine) arrayLike(v value) (items []value, ok bool) {
	if v.kind != kObject || v.obj.class != cPlain || v.obj.isOpen || m.outlives(v.obj) || m.find(v.obj, symbolMark+"iterator") != nil {
		return nil, false
	}
	n, ok := m.toNumber(m.known(m.get(v, "length")))
	if !ok || n > float64(m.most(boundElements)) {
		return nil, false
	}
	for i := range ecma.Clamp(n, m.most(boundElements)) {
		items = append(items, m.get(v, strconv.Itoa(i)))
	}
	return items, true
}
