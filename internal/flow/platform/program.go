package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Program is a project on the platform: the host of the machine that executes it, and what an explorer explores.
type Program struct {
	// Sites are the calls of reported functions that were come by.
	Sites []*Site
	// Asked are the scopes that some path asks for; Enables and Disables tell whether some path enables with success, or switches off.
	Asked Held
	// Written are the scopes that authorizations ask for by their text, whether or not a path comes by.
	Written           Held
	Enables, Disables bool
	// TellsDevice tells that some test shows that the program does not run in DevTools.
	TellsDevice bool
	// Unstarted tells that the start of the program was not followed to its end.
	Unstarted bool
	// Failures are the files that cannot be parsed.
	Failures []*ParseFailure

	// Trace is told what happens, for people who look into an analysis; nil for nobody.
	Trace func(string)

	project *miniprogram.Project
	machine *exec.Machine
	table   *value.Table
	base    *state.State

	// parse bounds each file.
	parse script.Limits

	// framework is what the code means; nil for a program of the platform's own. made is its prelude, numbers are the units by their scripts.
	framework *Framework
	libraries []*Library
	made      *module
	numbers   map[*miniprogram.Script]int

	modules map[*miniprogram.Script]*module
	// loaded are the modules of the project's files, in the order in which they were loaded.
	loaded      []*module
	byCode      map[*ir.Module]*module
	prelude     *module
	helpers     map[string]value.Value
	wx          value.Value
	storage     value.ID
	registry    []*registration
	attributes  map[*miniprogram.Attribute]value.Value
	expressions map[*miniprogram.Script]value.Value
	inlines     map[*miniprogram.Script]value.Value
	packages    map[string]*module
	vouched     Vouched
	units       map[*miniprogram.Unit]*instance
	// app is the object that getApp returns.
	app     value.Value
	users   map[*miniprogram.Unit][]*miniprogram.Unit
	loading bool
	// begins tells that the program is being started.
	begins bool
	// starting is the unit whose file is loaded, or which is made.
	starting *miniprogram.Unit
	sliced   *slice.Slice
	// leftovers are what the start of the program has begun and not ended.
	leftovers []leftover

	// aside are the functions that entry points would run and that cannot matter.
	aside     []value.Value
	asideCode []*ir.Func
	// leaves are the entry points that are left out because it is too much to follow them, left what they run.
	leaves  map[string]bool
	leftOut []leftOut
	stops
	// caughtBy are the failures that a compiler's runtime has caught, by the contexts of its functions.
	caughtBy map[*value.Ctx]int
	// unseen are the calls, by the name of a reported function, of something that is not known.
	unseen map[script.Node]bool
	// outsides are the terms of what such code writes, by their numbers.
	outsides map[int]bool

	// left is what entry points have left by now; nil before any was followed.
	left *state.State

	entry string
	// arguing is the state in which the arguments of an entry point are made.
	arguing *state.State
	// watching is what a path that is followed alone is to show; nil otherwise.
	watching *watch
	causes   map[value.Cause]*value.Cause
	natives  map[function]*value.Native
	starts   map[string][]Start
	// gated are the entry points that run only where a template shows what they are bound to; opened those that were found to be shown, ungated
	// those that run regardless, since what sets the conditions is not known.
	gated                     []string
	opened, ungated, reopened map[string]bool
	// setUp are what holds when the units are there whose code waits for something before they are.
	setUp map[*miniprogram.Unit]*[]Start
	// bound are the bindings of templates.
	bound map[*miniprogram.Template][]miniprogram.Binding
	// through are what the requests of host objects go through, by the objects' names.
	through map[string]value.Value
	// reacts tells that some code asks to be called when what it reads has changed.
	reacts bool
	// anywhere tells that code opens a page whose name is not known.
	anywhere bool
	// discovered are the entry points of components that were rendered, by their units' numbers.
	discovered map[int][]found
	// Beyond names a bound because of which something that components show was left out, "" where nothing was.
	Beyond string
	// dry tells that code runs which registers only.
	dry bool
	// inWrapper are the functions that unknown functions were given while the program starts, by what they returned.
	inWrapper map[*value.Term]value.Value
}

// ParseFailure is a file that cannot be parsed.
type ParseFailure struct {
	Script *miniprogram.Script
	At     source.Span
	Why    string
	// Limit tells that the code may be right, and is beyond what is read.
	Limit bool
}

// Start is what holds when a page is entered.
type Start struct {
	Facts Facts
	Trail *state.Trail
}

// like reports whether a start needs not be followed beside another: what holds is the same, or what is not known is so for the same kind of reason.
func (s Start) like(t Start) bool {
	a, b := s.Facts, t.Facts
	if a.Maybe != nil && b.Maybe != nil && a.Maybe.Kind == b.Maybe.Kind && a.Maybe.Bound == b.Maybe.Bound {
		a.Maybe = b.Maybe
	}
	return a == b
}

// registration is a call of App, Page, Component or Behavior while the program starts.
type registration struct {
	kind    string
	options value.Value
	module  *module
	at      source.Span
}

