package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// hostNames are the global names of the platform's API object, and those that frameworks give it.
var hostNames = map[string]bool{"wx": true, "uni": true, "my": true, "tt": true, "swan": true, "qq": true, "Taro": true, "mpx": true, "wepy": true}

// hostName is the name of the host object behind a global one: uni's promises are not always wx's.
func hostName(name string) string {
	if name == "uni" || name == taroHost {
		return name
	}
	return "wx"
}

// global reads a global variable.
func (m *machine) global(name string, at source.Span) value {
	if v, ok := m.a.globals[name]; ok {
		return m.read(v)
	}
	var v value
	switch {
	case hostNames[name]:
		return m.a.hostObject(m, hostName(name))
	case m.a.project.Framework != miniprogram.Native && m.a.frameworkFunction(name) != nil:
		v = m.native(name, m.a.frameworkFunction(name))
	case name == "globalThis" || name == "window" || name == "global" || name == "self":
		v = m.globalObject()
	case storeFunctions[name] != nil:
		return m.native(name, storeFunctions[name])
	case globalFunctions[name] != nil:
		o := m.baseObject(cFunction)
		o.host = &hostFunc{name: name, call: globalFunctions[name]}
		v = ref(o)
	case namespaces[name]:
		o := m.baseObject(cFunction)
		o.host = &hostFunc{name: name, call: func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }}
		v = ref(o)
	case name == "regeneratorRuntime":
		v = m.a.prelude(m, "regenerator.js")
	case name == "__wxConfig":
		v = m.unknown(nil)
	case name == "process":
		o := m.baseObject(cPlain)
		o.isOpen = true
		v = ref(o)
	default:
		v = m.unknown(&unfollowed{name: name, at: at})
	}
	m.a.globals[name] = &cell{val: v, name: name}
	return v
}

// isGlobal reports whether a name is known to exist: typeof of it is not undefined.
func (m *machine) isGlobal(name string) bool {
	switch name {
	case "define", "window", "self", "document", "global", "process", "my", "tt", "swan", "qq", "plus", "dd", "Iterator":
		return false
	}
	return true
}

func (m *machine) setGlobal(name string, v value) {
	if c := m.a.globals[name]; c != nil {
		m.assign(c, v)
		return
	}
	c := &cell{name: name, val: undefined}
	m.a.globals[name] = c
	m.assign(c, v)
}

// globalObject is globalThis: platform objects and what the program puts there.
func (m *machine) globalObject() value {
	if m.a.global == nil {
		o := m.baseObject(cPlain)
		o.isOpen = true
		m.a.global = o
		m.define(o, "wx", m.a.hostObject(m, "wx"))
		m.define(o, "uni", m.a.hostObject(m, "uni"))
		for name, f := range globalFunctions {
			g := m.baseObject(cFunction)
			g.host = &hostFunc{name: name, call: f}
			m.define(o, name, ref(g))
		}
	}
	return ref(m.a.global)
}

var globalFunctions map[string]nativeFunc

