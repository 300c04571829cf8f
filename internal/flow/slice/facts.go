package slice

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
)

// facts are the names in a function, without those within it.
type facts struct {
	within *ir.Func
	// names are those that it takes something from, writes those that it puts something under.
	names  map[string]bool
	writes map[string]bool
	// into are the names of what it writes properties of.
	into map[string]bool
	// tested are the names that decide where it goes on, waited for or not; callees those that it calls.
	tested, callees map[string]bool
	// returned are the names that its result is made of.
	returned map[string]bool
	// handed are the names that the arguments of calls are made of, by the names that are called.
	handed map[string]map[string]bool
	// settles tells that it calls what settles a promise, which somebody has kept.
	settles bool
	// opens counts the calls that open a page, mentioned all that is said of functions which do; urls are the texts that may be where a page is.
	opens, mentioned int
	urls             []string
	// calls are what it calls, gives the names that it hands to calls.
	calls []held
	gives []string
	// params are the variables that its arguments are put into.
	params map[string]bool
	// wild tells that it writes an object that nobody knows, anywhere that it writes something under a name that is computed: if that matters, it does so
	// by itself.
	wild, anywhere bool
	// goes are the names that the function goes under.
	goes []string
}

// settles are the methods by which code goes on when what they are called on has an outcome.
var settles = map[string]bool{"then": true, "catch": true, "finally": true}

// mutators are the methods by which collections change.
var mutators = map[string]bool{
	"push": true, "unshift": true, "pop": true, "shift": true, "splice": true, "sort": true, "reverse": true, "fill": true, "copyWithin": true,
	"set": true, "add": true, "delete": true, "clear": true,
}

// reader reads the names in a function's code.
type reader struct {
	s  *Slice
	f  *ir.Func
	o  *origins
	x  *facts
	pc int
	// tests, callees, returns and into are the nodes of what the facts of those names say.
	tests, callees, returns, into []int
	// puts are the names that objects which are made here have something put under, by the node.
	puts map[int][]string
	// shown are the objects that only the platform reads.
	shown map[int]bool
}

// newFacts reads the names in a function's code.
func (s *Slice) newFacts(f *ir.Func) *facts {
	r := &reader{
		s: s, f: f, o: newOrigins(f), puts: map[int][]string{}, shown: map[int]bool{},
		x: &facts{within: f.Outer, names: map[string]bool{}, writes: map[string]bool{}, into: map[string]bool{}, tested: map[string]bool{}, callees: map[string]bool{}, returned: map[string]bool{}, handed: map[string]map[string]bool{}, params: map[string]bool{}},
	}
	for pc := range f.Code {
		r.pc = pc
		r.o.come(pc)
		r.instruction(&f.Code[pc])
		r.o.leave(pc)
	}
	for n, names := range r.puts {
		if !r.shown[n] {
			r.write(names)
		}
	}
	r.o.names(r.tests, r.x.tested)
	r.o.names(r.callees, r.x.callees)
	r.o.names(r.returns, r.x.returned)
	r.o.names(r.into, r.x.into)
	for _, c := range r.o.calls {
		r.hands(c)
	}
	return r.x
}

// hands notes what a call is handed.
func (r *reader) hands(c called) {
	if c.callee == none {
		return
	}
	handed := map[string]bool{}
	r.o.names(c.args, handed)
	for _, name := range r.o.loaded(c.callee) {
		if r.x.handed[name] == nil {
			r.x.handed[name] = map[string]bool{}
		}
		for n := range handed {
			r.x.handed[name][n] = true
		}
	}
}

func (r *reader) write(names []string) {
	for _, name := range names {
		r.x.writes[name] = true
	}
}

func (r *reader) instruction(i *ir.Instr) {
	names := r.namesOf(i)
	this := i.Op == ir.This || i.Op == ir.LoadEnv && r.s.these[names[0]]
	switch i.Op {
	case ir.Define:
		if n := r.o.node(i.A); n != none && r.o.nodes[n].object {
			r.puts[n] = append(r.puts[n], names...)
		} else {
			r.write(names)
		}
	case ir.Set, ir.SetElem, ir.StoreEnv, ir.InitEnv, ir.StoreGlobal, ir.SetSuper, ir.Delete:
		r.write(names)
		if i.Op == ir.Set && i.Name == instanceData {
			r.x.writes[ofThis] = true
		}
		if i.Op == ir.Set || i.Op == ir.SetElem {
			r.into = r.o.add(r.into, i.A)
		}
	case ir.JumpIf, ir.JumpIfNot, ir.JumpNullish, ir.JumpUndefined, ir.Iter, ir.ForIn, ir.Await:
		r.tests = r.o.add(r.tests, i.A)
	case ir.Call, ir.CallSpread, ir.New, ir.NewSpread:
		r.call(i)
	case ir.Return:
		r.returns = r.o.add(r.returns, i.A)
	case ir.Get:
		if !r.o.isThis(i.A) {
			break
		}
		if i.Name == instanceData {
			names = []string{ofThis}
		} else if own := r.s.own(r.f.Module, i.Name); own != "" {
			names = []string{own}
		}
	}
	if i.Op == ir.Const && len(names) > 1 {
		r.write(names) // a path that setData writes
	}
	r.opener(i, names)
	if !writesOnly(i.Op) {
		for _, name := range names {
			r.x.names[name] = true
		}
	}
	r.o.execute(i, names, this)
}

