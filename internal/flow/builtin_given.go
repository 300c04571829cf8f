package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/source"
)

// What the library of the language makes of values that are all known is known in principle. Where it is not computed, that is a
// gap of the analysis and not an input of the program: a test of it leaves open what comes after.

// concluded gives an unknown result of known values its cause: what was not computed.
func (m *machine) concluded(out value, name string, at source.Span, from ...value) value {
	if m.serial == 0 || !out.isPlainUnknown() || out.sym.cause != nil || out.sym.failure || out.sym.really != nil || out.blank() != nil {
		return out
	}
	for _, v := range from {
		if !m.given(v, 0) {
			return out
		}
	}
	open := m.uncomputed(name, at)
	open.sym.written = out.sym.written
	return open
}

// uncomputed is the result of an operation that is not computed.
func (m *machine) uncomputed(name string, at source.Span) value {
	return m.unknown(&unfollowed{name: name, at: at})
}

// given reports whether all of a value is known.
func (m *machine) given(v value, depth int) bool {
	if v.kind != kObject {
		return v.kind != kSymbol && v.blank() == nil
	}
	o := v.obj
	if o.isOpen || m.outlives(o) || depth > m.most(boundCopied) || v.isFunction() || v.blank() != nil {
		return false
	}
	switch o.class {
	case cRegExp:
		return true
	case cBoxed:
		return o.open != nil || strings.HasPrefix(o.name, symbolMark)
	case cArray:
		for _, x := range o.elems {
			if !m.given(x, depth+1) {
				return false
			}
		}
		return true
	case cPlain:
		for _, k := range o.keys {
			c := o.props[k]
			if c == nil {
				continue
			}
			if c.ghost || c.hist != nil || c.made != nil || !c.val.isFunction() && !m.given(c.val, depth+1) {
				return false
			}
		}
		return o.proto == nil || m.given(ref(o.proto), depth+1)
	}
	return false
}

// symbolMark begins the names of what Symbol() makes, among the names of properties.
const symbolMark = "@@"

// computes makes a function of the library whose result hangs on nothing but what it is given.
func computes(f nativeFunc) nativeFunc {
	return func(m *machine, this value, args []value, fr *frame) value {
		out := f(m, this, args, fr)
		if fr == nil {
			return out
		}
		from := args
		if !this.isFunction() { // as Math is
			from = append([]value{this}, args...)
		}
		return m.concluded(out, calleeText(fr), calleeSpan(fr), from...)
	}
}

// numberAt is an argument as a number; missing is what none counts as. ok is false where it is not known.
func (m *machine) numberAt(args []value, i int, missing float64) (n float64, ok bool) {
	v := m.known(arg(args, i))
	if v.kind == kUndefined {
		return missing, true
	}
	return toNumber(v)
}

// textAt is an argument as a text; ok is false where it is not known.
func (m *machine) textAt(args []value, i int) (string, bool) {
	return m.textOf(arg(args, i))
}

// textOf is String of a value, of lists too.
func (m *machine) textOf(v value) (string, bool) {
	v = m.known(v)
	if v.kind == kObject && v.obj.class == cArray && !v.obj.isOpen {
		v = m.joinElements(v.obj, ",")
	}
	return v.key()
}
