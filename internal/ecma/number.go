package ecma

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// space is what the language takes for white space and line ends.
const space = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

// NumberOf is Number of a text.
func NumberOf(s string) float64 {
	s = strings.Trim(s, space)
	if s == "" {
		return 0
	}
	if len(s) > 2 && s[0] == '0' {
		if base := map[byte]int{'x': 16, 'o': 8, 'b': 2}[s[1]|0x20]; base != 0 {
			n, ok := new(big.Int).SetString(s[2:], base)
			if !ok || s[2] == '+' || s[2] == '-' {
				return math.NaN()
			}
			f, _ := new(big.Float).SetInt(n).Float64()
			return f
		}
	}
	if rest := decimal(s); rest != "" {
		return math.NaN()
	}
	return parsed(s)
}

// ParseFloat is parseFloat.
func ParseFloat(s string) float64 {
	s = strings.TrimLeft(s, space)
	return parsed(s[:len(s)-len(decimal(s))])
}

// parsed is a decimal number, or Infinity, with nothing after it; of nothing at all it is no number.
func parsed(s string) float64 {
	if s == "" {
		return math.NaN()
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(n, 0) {
		return math.NaN()
	}
	return n
}

// decimal returns what follows the number at the beginning of a text: all of it where there is none.
func decimal(s string) string {
	rest := s
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	if after, ok := strings.CutPrefix(rest, "Infinity"); ok {
		return after
	}
	digits := func() int {
		n := 0
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		rest = rest[n:]
		return n
	}
	found := digits()
	if after, ok := strings.CutPrefix(rest, "."); ok {
		point := rest
		rest = after
		if n := digits(); n+found == 0 {
			rest = point
		} else {
			found += n
		}
	}
	if found == 0 {
		return s
	}
	if before := rest; rest != "" && rest[0]|0x20 == 'e' {
		rest = rest[1:]
		if rest != "" && (rest[0] == '+' || rest[0] == '-') {
			rest = rest[1:]
		}
		if digits() == 0 {
			rest = before
		}
	}
	return rest
}

// ParseInt is parseInt. A radix of 0 stands for none.
func ParseInt(s string, radix int32) float64 {
	s = strings.TrimLeft(s, space)
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if hex := len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x'; hex && (radix == 0 || radix == 16) {
		s, radix = s[2:], 16
	}
	if radix == 0 {
		radix = 10
	}
	if radix < 2 || radix > 36 {
		return math.NaN()
	}
	end := 0
	for end < len(s) {
		d := strings.IndexByte("0123456789abcdefghijklmnopqrstuvwxyz", s[end]|0x20)
		if s[end] < '0' || s[end] > '9' && s[end] < 'A' || d < 0 || d >= int(radix) {
			break
		}
		end++
	}
	if end == 0 {
		return math.NaN()
	}
	n, _ := new(big.Int).SetString(s[:end], int(radix))
	f, _ := new(big.Float).SetInt(n).Float64()
	if negative {
		f = -f
	}
	return f
}

// FormatNumber writes a number as String does.
func FormatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == 0:
		return "0"
	case math.Abs(n) >= 1e-6 && math.Abs(n) < 1e21:
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(n, 'e', -1, 64), "e")
	return mantissa + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0")
}

// FormatRadix is Number.prototype.toString with a radix of 2 to 36, of whole numbers; ok is false for others.
func FormatRadix(n float64, radix int) (s string, ok bool) {
	if radix == 10 {
		return FormatNumber(n), true
	}
	if n != math.Trunc(n) || math.Abs(n) > 1<<53 || radix < 2 || radix > 36 {
		return "", false
	}
	return strconv.FormatInt(int64(n), radix), true
}

// ToFixed is Number.prototype.toFixed; ok is false where that throws.
func ToFixed(n, digits float64) (s string, ok bool) {
	if digits = ToInteger(digits); digits < 0 || digits > 100 {
		return "", false
	}
	if math.IsNaN(n) || math.Abs(n) >= 1e21 {
		return FormatNumber(n), true
	}
	// The exact value, and of two that are equally near the larger, which is away from zero.
	exact := new(big.Rat)
	exact.SetFloat64(math.Abs(n))
	s = exact.FloatString(int(digits))
	if n < 0 {
		s = "-" + s
	}
	return s, true
}

// ToInteger is a number without its fraction; NaN counts as 0.
func ToInteger(n float64) float64 {
	if math.IsNaN(n) {
		return 0
	}
	return math.Trunc(n)
}

// ToInt32 is the number that bitwise operators compute with.
func ToInt32(n float64) int32 {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	n = math.Mod(math.Trunc(n), 1<<32)
	if n < 0 {
		n += 1 << 32
	}
	return int32(uint32(n))
}

// Pow is the operator **.
func Pow(x, y float64) float64 {
	if math.IsNaN(y) || math.Abs(x) == 1 && math.IsInf(y, 0) {
		return math.NaN()
	}
	return math.Pow(x, y)
}

// Round is Math.round.
func Round(n float64) float64 {
	f := math.Floor(n)
	if n-f >= 0.5 {
		f++
	}
	if f == 0 && (n < 0 || math.Signbit(n)) {
		return math.Copysign(0, -1)
	}
	return f
}
