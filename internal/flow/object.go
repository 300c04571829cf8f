package flow

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

func (m *machine) object(c class) *object {
	return &object{class: c, serial: m.serial, seq: m.event()}
}

func (m *machine) array(elems []value) value {
	o := m.object(cArray)
	o.elems = slices.Clone(elems)
	return ref(o)
}

// define adds a property to an object, or replaces it, without looking at accessors.
func (m *machine) define(o *object, name string, v value) *cell {
	if o.class == cArray {
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < 10000 {
			for len(o.elems) <= i {
				o.elems = append(o.elems, undefined)
			}
			o.elems[i] = v
			return &cell{val: v}
		}
	}
	if o.props == nil {
		o.props = map[string]*cell{}
	}
	c := o.props[name]
	if c == nil {
		c = &cell{serial: m.serial, seq: m.event(), name: name, object: o}
		o.props[name] = c
		o.keys = append(o.keys, name)
	}
	c.val = v
	return c
}

// get reads a property.
func (m *machine) get(v value, name string) value {
	return m.getAt(v, name, source.Span{}, nil)
}

// getAt reads a property of a value; at is where the code names it, and cause makes
// the reason when nobody knows what it is.
func (m *machine) getAt(v value, name string, at source.Span, cause func() *unfollowed) value {
	if v.kind == kSymbol && v.sym.root != nil {
		functions := false
		mask := m.mask(v.sym.root)
		for i, alt := range v.sym.vals {
			if mask&(1<<i) != 0 && alt.kind == kObject {
				if p := m.find(alt.obj, name); p != nil && p.val.isFunction() {
					functions = true
				}
			}
		}
		if functions {
			v = m.known(v)
		}
	}
	return m.lift(v, func(v value) value {
		out := m.getOf(v, name, at, cause)
		if v.know != 0 {
			out.know |= v.know
		}
		return out
	})
}

func (m *machine) getOf(v value, name string, at source.Span, cause func() *unfollowed) value {
	switch v.kind {
	case kSymbol:
		if name == "authSetting" {
			return m.authSetting(at)
		}
		out := m.derive(v.sym, "."+name)
		if v.sym.failure {
			out.sym.failure = true
		}
		if v.sym.hasPrefix || v.sym.failure {
			if f, ok := m.stringMember(v, name); ok {
				return f
			}
		}
		return out
	case kString:
		if f, ok := m.stringMember(v, name); ok {
			return f
		}
		return undefined
	case kNumber, kBool:
		if name == "toString" || name == "toFixed" || name == "valueOf" {
			return m.native(name, func(m *machine, this value, _ []value, _ *frame) value {
				if s, ok := this.key(); ok && name != "valueOf" {
					return text(s)
				}
				return this
			})
		}
		return undefined
	case kObject:
		return m.getObject(v, name, at, cause)
	}
	if v.blank != nil {
		// A field that is never assigned: a fault of its own, not a crash.
		return m.unknown(nil)
	}
	if m.serial != 0 && !m.joined() && v.kind == kUndefined && cause == nil {
		return undefined
	}
	return m.unknown(nil)
}

// getObject reads a property of an object.
func (m *machine) getObject(v value, name string, at source.Span, cause func() *unfollowed) value {
	o := v.obj
	if c := m.find(o, name); c != nil {
		if c.get != nil {
			return m.call(ref(c.get), v, nil, nil)
		}
		if !m.absent(c) || c.hist != nil {
			return m.readProp(v, c)
		}
	}
	if out, ok := m.special(v, name, at); ok {
		return out
	}
	if o.isOpen {
		if o.open == nil && cause != nil && o.unit != nil {
			return m.unknown(cause())
		}
		return m.unknown(o.open)
	}
	if o.class == cBoxed {
		return m.unknown(nil)
	}
	if m.outlives(o) && o.class == cPlain {
		// Other runs may write it.
		if c := m.ghost(o, name); c != nil {
			return m.readProp(v, c)
		}
	}
	return undefined
}

// find looks a property up along the prototypes.
func (m *machine) find(o *object, name string) *cell {
	for n := 0; o != nil && n < 64; n++ {
		if c, ok := o.props[name]; ok {
			return c
		}
		o = o.proto
	}
	return nil
}

