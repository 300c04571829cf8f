package builtin

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"sync"

	"github.com/grafana/sobek"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

const safe = 1<<53 - 1

// numbers defines Number.
func (l *library) numbers() {
	p := l.r.Number
	f := l.constructor("Number", 1, p, func(c *exec.Call) exec.Result {
		v := value.Num(0)
		if len(c.Args) > 0 {
			v = c.Args[0]
		}
		if v.IsObject() {
			return exec.Calls(l.r.Helper("numberOf"), value.Undef, c.Func, v, c.NewTarget)
		}
		switch v.Kind() {
		case value.Symbol:
			return c.Error("TypeError", "Cannot convert a Symbol value to a number")
		case value.BigInt:
			n, _ := new(big.Float).SetInt(v.Big()).Float64()
			v = value.Num(n)
		case value.Open:
			v = c.M.Table.Derived("number", "", "number", v)
		default:
			v = value.Num(exec.ToNumber(v))
		}
		if !c.NewTarget.IsObject() {
			return done(v)
		}
		return done(c.M.Alloc(c.S, &value.Obj{Class: value.BoxedObject, Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.Number), Data: v}))
	})
	for _, k := range []struct {
		name string
		v    float64
	}{{"MAX_SAFE_INTEGER", safe}, {"MIN_SAFE_INTEGER", -safe}, {"MAX_VALUE", math.MaxFloat64}, {"MIN_VALUE", math.SmallestNonzeroFloat64},
		{"EPSILON", math.Nextafter(1, 2) - 1}, {"POSITIVE_INFINITY", math.Inf(1)}, {"NEGATIVE_INFINITY", math.Inf(-1)}, {"NaN", math.NaN()}} {
		l.constant(f, k.name, value.Num(k.v))
	}
	test := func(name string, is func(n float64) bool) {
		l.method(f, name, 1, func(c *exec.Call) exec.Result {
			v := c.Arg(0)
			if v.Kind() == value.Open {
				if t := v.Term().Type; t != "" && t != "number" {
					return boolean(false)
				}
				return derived(c, name, "boolean")
			}
			return boolean(v.Kind() == value.Number && is(v.Num()))
		})
	}
	finite := func(n float64) bool { return !math.IsNaN(n) && !math.IsInf(n, 0) }
	test("isFinite", finite)
	test("isNaN", math.IsNaN)
	test("isInteger", func(n float64) bool { return finite(n) && isWhole(n) })
	test("isSafeInteger", func(n float64) bool { return finite(n) && isWhole(n) && math.Abs(n) <= safe })
	l.numberMethods(p)
	g := l.r.Global
	l.typed(g, "isNaN", 1, ".n", "boolean", func(_ *exec.Call, a []value.Value) exec.Result { return boolean(math.IsNaN(a[1].Num())) })
	l.typed(g, "isFinite", 1, ".n", "boolean", func(_ *exec.Call, a []value.Value) exec.Result { return boolean(finite(a[1].Num())) })
	parse := func(name string, length int, takes string, run pure) {
		l.define(f, name, l.typed(g, name, length, takes, "number", run))
	}
	parse("parseFloat", 1, ".s", func(_ *exec.Call, a []value.Value) exec.Result { return num(ecma.ParseFloat(a[1].Text())) })
	parse("parseInt", 2, ".sN", func(_ *exec.Call, a []value.Value) exec.Result {
		return num(ecma.ParseInt(a[1].Text(), ecma.ToInt32(number(a[2], 0))))
	})
}

// primitiveOf is the number, or other primitive, that a method is called on.
func primitiveOf(c *exec.Call, kind value.Kind) (value.Value, bool) {
	v := c.This
	if v.IsObject() {
		v, _ = c.S.Obj(v.ID()).Data.(value.Value)
	}
	return v, v.Kind() == kind
}

