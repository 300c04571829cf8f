package flow

import (
	"strconv"

	"github.com/voipcheck/voipcheck/internal/source"
)

type nativeFunc = func(m *machine, this value, args []value, fr *frame) value

// special reads the properties that objects have by their class.
func (m *machine) special(v value, name string, at source.Span) (value, bool) {
	o := v.obj
	switch o.class {
	case cModule:
		return o.in().module.get(m, name), true
	case cHost:
		return m.hostMember(o, name), true
	case cAuth:
		return m.authValue(o.in().auth, name, at), true
	case cProxy:
		if get := m.get(o.in().proxy.handler, "get"); get.isFunction() {
			return m.call(get, o.in().proxy.handler, []value{o.in().proxy.target, text(name), v}, nil), true
		}
		return m.get(o.in().proxy.target, name), true
	case cGenerator:
		return m.generatorMember(o, name)
	}
	if o.promise != nil {
		if f, ok := promiseMethods[name]; ok {
			return m.native(name, suited(cPromise, f)), true
		}
		return undefined, false
	}
	if o.unit != nil {
		if out, ok := m.instanceMember(o, name); ok {
			return out, true
		}
	}
	var table map[string]nativeFunc
	switch o.class {
	case cArray:
		m.touch(o)
		if name == "length" {
			return m.length(o), true
		}
		if i, err := strconv.Atoi(name); err == nil && strconv.Itoa(i) == name {
			if i >= 0 && i < len(o.elems) {
				return o.elems[i], true
			}
			if o.isOpen {
				return m.unknown(o.open), true
			}
			return undefined, true
		}
		table = arrayMethods
	case cMap:
		table = mapMethods
		if name == "size" {
			return m.collectionSize(o), true
		}
	case cSet:
		table = setMethods
		if name == "size" {
			return m.collectionSize(o), true
		}
	case cPlain:
		if kind := errorKind(o); kind != "" && name == "name" {
			return text(kind), true
		} else if kind != "" && name == "toString" && o.in().failOf == nil {
			return m.native(name, func(m *machine, this value, _ []value, _ *frame) value { return m.errorText(this) }), true
		}
	case cRegExp:
		if out, ok := m.regexpMember(o.in().regexp, name); ok {
			return out, true
		}
		table = regexpMethods
	case cFunction:
		table = functionMethods
		switch name {
		case "prototype":
			if o.fn != nil {
				return ref(m.prototypeOf(o)), true
			}
		case "name":
			if o.fn != nil {
				return text(o.fn.name), true
			}
			if o.host != nil {
				return text(o.host.name), true
			}
		case "length":
			if o.fn != nil {
				return number(float64(len(o.fn.node.Params))), true
			}
		}
		if o.host != nil {
			if f, ok := m.staticMember(o.host.name, name); ok {
				return f, true
			}
		}
	}
	if f, ok := table[name]; ok {
		return m.native(name, suited(o.class, f)), true
	}
	if constructor := constructors[o.class]; name == "constructor" && constructor != "" && o.proto == nil && !o.isOpen {
		return m.libraryFunction(constructor), true
	}
	if f, ok := objectMethods[name]; ok {
		return m.native(name, f), true
	}
	return undefined, false
}

var promiseMethods, arrayMethods, mapMethods, setMethods, regexpMethods, functionMethods, objectMethods map[string]nativeFunc

// The tables refer to functions that refer to the tables, so they are filled at start.
func init() {
	promiseMethods = map[string]nativeFunc{
		"then": func(m *machine, this value, args []value, _ *frame) value {
			return m.then(this.obj.promise, arg(args, 0), arg(args, 1))
		},
		"catch": func(m *machine, this value, args []value, _ *frame) value {
			return m.then(this.obj.promise, undefined, arg(args, 0))
		},
		"finally": func(m *machine, this value, args []value, _ *frame) value {
			return m.finally(this.obj.promise, arg(args, 0))
		},
	}
	functionMethods = map[string]nativeFunc{
		"call": func(m *machine, this value, args []value, fr *frame) value {
			rest := args
			if len(rest) > 0 {
				rest = rest[1:]
			}
			return m.call(this, arg(args, 0), rest, fr)
		},
		"apply": func(m *machine, this value, args []value, fr *frame) value {
			rest, _ := m.list(arg(args, 1))
			return m.call(this, arg(args, 0), rest, fr)
		},
		"bind": func(m *machine, this value, args []value, _ *frame) value {
			return m.bindFunction(this, args)
		},
	}
	objectMethods = map[string]nativeFunc{
		"hasOwnProperty": func(m *machine, this value, args []value, _ *frame) value {
			return m.hasOwn(this, arg(args, 0))
		},
		"toString": func(m *machine, this value, _ []value, _ *frame) value {
			tag := map[kind]string{kUndefined: "Undefined", kNull: "Null", kBool: "Boolean", kNumber: "Number", kString: "String"}[this.kind]
			if this.kind == kObject {
				tag = tags[this.obj.class]
				if m.find(this.obj, symbolMark+"toStringTag") != nil || this.obj.in().failOf != nil {
					tag = ""
				} else if this.obj.name == "Error" {
					tag = "Error"
				}
			}
			if tag == "" || this.blank() != nil {
				return m.unknown(causeOf(this))
			}
			return text("[object " + tag + "]")
		},
		"valueOf": func(_ *machine, this value, _ []value, _ *frame) value { return this },
	}
}

