package config

import "testing"

func TestAlternatives(t *testing.T) {
	for glob, want := range map[string]int{
		"vendor/**":          1,
		"{a,b}/*.js":         2,
		"{a,b}{c,d,e}":       6,
		"{a,{b,c}{d,e}}/{x}": 5,
		`\{a,b\}`:            1,
		"a,b":                1,
		"{a,b":               1, // no pattern; it is refused elsewhere
	} {
		if got := alternatives(glob); got != want {
			t.Errorf("%s stands for %d, want %d", glob, got, want)
		}
	}
}
