package slice

import (
	"maps"
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Slice tells which functions of a program matter.
type Slice struct {
	o     Options
	funcs map[*ir.Func]*facts
	names
	// called are the names under which functions that matter go; read those that their tests read, asked those whose results they test.
	called, read, asked map[string]bool
	// shown are the names that calls which decide nothing by it are given: who writes into such a thing says what that is. gives are the names of
	// functions that may hand on to such a call what they are given.
	shown, gives map[string]bool
	matters      map[*ir.Func]bool
	// reaches are those of them that lead to calls of interest; tells are others, which write what such calls are given.
	reaches, tells map[*ir.Func]bool
	// captured remembers [Slice.Captured].
	captured map[*ir.Func][]int
}

// names are what a program's names say, whatever matters.
type names struct {
	// aliases are the names that something goes under besides the one it is known by: what is put into a variable or property by a name. written are
	// the same by the names as they are written.
	aliases, written map[string]map[string]bool
	// declared are the names of the variables that functions declare, by the names as they are written; these are the variables that hold this.
	declared map[*ir.Func]map[string]string
	these    map[string]bool
	// methods are those that modules of instances define, defined the names of all methods.
	methods map[*ir.Module]map[string]bool
	defined map[string]bool
	// platform are the names of the platform's objects.
	platform map[string]bool
	// handed are the names by which calls hand something over, listed the arguments of functions that lists call with their elements.
	handed, listed map[string]bool
	// tuples are what goes with what names hold.
	tuples map[string][]string
	// executors are the arguments that settle a promise, settlers the names that hold such.
	executors, settlers map[string]bool
}

func newNames() names {
	return names{
		aliases: map[string]map[string]bool{}, written: map[string]map[string]bool{}, declared: map[*ir.Func]map[string]string{}, these: map[string]bool{},
		methods: map[*ir.Module]map[string]bool{}, defined: map[string]bool{}, platform: map[string]bool{}, handed: map[string]bool{}, listed: map[string]bool{},
		tuples: map[string][]string{}, executors: map[string]bool{}, settlers: map[string]bool{},
	}
}

// Link says something that the code of a program does not: if one of the names From matters, or the function Func, then so do those who call
// one of Calls, and those who write one of Writes.
type Link struct {
	From          []string
	Func          *ir.Func
	Calls, Writes []string
}

// Options are what is known of a program besides its code.
type Options struct {
	// Tests are modules, among the others or not, whose values decide whether code that matters runs at all.
	Tests []*ir.Module
	Links []Link
	// Calls are the names of the calls of interest.
	Calls []string
	// Fills tells that who writes into what a call of interest is given matters, where nothing else would be known of that: state that is kept in objects which
	// functions capture.
	Fills bool
	// Instances are the modules that define pages, components and the app: what code there calls on this is the module's own, if that defines it.
	Instances []*ir.Module
	Pages     Pages
	// Path is the file of a module.
	Path func(*ir.Module) string
	// Platform are the names of the platform's objects: what only their methods are given is read by nobody else.
	Platform []string
	// Writers are the names of functions that write what they are given, under names that their own code does not say.
	Writers []string
}

// New slices a program.
func New(modules []*ir.Module, o Options) *Slice {
	s := &Slice{
		o: o, funcs: map[*ir.Func]*facts{}, names: newNames(), called: map[string]bool{}, read: map[string]bool{}, asked: map[string]bool{},
		shown: map[string]bool{}, gives: map[string]bool{}, matters: map[*ir.Func]bool{}, reaches: map[*ir.Func]bool{}, tells: map[*ir.Func]bool{}, captured: map[*ir.Func][]int{},
	}
	for _, name := range o.Calls {
		s.called[name] = true
	}
	for _, name := range o.Platform {
		s.platform[name] = true
	}
	s.variables(modules)
	for _, m := range o.Instances {
		s.findMethods(m)
	}
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.funcs[f] = s.newFacts(f)
			s.dropped(f)
		}
	}
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.name(f)
		}
		s.exports(m)
	}
	s.takeOut()
	s.handOver()
	s.takeOut()
	s.readCalls()
	s.handOn()
	for _, m := range o.Tests {
		for _, name := range Names(m) {
			s.read[name], s.asked[name] = true, true
		}
	}
	calls := sortedNames(s.called)
	s.spread(modules)
	s.reach(calls)
	s.tell()
	return s
}

func sortedNames(set map[string]bool) []string {
	return slices.Sorted(maps.Keys(set))
}

// variables finds the variables of some modules that functions capture.
func (s *Slice) variables(modules []*ir.Module) {
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.declare(f)
			s.define(f)
		}
	}
	others := map[string]bool{}
	for _, m := range modules {
		for _, f := range m.Funcs {
			s.findThis(f, others)
		}
	}
	for name := range others {
		delete(s.these, name)
	}
}

