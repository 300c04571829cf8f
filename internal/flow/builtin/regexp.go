package builtin

import (
	"errors"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/builtin/pattern"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// mostMatching is how many steps a search with a regular expression may take.
const mostMatching = 500_000

// regexps defines RegExp. The methods of strings that take one are in prelude/string.js.
func (l *library) regexps() {
	p := l.r.RegExp
	f := l.constructor("RegExp", 2, p, l.newRegExp)
	l.species(f)
	l.method(p, "exec", 1, func(c *exec.Call) exec.Result { return l.execs(c, false) })
	l.method(p, "test", 1, func(c *exec.Call) exec.Result { return l.execs(c, true) })
	l.method(p, "toString", 0, func(c *exec.Call) exec.Result {
		d := l.regexp(c)
		if d == nil {
			return derived(c, "toString", "string")
		}
		return text("/" + sourceOf(d) + "/" + d.Flags)
	})
	l.method(p, "compile", 2, func(c *exec.Call) exec.Result { return done(c.This) })
	l.getter(p, "source", func(c *exec.Call) exec.Result {
		if d := l.regexp(c); d != nil {
			return text(sourceOf(d))
		}
		if c.This == p {
			return text("(?:)")
		}
		return derived(c, "source", "string")
	})
	l.getter(p, "flags", func(c *exec.Call) exec.Result {
		if d := l.regexp(c); d != nil {
			return text(sorted(d.Flags))
		}
		return derived(c, "flags", "string")
	})
	for _, k := range []struct{ name, flag string }{{"global", "g"}, {"ignoreCase", "i"}, {"multiline", "m"}, {"dotAll", "s"}, {"unicode", "u"}, {"unicodeSets", "v"}, {"sticky", "y"}, {"hasIndices", "d"}} {
		l.getter(p, k.name, func(c *exec.Call) exec.Result {
			if d := l.regexp(c); d != nil {
				return boolean(strings.Contains(d.Flags, k.flag))
			}
			if c.This == p {
				return done(value.Undef)
			}
			return derived(c, k.name, "boolean")
		})
	}
}

// sorted are flags in the order in which they are listed.
func sorted(flags string) string {
	out := ""
	for _, f := range "dgimsuvy" {
		if strings.ContainsRune(flags, f) {
			out += string(f)
		}
	}
	return out
}

// sourceOf is an expression as it would be written.
func sourceOf(d *value.RegExp) string {
	if d.Pattern == "" {
		return "(?:)"
	}
	var b strings.Builder
	inClass := false
	for i := 0; i < len(d.Pattern); i++ {
		c := d.Pattern[i]
		switch {
		case c == '\\' && i+1 < len(d.Pattern):
			b.WriteByte(c)
			i++
			c = d.Pattern[i]
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '/' && !inClass:
			b.WriteByte('\\')
		case c == '\n':
			b.WriteString(`\n`)
			continue
		case c == '\r':
			b.WriteString(`\r`)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// regexp is the data of the regular expression that a method is called on.
func (l *library) regexp(c *exec.Call) *value.RegExp { return regexpOf(c, c.This) }

func regexpOf(c *exec.Call, v value.Value) *value.RegExp {
	if !v.IsObject() {
		return nil
	}
	d, _ := c.S.Obj(v.ID()).Data.(*value.RegExp)
	return d
}

func (l *library) newRegExp(c *exec.Call) exec.Result {
	source, flags := c.Arg(0), c.Arg(1)
	if d := regexpOf(c, source); d != nil {
		if !c.NewTarget.IsObject() && flags.Kind() == value.Undefined {
			return done(source)
		}
		source = value.Text(d.Pattern)
		if flags.Kind() == value.Undefined {
			flags = value.Text(d.Flags)
		}
	}
	if source.IsObject() || flags.IsObject() {
		return l.coerces(c, ".SS")
	}
	if anyOpen(source, flags) {
		return derived(c, "RegExp", "object")
	}
	for _, v := range []*value.Value{&source, &flags} {
		if v.Kind() == value.Undefined {
			*v = value.Text("")
		}
		if v.Kind() == value.Symbol {
			return c.Error("TypeError", "Cannot convert a Symbol value to a string")
		}
	}
	pat, fl := exec.ToText(source), exec.ToText(flags)
	var refused pattern.SyntaxError
	if _, err := pattern.Compile(pat, fl); errors.As(err, &refused) {
		return c.Error("SyntaxError", string(refused))
	}
	r := c.M.NewRegExp(c.S, pat, fl)
	if proto := c.M.ProtoOf(c.S, c.NewTarget, l.r.RegExp); proto != l.r.RegExp {
		c.S.Edit(r.ID()).Proto = proto
	}
	return done(r)
}

// search is a search with a regular expression under way.
type search struct {
	c      *exec.Call
	l      *library
	p      *pattern.Pattern
	s      string
	units  []uint16
	steps  int
	failed bool
}

// match is where a match and its groups are, in code units.
type match []int

// newSearch begins one; nil where the expression is not computed.
func (l *library) newSearch(c *exec.Call, d *value.RegExp, s string) *search {
	p, err := pattern.Compile(d.Pattern, d.Flags)
	if err != nil {
		return nil
	}
	return &search{c: c, l: l, p: p, s: s, units: ecma.Units(s), steps: mostMatching}
}

// at matches at one position; nil if it does not.
func (x *search) at(n int) match {
	groups, found, known := x.p.Match(x.units, n, &x.steps)
	if !known {
		x.failed = true
	}
	if !found {
		return nil
	}
	return groups
}

// from is the first match from a position on.
func (x *search) from(n int) match {
	for ; n <= len(x.units) && !x.failed; n++ {
		if m := x.at(n); m != nil {
			return m
		}
	}
	return nil
}

// advance is the position after n, a whole letter on if the expression counts so.
func (x *search) advance(n int) int {
	if x.p.Unicode() && n+1 < len(x.units) && x.units[n] >= 0xd800 && x.units[n] < 0xdc00 && x.units[n+1] >= 0xdc00 && x.units[n+1] < 0xe000 {
		return n + 2
	}
	return n + 1
}

// all are the matches that a global search finds, or the first.
func (x *search) all(d *value.RegExp, from int) []match {
	sticky := strings.Contains(d.Flags, "y")
	var out []match
	for n := from; n <= len(x.units); {
		var m match
		if sticky {
			m = x.at(n)
		} else {
			m = x.from(n)
		}
		if m == nil || x.failed {
			break
		}
		out = append(out, m)
		if !strings.Contains(d.Flags, "g") {
			break
		}
		if n = m[1]; m[0] == m[1] {
			n = x.advance(n)
		}
	}
	return out
}

// part is a part of the text, or something open where it begins or ends within a letter.
func (x *search) part(from, to int) value.Value {
	if from < 0 {
		return value.Undef
	}
	s, ok := ecma.FromUnits(x.units[from:to])
	if !ok {
		return x.l.input(x.c, "half of a letter", "string")
	}
	return value.Text(s)
}

// array is a match as exec returns it.
func (x *search) array(m match, d *value.RegExp) value.Value {
	c := x.c
	var elems []value.Value
	for g := 0; g < len(m); g += 2 {
		elems = append(elems, x.part(m[g], m[g+1]))
	}
	a := c.M.Array(c.S, elems)
	e := c.S.Edit(a.ID())
	e.Define(value.Prop{Key: value.Named("index"), Value: value.Num(float64(m[0]))})
	e.Define(value.Prop{Key: value.Named("input"), Value: value.Text(x.s)})
	e.Define(value.Prop{Key: value.Named("groups"), Value: x.groups(m)})
	if strings.Contains(d.Flags, "d") {
		var pairs []value.Value
		for g := 0; g < len(m); g += 2 {
			if m[g] < 0 {
				pairs = append(pairs, value.Undef)
				continue
			}
			pairs = append(pairs, c.M.Array(c.S, []value.Value{value.Num(float64(m[g])), value.Num(float64(m[g+1]))}))
		}
		c.S.Edit(a.ID()).Define(value.Prop{Key: value.Named("indices"), Value: c.M.Array(c.S, pairs)})
	}
	return a
}

// groups is the object of the named groups, undefined if there are none.
func (x *search) groups(m match) value.Value {
	var o *value.Obj
	for n, name := range x.p.Names() {
		if name == "" {
			continue
		}
		if o == nil {
			o = &value.Obj{Proto: value.Nil}
		}
		o.Define(value.Prop{Key: value.Named(name), Value: x.part(m[2*n+2], m[2*n+3])})
	}
	if o == nil {
		return value.Undef
	}
	return x.c.M.Alloc(x.c.S, o)
}

// lastIndex is where a search begins; false if that is not known.
func (l *library) lastIndex(c *exec.Call, re value.Value) (int, bool) {
	p := c.S.Obj(re.ID()).Props.Get(value.Named("lastIndex"))
	if p == nil {
		return 0, true
	}
	v := c.S.Resolve(p.Value)
	if !v.IsPrimitive() || v.Kind() == value.Symbol || v.Kind() == value.BigInt {
		return 0, false
	}
	return int(max(0, min(ecma.ToInteger(exec.ToNumber(v)), 1<<30))), true
}

func (l *library) setLastIndex(c *exec.Call, re value.Value, v value.Value) {
	e := c.S.Edit(re.ID())
	p := value.Prop{Key: value.Named("lastIndex"), Flags: value.Hidden | value.Pinned}
	if old := e.Props.Get(p.Key); old != nil {
		p = *old
	}
	p.Value = v
	e.Define(p)
}

// execs is exec, or test.
func (l *library) execs(c *exec.Call, test bool) exec.Result {
	typ := ""
	if test {
		typ = "boolean"
	}
	if c.This.Kind() == value.Open {
		return derived(c, "exec", typ)
	}
	d := l.regexp(c)
	if d == nil {
		if c.This.IsObject() && test {
			return exec.Calls(l.r.Helper("testBy"), value.Undef, c.This, c.Arg(0))
		}
		return c.Error("TypeError", "Receiver is not a RegExp")
	}
	if c.Arg(0).IsObject() {
		return l.coerces(c, ".s")
	}
	s, class, why := convert(c.Arg(0), 's', "exec")
	if class != "" {
		return c.Error(class, why)
	}
	moving := strings.ContainsAny(d.Flags, "gy")
	from, ok := 0, true
	if moving {
		from, ok = l.lastIndex(c, c.This)
	}
	x := l.newSearch(c, d, s.Text())
	if s.Kind() == value.Open || !ok || x == nil {
		if moving {
			l.setLastIndex(c, c.This, c.M.Table.Derived("lastIndex", "", "number", c.This, s))
		}
		if x == nil && s.Kind() != value.Open {
			return done(c.M.GivenUp(c.S, "regexp", "/"+d.Pattern+"/"+d.Flags))
		}
		return derived(c, "exec", typ)
	}
	var m match
	if strings.Contains(d.Flags, "y") {
		if from <= len(x.units) {
			m = x.at(from)
		}
	} else {
		m = x.from(from)
	}
	if x.failed {
		return done(c.M.GivenUp(c.S, "regexp", "/"+d.Pattern+"/"+d.Flags))
	}
	if moving {
		at := 0
		if m != nil {
			at = m[1]
		}
		l.setLastIndex(c, c.This, value.Num(float64(at)))
	}
	switch {
	case test:
		return boolean(m != nil)
	case m == nil:
		return done(value.Nil)
	}
	return done(x.array(m, d))
}