func (l *library) numberMethods(p value.Value) {
	method := func(name string, length int, gives string, run func(c *exec.Call, n float64, arg value.Value) exec.Result) {
		l.method(p, name, length, func(c *exec.Call) exec.Result {
			v, ok := primitiveOf(c, value.Number)
			switch {
			case v.Kind() == value.Open || c.This.Kind() == value.Open:
				return derived(c, name, gives)
			case !ok:
				return c.Error("TypeError", "Number.prototype."+name+" requires that 'this' be a Number")
			case c.Arg(0).IsObject() && name != "toLocaleString":
				return l.coerces(c, ".N")
			}
			arg, class, why := convert(c.Arg(0), 'I', name)
			if class != "" && name != "toLocaleString" {
				return c.Error(class, why)
			}
			if arg.Kind() == value.Open {
				return derived(c, name, gives)
			}
			return run(c, v.Num(), arg)
		})
	}
	method("valueOf", 0, "number", func(_ *exec.Call, n float64, _ value.Value) exec.Result { return num(n) })
	method("toString", 1, "string", func(c *exec.Call, n float64, arg value.Value) exec.Result {
		radix := number(arg, 10)
		if radix < 2 || radix > 36 {
			return c.Error("RangeError", "toString() radix must be between 2 and 36")
		}
		if s, ok := ecma.FormatRadix(n, int(radix)); ok {
			return text(s)
		}
		return engine(c, "toString", n, radix)
	})
	method("toFixed", 1, "string", func(c *exec.Call, n float64, arg value.Value) exec.Result {
		s, ok := ecma.ToFixed(n, number(arg, 0))
		if !ok {
			return c.Error("RangeError", "toFixed() digits argument must be between 0 and 100")
		}
		return text(s)
	})
	method("toPrecision", 1, "string", func(c *exec.Call, n float64, arg value.Value) exec.Result {
		digits := number(arg, 0)
		switch {
		case arg.Kind() == value.Undefined, math.IsNaN(n), math.IsInf(n, 0):
			return text(ecma.FormatNumber(n))
		case digits < 1 || digits > 100:
			return c.Error("RangeError", "toPrecision() argument must be between 1 and 100")
		}
		return text(precision(n, int(digits)))
	})
	method("toExponential", 1, "string", func(c *exec.Call, n float64, arg value.Value) exec.Result {
		digits := number(arg, -1)
		switch {
		case math.IsNaN(n), math.IsInf(n, 0):
			return text(ecma.FormatNumber(n))
		case arg.Kind() != value.Undefined && (digits < 0 || digits > 100):
			return c.Error("RangeError", "toExponential() argument must be between 0 and 100")
		}
		return text(exponential(n, int(digits)))
	})
	method("toLocaleString", 0, "string", func(c *exec.Call, _ float64, _ value.Value) exec.Result {
		return done(l.input(c, "locale", "string"))
	})
}

// exponential is a number with an exponent, and digits behind the point: -1 for as many as it needs.
func exponential(n float64, digits int) string {
	if n == 0 {
		n = 0 // without a sign
	}
	s := strconv.FormatFloat(n, 'e', -1, 64)
	if digits >= 0 {
		s = roundedUp(n, digits)
	}
	mantissa, exponent, _ := strings.Cut(s, "e")
	digitsOf := strings.TrimLeft(exponent[1:], "0")
	if digitsOf == "" {
		digitsOf = "0"
	}
	return mantissa + "e" + exponent[:1] + digitsOf
}

// roundedUp is strconv's format e, but of two that are equally near the larger.
func roundedUp(n float64, digits int) string {
	exact := new(big.Float).SetFloat64(math.Abs(n)).Text('e', 1100)
	mantissa, exponent, _ := strings.Cut(exact, "e")
	if cut := digits + 2; cut < len(mantissa) && mantissa[cut] == '5' && strings.Trim(mantissa[cut+1:], "0") == "" {
		up := new(big.Float).SetPrec(2000)
		up.SetString(mantissa[:cut] + "6e" + exponent)
		s := up.Text('e', digits)
		if n < 0 {
			s = "-" + s
		}
		return s
	}
	return strconv.FormatFloat(n, 'e', digits, 64)
}

// precision is Number.prototype.toPrecision.
func precision(n float64, digits int) string {
	s := roundedUp(n, digits-1)
	mantissa, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	if e < -6 || e >= digits {
		return exponential(n, digits-1)
	}
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	all := strings.Replace(mantissa, ".", "", 1)
	switch {
	case e < 0:
		return sign + "0." + strings.Repeat("0", -e-1) + all
	case e+1 < len(all):
		return sign + all[:e+1] + "." + all[e+1:]
	}
	return sign + all
}

var (
	engineLock sync.Mutex
	engineOnce *sobek.Runtime
)

// engine has a method of numbers computed by an engine of the language, which gets numbers and returns a text.
func engine(c *exec.Call, method string, n float64, args ...float64) exec.Result {
	engineLock.Lock()
	defer engineLock.Unlock()
	if engineOnce == nil {
		engineOnce = sobek.New()
	}
	f, ok := sobek.AssertFunction(engineOnce.Get("Number").ToObject(engineOnce).Get("prototype").ToObject(engineOnce).Get(method))
	if !ok {
		return derived(c, method, "string")
	}
	var vals []sobek.Value
	for _, a := range args {
		vals = append(vals, engineOnce.ToValue(a))
	}
	out, err := f(engineOnce.ToValue(n), vals...)
	if err != nil {
		return derived(c, method, "string")
	}
	return text(out.String())
}

