package slice

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Slice tells which functions of a program matter.
type Slice struct {
	funcs map[*ir.Func]*facts
	// called are the names under which functions that matter go; read those that their tests read.
	called, read map[string]bool
	matters      map[*ir.Func]bool
}

// facts are the names in a function, without those within it.
type facts struct {
	within *ir.Func
	names  map[string]bool // mentioned
	writes map[string]bool
	tested map[string]bool
	// returned are the names that its result is made of.
	returned map[string]bool
	// handed are the names that the arguments of calls are made of, by the names that are called.
	handed map[string]map[string]bool
	// computed tells that it calls something by a name that is computed.
	computed bool
	// goes are the names that the function goes under.
	goes []string
}

// New slices a program for calls of the given names. Tests are modules, among the others or not, whose values decide whether code that matters
// runs at all.
func New(modules, tests []*ir.Module, calls ...string) *Slice {
	s := &Slice{funcs: map[*ir.Func]*facts{}, called: map[string]bool{}, read: map[string]bool{}, matters: map[*ir.Func]bool{}}
	for _, name := range calls {
		s.called[name] = true
	}
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.funcs[f] = newFacts(f)
			s.dropped(f)
		}
	}
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.name(f)
		}
	}
	for _, m := range tests {
		for _, f := range m.Funcs {
			for name := range newFacts(f).names {
				s.read[name] = true
			}
		}
	}
	s.spread(modules)
	return s
}

// Matters reports whether a function can matter.
func (s *Slice) Matters(f *ir.Func) bool { return s.matters[f] }

// spread goes over all functions until nothing new matters.
func (s *Slice) spread(modules []*ir.Module) {
	for changed := true; changed; {
		changed = false
		for _, m := range modules {
			for _, f := range m.Funcs {
				if !s.matters[f] && s.touches(f) {
					s.add(f)
					changed = true
				}
				changed = s.matters[f] && s.takeHanded(f) || changed
				changed = s.answers(f) || changed
			}
		}
	}
}

// takeHanded takes what calls that matter are handed for something that is read: what they ask for depends on it.
func (s *Slice) takeHanded(f *ir.Func) (changed bool) {
	for callee, names := range s.funcs[f].handed {
		if !s.called[callee] || callee == told {
			continue
		}
		for name := range names {
			changed = changed || !s.read[name]
			s.read[name] = true
		}
	}
	return changed
}

// answers takes what the result of a function depends on for something that is read, if the function goes under a name that is.
func (s *Slice) answers(f *ir.Func) (changed bool) {
	x := s.funcs[f]
	asked := false
	for g := f; g != nil && !asked; g = g.Outer {
		asked = slices.ContainsFunc(s.funcs[g].goes, func(name string) bool { return s.read[name] })
	}
	if !asked {
		return false
	}
	for _, names := range []map[string]bool{x.returned, x.tested} {
		for name := range names {
			changed = changed || !s.read[name]
			s.read[name] = true
		}
	}
	return changed
}

// told is the call of which nothing that it is handed decides anything.
const told = "join1v1Chat"

// Outside are the names that some functions write, and what they may run by its name: what has such a name is not known where those are not
// followed.
func (s *Slice) Outside(funcs []*ir.Func) map[string]bool {
	byName, within := map[string][]*ir.Func{}, map[*ir.Func][]*ir.Func{}
	for f, x := range s.funcs {
		for _, name := range x.goes {
			byName[name] = append(byName[name], f)
		}
		within[f.Outer] = append(within[f.Outer], f)
	}
	out, seen := map[string]bool{}, map[*ir.Func]bool{}
	todo := slices.Clone(funcs)
	for len(todo) > 0 {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		x := s.funcs[f]
		if x == nil || seen[f] {
			continue
		}
		seen[f] = true
		for name := range x.writes {
			out[name] = true
		}
		todo = append(todo, within[f]...)
		for name := range x.names {
			todo = append(todo, byName[name]...)
		}
	}
	return out
}

// touches reports whether a function mentions or writes what matters.
func (s *Slice) touches(f *ir.Func) bool {
	x := s.funcs[f]
	if x.computed {
		return true
	}
	for name := range x.names {
		if s.called[name] {
			return true
		}
	}
	for name := range x.writes {
		if s.read[name] {
			return true
		}
	}
	return false
}

