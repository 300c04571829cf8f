package flow

import (
	"errors"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
)

// Regular expressions on known texts, and the few questions that are asked of a call's errMsg.

// match is a match with the names of its groups.
type match struct {
	m     ecma.Match
	names []string
}

// groups are the texts of the groups, and those of the ones that have names.
func (f match) groups(s string) (groups []*string, named map[string]*string) {
	for i := 1; i < len(f.m)/2; i++ {
		g := f.m.Part(s, i)
		groups = append(groups, g)
		if name := f.names[i-1]; name != "" {
			if named == nil {
				named = map[string]*string{}
			}
			named[name] = g
		}
	}
	return groups, named
}

// findText finds what a method of strings looks for: a text or a regular expression. n is how many of them, -1 for all; a regular
// expression tells by its flag whether it means all.
func (m *machine) findText(s string, what value, n int) (found []match, ok bool) {
	if what = m.known(what); what.kind == kObject && what.obj.in().regexp != nil {
		r := what.obj.in().regexp
		all := strings.Contains(r.flags, "g")
		switch {
		case n < 0 && !all:
			return nil, false // it throws
		case all:
			n = -1
		}
		re := m.compiled(r, s)
		if re == nil {
			return nil, false
		}
		list, ok := re.Find(s, n)
		for _, one := range list {
			found = append(found, match{one, re.Names()})
		}
		return found, ok
	}
	part, ok := m.textOf(what)
	if !ok {
		return nil, false
	}
	for at := 0; n != 0; n-- {
		i := strings.Index(s[at:], part)
		if i < 0 {
			break
		}
		found = append(found, match{m: ecma.Match{at + i, at + i + len(part)}})
		if at += i + len(part); part == "" {
			rest := []rune(s[at:])
			if len(rest) == 0 {
				break
			}
			at += len(string(rest[0]))
		}
	}
	return found, true
}

// compiled is a regular expression for a text, nil where matches in it are not computed.
func (m *machine) compiled(r *regexp_, s string) *ecma.RegExp {
	if len(s)+len(r.pattern) > m.most(boundMatched) {
		m.gaveUpHere(boundMatched, "")
		return nil
	}
	re, err := ecma.Compile(r.pattern, r.flags)
	if err != nil {
		return nil
	}
	return re
}

// matchArguments are what a function that replaces a match is given.
func (m *machine) matchArguments(s string, f match) []value {
	groups, named := f.groups(s)
	args := []value{text(s[f.m[0]:f.m[1]])}
	for _, g := range groups {
		args = append(args, optionalText(g))
	}
	args = append(args, number(float64(ecma.Length(s[:f.m[0]]))), text(s))
	if named != nil {
		args = append(args, m.namedGroups(f, named))
	}
	return args
}

func optionalText(s *string) value {
	if s == nil {
		return undefined
	}
	return text(*s)
}

func (m *machine) namedGroups(f match, named map[string]*string) value {
	o := m.object(cPlain)
	for _, name := range f.names {
		if name != "" {
			m.define(o, name, optionalText(named[name]))
		}
	}
	return ref(o)
}

// matchValue is a match as exec returns it.
func (m *machine) matchValue(s string, f match) value {
	groups, named := f.groups(s)
	elems := []value{text(s[f.m[0]:f.m[1]])}
	for _, g := range groups {
		elems = append(elems, optionalText(g))
	}
	v := m.array(elems)
	m.define(v.obj, "index", number(float64(ecma.Length(s[:f.m[0]]))))
	m.define(v.obj, "input", text(s))
	if named != nil {
		m.define(v.obj, "groups", m.namedGroups(f, named))
	} else {
		m.define(v.obj, "groups", undefined)
	}
	return v
}

// matchText is match of a known string.
func (m *machine) matchText(s string, args []value) (value, bool) {
	what := m.known(arg(args, 0))
	if what.kind != kObject || what.obj.in().regexp == nil {
		pattern, ok := m.textOf(what)
		if !ok || len(args) == 0 {
			return undefined, false
		}
		o := m.object(cRegExp)
		o.put().regexp = &regexp_{pattern, ""}
		what = ref(o)
	}
	found, ok := m.findText(s, what, 1)
	switch {
	case !ok:
		return undefined, false
	case len(found) == 0:
		return null, true
	case !strings.Contains(what.obj.in().regexp.flags, "g"):
		return m.matchValue(s, found[0]), true
	}
	var all []value
	for _, f := range found {
		all = append(all, text(s[f.m[0]:f.m[1]]))
	}
	return m.array(all), true
}

// allMatches is matchAll.
func (m *machine) allMatches(r *regexp_, s string) (value, bool) {
	re := m.compiled(r, s)
	if re == nil {
		return undefined, false
	}
	list, ok := re.Find(s, -1)
	var all []value
	for _, one := range list {
		all = append(all, m.matchValue(s, match{one, re.Names()}))
	}
	return m.array(all), ok
}

// splitByRegExp is split at a regular expression.
func (m *machine) splitByRegExp(s string, r *regexp_) (parts []value, ok bool) {
	re := m.compiled(r, s)
	if re == nil || s == "" {
		return nil, false
	}
	list, ok := re.Find(s, -1)
	at := 0
	for _, f := range list {
		if f[0] == f[1] {
			return nil, false
		}
		parts = append(parts, text(s[at:f[0]]))
		for i := 1; i < len(f)/2; i++ {
			parts = append(parts, optionalText(f.Part(s, i)))
		}
		at = f[1]
	}
	return append(parts, text(s[at:])), ok
}

