package flow

// Runs that switch enabling off and leave the flags as they are that tell that it holds: whoever finds such a flag later is not enabled.

import (
	"maps"
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// offKey is a call that switches off, and the entry point that comes to it.
type offKey struct {
	entry string
	site  *site
}

// off counts the paths of an entry point that end switched off by a call, and on how many of them a place is written, or has to hold something
// that does not tell that enabling holds.
type off struct {
	entry   *entry
	site    *site
	paths   int
	protect map[*history]int
}

// noteOff takes a finished path into account that switched off and did not enable again.
func (m *machine) noteOff() {
	e := m.entry
	if m.offSite == nil || m.onAt > m.offAt || m.closed || e == nil || e.orphan || m.ctx.supposed {
		return
	}
	key := offKey{e.key(), m.offSite}
	o := m.a.now.left.offs[key]
	if o == nil {
		o = &off{entry: e, site: m.offSite, protect: map[*history]int{}}
		m.a.now.left.offs[key] = o
	}
	o.paths++
	protected := map[*history]bool{}
	for _, w := range m.writes {
		protected[w.hist] = true
	}
	for c, v := range m.reads {
		if c.hist != nil && v.kind == kSymbol && v.sym.root != nil && !m.mayTellEnabled(v) {
			protected[c.hist] = true
		}
	}
	for h := range protected {
		o.protect[h]++
	}
}

// mayTellEnabled reports whether a value, as the path has found it, may be one that tells that enabling holds; true for one of which none does.
func (m *machine) mayTellEnabled(v value) bool {
	r := v.sym.root
	mask, tells := m.mask(r), false
	for i, f := range r.facts {
		if f&(factEnabled|factOff) != 0 {
			if mask&(1<<i) != 0 {
				return true
			}
			tells = true
		}
	}
	return !tells
}

// with counts the paths of another entry point with the same key as well; nil stands for none.
func (o *off) with(other *off) *off {
	if other == nil {
		return o
	}
	sum := &off{entry: other.entry, site: other.site, paths: other.paths + o.paths, protect: maps.Clone(other.protect)}
	for h, n := range o.protect {
		sum.protect[h] += n
	}
	return sum
}

// leaves reports whether some path switches off and leaves a place as it is.
func (o *off) leaves(h *history) bool { return o.protect[h] < o.paths }

// turnOffs makes what a pass has found of switching off the knowledge of the next, and reports whether that is new.
func (a *analysis) turnOffs() bool {
	changed := !maps.EqualFunc(a.offs, a.nextOffs, func(x, y *off) bool {
		for _, p := range [2][2]*off{{x, y}, {y, x}} {
			for h := range p[0].protect {
				if p[0].leaves(h) != p[1].leaves(h) {
					return false
				}
			}
		}
		return true
	})
	if changed {
		a.switched++
	}
	a.offs, a.nextOffs = a.nextOffs, map[offKey]*off{}
	return changed
}

// offAfter is a call that may switch off after a run has written a place which tells that enabling holds, without that place being written;
// nil for none.
func (a *analysis) offAfter(h *history, by *entry) *site {
	a.meetOffs()
	if len(a.offs) == 0 {
		return nil
	}
	var found []*site
	for _, o := range a.offs {
		if !o.leaves(h) || o.before(by, h) || o.ends(h) {
			continue
		}
		found = append(found, o.site)
	}
	if len(found) == 0 {
		return nil
	}
	sort.Slice(found, func(i, j int) bool { return found[i].at.Before(found[j].at) })
	return slices.Clone(found)[0]
}

// before reports whether the entry point has run, for the last time, when another one writes a place.
func (o *off) before(by *entry, h *history) bool {
	if by == nil || !o.entry.precedes(by) {
		return false
	}
	app := o.entry.unit != nil && o.entry.unit.Kind == miniprogram.AppUnit
	return app || o.entry.kind == StepModule || h.object != nil && h.object.owner != nil && h.object.owner == o.entry.inst
}

// ends reports whether the place ends with the page or component that switches off.
func (o *off) ends(h *history) bool {
	return (o.entry.name == "onUnload" || o.entry.name == "detached") && h.object != nil && h.object.owner != nil && h.object.owner == o.entry.inst
}

// switchedOff notes that what told that enabling holds was written before a call that switched it off.
func (m *machine) switchedOff(s *site) {
	if s == nil || m.ctx.enabled() {
		return
	}
	m.ctx.disabledAt, m.ctx.disabledBy = m.event(), s
	m.ctx.note(StepTurnedOff, "", "", s.at)
}

// settledFor is what was known when a promise was settled, for whoever waits for it: one that another run has kept tells nothing of enabling once
// that may have been switched off since.
func (m *machine) settledFor(p *promise, waits context) context {
	ctx := p.ctx
	if p.serial == m.serial || m.serial == 0 || !ctx.enabled() {
		return ctx
	}
	if m.a.meetOffs(); len(m.a.offs) == 0 {
		return ctx
	}
	var by *site
	for _, h := range m.a.order {
		for _, w := range h.writes {
			if w.val.isPromise() && w.val.obj.promise == p && by == nil {
				by = m.a.offAfter(h, w.by)
			}
		}
	}
	if by == nil {
		return ctx
	}
	ctx.facts &^= factEnabled
	if !waits.enabled() {
		ctx.disabledAt, ctx.disabledBy = m.event(), by
		ctx.note(StepTurnedOff, "", "", by.at)
	}
	return ctx
}

// common are the facts that hold whichever of two writes a value comes of.
func common(a, b facts) facts {
	if a&factEnabled != 0 && b&factEnabled != 0 {
		return a & b
	}
	return a&b | (a|b)&factOff
}