// booleans defines Boolean.
func (l *library) booleans() {
	p := l.r.Boolean
	l.constructor("Boolean", 1, p, func(c *exec.Call) exec.Result {
		truth, known := c.Arg(0).Truthy()
		v := value.BoolOf(truth)
		if !known {
			// That it is not true is a test like any other.
			v = c.M.Table.Derived("!", "", "boolean", c.M.Table.Derived("!", "", "boolean", c.Arg(0)))
		}
		if !c.NewTarget.IsObject() {
			return done(v)
		}
		return done(c.M.Alloc(c.S, &value.Obj{Class: value.BoxedObject, Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.Boolean), Data: v}))
	})
	method := func(name string, run func(v value.Value) exec.Result) {
		l.method(p, name, 0, func(c *exec.Call) exec.Result {
			v, ok := primitiveOf(c, value.Bool)
			if v.Kind() == value.Open {
				return derived(c, name, map[string]string{"toString": "string", "valueOf": "boolean"}[name])
			}
			if !ok {
				return c.Error("TypeError", "Boolean.prototype."+name+" requires that 'this' be a Boolean")
			}
			return run(v)
		})
	}
	method("toString", func(v value.Value) exec.Result { return text(exec.ToText(v)) })
	method("valueOf", done)
}

// bigints defines BigInt.
func (l *library) bigints() {
	p := l.r.BigInt
	f := l.constructor("BigInt", 1, p, func(c *exec.Call) exec.Result {
		if c.NewTarget.IsObject() {
			return c.Error("TypeError", "BigInt is not a constructor")
		}
		v := c.Arg(0)
		switch v.Kind() {
		case value.Object:
			return exec.Calls(l.r.Helper("bigOf"), value.Undef, c.Func, v)
		case value.Open:
			return derived(c, "BigInt", "bigint")
		case value.BigInt:
			return done(v)
		case value.Bool:
			return done(value.Big(big.NewInt(int64(v.Num()))))
		case value.Number:
			n, _ := big.NewFloat(0).SetString(strconv.FormatFloat(v.Num(), 'f', -1, 64))
			if n == nil || !isWhole(v.Num()) {
				return c.Error("RangeError", "The number "+ecma.FormatNumber(v.Num())+" cannot be converted to a BigInt because it is not an integer")
			}
			i, _ := big.NewFloat(v.Num()).Int(nil)
			return done(value.Big(i))
		case value.String:
			if i := exec.BigOf(v.Text()); i != nil {
				return done(value.Big(i))
			}
			return c.Error("SyntaxError", "Cannot convert "+v.Text()+" to a BigInt")
		}
		return c.Error("TypeError", "Cannot convert "+describe(v)+" to a BigInt")
	})
	wrap := func(name string, signed bool) {
		l.method(f, name, 2, func(c *exec.Call) exec.Result {
			bits, n := c.Arg(0), c.Arg(1)
			if bits.Kind() != value.Number || n.Kind() != value.BigInt || bits.Num() > 1<<16 || bits.Num() < 0 {
				if bits.IsPrimitive() && n.IsPrimitive() && n.Kind() != value.BigInt {
					return c.Error("TypeError", "Cannot convert "+describe(n)+" to a BigInt")
				}
				return derived(c, name, "bigint")
			}
			k := uint(bits.Num())
			size := new(big.Int).Lsh(big.NewInt(1), k)
			out := new(big.Int).Mod(n.Big(), size)
			if signed && k > 0 && out.Bit(int(k)-1) == 1 {
				out.Sub(out, size)
			}
			return done(value.Big(out))
		})
	}
	wrap("asIntN", true)
	wrap("asUintN", false)
	l.method(p, "toString", 0, func(c *exec.Call) exec.Result {
		v, ok := primitiveOf(c, value.BigInt)
		radix := c.Arg(0)
		if !ok || radix.Kind() != value.Undefined && radix.Kind() != value.Number {
			return derived(c, "toString", "string")
		}
		r := number(radix, 10)
		if r < 2 || r > 36 {
			return c.Error("RangeError", "toString() radix must be between 2 and 36")
		}
		return text(v.Big().Text(int(r)))
	})
	l.method(p, "valueOf", 0, func(c *exec.Call) exec.Result {
		v, ok := primitiveOf(c, value.BigInt)
		if !ok {
			return derived(c, "valueOf", "bigint")
		}
		return done(v)
	})
	l.method(p, "toLocaleString", 0, func(c *exec.Call) exec.Result { return done(l.input(c, "locale", "string")) })
	l.tag(p, "BigInt")
}
