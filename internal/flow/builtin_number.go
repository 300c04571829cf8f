package flow

import (
	"math"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// Numbers: their methods, Math and Number, and the global functions that read and write them.

// numberMember reads a property of a number or a boolean.
func (m *machine) numberMember(v value, name string) value {
	switch name {
	case "toString", "toFixed", "valueOf", "toPrecision", "toExponential", "toLocaleString", "hasOwnProperty":
	case "constructor":
		if v.kind == kBool {
			return m.libraryFunction("Boolean")
		}
		return m.libraryFunction("Number")
	default:
		return undefined
	}
	return m.native(name, computes(func(m *machine, this value, args []value, _ *frame) value {
		if this = m.known(this); this.kind == kNumber {
			if out, ok := m.numberMethod(name, this.num, args); ok {
				return out
			}
			return m.unknown(causeOf(arg(args, 0)))
		}
		switch s, ok := this.key(); {
		case name == "valueOf":
			return this
		case name == "toString" && ok:
			return text(s)
		}
		return m.unknown(causeOf(this))
	}))
}

func (m *machine) numberMethod(name string, n float64, args []value) (value, bool) {
	switch name {
	case "valueOf":
		return number(n), true
	case "toString":
		radix, ok := m.numberAt(args, 0, 10)
		if !ok {
			return undefined, false
		}
		if radix = ecma.ToInteger(radix); radix < 2 || radix > 36 {
			return m.fails("RangeError"), true
		}
		s, ok := ecma.FormatRadix(n, int(radix))
		return text(s), ok
	case "toFixed":
		digits, ok := m.numberAt(args, 0, 0)
		if !ok {
			return undefined, false
		}
		s, ok := ecma.ToFixed(n, digits)
		if !ok {
			return m.fails("RangeError"), true
		}
		return text(s), true
	}
	return undefined, false
}

// parseIntOf is parseInt.
func parseIntOf(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	s, ok := m.textOf(v)
	radix, known := m.numberAt(args, 1, 0)
	if !ok || !known || v.blank() != nil {
		return m.unknown(causeOf(v))
	}
	out := number(ecma.ParseInt(s, ecma.ToInt32(radix)))
	out.know = v.know
	return out
}

// parseFloatOf is parseFloat.
func parseFloatOf(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	s, ok := m.textOf(v)
	if !ok || v.blank() != nil {
		return m.unknown(causeOf(v))
	}
	out := number(ecma.ParseFloat(s))
	out.know = v.know
	return out
}

// ofNumber makes a function of one number; convert tells that what is no number is made one.
func ofNumber(f func(n float64) value, convert bool, otherwise value) nativeFunc {
	return func(m *machine, _ value, args []value, _ *frame) value {
		return m.lift(arg(args, 0), func(v value) value {
			n, ok := toNumber(v)
			switch {
			case v.kind == kSymbol:
				return m.unknown(v.sym.cause)
			case v.kind != kNumber && !convert:
				return otherwise
			case v.kind == kObject:
				if n, ok = m.toNumber(v); !ok {
					return m.unknown(nil)
				}
			case !ok || v.blank() != nil:
				return m.unknown(nil)
			}
			out := f(n)
			out.know = v.know
			return out
		})
	}
}

func isFinite(n float64) value  { return boolean(!math.IsNaN(n) && !math.IsInf(n, 0)) }
func isInteger(n float64) value { return boolean(n == math.Trunc(n) && !math.IsInf(n, 0)) }
func isNaN(n float64) value     { return boolean(math.IsNaN(n)) }

// numberStatics are functions of Number, and the global ones.
var numberStatics = map[string]nativeFunc{
	"Number.isInteger": ofNumber(isInteger, false, no), "Number.isFinite": ofNumber(isFinite, false, no), "Number.isNaN": ofNumber(isNaN, false, no),
	"Number.isSafeInteger": ofNumber(func(n float64) value { return boolean(n == math.Trunc(n) && math.Abs(n) < 1<<53) }, false, no),
	"isNaN":                ofNumber(isNaN, true, no), "isFinite": ofNumber(isFinite, true, no),
}

// numberConstants are the constants of Number and Math.
var numberConstants = map[string]float64{
	"Number.MAX_SAFE_INTEGER": 1<<53 - 1, "Number.MIN_SAFE_INTEGER": -(1<<53 - 1), "Number.MAX_VALUE": math.MaxFloat64, "Number.MIN_VALUE": math.SmallestNonzeroFloat64,
	"Number.EPSILON": 0x1p-52, "Number.POSITIVE_INFINITY": math.Inf(1), "Number.NEGATIVE_INFINITY": math.Inf(-1), "Number.NaN": math.NaN(),
	"Math.PI": math.Pi, "Math.E": math.E, "Math.LN2": math.Ln2, "Math.LN10": math.Ln10, "Math.SQRT2": math.Sqrt2, "Math.SQRT1_2": math.Sqrt2 / 2, "Math.LOG2E": math.Log2E, "Math.LOG10E": math.Log10E,
}

// mathFunctions are those of one number whose result does not hang on the machine.
var mathFunctions = map[string]func(float64) float64{
	"floor": math.Floor, "ceil": math.Ceil, "round": ecma.Round, "abs": math.Abs, "trunc": math.Trunc, "sqrt": math.Sqrt,
	"fround": func(n float64) float64 { return float64(float32(n)) },
	"sign": func(n float64) float64 {
		if n == 0 || math.IsNaN(n) {
			return n
		}
		return math.Copysign(1, n)
	},
}
