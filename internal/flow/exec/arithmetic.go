package exec

// Operators on primitives.

import (
	"math"
	"math/big"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// arithmetic is a binary operator on primitives; class names the error that it is.
func (m *Machine) arithmetic(op string, a, b value.Value) (v value.Value, class, text string) {
	switch op {
	case "===", "!==":
		return value.BoolOf(value.StrictEqual(a, b) == (op == "===")), "", ""
	case "==", "!=":
		return value.BoolOf(looselyEqual(a, b) == (op == "==")), "", ""
	}
	if a.Kind() == value.Symbol || b.Kind() == value.Symbol {
		if op == "+" && (a.Kind() == value.String || b.Kind() == value.String) {
			return a, "TypeError", "Cannot convert a Symbol value to a string"
		}
		return a, "TypeError", "Cannot convert a Symbol value to a number"
	}
	switch op {
	case "+":
		if a.Kind() == value.String || b.Kind() == value.String {
			x, y := ToText(a), ToText(b)
			if len(x)+len(y) > m.Most.Text {
				return value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "any", Name: "a long text", Type: "string"})), "", ""
			}
			return value.Text(x + y), "", ""
		}
	case "<", ">", "<=", ">=":
		return compare(op, a, b), "", ""
	}
	if a.Kind() == value.BigInt || b.Kind() == value.BigInt {
		if a.Kind() != b.Kind() {
			return a, "TypeError", "Cannot mix BigInt and other types, use explicit conversions"
		}
		v, class, text = bigArithmetic(op, a.Big(), b.Big())
		if class == tooLong {
			return value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "any", Name: "a long BigInt", Type: "bigint"})), "", ""
		}
		return v, class, text
	}
	return value.Num(numeric(op, ToNumber(a), ToNumber(b))), "", ""
}

func numeric(op string, x, y float64) float64 {
	switch op {
	case "+":
		return x + y
	case "-":
		return x - y
	case "*":
		return x * y
	case "/":
		return x / y
	case "%":
		if math.IsInf(y, 0) && !math.IsInf(x, 0) && x == x {
			return x
		}
		if r := math.Mod(x, y); r != 0 || x == 0 {
			return r
		}
		return math.Copysign(0, x)
	case "**":
		return ecma.Pow(x, y)
	case "|":
		return float64(ecma.ToInt32(x) | ecma.ToInt32(y))
	case "&":
		return float64(ecma.ToInt32(x) & ecma.ToInt32(y))
	case "^":
		return float64(ecma.ToInt32(x) ^ ecma.ToInt32(y))
	case "<<":
		return float64(ecma.ToInt32(x) << (uint32(ecma.ToInt32(y)) & 31))
	case ">>":
		return float64(ecma.ToInt32(x) >> (uint32(ecma.ToInt32(y)) & 31))
	case ">>>":
		return float64(uint32(ecma.ToInt32(x)) >> (uint32(ecma.ToInt32(y)) & 31))
	}
	return math.NaN()
}

// longestShift bounds the BigInts that are computed.
const longestShift = 1 << 16

// tooLong is for those that are not.
const tooLong = "too long"

func bigArithmetic(op string, x, y *big.Int) (v value.Value, class, text string) {
	z := new(big.Int)
	switch op {
	case "+":
		z.Add(x, y)
	case "-":
		z.Sub(x, y)
	case "*":
		if x.BitLen()+y.BitLen() > longestShift {
			return v, tooLong, ""
		}
		z.Mul(x, y)
	case "/", "%":
		if y.Sign() == 0 {
			return v, "RangeError", "Division by zero"
		}
		if op == "/" {
			z.Quo(x, y)
		} else {
			z.Rem(x, y)
		}
	case "**":
		if y.Sign() < 0 {
			return v, "RangeError", "Exponent must be non-negative"
		}
		if !y.IsInt64() || y.Int64() > longestShift || int64(x.BitLen())*y.Int64() > longestShift {
			return v, tooLong, ""
		}
		z.Exp(x, y, nil)
	case "|":
		z.Or(x, y)
	case "&":
		z.And(x, y)
	case "^":
		z.Xor(x, y)
	case "<<", ">>":
		n := y.Int64()
		if op == ">>" {
			n = -n
		}
		switch {
		case !y.IsInt64() || n > longestShift:
			return v, tooLong, ""
		case n >= 0:
			z.Lsh(x, uint(n))
		default:
			z.Rsh(x, uint(min(-n, longestShift)))
		}
	case ">>>":
		return v, "TypeError", "BigInts have no unsigned right shift, use >> instead"
	}
	return value.Big(z), "", ""
}

// compare is < and the like on primitives that are no symbols.
func compare(op string, a, b value.Value) value.Value {
	if a.Kind() == value.String && b.Kind() == value.String {
		switch op {
		case "<":
			return value.BoolOf(ecma.Less(a.Text(), b.Text()))
		case ">":
			return value.BoolOf(ecma.Less(b.Text(), a.Text()))
		case "<=":
			return value.BoolOf(!ecma.Less(b.Text(), a.Text()))
		}
		return value.BoolOf(!ecma.Less(a.Text(), b.Text()))
	}
	order, ok := orderOf(a, b)
	if !ok {
		return value.False
	}
	switch op {
	case "<":
		return value.BoolOf(order < 0)
	case ">":
		return value.BoolOf(order > 0)
	case "<=":
		return value.BoolOf(order <= 0)
	}
	return value.BoolOf(order >= 0)
}

// orderOf compares two numbers or BigInts; false where one is not a number.
func orderOf(a, b value.Value) (int, bool) {
	if a.Kind() == value.BigInt || b.Kind() == value.BigInt {
		x, okX := exact(a)
		y, okY := exact(b)
		if okX && okY {
			return x.Cmp(y), true
		}
	}
	x, y := approximate(a), approximate(b)
	switch {
	case x != x || y != y:
		return 0, false
	case x < y:
		return -1, true
	case x > y:
		return 1, true
	}
	return 0, true
}

func exact(v value.Value) (*big.Float, bool) {
	switch v.Kind() {
	case value.BigInt:
		return new(big.Float).SetInt(v.Big()), true
	case value.String:
		if n := bigOf(v.Text()); n != nil {
			return new(big.Float).SetInt(n), true
		}
		return nil, false
	}
	n := ToNumber(v)
	if n != n || math.IsInf(n, 0) {
		return nil, false
	}
	return big.NewFloat(n), true
}

func approximate(v value.Value) float64 {
	if v.Kind() == value.BigInt {
		n, _ := new(big.Float).SetInt(v.Big()).Float64()
		return n
	}
	return ToNumber(v)
}

// looselyEqual is == of primitives.
func looselyEqual(a, b value.Value) bool {
	switch {
	case a.IsNullish() || b.IsNullish():
		return a.IsNullish() && b.IsNullish()
	case a.Kind() == b.Kind():
		return value.StrictEqual(a, b)
	case a.Kind() == value.Symbol || b.Kind() == value.Symbol:
		return false
	}
	order, ok := orderOf(a, b)
	return ok && order == 0
}
