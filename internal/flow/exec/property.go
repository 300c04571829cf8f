package exec

import (
	"strconv"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// index is the array index that a property's name is, -1 if it is none.
func index(k value.Key) int {
	if k.Sym != nil || len(k.Name) == 0 || len(k.Name) > 9 || k.Name[0] < '0' || k.Name[0] > '9' || k.Name[0] == '0' && len(k.Name) > 1 {
		return -1
	}
	n, err := strconv.Atoi(k.Name)
	if err != nil {
		return -1
	}
	return n
}

// indexed reports whether the elements of an object are properties.
func indexed(o *value.Obj) bool {
	return o.Class == value.ArrayObject || o.Class == value.ArgumentsObject
}

// Own is the own property of an object; false where it has none. The value of one that may be missing is a choice that holds Hole.
func (m *Machine) Own(s *state.State, v value.Value, k value.Key) (value.Prop, bool) {
	return m.own(s, v, k)
}

func (m *Machine) own(s *state.State, v value.Value, k value.Key) (value.Prop, bool) {
	o := s.Obj(v.ID())
	if indexed(o) {
		if n := index(k); n >= 0 && n < len(o.Elems) {
			if o.Elems[n].Kind() == value.Absent {
				return value.Prop{}, false
			}
			flags := value.Flags(0)
			if o.Frozen {
				flags = value.ReadOnly | value.Pinned
			}
			return value.Prop{Key: k, Value: o.Elems[n], Flags: flags}, true
		}
		if o.Class == value.ArrayObject && k.Sym == nil && k.Name == "length" {
			if o.Rest != nil {
				return value.Prop{Key: k, Value: m.Table.Derived("get", "length", "number", value.OpenOf(o.Rest)), Flags: value.Hidden | value.Pinned}, true
			}
			flags := value.Hidden | value.Pinned
			if o.Frozen {
				flags |= value.ReadOnly
			}
			return value.Prop{Key: k, Value: value.Num(float64(len(o.Elems))), Flags: flags}, true
		}
	}
	if p := o.Props.Get(k); p != nil {
		if p.Flags&value.Maybe != 0 {
			if s.Resolve(p.Value).Kind() == value.Absent {
				return value.Prop{}, false
			}
		}
		return *p, true
	}
	return m.special(s, v, o, k)
}

// special are the properties that objects of some classes have without their being stored.
func (m *Machine) special(s *state.State, v value.Value, o *value.Obj, k value.Key) (value.Prop, bool) {
	switch o.Class {
	case value.FunctionObject:
		return m.ownOfFunction(s, v, o, k)
	case value.BoxedObject:
		if p, _ := o.Data.(value.Value); p.Kind() == value.String {
			return m.ownOfString(p.Text(), k)
		}
	case value.HostObject:
		if x, ok := m.Host.Property(s, o, k); ok {
			return value.Prop{Key: k, Value: x}, true
		}
	case value.NamespaceObject:
		if k.Sym == nil {
			if x, ok := m.Host.Export(s, o.Data.(*value.Namespace).Module, k.Name); ok {
				return value.Prop{Key: k, Value: x, Flags: value.Pinned}, true
			}
		}
	}
	return value.Prop{}, false
}

// ownOfFunction is a function's name, length or prototype, which is made when it is first asked for.
func (m *Machine) ownOfFunction(s *state.State, v value.Value, o *value.Obj, k value.Key) (value.Prop, bool) {
	if k.Sym != nil || o.Fn == nil {
		return value.Prop{}, false
	}
	switch k.Name {
	case "name":
		return value.Prop{Key: k, Value: value.Text(m.functionName(o)), Flags: value.Hidden | value.ReadOnly}, true
	case "length":
		n := 0
		switch {
		case o.Fn.Code != nil:
			n = o.Fn.Code.Length
		case o.Fn.Native != nil:
			n = o.Fn.Native.Length
		case o.Fn.Bound != nil:
			if p, ok := m.own(s, o.Fn.Bound.Target, k); ok {
				n = max(0, int(p.Value.Num())-len(o.Fn.Bound.Args))
			}
		}
		return value.Prop{Key: k, Value: value.Num(float64(n)), Flags: value.Hidden | value.ReadOnly}, true
	case "prototype":
		if o.Fn.Code == nil || o.Fn.Code.Method && !o.Fn.Code.Generator || o.Fn.Code.Arrow || o.Fn.Code.Async && !o.Fn.Code.Generator {
			return value.Prop{}, false
		}
		proto := &value.Obj{Proto: m.Realm.Object}
		if o.Fn.Code.Generator {
			proto.Proto = m.Realm.Generator
			if o.Fn.Code.Async {
				proto.Proto = m.Realm.AsyncGenerator
			}
		} else {
			proto.Define(value.Prop{Key: value.Named("constructor"), Value: v, Flags: value.Hidden})
		}
		made := m.Table.Allocate(nil, value.At{Name: "prototype", PC: int(v.ID())}, 0)
		s.Put(made, proto)
		p := value.Prop{Key: k, Value: value.Ref(made), Flags: value.Hidden | value.Pinned}
		s.Edit(v.ID()).Define(p)
		return p, true
	}
	return value.Prop{}, false
}

// functionName is what a function is called.
func (m *Machine) functionName(o *value.Obj) string {
	switch {
	case o.Fn.Code != nil:
		return o.Fn.Code.Name
	case o.Fn.Native != nil:
		return o.Fn.Native.Name
	}
	return "bound"
}

func (m *Machine) ownOfString(text string, k value.Key) (value.Prop, bool) {
	if k.Sym != nil {
		return value.Prop{}, false
	}
	if k.Name == "length" {
		return value.Prop{Key: k, Value: value.Num(float64(ecma.Length(text))), Flags: value.Hidden | value.ReadOnly | value.Pinned}, true
	}
	if n := index(k); n >= 0 {
		if unit, there, ok := ecma.At(text, float64(n)); there {
			v := value.Text(unit)
			if !ok {
				v = value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "input", Name: "half of a character", Type: "string"}))
			}
			return value.Prop{Key: k, Value: v, Flags: value.ReadOnly | value.Pinned}, true
		}
	}
	return value.Prop{}, false
}

