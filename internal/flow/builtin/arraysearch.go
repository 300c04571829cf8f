package builtin

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// certainty is whether something is so.
type certainty int

const (
	no certainty = iota
	maybe
	yes
)

// equal is whether two values are equal, which may not be known; zero says that NaN equals itself, as in includes.
func equal(c *exec.Call, a, b value.Value, zero bool) certainty {
	a, b = c.S.Resolve(a), c.S.Resolve(b)
	if a.Kind() == value.Choice || b.Kind() == value.Choice {
		return eitherEqual(c, a, b, zero)
	}
	if a.Kind() == value.Open || b.Kind() == value.Open {
		if a == b {
			return maybe
		}
		ta, tb := typeOfEither(a), typeOfEither(b)
		if ta != "" && tb != "" && ta != tb && ta != "function" && tb != "function" && ta != "object" && tb != "object" {
			return no
		}
		return maybe
	}
	if zero && a.Kind() == value.Number && b.Kind() == value.Number && a.Num() != a.Num() && b.Num() != b.Num() || value.StrictEqual(a, b) {
		return yes
	}
	return no
}

func typeOfEither(v value.Value) string {
	if v.Kind() == value.Open {
		return v.Term().Type
	}
	return v.TypeOf()
}

func eitherEqual(c *exec.Call, a, b value.Value, zero bool) certainty {
	if a.Kind() != value.Choice {
		a, b = b, a
	}
	set := a.Set()
	left := c.S.Left(set.Root)
	out, first := no, true
	for n, x := range set.Values {
		if left&(1<<n) == 0 {
			continue
		}
		e := equal(c, x, b, zero)
		if !first && e != out {
			return maybe
		}
		out, first = e, false
	}
	return out
}

// start is the index where a search begins, counted from the end if it is negative; false if it is not known.
func start(v value.Value, n, otherwise int) (int, bool) {
	switch {
	case v.Kind() == value.Undefined:
		return otherwise, true
	case !v.IsPrimitive():
		return 0, false
	}
	return ecma.Relative(exec.ToNumber(v), n), true
}

func (l *library) indexOf(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[min(1, len(c.Args)):]) {
		return l.hand(c, "array_indexOf")
	}
	from, ok := start(c.Arg(1), len(o.Elems), 0)
	if !ok || o.Rest != nil && c.Arg(1).Kind() != value.Undefined {
		return l.openSearch(c, o, "indexOf", "number")
	}
	for n := from; n < len(o.Elems); n++ {
		if o.Elems[n].Kind() == value.Absent {
			continue
		}
		switch equal(c, o.Elems[n], c.Arg(0), false) {
		case yes:
			return num(float64(n))
		case maybe:
			return l.openSearch(c, o, "indexOf", "number")
		}
	}
	if o.Rest != nil {
		return l.openSearch(c, o, "indexOf", "number")
	}
	return num(-1)
}

func (l *library) openSearch(c *exec.Call, o *value.Obj, name, typ string) exec.Result {
	args := append([]value.Value{c.This}, c.Args...)
	if o.Rest != nil {
		args = append(args, value.OpenOf(o.Rest))
	}
	for _, v := range o.Elems {
		if v.Kind() == value.Open {
			args = append(args, v)
		}
	}
	v := c.M.Table.Derived("call", name, typ, args...)
	if what := c.S.Resolve(c.Arg(0)); o.Rest != nil && len(o.Elems) == 0 && what.Kind() == value.String {
		texts, guards, _ := o.Rest.Among()
		if n := slices.Index(texts, what.Text()); n >= 0 {
			v.Term().Guard = guards[n]
		}
	}
	return exec.Done(v)
}

func (l *library) lastIndexOf(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[min(1, len(c.Args)):]) {
		return l.hand(c, "array_lastIndexOf")
	}
	last := len(o.Elems) - 1
	if len(c.Args) > 1 {
		if c.Arg(1).Kind() == value.Open {
			return l.openSearch(c, o, "lastIndexOf", "number")
		}
		x := ecma.ToInteger(exec.ToNumber(c.Arg(1)))
		if x < 0 {
			x += float64(len(o.Elems))
		}
		last = int(max(-1, min(x, float64(last))))
	}
	if o.Rest != nil {
		return l.openSearch(c, o, "lastIndexOf", "number")
	}
	for n := last; n >= 0; n-- {
		if o.Elems[n].Kind() == value.Absent {
			continue
		}
		switch equal(c, o.Elems[n], c.Arg(0), false) {
		case yes:
			return num(float64(n))
		case maybe:
			return l.openSearch(c, o, "lastIndexOf", "number")
		}
	}
	return num(-1)
}

func (l *library) includes(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[min(1, len(c.Args)):]) {
		return l.hand(c, "array_includes")
	}
	from, ok := start(c.Arg(1), len(o.Elems), 0)
	unsure := !ok || o.Rest != nil
	for n := from; ok && n < len(o.Elems); n++ {
		switch equal(c, filled(o.Elems[n]), c.Arg(0), true) {
		case yes:
			return boolean(true)
		case maybe:
			unsure = true
		}
	}
	if unsure {
		return l.openSearch(c, o, "includes", "boolean")
	}
	return boolean(false)
}

