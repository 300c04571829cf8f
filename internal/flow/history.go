package flow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
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
	over     bool        // too many different values
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

// settleAccounts takes the writes of a finished way into the histories.
func (m *machine) settleAccounts() {
	early := map[*history]bool{}
	for _, w := range m.writes {
		m.a.record(w, m.entry, m, map[recorded]bool{})
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

// recorded is an alternative that a writing has, with what the choice of it shows: alternatives may be had in many ways.
type recorded struct {
	sym   *symbol
	facts facts
}

// maxRecorded is how many alternatives of one writing are looked at.
const maxRecorded = 1000

func (a *analysis) record(w writing, by *entry, m *machine, seen map[recorded]bool) {
	v := w.val
	for v.kind == kSymbol && v.sym.root != nil {
		mask := m.mask(v.sym.root)
		if mask&(mask-1) != 0 {
			// Each of the values that it may have.
			if key := (recorded{v.sym, w.facts}); seen[key] {
				return
			} else if len(seen) >= maxRecorded {
				w.hist.over = true
				return
			} else {
				seen[key] = true
			}
			for i, alt := range v.sym.vals {
				if mask&(1<<i) != 0 {
					one := w
					one.val = alt
					one.facts |= v.sym.root.facts[i]
					a.record(one, by, m, seen)
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
		h.next[i].facts &= w.facts
		return
	}
	if w.maybe == supposedly && len(h.next) > 0 {
		return // there is a value that the program writes
	}
	if len(h.next) >= maxWrites {
		h.over = true
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
		if o.class == cPlain && o.unit == nil && len(o.keys) <= 12 && !o.at.IsZero() {
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
		if depth > 3 {
			return "unknown"
		}
		return "unknown with " + ref(v.sym.shape).describe(depth+1)
	case v.kind == kSymbol && v.sym.root != nil && depth <= 3:
		var b strings.Builder
		for i, alt := range v.sym.vals {
			fmt.Fprintf(&b, "%s/%d|", alt.describe(depth+1), v.sym.root.facts[i])
		}
		return b.String()
	case v.kind == kObject && (depth > 3 || v.obj.class != cPlain):
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
			if h.grown++; h.grown > maxGrown {
				h.over = true
			} else if changed == nil && !(h.object != nil && h.object.unit != nil && a.isAside(h.object.unit.unit)) {
				changed = h
			}
		}
		h.writes, h.next, h.keys = h.next, nil, nil
	}
	return changed
}

func describe(writes []write) string {
	var b strings.Builder
	for _, w := range writes {
		fmt.Fprintf(&b, "%s/%d;", writeKey(w.val), w.facts)
	}
	return b.String()
}

// recall returns what this way finds in a place that it has not written: its first value or any that runs write.
func (m *machine) recall(c *cell) value {
	if v, ok := m.reads[c]; ok {
		return v
	}
	v := m.recollect(c)
	if !m.sync || m.entry == nil || !m.entry.fresh(c.hist) {
		m.reads[c] = v
	}
	return v
}

func (m *machine) recollect(c *cell) value {
	h := c.hist
	base := c.val
	open := h.assigned || h.over || h.object != nil && (m.a.wild(h.object, h.name) || h.object.field && m.a.written[h.name])
	var vals []value
	var f []facts
	var maybe []*unfollowed
	initial, several := true, false
	for _, w := range h.writes {
		if h.grown > maxGrown && (w.val.kind == kNumber || w.val.kind == kString) {
			continue // one of those that never come to an end
		}
		if w.sync && w.by != nil && m.entry != nil {
			if w.by == m.entry && w.by.once {
				continue // it has not run before
			}
			if w.by.precedes(m.entry) && w.by.always[h] {
				initial = false
			}
		}
		if m.sync && m.entry != nil && m.entry.fresh(h) {
			continue
		}
		merged := false
		if w.val.isPlainUnknown() {
			// Unknown values of different runs are told apart by nothing.
			for i := range vals {
				if vals[i].isPlainUnknown() && f[i] == w.facts && maybe[i] == w.maybe && vals[i].sym.cause == w.val.sym.cause {
					several, merged = true, true
					break
				}
			}
			if merged {
				continue
			}
		}
		for i := range vals {
			if same(vals[i], w.val) && w.val.kind != kSymbol && sameDoubt(maybe[i], w.maybe) && (f[i]^w.facts)&factDevTools == 0 {
				f[i] &= w.facts
				merged = true
				break
			}
		}
		if !merged {
			vals, f, maybe = append(vals, w.val), append(f, w.facts), append(maybe, w.maybe)
		}
	}
	lost := m.a.mayBeLost(h)
	blank := base.isBlank() && c.holds() && !open && lost == nil
	for _, v := range vals {
		blank = blank && v.isBlank()
	}
	if blank && m.a.elsewhere(h) {
		blank, open = false, true
	}
	blank = blank && !m.a.replaced(h)
	if blank {
		// Blanks are all that it is ever given.
		return base.withBlank(h)
	}
	if open {
		vals, f, maybe = append(vals, m.unknown(m.a.beyond(h))), append(f, 0), append(maybe, nil)
	}
	if lost != nil && c.holds() {
		vals, f, maybe = append(vals, m.unknown(lost)), append(f, 0), append(maybe, nil)
	}
	if len(vals) == 0 {
		return base
	}
	if initial {
		// The first value may still be there: from finding it follows what itself shows, as that of an object does which
		// another run has made.
		for i := range vals {
			if same(vals[i], base) && base.kind != kSymbol {
				f[i] &= base.know
				initial = false
			}
		}
		switch {
		case initial && base.kind == kSymbol && base.sym.root != nil:
			// One of several itself: each with what it shows.
			mask := m.mask(base.sym.root)
			for i, alt := range base.sym.vals {
				if mask&(1<<i) != 0 {
					vals, f, maybe = append(vals, alt), append(f, base.sym.root.facts[i]), append(maybe, nil)
				}
			}
		case initial:
			vals, f, maybe = append(vals, base), append(f, 0), append(maybe, nil)
		}
	}
	if len(vals) > maxAlts {
		return m.unknown(nil)
	}
	// Unknown values get an identity of this way.
	for i, v := range vals {
		if v.kind == kSymbol && v.sym.root == nil && v.sym.not == nil {
			fresh, ok := m.again[v.sym]
			if !ok || several {
				fresh = m.unknown(v.sym.cause)
				fresh.sym.prefix, fresh.sym.hasPrefix, fresh.sym.shape = v.sym.prefix, v.sym.hasPrefix, v.sym.shape
				m.again[v.sym] = fresh
			}
			vals[i] = fresh
		}
	}
	v := m.anyOf(vals, f, maybe, h.name)
	if v.kind == kSymbol && v.sym.root != nil {
		v.sym.root.written = true
		v.sym.root.keeps = slices.ContainsFunc(vals, func(v value) bool { return m.a.keeps(v, 0) })
	}
	return v
}

// How many properties an object has at most, and how deep they lie, of which is asked whether they show something.
const (
	maxKept      = 40
	maxKeptDepth = 2
)

// keeps reports whether a value is an object with a property that shows something, as it was made or as runs have written it.
func (a *analysis) keeps(v value, depth int) bool {
	if v.kind != kObject || depth > maxKeptDepth || v.obj.class != cPlain || v.obj.unit != nil || len(v.obj.keys) > maxKept {
		return false
	}
	first := a.identity(v.obj)
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil && (c.val.know&(factBoth|factEnabled) != 0 || a.keeps(c.val, depth+1)) {
			return true
		}
		if h := a.histories[historyKey{first, k}]; h != nil && slices.ContainsFunc(h.writes, func(w write) bool { return w.facts&(factBoth|factEnabled) != 0 }) {
			return true
		}
	}
	return false
}

// beyond is why nobody knows what else may be found in a place that has had too many values, or that code may have written
// which does not name it, when some of the values that are known were written with something known to hold.
func (a *analysis) beyond(h *history) *unfollowed {
	for _, w := range h.writes {
		if w.facts&(factBoth|factEnabled) != 0 && (!h.over || w.val.kind != kNumber) {
			if by := a.wildBy(h.object, h.name); by != nil && by.by != nil {
				return by.by
			}
			return &unfollowed{name: h.shown(), at: h.at, stored: true}
		}
	}
	return nil
}

// holds reports whether a place is a variable or a property that could be assigned.
func (c *cell) holds() bool {
	switch {
	case c.frozen || c.getter() != nil:
		return false
	case c.object == nil:
		return c.top
	}
	return c.object.field || !c.ghost && c.object.serial == 0
}

// elsewhere reports whether a script that takes no part in the feature may give a field its value.
func (a *analysis) elsewhere(h *history) bool {
	if known, ok := a.outside[h]; ok {
		return known
	}
	if h.object == nil {
		return false // a variable: its own module alone can assign it
	}
	words := []string{h.name}
	if h.object != nil && h.object.owner != nil {
		// Other scripts come by the instance in one way only.
		if u := h.object.owner.unit; u != nil && u.Kind == miniprogram.AppUnit {
			words = append(words, "getApp")
		} else {
			words = append(words, "getCurrentPages")
		}
	}
	found := h.name != "" && a.project.NamedElsewhere(func(s *miniprogram.Script) bool { return a.programs[s] != nil }, words...)
	a.outside[h] = found
	return found
}
