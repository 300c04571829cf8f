package flow

import (
	"slices"
	"strconv"
	"strings"
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
