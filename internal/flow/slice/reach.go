package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// Of the functions that matter, some lead to the calls of interest; others only write what the tests before those read.

// Reaches reports whether a function can lead to a call of interest, or open a page of which it matters what holds then. One that matters and does
// not matters for what it writes.
func (s *Slice) Reaches(f *ir.Func) bool { return s.reaches[f] }

// reach finds the functions that lead to the calls of interest.
func (s *Slice) reach(calls []string) {
	names := map[string]bool{}
	for _, name := range calls {
		names[name] = true
	}
	writes := map[string]bool{} // what is written there is noticed by a function that leads to a call
	for changed := true; changed; {
		changed = s.reachedNames(names, writes)
		for f := range s.matters {
			if !s.reaches[f] && s.leads(f, names, writes) {
				s.reached(f, names)
				changed = true
			}
		}
	}
}

// reachedNames lets names lead to calls because of others, and reports whether some do now.
func (s *Slice) reachedNames(names, writes map[string]bool) (changed bool) {
	add := func(set map[string]bool, name string) {
		changed = changed || !set[name]
		set[name] = true
	}
	for name, of := range s.aliases {
		for from := range of {
			if names[from] {
				add(names, name)
			}
		}
	}
	for _, l := range s.o.Links {
		if l.Func != nil && s.reaches[l.Func] || slices.ContainsFunc(l.From, func(name string) bool { return names[name] }) {
			for _, name := range l.Calls {
				add(names, name)
			}
			for _, name := range l.Writes {
				add(writes, name)
			}
		}
	}
	return changed
}

// leads reports whether a function that matters comes to what leads to a call.
func (s *Slice) leads(f *ir.Func, names, writes map[string]bool) bool {
	x := s.funcs[f]
	if x.settles || s.opensMatter(x) {
		return true
	}
	if mentions(x, names) {
		return true
	}
	for name := range x.writes {
		if writes[name] {
			return true
		}
	}
	return false
}

func (s *Slice) reached(f *ir.Func, names map[string]bool) {
	for ; f != nil && !s.reaches[f]; f = f.Outer {
		s.reaches[f] = true
		for _, name := range s.funcs[f].goes {
			names[name] = true
		}
	}
}

// Tells reports whether a function does not matter, but may write what a call of interest is given which decides nothing by it: without it nobody
// knows the values.
func (s *Slice) Tells(f *ir.Func) bool { return s.tells[f] }

// tell finds the functions that tell what calls are given.
func (s *Slice) tell() {
	names := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for name, of := range s.aliases {
			for from := range of {
				if names[from] && !names[name] {
					names[name], changed = true, true
				}
			}
		}
		for f, x := range s.funcs {
			if s.matters[f] || s.tells[f] || !s.writesShown(x) && !mentions(x, names) {
				continue
			}
			changed = true
			for g := f; g != nil && !s.matters[g] && !s.tells[g]; g = g.Outer {
				s.tells[g] = true
				for _, name := range s.funcs[g].goes {
					names[name] = true
				}
			}
		}
	}
}

func (s *Slice) writesShown(x *facts) bool {
	for name := range x.writes {
		if s.shown[name] {
			return true
		}
	}
	return false
}

func mentions(x *facts, names map[string]bool) bool {
	for name := range x.names {
		if names[name] {
			return true
		}
	}
	return false
}
