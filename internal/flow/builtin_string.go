package flow

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// stringMember reads a property of a string, or of an unknown value that is known to be one.
func (m *machine) stringMember(v value, name string) (value, bool) {
	if name == "length" {
		if v.kind == kString && v.blank() == nil {
			return number(float64(len(utf16.Encode([]rune(v.str))))), true
		}
		return m.unknown(nil), true
	}
	if i, err := strconv.Atoi(name); err == nil {
		if r := []rune(v.str); v.kind == kString && i >= 0 && i < len(r) {
			return text(string(r[i])), true
		}
		return m.unknown(nil), v.kind == kSymbol
	}
	f, ok := stringMethods[name]
	if !ok {
		return undefined, false
	}
	return m.native(name, func(m *machine, this value, args []value, fr *frame) value {
		this = m.known(this)
		return m.lift(arg(args, 0), func(first value) value {
			rest := args
			if len(args) > 0 {
				rest = append([]value{first}, args[1:]...)
			}
			out := f(m, this, rest, fr)
			out.know |= this.know
			if this.blank() != nil && out.isBlank() {
				out = out.withBlank(this.blank())
			}
			return out
		})
	}), true
}

var stringMethods map[string]nativeFunc

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

func init() {
	question := func(ask func(s, part string) bool, begins bool) nativeFunc {
		return func(m *machine, this value, args []value, _ *frame) value {
			a := arg(args, 0)
			if a.kind == kObject && a.obj.in().regexp != nil {
				return m.matches(a.obj.in().regexp, this)
			}
			part, okPart := a.key()
			if okPart && this.kind == kSymbol && this.sym.hasPrefix && begins {
				switch {
				case strings.HasPrefix(this.sym.prefix, part):
					return yes
				case !strings.HasPrefix(part, this.sym.prefix):
					return no
				}
			}
			if okPart {
				if answer, ok := about(this, part); ok {
					return boolean(answer)
				}
			}
			if this.kind == kString && okPart && a.kind == kString && this.blank() == nil {
				return boolean(ask(this.str, part))
			}
			if this.kind == kSymbol && okPart {
				return m.derive(this.sym, "?"+part)
			}
			return m.unknown(causeOf(this))
		}
	}
	change := func(f func(string) string) nativeFunc {
		return func(m *machine, this value, _ []value, _ *frame) value {
			if this.kind == kString {
				return text(f(this.str))
			}
			if this.kind == kSymbol {
				out := m.derive(this.sym, "change")
				out.sym.failure = this.sym.failure
				return out
			}
			return m.unknown(nil)
		}
	}
	stringMethods = map[string]nativeFunc{
		"includes":   question(strings.Contains, false),
		"startsWith": question(strings.HasPrefix, true),
		"endsWith":   question(strings.HasSuffix, false),
		"match": func(m *machine, this value, args []value, _ *frame) value {
			a := arg(args, 0)
			if a.kind == kObject && a.obj.in().regexp != nil {
				if v := m.matches(a.obj.in().regexp, this); v.kind == kBool && !v.bool {
					return null
				}
			}
			return m.unknown(causeOf(this))
		},
		"indexOf": func(m *machine, this value, args []value, _ *frame) value {
			part, okPart := arg(args, 0).key()
			if okPart {
				if answer, ok := about(this, part); ok {
					if answer {
						return m.unknown(nil)
					}
					return number(-1)
				}
			}
			if this.kind == kString && okPart && this.blank() == nil {
				return number(float64(strings.Index(this.str, part)))
			}
			if this.kind == kSymbol && okPart {
				return m.derive(this.sym, "indexOf"+part)
			}
			return m.unknown(causeOf(this))
		},
		"search":      func(m *machine, this value, args []value, _ *frame) value { return m.unknown(nil) },
		"trim":        change(strings.TrimSpace),
		"trimStart":   change(strings.TrimSpace),
		"trimEnd":     change(strings.TrimSpace),
		"toLowerCase": change(strings.ToLower),
		"toUpperCase": change(strings.ToUpper),
		"toString":    func(_ *machine, this value, _ []value, _ *frame) value { return this },
		"concat": func(m *machine, this value, args []value, _ *frame) value {
			for _, a := range args {
				this = m.concat(this, a)
			}
			return this
		},
		"split": func(m *machine, this value, args []value, _ *frame) value {
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
			if this.kind != kString || !ok || len(args) == 0 {
				v := m.array(nil)
				v.obj.isOpen = true
				return v
			}
			var out []value
			for i, s := range strings.Split(this.str, sep) {
				if i > m.most(boundElements) {
					break // of more than an array holds
				}
				out = append(out, text(s))
			}
			return m.array(out)
		},
		"slice": func(m *machine, this value, args []value, _ *frame) value {
			if this.kind != kString {
				return m.unknown(causeOf(this))
			}
			r := []rune(this.str)
			from, to := clampIndex(arg(args, 0), 0, len(r)), clampIndex(arg(args, 1), len(r), len(r))
			return text(string(r[from:max(from, to)]))
		},
		"replace":    replace,
		"replaceAll": replace,
		"charAt": func(m *machine, this value, args []value, _ *frame) value {
			if r := []rune(this.str); this.kind == kString && arg(args, 0).kind == kNumber {
				if i := int(arg(args, 0).num); i >= 0 && i < len(r) {
					return text(string(r[i]))
				}
				return text("")
			}
			return m.unknown(nil)
		},
	}
	for _, same := range []string{"substring", "substr"} {
		stringMethods[same] = stringMethods["slice"]
	}
	for _, other := range []string{"charCodeAt", "codePointAt", "padStart", "padEnd", "repeat", "localeCompare", "normalize", "matchAll", "lastIndexOf"} {
		stringMethods[other] = func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }
	}
}

func replace(m *machine, this value, args []value, _ *frame) value {
	from, okFrom := arg(args, 0).key()
	to, okTo := arg(args, 1).key()
	if this.kind == kString && okFrom && okTo {
		return text(strings.Replace(this.str, from, to, 1))
	}
	return m.unknown(causeOf(this))
}