// Get is the property of a value; false if that ended the instruction (see the package).
func (m *Machine) Get(s *state.State, v value.Value, k value.Key) (value.Value, bool) {
	return m.get(s, v, k)
}

func (m *Machine) get(s *state.State, v value.Value, k value.Key) (value.Value, bool) {
	v, ok := m.decided(s, v)
	if !ok {
		return v, false
	}
	switch v.Kind() {
	case value.Undefined, value.Null:
		m.Throw(s, "TypeError", "Cannot read properties of "+kindName(v)+" (reading '"+keyName(k)+"')")
		return value.Undef, false
	case value.Open:
		return m.getOpen(s, v, k), true
	case value.String:
		if p, ok := m.ownOfString(v.Text(), k); ok {
			return p.Value, true
		}
	}
	return m.getFrom(s, m.home(v), k, v)
}

// home is the object where the properties of a value are looked up first.
func (m *Machine) home(v value.Value) value.Value {
	switch v.Kind() {
	case value.String:
		return m.Realm.String
	case value.Number:
		return m.Realm.Number
	case value.Bool:
		return m.Realm.Boolean
	case value.Symbol:
		return m.Realm.Symbol
	case value.BigInt:
		return m.Realm.BigInt
	}
	return v
}

// getFrom looks a property up in an object and its prototypes.
func (m *Machine) getFrom(s *state.State, at value.Value, k value.Key, receiver value.Value) (value.Value, bool) {
	for n := 0; at.IsObject(); n++ {
		o := s.Obj(at.ID())
		if o.Class == value.ProxyObject {
			return m.trap(s, o, "get", receiver, keyValue(k))
		}
		if p, ok := m.own(s, at, k); ok {
			if p.Flags&value.Maybe != 0 {
				v, ok := m.decided(s, p.Value)
				if !ok {
					return v, false
				}
				if v.Kind() == value.Absent {
					goto up
				}
				p.Value = v
			}
			return m.valueOf(s, p, receiver)
		}
		if o.Rest != nil && inRest(o, k) {
			return m.restOver(s, o, k, receiver)
		}
	up:
		at = s.Resolve(o.Proto)
		if at.Kind() == value.Open {
			return m.getOpen(s, at, k), true
		}
		if n > mostPrototypes {
			return m.bound(s, "prototypes", ""), true
		}
	}
	if k.IsPrivate() {
		m.Throw(s, "TypeError", "Cannot read private member "+k.Name+" from an object whose class did not declare it")
		return value.Undef, false
	}
	return value.Undef, true
}

// inRest reports whether a property may be among what an object has besides: of arrays elements, of collections none.
func inRest(o *value.Obj, k value.Key) bool {
	switch {
	case k.Sym != nil || k.IsPrivate():
		return false
	case indexed(o):
		return index(k) >= 0
	}
	return o.Class != value.MapObject && o.Class != value.SetObject && o.Class != value.WeakMapObject && o.Class != value.WeakSetObject
}