// bindFunction is Function.prototype.bind.
func (m *machine) bindFunction(f value, args []value) value {
	o := m.object(cFunction)
	if f.obj.fn == nil {
		target, this := f, arg(args, 0)
		var bound []value
		if len(args) > 1 {
			bound = args[1:]
		}
		out := m.native(f.obj.hostName(), func(m *machine, _ value, args []value, fr *frame) value {
			return m.call(target, this, append(append([]value{}, bound...), args...), fr)
		})
		if f.obj.host != nil {
			out.obj.host.settles, out.obj.host.rejects, out.obj.host.api = f.obj.host.settles, f.obj.host.rejects, f.obj.host.api
		}
		return out
	}
	c := *f.obj.fn
	c.target, c.this = f.obj, arg(args, 0)
	c.args = nil
	if len(args) > 1 {
		c.args = args[1:]
	}
	o.fn = &c
	return ref(o)
}

func (o *object) hostName() string {
	if o.host != nil {
		return o.host.name
	}
	return ""
}

// has is the operator in, and hasOwnProperty.
func (m *machine) has(object, key value) value {
	object, key = m.known(object), m.known(key)
	name, ok := key.key()
	if object.kind != kObject || !ok || object.obj.isOpen || object.obj.class == cBoxed {
		return m.unknown(nil)
	}
	if object.obj.class == cHost {
		return yes
	}
	if object.obj.class == cAuth {
		v := m.authValue(object.obj.in().auth, name, source.Span{})
		return m.lift(v, func(v value) value {
			if v.kind == kSymbol {
				return m.unknown(nil)
			}
			return boolean(v.kind != kUndefined)
		})
	}
	if object.obj.class == cArray {
		if i, err := strconv.Atoi(name); err == nil {
			return boolean(i >= 0 && i < len(object.obj.elems))
		}
		if name == "length" {
			return yes
		}
	}
	if object.obj.class == cProxy {
		if trap := m.get(object.obj.in().proxy.handler, "has"); trap.isFunction() {
			return m.truthOf(m.call(trap, object.obj.in().proxy.handler, []value{object.obj.in().proxy.target, key}, nil))
		}
		return m.has(object.obj.in().proxy.target, key)
	}
	c := m.find(object.obj, name)
	if c != nil && c.ghost && c.serial != m.serial || c == nil && m.outlives(object.obj) {
		return m.unknown(nil)
	}
	return boolean(c != nil)
}

// tags are what Object.prototype.toString writes of the objects of a class.
var tags = map[class]string{cPlain: "Object", cFunction: "Function", cArray: "Array", cRegExp: "RegExp", cMap: "Map", cSet: "Set", cPromise: "Promise"}

// hasOwn is hasOwnProperty: what is inherited does not count.
func (m *machine) hasOwn(object, key value) value {
	object = m.known(object)
	name, ok := m.known(key).propertyKey()
	if object.kind == kObject && ok && object.obj.proto != nil && !object.obj.isOpen && !m.outlives(object.obj) && object.obj.class == cPlain {
		c := object.obj.props[name]
		return boolean(c != nil && !m.lacks(c))
	}
	return m.has(object, key)
}

// constructors name what makes the objects of a class, where nothing else does.
var constructors = map[class]string{cPlain: "Object", cArray: "Array", cFunction: "Function", cRegExp: "RegExp", cMap: "Map", cSet: "Set"}

// libraryFunction is a global function of the language.
func (m *machine) libraryFunction(name string) value { return m.global(name, source.Span{}) }

// prototypeOf returns the object that a function's instances inherit from.
func (m *machine) prototypeOf(o *object) *object {
	if o.fn.class != nil && o.fn.class.proto != nil {
		return o.fn.class.proto
	}
	if c := o.props["prototype"]; c != nil && c.val.kind == kObject {
		return c.val.obj
	}
	proto := m.object(cPlain)
	proto.serial, proto.seq = o.serial, o.seq
	m.define(proto, "constructor", ref(o))
	if o.props == nil {
		o.props = map[string]*cell{}
	}
	o.props["prototype"] = &cell{val: ref(proto), serial: o.serial, seq: o.seq}
	return proto
}