// matches is RegExp.prototype.test without a place to begin at.
func (m *machine) matches(r *regexp_, v value) value {
	v = m.known(v)
	if v.kind == kSymbol && v.sym.failure {
		p := strings.ToLower(r.pattern)
		switch {
		case strings.Contains(p, "fail"):
			return yes
		case strings.Contains(p, "ok"):
			return no
		}
	}
	if s, ok := v.key(); ok && v.blank() == nil {
		if len(s)+len(r.pattern) > m.most(boundMatched) {
			return m.unknown(m.gaveUpHere(boundMatched, ""))
		}
		if re := m.compiled(r, s); re != nil {
			if found, ok := re.Test(s); ok {
				return boolean(found)
			}
		}
	}
	if v.kind == kSymbol {
		return m.derive(v.sym, "~"+r.pattern)
	}
	return m.unknown(nil)
}

// regexpMember reads what a regular expression tells of itself.
func (m *machine) regexpMember(r *regexp_, name string) (value, bool) {
	flags := map[string]string{"global": "g", "ignoreCase": "i", "multiline": "m", "sticky": "y", "unicode": "u", "dotAll": "s"}
	switch {
	case name == "source":
		return text(escapedPattern(r.pattern)), true
	case name == "flags":
		out := ""
		for _, f := range "dgimsuvy" {
			if strings.ContainsRune(r.flags, f) {
				out += string(f)
			}
		}
		return text(out), true
	case name == "lastIndex":
		return number(0), true
	case flags[name] != "":
		return boolean(strings.Contains(r.flags, flags[name])), true
	}
	return undefined, false
}

// escapedPattern is a pattern as it can stand between slashes.
func escapedPattern(pattern string) string {
	var b strings.Builder
	escaped, class := false, false
	for _, c := range pattern {
		switch {
		case c == '/' && !escaped && !class:
			b.WriteString(`\/`)
		case c == '\n':
			b.WriteString(`\n`)
		default:
			b.WriteRune(c)
		}
		class = !escaped && (c == '[' || class && c != ']') || escaped && class
		escaped = c == '\\' && !escaped
	}
	return b.String()
}

// goesOn reports whether a regular expression goes on from where it matched last.
func (r *regexp_) goesOn() bool { return strings.ContainsAny(r.flags, "gy") }

// search is exec, as far as it is computed. A regular expression that goes on from where it was is searched from there.
func (m *machine) search(this value, v value) (found []match, s string, ok bool) {
	o := this.obj
	r := o.in().regexp
	v = m.known(v)
	if s, ok = m.textOf(v); !ok || v.blank() != nil {
		return nil, "", false
	}
	re := m.compiled(r, s)
	if re == nil {
		return nil, s, false
	}
	if !r.goesOn() {
		list, ok := re.Find(s, 1)
		for _, one := range list {
			found = append(found, match{one, re.Names()})
		}
		return found, s, ok
	}
	all, ok := re.Find(s, -1)
	if !ok || m.outlives(o) && len(all) > 0 {
		return nil, s, false // where others have left it is not known
	}
	at := 0.0
	if c := o.props["lastIndex"]; c != nil {
		if at, ok = toNumber(m.known(m.read(c))); !ok {
			return nil, s, false
		}
	}
	next := 0.0
	for _, one := range all {
		// A match that begins before and ends behind is not what a search from there finds.
		from, to := float64(ecma.Length(s[:one[0]])), float64(ecma.Length(s[:one[1]]))
		if from < at && to > at {
			return nil, s, false
		}
		if from >= at {
			found, next = []match{{one, re.Names()}}, to
			break
		}
	}
	if !m.outlives(o) {
		m.set(this, "lastIndex", number(next))
	}
	return found, s, true
}

// makeRegExp is new RegExp.
func makeRegExp(m *machine, _ value, args []value, _ *frame) value {
	from := m.known(arg(args, 0))
	r := &regexp_{}
	if from.kind == kObject && from.obj.in().regexp != nil {
		*r = *from.obj.in().regexp
	} else if from.kind != kUndefined {
		pattern, ok := m.textOf(from)
		if !ok {
			return ref(m.object(cBoxed))
		}
		r.pattern = pattern
	} else {
		r.pattern = "(?:)"
	}
	if flags := m.known(arg(args, 1)); flags.kind != kUndefined {
		text, ok := m.textOf(flags)
		if !ok {
			return ref(m.object(cBoxed))
		}
		r.flags = text
	}
	if _, err := ecma.Compile(r.pattern, r.flags); errors.Is(err, ecma.ErrPattern) || strings.Trim(r.flags, "dgimsuvy") != "" {
		return m.fails("SyntaxError")
	}
	o := m.object(cRegExp)
	o.put().regexp = r
	return ref(o)
}

func init() {
	regexpMethods = map[string]nativeFunc{
		"test": computes(func(m *machine, this value, args []value, _ *frame) value {
			if this.obj.in().regexp.goesOn() {
				if found, _, ok := m.search(this, arg(args, 0)); ok {
					return boolean(len(found) > 0)
				} else if m.given(m.known(arg(args, 0)), 0) {
					return m.unknown(nil)
				}
			}
			return m.matches(this.obj.in().regexp, arg(args, 0))
		}),
		"exec": computes(func(m *machine, this value, args []value, _ *frame) value {
			found, s, ok := m.search(this, arg(args, 0))
			switch {
			case ok && len(found) == 0:
				return null
			case ok:
				return m.matchValue(s, found[0])
			}
			if v := m.matches(this.obj.in().regexp, arg(args, 0)); v.kind == kBool && !v.bool {
				return null
			}
			return m.unknown(causeOf(arg(args, 0)))
		}),
		"toString": computes(func(m *machine, this value, _ []value, _ *frame) value {
			r := this.obj.in().regexp
			source, _ := m.regexpMember(r, "source")
			return m.concat(m.concat(text("/"), source), text("/"+r.flags))
		}),
	}
}
