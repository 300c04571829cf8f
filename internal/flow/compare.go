package flow

import (
	"math"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// Comparison and arithmetic.

// equals is == and ===.
func (m *machine) equals(a, b value, strict bool) value {
	if a.kind == kSymbol && a.sym.root != nil {
		return m.lift(a, func(a value) value { return m.withKnow(m.equals(a, b, strict), a) })
	}
	if b.kind == kSymbol && b.sym.root != nil {
		return m.lift(b, func(b value) value { return m.withKnow(m.equals(a, b, strict), b) })
	}
	know := a.know | b.know
	out := m.equalsPlain(a, b, strict)
	out.know |= know
	return out
}

func (m *machine) withKnow(v, from value) value {
	v.know |= from.know
	return v
}

func (m *machine) equalsPlain(a, b value, strict bool) value {
	if a.blank() != nil && a.isBlank() || b.blank() != nil && b.isBlank() {
		// What lies behind the test is looked at, as behind a test of the field itself.
		v := m.unknown(nil)
		a, b = a.withBlank(nil), b.withBlank(nil)
		if really := m.equalsPlain(a, b, strict); really.kind == kBool {
			v.sym.really = &really.bool
		}
		return v
	}
	if a.kind == kSymbol || b.kind == kSymbol {
		if a.kind != kSymbol {
			a, b = b, a
		}
		if b.kind == kSymbol {
			if a.sym == b.sym {
				return yes
			}
			return m.unknown(causeOf(a))
		}
		if a.sym.not != nil {
			switch {
			case b.kind == kBool && b.bool:
				return a
			case b.kind == kBool:
				return m.not(a)
			}
			return no
		}
		s, isString := b.key()
		if b.kind == kString && isString {
			if a.sym.hasPrefix && !strings.HasPrefix(s, a.sym.prefix) || a.sym.failure && strings.Contains(s, ":ok") {
				return no
			}
		}
		if b.kind == kBool && a.sym.root == nil {
			// What is compared with true or false is taken to be one of the two.
			if b.bool {
				return m.sameTruth(a)
			}
			if strict {
				return m.derive(a.sym, "===false")
			}
			return m.not(a)
		}
		if b.kind == kObject {
			if strict && m.isMark(b.obj) {
				return no // a mark, which is there to be nothing else: so the runtime of generators tells that a body goes on
			}
			return m.unknown(causeOf(a))
		}
		return m.derive(a.sym, "==="+s+strconv.Itoa(int(b.kind)))
	}
	if a.kind != b.kind {
		if strict {
			return no
		}
		if a.isNullish() || b.isNullish() {
			return boolean(a.isNullish() && b.isNullish())
		}
		if x, ok := m.primitive(a, "default"); ok && a.kind == kObject {
			return m.equals(x, b, false)
		}
		if y, ok := m.primitive(b, "default"); ok && b.kind == kObject {
			return m.equals(a, y, false)
		}
		x, okX := toNumber(a)
		y, okY := toNumber(b)
		if okX && okY {
			return boolean(x == y)
		}
		return m.unknown(nil)
	}
	return boolean(same(a, b))
}

// primitive is what an object stands for in an operation: what its valueOf or toString returns. ok is false where that is not known.
func (m *machine) primitive(v value, hint string) (p value, ok bool) {
	if v.kind != kObject {
		return v, true
	}
	o := v.obj
	if o.class == cArray && !o.isOpen {
		p = m.joinElements(o, ",")
		p.know |= v.know
		return p, p.kind == kString
	}
	if errorKind(o) != "" && o.in().failOf == nil && hint != "number" {
		p = m.errorText(v)
		return p, p.kind == kString
	}
	if o.class == cRegExp && hint != "number" {
		p = m.known(m.call(m.get(v, "toString"), v, nil, nil))
		return p, p.kind == kString
	}
	if o.class != cPlain || o.isOpen || o.in().failOf != nil || o.unit != nil || o.promise != nil {
		return value{}, false
	}
	methods := []string{"valueOf", "toString"}
	if hint == "string" {
		methods = []string{"toString", "valueOf"}
	}
	for _, name := range append([]string{symbolMark + "toPrimitive"}, methods...) {
		c := m.find(o, name)
		if c == nil || m.absent(c) {
			continue
		}
		f := m.known(m.readProp(v, c))
		if !f.isFunction() || f.obj.fn == nil {
			return value{}, false
		}
		if p = m.known(m.call(f, v, []value{text(hint)}, nil)); p.kind != kObject {
			p.know |= v.know
			return p, true
		}
	}
	for q, n := o.proto, 0; q != nil; q, n = q.proto, n+1 {
		if q.isOpen || q.class != cPlain || n > m.most(boundPrototypes) {
			return value{}, false
		}
	}
	p = text("[object Object]")
	p.know = v.know
	return p, true
}

// primitiveOr is primitive, or the value itself where that is not known.
func (m *machine) primitiveOr(v value, hint string) value {
	if p, ok := m.primitive(v, hint); ok {
		return p
	}
	return v
}

// toNumber is Number of a value; ok is false where that is not known.
func (m *machine) toNumber(v value) (float64, bool) {
	p, ok := m.primitive(v, "number")
	if !ok {
		return 0, false
	}
	return toNumber(p)
}

// isMark reports whether an object has nothing in it, so that it is good for nothing but to be compared with.
func (m *machine) isMark(o *object) bool {
	if o.class != cPlain || o.isOpen || o.proto != nil {
		return false
	}
	for _, k := range o.keys {
		if !m.absent(o.props[k]) {
			return false
		}
	}
	return true
}

// sameTruth is a value with the truth of v.
func (m *machine) sameTruth(v value) value { return m.not(m.not(v)) }

func (m *machine) binaryExprValue(op string, a, b value) value {
	switch op {
	case "==", "===":
		return m.equals(a, b, op == "===")
	case "!=", "!==":
		eq := m.equals(a, b, op == "!==")
		return m.lift(eq, func(v value) value {
			if v.kind == kSymbol {
				return m.not(v)
			}
			out := boolean(!v.constTruth())
			out.know = v.know
			return out
		})
	case "in":
		return m.has(b, a)
	case "instanceof":
		return m.instanceOf(a, b)
	}
	return m.binary(op, a, b)
}

func (m *machine) instanceOf(a, b value) value {
	a, b = m.known(a), m.known(b)
	if a.kind != kObject || b.kind != kObject {
		if a.kind != kSymbol && a.kind != kObject {
			return no
		}
		return m.unknown(nil)
	}
	if b.obj.host != nil {
		switch b.obj.host.name {
		case "Promise":
			return boolean(a.obj.promise != nil)
		case "Array":
			return boolean(a.obj.class == cArray)
		case "Function":
			return boolean(a.isFunction())
		case "Object":
			return yes
		case "RegExp":
			if a.obj.class == cRegExp || a.obj.class == cArray || a.obj.class == cPlain && a.obj.proto == nil && !a.obj.isOpen {
				return boolean(a.obj.class == cRegExp)
			}
		case "Map", "Set":
			if a.obj.class == cMap || a.obj.class == cSet {
				return boolean(a.obj.class == cMap == (b.obj.host.name == "Map"))
			}
		case "TypeError", "RangeError", "SyntaxError", "ReferenceError", "URIError", "EvalError":
			if kind := errorKind(a.obj); kind != "" {
				return boolean(kind == b.obj.host.name)
			}
		case "Error":
			if a.obj.name == "Error" {
				return yes
			}
			if a.obj.in().failOf == nil && (a.obj.class != cPlain || !a.obj.isOpen && a.obj.proto == nil) {
				return no
			}
		}
		return m.unknown(nil)
	}
	if b.obj.fn != nil {
		proto := m.prototypeOf(b.obj)
		for o, n := a.obj.proto, 0; o != nil; o, n = o.proto, n+1 {
			if o == proto {
				return yes
			}
			if n >= m.most(boundPrototypes) {
				return m.unknown(m.gaveUpHere(boundPrototypes, "instanceof"))
			}
		}
		return no
	}
	return m.unknown(nil)
}

// binary is an arithmetic, bitwise or relational operator.
func (m *machine) binary(op string, a, b value) value {
	hint := "number"
	if op == "+" {
		hint = "default"
	}
	if p, ok := m.primitive(a, hint); ok {
		a = p
	}
	if p, ok := m.primitive(b, hint); ok {
		b = p
	}
	if op == "+" {
		if a.kind == kString || b.kind == kString || a.kind == kSymbol && a.sym.hasPrefix || b.kind == kSymbol && b.sym.hasPrefix {
			return m.concat(a, b)
		}
	}
	if a.kind == kSymbol && a.sym.root != nil {
		return m.lift(a, func(a value) value { return m.binary(op, a, b) })
	}
	if b.kind == kSymbol && b.sym.root != nil {
		return m.lift(b, func(b value) value { return m.binary(op, a, b) })
	}
	know := a.know | b.know
	out := m.binaryPlain(op, a, b)
	out.know |= know
	return out
}

func (m *machine) binaryPlain(op string, a, b value) value {
	if a.kind == kSymbol && b.kind == kSymbol {
		return m.unknown(causeOf(a))
	}
	if a.kind == kSymbol {
		if s, ok := b.key(); ok {
			return m.derive(a.sym, op+s)
		}
		return m.unknown(causeOf(a))
	}
	if b.kind == kSymbol {
		if s, ok := a.key(); ok {
			return m.derive(b.sym, s+op)
		}
		return m.unknown(causeOf(b))
	}
	if a.blank() != nil || b.blank() != nil {
		return m.unknown(nil)
	}
	if a.kind == kString && b.kind == kString {
		switch op {
		case "<":
			return boolean(ecma.Less(a.str, b.str))
		case ">":
			return boolean(ecma.Less(b.str, a.str))
		case "<=":
			return boolean(!ecma.Less(b.str, a.str))
		case ">=":
			return boolean(!ecma.Less(a.str, b.str))
		}
	}
	x, okX := toNumber(a)
	y, okY := toNumber(b)
	if !okX || !okY {
		return m.unknown(nil)
	}
	switch op {
	case "+":
		return number(x + y)
	case "-":
		return number(x - y)
	case "*":
		return number(x * y)
	case "/":
		return number(x / y)
	case "%":
		return number(math.Mod(x, y))
	case "**":
		return number(ecma.Pow(x, y))
	case "<":
		return boolean(x < y)
	case ">":
		return boolean(x > y)
	case "<=":
		return boolean(x <= y)
	case ">=":
		return boolean(x >= y)
	}
	i, j := ecma.ToInt32(x), ecma.ToInt32(y)
	switch op {
	case "&":
		return number(float64(i & j))
	case "|":
		return number(float64(i | j))
	case "^":
		return number(float64(i ^ j))
	case "<<":
		return number(float64(i << (uint32(j) & 31)))
	case ">>":
		return number(float64(i >> (uint32(j) & 31)))
	case ">>>":
		return number(float64(uint32(i) >> (uint32(j) & 31)))
	}
	return m.unknown(nil)
}
