package flow

import (
	"math"
	"regexp"
	"strconv"
	"strings"
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
		x, okX := toNumber(a)
		y, okY := toNumber(b)
		if okX && okY {
			return boolean(x == y)
		}
		return m.unknown(nil)
	}
	return boolean(same(a, b))
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
		for o, n := a.obj.proto, 0; o != nil && n < m.most(boundPrototypes); o, n = o.proto, n+1 {
			if o == proto {
				return yes
			}
		}
		return no
	}
	return m.unknown(nil)
}

// binary is an arithmetic, bitwise or relational operator.
func (m *machine) binary(op string, a, b value) value {
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
			return boolean(a.str < b.str)
		case ">":
			return boolean(a.str > b.str)
		case "<=":
			return boolean(a.str <= b.str)
		case ">=":
			return boolean(a.str >= b.str)
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
		return number(math.Pow(x, y))
	case "<":
		return boolean(x < y)
	case ">":
		return boolean(x > y)
	case "<=":
		return boolean(x <= y)
	case ">=":
		return boolean(x >= y)
	}
	i, j := int32(int64(x)), int32(int64(y))
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

// The numbers that parseInt and parseFloat find at the beginning of a text.
var (
	wholeNumber = regexp.MustCompile(`^([+-]?[0-9]+)`)
	anyNumber   = regexp.MustCompile(`^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)`)
)

// numberIn is parseInt and parseFloat, as far as they read decimal numbers.
func (m *machine) numberIn(form *regexp.Regexp, args []value) value {
	v := m.known(arg(args, 0))
	if v.kind != kString {
		return m.unaryPlus(v)
	}
	s := strings.TrimSpace(v.str)
	if radix, ok := toNumber(m.known(arg(args, 1))); len(args) > 1 && (!ok || radix != 10) || strings.HasPrefix(strings.ToLower(s), "0x") {
		return m.unknown(nil)
	}
	found := form.FindStringSubmatch(s)
	if found == nil {
		return number(nan)
	}
	n, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		return m.unknown(nil)
	}
	return number(n)
}

// matches is RegExp.prototype.test, as far as the few questions go that are asked of a call's errMsg.
func (m *machine) matches(r *regexp_, v value) value {
	v = m.known(v)
	if v.kind == kSymbol && v.sym.failure {
		p := strings.ToLower(r.pattern)
		switch {
		case strings.Contains(p, "fail"):
			return yes
		case strings.Contains(p, "ok"):
			return no
		}
	}
	if s, ok := v.key(); ok && v.kind == kString {
		if len(s)+len(r.pattern) > m.most(boundMatched) {
			return m.unknown(m.gaveUpHere(boundMatched, ""))
		}
		if found, ok := matchRegExp(r, s); ok {
			return boolean(found)
		}
	}
	if v.kind == kSymbol {
		return m.derive(v.sym, "~"+r.pattern)
	}
	return m.unknown(nil)
}
