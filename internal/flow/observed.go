package flow

// What the runs show of a call: of one entry point while it is followed, and of all of them together.

// observed is what runs show of a call.
type observed struct {
	seen bool // come to

	shapes   []*Value
	scopes   map[string]ScopeUse
	disables int // calls with enable: false
	enables  int // other calls

	// What became of failures: one caught by code that does something, one caught by code that
	// does nothing, one that nobody waited for.
	handled, swallowed, dropped bool

	views []*view // how the call was reached
	runs  map[*entry]*run
	guard guardViews
}

type run struct {
	joins bool
	step  Step
}

// guardViews counts how an enabling was reached as to DevTools.
type guardViews struct {
	guarded, only int
	open, inside  *trail // inside: a path that runs in DevTools only
	maybe         *unfollowed
	isOpen        bool
	first         *trail // the first path on which it was open
}

func newObserved() observed {
	return observed{scopes: map[string]ScopeUse{}, runs: map[*entry]*run{}}
}

// take adds what other runs show, which come later.
func (o *observed) take(more *observed) {
	for _, v := range more.shapes {
		o.see(v, v.At)
	}
	for key, use := range more.scopes {
		o.scopes[key] = use
	}
	o.seen = o.seen || more.seen
	o.disables, o.enables = o.disables+more.disables, o.enables+more.enables
	o.handled, o.swallowed, o.dropped = o.handled || more.handled, o.swallowed || more.swallowed, o.dropped || more.dropped
	for _, v := range more.views {
		old := o.said(v.key)
		if old == nil {
			one := *v
			o.views = append(o.views, &one)
			continue
		}
		if !v.holds {
			old.shorten(v)
		}
		old.after, old.late = old.after|v.after, old.late|v.late
		if old.later == nil {
			old.later = v.later
		}
	}
	for e, r := range more.runs {
		o.runs[e] = r
	}
	o.guard.take(more.guard)
}

// said is the view that says the same; nil where none does.
func (o *observed) said(key viewKey) *view {
	for _, v := range o.views {
		if v.key == key {
			return v
		}
	}
	return nil
}

// shorten shows the way of another view that says the same, where that is shorter.
func (v *view) shorten(other *view) {
	if v.trail == nil || other.trail != nil && other.trail.depth < v.trail.depth {
		v.trail, v.pending, v.entry = other.trail, other.pending, other.entry
	}
}

// onlyInside notes a path on which the program has found that it runs in DevTools.
func (g *guardViews) onlyInside(t *trail) {
	if g.only++; g.inside == nil {
		g.inside = t
	}
}

// perhaps notes a path of which it is not known whether it runs in DevTools, and why.
func (g *guardViews) perhaps(why *unfollowed, t *trail) {
	if g.isOpen {
		g.surely(t)
		return
	}
	g.maybe, g.isOpen, g.open, g.first = why, true, t, t
}

// surely notes a path that runs in DevTools as well.
func (g *guardViews) surely(t *trail) {
	if !g.isOpen {
		g.first = t
	}
	if !g.isOpen || g.maybe != nil {
		g.isOpen, g.maybe, g.open = true, nil, t
	}
}

func (g *guardViews) take(more guardViews) {
	g.guarded += more.guarded
	if g.only += more.only; g.inside == nil {
		g.inside = more.inside
	}
	switch {
	case !more.isOpen:
	case g.isOpen:
		g.surely(more.first)
	default:
		g.isOpen, g.maybe, g.open, g.first = true, more.maybe, more.open, more.first
	}
}
