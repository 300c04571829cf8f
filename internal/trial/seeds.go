package trial

// What fuzz targets are tried with where nobody fuzzes: their seeds, and a bounded number of texts made of each, always the same.

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing"
)

// How many inputs each target is tried with beside its seeds, in a full run and otherwise; at least one is made of every seed.
const (
	fullVariations, someVariations = 2000, 50
)

// Seeds are the seeds of a fuzz target. The fuzzing engine takes them as they are. Every other test run tries them and
// variations of them, which a seed's own bytes decide: the same in every run, on every machine, whatever other seeds there are.
type Seeds struct{ list [][]any }

// Add adds a seed: strings, []byte, int and bool.
func (s *Seeds) Add(args ...any) { s.list = append(s.list, args) }

// AddTo gives them to the target.
func (s *Seeds) AddTo(f *testing.F) {
	f.Helper()
	for _, seed := range s.list {
		f.Add(seed...)
	}
	if fuzzing := flag.Lookup("test.fuzz"); testing.Short() || fuzzing != nil && fuzzing.Value.String() != "" {
		return
	}
	total := someVariations
	if Full() {
		total = fullVariations
	}
	for _, seed := range s.list {
		random := rand.New(rand.NewPCG(hashOf(seed), 0))
		for range (total + len(s.list) - 1) / len(s.list) {
			f.Add(varied(seed, random)...)
		}
	}
}

func hashOf(seed []any) uint64 {
	hash := fnv.New64a()
	_, _ = fmt.Fprintf(hash, "%q", seed)
	return hash.Sum64()
}

// varied is a seed with one to four changes.
func varied(seed []any, random *rand.Rand) []any {
	out := slices.Clone(seed)
	for range 1 + random.IntN(4) {
		i := random.IntN(len(out))
		switch v := out[i].(type) {
		case string:
			out[i] = string(changed([]byte(v), random))
		case []byte:
			out[i] = changed(v, random)
		case int:
			out[i] = v + random.IntN(17) - 8
		case bool:
			out[i] = !v
		}
	}
	return out
}

// pieces are what makes texts other texts: of JavaScript, TypeScript, JSON, markup, comments, diffs and encodings.
var pieces = []string{
	"{", "}", "(", ")", "[", "]", "<", ">", "</", "/>", "{{", "}}", "`", "${", "'", "\"", "\\", "/", "/*", "*/", "//", "<!--", "-->", "#",
	",", ";", ":", ".", "...", "?.", "?", "??", "=", "=>", "==", "&&", "||", "!", "+", "-", "*", "@", "|", " ", "\n", "\r\n", "\r", "\t",
	"0", "1e9", "-1", "null", "true", "undefined", "async ", "await ", "function ", "function* ", "yield ", "return ", "throw ", "class ",
	"extends ", "new ", "if (a) ", "else ", "for (;;) ", "while (a) ", "try {", "} catch (e) {", "switch (a) {", "case 1:", "break\n",
	"const ", "let ", "var ", "import ", "export default ", " as ", "type A = ", "wx.", "this.", "setData(", "success", "fail: ", "then(", "openid", "scope.record",
	"<view>", "<script>", "</script>", "wx:if=", "v-for=", "bindtap=\"a\"", "// voipcheck-ignore a -- b\n", "// #ifdef H5\n", "// #endif\n",
	"通话", "\u2028", "\u202e", "\x00", "\x1b[", "\xff", "\xed\xa0\x80", "\ufeff",
}

// changed is a text with one piece taken out, put in, doubled, moved or damaged.
func changed(text []byte, random *rand.Rand) []byte {
	at := random.IntN(len(text) + 1)
	end := min(len(text), at+1+random.IntN(1+random.IntN(64)))
	piece := text[at:end]
	switch random.IntN(6) {
	case 0:
		return slices.Concat(text[:at], text[end:])
	case 1:
		return slices.Concat(text[:end], piece, text[end:])
	case 2:
		to := random.IntN(len(text) + 1)
		return slices.Concat(text[:to], piece, text[to:])
	case 3:
		if len(piece) == 0 {
			return text
		}
		out := slices.Clone(text)
		out[at] ^= 1 << random.IntN(8)
		return out
	}
	return slices.Concat(text[:at], []byte(pieces[random.IntN(len(pieces))]), text[at:])
}
