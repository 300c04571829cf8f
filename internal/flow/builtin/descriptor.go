package builtin

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// integrity defines freeze and the like on Object.
func (l *library) integrity(f value.Value) {
	change := func(name string, flags value.Flags, frozen bool) {
		l.method(f, name, 1, func(c *exec.Call) exec.Result {
			v := c.Arg(0)
			if l.isProxy(c, v) {
				return exec.Calls(l.r.Helper("proxy_integrity"), value.Undef, v, value.Text(name))
			}
			if v.IsObject() {
				l.restrict(c, v, flags, frozen)
			}
			return done(v)
		})
	}
	change("freeze", value.ReadOnly|value.Pinned, true)
	change("seal", value.Pinned, false)
	change("preventExtensions", 0, false)
	test := func(name string, flags value.Flags) {
		l.method(f, name, 1, func(c *exec.Call) exec.Result {
			v := c.Arg(0)
			switch {
			case v.Kind() == value.Open:
				return derived(c, name, "boolean")
			case !v.IsObject():
				return boolean(name != "isExtensible")
			case l.isProxy(c, v):
				return exec.Calls(l.r.Helper("proxy_integrity"), value.Undef, v, value.Text(name))
			}
			o := c.S.Obj(v.ID())
			if name == "isExtensible" {
				return boolean(!o.Fixed)
			}
			if !o.Fixed || len(o.Elems) > 0 && o.Class == value.ArrayObject && flags&value.ReadOnly != 0 && !o.Frozen {
				return boolean(false)
			}
			return boolean(!slices.ContainsFunc(o.Props.All(), func(p value.Prop) bool {
				want := flags
				if p.Flags&value.Accessor != 0 {
					want &^= value.ReadOnly
				}
				return !p.Key.IsPrivate() && p.Flags&want != want
			}))
		})
	}
	test("isFrozen", value.ReadOnly|value.Pinned)
	test("isSealed", value.Pinned)
	test("isExtensible", 0)
}

func (l *library) restrict(c *exec.Call, v value.Value, flags value.Flags, frozen bool) {
	e := c.S.Edit(v.ID())
	e.Fixed = true
	if frozen {
		e.Frozen = true
	}
	for _, p := range slices.Clone(e.Props.All()) {
		if p.Key.IsPrivate() {
			continue
		}
		p.Flags |= flags
		if p.Flags&value.Accessor != 0 {
			p.Flags &^= value.ReadOnly
		}
		e.Define(p)
	}
}

// descriptor is a property descriptor as it is given to defineProperty: which of its fields are there.
type descriptor struct {
	get, set, val                               value.Value
	hasGet, hasSet, hasVal                      bool
	enumerable, configurable, writable          bool
	hasEnumerable, hasConfigurable, hasWritable bool
}

// descriptor reads one without running code; false where that is not possible, or where it is wrong.
func (l *library) descriptor(c *exec.Call, v value.Value) (d descriptor, ok bool) {
	if !v.IsObject() {
		return d, false
	}
	read := func(name string) (value.Value, bool) {
		x, there, plain := l.data(c, v, value.Named(name))
		ok = ok && plain
		return x, there
	}
	flag := func(name string) (bool, bool) {
		x, there := read(name)
		truth, known := c.S.Resolve(x).Truthy()
		ok = ok && known
		return truth, there
	}
	ok = true
	d.enumerable, d.hasEnumerable = flag("enumerable")
	d.configurable, d.hasConfigurable = flag("configurable")
	d.writable, d.hasWritable = flag("writable")
	d.val, d.hasVal = read("value")
	d.get, d.hasGet = read("get")
	d.set, d.hasSet = read("set")
	for _, f := range []value.Value{d.get, d.set} {
		f = c.S.Resolve(f)
		ok = ok && (f.Kind() == value.Undefined || c.M.IsFunction(c.S, f))
	}
	if (d.hasGet || d.hasSet) && (d.hasVal || d.hasWritable) {
		ok = false
	}
	return d, ok
}

