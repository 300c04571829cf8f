package ecma

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/grafana/sobek"
)

// TestAgainstEngine compares the functions with an engine of the language, on random texts and numbers.
func TestAgainstEngine(t *testing.T) {
	vm := sobek.New()
	compiled := map[string]sobek.Callable{}
	run := func(code string, args ...any) string {
		t.Helper()
		f := compiled[code]
		if f == nil {
			v, err := vm.RunString("(function (a, b, c) { try { return String(" + code + ") } catch (e) { return 'throws' } })")
			if err != nil {
				t.Fatal(err)
			}
			f, _ = sobek.AssertFunction(v)
			compiled[code] = f
		}
		var values []sobek.Value
		for _, a := range args {
			values = append(values, vm.ToValue(a))
		}
		out, err := f(sobek.Undefined(), values...)
		if err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	text := func(s string, ok bool) string {
		if !ok {
			return "open"
		}
		return s
	}
	or := func(s string, ok bool) string {
		if !ok {
			return "throws"
		}
		return s
	}
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("aabb  1-é中😀ı.,%/")
	word := func(most int) string {
		var b strings.Builder
		for range random.IntN(most + 1) {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		return b.String()
	}
	digits := []string{"0", "1", "25", "9", "-", "+", ".", "e", "x", "0x", "f", " ", "Infinity", "NaN", "_", "o", "b", "1e21", "\u00a0"}
	numeral := func() string {
		var b strings.Builder
		for range random.IntN(5) {
			b.WriteString(digits[random.IntN(len(digits))])
		}
		return b.String()
	}
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 1.005, 2.5, 1e21, 1.5e300, 1e-7, 123456789012345680000, math.NaN(), math.Inf(1), math.Inf(-1), 4294967296, 2147483648, -2147483649, 0.1 + 0.2}
	patterns := []string{"a", "a+", "(a|b)(1)?", "[^a]", "\\s", "^a", "a$", "\\d+", "", "b*", "(?:a|b)+", "."}
	for i := range 4000 {
		s, part := word(8), word(2)
		from, to := float64(random.IntN(14)-5), float64(random.IntN(14)-5)
		if random.IntN(8) == 0 {
			from += 0.5
		}
		n, m := numbers[random.IntN(len(numbers))], numbers[random.IntN(len(numbers))]
		radix := []int{0, 1, 2, 8, 10, 16, 37}[random.IntN(7)]
		num, pattern := numeral(), patterns[random.IntN(len(patterns))]
		plain := strings.NewReplacer("x", "", "o", "", "b", "").Replace(num) // of 0x-1 the engine makes a number
		uppers, upper := Upper(s)
		lowers, lower := Lower(s)
		slice, okSlice := Slice(s, from, to)
		substring, okSubstring := Substring(s, from, to)
		substr, okSubstr := Substr(s, from, to)
		pad, okPad := Pad(s, from+6, part)
		fixed, okFixed := ToFixed(n, float64(i%25))
		decoded, okDecoded := DecodeURIComponent(s)
		uri, okURI := DecodeURI(s)
		parts, okParts := Split(s, part)
		for _, c := range []struct{ got, want string }{
			{fmt.Sprint(Length(s)), run("a.length", s)},
			{text(slice, okSlice), run("a.slice(b, c)", s, from, to)},
			{text(substring, okSubstring), run("a.substring(b, c)", s, from, to)},
			{text(substr, okSubstr), run("a.substr(b, c)", s, from, to)},
			{fmt.Sprint(Index(s, part, from)), run("a.indexOf(b, c)", s, part, from)},
			{fmt.Sprint(LastIndex(s, part, from)), run("a.lastIndexOf(b, c)", s, part, from)},
			{fmt.Sprint(Less(s, part)), run("a < b", s, part)},
			{Trim(" \u3000" + s), run("(' \\u3000' + a).trim()", s)},
			{text(uppers, upper), run("a.toUpperCase()", s)},
			{text(lowers, lower), run("a.toLowerCase()", s)},
			{text(pad+s, okPad), run("a.padStart(b, c)", s, from+6, part)},
			{text(strings.Join(parts, "|"), okParts), run("a.split(b).join('|')", s, part)},
			{EncodeURIComponent(s), run("encodeURIComponent(a)", s)},
			{EncodeURI(s), run("encodeURI(a)", s)},
			{or(decoded, okDecoded), run("decodeURIComponent(a)", s)},
			{or(uri, okURI), run("decodeURI(a)", s)},
			{FormatNumber(NumberOf(plain)), run("Number(a)", plain)},
			{FormatNumber(ParseFloat(num)), run("parseFloat(a)", num)},
			{FormatNumber(ParseInt(plain, int32(radix))), run("parseInt(a, b)", plain, radix)},
			{FormatNumber(n), run("a", n)},
			{or(fixed, okFixed), run("a.toFixed(b)", n, float64(i%25))},
			{int32Text(n), run("a | 0", n)},
			{FormatNumber(Round(n)), run("Math.round(a)", n)},
			{FormatNumber(Pow(n, m)), run("a ** b", n, m)},
			{found(t, pattern, s), run("[...a.matchAll(new RegExp(b, 'g'))].map(m => m.index + ':' + m.map(String).join('/')).join(' ')", s, pattern)},
		} {
			if c.got != c.want && c.got != "open" {
				t.Errorf("of %q, %q, %v, %v, %q, %v, %v, /%s/:\n got %q\nwant %q", s, part, from, to, num, n, m, pattern, c.got, c.want)
			}
		}
		if t.Failed() {
			return
		}
	}
}

// int32Text is ToInt32, of numbers for which the engine computes it.
func int32Text(n float64) string {
	if math.Abs(n) > math.MaxInt64 {
		return "open"
	}
	return fmt.Sprint(ToInt32(n))
}

// found lists the matches in a text, "open" where they are not computed.
func found(t *testing.T, pattern, s string) string {
	t.Helper()
	re, err := Compile(pattern, "g")
	if err != nil {
		t.Fatalf("/%s/: %v", pattern, err)
	}
	list, ok := re.Find(s, -1)
	if !ok {
		return "open"
	}
	var out []string
	for _, m := range list {
		one := fmt.Sprint(Length(s[:m[0]]), ":")
		for g := range len(m) / 2 {
			if g > 0 {
				one += "/"
			}
			if part := m.Part(s, g); part != nil {
				one += *part
			} else {
				one += "undefined"
			}
		}
		out = append(out, one)
	}
	return strings.Join(out, " ")
}

func TestToInt32(t *testing.T) {
	for n, want := range map[float64]int32{123456789012345680000: 792100864, 1e21: -559939584, 1.5e300: 0, -4294967297: -1} {
		if got := ToInt32(n); got != want {
			t.Errorf("of %v: got %d, want %d", n, got, want)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, pattern := range []string{"(", "[", "a**"} {
		if _, err := Compile(pattern, ""); err == nil {
			t.Errorf("/%s/ is taken", pattern)
		}
	}
	for _, pattern := range []string{`(?=a)`, `(a)\1`} {
		if _, err := Compile(pattern, ""); err == nil || errors.Is(err, ErrPattern) {
			t.Errorf("/%s/: %v", pattern, err)
		}
	}
}