// outlives reports whether an object was there before the way began.
func (m *machine) outlives(o *object) bool { return m.serial != 0 && o.serial != m.serial }

// ghost makes the place of a property that an object made before the way began does not have, so that
// what other runs write there is found.
func (m *machine) ghost(o *object, name string) *cell {
	if o.props == nil {
		o.props = map[string]*cell{}
	}
	c := &cell{val: undefined, ghost: true, hist: m.a.history(o, name), name: name, object: o}
	o.props[name] = c
	o.keys = append(o.keys, name)
	return c
}

// absent reports whether a property is not there, as far as this way knows.
func (m *machine) absent(c *cell) bool {
	return c.ghost && c.serial != m.serial
}

func (m *machine) readProp(owner value, c *cell) value {
	if c.get != nil {
		return m.call(ref(c.get), owner, nil, nil)
	}
	return m.read(c)
}

// setAt writes a property.
func (m *machine) setAt(v value, name string, val value, key source.Span) {
	v = m.known(v)
	if v.kind != kObject {
		return
	}
	o := v.obj
	switch {
	case o.class == cModule:
		return
	case o.class == cHost:
		m.overrides(o, name, val)
		return
	case o.class == cProxy:
		m.setAt(o.proxy.target, name, val, key)
		return
	case o.class == cArray:
		m.setElement(o, name, val)
		return
	}
	c := m.find(o, name)
	if c != nil && c.set != nil {
		m.call(ref(c.set), v, []value{val}, nil)
		return
	}
	own := o.props[name]
	if own == nil {
		switch {
		case m.outlives(o):
			own = m.ghost(o, name)
		default:
			own = m.define(o, name, undefined)
			own.key = key
			if m.weak == 0 || o.seq >= m.weak {
				own.val = val
				return
			}
		}
	}
	if own.key.IsZero() {
		own.key = key
	}
	m.assign(own, val)
}

func (m *machine) set(v value, name string, val value) { m.setAt(v, name, val, source.Span{}) }

// setElement writes an array's element or length.
func (m *machine) setElement(o *object, name string, val value) {
	i, err := strconv.Atoi(name)
	if err != nil {
		if n, ok := toNumber(val); name == "length" && ok && n >= 0 && int(n) <= len(o.elems) {
			m.keep(o)
			o.elems = o.elems[:int(n)]
			return
		}
		m.define(o, name, val)
		return
	}
	if i < 0 || i > 10000 {
		o.isOpen = true
		return
	}
	m.keep(o)
	m.store(o, nil, val)
	for len(o.elems) <= i {
		o.elems = append(o.elems, undefined)
	}
	if m.weak != 0 && o.seq < m.weak {
		val = m.either(o.elems[i], val)
	}
	o.elems[i] = val
}

// keep saves an array's elements, to be put back when the way ends.
func (m *machine) keep(o *object) {
	if m.outlives(o) {
		old := slices.Clone(o.elems)
		m.undo = append(m.undo, func() { o.elems = old })
	}
	o.elems = slices.Clone(o.elems)
}

// setKey writes a property whose name is computed.
func (m *machine) setKey(v, key, val value) {
	key = m.known(key)
	name, ok := key.key()
	if !ok && key.kind == kObject && key.obj.class == cBoxed {
		name, ok = key.obj.name, true
	}
	if ok {
		m.set(v, name, val)
		return
	}
	if v = m.known(v); v.kind == kObject {
		m.store(v.obj, nil, val)
		m.wildcard(v.obj, key)
	}
}

// wildcard records that any property of an object may have been written.
func (m *machine) wildcard(o *object, key value) {
	prefix := ""
	if key.kind == kSymbol && key.sym.hasPrefix {
		prefix = key.sym.prefix
	}
	if m.outlives(o) {
		m.a.wildcards[o] = append(m.a.wildcards[o], prefix)
		return
	}
	o.isOpen = true
}

