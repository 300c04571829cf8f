package flow

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// Going over the elements of values.

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
			m.touch(o)
			return slices.Clone(o.elems), !o.isOpen
		case cSet:
			keys, _, ok := m.contents(o)
			return keys, ok
		case cMap:
			keys, vals, ok := m.contents(o)
			for i, k := range keys {
				items = append(items, m.array([]value{k, vals[i]}))
			}
			return items, ok
		case cGenerator:
			return m.exhaust(o.in().gen)
		}
		if f := m.get(v, "@@iterator"); f.isFunction() {
			return m.iterate(m.call(f, v, nil, nil))
		}
	case kUndefined, kNull:
		return nil, true
	}
	return nil, false
}

// stepper returns what gives one element after another, of things whose code runs between their elements; nil for others.
func (m *machine) stepper(over value, waits bool) func() (v value, more bool) {
	if waits {
		if it := m.asyncIterator(over); it.kind == kObject {
			open := openLoop{}
			return func() (value, bool) {
				r := m.awaitExpr(m.call(m.get(it, "next"), it, nil, nil))
				done := m.get(r, "done")
				if m.joined() {
					return m.get(r, "value"), m.decideQuietly(done) == triNo
				}
				unsure := m.undecided(done)
				if m.decide(done) == triYes {
					return undefined, false
				}
				if unsure {
					m.round(&open, nil)
				}
				return m.get(r, "value"), true
			}
		}
	}
	if over.kind != kObject || over.obj.class != cGenerator || over.obj.in().gen.async || waits {
		return nil
	}
	g := over.obj.in().gen
	if g.serial != m.serial || m.serial == 0 {
		return nil
	}
	return func() (value, bool) {
		v, done, thrown := m.advance(g, resumption{})
		if thrown {
			m.throw(v)
		}
		return v, !done
	}
}

// asyncIterator returns the iterator of an async iterable; undefined when it is none.
func (m *machine) asyncIterator(over value) value {
	if over.kind != kObject {
		return undefined
	}
	if over.obj.class == cGenerator && over.obj.in().gen.async {
		return over
	}
	if over.obj.class != cPlain {
		return undefined
	}
	if f := m.get(over, "@@asyncIterator"); f.isFunction() {
		return m.known(m.call(f, over, nil, nil))
	}
	return undefined
}

// iterate takes everything that an iterator object gives.
func (m *machine) iterate(it value) (items []value, ok bool) {
	if it.kind == kObject && it.obj.class == cGenerator {
		return m.exhaust(it.obj.in().gen)
	}
	next := m.get(it, "next")
	for n := 0; next.isFunction(); n++ {
		m.yields(n)
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
	v = m.apart(v)
	if v.kind == kString {
		for i := range ecma.Length(v.str) {
			items = append(items, text(strconv.Itoa(i)))
		}
		return items, true
	}
	if v.kind != kObject {
		return nil, v.kind != kSymbol
	}
	if v.obj.class == cProxy && !m.get(v.obj.in().proxy.handler, "ownKeys").isFunction() {
		return m.keyList(v.obj.in().proxy.target)
	}
	m.a.slice.demandAll(m, v.obj)
	if v.obj.class == cArray {
		for i := range v.obj.elems {
			items = append(items, text(strconv.Itoa(i)))
		}
	}
	if v.obj.in().module != nil {
		for _, n := range v.obj.in().module.names() {
			items = append(items, text(n))
		}
		return items, true
	}
	if v.obj.class == cHost && (v.obj.name == "wx" || v.obj.name == "uni" || v.obj.name == taroHost) {
		return apiNames, true
	}
	for _, k := range ordered(v.obj.keys) {
		if c := v.obj.props[k]; c != nil && !m.lacks(c) && !strings.HasPrefix(k, symbolMark) {
			items = append(items, text(k))
		}
	}
	return items, !v.obj.isOpen && v.obj.class != cHost && v.obj.class != cAuth && v.obj.class != cProxy
}

// ordered are the names of properties in the order in which the language lists them: those that are indices first, by number.
func ordered(keys []string) []string {
	index := func(k string) (int, bool) {
		if k == "" || k[0] < '0' || k[0] > '9' {
			return 0, false
		}
		i, err := strconv.Atoi(k)
		return i, err == nil && i >= 0 && strconv.Itoa(i) == k
	}
	if !slices.ContainsFunc(keys, func(k string) bool { _, ok := index(k); return ok }) {
		return keys
	}
	keys = slices.Clone(keys)
	slices.SortStableFunc(keys, func(a, b string) int {
		i, isA := index(a)
		j, isB := index(b)
		switch {
		case isA && isB:
			return cmp.Compare(i, j)
		case isA:
			return -1
		case isB:
			return 1
		}
		return 0
	})
	return keys
}
