package flow

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// JSON.stringify and JSON.parse. What is written of values that are known, and that tell nothing, is a text; of others it is a value
// that JSON.parse makes the object of again.

func jsonStringify(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	if s, ok := m.written(v, args); ok {
		return s
	}
	out := m.unknown(causeOf(arg(args, 0)))
	if v.kind == kObject && len(args) == 1 {
		v = m.copied(v, 0)
		out.sym.written = &v
	}
	return out
}

func jsonParse(m *machine, _ value, args []value, fr *frame) value {
	s := m.known(arg(args, 0))
	if s.kind == kSymbol && s.sym.written != nil {
		v := m.copied(*s.sym.written, 0)
		if fr != nil && v.kind == kObject && v.obj.serial == m.serial {
			v.obj.at = fr.prog.span(fr.call)
		}
		return v
	}
	str, ok := m.textOf(s)
	switch {
	case !ok || s.blank() != nil:
		return m.unknown(nil)
	case !gjson.Valid(str):
		return m.fails("SyntaxError")
	case arg(args, 1).kind != kUndefined && fr != nil:
		return m.uncomputed(calleeText(fr), calleeSpan(fr))
	}
	return m.fromJSON(gjson.Parse(str), 0)
}

// written is the text of a value that is known. JSON.stringify with a function that chooses is not computed.
func (m *machine) written(v value, args []value) (value, bool) {
	if m.known(arg(args, 1)).kind > kNull || !m.tellsNothing(v, 0) {
		return value{}, false
	}
	w := &jsonWriter{m: m, ok: true}
	switch gap := m.known(arg(args, 2)); gap.kind {
	case kNumber:
		w.gap = strings.Repeat(" ", ecma.Clamp(gap.num, 10))
	case kString:
		w.gap = gap.str[:min(len(gap.str), 10)]
	case kUndefined, kNull:
	default:
		return value{}, false
	}
	if !w.value(v, "") || !w.ok {
		return undefined, w.ok
	}
	return text(w.String()), true
}

// tellsNothing reports whether all of a value is known, and no part of it was written where a fact held.
func (m *machine) tellsNothing(v value, depth int) bool {
	if v.know != 0 || v.kind != kObject && !m.given(v, 0) || v.isFunction() && depth == 0 {
		return v.isFunction() && v.know == 0
	}
	if v.kind != kObject {
		return true
	}
	o := v.obj
	if depth > m.most(boundCopied) || o.isOpen || m.outlives(o) || o.class != cPlain && o.class != cArray || o.name != "" {
		return false
	}
	for _, x := range o.elems {
		if !x.isFunction() && !m.tellsNothing(x, depth+1) {
			return false
		}
	}
	for _, k := range o.keys {
		c := o.props[k]
		if c != nil && (c.ghost || c.hist != nil || c.made != nil || c.val.know != 0 || !c.val.isFunction() && !m.tellsNothing(c.val, depth+1)) {
			return false
		}
	}
	return m.find(o, "toJSON") == nil
}

// jsonWriter writes JSON.
type jsonWriter struct {
	strings.Builder
	m   *machine
	gap string
	ok  bool
}

// value writes a value, and reports whether there is anything to be written.
func (w *jsonWriter) value(v value, indent string) bool {
	switch v.kind {
	case kUndefined:
		return false
	case kNull:
		w.WriteString("null")
	case kBool:
		w.WriteString(strconv.FormatBool(v.bool))
	case kNumber:
		if isFinite(v.num).bool {
			w.WriteString(ecma.FormatNumber(v.num))
		} else {
			w.WriteString("null")
		}
	case kString:
		w.text(v.str)
	case kObject:
		if v.isFunction() {
			return false
		}
		w.object(v, indent)
	}
	return true
}

func (w *jsonWriter) object(v value, indent string) {
	inner, first, brackets := indent+w.gap, true, "{}"
	part := func(name string, x value) {
		mark := w.Len()
		var before string
		if !first {
			before = ","
		}
		if w.gap != "" {
			before += "\n" + inner
		}
		rest := w.String()
		w.WriteString(before)
		if v.obj.class != cArray {
			w.text(name)
			w.WriteString(":")
			if w.gap != "" {
				w.WriteString(" ")
			}
		}
		switch {
		case w.value(x, inner):
		case v.obj.class == cArray:
			w.WriteString("null")
		default:
			w.Reset()
			w.WriteString(rest[:mark])
			return
		}
		first = false
	}
	if v.obj.class == cArray {
		brackets = "[]"
	}
	w.WriteString(brackets[:1])
	if v.obj.class == cArray {
		for _, x := range v.obj.elems {
			part("", x)
		}
	} else {
		keys, ok := w.m.keyList(v)
		w.ok = w.ok && ok
		for _, k := range keys {
			if !strings.HasPrefix(k.str, "#") { // private
				part(k.str, v.obj.props[k.str].val)
			}
		}
	}
	if !first && w.gap != "" {
		w.WriteString("\n" + indent)
	}
	w.WriteString(brackets[1:])
}

// text writes a text as JSON.stringify does.
func (w *jsonWriter) text(s string) {
	w.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			w.WriteString("\\" + string(r))
		case r == '\n':
			w.WriteString(`\n`)
		case r == '\r':
			w.WriteString(`\r`)
		case r == '\t':
			w.WriteString(`\t`)
		case r == '\b':
			w.WriteString(`\b`)
		case r == '\f':
			w.WriteString(`\f`)
		case r < ' ':
			w.WriteString(fmt.Sprintf(`\u%04x`, r))
		default:
			w.WriteRune(r)
		}
	}
	w.WriteByte('"')
}
