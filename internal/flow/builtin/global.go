package builtin

import (
	"math"
	"strings"
	"unicode/utf16"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// globals defines the global functions that belong to no object.
func (l *library) globals() {
	g := l.r.Global
	l.define(g, "globalThis", g)
	l.constant(g, "Infinity", value.Num(math.Inf(1)))
	l.constant(g, "NaN", value.NaN)
	l.constant(g, "undefined", value.Undef)
	code := func(name string, f func(string) string) {
		l.typed(g, name, 1, ".s", "string", func(_ *exec.Call, a []value.Value) exec.Result { return text(f(a[1].Text())) })
	}
	code("encodeURIComponent", ecma.EncodeURIComponent)
	code("encodeURI", ecma.EncodeURI)
	code("escape", escape)
	decode := func(name string, f func(string) (string, bool)) {
		l.typed(g, name, 1, ".s", "string", func(c *exec.Call, a []value.Value) exec.Result {
			s, ok := f(a[1].Text())
			if !ok {
				return c.Error("URIError", "URI malformed")
			}
			return text(s)
		})
	}
	decode("decodeURIComponent", ecma.DecodeURIComponent)
	decode("decodeURI", ecma.DecodeURI)
	l.typed(g, "unescape", 1, ".s", "string", func(c *exec.Call, a []value.Value) exec.Result {
		s, ok := unescape(a[1].Text())
		return l.known(c, "unescape", s, ok)
	})
	l.method(g, "eval", 1, func(c *exec.Call) exec.Result {
		if v := c.Arg(0); v.Kind() != value.String && v.Kind() != value.Open {
			return done(v)
		}
		return done(c.M.GivenUp(c.S, "", "eval"))
	})
	l.method(g, "structuredClone", 1, func(c *exec.Call) exec.Result {
		k := &cloner{c: c, l: l, made: map[value.ID]value.Value{}}
		v := k.clone(c.Arg(0), 0)
		if k.again {
			return exec.Again()
		}
		if k.wrong {
			e := c.M.NewError(c.S, "Error", "could not be cloned.")
			c.S.Edit(e.ID()).Define(value.Prop{Key: value.Named("name"), Value: value.Text("DataCloneError"), Flags: value.Hidden})
			return exec.Throws(e)
		}
		return done(v)
	})
}

const unescaped = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@*_+-./"

func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, u := range ecma.Units(s) {
		switch {
		case u < 128 && strings.IndexByte(unescaped, byte(u)) >= 0:
			b.WriteByte(byte(u))
		case u < 256:
			b.WriteString("%" + string(hex[u>>4]) + string(hex[u&15]))
		default:
			b.WriteString("%u" + string(hex[u>>12]) + string(hex[u>>8&15]) + string(hex[u>>4&15]) + string(hex[u&15]))
		}
	}
	return b.String()
}

func unescape(s string) (string, bool) {
	var units []uint16
	hex := func(s string) (uint16, bool) {
		n := uint16(0)
		for i := range len(s) {
			d := strings.IndexByte("0123456789abcdef", s[i]|0x20)
			if d < 0 || s[i] < '0' {
				return 0, false
			}
			n = n*16 + uint16(d)
		}
		return n, true
	}
	for s != "" {
		if strings.HasPrefix(s, "%u") && len(s) >= 6 {
			if n, ok := hex(s[2:6]); ok {
				units, s = append(units, n), s[6:]
				continue
			}
		}
		if s[0] == '%' && len(s) >= 3 {
			if n, ok := hex(s[1:3]); ok {
				units, s = append(units, n), s[3:]
				continue
			}
		}
		for i, r := range s {
			if i > 0 {
				s = s[i:]
				break
			}
			units = utf16.AppendRune(units, r)
			if len(string(r)) == len(s) {
				s = ""
				break
			}
		}
	}
	return ecma.FromUnits(units)
}

// cloner copies data as structuredClone does.
type cloner struct {
	c     *exec.Call
	l     *library
	made  map[value.ID]value.Value
	wrong bool
	// again tells that the state was split to decide on something inside.
	again bool
}

func (k *cloner) clone(v value.Value, depth int) value.Value {
	if v, ok := k.c.M.Decided(k.c.S, v); !ok || k.again {
		k.again = true
		return v
	}
	switch v = k.c.S.Resolve(v); v.Kind() {
	case value.Symbol:
		k.wrong = true
		return v
	case value.Object:
	default:
		return v
	}
	if made, ok := k.made[v.ID()]; ok {
		return made
	}
	o := k.c.S.Obj(v.ID())
	if depth > deepest {
		return k.c.M.GivenUp(k.c.S, "nesting", "structuredClone")
	}
	switch o.Class {
	case value.FunctionObject, value.PromiseObject, value.WeakMapObject, value.WeakSetObject, value.GeneratorObject, value.ProxyObject:
		k.wrong = true
		return v
	case value.HostObject, value.NamespaceObject:
		return k.c.M.Table.Derived("structuredClone", "", "object", value.OpenOf(k.c.M.Table.Term(nil, value.Term{Op: "input", Name: "clone"})))
	}
	made := &value.Obj{Class: o.Class, Proto: k.c.M.Realm.Object, Data: o.Data, Rest: o.Rest}
	switch o.Class {
	case value.ArrayObject, value.MapObject, value.SetObject, value.DateObject, value.RegExpObject, value.ErrorObject, value.BoxedObject:
		made.Proto = o.Proto
	}
	out := k.c.M.Alloc(k.c.S, made)
	k.made[v.ID()] = out
	for _, x := range o.Elems {
		x = k.clone(x, depth+1)
		e := k.c.S.Edit(out.ID())
		e.Elems = append(e.Elems, x)
	}
	for _, p := range o.Props.All() {
		if p.Key.Sym != nil || p.Key.IsPrivate() || p.Flags&value.Hidden != 0 && o.Class != value.ErrorObject && o.Class != value.RegExpObject {
			continue
		}
		if p.Flags&value.Accessor != 0 {
			p = value.Prop{Key: p.Key, Value: k.c.M.Table.Derived("get", p.Key.Name, "", p.Get)}
		}
		p.Value = k.clone(p.Value, depth+1)
		k.c.S.Edit(out.ID()).Define(p)
	}
	return out
}

// buffers defines typed arrays and buffers: what is in them is not known.
func (l *library) buffers() {
	for _, name := range []string{"ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"} {
		p := l.object()
		l.tag(p, name)
		f := l.constructor(name, 3, p, func(c *exec.Call) exec.Result {
			if !c.NewTarget.IsObject() {
				return c.Error("TypeError", "Constructor "+name+" requires 'new'")
			}
			return derived(c, name, "object")
		})
		for _, static := range []string{"from", "of"} {
			l.method(f, static, 1, func(c *exec.Call) exec.Result { return derived(c, name, "object") })
		}
		l.method(f, "isView", 1, func(c *exec.Call) exec.Result { return derived(c, "isView", "boolean") })
		l.constant(f, "BYTES_PER_ELEMENT", value.Num(bytesOf(name)))
	}
}

func bytesOf(name string) float64 {
	switch {
	case strings.Contains(name, "64"):
		return 8
	case strings.Contains(name, "32"):
		return 4
	case strings.Contains(name, "16"):
		return 2
	}
	return 1
}
