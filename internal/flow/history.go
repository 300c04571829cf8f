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
	next   writeList // what the pass being made has found
	// version counts how often it came to hold something else; met is the last entry point that looked at it.
	version int
	met     int32
	// assigned tells that something which is not followed may write it.
	assigned bool
	over     bool // more different values than are remembered: so many that the bound beyond was met
	beyond   bound
	by       *unfollowed // the call that writes, where it is not followed which
	grown    int         // passes in which it had another value than before
	// lost tells that an entry point may write it which was not followed to its end: one of the first so many losses.
	lost     *unfollowed
	searched int
}

// writeList is the different values that runs write to a place.
type writeList struct {
	list    []write
	keys    map[string]int
	exceeds bound // the bound that was met
}

// arrange puts those that were found before into the order in which they were: that runs come by them in another order is nothing new,
// and what writes !open would turn it round in each pass.
func (ws *writeList) arrange(before []write) {
	rank := make(map[string]int, len(before))
	for i, w := range before {
		rank[w.key] = i - len(before)
	}
	slices.SortStableFunc(ws.list, func(x, y write) int { return cmp.Compare(rank[x.key], rank[y.key]) })
}

// write is a value that runs write, with what holds in all runs that write it.
type write struct {
	val   value
	facts facts
	maybe *unfollowed
	by    *entry
	sync  bool
	key   string // what tells it apart from others
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
func (ws *writeList) overflow(b bound) {
	if ws.exceeds == noBound {
		ws.exceeds = b
	}
}

// add adds a value, by a key that tells it apart, to at most so many.
func (ws *writeList) add(key string, w write, most int) {
	if i, ok := ws.keys[key]; ok {
		ws.list[i].facts = common(ws.list[i].facts, w.facts)
		return
	}
	if w.maybe == supposedly && len(ws.list) > 0 {
		return // there is a value that the program writes
	}
	if len(ws.list) >= most {
		ws.overflow(boundWrites)
		return
	}
	if ws.keys == nil {
		ws.keys = map[string]int{}
	}
	ws.keys[key] = len(ws.list)
	w.key = key
	ws.list = append(ws.list, w)
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
		m.record(w, seen, len(seen)+m.most(boundRecorded))
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
				m.a.now.of(p.failOf).handled = true
			case !p.used:
				m.a.now.of(p.failOf).dropped = true
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
func (m *machine) record(w writing, seen map[recorded]bool, most int) {
	left := m.a.now.place(w.hist)
	v := w.val
	for v.kind == kSymbol && v.sym.root != nil {
		mask := m.mask(v.sym.root)
		if mask&(mask-1) != 0 {
			// Each of the values that it may have.
			if key := (recorded{w.hist, v.sym, w.facts, w.maybe, w.sync}); seen[key] {
				return
			} else if len(seen) >= most {
				left.overflow(boundRecorded)
				return
			} else {
				seen[key] = true
			}
			for i, alt := range v.sym.vals {
				if mask&(1<<i) != 0 {
					one := w
					one.val = alt
					one.facts |= v.sym.root.facts[i]
					m.record(one, seen, most)
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
	if w.maybe != nil && w.maybe.stored && (v.isPlainUnknown() && v.sym.cause == nil || v.kind == kObject && v.obj.promise == nil && !v.isFunction()) {
		// A flag may tell of what held in a callback that somebody else runs; what a server sent does not.
		w.maybe = nil
	}
	// What is written in DevTools is found in DevTools: it takes nothing from what is written elsewhere.
	key := writeKey(v) + fmt.Sprint(w.maybe != nil, w.maybe == supposedly, w.facts&factDevTools != 0)
	if m.entry != nil && w.sync {
		key += " sync " + m.entry.key()
	}
	left.add(key, write{val: v, facts: w.facts, maybe: w.maybe, by: m.entry, sync: w.sync}, m.most(boundWrites))
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
		h.next.arrange(h.writes)
		if describe(h.writes) != describe(h.next.list) {
			if h.grown++; h.grown > a.most(boundGrowth) {
				h.next.overflow(boundGrowth)
			} else if changed == nil && !(h.object != nil && h.object.unit != nil && a.isAside(h.object.unit.unit)) {
				changed = h
			}
		}
		if h.next.exceeds != noBound && !h.over {
			h.over, h.beyond = true, h.next.exceeds
			h.version++
			if h.beyond != boundGrowth || h.counts() {
				changed = cmp.Or(changed, h)
			}
		}
		if !sameWrites(h, h.writes, h.next.list) {
			h.version++
		}
		h.writes, h.next = h.next.list, writeList{}
	}
	return changed
}

// counts reports whether a place holds numbers or texts that go on and on.
func (h *history) counts() bool {
	return slices.ContainsFunc(h.next.list, func(w write) bool { return w.val.kind == kNumber || w.val.kind == kString })
}

func describe(writes []write) string {
	var b strings.Builder
	for _, w := range writes {
		fmt.Fprintf(&b, "%s/%d;", writeKey(w.val), w.facts)
	}
	return b.String()
}