// read returns the value of a place as this way finds it.
func (m *machine) read(c *cell) value {
	if c.lazy != nil {
		f := c.lazy
		c.lazy = nil
		c.val = f()
	}
	if c.val.live != nil {
		if m.serial == 0 {
			return m.unknown(nil) // whatever it is when the page shows
		}
		return m.read(c.val.live)
	}
	if m.serial == 0 || c.serial == m.serial || c.frozen {
		return c.val
	}
	if c.hist == nil {
		if c.seq >= m.began || !c.val.isBlank() {
			return c.val
		}
		c.hist = m.a.historyOf(c)
	}
	return m.recall(c)
}

// assign writes a place.
func (m *machine) assign(c *cell, v value) {
	if c.frozen {
		return
	}
	if m.weak != 0 && c.seq < m.weak {
		v = m.either(m.read(c), v)
	}
	if m.serial != 0 {
		v.know |= m.ctx.facts & (factBoth | factEnabled)
	}
	if m.serial != 0 && c.seq < m.began {
		// It was there before the way began.
		if c.hist == nil {
			c.hist = m.a.historyOf(c)
		}
		m.writes = append(m.writes, writing{cell: c, hist: c.hist, val: v, facts: m.ctx.facts, maybe: m.ctx.maybe, sync: m.sync})
		escape(v, 0)
		old, serial := c.val, c.serial
		m.undo = append(m.undo, func() { c.val, c.serial = old, serial })
	}
	if c.val.blank != nil || v.blank != nil {
		v.blank = nil
	}
	c.val, c.serial = v, m.serial
}

// escape notes that a value is put where it outlives the way that made it.
func escape(v value, depth int) {
	if v.kind != kObject || depth > 3 || v.obj.escaped {
		return
	}
	v.obj.escaped = true
	for _, e := range v.obj.elems {
		escape(e, depth+1)
	}
	for _, c := range v.obj.props {
		escape(c.val, depth+1)
	}
}

// list returns the elements of an iterable; ok is false when there may be others.
func (m *machine) list(v value) (items []value, ok bool) {
	v = m.known(v)
	switch v.kind {
	case kString:
		for _, r := range v.str {
			items = append(items, text(string(r)))
		}
		return items, true
	case kObject:
		o := v.obj
		switch o.class {
		case cArray:
			return slices.Clone(o.elems), !o.isOpen
		case cSet:
			return slices.Clone(o.entries.keys), !o.isOpen
		case cMap:
			for i, k := range o.entries.keys {
				items = append(items, m.array([]value{k, o.entries.vals[i]}))
			}
			return items, !o.isOpen
		case cGenerator:
			return m.exhaust(o.gen)
		}
		if f := m.get(v, "@@iterator"); f.isFunction() {
			return m.iterate(m.call(f, v, nil, nil))
		}
	case kUndefined, kNull:
		return nil, true
	}
	return nil, false
}

// iterate takes everything that an iterator object gives.
func (m *machine) iterate(it value) (items []value, ok bool) {
	if it.kind == kObject && it.obj.class == cGenerator {
		return m.exhaust(it.obj.gen)
	}
	next := m.get(it, "next")
	for n := 0; n < 1000 && next.isFunction(); n++ {
		r := m.call(next, it, nil, nil)
		switch m.decideQuietly(m.get(r, "done")) {
		case triYes:
			return items, true
		case triBoth:
			return items, false
		}
		items = append(items, m.get(r, "value"))
	}
	return items, false
}

func (m *machine) decideQuietly(v value) tri {
	if v = m.known(v); v.kind == kSymbol {
		return triBoth
	}
	return triOf(v.constTruth())
}

// keyList returns the property names that for-in and Object.keys give.
func (m *machine) keyList(v value) (items []value, ok bool) {
	v = m.known(v)
	if v.kind != kObject {
		return nil, v.kind != kSymbol
	}
	if v.obj.class == cArray {
		for i := range v.obj.elems {
			items = append(items, text(strconv.Itoa(i)))
		}
	}
	if v.obj.module != nil {
		for _, n := range v.obj.module.names() {
			items = append(items, text(n))
		}
		return items, true
	}
	if v.obj.class == cHost && (v.obj.name == "wx" || v.obj.name == "uni") {
		return apiNames, true
	}
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil && !m.absent(c) && !strings.HasPrefix(k, "@@") {
			items = append(items, text(k))
		}
	}
	return items, !v.obj.isOpen && v.obj.class != cHost && v.obj.class != cAuth && v.obj.class != cProxy
}
