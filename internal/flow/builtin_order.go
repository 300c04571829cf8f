package flow

// Lists as a whole: in order, joined, flattened.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// isNumberless reports whether a value is NaN.
func isNumberless(v value) bool { return v.kind == kNumber && v.num != v.num }

// joinElements is join; lists within it are joined too.
func (m *machine) joinElements(o *object, sep string) value { return m.joinNested(o, sep, 0) }

func (m *machine) joinNested(o *object, sep string, depth int) value {
	switch {
	case o.isOpen:
		return m.unknown(o.open)
	case depth > m.most(boundCopied):
		return m.unknown(m.gaveUpHere(boundCopied, ""))
	}
	out := text("")
	for i, v := range o.elems {
		if i > 0 {
			out = m.concat(out, text(sep))
		}
		switch {
		case v.isNullish() && v.blank() == nil:
			continue
		case v.kind == kObject && v.obj.class == cArray:
			v = m.joinNested(v.obj, ",", depth+1)
		case v.kind == kObject:
			v = m.primitiveOr(v, "string")
		}
		out = m.concat(out, v)
	}
	return out
}

// flatten puts the elements of a list into another, and those of lists within it as deep as told.
func (m *machine) flatten(into, from *object, depth int) {
	if !into.isOpen {
		into.openLike(from)
	}
	for _, v := range from.elems {
		switch {
		case len(into.elems) >= m.most(boundElements):
			m.openUp(into, boundElements)
			return
		case depth > 0 && v.kind == kObject && v.obj.class == cArray:
			m.flatten(into, v.obj, depth-1)
		default:
			into.elems = append(into.elems, v)
		}
	}
}

func (m *machine) copyOf(list value) value {
	v := m.array(list.obj.elems)
	v.obj.isOpen, v.obj.open = list.obj.isOpen, list.obj.open
	return v
}

// copying makes a method that works on a copy.
func copying(name string) nativeFunc {
	return func(m *machine, this value, args []value, fr *frame) value {
		return arrayMethods[name](m, m.copyOf(this), args, fr)
	}
}

// sort puts elements in order. Where how they compare is not known, each may stand anywhere.
func (m *machine) sort(o *object, by value, fr *frame) {
	m.keep(o)
	by = m.known(by)
	var list, last []value
	for _, v := range o.elems {
		if v.kind == kUndefined && v.blank() == nil {
			last = append(last, v)
		} else {
			list = append(list, v)
		}
	}
	var unclear *value
	slices.SortStableFunc(list, func(a, b value) int {
		if unclear != nil {
			return 0
		}
		if by.kind != kUndefined {
			r := m.known(m.call(by, undefined, []value{a, b}, fr))
			n, ok := m.toNumber(r)
			switch {
			case !ok || r.blank() != nil:
				unclear = &r
			case n < 0:
				return -1
			case n > 0:
				return 1
			}
			return 0
		}
		s, okA := m.textOf(a)
		t, okB := m.textOf(b)
		switch {
		case !okA || !okB:
			r := m.unknown(nil)
			unclear = &r
		case ecma.Less(s, t):
			return -1
		case ecma.Less(t, s):
			return 1
		}
		return 0
	})
	if unclear == nil {
		o.elems = append(list, last...)
		return
	}
	for i := range o.elems {
		if len(o.elems) > m.most(boundAlternatives) {
			o.elems[i] = m.unknown(m.gaveUpHere(boundAlternatives, ""))
		} else {
			o.elems[i] = m.anyOf(list, make([]facts, len(list)), nil, "")
		}
	}
}