func init() {
	nothing := func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }
	timer := func(m *machine, _ value, args []value, fr *frame) value {
		f := m.known(arg(args, 0))
		if f.kind == kObject && f.obj.fn != nil && !m.once(fr, f.obj.fn) {
			return m.unknown(nil)
		}
		m.atLoad(f)
		ctx := m.ctx
		var rest []value
		if len(args) > 2 {
			rest = args[2:]
		}
		m.later(func() {
			m.task(ctx, func() {
				if f.isFunction() || f.kind == kSymbol {
					m.call(f, undefined, rest, nil)
				}
			})
		})
		return m.unknown(nil)
	}
	interval := func(m *machine, _ value, args []value, fr *frame) value {
		f := m.known(arg(args, 0))
		id := m.object(cBoxed)
		if fr != nil {
			id.at = fr.prog.span(fr.call)
		}
		if f.kind == kObject && f.obj.fn != nil && !m.once(fr, f.obj.fn) {
			return ref(id)
		}
		m.atLoad(f)
		ctx := m.ctx
		var rest []value
		if len(args) > 2 {
			rest = args[2:]
		}
		var tick func(n int)
		tick = func(n int) {
			m.later(func() {
				if m.stopped[id] {
					return
				}
				decided, started := m.next, len(m.macro)
				m.task(ctx, func() {
					if f.isFunction() || f.kind == kSymbol {
						m.call(f, undefined, rest, nil)
					}
				})
				if m.next != decided || len(m.macro) != started {
					return
				}
				// It only counts, perhaps to where something happens.
				if f.kind != kObject || f.obj.fn == nil {
					return
				}
				if c := f.obj.fn; !m.endless(id, n+1, boundTicks, c.prog, c.node, c.env) {
					tick(n + 1)
				}
			})
		}
		tick(0)
		return ref(id)
	}
	stopInterval := func(m *machine, _ value, args []value, _ *frame) value {
		if id := m.known(arg(args, 0)); id.kind == kObject && m.serial != 0 {
			m.stopped[id.obj] = true
		}
		return undefined
	}
	globalFunctions = map[string]nativeFunc{
		"setTimeout": timer, "setInterval": interval, "clearInterval": stopInterval, "requestAnimationFrame": timer, "setImmediate": timer,
		"queueMicrotask": func(m *machine, _ value, args []value, _ *frame) value {
			ctx := m.ctx
			m.soon(func() { m.task(ctx, func() { m.call(arg(args, 0), undefined, nil, nil) }) })
			return undefined
		},
		"__store": func(m *machine, _ value, args []value, _ *frame) value {
			if s := arg(args, 0); s.kind == kObject {
				m.a.store = s.obj
				markState(s.obj, 0)
			}
			if m.a.store == nil {
				return m.unknown(nil)
			}
			return ref(m.a.store)
		},
		"__adopt":      adoptMember,
		"__extend":     extendInstance,
		"__wepy":       wepyAddition,
		"clearTimeout": nothing, "cancelAnimationFrame": nothing,
		"Promise": nothing, "Object": objectFunction, "Function": nothing,
		"Array": func(m *machine, _ value, args []value, _ *frame) value {
			if len(args) == 1 {
				n := args[0]
				if n.kind == kNumber && n.num >= 0 && n.num <= float64(m.most(boundElements)) {
					return m.array(make([]value, int(n.num)))
				}
				v := m.array(nil)
				v.obj.isOpen, v.obj.open = true, n.cause()
				if n.kind == kNumber {
					m.openUp(v.obj, boundElements)
				}
				return v
			}
			return m.array(args)
		},
		"String": computes(func(m *machine, _ value, args []value, _ *frame) value {
			if len(args) == 0 {
				return text("")
			}
			return m.concat(text(""), m.primitiveOr(args[0], "string"))
		}),
		"Number": computes(func(m *machine, _ value, args []value, _ *frame) value {
			if len(args) == 0 {
				return number(0)
			}
			return m.unaryPlus(args[0])
		}),
		"parseInt": computes(parseIntOf), "parseFloat": computes(parseFloatOf),
		"Boolean": func(m *machine, _ value, args []value, _ *frame) value { return m.truthOf(arg(args, 0)) },
		"Symbol": func(m *machine, _ value, args []value, fr *frame) value {
			o := m.object(cBoxed)
			name, _ := arg(args, 0).key()
			o.name = symbolMark + name + ecma.FormatNumber(float64(o.seq))
			if fr != nil {
				o.open = &unfollowed{name: "Symbol", at: calleeSpan(fr)}
			}
			return ref(o)
		},
		"Map": nothing, "Set": nothing, "WeakMap": nothing, "WeakSet": nothing, "Proxy": nothing,
		"Date": nothing, "RegExp": makeRegExp,
		"isNaN": computes(numberStatics["isNaN"]), "isFinite": computes(numberStatics["isFinite"]),
		"encodeURIComponent": converted(always(ecma.EncodeURIComponent)), "encodeURI": converted(always(ecma.EncodeURI)),
		"decodeURIComponent": converted(ecma.DecodeURIComponent), "decodeURI": converted(ecma.DecodeURI),
		"escape": computes(unwritten), "unescape": computes(unwritten),
		"require": func(m *machine, _ value, args []value, fr *frame) value {
			if fr == nil {
				return m.unknown(nil)
			}
			if len(args) < 2 {
				return m.require(fr.prog, arg(args, 0), calleeSpan(fr))
			}
			// Of another subpackage: the callback gets it when it is there.
			v := m.require(fr.prog, arg(args, 0), calleeSpan(fr))
			f, ctx := m.known(args[1]), m.ctx
			m.atLoad(f)
			if f.isFunction() {
				m.later(func() { m.task(ctx, func() { m.call(f, undefined, []value{v}, nil) }) })
			}
			m.handOver(args[2:], nil, fr)
			return v
		},
		"App":       register(AppRegistration),
		"Page":      register(PageRegistration),
		"Component": register(ComponentRegistration),
		"Behavior": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cBehavior)
			m.define(o, "options", arg(args, 0))
			return ref(o)
		},
		"getApp":          func(m *machine, _ value, _ []value, _ *frame) value { return m.a.appInstance(m) },
		"getCurrentPages": currentPages,
		"defineAppConfig": same1, "definePageConfig": same1,
	}
}