// instance is a page, a component or the app.
type instance struct {
	unit *miniprogram.Unit
	// options are what it was declared with, object is what was made of them.
	options, object value.Value
	// scope is what has the names of its template as properties.
	scope value.Value
	// life are lifecycle functions and observers besides the object's methods, in order.
	life []lifecycle
	at   source.Span
	// open tells that nobody knows what it was declared with.
	open bool
	// told tells that a framework made it, and says which its entry points are.
	told bool
	// observers watch fields of its data.
	observers []observer
}

// lifecycle is an entry point that an instance has besides what its template names: f on self with args. own is the function of the project that it
// runs. The platform's own have a name and a function; those of a framework are told in full.
type lifecycle struct {
	kind, name, event string
	f, own, self      value.Value
	args              []value.Value
	when              []place
}

// observer is a function, or the name of a method, that is called when one of some fields changes.
type observer struct {
	fields []string
	f      value.Value
}

// Options are what a project is loaded with.
type Options struct {
	// Parse bounds each file.
	Parse script.Limits
	// Vouched are the functions that the configuration vouches for.
	Vouched Vouched
	// Frameworks are those that are known besides the platform itself.
	Frameworks []*Framework
	// Left are the entry points, by name, that are left out because it is too much to follow them: what they write is not known for that cause.
	Left map[string]bool
	// Trace is told what happens, for people who look into an analysis; nil for nobody.
	Trace func(string)
}

// Load starts a project: every module's top level has run, and what it registered is made.
func Load(p *miniprogram.Project, t *value.Table, m *exec.Machine, base *state.State, o Options) *Program {
	out := &Program{Trace: o.Trace, parse: o.Parse, project: p, table: t, machine: m, base: base, modules: map[*miniprogram.Script]*module{}, byCode: map[*ir.Module]*module{}, helpers: map[string]value.Value{}, attributes: map[*miniprogram.Attribute]value.Value{}, packages: map[string]*module{}, vouched: o.Vouched, leaves: o.Left, opened: map[string]bool{}, ungated: map[string]bool{}, reopened: map[string]bool{}, expressions: map[*miniprogram.Script]value.Value{}, discovered: map[int][]found{}, inWrapper: map[*value.Term]value.Value{}, inlines: map[*miniprogram.Script]value.Value{}, units: map[*miniprogram.Unit]*instance{}, users: map[*miniprogram.Unit][]*miniprogram.Unit{}, causes: map[value.Cause]*value.Cause{}, natives: map[function]*value.Native{}, starts: map[string][]Start{}, outsides: map[int]bool{}, unseen: map[script.Node]bool{}, caughtBy: map[*value.Ctx]int{}, through: map[string]value.Value{}, bound: map[*miniprogram.Template][]miniprogram.Binding{}, setUp: map[*miniprogram.Unit]*[]Start{}, stops: newStops()}
	m.Host = out
	base.Facts = Facts{}
	out.install()
	out.loadPrelude()
	out.loading, out.begins = true, true
	out.choose(o.Frameworks)
	out.main()
	out.startAll()
	out.loading = false
	out.register()
	out.begins = false
	out.readInline()
	for _, u := range p.Units {
		for _, used := range u.Components {
			if used != nil && !slices.Contains(out.users[used], u) {
				out.users[used] = append(out.users[used], u)
			}
		}
	}
	out.slice()
	out.leaveOpen()
	m.Started(out.base)
	return out
}

// Base is the state in which the program has been started.
func (p *Program) Base() *state.State { return p.base }

// register makes the instances of what was registered.
func (p *Program) register() {
	byScript := map[*miniprogram.Script]*miniprogram.Unit{}
	for _, u := range p.allUnits() {
		if u.Script != nil && byScript[u.Script] == nil {
			byScript[u.Script] = u
		}
	}
	for n, r := range p.registry {
		u := byScript[r.module.script]
		helper := map[string]string{"App": "App", "Page": "makePage", "Component": "makeComponent"}[r.kind]
		if u == nil || helper == "" {
			continue
		}
		if i := p.units[u]; i != nil {
			// One of them counts: which one depends on what is not known.
			p.Unstarted = p.Unstarted || !value.Same(i.options, r.options)
			continue
		}
		if r.kind == "App" {
			p.units[u] = &instance{unit: u, object: p.app, scope: p.app, at: r.at, options: r.options}
			continue
		}
		p.machine.At(p.table.Enter(nil, value.At{Name: "instance", PC: n}), "make")
		made := p.base.Obj(p.invoke(p.helpers[helper], r.options, value.Num(float64(slices.Index(p.allUnits(), u)))).ID())
		if made == nil || len(made.Elems) < 2 {
			continue
		}
		i := &instance{unit: u, object: made.Elems[0], scope: p.property(p.base, made.Elems[0], "data"), at: r.at, options: r.options, open: r.options.Kind() == value.Open}
		if life := p.base.Obj(p.base.Resolve(made.Elems[1]).ID()); life != nil {
			for _, v := range life.Elems {
				if pair := p.base.Obj(v.ID()); pair != nil && len(pair.Elems) == 2 {
					i.life = append(i.life, lifecycle{name: pair.Elems[0].Text(), f: pair.Elems[1]})
				}
			}
		}
		i.observers = p.observersOf(made)
		p.units[u] = i
	}
	for n, u := range p.allUnits() {
		if p.units[u] == nil {
			if i := p.make(n, u); i != nil {
				p.units[u] = i
			}
		}
	}
}

