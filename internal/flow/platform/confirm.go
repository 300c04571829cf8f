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
	// after is what the path has to ask for later, 0 for nothing.
	after Held
	found *state.Trail
}

// Confirm follows the entry point of a view alone, without merging, until it comes by the site with the same facts. It returns the trail of
// that path; nil where there is none, or none was found within so many steps: then exhausted tells which. With after the path goes on until it
// asks for that, and says that it did so after it came by the site.
func (p *Program) Confirm(x *explore.Explorer, s *Site, v View, after Held, steps int) (t *state.Trail, exhausted bool) {
	if strings.HasPrefix(v.Entry, loadEntry) {
		return v.Trail, false
	}
	want, all := sequences(v.Trail)
	p.watching = &watch{site: s, facts: v.Facts, after: after}
	defer func() { p.watching = nil }()
	exhausted = all
	for _, e := range p.Entries() {
		if e.Name != v.Entry {
			continue
		}
		for _, start := range e.Starts {
			none := x.Replay(&e.Entry, start.Facts, start.Trail, steps,
				func(s *state.State) bool {
					is := reported(s.Trail)
					return slices.ContainsFunc(want, func(list []Step) bool {
						return begins(list, is) && (after != 0 || len(is) <= len(list))
					})
				},
				func() bool { return p.watching.found != nil })
			if p.watching.found != nil {
				return p.watching.found, false
			}
			exhausted = exhausted && none
		}
	}
	return nil, exhausted
}

// mostSequences is how many sequences of requests are tried that may lead to a view.
const mostSequences = 64

// sequence is the steps that have to do with requests on a path: the last one, after what came before it. Those that are alike are one.
type sequence struct {
	before *sequence
	last   Step
}

func (q *sequence) steps() []Step {
	var out []Step
	for ; q != nil; q = q.before {
		out = append(out, q.last)
	}
	slices.Reverse(out)
	return out
}

// sequences are the steps that have to do with requests on the paths that lead to a trail's end, each sequence once; all tells that there are no more.
// Paths that parted and met again lead on together, so that each step of a trail is looked at once, however many paths it is on.
func sequences(t *state.Trail) (out [][]Step, all bool) {
	all = true
	made := map[sequence]*sequence{}
	found := map[*state.Trail][]*sequence{nil: {nil}}
	todo := []*state.Trail{t}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		if found[at] != nil {
			todo = todo[:len(todo)-1]
			continue
		}
		before := append([]*state.Trail{at.Up}, at.Also...)
		waits := false
		for n := len(before) - 1; n >= 0; n-- {
			if found[before[n]] == nil {
				todo, waits = append(todo, before[n]), true
			}
		}
		if waits {
			continue
		}
		var list []*sequence
		step, ok := at.Step.(Step)
		for _, up := range before {
			for _, q := range found[up] {
				if ok && step.Site != 0 {
					key := sequence{q, step}
					if q = made[key]; q == nil {
						q = &key
						made[key] = q
					}
				}
				switch {
				case slices.Contains(list, q):
				case len(list) >= mostSequences:
					all = false
				default:
					list = append(list, q)
				}
			}
		}
		found[at] = list
	}
	for _, q := range found[t] {
		out = append(out, q.steps())
	}
	return out, all
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
	if w := p.watching; w != nil && w.found == nil && w.after == 0 && w.site == site && w.facts == s.Facts.(Facts) {
		w.found = s.Trail
	}
}

// askedLate tells the watch that something is asked for after the site was come by.
func (p *Program) askedLate(s *state.State, asks Held) {
	if w := p.watching; w != nil && w.found == nil && asks&w.after != 0 && s.Facts.(Facts).Passed&(1<<((w.site.number-1)%64)) != 0 {
		w.found = s.Trail
	}
}
