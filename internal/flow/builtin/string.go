package builtin

import (
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// strings defines String: what takes no regular expression. The rest is in prelude/string.js.
func (l *library) strings() {
	p := l.r.String
	f := l.constructor("String", 1, p, l.newString)
	l.typed(f, "fromCharCode", 1, ".n*", "string", func(c *exec.Call, a []value.Value) exec.Result {
		var units []uint16
		for _, v := range a[1:] {
			units = append(units, uint16(ecma.ToInt32(v.Num())))
		}
		s, ok := ecma.FromUnits(units)
		return l.known(c, "fromCharCode", s, ok)
	})
	l.typed(f, "fromCodePoint", 1, ".n*", "string", func(c *exec.Call, a []value.Value) exec.Result {
		var b strings.Builder
		for _, v := range a[1:] {
			n := v.Num()
			if !isWhole(n) || n < 0 || n > utf8.MaxRune {
				return c.Error("RangeError", "Invalid code point "+ecma.FormatNumber(n))
			}
			if n >= 0xd800 && n < 0xe000 {
				return l.known(c, "fromCodePoint", "", false)
			}
			b.WriteRune(rune(n))
		}
		return text(b.String())
	})
	same := func(c *exec.Call) exec.Result {
		v := c.This
		if v.IsObject() {
			v, _ = c.S.Obj(v.ID()).Data.(value.Value)
		}
		switch v.Kind() {
		case value.String:
			return done(v)
		case value.Open:
			return derived(c, "toString", "string")
		}
		return c.Error("TypeError", "String.prototype.toString requires that 'this' be a String")
	}
	l.method(p, "toString", 0, same)
	l.method(p, "valueOf", 0, same)
	l.parts(p)
	l.searches(p)
	l.changes(p)
	l.method(p, "@@iterator", 0, l.takes("iterator", "t", "", func(c *exec.Call, a []value.Value) exec.Result {
		return done(c.M.NewIterator(c.S, a[0], "values"))
	}))
}

func (l *library) newString(c *exec.Call) exec.Result {
	v := value.Text("")
	if len(c.Args) > 0 {
		v = c.Args[0]
	}
	if v.Kind() == value.Symbol && c.NewTarget.Kind() == value.Undefined {
		return text("Symbol(" + v.Symbol().Description + ")")
	}
	if v.IsObject() {
		return l.coerces(c, ".s")
	}
	s, class, why := convert(v, 's', "String")
	if class != "" {
		return c.Error(class, why)
	}
	if s.Kind() == value.Open && s.Term().Type != "string" {
		s = c.M.Table.Derived("string", "", "string", s)
	}
	if !c.NewTarget.IsObject() {
		return done(s)
	}
	return done(c.M.Alloc(c.S, &value.Obj{Class: value.BoxedObject, Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.String), Data: s}))
}

// parts are what cuts a text.
func (l *library) parts(p value.Value) {
	l.typed(p, "charAt", 1, "ti", "string", func(c *exec.Call, a []value.Value) exec.Result {
		unit, _, ok := ecma.At(a[0].Text(), a[1].Num())
		return l.known(c, "charAt", unit, ok)
	})
	l.typed(p, "at", 1, "ti", "", func(c *exec.Call, a []value.Value) exec.Result {
		n := a[1].Num()
		if n < 0 {
			n += float64(ecma.Length(a[0].Text()))
		}
		unit, there, ok := ecma.At(a[0].Text(), n)
		if ok && !there {
			return done(value.Undef)
		}
		return l.known(c, "at", unit, ok)
	})
	l.typed(p, "charCodeAt", 1, "ti", "number", func(c *exec.Call, a []value.Value) exec.Result {
		return num(ecma.Unit(a[0].Text(), a[1].Num()))
	})
	l.typed(p, "codePointAt", 1, "ti", "", func(c *exec.Call, a []value.Value) exec.Result {
		u := ecma.Unit(a[0].Text(), a[1].Num())
		if math.IsNaN(u) {
			return done(value.Undef)
		}
		if low := ecma.Unit(a[0].Text(), a[1].Num()+1); u >= 0xd800 && u < 0xdc00 && low >= 0xdc00 && low < 0xe000 {
			u = 0x10000 + (u-0xd800)*1024 + low - 0xdc00
		}
		return num(u)
	})
	l.typed(p, "slice", 2, "tiI", "string", func(c *exec.Call, a []value.Value) exec.Result {
		s, ok := ecma.Slice(a[0].Text(), a[1].Num(), number(a[2], math.Inf(1)))
		return l.known(c, "slice", s, ok)
	})
	l.typed(p, "substring", 2, "tiI", "string", func(c *exec.Call, a []value.Value) exec.Result {
		s, ok := ecma.Substring(a[0].Text(), a[1].Num(), number(a[2], math.Inf(1)))
		return l.known(c, "substring", s, ok)
	})
	l.typed(p, "substr", 2, "tiI", "string", func(c *exec.Call, a []value.Value) exec.Result {
		s, ok := ecma.Substr(a[0].Text(), a[1].Num(), number(a[2], math.Inf(1)))
		return l.known(c, "substr", s, ok)
	})
	trim := func(name string, f func(string) string) value.Value {
		return l.typed(p, name, 0, "t", "string", func(_ *exec.Call, a []value.Value) exec.Result { return text(f(a[0].Text())) })
	}
	trim("trim", ecma.Trim)
	l.define(p, "trimLeft", trim("trimStart", ecma.TrimStart))
	l.define(p, "trimRight", trim("trimEnd", ecma.TrimEnd))
}

