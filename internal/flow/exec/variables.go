package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// variables carries out what has to do with arguments, environments and globals; false if the instruction is none of these.
func (m *Machine) variables(s *state.State, f *value.Frame, i *ir.Instr) bool {
	switch i.Op {
	case ir.Arg:
		v := value.Undef
		if i.N < len(f.Args) {
			v = f.Args[i.N]
		}
		store(s, i, v)
	case ir.RestArgs:
		var rest []value.Value
		if i.N < len(f.Args) {
			rest = f.Args[i.N:]
		}
		store(s, i, m.Array(s, rest))
	case ir.Arguments:
		o := &value.Obj{Class: value.ArgumentsObject, Proto: m.Realm.Object, Elems: append([]value.Value(nil), f.Args...)}
		o.Define(value.Prop{Key: value.Named("length"), Value: value.Num(float64(len(f.Args))), Flags: value.Hidden})
		o.Define(value.Prop{Key: value.Key{Sym: m.Realm.Iterator}, Value: m.Realm.ArrayValues, Flags: value.Hidden})
		store(s, i, m.Alloc(s, o))
	case ir.This:
		store(s, i, f.This)
	case ir.NewTarget:
		store(s, i, f.NewTarget)
	case ir.Callee:
		store(s, i, f.Func)
	case ir.PushEnv:
		// A module's environment may be there already, with what whoever loaded it has put in.
		if f.PC != 0 || f.Code != f.Code.Module.Top || f.Env == 0 {
			m.pushEnv(s, i.N)
		}
		next(s)
	case ir.PopEnv:
		up := f.Env
		if o := s.Obj(up); !isGivenUp(o) {
			up = o.Proto.ID()
		}
		g := s.Frame()
		g.Env = up
		g.PC++
	case ir.CopyEnv:
		old := s.Obj(f.Env)
		if isGivenUp(old) {
			next(s)
			return true
		}
		env := m.Alloc(s, &value.Obj{Class: value.EnvObject, Proto: old.Proto, Elems: append([]value.Value(nil), old.Elems...)})
		g := s.Frame()
		g.Env = env.ID()
		g.PC++
	case ir.SaveEnv:
		store(s, i, value.Ref(f.Env))
	case ir.RestoreEnv:
		g := s.Frame()
		g.Env = g.Regs[i.A].ID()
		g.PC++
	case ir.LoadEnv:
		id, ok := m.env(s, f, i.N)
		if !ok {
			return true
		}
		o := s.Obj(id)
		if isGivenUp(o) {
			store(s, i, value.OpenOf(o.Rest))
			return true
		}
		v := o.Elems[i.M]
		if v.Kind() == value.Uninit {
			m.Throw(s, "ReferenceError", "Cannot access '"+i.Name+"' before initialization")
			return true
		}
		store(s, i, v)
	case ir.StoreEnv, ir.InitEnv:
		id, ok := m.env(s, f, i.N)
		if !ok {
			return true
		}
		if isGivenUp(s.Obj(id)) {
			next(s) // whatever is read of it is open
			return true
		}
		if i.Op == ir.StoreEnv && s.Obj(id).Elems[i.M].Kind() == value.Uninit {
			m.Throw(s, "ReferenceError", "Cannot access '"+i.Name+"' before initialization")
			return true
		}
		v := reg(f, i.A)
		e := s.Edit(id)
		if e.Many {
			v = m.eitherOf(s, i.Name, e.Elems[i.M], v)
		}
		e.Elems[i.M] = v
		next(s)
	case ir.CheckInit:
		if f.Regs[i.A].Kind() == value.Uninit {
			m.Throw(s, "ReferenceError", "Cannot access '"+i.Name+"' before initialization")
			return true
		}
		next(s)
	case ir.Uninit:
		store(s, i, value.NotInit)
	case ir.LoadGlobal:
		m.loadGlobal(s, f, i)
	case ir.StoreGlobal:
		if i.N == ir.OfThis {
			if m.set(s, f.This, value.Named(i.Name), f.Regs[i.A], f.This, false) {
				next(s)
			}
			return true
		}
		if i.N == 1 {
			if _, ok := m.own(s, m.Realm.Global, value.Named(i.Name)); !ok {
				if _, ok := m.Host.Global(s, i.Name); !ok {
					m.Throw(s, "ReferenceError", i.Name+" is not defined")
					return true
				}
			}
		}
		if m.set(s, m.Realm.Global, value.Named(i.Name), f.Regs[i.A], m.Realm.Global, false) {
			next(s)
		}
	case ir.LoadImport:
		v := m.Host.Import(s, f.Code.Module, i.N)
		if v.Kind() == value.Uninit {
			m.Throw(s, "ReferenceError", "Cannot access '"+i.Name+"' before initialization")
			return true
		}
		store(s, i, v)
	default:
		return false
	}
	return true
}

func (m *Machine) pushEnv(s *state.State, slots int) {
	elems := make([]value.Value, slots)
	for n := range elems {
		elems[n] = value.NotInit
	}
	f := s.Frame()
	up := value.Nil
	if f.Env != 0 {
		up = value.Ref(f.Env)
	}
	f.Env = m.Alloc(s, &value.Obj{Class: value.EnvObject, Proto: up, Elems: elems}).ID()
}

// isGivenUp reports whether an environment is one of which nothing is known any more: paths that met had too many of them.
func isGivenUp(env *value.Obj) bool { return env.Class != value.EnvObject }

// env is the environment n up, or one on the way that was given up; false if the state was split to tell which.
func (m *Machine) env(s *state.State, f *value.Frame, n int) (value.ID, bool) {
	id := f.Env
	for {
		if !m.whole(s, value.Ref(id)) {
			return 0, false
		}
		if n == 0 || isGivenUp(s.Obj(id)) {
			return id, true
		}
		id = s.Obj(id).Proto.ID()
		n--
	}
}

func (m *Machine) loadGlobal(s *state.State, f *value.Frame, i *ir.Instr) {
	switch i.N {
	case ir.OfThis:
		if v, ok := m.get(s, f.This, value.Named(i.Name)); ok {
			store(s, i, v)
		}
		return
	case ir.OfInput:
		store(s, i, value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "input", Name: i.Name})))
		return
	}
	switch i.Name {
	case "undefined":
		store(s, i, value.Undef)
		return
	case "NaN":
		store(s, i, value.NaN)
		return
	}
	if p, ok := m.own(s, m.Realm.Global, value.Named(i.Name)); ok {
		if v, ok := m.valueOf(s, p, m.Realm.Global); ok {
			store(s, i, v)
		}
		return
	}
	if v, ok := m.Host.Global(s, i.Name); ok {
		store(s, i, v)
		return
	}
	if i.N == 1 {
		store(s, i, value.Undef)
		return
	}
	m.Throw(s, "ReferenceError", i.Name+" is not defined")
}
