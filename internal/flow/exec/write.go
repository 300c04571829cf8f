package exec

// Writing and deleting properties.

import (
	"math"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// set writes a property: of receiver, found from the object at.
func (m *Machine) set(s *state.State, at value.Value, k value.Key, v, receiver value.Value, strict bool) bool {
	for p := at; p.IsObject(); {
		o := s.Obj(p.ID())
		if o.Class == value.ProxyObject {
			_, ok := m.trap(s, o, "set", receiver, keyValue(k), v, value.BoolOf(strict))
			return ok
		}
		if own, ok := m.own(s, p, k); ok {
			if own.Flags&value.Accessor != 0 {
				if own.Set.IsObject() {
					m.call(s, own.Set, receiver, []value.Value{v}, value.Return{Kind: value.ToNothing}, nil)
					return false
				}
				return m.refuse(s, strict, "Cannot set property "+keyName(k)+" which has only a getter")
			}
			if own.Flags&value.ReadOnly != 0 {
				return m.refuse(s, strict, "Cannot assign to read only property '"+keyName(k)+"'")
			}
			break
		}
		p = s.Resolve(o.Proto)
	}
	if !receiver.IsObject() {
		return m.refuse(s, strict, "Cannot create property '"+keyName(k)+"'")
	}
	return m.put(s, receiver, k, v, strict)
}

// put writes an own data property.
func (m *Machine) put(s *state.State, at value.Value, k value.Key, v value.Value, strict bool) bool {
	o := s.Obj(at.ID())
	if indexed(o) {
		if n := index(k); n >= 0 {
			return m.putElement(s, at, o, n, v, strict)
		}
		if o.Class == value.ArrayObject && k.Sym == nil && k.Name == "length" {
			return m.putLength(s, at, v)
		}
	}
	old := o.Props.Get(k)
	if old == nil && o.Fixed {
		return m.refuse(s, strict, "Cannot add property "+keyName(k)+", object is not extensible")
	}
	if k.IsPrivate() && old == nil {
		m.Throw(s, "TypeError", "Cannot write private member "+k.Name+" to an object whose class did not declare it")
		return false
	}
	p := value.Prop{Key: k, Value: v}
	if old != nil {
		p.Flags = old.Flags &^ value.Maybe
	}
	if o.Many {
		// It stands for several: any of them may have been written.
		before := value.Hole
		if old != nil {
			before = old.Value
		}
		if p.Value = m.eitherOf(s, keyName(k), before, v); old == nil || old.Flags&value.Maybe != 0 {
			p.Flags |= value.Maybe
		}
	}
	s.Edit(at.ID()).Define(p)
	return true
}

func (m *Machine) putElement(s *state.State, at value.Value, o *value.Obj, n int, v value.Value, strict bool) bool {
	if o.Frozen || o.Fixed && n >= len(o.Elems) {
		return m.refuse(s, strict, "Cannot add property "+strconv.Itoa(n)+", object is not extensible")
	}
	if n >= len(o.Elems) {
		if n-len(o.Elems) > m.Most.Elements {
			e := s.Edit(at.ID())
			e.Rest = m.bound(s, "elements", "").Term()
			return true
		}
		e := s.Edit(at.ID())
		if e.Rest != nil || e.Many {
			e.Rest = m.Absorb(e.Rest, v)
			return true
		}
		for len(e.Elems) < n {
			e.Elems = append(e.Elems, value.Hole)
		}
		e.Elems = append(e.Elems, v)
		return true
	}
	e := s.Edit(at.ID())
	if e.Many {
		v = m.eitherOf(s, "element", e.Elems[n], v)
	}
	e.Elems[n] = v
	return true
}

func (m *Machine) putLength(s *state.State, at, v value.Value) bool {
	if v.Kind() != value.Number {
		if v.Known() {
			m.Throw(s, "RangeError", "Invalid array length")
			return false
		}
		s.Edit(at.ID()).Rest = m.Table.Derived("length", "", "", v).Term()
		return true
	}
	n := v.Num()
	if n < 0 || n != math.Trunc(n) || n > math.MaxUint32 {
		m.Throw(s, "RangeError", "Invalid array length")
		return false
	}
	e := s.Edit(at.ID())
	if int(n) <= len(e.Elems) {
		e.Elems = e.Elems[:int(n):int(n)]
		return true
	}
	if int(n)-len(e.Elems) > m.Most.Elements {
		e.Rest = m.bound(s, "elements", "").Term()
		return true
	}
	for len(e.Elems) < int(n) {
		e.Elems = append(e.Elems, value.Hole)
	}
	return true
}

// refuse is a write that fails: an error in strict code, nothing in sloppy code.
func (m *Machine) refuse(s *state.State, strict bool, why string) bool {
	if !strict {
		return true
	}
	m.Throw(s, "TypeError", why)
	return false
}

// remove deletes an own property; ok is false if the instruction ended.
func (m *Machine) remove(s *state.State, v value.Value, k value.Key, strict bool) (done, ok bool) {
	o := s.Obj(v.ID())
	if o.Class == value.ProxyObject {
		_, ok := m.trap(s, o, "deleteProperty", v, keyValue(k), value.BoolOf(strict))
		return true, ok
	}
	p, there := m.own(s, v, k)
	if !there {
		return true, true
	}
	if p.Flags&value.Pinned != 0 || o.Frozen {
		return false, m.refuse(s, strict, "Cannot delete property '"+keyName(k)+"'")
	}
	e := s.Edit(v.ID())
	if n := index(k); indexed(e) && n >= 0 && n < len(e.Elems) {
		e.Elems[n] = value.Hole
	} else {
		e.Remove(k)
	}
	return true, true
}
