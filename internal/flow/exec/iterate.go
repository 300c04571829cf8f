package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// iterates carries out iteration. An iterator is a record: an object of the language's own iterators, whose steps need no call, or whatever
// [Symbol.iterator]() returned.
func (m *Machine) iterates(s *state.State, f *value.Frame, i *ir.Instr) {
	switch i.Op {
	case ir.Iter:
		m.iterator(s, f, i)
	case ir.IterNext:
		m.iterNext(s, f, i)
	case ir.IterClose:
		m.iterClose(s, f, i)
	case ir.IterCall:
		name, to := "next", value.Return{}
		if i.Name != "" {
			name, to.Kind = i.Name, value.ToBranch
		}
		m.call(s, m.Realm.Helper("iterCall"), value.Undef, []value.Value{f.Regs[i.A], value.Text(name), reg(f, i.B), value.BoolOf(i.B != ir.None)}, to, i.Node)
	case ir.IterResult:
		m.iterResult(s, f, i)
	case ir.ForIn:
		m.forIn(s, f, i)
	}
}

func (m *Machine) iterator(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	switch {
	case v.Kind() == value.Open:
		store(s, i, v)
	case i.N == 1:
		m.call(s, m.Realm.Helper("asyncIterator"), value.Undef, []value.Value{v}, value.Return{}, i.Node)
	case v.Kind() == value.String || m.plainIterable(s, v):
		store(s, i, m.NewIterator(s, v, "values"))
	default:
		m.call(s, m.Realm.Helper("iterator"), value.Undef, []value.Value{v}, value.Return{}, i.Node)
	}
}

// plainIterable reports whether an array is gone over as arrays are.
func (m *Machine) plainIterable(s *state.State, v value.Value) bool {
	if !v.IsObject() {
		return false
	}
	o := s.Obj(v.ID())
	if o.Class != value.ArrayObject || o.Proto != m.Realm.Array || o.Props.Get(value.Key{Sym: m.Realm.Iterator}) != nil {
		return false
	}
	p := s.Obj(m.Realm.Array.ID()).Props.Get(value.Key{Sym: m.Realm.Iterator})
	return p != nil && p.Value == m.Realm.ArrayValues
}

// NewIterator makes one of the language's own iterators.
func (m *Machine) NewIterator(s *state.State, of value.Value, kind string) value.Value {
	proto := m.Realm.ArrayIterator
	if of.Kind() == value.String {
		proto = m.Realm.StringIterator
	} else {
		switch s.Obj(of.ID()).Class {
		case value.MapObject:
			proto = m.Realm.MapIterator
		case value.SetObject:
			proto = m.Realm.SetIterator
		}
	}
	return m.Alloc(s, &value.Obj{Class: value.IteratorObject, Proto: proto, Data: &value.Iterator{Of: of, Kind: kind}})
}

// Step is the next value of one of the language's own iterators; ok is false at its end.
func (m *Machine) Step(s *state.State, it value.Value) (v value.Value, ok bool) {
	d := *s.Obj(it.ID()).Data.(*value.Iterator)
	if d.Done {
		return value.Undef, false
	}
	v, ok = m.element(s, &d)
	if !ok {
		d.Done = true
	}
	s.Edit(it.ID()).Data = &d
	return v, ok
}

func (m *Machine) element(s *state.State, d *value.Iterator) (value.Value, bool) {
	if d.Of.Kind() == value.String {
		text := d.Of.Text()
		if d.Next >= len(text) {
			return value.Undef, false
		}
		for n := range text[d.Next:] {
			if n > 0 {
				out := text[d.Next : d.Next+n]
				d.Next += n
				return value.Text(out), true
			}
		}
		out := text[d.Next:]
		d.Next = len(text)
		return value.Text(out), true
	}
	o := s.Obj(d.Of.ID())
	switch o.Class {
	case value.MapObject:
		for d.Next < len(o.Elems) && o.Elems[d.Next].Kind() == value.Absent {
			d.Next += 2
		}
		if d.Next >= len(o.Elems) {
			return value.Undef, false
		}
		k, v := o.Elems[d.Next], o.Elems[d.Next+1]
		d.Next += 2
		return m.entry(s, d.Kind, k, v), true
	case value.SetObject:
		for d.Next < len(o.Elems) && o.Elems[d.Next].Kind() == value.Absent {
			d.Next++
		}
		if d.Next >= len(o.Elems) {
			return value.Undef, false
		}
		v := o.Elems[d.Next]
		d.Next++
		return m.entry(s, d.Kind, v, v), true
	}
	if d.Next >= len(o.Elems) {
		return value.Undef, false
	}
	v := o.Elems[d.Next]
	if v.Kind() == value.Absent {
		v = value.Undef
	}
	d.Next++
	return m.entry(s, d.Kind, value.Num(float64(d.Next-1)), v), true
}

func (m *Machine) entry(s *state.State, kind string, k, v value.Value) value.Value {
	switch kind {
	case "keys":
		return k
	case "entries":
		return m.Array(s, []value.Value{k, v})
	}
	return v
}

