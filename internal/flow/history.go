package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

// history is what is written, in all runs of the program, to a place that outlives a run: a module's variable, a
// field of a page, globalData. A run that finds the place untouched finds one of these values there, and with it
// what held when it was written.
type history struct {
	name   string
	object *object
	at     source.Span
	writes []write
	next   []write // what the pass being made has found
	keys   map[string]int
	// assigned tells that something which is not followed may write it.
	assigned bool
	over     bool // more different values than are remembered: so many that the bound beyond was met
	beyond   bound
	exceeds  bound       // the bound that was met in the pass being made
	by       *unfollowed // the call that writes, where it is not followed which
	grown    int         // passes in which it had another value than before
	// lost tells that an entry point may write it which was not followed to its end: one of the first so many losses.
	lost     *unfollowed
	searched int
}

// write is a value that runs write, with what holds in all runs that write it.
type write struct {
	val   value
	facts facts
	maybe *unfollowed
	by    *entry
	sync  bool
}

// history returns the history of an object's property.
func (a *analysis) history(o *object, name string) *history {
	o = a.identity(o)
	key := historyKey{o, name}
	h := a.histories[key]
	if h == nil {
		h = &history{name: name, object: o}
		a.histories[key] = h
		a.order = append(a.order, h)
	}
	return h
}

type historyKey struct {
	object *object
	name   string
}

func (a *analysis) historyOf(c *cell) *history {
	if c.object != nil {
		return a.history(c.object, c.name)
	}
	if c.scope != nil {
		key := variableKey{*c.scope, c.name}
		h := a.variables[key]
		if h == nil {
			h = &history{name: c.name, at: c.key}
			a.variables[key] = h
			a.order = append(a.order, h)
		}
		return h
	}
	h := &history{name: c.name, at: c.key}
	a.order = append(a.order, h)
	return h
}

// overflow notes that more values are written to a place than are remembered: from the next pass on it may hold any other.
func (h *history) overflow(b bound) {
	if h.exceeds == noBound {
		h.exceeds = b
	}
}

// place is where the variable or property stands.
func (h *history) place() source.Span {
	switch {
	case !h.at.IsZero() || h.object == nil:
		return h.at
	case h.object.props[h.name] != nil && !h.object.props[h.name].key.IsZero():
		return h.object.props[h.name].key
	}
	return h.object.at
}

// settleAccounts takes the writes of a finished way into the histories.
func (m *machine) settleAccounts() {
	m.noteOff()
	early := map[*history]bool{}
	seen := map[recorded]bool{}
	for _, w := range m.writes {
		m.a.record(w, m.entry, m, seen, len(seen)+m.most(boundRecorded))
		if w.sync {
			early[w.hist] = true
		}
	}
	m.writes = nil
	if e := m.entry; e != nil && e.once && !m.closed {
		if e.always == nil {
			e.always = early
		}
		for h := range e.always {
			if !early[h] {
				delete(e.always, h)
			}
		}
	}
	for _, p := range m.promise {
		if p.serial == m.serial && p.state == rejected && p.failOf != nil {
			switch {
			case p.given:
				p.failOf.handled = true
			case !p.used:
				p.failOf.dropped = true
			}
		}
	}
	m.promise = nil
}

// recorded is an alternative that a writing has, with what the choice of it shows: alternatives may be had in many ways, and each
// value that a place is given one after the other may have all those before it.
type recorded struct {
	hist  *history
	sym   *symbol
	facts facts
	maybe *unfollowed
	sync  bool
}

// record takes a write into the history of its place. seen are the alternatives that were recorded on this path; there may be most.
func (a *analysis) record(w writing, by *entry, m *machine, seen map[recorded]bool, most int) {
	v := w.val
	for v.kind == kSymbol && v.sym.root != nil {
		mask := m.mask(v.sym.root)
		if mask&(mask-1) != 0 {
			// Each of the values that it may have.
			if key := (recorded{w.hist, v.sym, w.facts, w.maybe, w.sync}); seen[key] {
				return
			} else if len(seen) >= most {
				w.hist.overflow(boundRecorded)
				return
			} else {
				seen[key] = true
			}
			for i, alt := range v.sym.vals {
				if mask&(1<<i) != 0 {
					one := w
					one.val = alt
					one.facts |= v.sym.root.facts[i]
					a.record(one, by, m, seen, most)
				}
			}
			return
		}
		for i, alt := range v.sym.vals {
			if mask&(1<<i) != 0 {
				w.facts |= v.sym.root.facts[i]
				v = alt
				break
			}
		}
	}
	v = m.actual(v)
	m.fix(v, 0)
	// What the value itself shows is found with it.
	w.facts |= v.know & (factBoth | factEnabled)
	if w.facts&factEnabled != 0 {
		w.facts &^= factOff
	}
	v = v.withBlank(nil)
	v.know = 0
	h := w.hist
	if w.maybe != nil && w.maybe.stored && (v.isPlainUnknown() && v.sym.cause == nil || v.kind == kObject && v.obj.promise == nil && !v.isFunction()) {
		// A flag may tell of what held in a callback that somebody else runs; what a server sent does not.
		w.maybe = nil
	}
	// What is written in DevTools is found in DevTools: it takes nothing from what is written elsewhere.
	key := writeKey(v) + fmt.Sprint(w.maybe != nil, w.maybe == supposedly, w.facts&factDevTools != 0)
	if by != nil && w.sync {
		key += " sync " + by.key()
	}
	if h.keys == nil {
		h.keys = map[string]int{}
	}
	if i, ok := h.keys[key]; ok && i < len(h.next) {
		h.next[i].facts = common(h.next[i].facts, w.facts)
		return
	}
	if w.maybe == supposedly && len(h.next) > 0 {
		return // there is a value that the program writes
	}
	if len(h.next) >= m.most(boundWrites) {
		h.overflow(boundWrites)
		return
	}
	h.keys[key] = len(h.next)
	h.next = append(h.next, write{val: v, facts: w.facts, maybe: w.maybe, by: by, sync: w.sync})
}

