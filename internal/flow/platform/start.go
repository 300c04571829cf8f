package platform

import (
	"path"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What runs while a program is started: the top levels of modules, and what makes pages.

// leftover is what the program's start has begun and not ended: tasks that go on once the program has started. unit is the one whose file or setup function it
// was, nil for others.
type leftover struct {
	unit *miniprogram.Unit
	left explore.Left
}

// mostStart is how many instructions of a module's top level, or of what makes a page, are executed.
const mostStart = 4_000_000

// run executes what the base state has to run, until it is idle. Where paths part while the program starts, they become one again.
func (p *Program) run() {
	x := explore.New(p.machine, p, p.base, explore.Bounds{Steps: mostStart, Alternatives: 16})
	s, left, whole := x.Settle(p.base)
	if s != nil {
		p.base = s
	}
	p.Unstarted = p.Unstarted || !whole
	for _, l := range left {
		p.leftovers = append(p.leftovers, leftover{p.starting, l})
	}
}

// call runs a function of the prelude in the base state and returns its result.
func (p *Program) invoke(f value.Value, args ...value.Value) value.Value {
	result := p.machine.NewPromise(p.base)
	p.base.Enqueue(state.Job{Func: f, Args: args, Derived: result.ID(), Ctx: p.machine.Where()})
	p.run()
	o := p.base.Obj(result.ID())
	if o.Variants != nil {
		o = o.Variants.Objs[0] // what paths return is the same, whatever it holds
	}
	d, _ := o.Data.(*value.Promise)
	if d == nil || d.State != value.Fulfilled {
		return value.Undef
	}
	return p.base.Resolve(d.Result)
}

// start runs a script's top level, what it imports first.
func (p *Program) start(s *miniprogram.Script) {
	if k := p.module(s); k != nil && !k.begun {
		p.begin(k)
	}
}

// loadEntry begins the names of what runs while the program is started.
const loadEntry = "module "

func (p *Program) begin(k *module) {
	k.begun = true
	for _, r := range k.code.Requests {
		if l := p.link(k, r.From, r.At); l.module != nil && !l.module.begun && !p.isUsed(k, l.module) {
			p.begin(l.module)
			k.threw = k.threw || l.module.threw
		}
	}
	if k.threw {
		return
	}
	p.machine.At(p.table.Enter(nil, value.At{Name: "top " + k.script.File.Path}), "top")
	p.entry = loadEntry + k.script.File.Path
	p.base.Trail = nil
	p.base.Note(Step{Kind: "module", Name: path.Base(k.script.File.Path)}, source.Span{File: k.script.File, Start: 0, End: 0})
	f, args := k.top, []value.Value{}
	p.starting = nil
	if n, ok := p.numbers[k.script]; ok {
		if load := p.maker("load"); load != value.Undef {
			p.starting = p.allUnits()[n]
			f, args = load, []value.Value{value.Num(float64(n)), value.Text(kinds[p.starting.Kind]), k.top}
		}
	}
	facts := p.base.Facts.(Facts)
	p.base.Facts = p.sureOf(p.starting, facts)
	k.threw = p.throws(state.Job{Func: f, Args: args, Ctx: p.machine.Where()})
	p.base.Facts = facts
	p.starting = nil
}

// throws runs a module's top level, and reports whether it throws. For the platform's own programs that counts for nothing.
func (p *Program) throws(top state.Job) bool {
	if p.framework == nil {
		p.base.Enqueue(top)
		p.run()
		return false
	}
	end := p.machine.NewPromise(p.base)
	top.Derived = end.ID()
	p.base.Enqueue(top)
	p.run()
	d, _ := p.base.Obj(end.ID()).Data.(*value.Promise)
	return d != nil && d.State == value.Rejected
}

// isUsed reports whether a module is a component that a unit imports to use it in its template: it is loaded after that.
func (p *Program) isUsed(by, k *module) bool {
	n, ok := p.numbers[k.script]
	m, unit := p.numbers[by.script]
	if !ok || !unit {
		return false
	}
	for _, c := range p.allUnits()[m].Components {
		if c == p.allUnits()[n] {
			return true
		}
	}
	return false
}

// sureOf are facts while a unit is loaded: where others may open it, more may hold.
func (p *Program) sureOf(u *miniprogram.Unit, facts Facts) Facts {
	if u == nil {
		return facts
	}
	for _, s := range p.startsOf(u) {
		if s.Facts.Maybe != nil {
			return facts.unsure(s.Facts.Maybe)
		}
	}
	return facts
}

// leftoverEntries go on with what the start of the program has begun.
func (p *Program) leftoverEntries() []*EntryPoint {
	var out []*EntryPoint
	for n, l := range p.leftovers {
		e := &EntryPoint{Kind: "module", Method: "start", Unit: l.unit, Starts: []Start{{}}}
		e.Name = "start " + strconv.Itoa(n)
		if l.unit != nil {
			if l.unit.Kind == miniprogram.ComponentUnit && !l.unit.Used {
				continue
			}
			e.Name = l.unit.Path + " " + e.Name
			e.Starts = p.startsOf(l.unit)
		}
		e.Step = Step{Kind: "module"}
		e.Goes = true
		own := p.settledBy(l.left.Tasks)
		e.Fresh = func(id value.ID) bool { return own[id] }
		e.Begin = func(s *state.State) []*state.State {
			p.entry = e.Name
			l.left.Resume(p.machine, s)
			left := l.left.Facts.(Facts)
			if left.Maybe != nil && left.Maybe.Bound == "" {
				left.Maybe = nil // what a task waits for that is not known says so itself
			}
			s.Facts = after(s.Facts.(Facts), left)
			p.goesOnFrom(s, l.left.Trail)
			return p.Next(s)
		}
		out = append(out, e)
	}
	return out
}

// goesOnFrom adds to a path the steps of one that it goes on from.
func (p *Program) goesOnFrom(s *state.State, t *state.Trail) {
	for _, at := range pathWith(t, func(Step) bool { return true }) {
		s.Note(at.Step.(Step), at.At)
	}
}

// after are the facts of a path that began with some, and has come to others without them.
func after(start, since Facts) Facts {
	since.Held |= start.Held
	since.Asked |= start.Asked
	if since.Maybe == nil {
		since.Maybe = start.Maybe
	}
	for n, sc := range scopes {
		if start.Held&sc.held != 0 {
			since.Asks[n] = Request{}
		}
	}
	if start.Held&Enabled != 0 && since.Enable.Progress != Disabled {
		since.Enable = Request{}
	}
	return since
}

// settledBy are the promises that only the end of some tasks settles: those of requests, those whose resolving functions are their callbacks, and those that follow
// such ones. When what waits for them goes on, they are pending.
func (p *Program) settledBy(tasks []state.Task) map[value.ID]bool {
	out, seen := map[value.ID]bool{}, map[value.ID]bool{}
	var visit func(v value.Value)
	visit = func(v value.Value) {
		if !v.IsObject() || seen[v.ID()] || p.base.Obj(v.ID()) == nil {
			return
		}
		seen[v.ID()] = true
		o := p.base.Obj(v.ID())
		if o.Variants != nil {
			o = o.Variants.Objs[0]
		}
		switch d := o.Data.(type) {
		case *value.Promise:
			out[v.ID()] = true
			for _, r := range d.Reactions {
				visit(r.OnFulfilled)
				visit(r.OnRejected)
				visit(value.Ref(r.Derived))
				if r.Frame != nil {
					visit(r.Frame.Return.Object)
				}
			}
		case value.Value:
			visit(d) // a resolving function
		}
		if o.Fn != nil && o.Fn.Env != 0 {
			for _, x := range p.base.Obj(o.Fn.Env).Elems {
				if x.IsObject() && p.isResolver(x) {
					visit(x)
				}
			}
		}
	}
	for _, t := range tasks {
		for _, v := range t.Values {
			visit(v)
		}
	}
	return out
}

// isResolver reports whether a value is a function that settles a promise.
func (p *Program) isResolver(v value.Value) bool {
	o := p.base.Obj(v.ID())
	if o == nil || o.Fn == nil || o.Fn.Native == nil || len(o.Elems) != 1 {
		return false
	}
	_, ok := o.Data.(value.Value)
	return ok
}
