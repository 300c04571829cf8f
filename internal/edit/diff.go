package edit

import "github.com/aymanbagabas/go-udiff"

// Diff tells a change as a unified diff that patch and git apply accept, or "" when there is none.
// The name is "/" separated.
func Diff(name string, before, after []byte) string {
	return udiff.Unified("a/"+name, "b/"+name, string(before), string(after))
}

// Lines are the smallest replacements of whole lines that lead from one text to another, in order.
func Lines(before, after []byte) []Replacement {
	var out []Replacement
	for _, e := range udiff.Lines(string(before), string(after)) {
		out = append(out, Replacement(e))
	}
	return out
}
