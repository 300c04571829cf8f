package flow

import (
	"math"

	"github.com/tidwall/gjson"
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
			if items, ok := m.list(this); ok {
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
			o := m.baseObject(cBoxed)
			o.name = "@@" + name
			return ref(o), true
		}
	case "Number":
		if name == "MAX_SAFE_INTEGER" {
			return number(9007199254740991), true
		}
	}
	if f, ok := statics[of+"."+name]; ok {
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
		return m.native(name, func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }), true
	}
	return undefined, false
}

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
		"Object.getOwnPropertySymbols": func(m *machine, _ value, _ []value, _ *frame) value { return m.array(nil) },
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
			return boolean(v.kind == kObject && v.obj.class == cArray)
		},
		"Array.from": func(m *machine, _ value, args []value, fr *frame) value {
			items, ok := m.list(arg(args, 0))
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
		"JSON.stringify": func(m *machine, _ value, args []value, _ *frame) value {
			out := m.unknown(causeOf(arg(args, 0)))
			if v := m.known(arg(args, 0)); v.kind == kObject && len(args) == 1 {
				v = m.copied(v, 0)
				out.sym.written = &v
			}
			return out
		},
		"JSON.parse": func(m *machine, _ value, args []value, fr *frame) value {
			s := m.known(arg(args, 0))
			if s.kind == kSymbol && s.sym.written != nil {
				v := m.copied(*s.sym.written, 0)
				if fr != nil && v.kind == kObject && v.obj.serial == m.serial {
					v.obj.at = fr.prog.span(fr.call)
				}
				return v
			}
			if s.kind == kString && gjson.Valid(s.str) {
				return m.fromJSON(gjson.Parse(s.str), 0)
			}
			return m.unknown(nil)
		},
	}
	for name, f := range map[string]func(a, b float64) float64{"min": math.Min, "max": math.Max} {
		statics["Math."+name] = func(m *machine, _ value, args []value, _ *frame) value {
			for len(args) > 1 {
				if args[0].kind == kSymbol && args[0].sym.root != nil || args[1].kind == kSymbol && args[1].sym.root != nil {
					args = append([]value{m.known(args[0]), m.known(args[1])}, args[2:]...)
				}
				x, okX := toNumber(args[0])
				y, okY := toNumber(args[1])
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
	for name, f := range map[string]func(float64) float64{"floor": math.Floor, "ceil": math.Ceil, "round": math.Round, "abs": math.Abs, "trunc": math.Trunc} {
		statics["Math."+name] = func(m *machine, _ value, args []value, _ *frame) value {
			return m.lift(m.unaryPlus(arg(args, 0)), func(v value) value {
				if v.kind != kNumber {
					return m.unknown(nil)
				}
				return number(f(v.num))
			})
		}
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
