package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// kind is a class of collections.
type kind struct {
	name  string
	class value.Class
	proto *value.Value
	// pairs tells that it has keys and values, weak that its keys are objects and cannot be gone over.
	pairs, weak bool
}

func (l *library) kinds() []kind {
	return []kind{
		{"Map", value.MapObject, &l.r.Map, true, false}, {"Set", value.SetObject, &l.r.Set, false, false},
		{"WeakMap", value.WeakMapObject, &l.r.WeakMap, true, true}, {"WeakSet", value.WeakSetObject, &l.r.WeakSet, false, true},
	}
}

// collections defines Map, Set and their weak kin, and WeakRef. Elems of one that stands for several, or has a rest, are some of what it has.
func (l *library) collections() {
	for _, k := range l.kinds() {
		p := *k.proto
		f := l.constructor(k.name, 0, p, func(c *exec.Call) exec.Result {
			if !c.NewTarget.IsObject() {
				return c.Error("TypeError", "Constructor "+k.name+" requires 'new'")
			}
			o := c.M.Alloc(c.S, &value.Obj{Class: k.class, Proto: c.M.ProtoOf(c.S, c.NewTarget, p)})
			switch v := c.Arg(0); {
			case v.IsNullish():
				return done(o)
			case v.Kind() == value.Open:
				c.S.Edit(o.ID()).Rest = c.M.Table.Derived("item", "", "", v).Term()
				return done(o)
			}
			return exec.Calls(l.r.Helper("fillCollection"), value.Undef, o, c.Arg(0), value.BoolOf(k.pairs))
		})
		l.tag(p, k.name)
		if !k.weak {
			l.species(f)
		}
		l.collectionMethods(p, k)
	}
	l.weakRefs()
}

func (l *library) weakRefs() {
	ref := l.object()
	l.constructor("WeakRef", 1, ref, func(c *exec.Call) exec.Result {
		if !c.NewTarget.IsObject() {
			return c.Error("TypeError", "Constructor WeakRef requires 'new'")
		}
		return done(c.M.Alloc(c.S, &value.Obj{Proto: c.M.ProtoOf(c.S, c.NewTarget, ref), Elems: []value.Value{c.Arg(0)}}))
	})
	l.method(ref, "deref", 0, func(c *exec.Call) exec.Result {
		if c.This.IsObject() {
			if o := c.S.Obj(c.This.ID()); len(o.Elems) == 1 {
				return done(o.Elems[0])
			}
		}
		return derived(c, "deref", "")
	})
	l.tag(ref, "WeakRef")
	registry := l.object()
	l.constructor("FinalizationRegistry", 1, registry, func(c *exec.Call) exec.Result {
		return done(c.M.Alloc(c.S, &value.Obj{Proto: registry}))
	})
	for _, name := range []string{"register", "unregister"} {
		l.method(registry, name, 2, func(*exec.Call) exec.Result { return done(value.Undef) })
	}
}

// find is where a key is among a collection's elements; maybe where it may be one of several, or in the rest.
func find(c *exec.Call, o *value.Obj, key value.Value, step int) (at int, sure certainty) {
	unsure := o.Rest != nil
	for n := 0; n < len(o.Elems); n += step {
		if o.Elems[n].Kind() == value.Absent {
			continue
		}
		switch equal(c, o.Elems[n], key, true) {
		case yes:
			if !unsure || o.Rest != nil && !o.Many {
				return n, yes
			}
			return n, maybe
		case maybe:
			unsure = true
		}
	}
	if unsure {
		return -1, maybe
	}
	return -1, no
}

func (k kind) step() int {
	if k.pairs {
		return 2
	}
	return 1
}

