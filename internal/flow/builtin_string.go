package flow

import (
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// The methods of strings: computed where the string and the arguments are known, and otherwise as far as questions go that are
// asked of a call's errMsg.

// stringMember reads a property of a string, or of an unknown value that is known to be one.
func (m *machine) stringMember(v value, name string) (value, bool) {
	if name == "length" {
		if v.kind == kString && v.blank() == nil {
			return number(float64(ecma.Length(v.str))), true
		}
		return m.unknown(nil), true
	}
	if i, err := strconv.Atoi(name); err == nil && v.kind == kString && strconv.Itoa(i) == name {
		unit, there, ok := ecma.At(v.str, float64(i))
		switch {
		case ok && there:
			return text(unit), true
		case ok:
			return undefined, false
		}
		return m.unknown(nil), true
	} else if err == nil {
		return m.unknown(nil), v.kind == kSymbol
	}
	if name == "constructor" {
		return m.libraryFunction("String"), true
	}
	if textMethods[name] == nil && textQuestions[name] == nil && !openTextMethods[name] {
		return undefined, false
	}
	return m.native(name, computes(func(m *machine, this value, args []value, fr *frame) value {
		this = m.known(this)
		return m.lift(arg(args, 0), func(first value) value {
			rest := args
			if len(args) > 0 {
				rest = append([]value{first}, args[1:]...)
			}
			out := m.textMethod(name, this, rest, fr)
			out.know |= this.know
			if this.blank() != nil && out.isBlank() {
				out = out.withBlank(this.blank())
			}
			return out
		})
	})), true
}

// textMethod calls a method of a string.
func (m *machine) textMethod(name string, this value, args []value, fr *frame) value {
	asks := textQuestions[name]
	if this.kind == kString && (this.blank() == nil || asks == nil) && textMethods[name] != nil {
		if out, ok := textMethods[name](m, this.str, args, fr); ok {
			return out
		}
	}
	if asks != nil {
		return asks(m, this, args)
	}
	for _, a := range args {
		if c := causeOf(a); c != nil {
			return m.unknown(c)
		}
	}
	return m.unknown(causeOf(this))
}

// about answers a question about an unknown string of which something is known: whether it contains s.
func about(v value, s string) (answer, ok bool) {
	if v.kind != kSymbol {
		return false, false
	}
	if v.sym.failure {
		switch {
		case strings.Contains(s, "ok"):
			return false, true
		case s == "fail":
			return true, true
		}
	}
	return false, false
}

// openTextMethods are those that are not computed.
var openTextMethods = map[string]bool{
	"localeCompare": true, "normalize": true, "toLocaleLowerCase": true, "toLocaleUpperCase": true, "isWellFormed": true, "toWellFormed": true, "anchor": true, "link": true,
}

// textQuestions are what methods answer of a string that is not known, or a field's blank.
var textQuestions map[string]func(m *machine, this value, args []value) value

// textMethods compute the methods of known strings; ok is false where they do not.
var textMethods map[string]func(m *machine, s string, args []value, fr *frame) (v value, ok bool)

func init() {
	question := func(begins bool) func(m *machine, this value, args []value) value {
		return func(m *machine, this value, args []value) value {
			part, known := arg(args, 0).key()
			if known && this.kind == kSymbol && this.sym.hasPrefix && begins && len(args) < 2 {
				switch {
				case strings.HasPrefix(this.sym.prefix, part):
					return yes
				case !strings.HasPrefix(part, this.sym.prefix):
					return no
				}
			}
			if known {
				if answer, ok := about(this, part); ok {
					return boolean(answer)
				}
				if this.kind == kSymbol {
					return m.derive(this.sym, "?"+part)
				}
			}
			return m.unknown(causeOf(this))
		}
	}
	changed := func(m *machine, this value, _ []value) value {
		if this.kind == kSymbol {
			out := m.derive(this.sym, "change")
			out.sym.failure = this.sym.failure
			return out
		}
		return m.unknown(nil)
	}
	matched := func(m *machine, this value, args []value) value {
		if a := arg(args, 0); a.kind == kObject && a.obj.in().regexp != nil {
			if v := m.matches(a.obj.in().regexp, this); v.kind == kBool && !v.bool {
				return null
			}
		}
		return m.unknown(causeOf(this))
	}
	textQuestions = map[string]func(m *machine, this value, args []value) value{
		"includes": question(false), "startsWith": question(true), "endsWith": question(false), "match": matched,
		"trim": changed, "trimStart": changed, "trimEnd": changed, "trimLeft": changed, "trimRight": changed, "toLowerCase": changed, "toUpperCase": changed,
		"indexOf": func(m *machine, this value, args []value) value {
			part, known := arg(args, 0).key()
			if known {
				if answer, ok := about(this, part); ok && !answer {
					return number(-1)
				} else if ok {
					return m.unknown(nil)
				}
				if this.kind == kSymbol {
					return m.derive(this.sym, "indexOf"+part)
				}
			}
			return m.unknown(causeOf(this))
		},
		"toString": func(_ *machine, this value, _ []value) value { return this },
		"valueOf":  func(_ *machine, this value, _ []value) value { return this },
		"concat": func(m *machine, this value, args []value) value {
			for _, a := range args {
				this = m.concat(this, a)
			}
			return this
		},
		"split": func(m *machine, this value, args []value) value { return m.splitUnknown(this, args) },
	}
	textMethods = map[string]func(m *machine, s string, args []value, fr *frame) (value, bool){
		"includes": asked(func(m *machine, s, part string, args []value) (value, bool) {
			from, ok := m.numberAt(args, 1, 0)
			return boolean(ecma.Index(s, part, from) >= 0), ok
		}),
		"startsWith": asked(func(m *machine, s, part string, args []value) (value, bool) {
			from, ok := m.numberAt(args, 1, 0)
			rest, whole := ecma.Substring(s, from, inf)
			return boolean(strings.HasPrefix(rest, part)), ok && whole
		}),
		"endsWith": asked(func(m *machine, s, part string, args []value) (value, bool) {
			to, ok := m.numberAt(args, 1, inf)
			rest, whole := ecma.Substring(s, 0, to)
			return boolean(strings.HasSuffix(rest, part)), ok && whole
		}),
		"indexOf": asked(func(m *machine, s, part string, args []value) (value, bool) {
			from, ok := m.numberAt(args, 1, 0)
			return number(float64(ecma.Index(s, part, from))), ok
		}),
		"lastIndexOf": asked(func(m *machine, s, part string, args []value) (value, bool) {
			from, ok := m.numberAt(args, 1, nan)
			return number(float64(ecma.LastIndex(s, part, from))), ok
		}),
		"trim": plain(ecma.Trim), "trimStart": plain(ecma.TrimStart), "trimLeft": plain(ecma.TrimStart), "trimEnd": plain(ecma.TrimEnd), "trimRight": plain(ecma.TrimEnd),
		"toString": plain(func(s string) string { return s }), "valueOf": plain(func(s string) string { return s }),
		"toLowerCase": func(_ *machine, s string, _ []value, _ *frame) (value, bool) {
			out, ok := ecma.Lower(s)
			return text(out), ok
		},
		"toUpperCase": func(_ *machine, s string, _ []value, _ *frame) (value, bool) {
			out, ok := ecma.Upper(s)
			return text(out), ok
		},
		"slice": cut(ecma.Slice, inf), "substring": cut(ecma.Substring, inf), "substr": cut(ecma.Substr, inf),
		"charAt": unit(func(s string, at float64) (value, bool) {
			u, _, ok := ecma.At(s, at)
			return text(u), ok
		}),
		"at": unit(func(s string, at float64) (value, bool) {
			if at < 0 {
				at += float64(ecma.Length(s))
			}
			u, there, ok := ecma.At(s, at)
			if !there {
				return undefined, true
			}
			return text(u), ok
		}),
		"charCodeAt": unit(func(s string, at float64) (value, bool) { return number(ecma.Unit(s, at)), true }),
		"codePointAt": unit(func(s string, at float64) (value, bool) {
			if at < 0 || at >= float64(ecma.Length(s)) {
				return undefined, true
			}
			rest, ok := ecma.Slice(s, at, inf)
			for _, r := range rest {
				return number(float64(r)), ok
			}
			return undefined, false
		}),
		"padStart": padded(func(s, pad string) string { return pad + s }),
		"padEnd":   padded(func(s, pad string) string { return s + pad }),
		"repeat": func(m *machine, s string, args []value, _ *frame) (value, bool) {
			n, ok := m.numberAt(args, 0, 0)
			if !ok {
				return undefined, false
			}
			switch n = ecma.ToInteger(n); {
			case n < 0 || n > 1<<30:
				return m.fails("RangeError"), true
			case n*float64(len(s)) > float64(m.most(boundText)):
				return m.unknown(m.gaveUpHere(boundText, "")), true
			}
			return text(strings.Repeat(s, int(n))), true
		},
		"split": func(m *machine, s string, args []value, _ *frame) (value, bool) { return m.split(s, args) },
		"replace": func(m *machine, s string, args []value, fr *frame) (value, bool) {
			return m.replaceText(s, args, false, fr)
		},
		"replaceAll": func(m *machine, s string, args []value, fr *frame) (value, bool) {
			return m.replaceText(s, args, true, fr)
		},
		"match": func(m *machine, s string, args []value, _ *frame) (value, bool) { return m.matchText(s, args) },
		"matchAll": func(m *machine, s string, args []value, _ *frame) (value, bool) {
			r := arg(args, 0)
			if r.kind != kObject || r.obj.in().regexp == nil || !strings.Contains(r.obj.in().regexp.flags, "g") {
				return undefined, false
			}
			return m.allMatches(r.obj.in().regexp, s)
		},
		"search": func(m *machine, s string, args []value, _ *frame) (value, bool) {
			found, ok := m.findText(s, arg(args, 0), 1)
			if !ok || len(found) == 0 {
				return number(-1), ok
			}
			return number(float64(ecma.Length(s[:found[0].m[0]]))), true
		},
	}
}

// asked makes a method of one that asks for a part of the string, which is no regular expression.
func asked(f func(m *machine, s, part string, args []value) (value, bool)) func(*machine, string, []value, *frame) (value, bool) {
	return func(m *machine, s string, args []value, _ *frame) (value, bool) {
		part, ok := m.textAt(args, 0)
		if !ok {
			return undefined, false
		}
		return f(m, s, part, args)
	}
}

func plain(f func(string) string) func(*machine, string, []value, *frame) (value, bool) {
	return func(_ *machine, s string, _ []value, _ *frame) (value, bool) { return text(f(s)), true }
}

// cut makes a method of one that takes a part between two numbers, of which the second may be missing.
func cut(f func(string, float64, float64) (string, bool), end float64) func(*machine, string, []value, *frame) (value, bool) {
	return func(m *machine, s string, args []value, _ *frame) (value, bool) {
		from, ok := m.numberAt(args, 0, 0)
		to, also := m.numberAt(args, 1, end)
		if !ok || !also {
			return undefined, false
		}
		out, ok := f(s, from, to)
		return text(out), ok
	}
}

// unit makes a method of one that looks at one position.
func unit(f func(s string, at float64) (value, bool)) func(*machine, string, []value, *frame) (value, bool) {
	return func(m *machine, s string, args []value, _ *frame) (value, bool) {
		at, ok := m.numberAt(args, 0, 0)
		if !ok {
			return undefined, false
		}
		return f(s, ecma.ToInteger(at))
	}
}

func padded(f func(s, pad string) string) func(*machine, string, []value, *frame) (value, bool) {
	return func(m *machine, s string, args []value, _ *frame) (value, bool) {
		n, ok := m.numberAt(args, 0, 0)
		with, also := " ", true
		if arg(args, 1).kind != kUndefined {
			with, also = m.textAt(args, 1)
		}
		switch {
		case !ok || !also:
			return undefined, false
		case n > float64(m.most(boundText)):
			return m.unknown(m.gaveUpHere(boundText, "")), true
		}
		pad, ok := ecma.Pad(s, n, with)
		return text(f(s, pad)), ok
	}
}

// split is split of a known string.
func (m *machine) split(s string, args []value) (value, bool) {
	limit, ok := m.numberAt(args, 1, inf)
	if !ok {
		return undefined, false
	}
	at := arg(args, 0)
	if at.kind == kUndefined {
		return m.array([]value{text(s)}), limit >= 1
	}
	var parts []value
	if at.kind == kObject && at.obj.in().regexp != nil {
		if parts, ok = m.splitByRegExp(s, at.obj.in().regexp); !ok {
			return undefined, false
		}
	} else {
		sep, ok := m.textAt(args, 0)
		if !ok {
			return undefined, false
		}
		list, ok := ecma.Split(s, sep)
		if !ok {
			return undefined, false
		}
		for _, p := range list {
			parts = append(parts, text(p))
		}
	}
	return m.array(parts[:min(len(parts), ecma.Clamp(limit, m.most(boundElements)+1))]), true
}

// splitUnknown is split of a string of which the beginning may be known.
func (m *machine) splitUnknown(this value, args []value) value {
	sep, ok := arg(args, 0).key()
	if ok && sep != "" && this.kind == kSymbol && this.sym.hasPrefix {
		// The parts of the known start are known, the last of them perhaps not to its end.
		parts := strings.Split(this.sym.prefix, sep)
		var out []value
		for _, s := range parts[:len(parts)-1] {
			out = append(out, text(s))
		}
		last := m.unknown(this.sym.cause)
		last.sym.prefix, last.sym.hasPrefix, last.sym.failure = parts[len(parts)-1], true, this.sym.failure
		v := m.array(append(out, last))
		v.obj.isOpen = true
		return v
	}
	v := m.array(nil)
	v.obj.isOpen, v.obj.open = true, causeOf(this)
	return v
}

// replaceText is replace and replaceAll of a known string.
func (m *machine) replaceText(s string, args []value, all bool, fr *frame) (value, bool) {
	by := m.known(arg(args, 1))
	replacement, known := m.textOf(by)
	if by.isFunction() {
		known = true
	}
	n := 1
	if all {
		n = -1
	}
	if !known {
		return undefined, false
	}
	found, ok := m.findText(s, arg(args, 0), n)
	if !ok {
		return undefined, false
	}
	out, at := text(""), 0
	for _, f := range found {
		out = m.concat(out, text(s[at:f.m[0]]))
		at = f.m[1]
		if by.isFunction() {
			out = m.concat(out, m.call(by, undefined, m.matchArguments(s, f), fr))
			continue
		}
		groups, named := f.groups(s)
		out = m.concat(out, text(ecma.Expand(replacement, s[f.m[0]:f.m[1]], s[:f.m[0]], s[f.m[1]:], groups, named)))
	}
	return m.concat(out, text(s[at:])), true
}