// add takes a function, and those around it, for ones that matter.
func (s *Slice) add(f *ir.Func) {
	for ; f != nil && !s.matters[f]; f = f.Outer {
		s.matters[f] = true
		x := s.funcs[f]
		for _, name := range x.goes {
			s.called[name] = true
		}
		for name := range x.tested {
			s.read[name] = true
		}
	}
}

// newFacts reads the names in a function's code.
func newFacts(f *ir.Func) *facts {
	x := &facts{within: f.Outer, names: map[string]bool{}, writes: map[string]bool{}, tested: map[string]bool{}, returned: map[string]bool{}, handed: map[string]map[string]bool{}}
	o := newOrigins(f)
	var tests, returns []int
	for n := range f.Code {
		i := &f.Code[n]
		o.come(n)
		name := nameOf(i)
		switch i.Op {
		case ir.Set, ir.SetElem, ir.StoreEnv, ir.InitEnv, ir.StoreGlobal, ir.Define, ir.SetSuper, ir.Delete:
			if name != "" {
				x.writes[name] = true
			}
		case ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined, ir.Iter, ir.ForIn:
			tests = o.add(tests, i.A)
		case ir.Call, ir.CallSpread, ir.New, ir.NewSpread, ir.Await:
			// What is called, or waited for, decides as tests do.
			tests = o.add(tests, i.A)
			x.computed = x.computed || i.Op != ir.Await && i.A != ir.None && o.computed[o.now[i.A]]
			o.call(i)
		case ir.Return:
			returns = o.add(returns, i.A)
		}
		if name != "" {
			x.names[name] = true
		}
		o.execute(i, name)
	}
	o.names(tests, x.tested)
	o.names(returns, x.returned)
	for _, c := range o.calls {
		handed := map[string]bool{}
		o.names(c.args, handed)
		for _, name := range o.loads[c.callee] {
			if x.handed[name] == nil {
				x.handed[name] = map[string]bool{}
			}
			for n := range handed {
				x.handed[name][n] = true
			}
		}
	}
	return x
}

// dropped takes the calls of interest for mentioned that stand where nothing leads to, and that the lowering has left out: a function that
// always stops before its call is followed to tell where.
func (s *Slice) dropped(f *ir.Func) {
	if f.Node == nil {
		return
	}
	script.Walk(f.Node, func(n script.Node) bool {
		if g, ok := n.(*script.Func); ok && g != f.Node {
			return false
		}
		if m, ok := n.(*script.Member); ok && s.called[m.Name] {
			s.funcs[f].names[m.Name] = true
		}
		return true
	})
}

// nameOf is the name that an instruction mentions.
func nameOf(i *ir.Instr) string {
	switch i.Op {
	case ir.Unary, ir.Binary, ir.ThrowError, ir.RegExp, ir.Intrinsic, ir.GiveUp:
		return ""
	case ir.Const:
		s, _ := i.Const.(string)
		return s
	}
	return i.Name
}

// name finds the names that the functions made in a function go under: their own, and those of the properties and variables that they
// are put into at once.
func (s *Slice) name(f *ir.Func) {
	made := map[ir.Reg]*ir.Func{}
	for n := range f.Code {
		i := &f.Code[n]
		switch i.Op {
		case ir.Closure, ir.Class:
			made[i.Dst] = i.Fn
			s.goesAs(i.Fn, i.Fn.Name, i.Name)
			continue
		case ir.Move:
			if g := made[i.A]; g != nil {
				made[i.Dst] = g
				continue
			}
		case ir.Define:
			s.goesAs(made[i.C], i.Name)
		case ir.Set, ir.SetFields:
			s.goesAs(made[i.B], i.Name)
		case ir.InitEnv, ir.StoreEnv, ir.StoreGlobal:
			s.goesAs(made[i.A], i.Name)
		}
		if i.Dst != ir.None {
			delete(made, i.Dst)
		}
	}
}

func (s *Slice) goesAs(f *ir.Func, names ...string) {
	if f == nil {
		return
	}
	for _, name := range names {
		if name != "" {
			s.funcs[f].goes = append(s.funcs[f].goes, name)
		}
	}
}
