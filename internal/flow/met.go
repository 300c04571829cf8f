package flow

// What an entry point met, while it was followed, of what others leave. All of it is looked at again before it is taken for
// granted that following the entry point anew would lead to the same.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
)

// met is what an entry point met.
type met struct {
	// by is the bound of its steps, ungated tells that it runs regardless of its conditions, extended is how many members had been added to
	// instances.
	by       bound
	ungated  bool
	extended int
	places   []metPlace
	// irrelevant is code that was taken not to lead to the feature, with whether it had turned out to matter nonetheless.
	irrelevant map[piece]bool
	// untouched are places that it found as they were made.
	untouched []*cell
	// lacks are names that it looked up in an object which does not have them itself, with what it found instead.
	lacks map[historyKey]*cell
	// missing are places of which it found that nobody comes by them.
	missing map[historyKey]bool
	wholes  map[*object]extent
	// buses is the state of the buses that it met, plus one; 0 where it did not come by one.
	buses int
	// offs is the same for what switches enabling off.
	offs int
	// loaded is how many programs were loaded when it met something that depends on that, plus one; 0 where nothing did.
	loaded int
	// unasked tells that it looked for nobody who may write a place, since nobody was asleep.
	unasked bool
}

// metPlace is a place with the state in which it was met.
type metPlace struct {
	place   *history
	version int
	open    bool
	lost    *unfollowed
}

// extent is what was met of an object as a whole: how many properties, keys and elements it has that others come by.
type extent struct {
	keys, items, elements, wild int
	other                       bool
}

// stands reports whether following an entry point anew would lead to the same.
func (f *following) stands(m *machine, e *entry) bool {
	a := m.a
	switch {
	case e.orphan, f.entry.beside != e.beside, f.entry.alone != e.alone, f.by != m.stepsFor(e), f.ungated != a.ungated[e.key()], !slices.EqualFunc(f.starts, e.starts, sameStart):
		return false
	case a.spentOn(e)+f.steps > a.allowance, a.spent+f.steps > a.most(boundRunSteps):
		return false // it would not come to its end
	case f.extended != a.extended, f.unasked && len(a.slice.asleep) > 0, f.buses > 0 && f.buses != a.buses.version+1, f.met.offs > 0 && f.met.offs != a.switched+1, f.loaded > 0 && f.loaded != len(a.loadedAll)+1:
		return false
	}
	for _, p := range f.places {
		if now := a.lookAt(p.place); now != p {
			return false
		}
	}
	for _, c := range f.untouched {
		if !a.untouched(c) {
			return false
		}
	}
	for code, forced := range f.irrelevant {
		if a.forced[code.node] != forced || a.relevance.contains(code.prog, code.node) {
			return false
		}
	}
	for key, c := range f.lacks {
		if find(key.object, key.name, a.most(boundPrototypes)) != c {
			return false
		}
	}
	for key := range f.missing {
		if a.histories[key] != nil {
			return false
		}
	}
	for o, w := range f.wholes {
		if a.wholeOf(o) != w {
			return false
		}
	}
	return true
}

// meets reports whether a place that was there before is met for the first time.
func (f *following) meets(c *cell) bool {
	if c.met == f.id {
		return false
	}
	c.met = f.id
	return true
}

// look takes down that a place is looked at.
func (a *analysis) look(h *history) {
	if f := a.now; h.met != f.id {
		h.met = f.id
		f.places = append(f.places, a.lookAt(h))
	}
}

func (a *analysis) lookAt(h *history) metPlace {
	return metPlace{h, h.version, a.openPlace(h), a.mayBeLost(h)}
}

// openPlace reports whether a place may be written by something that does not name it.
func (a *analysis) openPlace(h *history) bool {
	return h.object != nil && (a.wild(h.object, h.name) || h.object.field && a.written[h.name])
}

// peek is the history of a place, nil where nobody comes by it.
func (a *analysis) peek(key historyKey) *history {
	h := a.histories[key]
	if h == nil {
		a.now.missing[key] = true
	} else {
		a.look(h)
	}
	return h
}

// untouched reports whether a place holds what it was made with, as far as is known.
func (a *analysis) untouched(c *cell) bool {
	return c.hist == nil && !a.writtenUnseen(c) && !a.rewritten(c) && (len(a.losses) == 0 || !c.holds())
}

// meetBuses takes down that the code comes by a bus.
func (a *analysis) meetBuses() {
	if a.now.buses == 0 {
		a.now.buses = a.buses.version + 1
	}
	a.meetCode()
}

// meetOffs takes down that it matters what switches enabling off.
func (a *analysis) meetOffs() {
	if a.now.met.offs == 0 {
		a.now.met.offs = a.switched + 1
	}
}

// meetCode takes down that it matters which code is loaded.
func (a *analysis) meetCode() {
	if a.now.loaded == 0 {
		a.now.loaded = len(a.loadedAll) + 1
	}
}

// relevant reports whether a piece of code can reach the feature by a name in it.
func (a *analysis) relevant(p *program, n script.Node) bool {
	if a.relevance.contains(p, n) {
		return true
	}
	if code := (piece{p, n}); a.now.entry != nil {
		if _, known := a.now.irrelevant[code]; !known {
			a.now.irrelevant[code] = a.forced[n]
		}
	}
	return false
}

// lack takes down what was found in the place of a property that an object does not have itself.
func (f *following) lack(o *object, name string, c *cell) { f.lacks[historyKey{o, name}] = c }

// whole takes down that an object is looked at as a whole.
func (a *analysis) whole(o *object) {
	if _, known := a.now.wholes[o]; !known {
		a.now.wholes[o] = a.wholeOf(o)
	}
}

func (a *analysis) wholeOf(o *object) extent {
	w := extent{keys: len(o.keys), elements: len(a.elements[a.identity(o)]), wild: len(a.wildcards[o])}
	if held := o.in().held; held != nil {
		w.items, w.other = len(held.items), held.other != nil
	}
	return w
}