func (l *library) collectionMethods(p value.Value, k kind) {
	method := func(name string, length int, gives string, run func(c *exec.Call, o *value.Obj) exec.Result) value.Value {
		return l.method(p, name, length, func(c *exec.Call) exec.Result {
			if c.This.Kind() == value.Open {
				return derived(c, name, gives)
			}
			if !c.This.IsObject() || c.S.Obj(c.This.ID()).Class != k.class {
				return c.Error("TypeError", "Method "+k.name+".prototype."+name+" called on incompatible receiver")
			}
			return run(c, c.S.Obj(c.This.ID()))
		})
	}
	key := func(c *exec.Call) value.Value {
		v := c.Arg(0)
		if v.Kind() == value.Number && v.Num() == 0 {
			return value.Num(0)
		}
		return v
	}
	rest := func(c *exec.Call, o *value.Obj) value.Value {
		if o.Rest != nil {
			return value.OpenOf(o.Rest)
		}
		return key(c)
	}
	method("has", 1, "boolean", func(c *exec.Call, o *value.Obj) exec.Result {
		if _, sure := find(c, o, key(c), k.step()); sure != maybe {
			return boolean(sure == yes)
		}
		return exec.Done(c.M.Table.Derived("has", "", "boolean", rest(c, o), key(c)))
	})
	method("delete", 1, "boolean", func(c *exec.Call, o *value.Obj) exec.Result {
		at, sure := find(c, o, key(c), k.step())
		e := c.S.Edit(c.This.ID())
		switch sure {
		case no:
			return boolean(false)
		case yes:
			for n := range k.step() {
				e.Elems[at+n] = value.Hole
			}
			return boolean(true)
		}
		l.blurCollection(c, e)
		return exec.Done(c.M.Table.Derived("has", "", "boolean", rest(c, e), key(c)))
	})
	add := func(c *exec.Call, o *value.Obj, vals ...value.Value) exec.Result {
		if v := key(c); k.weak && v.IsPrimitive() && v.Kind() != value.Symbol {
			return c.Error("TypeError", "Invalid value used in weak collection")
		}
		at, sure := find(c, o, key(c), k.step())
		e := c.S.Edit(c.This.ID())
		switch {
		case sure == yes:
			copy(e.Elems[at:], vals)
			if k.pairs {
				e.Elems[at+1] = vals[1]
			}
		case sure == maybe:
			l.blurCollection(c, e)
			for _, v := range vals {
				e.Rest = c.M.Absorb(e.Rest, v)
			}
		case len(e.Elems) > c.M.Most.Elements:
			e.Rest = c.M.GivenUp(c.S, "elements", k.name).Term()
		default:
			e.Elems = append(e.Elems, vals...)
		}
		return done(c.This)
	}
	if k.pairs {
		method("get", 1, "", func(c *exec.Call, o *value.Obj) exec.Result {
			at, sure := find(c, o, key(c), 2)
			switch sure {
			case yes:
				return done(o.Elems[at+1])
			case no:
				return done(value.Undef)
			}
			return l.oneOf(c, o, key(c))
		})
		method("set", 2, "object", func(c *exec.Call, o *value.Obj) exec.Result { return add(c, o, key(c), c.Arg(1)) })
	} else {
		method("add", 1, "object", func(c *exec.Call, o *value.Obj) exec.Result { return add(c, o, key(c)) })
	}
	if k.weak {
		return
	}
	method("clear", 0, "", func(c *exec.Call, o *value.Obj) exec.Result {
		e := c.S.Edit(c.This.ID())
		for n := range e.Elems {
			e.Elems[n] = value.Hole
		}
		e.Rest = nil
		return done(value.Undef)
	})
	l.getter(p, "size", func(c *exec.Call) exec.Result {
		if !c.This.IsObject() || c.S.Obj(c.This.ID()).Class != k.class {
			if c.This.Kind() == value.Open {
				return derived(c, "size", "number")
			}
			return c.Error("TypeError", "Method get "+k.name+".prototype.size called on incompatible receiver")
		}
		o := c.S.Obj(c.This.ID())
		if o.Rest != nil {
			return exec.Done(c.M.Table.Derived("get", "size", "number", value.OpenOf(o.Rest)))
		}
		n := 0
		for i := 0; i < len(o.Elems); i += k.step() {
			if o.Elems[i].Kind() != value.Absent {
				n++
			}
		}
		return num(float64(n))
	})
	iterator := func(name, kindOf string) value.Value {
		return method(name, 0, "object", func(c *exec.Call, _ *value.Obj) exec.Result { return done(c.M.NewIterator(c.S, c.This, kindOf)) })
	}
	if k.pairs {
		l.define(p, "@@iterator", iterator("entries", "entries"))
		iterator("keys", "keys")
		iterator("values", "values")
		return
	}
	iterator("entries", "entries")
	v := iterator("values", "values")
	l.define(p, "keys", v)
	l.define(p, "@@iterator", v)
}

// blurCollection makes a collection one of which is known what may be in it, and not what is.
func (l *library) blurCollection(c *exec.Call, e *value.Obj) {
	rest := e.Rest
	if rest == nil {
		rest = c.M.Table.Term(nil, value.Term{Op: "any", Name: "element"})
	}
	for _, v := range e.Elems {
		if v.Kind() != value.Absent {
			rest = c.M.Absorb(rest, v)
		}
	}
	e.Elems, e.Rest = nil, rest
}

// oneOf is the value of a key that may be one of several: a choice of these and of nothing.
func (l *library) oneOf(c *exec.Call, o *value.Obj, key value.Value) exec.Result {
	vals := []value.Value{}
	for n := 0; n < len(o.Elems); n += 2 {
		if o.Elems[n].Kind() != value.Absent && equal(c, o.Elems[n], key, true) != no {
			vals = append(vals, o.Elems[n+1])
		}
	}
	if o.Rest != nil {
		vals = append(vals, c.M.Item(c.S, o.Rest, "value"))
	} else {
		vals = append(vals, value.Undef)
	}
	return done(c.M.OneOf(c.S, "element", vals))
}
