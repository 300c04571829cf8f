package builtin

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// deepest is how far JSON may be nested.
const deepest = 500

// jsons defines JSON. What calls back is in prelude/json.js.
func (l *library) jsons() {
	o := l.object()
	l.define(l.r.Global, "JSON", o)
	l.named["JSON"] = o
	l.tag(o, "JSON")
	l.method(o, "parse", 2, func(c *exec.Call) exec.Result {
		s := c.Arg(0)
		if s.IsObject() {
			return l.coerces(c, ".s.")
		}
		if s.Kind() == value.Open {
			// It may be no JSON.
			return exec.Calls(l.r.Helper("parseOpen"), value.Undef, c.M.Table.Derived("JSON.parse", "", "", s), c.Arg(1))
		}
		if s.Kind() == value.Symbol {
			return c.Error("TypeError", "Cannot convert a Symbol value to a string")
		}
		p := &jsonParser{c: c, l: l, s: exec.ToText(s)}
		v := p.whole()
		switch {
		case p.deep:
			return done(c.M.GivenUp(c.S, "nesting", "JSON.parse"))
		case p.wrong != "":
			return c.Error("SyntaxError", p.wrong)
		case c.M.IsFunction(c.S, c.Arg(1)):
			return exec.Calls(l.r.Helper("revive"), value.Undef, v, c.Arg(1))
		}
		return done(v)
	})
	l.intrinsic("quote", func(c *exec.Call) exec.Result {
		if c.Arg(0).Kind() == value.Open {
			return exec.Done(c.M.Table.Derived("quote", "", "string", c.Arg(0)))
		}
		return text(quote(c.Arg(0).Text()))
	})
	l.intrinsic("stringifyPlain", func(c *exec.Call) exec.Result {
		w := &jsonWriter{c: c, l: l, seen: map[value.ID]bool{}}
		if !w.value(c.Arg(0), 0) || w.b.Len() > c.M.Most.Text {
			return done(value.Hole)
		}
		if w.nothing {
			return done(value.Undef)
		}
		return text(w.b.String())
	})
}

// jsonParser reads JSON.
type jsonParser struct {
	c         *exec.Call
	l         *library
	s         string
	at, depth int
	wrong     string
	deep      bool
}

func (p *jsonParser) fail() value.Value {
	if p.wrong == "" {
		if p.at >= len(p.s) {
			p.wrong = "Unexpected end of JSON input"
		} else {
			p.wrong = fmt.Sprintf("Unexpected token in JSON at position %d", p.at)
		}
	}
	return value.Undef
}

func (p *jsonParser) space() {
	for p.at < len(p.s) && strings.IndexByte(" \t\n\r", p.s[p.at]) >= 0 {
		p.at++
	}
}

func (p *jsonParser) whole() value.Value {
	v := p.value()
	if p.space(); p.wrong == "" && !p.deep && p.at < len(p.s) {
		return p.fail()
	}
	return v
}

