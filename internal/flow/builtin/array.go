package builtin

import (
	"math"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// arrays defines Array: what calls nothing. What takes callbacks, and what of the rest is called on things that are no usual arrays, is in
// prelude/array.js and prelude/arraylike.js.
func (l *library) arrays() {
	p := l.r.Array
	f := l.constructor("Array", 1, p, l.newArray)
	l.species(f)
	l.method(f, "isArray", 1, func(c *exec.Call) exec.Result {
		v := c.Arg(0)
		if v.Kind() == value.Open {
			if t := v.Term().Type; t != "" && t != "object" {
				return boolean(false)
			}
			return derived(c, "isArray", "boolean")
		}
		for l.isProxy(c, v) {
			v = c.S.Obj(v.ID()).Data.(*value.Proxy).Target
		}
		return boolean(v.IsObject() && c.S.Obj(v.ID()).Class == value.ArrayObject)
	})
	l.method(f, "of", 0, func(c *exec.Call) exec.Result { return done(c.M.Array(c.S, c.Args)) })
	for _, m := range []struct {
		name   string
		length int
		run    func(*exec.Call, *value.Obj) exec.Result
	}{
		{"pop", 0, l.pop}, {"shift", 0, l.shift}, {"unshift", 1, l.unshift}, {"splice", 2, l.splice}, {"reverse", 0, l.reverse}, {"fill", 1, l.fill},
		{"slice", 2, l.slice}, {"concat", 1, l.concat}, {"indexOf", 1, l.indexOf}, {"lastIndexOf", 1, l.lastIndexOf}, {"includes", 1, l.includes}, {"join", 1, l.join},
		{"at", 1, l.at}, {"flat", 0, l.flat}, {"copyWithin", 2, l.copyWithin}, {"toReversed", 0, l.toReversed}, {"with", 2, l.with},
	} {
		l.method(p, m.name, m.length, l.ofArray(m.name, m.run))
	}
	push := l.ofArray("push", l.push)
	l.raw(p, "push", 1, func(c *exec.Call) exec.Result {
		var ok bool
		if c.This, ok = c.M.Decided(c.S, c.This); !ok {
			return exec.Again()
		}
		return push(c)
	})
	for _, kind := range []string{"keys", "entries", "values"} {
		v := l.method(p, kind, 0, func(c *exec.Call) exec.Result {
			if c.This.IsObject() {
				if o := c.S.Obj(c.This.ID()); o.Class == value.ArrayObject || o.Class == value.ArgumentsObject {
					return done(c.M.NewIterator(c.S, c.This, kind))
				}
			}
			if c.This.Kind() == value.Open {
				return derived(c, kind, "object")
			}
			return exec.Calls(l.r.Helper("arrayIterator"), value.Undef, c.This, value.Text(kind))
		})
		if kind == "values" {
			l.r.ArrayValues = v
			l.define(p, "@@iterator", v)
		}
	}
	u := l.inherits(value.Nil)
	for _, name := range []string{"at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap", "includes", "keys", "toReversed", "toSorted", "toSpliced", "values"} {
		l.s.Edit(u.ID()).Define(value.Prop{Key: value.Named(name), Value: value.True})
	}
	l.s.Edit(p.ID()).Define(value.Prop{Key: keyNamed("@@unscopables"), Value: u, Flags: value.Hidden | value.ReadOnly})
}

func (l *library) newArray(c *exec.Call) exec.Result {
	a := c.M.Array(c.S, nil)
	if p := c.M.ProtoOf(c.S, c.NewTarget, l.r.Array); p != l.r.Array {
		c.S.Edit(a.ID()).Proto = p
	}
	n := c.Arg(0)
	if len(c.Args) != 1 || n.Kind() != value.Number && n.Kind() != value.Open {
		c.S.Edit(a.ID()).Elems = append([]value.Value(nil), c.Args...)
		return done(a)
	}
	if n.Kind() == value.Open {
		c.S.Edit(a.ID()).Rest = c.M.Table.Derived("item", "", "", n).Term()
		return done(a)
	}
	if x := n.Num(); x < 0 || !isWhole(x) || x > math.MaxUint32 {
		return c.Error("RangeError", "Invalid array length")
	}
	c.M.Put(c.S, a, value.Named("length"), n)
	return done(a)
}

// ofArray is a method of arrays. Of anything else, and of an array that has been frozen, it is the prelude's.
func (l *library) ofArray(name string, run func(*exec.Call, *value.Obj) exec.Result) exec.Run {
	return func(c *exec.Call) exec.Result {
		if c.This.IsObject() {
			if o := c.S.Obj(c.This.ID()); o.Class == value.ArrayObject && !o.Fixed && !o.Frozen && (!o.Many || !mutates[name]) {
				return run(c, o)
			} else if o.Class == value.ArrayObject && o.Many && !o.Fixed {
				return l.mutateMany(c)
			}
		}
		if c.This.Kind() == value.Open {
			return derived(c, name, openTypes[name])
		}
		if c.This.IsNullish() {
			return c.Error("TypeError", "Array.prototype."+name+" called on null or undefined")
		}
		return l.hand(c, "array_"+name)
	}
}

// mutates are the methods that change their array; openTypes what the methods of something that is not known return.
var (
	mutates   = map[string]bool{"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "fill": true, "copyWithin": true}
	openTypes = map[string]string{"push": "number", "unshift": "number", "indexOf": "number", "lastIndexOf": "number", "includes": "boolean", "join": "string"}
)

// mutateMany changes an array that stands for several: what it had may still be there, and what it is given may be.
func (l *library) mutateMany(c *exec.Call) exec.Result {
	rest := l.whole(c, c.S.Obj(c.This.ID()))
	for _, v := range c.Args {
		rest = c.M.Absorb(rest, v)
	}
	e := c.S.Edit(c.This.ID())
	e.Elems, e.Rest = nil, rest
	return done(c.M.Item(c.S, rest, ""))
}

// whole is an array as a rest alone.
func (l *library) whole(c *exec.Call, o *value.Obj) *value.Term {
	rest := o.Rest
	if rest == nil {
		rest = c.M.Table.Term(nil, value.Term{Op: "rest", Name: value.Only})
	}
	for _, v := range o.Elems {
		rest = c.M.Absorb(rest, v)
	}
	return rest
}

// unsorted is an array of the elements of another whose places are not known.
func (l *library) unsorted(c *exec.Call, o *value.Obj) exec.Result {
	return done(l.unknownList(c, nil, l.whole(c, o)))
}

func (l *library) push(c *exec.Call, o *value.Obj) exec.Result {
	e := c.S.Edit(c.This.ID())
	if len(e.Elems)+len(c.Args) > c.M.Most.Elements && e.Rest == nil {
		e.Rest = c.M.GivenUp(c.S, "elements", "push").Term()
	}
	c.M.Resized(c.S, e.Rest)
	for _, v := range c.Args {
		if e.Rest != nil {
			e.Rest = c.M.Absorb(e.Rest, v)
		} else {
			e.Elems = append(e.Elems, v)
		}
	}
	return done(l.length(c, e))
}

// length is an array's length.
func (l *library) length(c *exec.Call, o *value.Obj) value.Value {
	if o.Rest != nil {
		return c.M.Table.Derived("get", "length", "number", value.OpenOf(o.Rest))
	}
	return value.Num(float64(len(o.Elems)))
}

func (l *library) pop(c *exec.Call, o *value.Obj) exec.Result {
	e := c.S.Edit(c.This.ID())
	n := len(e.Elems)
	switch {
	case e.Rest == nil && n == 0:
		return done(value.Undef)
	case e.Rest != nil:
		if n > 0 {
			e.Rest, e.Elems = c.M.Absorb(e.Rest, e.Elems[n-1]), e.Elems[:n-1]
		}
		return done(l.taken(c, e))
	}
	v := e.Elems[n-1]
	e.Elems = e.Elems[: n-1 : n-1]
	return done(filled(v))
}

// taken is what is taken out of a rest: nothing, if it may be empty.
func (l *library) taken(c *exec.Call, o *value.Obj) value.Value {
	v := c.M.Item(c.S, o.Rest, "")
	if !c.M.Sized(c.S, o.Rest) {
		v = c.M.OneOf(c.S, "taken", []value.Value{v, value.Undef})
	}
	c.M.Resized(c.S, o.Rest)
	return v
}

// filled is an element that is read: undefined for a hole.
func filled(v value.Value) value.Value {
	if v.Kind() == value.Absent {
		return value.Undef
	}
	return v
}

func (l *library) shift(c *exec.Call, o *value.Obj) exec.Result {
	if len(o.Elems) == 0 {
		if o.Rest != nil {
			return done(l.taken(c, o))
		}
		return done(value.Undef)
	}
	e := c.S.Edit(c.This.ID())
	v := e.Elems[0]
	e.Elems = append([]value.Value(nil), e.Elems[1:]...)
	return done(filled(v))
}

func (l *library) unshift(c *exec.Call, o *value.Obj) exec.Result {
	e := c.S.Edit(c.This.ID())
	e.Elems = append(append([]value.Value(nil), c.Args...), e.Elems...)
	return done(l.length(c, e))
}

// span is where a range of n elements begins and ends; false if that is not known.
func span(from, to value.Value, n int) (a, b int, ok bool) {
	x, y := from, to
	if y.Kind() == value.Undefined {
		y = value.Num(float64(n))
	}
	for _, v := range []value.Value{x, y} {
		if !v.IsPrimitive() || v.Kind() == value.Symbol || v.Kind() == value.BigInt {
			return 0, 0, false
		}
	}
	return ecma.Relative(exec.ToNumber(x), n), ecma.Relative(exec.ToNumber(y), n), true
}

// mostJoined is how many texts a list may be joined to that are told apart.
const mostJoined = 64

// manyTexts reports whether a list whose elements are one of several each may be joined to too many texts.
func manyTexts(c *exec.Call, elems []value.Value) bool {
	texts := 1
	for _, v := range elems {
		if v = c.S.Resolve(v); choiceOfTexts(c, v) {
			if texts *= len(v.Set().Values); texts > mostJoined {
				return true
			}
		}
	}
	return false
}

// choiceOfTexts reports whether a value is one of several that all make a text at once.
func choiceOfTexts(c *exec.Call, v value.Value) bool {
	set := v.Set()
	return set != nil && !slices.ContainsFunc(set.Values, func(x value.Value) bool {
		x = c.S.Resolve(x)
		return x.IsObject() || x.Kind() == value.Symbol
	})
}

// objectsAmong reports whether arguments have to be converted by the prelude.
func objectsAmong(vals []value.Value) bool {
	for _, v := range vals {
		if v.IsObject() || v.Kind() == value.Symbol || v.Kind() == value.BigInt {
			return true
		}
	}
	return false
}

func (l *library) slice(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args) || o.Proto != l.r.Array && o.Rest == nil {
		return l.hand(c, "array_slice")
	}
	n := len(o.Elems)
	if o.Rest == nil {
		if a, b, ok := span(c.Arg(0), c.Arg(1), n); ok {
			return done(c.M.Array(c.S, o.Elems[a:max(a, b)]))
		}
		return l.unsorted(c, o)
	}
	from, to := c.Arg(0), c.Arg(1)
	if from.Kind() == value.Undefined {
		from = value.Num(0)
	}
	if from.Kind() == value.Number && from.Num() >= 0 && from.Num() <= float64(n) {
		switch {
		case to.Kind() == value.Undefined:
			return done(l.unknownList(c, o.Elems[int(from.Num()):], o.Rest))
		case to.Kind() == value.Number && to.Num() >= 0 && to.Num() <= float64(n):
			return done(c.M.Array(c.S, o.Elems[int(from.Num()):max(int(from.Num()), int(to.Num()))]))
		}
	}
	return l.unsorted(c, o)
}

func (l *library) splice(c *exec.Call, o *value.Obj) exec.Result {
	if objectsAmong(c.Args[:min(2, len(c.Args))]) || o.Proto != l.r.Array && o.Rest == nil {
		return l.hand(c, "array_splice")
	}
	n := len(o.Elems)
	start, _, ok := span(c.Arg(0), value.Undef, n)
	count := 0
	switch {
	case len(c.Args) == 0:
	case len(c.Args) == 1:
		count = n - start
		ok = ok && o.Rest == nil
	case c.Arg(1).Kind() == value.Open:
		ok = false
	default:
		x := ecma.ToInteger(exec.ToNumber(c.Arg(1)))
		count = int(max(0, min(x, float64(n-start))))
		ok = ok && (o.Rest == nil || x <= float64(n-start) && exec.ToNumber(c.Arg(0)) >= 0)
	}
	var added []value.Value
	if len(c.Args) > 2 {
		added = c.Args[2:]
	}
	e := c.S.Edit(c.This.ID())
	if !ok {
		rest := l.whole(c, e)
		for _, v := range added {
			rest = c.M.Absorb(rest, v)
		}
		e.Elems, e.Rest = nil, rest
		return done(l.unknownList(c, nil, rest))
	}
	removed := append([]value.Value(nil), e.Elems[start:start+count]...)
	after := e.Elems[start+count:]
	e.Elems = append(append(append([]value.Value(nil), e.Elems[:start]...), added...), after...)
	return done(c.M.Array(c.S, removed))
}

func (l *library) concat(c *exec.Call, o *value.Obj) exec.Result {
	all := append([]value.Value{c.This}, c.Args...)
	out, rest := []value.Value(nil), (*value.Term)(nil)
	for _, v := range all {
		if v.IsObject() && (c.S.Obj(v.ID()).Class != value.ArrayObject || c.S.Obj(v.ID()).Proto != l.r.Array) {
			if _, there, plain := l.data(c, v, keyNamed("@@isConcatSpreadable")); !plain || there || c.S.Obj(v.ID()).Class == value.ArrayObject || c.S.Obj(v.ID()).Class == value.ProxyObject {
				return l.hand(c, "array_concat")
			}
		}
		list := []value.Value{v}
		var more *value.Term
		if v.IsObject() && c.S.Obj(v.ID()).Class == value.ArrayObject {
			list, more = c.S.Obj(v.ID()).Elems, c.S.Obj(v.ID()).Rest
		} else if v.Kind() == value.Open {
			if t := v.Term().Type; t == "" || t == "object" {
				list, more = nil, c.M.Table.Derived("item", "", "", v).Term()
			}
		}
		for _, x := range list {
			if rest != nil {
				rest = c.M.Absorb(rest, x)
			} else {
				out = append(out, x)
			}
		}
		switch {
		case more != nil && rest == nil:
			rest = more
		case more != nil:
			rest = c.M.Absorb(rest, c.M.Item(c.S, more, ""))
		}
	}
	if rest != nil {
		return done(l.unknownList(c, out, rest))
	}
	return done(c.M.Array(c.S, out))
}

func (l *library) join(c *exec.Call, o *value.Obj) exec.Result {
	sep := c.Arg(0)
	if sep.IsObject() {
		return l.coerces(c, ".S")
	}
	sep, class, why := convert(sep, 'S', "join")
	if class != "" {
		return c.Error(class, why)
	}
	if sep.Kind() == value.Undefined {
		sep = value.Text(",")
	}
	open := sep.Kind() == value.Open || o.Rest != nil
	var b strings.Builder
	many := manyTexts(c, o.Elems)
	for n := range o.Elems {
		if many && choiceOfTexts(c, c.S.Resolve(o.Elems[n])) {
			open = true
			continue
		}
		v, ok := c.M.Decided(c.S, o.Elems[n])
		switch {
		case !ok:
			return exec.Again()
		case v.IsObject():
			return exec.Calls(l.r.Helper("array_join"), c.This, sep)
		case v.Kind() == value.Open:
			open = true
		case v.Kind() == value.Symbol:
			return c.Error("TypeError", "Cannot convert a Symbol value to a string")
		case v.IsNullish() || v.Kind() == value.Absent:
		default:
			b.WriteString(exec.ToText(v))
		}
		if n < len(o.Elems)-1 {
			b.WriteString(sep.Text())
		}
	}
	if open {
		if o.Rest != nil {
			return exec.Done(c.M.Table.Derived("join", "", "string", append([]value.Value{value.OpenOf(o.Rest), sep}, o.Elems...)...))
		}
		return exec.Done(c.M.Table.Derived("join", "", "string", append([]value.Value{sep}, o.Elems...)...))
	}
	if b.Len() > c.M.Most.Text {
		return done(c.M.GivenUp(c.S, "text", "join"))
	}
	return text(b.String())
}