// instanceData is the property in which native pages and components have their data, ofThis the name of that of this: of literals, those with
// such a property are mostly others, what requests send and answers bring.
const (
	instanceData = "data"
	ofThis       = "this.data"
)

func (r *reader) call(i *ir.Instr) {
	callee := r.o.node(i.A)
	if callee == none {
		return
	}
	r.callees = append(r.callees, callee)
	names := r.o.loaded(callee)
	if slices.ContainsFunc(names, r.s.opens) {
		r.x.opens++
	}
	if slices.ContainsFunc(names, func(name string) bool { return settles[name] }) {
		r.tests = r.o.add(r.tests, i.B)
	}
	if on := r.o.node(i.B); on != none && slices.ContainsFunc(names, func(name string) bool { return mutators[name] }) {
		r.write(r.o.loaded(on))
	}
	if len(i.Args) > 0 && slices.Contains(names, "assign") {
		r.into = r.o.add(r.into, i.Args[0]) // Object.assign
	}
	if on := r.o.node(i.B); on != none && i.Op == ir.Call && r.platform(on) {
		for _, a := range i.Args {
			if n := r.o.node(a); n != none {
				r.shown[n] = true
			}
		}
	}
	r.o.call(i)
}

// opener notes what may open a page.
func (r *reader) opener(i *ir.Instr, names []string) {
	if text, _ := i.Const.(string); i.Op == ir.Const && strings.Contains(text, "/") {
		r.x.urls = append(r.x.urls, text)
	}
	if !writesOnly(i.Op) && slices.ContainsFunc(names, r.s.opens) {
		r.x.mentioned++
	}
}

// platform reports whether a node is the platform's object, or one within it.
func (r *reader) platform(n int) bool {
	for range 4 {
		x := &r.o.nodes[n]
		if slices.ContainsFunc(x.names, func(name string) bool { return r.s.platform[name] }) {
			return true
		}
		if len(x.uses) != 1 || len(x.names) == 0 && !x.copy {
			return false
		}
		n = x.uses[0]
	}
	return false
}

// writesOnly reports whether an instruction puts something under its name and takes nothing from there: whoever does only that
// calls nothing that goes by the name. The function that it puts there stands within it, or is mentioned where it is taken from.
func writesOnly(op ir.Op) bool {
	switch op {
	case ir.Define, ir.Set, ir.InitEnv, ir.StoreEnv, ir.StoreGlobal, ir.Closure, ir.Class:
		return true
	}
	return false
}

// namesOf are the names that an instruction mentions.
func (r *reader) namesOf(i *ir.Instr) []string {
	switch i.Op {
	case ir.LoadEnv, ir.StoreEnv, ir.InitEnv:
		return []string{r.s.variable(r.f, i.Name)}
	case ir.Iter:
		return []string{tuple(r.f, r.pc)}
	}
	return namesOf(r.f, i)
}

// namesOf are the names that an instruction mentions. A text that is a path or a list of names ("user.name", "list[0]", "a, b") mentions its
// parts, too.
func namesOf(f *ir.Func, i *ir.Instr) []string {
	name := i.Name
	switch i.Op {
	case ir.Unary, ir.Binary, ir.ThrowError, ir.RegExp, ir.Intrinsic, ir.GiveUp:
		return nil
	case ir.Const:
		name, _ = i.Const.(string)
		if strings.Contains(strings.ReplaceAll(name, ", ", ","), " ") {
			return nil // words for people
		}
	case ir.LoadImport:
		m := f.Module.Imports[i.N]
		return []string{m.Local, importedAs(m)}
	}
	switch {
	case name == "":
		return nil
	case len(name) > longestPath || !strings.ContainsAny(name, ".[, "):
		return []string{name}
	}
	return append(Parts(name), name)
}

// longestPath is how long a text may be, in bytes, to be taken for a path.
const longestPath = 200

// Parts are the names in a path or a list of paths.
func Parts(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[], *", r) })
}