// restOver is a property that an object may have besides, or else a prototype has. What Object.prototype has is taken to be that.
func (m *Machine) restOver(s *state.State, o *value.Obj, k value.Key, receiver value.Value) (value.Value, bool) {
	item := m.restItem(s, o.Rest, k)
	for at := s.Resolve(o.Proto); at.IsObject(); at = s.Resolve(s.Obj(at.ID()).Proto) {
		p, ok := m.own(s, at, k)
		if !ok {
			continue
		}
		if at == m.Realm.Object {
			return m.valueOf(s, p, receiver)
		}
		if p.Flags&(value.Accessor|value.Maybe) == 0 {
			return m.eitherOf(s, keyName(k), p.Value, item), true
		}
	}
	return item, true
}

// restItem is a property among the rest of an object: what was written under a name that is not known, or something open.
func (m *Machine) restItem(s *state.State, rest *value.Term, k value.Key) value.Value {
	if rest.Op == "rest" && len(rest.Args) > 0 && k.Sym == nil {
		return m.Item(s, rest, keyName(k))
	}
	return m.Table.Derived("get", keyName(k), "", value.OpenOf(rest))
}

// getOpen is a property of something that is not known.
func (m *Machine) getOpen(s *state.State, v value.Value, k value.Key) value.Value {
	t := v.Term()
	if k.Sym == nil && t.Type == "string" || t.Type == "number" || t.Type == "boolean" {
		if k.Sym == nil && k.Name == "length" && t.Type == "string" {
			return m.Table.Derived("get", "length", "number", v)
		}
		if p, ok := m.own(s, m.home(sample(t.Type)), k); ok && p.Flags&value.Accessor == 0 {
			return p.Value
		}
	}
	return m.Table.Derived("get", keyName(k), "", v)
}

func sample(typ string) value.Value {
	switch typ {
	case "string":
		return value.Text("")
	case "number":
		return value.Num(0)
	}
	return value.False
}

// valueOf is a property's value; an accessor's getter is called for it.
func (m *Machine) valueOf(s *state.State, p value.Prop, receiver value.Value) (value.Value, bool) {
	if p.Flags&value.Accessor == 0 {
		return p.Value, true
	}
	if !p.Get.IsObject() {
		return value.Undef, true
	}
	return m.Invoke(s, p.Get, receiver, nil)
}

// Has is whether an object or one of its prototypes has a property; open where that is not known.
func (m *Machine) Has(s *state.State, at value.Value, k value.Key) (value.Value, bool) {
	for at.IsObject() {
		o := s.Obj(at.ID())
		if o.Class == value.ProxyObject {
			return m.trap(s, o, "has", at, keyValue(k))
		}
		if p, ok := m.own(s, at, k); ok {
			if p.Flags&value.Maybe == 0 {
				return value.True, true
			}
			v, ok := m.decided(s, p.Value)
			if !ok {
				return v, false
			}
			if v.Kind() != value.Absent {
				return value.True, true
			}
		}
		if o.Rest != nil && inRest(o, k) {
			return m.Table.Derived("has", keyName(k), "boolean", value.OpenOf(o.Rest)), true
		}
		at = s.Resolve(o.Proto)
	}
	if at.Kind() == value.Open {
		return m.Table.Derived("has", keyName(k), "boolean", at), true
	}
	return value.False, true
}

// trap asks a proxy's handler, or if it has no such trap the prelude that does what the target does.
func (m *Machine) trap(s *state.State, o *value.Obj, name string, receiver value.Value, args ...value.Value) (value.Value, bool) {
	p := o.Data.(*value.Proxy)
	return m.Invoke(s, m.Realm.Helper("proxy_"+name), value.Undef, append([]value.Value{p.Target, p.Handler, receiver}, args...))
}

func kindName(v value.Value) string {
	if v.Kind() == value.Null {
		return "null"
	}
	return "undefined"
}

func keyName(k value.Key) string {
	if k.Sym != nil {
		return "Symbol(" + k.Sym.Description + ")"
	}
	return k.Name
}

// KeyValue is a key as a value.
func KeyValue(k value.Key) value.Value { return keyValue(k) }

func keyValue(k value.Key) value.Value {
	if k.Sym != nil {
		return value.SymbolOf(k.Sym)
	}
	return value.Text(k.Name)
}

// KeyOf is the key that a primitive is; false for what is none (an object, something open).
func KeyOf(v value.Value) (value.Key, bool) {
	switch v.Kind() {
	case value.Symbol:
		return value.Key{Sym: v.Symbol()}, true
	case value.Object, value.Open, value.Choice:
		return value.Key{}, false
	}
	return value.Named(ToText(v)), true
}