// redefine defines an own property by a descriptor; false where that is not allowed.
func (l *library) redefine(c *exec.Call, o value.Value, k value.Key, d descriptor) bool {
	old, there := c.M.Own(c.S, o, k)
	obj := c.S.Obj(o.ID())
	p := value.Prop{Key: k}
	accessor := d.hasGet || d.hasSet
	switch {
	case !there:
		if obj.Fixed {
			return false
		}
		p.Flags = value.Hidden | value.Pinned
		if !accessor {
			p.Flags |= value.ReadOnly
		}
	default:
		p = old
		p.Flags &^= value.Maybe
		if !allowed(old, d, accessor) {
			return false
		}
		wasAccessor := old.Flags&value.Accessor != 0
		if accessor && !wasAccessor {
			p.Value, p.Flags = value.Undef, p.Flags&^value.ReadOnly
		}
		if (d.hasVal || d.hasWritable) && wasAccessor {
			p.Get, p.Set, p.Flags = value.Undef, value.Undef, p.Flags&^value.Accessor|value.ReadOnly
		}
	}
	set := func(flag value.Flags, has, on bool) {
		if has {
			if p.Flags &^= flag; !on {
				p.Flags |= flag
			}
		}
	}
	set(value.Hidden, d.hasEnumerable, d.enumerable)
	set(value.Pinned, d.hasConfigurable, d.configurable)
	set(value.ReadOnly, d.hasWritable, d.writable)
	if d.hasVal {
		p.Value = d.val
	}
	if accessor {
		p.Flags |= value.Accessor
		if d.hasGet {
			p.Get = d.get
		}
		if d.hasSet {
			p.Set = d.set
		}
	}
	return l.place(c, o, obj, k, p)
}

// place stores a property; an element of an array that is not a usual one makes its array one of which little is known.
func (l *library) place(c *exec.Call, o value.Value, obj *value.Obj, k value.Key, p value.Prop) bool {
	if obj.Class == value.ArrayObject && k.Sym == nil && k.Name == "length" {
		if p.Flags&value.ReadOnly != 0 {
			l.restrictLength(c, o)
			return true
		}
		return c.M.Put(c.S, o, k, p.Value)
	}
	if obj.Class == value.ArrayObject || obj.Class == value.ArgumentsObject {
		if n := exec.IndexOf(k); n >= 0 && (obj.Class == value.ArrayObject || n < len(obj.Elems)) {
			v := p.Value
			if p.Flags&(value.Accessor|value.Hidden) != 0 {
				v = c.M.GivenUp(c.S, "", "an element defined by a descriptor")
			}
			return c.M.Put(c.S, o, k, v)
		}
	}
	c.S.Edit(o.ID()).Define(p)
	return true
}

func (l *library) restrictLength(c *exec.Call, o value.Value) { c.S.Edit(o.ID()).Fixed = true }

// allowed reports whether a property may be defined anew.
func allowed(old value.Prop, d descriptor, accessor bool) bool {
	if old.Flags&value.Pinned == 0 {
		return true
	}
	was := old.Flags&value.Accessor != 0
	switch {
	case d.configurable, d.hasEnumerable && d.enumerable == (old.Flags&value.Hidden != 0):
		return false
	case accessor:
		return was && (!d.hasGet || d.get == old.Get) && (!d.hasSet || d.set == old.Set)
	case d.hasVal || d.hasWritable:
		if was {
			return false
		}
		if old.Flags&value.ReadOnly == 0 {
			return true
		}
		return !d.writable && (!d.hasVal || value.Same(d.val, old.Value))
	}
	return true
}

// descriptorOf is getOwnPropertyDescriptor.
func (l *library) descriptorOf(c *exec.Call, o value.Value, k value.Key) exec.Result {
	p, there := c.M.Own(c.S, o, k)
	if there && p.Flags&value.Maybe != 0 {
		x, ok := c.M.Decided(c.S, p.Value)
		if !ok {
			return exec.Again()
		}
		there, p.Value = x.Kind() != value.Absent, x
	}
	if !there {
		if rest := c.S.Obj(o.ID()).Rest; rest != nil {
			return exec.Done(c.M.Table.Derived("getOwnPropertyDescriptor", k.Name, "", value.OpenOf(rest)))
		}
		return done(value.Undef)
	}
	field := func(name string, v value.Value) value.Prop { return value.Prop{Key: value.Named(name), Value: v} }
	var fields []value.Prop
	if p.Flags&value.Accessor != 0 {
		fields = append(fields, field("get", p.Get), field("set", p.Set))
	} else {
		fields = append(fields, field("value", p.Value), field("writable", value.BoolOf(p.Flags&value.ReadOnly == 0)))
	}
	fields = append(fields, field("enumerable", value.BoolOf(p.Flags&value.Hidden == 0)), field("configurable", value.BoolOf(p.Flags&value.Pinned == 0)))
	return done(c.M.Object(c.S, fields...))
}
