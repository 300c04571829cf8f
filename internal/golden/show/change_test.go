package main

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/golden"
)

func TestCompare(t *testing.T) {
	finding := func(place, rule string, witness ...string) golden.Finding {
		return golden.Finding{Place: place, Rule: rule, Fingerprint: "f", Witness: witness}
	}
	was := []golden.Record{
		{Program: "same", Findings: []golden.Finding{finding("a.js:1:1", "x error", "m")}},
		{Program: "faded", Findings: []golden.Finding{finding("a.js:1:1", "x/y error", "m", "tap", "test"), finding("a.js:2:1", "z info", "m")}},
		{Program: "gone", Findings: []golden.Finding{finding("a.js:1:1", "x error", "m")}},
		{Program: "led otherwise", Findings: []golden.Finding{finding("a.js:1:1", "x error", "m", "tap", "test", "call")}},
	}
	is := []golden.Record{
		{Program: "same", Findings: []golden.Finding{finding("a.js:1:1", "x error", "m")}},
		{Program: "faded", Findings: []golden.Finding{finding("a.js:1:1", "x-unproven warning", "n", "tap"), finding("a.js:2:1", "z info", "m")}},
		{Program: "led otherwise", Findings: []golden.Finding{finding("a.js:1:1", "x error", "m", "tap", "call")}},
		{Program: "new"},
	}
	const want = `# set: 4 of 5 programs differ
     1  a new program
     1  a program that is gone
     1  x error has another witness
     1  x error is gone
     1  x/y error became x-unproven warning

faded
  - a.js:1:1 x/y error f
  + a.js:1:1 x-unproven warning f
  -     m
  +     n
        tap
  -     test

gone
  - a.js:1:1 x error f
  -     m

led otherwise
    a.js:1:1 x error f
        m
        tap
  -     test
        call

new

`
	if got := compare("set", was, is); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", strings.ReplaceAll(got, " \n", "·\n"), want)
	}
}