// Names are the names that the code of a module mentions.
func Names(m *ir.Module) []string {
	var out []string
	for _, f := range m.Funcs {
		for n := range f.Code {
			out = append(out, namesOf(f, &f.Code[n])...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Matters reports whether a function can matter.
func (s *Slice) Matters(f *ir.Func) bool { return s.matters[f] }

// Captured are the slots of environments around a function, by their numbers, from which it or a function within it loads what a function around it was
// handed: a decorator's wrapper calls what the decorator was given, under no name that leads to it.
func (s *Slice) Captured(f *ir.Func) []int {
	if slots, ok := s.captured[f]; ok {
		return slots
	}
	var slots []int
	if f.Outer != nil {
		for _, g := range f.Module.Funcs {
			if !encloses(f, g) {
				continue
			}
			for k := range g.Code {
				if i := &g.Code[k]; i.Op == ir.LoadEnv && !slices.Contains(slots, i.M) && s.handedAround(f, s.variable(g, i.Name)) {
					slots = append(slots, i.M)
				}
			}
		}
	}
	s.captured[f] = slots
	return slots
}

// handedAround reports whether a name is that of a parameter of a function around another.
func (s *Slice) handedAround(f *ir.Func, name string) bool {
	for g := f.Outer; g != nil; g = g.Outer {
		if x := s.funcs[g]; x != nil && x.params[name] {
			return true
		}
	}
	return false
}

// encloses reports whether g is f or stands within it.
func encloses(f, g *ir.Func) bool {
	for ; g != nil; g = g.Outer {
		if g == f {
			return true
		}
	}
	return false
}

// Alias reports whether something is put under a name that goes by another: const ask = wx.authorize, { ask: promisify(wx.authorize) }.
func (s *Slice) Alias(name, of string) bool { return s.written[name][of] }

// spreadNames lets names matter because of others, and reports whether some do now.
func (s *Slice) spreadNames() bool {
	changed := false
	add := func(set map[string]bool, names []string) {
		for _, name := range names {
			if !set[name] {
				set[name], changed = true, true
			}
		}
	}
	for name, of := range s.aliases {
		for from := range of {
			if !s.called[name] && s.called[from] {
				add(s.called, []string{name})
			}
			if s.read[name] && !s.read[from] {
				add(s.read, []string{from})
			}
			if s.asked[name] && !s.asked[from] {
				add(s.asked, []string{from})
			}
			if s.shown[name] && !s.shown[from] {
				add(s.shown, []string{from})
			}
		}
	}
	for name, tuples := range s.tuples {
		if s.read[name] {
			add(s.read, tuples)
		}
	}
	for _, l := range s.o.Links {
		fires := l.Func != nil && s.matters[l.Func]
		for _, name := range l.From {
			fires = fires || s.called[name] || s.read[name]
		}
		if fires {
			add(s.called, l.Calls)
			add(s.read, l.Writes)
		}
	}
	return changed
}

// spread goes over all functions until nothing new matters.
func (s *Slice) spread(modules []*ir.Module) {
	for changed := true; changed; {
		changed = s.spreadNames()
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
		if callee == told || s.gives[callee] {
			for name := range names {
				changed = changed || !s.shown[name]
				s.shown[name] = true
			}
			for _, name := range s.funcs[f].goes {
				if f.Node != nil && len(f.Node.Params) > 0 {
					changed = changed || !s.gives[name]
					s.gives[name] = true
				}
			}
		}
		if !s.called[callee] || callee == told {
			continue
		}
		for name := range names {
			changed = changed || !s.read[name] || !s.asked[name]
			s.read[name], s.asked[name] = true, true
		}
	}
	return changed
}

// answers takes what the result of a function depends on for something that is read, if the function goes under a name that is.
func (s *Slice) answers(f *ir.Func) (changed bool) {
	x := s.funcs[f]
	asked := false
	for g := f; g != nil && !asked; g = g.Outer {
		asked = slices.ContainsFunc(s.funcs[g].goes, func(name string) bool { return s.asked[name] })
	}
	if !asked {
		return false
	}
	for _, names := range []map[string]bool{x.returned, x.tested} {
		for name := range names {
			changed = changed || !s.read[name] || !s.asked[name]
			s.read[name], s.asked[name] = true, true
		}
	}
	return changed
}

// told is the call of which nothing that it is handed decides anything.
const told = "join1v1Chat"

// Outside are the names that some functions write, and what they may run by its name: what has such a name is not known where those are not
// followed. Wild are those that write under names that nobody knows, by module.
func (s *Slice) Outside(funcs []*ir.Func) (names map[string]bool, wild map[*ir.Module]*ir.Func) {
	byName, within := map[string][]*ir.Func{}, map[*ir.Func][]*ir.Func{}
	for f, x := range s.funcs {
		for _, name := range x.goes {
			byName[name] = append(byName[name], f)
		}
		within[f.Outer] = append(within[f.Outer], f)
	}
	out, seen := map[string]bool{}, map[*ir.Func]bool{}
	wild = map[*ir.Module]*ir.Func{}
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
		if x.wild || x.anywhere {
			wild[f.Module] = f
		}
		todo = append(todo, within[f]...)
		for name := range x.names {
			todo = append(todo, byName[name]...)
		}
	}
	return out, wild
}

// touches reports whether a function mentions or writes what matters.
func (s *Slice) touches(f *ir.Func) bool {
	x := s.funcs[f]
	if x.settles || x.wild && len(s.read) > 0 {
		return true
	}
	if s.opensMatter(x) {
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
	for name := range x.into {
		if s.o.Fills && s.shown[name] {
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
			s.read[name], s.asked[name] = true, true
		}
		for name := range x.callees {
			s.read[name] = true
		}
	}
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