func (p *jsonParser) value() value.Value {
	if p.depth++; p.depth > deepest {
		p.deep = true
	}
	defer func() { p.depth-- }()
	if p.space(); p.at >= len(p.s) || p.deep {
		return p.fail()
	}
	switch c := p.s[p.at]; {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.text()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	for word, v := range map[string]value.Value{"true": value.True, "false": value.False, "null": value.Nil} {
		if strings.HasPrefix(p.s[p.at:], word) {
			p.at += len(word)
			return v
		}
	}
	return p.fail()
}

func (p *jsonParser) array() value.Value {
	p.at++
	var out []value.Value
	if p.space(); p.at < len(p.s) && p.s[p.at] == ']' {
		p.at++
		return p.c.M.Array(p.c.S, nil)
	}
	for {
		out = append(out, p.value())
		if p.space(); p.wrong != "" || p.deep || p.at >= len(p.s) {
			return p.fail()
		}
		switch p.s[p.at] {
		case ',':
			p.at++
		case ']':
			p.at++
			return p.c.M.Array(p.c.S, out)
		default:
			return p.fail()
		}
	}
}

func (p *jsonParser) object() value.Value {
	p.at++
	o := &value.Obj{Proto: p.l.r.Object}
	if p.space(); p.at < len(p.s) && p.s[p.at] == '}' {
		p.at++
		return p.c.M.Alloc(p.c.S, o)
	}
	for {
		if p.space(); p.at >= len(p.s) || p.s[p.at] != '"' {
			return p.fail()
		}
		k := p.text()
		if p.space(); p.wrong != "" || p.at >= len(p.s) || p.s[p.at] != ':' {
			return p.fail()
		}
		p.at++
		v := p.value()
		if p.space(); p.wrong != "" || p.deep || p.at >= len(p.s) {
			return p.fail()
		}
		if k.Kind() == value.String {
			o.Define(value.Prop{Key: value.Named(k.Text()), Value: v})
		} else {
			o.Rest = k.Term()
		}
		switch p.s[p.at] {
		case ',':
			p.at++
		case '}':
			p.at++
			return p.c.M.Alloc(p.c.S, o)
		default:
			return p.fail()
		}
	}
}

func (p *jsonParser) number() value.Value {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	if p.s[p.at] == '-' {
		p.at++
	}
	zero := p.at < len(p.s) && p.s[p.at] == '0'
	first := p.at
	if !digits() || zero && p.at > first+1 {
		p.at = min(first+1, len(p.s))
		return p.fail()
	}
	if p.at < len(p.s) && p.s[p.at] == '.' {
		if p.at++; !digits() {
			return p.fail()
		}
	}
	if p.at < len(p.s) && (p.s[p.at] == 'e' || p.s[p.at] == 'E') {
		if p.at++; p.at < len(p.s) && (p.s[p.at] == '+' || p.s[p.at] == '-') {
			p.at++
		}
		if !digits() {
			return p.fail()
		}
	}
	return value.Num(ecma.NumberOf(p.s[start:p.at]))
}

func (p *jsonParser) text() value.Value {
	p.at++
	var units []uint16
	var b strings.Builder
	half := false
	flush := func() {
		s, ok := ecma.FromUnits(units)
		half = half || !ok
		b.WriteString(s)
		units = nil
	}
	for p.at < len(p.s) {
		c := p.s[p.at]
		switch {
		case c == '"':
			p.at++
			flush()
			if half {
				return p.l.input(p.c, "half of a letter", "string")
			}
			return value.Text(b.String())
		case c < ' ':
			return p.fail()
		case c == '\\':
			u, ok := p.escape()
			if !ok {
				return p.fail()
			}
			units = append(units, u)
		default:
			r, n := utf8.DecodeRuneInString(p.s[p.at:])
			units = utf16.AppendRune(units, r)
			p.at += n
		}
	}
	return p.fail()
}

func (p *jsonParser) escape() (uint16, bool) {
	if p.at+1 >= len(p.s) {
		p.at = len(p.s)
		return 0, false
	}
	c := p.s[p.at+1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		p.at += 2
		return uint16("\"\\/\b\f\n\r\t"[i]), true
	}
	if c != 'u' || p.at+6 > len(p.s) {
		return 0, false
	}
	n := uint16(0)
	for _, d := range []byte(p.s[p.at+2 : p.at+6]) {
		i := strings.IndexByte("0123456789abcdef", d|0x20)
		if i < 0 || d < '0' {
			return 0, false
		}
		n = n*16 + uint16(i)
	}
	p.at += 6
	return n, true
}

// quote is a text in quotation marks, as JSON has it.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ':
			b.WriteRune(r)
		default:
			if i := strings.IndexRune("\b\f\n\r\t", r); i >= 0 {
				b.WriteString(`\` + string("bfnrt"[i]))
			} else {
				fmt.Fprintf(&b, `\u%04x`, r)
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}

// jsonWriter writes what has no functions to ask: no toJSON, getters or proxies.
type jsonWriter struct {
	c       *exec.Call
	l       *library
	b       strings.Builder
	seen    map[value.ID]bool
	nothing bool
}

// value writes a value; false where that has to be done in another way. nothing is set where it has no JSON.
func (w *jsonWriter) value(v value.Value, depth int) bool {
	w.nothing = false
	switch v.Kind() {
	case value.Null:
		w.b.WriteString("null")
	case value.Bool:
		w.b.WriteString(exec.ToText(v))
	case value.Number:
		if n := v.Num(); n != n || n-n != 0 {
			w.b.WriteString("null")
		} else {
			w.b.WriteString(ecma.FormatNumber(n))
		}
	case value.String:
		w.b.WriteString(quote(v.Text()))
	case value.Undefined, value.Symbol:
		w.nothing = true
	case value.Object:
		return w.object(v, depth)
	default:
		return false
	}
	return true
}

func (w *jsonWriter) object(v value.Value, depth int) bool {
	o := w.c.S.Obj(v.ID())
	if depth > deepest || w.seen[v.ID()] || o.Variants != nil || o.Rest != nil || o.Class != value.PlainObject && o.Class != value.ArrayObject && o.Class != value.FunctionObject || hasAccessors(o) {
		return false
	}
	if _, there, plain := w.l.data(w.c, v, value.Named("toJSON")); there || !plain {
		return false
	}
	if o.Class == value.FunctionObject {
		w.nothing = true
		return true
	}
	w.seen[v.ID()] = true
	defer delete(w.seen, v.ID())
	if o.Class == value.ArrayObject {
		w.b.WriteByte('[')
		for n, e := range o.Elems {
			if n > 0 {
				w.b.WriteByte(',')
			}
			if !w.value(filled(e), depth+1) {
				return false
			}
			if w.nothing {
				w.b.WriteString("null")
			}
		}
		w.nothing = false
		w.b.WriteByte(']')
		return true
	}
	w.b.WriteByte('{')
	first := true
	for _, k := range w.c.M.OwnKeys(w.c.S, v) {
		p := o.Props.Get(k)
		if k.Sym != nil || p == nil || p.Flags&value.Hidden != 0 {
			continue
		}
		if p.Flags&value.Maybe != 0 {
			return false
		}
		mark := w.b.String()
		if !first {
			w.b.WriteByte(',')
		}
		w.b.WriteString(quote(k.Name) + ":")
		if !w.value(w.c.S.Resolve(p.Value), depth+1) {
			return false
		}
		if w.nothing {
			w.b.Reset()
			w.b.WriteString(mark)
			continue
		}
		first = false
	}
	w.nothing = false
	w.b.WriteByte('}')
	return true
}