// writeKey tells values apart that are written to a place.
func writeKey(v value) string {
	switch v.kind {
	case kSymbol:
		s := "unknown"
		if v.sym.cause != nil {
			s += " " + v.sym.cause.name
		}
		if v.sym.shape != nil {
			s += " with " + ref(v.sym.shape).describe(1)
		}
		return s
	case kObject:
		o := v.obj
		switch {
		case o.promise != nil:
			return fmt.Sprintf("promise %s %d %d", spanKey(o.at), o.promise.state, o.promise.ctx.facts)
		case o.host != nil && o.host.settles != nil:
			return "settles"
		}
		if o.class == cPlain && o.unit == nil && !o.at.IsZero() {
			return fmt.Sprintf("object %s %s", spanKey(o.at), v.describe(1))
		}
		return fmt.Sprintf("object %d %s", o.class, spanKey(o.at))
	}
	s, _ := v.key()
	return fmt.Sprintf("%d %s", v.kind, s)
}

// describe tells values apart by what they hold.
func (v value) describe(depth int) string {
	switch {
	case v.kind == kSymbol && v.sym.shape != nil:
		if depth > boundInner.usual() {
			return "unknown"
		}
		return "unknown with " + ref(v.sym.shape).describe(depth+1)
	case v.kind == kSymbol && v.sym.root != nil && depth <= boundInner.usual():
		all := v.describeAll(nil, 0, depth)
		slices.Sort(all)
		return strings.Join(slices.Compact(all), "|")
	case v.kind == kObject && (depth > boundInner.usual() || v.obj.class != cPlain):
		return fmt.Sprintf("object %d %s", v.obj.class, spanKey(v.obj.at))
	case v.kind != kObject:
		return writeKey(v)
	}
	var b strings.Builder
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil {
			fmt.Fprintf(&b, "%s=%s/%d,", k, c.val.describe(depth+1), c.val.know)
		}
	}
	return b.String()
}

// describeAll describes what a value may be, with what the choice of it shows: in which order, and within what, it is come
// by may differ from one pass to the next.
func (v value) describeAll(list []string, shown facts, depth int) []string {
	for i, alt := range v.sym.vals {
		if shown := shown | v.sym.root.facts[i]; alt.kind == kSymbol && alt.sym.root != nil && depth < boundInner.usual() {
			list = alt.describeAll(list, shown, depth+1)
		} else {
			list = append(list, fmt.Sprintf("%s/%d", alt.describe(depth+1), shown))
		}
	}
	return list
}

func spanKey(s source.Span) string {
	if s.File == nil {
		return "-"
	}
	return fmt.Sprintf("%s:%d", s.File.Name, s.Start)
}

// turnPage makes what a pass has found the knowledge of the next, and returns a place of which it found something new, if there is one.
func (a *analysis) turnPage() *history {
	var changed *history
	for _, h := range a.order {
		if describe(h.writes) != describe(h.next) {
			if h.grown++; h.grown > a.most(boundGrowth) {
				h.overflow(boundGrowth)
			} else if changed == nil && !(h.object != nil && h.object.unit != nil && a.isAside(h.object.unit.unit)) {
				changed = h
			}
		}
		if h.exceeds != noBound && !h.over {
			h.over, h.beyond = true, h.exceeds
			if h.beyond != boundGrowth || h.counts() {
				changed = cmp.Or(changed, h)
			}
		}
		h.writes, h.next, h.keys = h.next, nil, nil
	}
	return changed
}

// counts reports whether a place holds numbers or texts that go on and on.
func (h *history) counts() bool {
	return slices.ContainsFunc(h.next, func(w write) bool { return w.val.kind == kNumber || w.val.kind == kString })
}

func describe(writes []write) string {
	var b strings.Builder
	for _, w := range writes {
		fmt.Fprintf(&b, "%s/%d;", writeKey(w.val), w.facts)
	}
	return b.String()
}
