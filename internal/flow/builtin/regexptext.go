package builtin

import (
	"math"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// texts defines the intrinsics that the methods of strings and regular expressions in the prelude compute with. Of something that is not known, or
// too long to compute, they are open.
func (l *library) texts() {
	l.intrinsic("matches", l.matches)
	l.intrinsic("matchTexts", func(c *exec.Call) exec.Result {
		d, x := l.searching(c)
		if x == nil {
			return l.unsearched(c, "match", "")
		}
		from, global := 0, strings.Contains(d.Flags, "g")
		found := x.all(d, from)
		if x.failed {
			return l.unsearched(c, "match", "")
		}
		if global {
			l.setLastIndex(c, c.Arg(0), value.Num(0))
		}
		if len(found) == 0 {
			return done(value.Nil)
		}
		var out []value.Value
		for _, m := range found {
			out = append(out, x.part(m[0], m[1]))
		}
		return done(c.M.Array(c.S, out))
	})
	l.intrinsic("searchFor", func(c *exec.Call) exec.Result {
		d, x := l.searching(c)
		if x == nil {
			return l.unsearched(c, "search", "number")
		}
		m := x.from(0)
		if strings.Contains(d.Flags, "y") {
			m = x.at(0)
		}
		switch {
		case x.failed:
			return l.unsearched(c, "search", "number")
		case m == nil:
			return num(-1)
		}
		return num(float64(m[0]))
	})
	l.intrinsic("splitBy", l.splitBy)
	l.intrinsic("splitText", func(c *exec.Call) exec.Result {
		s, at, limit := c.Arg(0), c.Arg(1), c.Arg(2)
		if anyOpen(s, at, limit) {
			return done(l.unknownList(c, nil, c.M.Table.Derived("split", "", "string", s, at, limit).Term()))
		}
		parts, ok := []string{s.Text()}, true
		if at.Kind() != value.Undefined {
			parts, ok = ecma.Split(s.Text(), at.Text())
		}
		if !ok || len(parts) > c.M.Most.Elements {
			return done(l.unknownList(c, nil, c.M.Table.Derived("split", "", "string", l.input(c, "half of a letter", "string")).Term()))
		}
		var out []value.Value
		for n, p := range parts {
			if float64(n) >= limitOf(limit) {
				break
			}
			out = append(out, value.Text(p))
		}
		return done(c.M.Array(c.S, out))
	})
	l.intrinsic("part", func(c *exec.Call) exec.Result {
		s, ok := ecma.Slice(c.Arg(0).Text(), c.Arg(1).Num(), number(c.Arg(2), math.Inf(1)))
		return l.known(c, "part", s, ok)
	})
	l.intrinsic("find", func(c *exec.Call) exec.Result {
		return num(float64(ecma.Index(c.Arg(0).Text(), c.Arg(1).Text(), c.Arg(2).Num())))
	})
	l.intrinsic("expand", l.expand)
}

func limitOf(v value.Value) float64 {
	if v.Kind() == value.Undefined {
		return math.Inf(1)
	}
	return float64(uint32(ecma.ToInt32(exec.ToNumber(v))))
}

// searching begins the search of the regular expression and text that an intrinsic is given; nil if it cannot be computed.
func (l *library) searching(c *exec.Call) (*value.RegExp, *search) {
	d := regexpOf(c, c.Arg(0))
	if d == nil || c.Arg(1).Kind() != value.String {
		return d, nil
	}
	return d, l.newSearch(c, d, c.Arg(1).Text())
}

func (l *library) unsearched(c *exec.Call, name, typ string) exec.Result {
	if anyOpen(c.Arg(0), c.Arg(1)) {
		return exec.Done(c.M.Table.Derived(name, "", typ, c.Args...))
	}
	return exec.Done(c.M.GivenUp(c.S, "regexp", name))
}

// matches are all matches, each with the arguments that a function which replaces gets, its beginning and its end.
func (l *library) matches(c *exec.Call) exec.Result {
	d, x := l.searching(c)
	if x == nil {
		return l.unsearched(c, "matches", "")
	}
	from := 0
	if strings.Contains(d.Flags, "y") && !strings.Contains(d.Flags, "g") {
		var ok bool
		if from, ok = l.lastIndex(c, c.Arg(0)); !ok {
			return l.unsearched(c, "matches", "")
		}
	}
	found := x.all(d, from)
	if x.failed {
		return l.unsearched(c, "matches", "")
	}
	if strings.ContainsAny(d.Flags, "gy") {
		at := 0
		if !strings.Contains(d.Flags, "g") && len(found) > 0 {
			at = found[0][1]
		}
		l.setLastIndex(c, c.Arg(0), value.Num(float64(at)))
	}
	var out []value.Value
	for _, m := range found {
		var args []value.Value
		for g := 0; g < len(m); g += 2 {
			args = append(args, x.part(m[g], m[g+1]))
		}
		args = append(args, value.Num(float64(m[0])), c.Arg(1))
		groups := x.groups(m)
		if groups.IsObject() {
			args = append(args, groups)
		}
		out = append(out, c.M.Object(c.S,
			value.Prop{Key: value.Named("args"), Value: c.M.Array(c.S, args)},
			value.Prop{Key: value.Named("from"), Value: value.Num(float64(m[0]))},
			value.Prop{Key: value.Named("to"), Value: value.Num(float64(m[1]))},
			value.Prop{Key: value.Named("groups"), Value: groups},
			value.Prop{Key: value.Named("count"), Value: value.Num(float64(x.p.Groups()))},
			value.Prop{Key: value.Named("result"), Value: x.array(m, d)}))
	}
	return done(c.M.Array(c.S, out))
}

// splitBy splits a text at a regular expression.
func (l *library) splitBy(c *exec.Call) exec.Result {
	_, x := l.searching(c)
	if x == nil {
		if anyOpen(c.Arg(0), c.Arg(1)) {
			return done(l.unknownList(c, nil, c.M.Table.Derived("split", "", "string", c.Arg(0), c.Arg(1)).Term()))
		}
		return l.unsearched(c, "split", "")
	}
	limit := limitOf(c.Arg(2))
	if limit == 0 {
		return done(c.M.Array(c.S, nil))
	}
	var out []value.Value
	if len(x.units) == 0 {
		if x.at(0) == nil {
			out = append(out, c.Arg(1))
		}
		return done(c.M.Array(c.S, out))
	}
	last := 0
	for n := 0; n < len(x.units); {
		m := x.at(n)
		if x.failed {
			return l.unsearched(c, "split", "")
		}
		if m == nil || m[1] == last {
			n = x.advance(n)
			continue
		}
		out = append(out, x.part(last, n))
		for g := 2; g < len(m); g += 2 {
			out = append(out, x.part(m[g], m[g+1]))
		}
		last = m[1]
		if n = last; float64(len(out)) >= limit {
			break
		}
	}
	if out = append(out, x.part(last, len(x.units))); float64(len(out)) > limit {
		out = out[:int(limit)]
	}
	return done(c.M.Array(c.S, out))
}

// expand is what a replacement stands for: $$expand(replacement, text, matched, from, to, groups, named).
func (l *library) expand(c *exec.Call) exec.Result {
	replacement, s := c.Arg(0), c.Arg(1)
	if anyOpen(c.Args...) {
		return exec.Done(c.M.Table.Derived("replace", "", "string", c.Args...))
	}
	if !strings.Contains(replacement.Text(), "$") {
		return done(replacement)
	}
	from, to := c.Arg(2).Num(), c.Arg(3).Num()
	before, ok1 := ecma.Slice(s.Text(), 0, from)
	after, ok2 := ecma.Slice(s.Text(), to, math.Inf(1))
	matched, ok3 := ecma.Slice(s.Text(), from, to)
	if !ok1 || !ok2 || !ok3 {
		return l.known(c, "replace", "", false)
	}
	var groups []*string
	named := map[string]*string(nil)
	if c.Arg(4).IsObject() {
		elems := c.S.Obj(c.Arg(4).ID()).Elems
		for _, v := range elems[1 : 1+int(c.Arg(6).Num())] {
			if v.Kind() == value.Open {
				return exec.Done(c.M.Table.Derived("replace", "", "string", v))
			}
			groups = append(groups, textOrNil(v))
		}
	}
	if c.Arg(5).IsObject() {
		named = map[string]*string{}
		for _, p := range c.S.Obj(c.Arg(5).ID()).Props.All() {
			named[p.Key.Name] = textOrNil(p.Value)
		}
	}
	return text(ecma.Expand(replacement.Text(), matched, before, after, groups, named))
}

func textOrNil(v value.Value) *string {
	if v.Kind() != value.String {
		return nil
	}
	s := v.Text()
	return &s
}
