package flow

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/source"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

func (m *machine) object(c class) *object {
	return &object{class: c, serial: m.serial, seq: m.event(), born: m.calling()}
}

func (m *machine) array(elems []value) value {
	o := m.object(cArray)
	if most := m.most(boundElements); len(elems) > most {
		elems, o.isOpen, o.open = elems[:most], true, m.gaveUpHere(boundElements, "")
	}
	o.elems = slices.Clone(elems)
	return ref(o)
}

// define adds a property to an object, or replaces it, without looking at accessors.
func (m *machine) define(o *object, name string, v value) *cell {
	if o.class == cArray {
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < m.most(boundElements) {
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

// openUp lets an object hold more than is known of it, since a bound was met.
func (m *machine) openUp(o *object, b bound) {
	why := m.gaveUpHere(b, "")
	if m.outlives(o) {
		open, before := o.isOpen, o.open
		m.undo = append(m.undo, func() { o.isOpen, o.open = open, before })
	}
	if o.isOpen = true; o.open == nil {
		o.open = why
	}
}

// openLike lets an object hold more than is known of it if another does, of which it is a part.
func (o *object) openLike(of *object) {
	if of.isOpen {
		o.isOpen, o.open = true, of.open
	}
}

// get reads a property.
func (m *machine) get(v value, name string) value {
	return m.getAt(v, name, source.Span{}, nil)
}

// getAt reads a property of a value; at is where the code names it, and cause makes
// the reason when nobody knows what it is.
func (m *machine) getAt(v value, name string, at source.Span, cause func() *unfollowed) value {
	if v.kind == kSymbol && v.sym.root != nil {
		if m.mayHaveMethod(v, name, 0) {
			v = m.known(v)
		} else {
			m.present(v.sym)
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

// mayHaveMethod reports whether one of the values that v may be has a method of that name.
func (m *machine) mayHaveMethod(v value, name string, depth int) bool {
	switch {
	case v.kind == kObject:
		p := m.find(v.obj, name)
		return p != nil && p.val.isFunction()
	case v.kind != kSymbol || v.sym.root == nil || depth > m.most(boundNested):
		return false
	}
	mask := m.mask(v.sym.root)
	for i, alt := range v.sym.vals {
		if mask&(1<<i) != 0 && m.mayHaveMethod(alt, name, depth+1) {
			return true
		}
	}
	return false
}

// present drops the alternatives of which no property can be read: there the program ends with an exception.
func (m *machine) present(s *symbol) {
	if m.joined() {
		return
	}
	mask, there := m.mask(s.root), uint64(0)
	for i, alt := range s.vals {
		if mask&(1<<i) != 0 && (!alt.isNullish() || alt.blank() != nil) {
			there |= 1 << i
		}
	}
	if there != 0 && there != mask {
		m.narrow(s.root, there)
	}
}

func (m *machine) getOf(v value, name string, at source.Span, cause func() *unfollowed) value {
	switch v.kind {
	case kSymbol:
		if cause := v.sym.cause; cause != nil && cause.runtime {
			if f, ok := m.runtimeMember(name); ok {
				return f
			}
		}
		if m.isNothing(v) {
			if _, ofText := m.stringMember(text(""), name); !ofText {
				m.throw(m.unknown(nil))
			}
		}
		if promiseMethods[name] != nil && m.waitable(v, at, cause) {
			return m.getObject(ref(v.sym.promise.obj), name, at, cause)
		}
		if o := v.sym.shape; o != nil && o.props[name] != nil {
			return m.getObject(ref(o), name, at, cause)
		}
		out := m.derive(v.sym, "."+name)
		if live := v.live(); live != nil && m.renders() {
			return m.stayLive(out, func(m *machine) value { return m.get(m.read(live), name) })
		}
		if live := v.live(); live != nil && m.serial == 0 {
			// A part of what comes to be known later: const { ask } = inject('voip').
			return out.withLive(&cell{made: &computed{each: func(m *machine) value { return m.get(m.read(live), name) }}})
		}
		if v.sym.pages != noPage {
			return m.openPage(v.sym, name, at, out)
		}
		if v.sym.event != nil {
			if out = m.eventPart(v.sym.event, name, out); out.kind != kSymbol || out.sym.root != nil {
				return out
			}
		}
		if name == "authSetting" {
			// Of an event of <button open-type="openSetting">, or of a result that came through code that is not followed.
			auth, ok := m.auths[out.sym]
			if !ok {
				auth = m.authSetting(at)
				m.auths[out.sym] = auth
			}
			return auth
		}
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
		return m.numberMember(v, name)
	case kObject:
		return m.getObject(v, name, at, cause)
	}
	if v.blank() != nil {
		// A field that is never assigned: a fault of its own, not a crash.
		return m.deriveAt(fmt.Sprintf("%p .%s", v.blank(), name), nil)
	}
	if m.serial != 0 && !m.joined() && v.kind == kUndefined && v.aside == nothingCame.aside {
		m.throw(m.unknown(nil))
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
		if c.getter() != nil {
			return m.call(ref(c.getter()), v, nil, nil)
		}
		if !m.absent(c) || c.hist != nil {
			return m.readProp(v, c)
		}
	}
	if out, ok := m.special(v, name, at); ok {
		return out
	}
	for p, n := o.proto, 0; p != nil; p, n = p.proto, n+1 {
		if p.class == cHost {
			return m.hostMember(p, name)
		}
		if n >= m.most(boundPrototypes) {
			return m.unknown(m.gaveUpHere(boundPrototypes, name))
		}
	}
	if o.isOpen {
		if o.open == nil && cause != nil && o.unit != nil {
			return m.unknown(cause())
		}
		return m.unknown(o.open)
	}
	if o.class == cBoxed {
		return m.unknown(o.open)
	}
	if m.outlives(o) && o.class == cPlain {
		// Other runs may write it.
		if c := m.ghost(o, name); c != nil {
			return m.readProp(v, c)
		}
	}
	return missing
}

// find looks a property up along the prototypes.
func (m *machine) find(o *object, name string) *cell {
	c := find(o, name, m.most(boundPrototypes))
	if o != nil && m.outlives(o) && (c == nil || c.object != o) {
		m.a.now.lack(o, name, c)
	}
	return c
}

// find looks a property up along so many prototypes.
func find(o *object, name string, most int) *cell {
	for n := 0; o != nil && n < most; n++ {
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

// lacks reports whether a property is not there and no other run puts it there: an object that was there before may have
// been filled by them.
func (m *machine) lacks(c *cell) bool {
	return m.absent(c) && m.read(c).kind == kUndefined
}

func (m *machine) readProp(owner value, c *cell) value {
	if c.getter() != nil {
		return m.call(ref(c.getter()), owner, nil, nil)
	}
	if c.ghost {
		return notSure(m.read(c))
	}
	return m.read(c)
}

// setAt writes a property.
func (m *machine) setAt(v value, name string, val value, key source.Span) {
	v = m.known(v)
	if v.kind != kObject {
		m.a.writtenBlindly(name)
		m.putOn(v, name, val, key)
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
		if trap := m.get(o.in().proxy.handler, "set"); trap.isFunction() {
			m.call(trap, o.in().proxy.handler, []value{o.in().proxy.target, text(name), val, v}, nil)
			return
		}
		m.setAt(o.in().proxy.target, name, val, key)
		return
	case o.class == cArray:
		m.setElement(o, name, val)
		return
	}
	c := m.find(o, name)
	if c != nil && c.setter() != nil {
		m.call(ref(c.setter()), v, []value{val}, nil)
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
				val.know |= m.ctx.facts & (factBoth | factEnabled)
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
		if n, ok := toNumber(val); name == "length" && ok && n >= 0 && n <= float64(m.most(boundElements)) {
			m.keep(o)
			if int(n) < len(o.elems) {
				m.altered(o, takenOut, nil, yes)
				o.elems = o.elems[:int(n)]
			}
			for len(o.elems) < int(n) {
				o.elems = append(o.elems, undefined)
			}
			return
		}
		m.define(o, name, val)
		return
	}
	if i < 0 || i >= m.most(boundElements) {
		m.openUp(o, boundElements)
		return
	}
	m.keep(o)
	m.store(o, nil, val)
	for len(o.elems) <= i {
		o.elems = append(o.elems, undefined)
	}
	switch {
	case m.outlives(o):
		c := m.element(o, name)
		m.assign(c, val)
		val = c.val
	case m.weak != 0 && o.seq < m.weak:
		val = m.either(o.elems[i], val)
	}
	o.elems[i] = val
}

// setKey writes a property whose name is computed.
func (m *machine) setKey(v, key, val value) {
	key = m.known(key)
	if name, ok := key.propertyKey(); ok {
		m.set(v, name, val)
		return
	}
	if v = m.known(v); v.kind == kObject {
		m.store(v.obj, nil, val)
		m.wildcard(v.obj, key, nil)
	}
}

// putOn writes a property of a value that is not known otherwise: what a server sent, and the code added something to.
func (m *machine) putOn(v value, name string, val value, key source.Span) {
	if v.kind != kSymbol || v.sym.root != nil || v.sym.not != nil || m.serial == 0 {
		return
	}
	s := v.sym
	if s.shape == nil || s.shape.serial != m.serial {
		before := s.shape
		if s.id <= m.firstSymbol {
			m.undo = append(m.undo, func() { s.shape = before }) // others find it as it was
		}
		o := m.object(cPlain)
		o.isOpen, o.open = true, s.cause
		if before != nil {
			m.copyProps(o, ref(before))
		}
		s.shape = o
	}
	if m.weak != 0 && s.shape.props[name] == nil {
		m.define(s.shape, name, m.either(m.derive(s, "."+name), val)).key = key
		return
	}
	m.setAt(ref(s.shape), name, val, key)
}