// observersOf are the observers of an instance that was made.
func (p *Program) observersOf(made *value.Obj) []observer {
	if len(made.Elems) < 3 {
		return nil
	}
	var out []observer
	list := p.base.Obj(p.base.Resolve(made.Elems[2]).ID())
	for n := 0; list != nil && n < len(list.Elems); n++ {
		at := p.base.Resolve(list.Elems[n])
		o := observer{f: p.property(p.base, at, "f")}
		fields := p.base.Obj(p.property(p.base, at, "fields").ID())
		for k := 0; fields != nil && k < len(fields.Elems); k++ {
			if f := fields.Elems[k]; f.Kind() == value.String {
				o.fields = append(o.fields, f.Text())
			}
		}
		out = append(out, o)
	}
	return out
}

func (p *Program) allUnits() []*miniprogram.Unit {
	var out []*miniprogram.Unit
	if p.project.App != nil {
		out = append(out, p.project.App)
	}
	return append(out, p.project.Units...)
}

// Implied are the facts of a state that go with a value which it leaves.
func (p *Program) Implied(s *state.State) any { return s.Facts.(Facts).implied() }

// Meet is what two values that came about in different manners imply.
func (p *Program) Meet(a, b any) any { return meet(a.(implied), b.(implied)) }

// Apart reports whether two values that are the same are told apart: what is so in DevTools only is not what a user meets, and takes nothing from what
// it says otherwise.
func (p *Program) Apart(a, b any) bool {
	if simulated(a) == simulated(b) {
		return false
	}
	if simulated(a) {
		a, b = b, a
	}
	i, ok := a.(implied)
	return ok && i.held&^b.(implied).held&(Both|Enabled) != 0
}

func simulated(facts any) bool {
	i, ok := facts.(implied)
	return ok && i.held&DevTools != 0
}

// Lasting are the grants and the enabling: who has a function that was made when they held can only have it after that.
func (p *Program) Lasting(facts any) any {
	held := facts.(implied).held & (Both | Enabled)
	if held == 0 {
		return nil
	}
	return implied{held: held}
}

// Both is what two that hold together imply.
func (p *Program) Both(a, b any) any { return both(a.(implied), b.(implied)) }

// Found is what a value implies that is found in an object. The storage outlives the run: enabling ended with it, and what was granted may have been
// taken back.
func (p *Program) Found(id value.ID, facts any) any {
	if id != p.storage {
		return facts
	}
	i := facts.(implied)
	i.stored = i.stored || i.held&Both != 0
	i.held = 0
	return i
}

// Unsure is the cause for a list that says by how much is in it whether something was granted, or enabling has succeeded.
func (p *Program) Unsure(id value.ID, facts any) *value.Cause {
	if i, ok := facts.(implied); !ok || i.held&(Both|Enabled) == 0 {
		return nil
	}
	at, node := p.madeAt(id)
	if node == nil {
		return nil
	}
	name := Shortened(at)
	for _, k := range p.loaded {
		if n := nameOf(k.code, node); n != "" && k.script.File == at.File {
			name = n
		}
	}
	return p.causeOf(value.Cause{Kind: Handed, Name: name, At: at})
}

// Ends reports whether enabling was switched off. Where that has not been answered yet, and something waits for the answer, it has not ended: what
// the program keeps of it is what it makes of the answer.
func (p *Program) Ends(s *state.State) (func(any) any, bool) {
	if s.Facts.(Facts).Enable.Progress != Disabled {
		return nil, false
	}
	for n := range s.Tasks {
		if r, ok := s.Tasks[n].Data.(request); ok && r.disables && awaited(s, &s.Tasks[n]) {
			return nil, false
		}
	}
	return func(facts any) any {
		i := facts.(implied)
		if i.held&Enabled != 0 {
			i.held &^= Enabled
			i.lost = true
		}
		return i
	}, true
}

// Forget drops what sites were come by with from an entry point, before it is followed anew.
func (p *Program) Forget(entry string) {
	delete(p.reopened, entry)
	for _, s := range p.Sites {
		delete(s.seen, entry)
		s.Views = slices.DeleteFunc(s.Views, func(v View) bool { return v.Entry == entry })
	}
}

// Reopened reports whether an entry point runs regardless of conditions since it was followed last.
func (p *Program) Reopened(entry string) bool { return p.reopened[entry] }

// SameStart reports whether two starts are alike in what holds.
func SameStart(a, b Start) bool { return a.Facts == b.Facts }

// Ungate lets entry points run whose conditions were never found to hold: what sets them is not known then. It reports whether there are any.
func (p *Program) Ungate() bool {
	found := false
	for _, name := range p.gated {
		if !p.opened[name] && !p.ungated[name] {
			p.ungated[name], p.reopened[name] = true, true
			found = true
		}
	}
	return found
}
