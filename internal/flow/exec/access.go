package exec

// The instructions that read and write properties.

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// accesses carries out what reads and writes properties.
func (m *Machine) accesses(s *state.State, f *value.Frame, i *ir.Instr) {
	switch i.Op {
	case ir.Get:
		if v, ok := m.get(s, f.Regs[i.A], value.Named(i.Name)); ok {
			store(s, i, v)
		}
	case ir.GetElem:
		base, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		k, ok := m.key(s, "getElement", base, f.Regs[i.B])
		if !ok {
			return
		}
		if k.Kind() == value.Open {
			store(s, i, m.getUnknown(s, base, k))
			return
		}
		key, _ := KeyOf(k)
		if v, ok := m.get(s, base, key); ok {
			store(s, i, v)
		}
	case ir.Set:
		m.assign(s, f, i, value.Named(i.Name), f.Regs[i.B])
	case ir.SetElem:
		k, ok := m.key(s, "setElement", f.Regs[i.A], f.Regs[i.B], f.Regs[i.C])
		if !ok {
			return
		}
		if k.Kind() == value.Open {
			m.assignUnknown(s, f, i, k)
			return
		}
		key, _ := KeyOf(k)
		m.assign(s, f, i, key, f.Regs[i.C])
	case ir.Delete, ir.DeleteElem:
		m.deletes(s, f, i)
	case ir.GetSuper, ir.SetSuper:
		m.supers(s, f, i)
	case ir.HasPrivate:
		base, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		if !base.IsObject() {
			m.Throw(s, "TypeError", "Cannot use 'in' operator to search for '"+i.Name+"' in a primitive")
			return
		}
		v, ok := m.Has(s, base, value.Named(i.Name))
		if ok {
			store(s, i, v)
		}
	}
}

// key is a register's value as a property key, or something open; for an object the helper of that name does what the instruction would. base is
// what it is a key of, which must not be nullish.
func (m *Machine) key(s *state.State, helper string, base, v value.Value, more ...value.Value) (value.Value, bool) {
	if b := s.Resolve(base); b.IsNullish() {
		m.Throw(s, "TypeError", "Cannot read properties of "+kindName(b))
		return v, false
	}
	v, ok := m.decided(s, v)
	if !ok {
		return v, false
	}
	if v.IsObject() {
		return m.Invoke(s, m.Realm.Helper(helper), value.Undef, append([]value.Value{base, v}, more...))
	}
	return v, true
}

func (m *Machine) assign(s *state.State, f *value.Frame, i *ir.Instr, k value.Key, v value.Value) {
	base, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	strict := i.N == 0
	switch base.Kind() {
	case value.Undefined, value.Null:
		m.Throw(s, "TypeError", "Cannot set properties of "+kindName(base)+" (setting '"+keyName(k)+"')")
		return
	case value.Open:
		// What is written to something that is not known is read back as not known: tests have found nothing of it any more.
		s.Unlearn(func(t *value.Term) bool { return t.Op == "get" && t.Name == keyName(k) || t.Op == "element" })
		next(s)
		return
	}
	if m.set(s, m.home(base), k, v, base, strict) {
		next(s)
	}
}

// assignUnknown writes a property whose name is not known: any of them may be what was written.
func (m *Machine) assignUnknown(s *state.State, f *value.Frame, i *ir.Instr, k value.Value) {
	base, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	if base.IsObject() {
		e := s.Edit(base.ID())
		v := f.Regs[i.C]
		if e.Rest == nil {
			e.Rest = m.Table.Derived("rest", "", "", k).Term()
		}
		e.Rest = m.Absorb(e.Rest, v)
		for n := range e.Elems {
			if indexed(e) {
				e.Elems[n] = m.eitherOf(s, "element", e.Elems[n], v)
			}
		}
	}
	next(s)
}

func (m *Machine) deletes(s *state.State, f *value.Frame, i *ir.Instr) {
	base, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	k := value.Text(i.Name)
	if i.Op == ir.DeleteElem {
		if k, ok = m.key(s, "deleteElement", base, f.Regs[i.B]); !ok {
			return
		}
	} else if base.IsNullish() {
		m.Throw(s, "TypeError", "Cannot convert undefined or null to object")
		return
	}
	key, known := KeyOf(k)
	if !base.IsObject() || !known {
		store(s, i, value.True)
		return
	}
	if done, ok := m.remove(s, base, key, i.N == 0); ok {
		store(s, i, value.BoolOf(done))
	}
}

// supers reads and writes super.x.
func (m *Machine) supers(s *state.State, f *value.Frame, i *ir.Instr) {
	k := value.Text(i.Name)
	if i.Name == "" {
		var ok bool
		if k, ok = m.decided(s, f.Regs[i.B]); !ok {
			return
		}
	}
	key, known := KeyOf(k)
	at := value.Undef
	if f.Home.IsObject() {
		at = s.Resolve(s.Obj(f.Home.ID()).Proto)
	}
	if !known || !at.IsObject() {
		store(s, i, m.bound(s, "", "super"))
		return
	}
	if i.Op == ir.GetSuper {
		if v, ok := m.getFrom(s, at, key, f.Regs[i.A]); ok {
			store(s, i, v)
		}
		return
	}
	if m.set(s, at, key, f.Regs[i.C], f.Regs[i.A], true) {
		next(s)
	}
}