// searches are what looks for a text in another.
func (l *library) searches(p value.Value) {
	find := func(name, gives string, otherwise float64, f func(s, what string, from float64) value.Value) {
		run := l.takes(name, "tsN", gives, func(_ *exec.Call, a []value.Value) exec.Result {
			return done(f(a[0].Text(), a[1].Text(), number(a[2], otherwise)))
		})
		l.method(p, name, 1, func(c *exec.Call) exec.Result {
			if gives == "boolean" && c.Arg(0).IsObject() && c.S.Obj(c.Arg(0).ID()).Class == value.RegExpObject {
				return c.Error("TypeError", "First argument to String.prototype."+name+" must not be a regular expression")
			}
			if c.This.Kind() == value.Open && c.Arg(0).Kind() == value.String && len(c.Args) == 1 {
				if v, ok := partly(name, c.This.Term(), c.Arg(0).Text()); ok {
					return done(v)
				}
			}
			return run(c)
		})
	}
	find("indexOf", "number", 0, func(s, what string, from float64) value.Value {
		return value.Num(float64(ecma.Index(s, what, from)))
	})
	find("lastIndexOf", "number", math.Inf(1), func(s, what string, from float64) value.Value {
		return value.Num(float64(ecma.LastIndex(s, what, from)))
	})
	find("includes", "boolean", 0, func(s, what string, from float64) value.Value {
		return value.BoolOf(ecma.Index(s, what, from) >= 0)
	})
	find("startsWith", "boolean", 0, func(s, what string, from float64) value.Value {
		part, ok := ecma.Slice(s, max(0, ecma.ToInteger(from)), math.Inf(1))
		return value.BoolOf(ok && strings.HasPrefix(part, what))
	})
	find("endsWith", "boolean", math.Inf(1), func(s, what string, to float64) value.Value {
		part, ok := ecma.Slice(s, 0, max(0, ecma.ToInteger(to)))
		return value.BoolOf(ok && strings.HasSuffix(part, what))
	})
	l.typed(p, "localeCompare", 1, "ts", "number", func(c *exec.Call, a []value.Value) exec.Result {
		if a[0] == a[1] {
			return num(0)
		}
		if order, ok := plainOrder(a[0].Text(), a[1].Text()); ok {
			return num(order)
		}
		return done(l.input(c, "locale", "number"))
	})
}

// partly is what a search finds in a text of which only some is known: how it begins, and what does not occur in it.
func partly(name string, t *value.Term, what string) (value.Value, bool) {
	at := strings.Index(t.Prefix, what)
	lacks := t.Lacks != "" && strings.Contains(what, t.Lacks)
	switch name {
	case "startsWith":
		switch {
		case t.Prefix == "":
		case strings.HasPrefix(t.Prefix, what):
			return value.True, true
		case !strings.HasPrefix(what, t.Prefix), lacks:
			return value.False, true
		}
	case "includes":
		if at >= 0 && t.Prefix != "" {
			return value.True, true
		}
		return value.False, lacks
	case "endsWith":
		return value.False, lacks
	case "indexOf":
		if at >= 0 && t.Prefix != "" {
			return value.Num(float64(ecma.Index(t.Prefix, what, 0))), true
		}
		return value.Num(-1), lacks
	case "lastIndexOf":
		return value.Num(-1), lacks
	}
	return value.Undef, false
}

