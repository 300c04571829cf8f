package exec

// Making functions and classes.

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// closure makes a function.
func (m *Machine) closure(s *state.State, f *value.Frame, i *ir.Instr) value.Value {
	c := &value.Closure{Code: i.Fn, Env: f.Env}
	proto := m.Realm.Function
	switch {
	case i.Fn.Async && i.Fn.Generator:
		proto = m.Realm.AsyncGeneratorFunction
	case i.Fn.Generator:
		proto = m.Realm.GeneratorFunction
	case i.Fn.Async:
		proto = m.Realm.AsyncFunction
	}
	if i.B != ir.None {
		c.Home = f.Regs[i.B]
	}
	if i.Fn.Arrow {
		c.This, c.NewTarget, c.Home, c.Func = f.This, f.NewTarget, f.Home, f.Func
	}
	o := &value.Obj{Class: value.FunctionObject, Proto: proto, Fn: c}
	if i.Name != "" && i.Fn.Name == "" {
		o.Define(value.Prop{Key: value.Named("name"), Value: value.Text(i.Name), Flags: value.Hidden | value.ReadOnly})
	}
	return m.Alloc(s, o)
}

// class makes a class and its prototype object.
func (m *Machine) class(s *state.State, f *value.Frame, i *ir.Instr) {
	proto, parent := m.Realm.Object, m.Realm.Function
	if i.A != ir.None {
		v, ok := m.decided(s, f.Regs[i.A])
		if !ok {
			return
		}
		switch {
		case v.Kind() == value.Null:
			proto = value.Nil
		case v.Kind() == value.Open:
			parent, proto = v, m.Table.Derived("get", "prototype", "object", v)
		case m.function(s, v) == nil:
			m.Throw(s, "TypeError", "Class extends value is not a constructor or null")
			return
		default:
			parent = v
			p, ok := m.get(s, v, value.Named("prototype"))
			if !ok {
				return
			}
			proto = s.Resolve(p)
		}
	}
	p := m.Alloc(s, &value.Obj{Proto: proto})
	c := &value.Closure{Code: i.Fn, Env: f.Env, Home: p}
	o := &value.Obj{Class: value.FunctionObject, Proto: parent, Fn: c}
	o.Define(value.Prop{Key: value.Named("prototype"), Value: p, Flags: value.Hidden | value.ReadOnly | value.Pinned})
	v := m.Alloc(s, o)
	s.Edit(p.ID()).Define(value.Prop{Key: value.Named("constructor"), Value: v, Flags: value.Hidden})
	g := s.Frame()
	g.Regs[i.C] = p
	store(s, i, v)
}

func (m *Machine) setName(s *state.State, f *value.Frame, i *ir.Instr) {
	v := s.Resolve(f.Regs[i.A])
	if o := m.function(s, v); o != nil && o.Fn != nil && o.Fn.Code != nil && o.Fn.Code.Name == "" && o.Props.Get(value.Named("name")) == nil {
		name := i.Name
		if name == "" && i.B != ir.None {
			if k, ok := KeyOf(s.Resolve(f.Regs[i.B])); ok {
				if name = k.Name; k.Sym != nil {
					name = "[" + k.Sym.Description + "]"
				}
			}
		}
		switch i.M {
		case ir.DefineGetter:
			name = "get " + name
		case ir.DefineSetter:
			name = "set " + name
		}
		s.Edit(v.ID()).Define(value.Prop{Key: value.Named("name"), Value: value.Text(name), Flags: value.Hidden | value.ReadOnly})
	}
	next(s)
}