func init() {
	for _, kind := range errorKinds {
		globalFunctions[kind] = newErrorOf(kind)
	}
}

// namespaces are the global objects that hold functions.
var namespaces = map[string]bool{"Math": true, "JSON": true, "Reflect": true, "console": true, "Intl": true, "Atomics": true}

// converted makes a function that writes a text in another way. What is not known stays what it is: its other form tells as much.
func converted(f func(string) (string, bool)) nativeFunc {
	return computes(func(m *machine, _ value, args []value, _ *frame) value {
		return m.lift(arg(args, 0), func(v value) value {
			if v.kind == kSymbol || v.blank() != nil {
				return v
			}
			s, given := m.textOf(v)
			ok := given
			if given {
				s, ok = f(s)
			}
			if !ok && given {
				return m.fails("URIError")
			} else if !ok {
				return m.unknown(nil)
			}
			out := text(s)
			out.know = v.know
			return out
		})
	})
}

func always(f func(string) string) func(string) (string, bool) {
	return func(s string) (string, bool) { return f(s), true }
}

// unwritten returns what is not known as it is; the rest is not computed.
func unwritten(m *machine, _ value, args []value, _ *frame) value {
	if v := arg(args, 0); v.kind == kSymbol || v.blank() != nil {
		return v
	}
	return m.unknown(nil)
}

func same1(_ *machine, _ value, args []value, _ *frame) value {
	v := arg(args, 0)
	return v
}

// truthOf is Boolean(v): a value that is true when v counts as true.
func (m *machine) truthOf(v value) value {
	return m.lift(v, func(v value) value {
		if v.kind == kSymbol || v.blank() != nil && v.isBlank() {
			return m.sameTruth(v)
		}
		out := boolean(v.constTruth())
		out.know = v.know
		return out
	})
}

func objectFunction(m *machine, _ value, args []value, _ *frame) value {
	if v := arg(args, 0); v.kind == kObject || v.kind == kSymbol {
		return v
	}
	return ref(m.object(cPlain))
}

// constructHost is new on one of JavaScript's own constructors.
func (m *machine) constructHost(h *hostFunc, args []value, fr *frame) value {
	switch h.name {
	case "Map", "WeakMap", "Set", "WeakSet":
		c := cMap
		if strings.HasSuffix(h.name, "Set") {
			c = cSet
		}
		v := m.newCollection(c, arg(args, 0))
		if fr != nil {
			v.obj.at = fr.prog.span(fr.call)
		}
		return v
	case "Proxy":
		o := m.object(cProxy)
		o.put().proxy = &proxy{m.known(arg(args, 0)), m.known(arg(args, 1))}
		return ref(o)
	case "Date", "String", "Number", "Boolean":
		o := m.object(cBoxed)
		given := len(args) > 0 || h.name != "Date"
		for _, a := range args {
			if a = m.known(a); o.open == nil {
				o.open = causeOf(a)
			}
			given = given && m.given(a, 0)
		}
		if given && fr != nil {
			o.open = &unfollowed{name: "new " + h.name, at: calleeSpan(fr)}
		}
		return ref(o)
	}
	return h.call(m, undefined, args, fr)
}
