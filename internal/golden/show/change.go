package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/golden"
)

// change is a finding as it was and as it is; nil where there is none.
type change struct{ was, is *golden.Finding }

// pair puts findings beside each other: of the same rule at the same place first, then at the same place, then of the same rule. What
// is the same in every respect is left out.
func pair(was, is []golden.Finding) []change {
	var out []change
	was, is = slices.Clone(was), slices.Clone(is)
	for _, alike := range []func(a, b golden.Finding) bool{
		func(a, b golden.Finding) bool { return a.String() == b.String() },
		func(a, b golden.Finding) bool { return a.Place == b.Place && a.Rule == b.Rule },
		func(a, b golden.Finding) bool { return a.Place == b.Place },
		func(a, b golden.Finding) bool { return a.Rule == b.Rule },
	} {
		for i := 0; i < len(was); {
			j := slices.IndexFunc(is, func(f golden.Finding) bool { return alike(was[i], f) })
			if j < 0 {
				i++
				continue
			}
			if was[i].String() != is[j].String() {
				out = append(out, change{&was[i], &is[j]})
			}
			a, b := was[i], is[j]
			was, is = slices.Delete(slices.Clone(was), i, i+1), slices.Delete(slices.Clone(is), j, j+1)
			if len(out) > 0 && a.String() != b.String() {
				out[len(out)-1] = change{&a, &b}
			}
		}
	}
	for i := range was {
		out = append(out, change{was: &was[i]})
	}
	for i := range is {
		out = append(out, change{is: &is[i]})
	}
	return out
}

// kind says in a few words what changed, so that changes can be counted.
func (c change) kind() string {
	switch {
	case c.is == nil:
		return c.was.Rule + " is gone"
	case c.was == nil:
		return c.is.Rule + " is new"
	case c.was.Rule != c.is.Rule:
		return c.was.Rule + " became " + c.is.Rule
	case c.was.Place != c.is.Place:
		return c.is.Rule + " is at another place"
	case c.was.Fingerprint != c.is.Fingerprint:
		return c.is.Rule + " has another fingerprint"
	case c.was.Witness[0] != c.is.Witness[0]:
		return c.is.Rule + " says something else"
	}
	return c.is.Rule + " has another witness"
}

// String shows a finding as it was and as it is: lines of both, "-" before those that it had and "+" before those that it has.
func (c change) String() string {
	var b strings.Builder
	old, now := []string{}, []string{}
	if c.was != nil {
		old = lines(*c.was)
	}
	if c.is != nil {
		now = lines(*c.is)
	}
	for _, l := range merged(old, now) {
		b.WriteString("  " + l + "\n")
	}
	return b.String()
}

// lines are a finding with what leads to it.
func lines(f golden.Finding) []string {
	out := []string{fmt.Sprintf("%s %s %s", f.Place, f.Rule, f.Fingerprint)}
	for _, w := range f.Witness {
		out = append(out, "    "+w)
	}
	return out
}

// merged are two lists in one: what both have, and what only one of them has, with its mark.
func merged(old, now []string) []string {
	r := &reporter{old: old, now: now}
	cmp.Equal(old, now, cmp.Reporter(r))
	return r.out
}

// reporter collects the lines in which go-cmp finds two lists the same or not.
type reporter struct {
	path     cmp.Path
	old, now []string
	out      []string
}

// PushStep, PopStep and Report are what go-cmp calls.
func (r *reporter) PushStep(s cmp.PathStep) { r.path = append(r.path, s) }

// PopStep leaves a line.
func (r *reporter) PopStep() { r.path = r.path[:len(r.path)-1] }

// Report takes a line that both have, or that one of them has.
func (r *reporter) Report(result cmp.Result) {
	i, ok := r.path.Last().(cmp.SliceIndex)
	if !ok {
		return
	}
	was, is := i.SplitKeys()
	switch {
	case result.Equal():
		r.out = append(r.out, "  "+r.old[was])
	default:
		if was >= 0 {
			r.out = append(r.out, "- "+r.old[was])
		}
		if is >= 0 {
			r.out = append(r.out, "+ "+r.now[is])
		}
	}
}
