package platform

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/state"
)

// Whether a view of merged paths can be had on a path by itself.

// watch waits for a site to be come by with facts that say the same of it.
type watch struct {
	site  *Site
	facts Facts
	found *state.Trail
}

// Confirm follows the entry point of a view alone, without merging, until it comes by the site with the same facts. It returns the trail of
// that path; nil where there is none, or none was found within so many steps: then exhausted tells which.
func (p *Program) Confirm(x *explore.Explorer, s *Site, v View, steps int) (t *state.Trail, exhausted bool) {
	if strings.HasPrefix(v.Entry, loadEntry) {
		return v.Trail, false
	}
	want := reported(v.Trail)
	p.watching = &watch{site: s, facts: v.Facts}
	defer func() { p.watching = nil }()
	exhausted = true
	for _, e := range p.Entries() {
		if e.Name != v.Entry {
			continue
		}
		for _, start := range e.Starts {
			all := x.Replay(&e.Entry, start.Facts, start.Trail, steps,
				func(s *state.State) bool { return begins(want, reported(s.Trail)) },
				func() bool { return p.watching.found != nil })
			if p.watching.found != nil {
				return p.watching.found, false
			}
			exhausted = exhausted && all
		}
	}
	return nil, exhausted
}

// reported are the steps of a trail that have to do with requests.
func reported(t *state.Trail) []Step {
	var out []Step
	for ; t != nil; t = t.Up {
		if s, ok := t.Step.(Step); ok && s.Site != 0 {
			out = append(out, s)
		}
	}
	slices.Reverse(out)
	return out
}

// begins reports whether a list begins with another, or is its beginning.
func begins(list, with []Step) bool {
	n := min(len(list), len(with))
	return slices.Equal(list[:n], with[:n])
}

// watched tells the watch that a site was come by.
func (p *Program) watched(s *state.State, site *Site) {
	if w := p.watching; w != nil && w.found == nil && w.site == site && w.facts == s.Facts.(Facts) {
		w.found = s.Trail
	}
}