// plainOrder compares texts of the same kind of letters, which every locale orders alike.
func plainOrder(a, b string) (float64, bool) {
	kind := func(s string) byte {
		out := byte(0)
		for i := range len(s) {
			k := byte(0)
			switch {
			case s[i] >= 'a' && s[i] <= 'z':
				k = 'a'
			case s[i] >= '0' && s[i] <= '9':
				k = '0'
			}
			if k == 0 || out != 0 && k != out {
				return 0
			}
			out = k
		}
		return out
	}
	if k := kind(a); k == 0 || k != kind(b) {
		return 0, false
	}
	if a < b {
		return -1, true
	}
	return 1, true
}

// changes are what makes a text of another.
func (l *library) changes(p value.Value) {
	l.typed(p, "concat", 1, "ts*", "string", func(c *exec.Call, a []value.Value) exec.Result {
		var b strings.Builder
		for _, v := range a {
			b.WriteString(v.Text())
		}
		return l.bounded(c, b.String(), "concat")
	})
	l.typed(p, "repeat", 1, "ti", "string", func(c *exec.Call, a []value.Value) exec.Result {
		n := a[1].Num()
		if n < 0 || math.IsInf(n, 0) {
			return c.Error("RangeError", "Invalid count value: "+ecma.FormatNumber(n))
		}
		if n*float64(len(a[0].Text())) > float64(c.M.Most.Text) {
			return done(c.M.GivenUp(c.S, "text", "repeat"))
		}
		if a[0].Text() == "" {
			return text("")
		}
		return text(strings.Repeat(a[0].Text(), int(n)))
	})
	pad := func(name string, before bool) {
		l.typed(p, name, 1, "tiS", "string", func(c *exec.Call, a []value.Value) exec.Result {
			with := " "
			if a[2].Kind() == value.String {
				with = a[2].Text()
			}
			if a[1].Num() > float64(c.M.Most.Text) {
				return done(c.M.GivenUp(c.S, "text", name))
			}
			added, ok := ecma.Pad(a[0].Text(), a[1].Num(), with)
			if before {
				return l.known(c, name, added+a[0].Text(), ok)
			}
			return l.known(c, name, a[0].Text()+added, ok)
		})
	}
	pad("padStart", true)
	pad("padEnd", false)
	letters := func(name string, usual func(string) (string, bool), full cases.Caser) {
		l.typed(p, name, 0, "t", "string", func(_ *exec.Call, a []value.Value) exec.Result {
			if s, ok := usual(a[0].Text()); ok {
				return text(s)
			}
			return text(full.String(a[0].Text()))
		})
	}
	letters("toUpperCase", ecma.Upper, cases.Upper(language.Und))
	letters("toLowerCase", ecma.Lower, cases.Lower(language.Und))
	local := func(name string, f func(string) (string, bool)) {
		l.typed(p, name, 0, "t", "string", func(c *exec.Call, a []value.Value) exec.Result {
			s, ok := f(a[0].Text())
			if !ok || strings.ContainsAny(a[0].Text(), "iI") && len(c.Args) > 0 {
				return done(l.input(c, "locale", "string"))
			}
			return text(s)
		})
	}
	local("toLocaleUpperCase", ecma.Upper)
	local("toLocaleLowerCase", ecma.Lower)
	l.typed(p, "normalize", 0, "tS", "string", func(c *exec.Call, a []value.Value) exec.Result {
		form := "NFC"
		if a[1].Kind() == value.String {
			form = a[1].Text()
		}
		n, ok := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[form]
		if !ok {
			return c.Error("RangeError", "The normalization form should be one of NFC, NFD, NFKC, NFKD.")
		}
		return text(n.String(a[0].Text()))
	})
	l.typed(p, "isWellFormed", 0, "t", "boolean", func(*exec.Call, []value.Value) exec.Result { return boolean(true) })
	l.typed(p, "toWellFormed", 0, "t", "string", func(_ *exec.Call, a []value.Value) exec.Result { return done(a[0]) })
}

// bounded is a text unless it is too long.
func (l *library) bounded(c *exec.Call, s, name string) exec.Result {
	if len(s) > c.M.Most.Text {
		return done(c.M.GivenUp(c.S, "text", name))
	}
	return text(s)
}
