package builtin

import (
	"math"
	"math/bits"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// maths defines Math.
func (l *library) maths() {
	o := l.object()
	l.define(l.r.Global, "Math", o)
	l.tag(o, "Math")
	for _, k := range []struct {
		name string
		v    float64
	}{{"E", math.E}, {"LN10", math.Ln10}, {"LN2", math.Ln2}, {"LOG10E", math.Log10E}, {"LOG2E", math.Log2E}, {"PI", math.Pi}, {"SQRT1_2", math.Sqrt2 / 2}, {"SQRT2", math.Sqrt2}} {
		l.constant(o, k.name, value.Num(k.v))
	}
	for _, k := range []struct {
		name string
		f    func(float64) float64
	}{
		{"abs", math.Abs}, {"ceil", math.Ceil}, {"floor", math.Floor}, {"trunc", math.Trunc}, {"round", ecma.Round}, {"sqrt", math.Sqrt}, {"cbrt", math.Cbrt},
		{"exp", math.Exp}, {"expm1", math.Expm1}, {"log", math.Log}, {"log2", math.Log2}, {"log10", math.Log10}, {"log1p", math.Log1p},
		{"sin", math.Sin}, {"cos", math.Cos}, {"tan", math.Tan}, {"asin", math.Asin}, {"acos", math.Acos}, {"atan", math.Atan},
		{"sinh", math.Sinh}, {"cosh", math.Cosh}, {"tanh", math.Tanh}, {"asinh", math.Asinh}, {"acosh", math.Acosh}, {"atanh", math.Atanh},
		{"fround", func(n float64) float64 { return float64(float32(n)) }},
		{"sign", func(n float64) float64 {
			if n > 0 {
				return 1
			} else if n < 0 {
				return -1
			}
			return n
		}},
		{"clz32", func(n float64) float64 { return float64(bits.LeadingZeros32(uint32(ecma.ToInt32(n)))) }},
	} {
		l.typed(o, k.name, 1, ".n", "number", func(_ *exec.Call, a []value.Value) exec.Result { return num(k.f(a[1].Num())) })
	}
	l.typed(o, "pow", 2, ".nn", "number", func(_ *exec.Call, a []value.Value) exec.Result { return num(ecma.Pow(a[1].Num(), a[2].Num())) })
	l.typed(o, "atan2", 2, ".nn", "number", func(_ *exec.Call, a []value.Value) exec.Result { return num(math.Atan2(a[1].Num(), a[2].Num())) })
	l.typed(o, "imul", 2, ".nn", "number", func(_ *exec.Call, a []value.Value) exec.Result {
		return num(float64(ecma.ToInt32(a[1].Num()) * ecma.ToInt32(a[2].Num())))
	})
	many := func(name string, start float64, f func(x, y float64) float64) {
		l.typed(o, name, 2, ".n*", "number", func(_ *exec.Call, a []value.Value) exec.Result {
			out := start
			for _, v := range a[1:] {
				out = f(out, v.Num())
			}
			return num(out)
		})
	}
	many("max", math.Inf(-1), func(x, y float64) float64 {
		if math.IsNaN(x) || math.IsNaN(y) {
			return math.NaN()
		}
		return math.Max(x, y)
	})
	many("min", math.Inf(1), func(x, y float64) float64 {
		if math.IsNaN(x) || math.IsNaN(y) {
			return math.NaN()
		}
		return math.Min(x, y)
	})
	many("hypot", 0, math.Hypot)
	l.method(o, "random", 0, func(c *exec.Call) exec.Result { return done(l.input(c, "chance", "number")) })
}