func (l *library) at(c *exec.Call, o *value.Obj) exec.Result {
	i := c.Arg(0)
	if objectsAmong(c.Args) {
		return l.coerces(c, ".i")
	}
	if i.Kind() == value.Open {
		if o.Rest == nil && len(o.Elems) == 0 {
			return done(value.Undef)
		}
		return done(c.M.Item(c.S, l.whole(c, o), ""))
	}
	x := ecma.ToInteger(exec.ToNumber(i))
	if o.Rest != nil && (x < 0 || x >= float64(len(o.Elems))) {
		return done(c.M.Item(c.S, l.whole(c, o), ""))
	}
	if x < 0 {
		x += float64(len(o.Elems))
	}
	if x < 0 || x >= float64(len(o.Elems)) {
		return done(value.Undef)
	}
	return done(filled(o.Elems[int(x)]))
}

func (l *library) reverse(c *exec.Call, o *value.Obj) exec.Result {
	e := c.S.Edit(c.This.ID())
	if e.Rest != nil {
		e.Rest, e.Elems = l.whole(c, e), nil
		return done(c.This)
	}
	e.Elems = reversed(e.Elems)
	return done(c.This)
}

func reversed(vals []value.Value) []value.Value {
	out := make([]value.Value, len(vals))
	for n, v := range vals {
		out[len(vals)-1-n] = v
	}
	return out
}

func (l *library) toReversed(c *exec.Call, o *value.Obj) exec.Result {
	if o.Rest != nil {
		return l.unsorted(c, o)
	}
	out := reversed(o.Elems)
	for n := range out {
		out[n] = filled(out[n])
	}
	return done(c.M.Array(c.S, out))
}

func (l *library) with(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[:min(1, len(c.Args))]) {
		return l.coerces(c, ".i.")
	}
	if o.Rest != nil || c.Arg(0).Kind() == value.Open {
		return done(l.unknownList(c, nil, c.M.Absorb(l.whole(c, o), c.Arg(1))))
	}
	x := ecma.ToInteger(exec.ToNumber(c.Arg(0)))
	if x < 0 {
		x += float64(len(o.Elems))
	}
	if x < 0 || x >= float64(len(o.Elems)) {
		return c.Error("RangeError", "Invalid index : "+ecma.FormatNumber(x))
	}
	out := make([]value.Value, len(o.Elems))
	for n, v := range o.Elems {
		out[n] = filled(v)
	}
	out[int(x)] = c.Arg(1)
	return done(c.M.Array(c.S, out))
}

func (l *library) fill(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[min(1, len(c.Args)):]) {
		return l.hand(c, "array_fill")
	}
	a, b, ok := span(c.Arg(1), c.Arg(2), len(o.Elems))
	e := c.S.Edit(c.This.ID())
	if !ok || e.Rest != nil {
		e.Rest, e.Elems = c.M.Absorb(l.whole(c, e), c.Arg(0)), nil
		return done(c.This)
	}
	for n := a; n < b; n++ {
		e.Elems[n] = c.Arg(0)
	}
	return done(c.This)
}

func (l *library) copyWithin(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args) {
		return l.hand(c, "array_copyWithin")
	}
	n := len(o.Elems)
	to, _, ok := span(c.Arg(0), value.Undef, n)
	from, end, ok2 := span(c.Arg(1), c.Arg(2), n)
	e := c.S.Edit(c.This.ID())
	if !ok || !ok2 || e.Rest != nil {
		e.Rest, e.Elems = l.whole(c, e), nil
		return done(c.This)
	}
	if from < end {
		copy(e.Elems[to:], append([]value.Value(nil), e.Elems[from:end]...))
	}
	return done(c.This)
}

const deepestFlat = 1000

func (l *library) flat(c *exec.Call, o *value.Obj) exec.Result {
	depth := 1
	if d := c.Arg(0); d.Kind() != value.Undefined {
		if objectsAmong(c.Args) {
			return l.coerces(c, ".i")
		}
		if d.Kind() == value.Open {
			return derived(c, "flat", "object")
		}
		depth = int(max(0, min(ecma.ToInteger(exec.ToNumber(d)), deepestFlat)))
	}
	wanted := depth
	if o.Many {
		return l.unsorted(c, o)
	}
	var out []value.Value
	var rest *value.Term
	var again, deep bool
	var add func(o *value.Obj, depth int)
	add = func(o *value.Obj, depth int) {
		for _, v := range o.Elems {
			if v.Kind() == value.Absent || again {
				continue
			}
			v, ok := c.M.Decided(c.S, v)
			if !ok {
				again = true
				return
			}
			switch {
			case depth > 0 && v.IsObject() && c.S.Obj(v.ID()).Class == value.ArrayObject:
				deep = deep || depth == 1 && wanted >= deepestFlat
				add(c.S.Obj(v.ID()), depth-1)
			case depth > 0 && v.Kind() == value.Open && (v.Term().Type == "" || v.Term().Type == "object"):
				rest = c.M.Absorb(rest, c.M.Table.Derived("item", "", "", v))
			case rest != nil:
				rest = c.M.Absorb(rest, v)
			default:
				out = append(out, v)
			}
		}
		if o.Rest != nil && rest == nil {
			rest = o.Rest
		} else if o.Rest != nil {
			rest = c.M.Absorb(rest, c.M.Item(c.S, o.Rest, ""))
		}
	}
	add(o, depth)
	switch {
	case again:
		return exec.Again()
	case rest != nil:
		return done(l.unknownList(c, out, rest))
	case deep || len(out) > c.M.Most.Elements:
		return done(c.M.GivenUp(c.S, "flat", "flat"))
	}
	return done(c.M.Array(c.S, out))
}