func (m *Machine) iterNext(s *state.State, f *value.Frame, i *ir.Instr) {
	it, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	if it.Kind() == value.Open {
		m.openNext(s, it, i)
		return
	}
	o := s.Obj(it.ID())
	if d, is := o.Data.(*value.Iterator); is && d.Of.IsObject() && !m.whole(s, d.Of) {
		return
	}
	if d, is := o.Data.(*value.Iterator); is && o.Proto != m.Realm.ForIn {
		if d.Of.IsObject() {
			if of := s.Obj(d.Of.ID()); of.Rest != nil && d.Next >= len(of.Elems) {
				m.openNext(s, value.OpenOf(of.Rest), i)
				return
			}
		}
		if v, ok := m.Step(s, it); ok {
			store(s, i, v)
		} else {
			atEnd(s, i)
		}
		return
	} else if is {
		m.forInNext(s, it, d, i)
		return
	}
	m.call(s, m.Realm.Helper("iterNext"), value.Undef, []value.Value{it}, value.Return{Kind: value.ToBranch}, i.Node)
}

// atEnd goes on where an iterator has no more.
func atEnd(s *state.State, i *ir.Instr) {
	f := s.Frame()
	if i.Dst != ir.None {
		f.Regs[i.Dst] = value.Undef
	}
	f.PC = i.N
}

// openNext is the next value of something that is not known, or its end.
func (m *Machine) openNext(s *state.State, it value.Value, i *ir.Instr) {
	m.many(s)
	more, end := s.Fork(), s
	atEnd(end, i)
	store(more, i, m.Item(s, it.Term(), ""))
	m.Parts([]*state.State{more, end})
}

func (m *Machine) iterClose(s *state.State, f *value.Frame, i *ir.Instr) {
	it := s.Resolve(f.Regs[i.A])
	if it.IsObject() {
		if _, own := s.Obj(it.ID()).Data.(*value.Iterator); !own {
			quiet := i.N == 1
			if i.B != ir.None {
				kind, ok := m.decided(s, f.Regs[i.B])
				if !ok {
					return
				}
				quiet = quiet || kind.Kind() == value.Number && kind.Num() == 1
			}
			m.call(s, m.Realm.Helper("iterClose"), value.Undef, []value.Value{it, value.BoolOf(quiet)}, value.Return{Kind: value.ToNothing}, i.Node)
			return
		}
	}
	next(s)
}

// iterResult takes a result of an iterator apart.
func (m *Machine) iterResult(s *state.State, f *value.Frame, i *ir.Instr) {
	r, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	if r.IsPrimitive() {
		m.Throw(s, "TypeError", "Iterator result is not an object")
		return
	}
	done, ok := m.get(s, r, value.Named("done"))
	if !ok {
		return
	}
	v, ok := m.get(s, r, value.Named("value"))
	if !ok {
		return
	}
	end := func(s *state.State, over bool) {
		g := s.Frame()
		if i.Dst != ir.None {
			g.Regs[i.Dst] = v
		}
		g.PC++
		if over {
			g.PC = i.N
		}
	}
	if done, ok = m.decided(s, done); !ok {
		return
	}
	if truth, known := done.Truthy(); known {
		end(s, truth)
		return
	}
	m.many(s)
	other := s.Fork()
	end(s, true)
	end(other, false)
	m.Parts([]*state.State{other, s})
}

func (m *Machine) forIn(s *state.State, f *value.Frame, i *ir.Instr) {
	v, ok := m.decided(s, f.Regs[i.A])
	if !ok {
		return
	}
	if v.Kind() == value.Open {
		store(s, i, m.Table.Derived("keys", "", "", v))
		return
	}
	if v.IsObject() && s.Obj(v.ID()).Class == value.ProxyObject {
		m.call(s, m.Realm.Helper("forInProxy"), value.Undef, []value.Value{v}, value.Return{}, i.Node)
		return
	}
	var names []value.Value
	seen := map[string]bool{}
	if v.Kind() == value.String {
		v = m.box(s, v)
	}
	var rest *value.Term
	for at := v; at.IsObject(); {
		for _, k := range m.OwnKeys(s, at) {
			if k.Sym != nil || seen[k.Name] {
				continue
			}
			seen[k.Name] = true
			if p, ok := m.own(s, at, k); ok && p.Flags&value.Hidden == 0 {
				names = append(names, value.Text(k.Name))
			}
		}
		o := s.Obj(at.ID())
		if o.Rest != nil {
			rest = o.Rest
		}
		at = s.Resolve(o.Proto)
	}
	list := m.Array(s, names)
	if rest != nil {
		s.Edit(list.ID()).Rest = m.Table.Derived("keys", "", "", value.OpenOf(rest)).Term()
	}
	store(s, i, m.Alloc(s, &value.Obj{Class: value.IteratorObject, Proto: m.Realm.ForIn, Data: &value.Iterator{Of: list, Kind: "values"}, Elems: []value.Value{v}}))
}

// forInNext skips the names that have been deleted.
func (m *Machine) forInNext(s *state.State, it value.Value, d *value.Iterator, i *ir.Instr) {
	of := s.Obj(d.Of.ID())
	if of.Rest != nil && d.Next >= len(of.Elems) {
		m.openNext(s, value.OpenOf(of.Rest), i)
		return
	}
	over := s.Obj(it.ID()).Elems
	for {
		if n := s.Obj(it.ID()).Data.(*value.Iterator).Next; len(over) > 0 && n < len(of.Elems) {
			has, ok := m.Has(s, over[0], value.Named(of.Elems[n].Text()))
			if !ok {
				return
			}
			if has == value.False {
				m.Step(s, it)
				continue
			}
		}
		v, ok := m.Step(s, it)
		if !ok {
			atEnd(s, i)
			return
		}
		store(s, i, v)
		return
	}
}
