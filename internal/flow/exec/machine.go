package exec

import (
	"math/bits"

	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Host is what the machine asks of whoever runs it.
type Host interface {
	// Global is a global variable that is no property of the global object; false where there is none.
	Global(s *state.State, name string) (value.Value, bool)
	// Import is what the import n of a module is bound to; an uninitialised value where it is not yet.
	Import(s *state.State, m *ir.Module, n int) value.Value
	// ImportCall is the promise of import(specifier).
	ImportCall(c *Call, m *ir.Module, specifier value.Value) Result
	// Export is a property of a module's namespace object.
	Export(s *state.State, m *ir.Module, name string) (value.Value, bool)
	// Exports are the names that a module exports, sorted.
	Exports(s *state.State, m *ir.Module) []string
	// Property is a property of a platform's object, which has all that the host says and is not stored; Keys are the names of those that
	// can be gone over.
	Property(s *state.State, o *value.Obj, k value.Key) (value.Value, bool)
	Keys(s *state.State, o *value.Obj) []string
	// Instance reports whether an object is one whose methods the host calls: a page.
	Instance(v value.Value) bool
	// Open is a call of an open value.
	Open(c *Call) Result
	// Chosen is told that only some alternatives of a root are left, of those that were.
	Chosen(s *state.State, root *value.Root, left uint64)
	// Divide divides alternatives of a root that are not decided together because of what they imply.
	Divide(root *value.Root, left uint64) []uint64
	// Branched is told that a test of an open value or a choice found it true or false.
	Branched(s *state.State, node script.Node, v value.Value, truth bool)
	// Uncaught is told of an exception that nothing catches, and of a rejection that a job ends with.
	Uncaught(s *state.State, v value.Value)
	// Bound is the cause for a bound that was met.
	Bound(s *state.State, row, what string) *value.Cause
}

// Machine executes states.
type Machine struct {
	Table *value.Table
	Realm *Realm
	Host  Host
	// Joins tells whether Run stops where several paths meet; JoinsAgain that it does so as soon as it comes by a place again without counting.
	Joins, JoinsAgain bool
	// Hurried tells that an entry point takes long: what the platform calls is the same, whoever has handed it over.
	Hurried bool
	// Most bounds what a run does.
	Most Most
	// Observer is told what is executed.
	Observer Observer

	// base is the heap that the library made, started the one that the program's start has left; startedCtx is the last context that was there then.
	base, started value.Heap
	startedCtx    int

	// The instruction that is being executed: where objects are made.
	ctx   *value.Ctx
	at    value.At
	made  int
	split []*state.State
	// forked tells that the instruction was split.
	forked bool
}

// Most are bounds.
type Most struct {
	// Calls within calls; elements of an array that is extended by an assignment; length of a string in bytes.
	Depth, Elements, Text int
	// Objects that one instruction makes in one context.
	Objects int
}

// Stop is why Run came back.
type Stop uint8

// Why Run comes back.
const (
	// Forked: the state became others.
	Forked Stop = iota
	// Joined: it is at an instruction to which several lead, or between two jobs.
	Joined
	// Idle: nothing is left to run until a task ends.
	Idle
	// Spent: it has made as many steps as it was allowed to.
	Spent
)

// Run executes a state for at most so many steps, until it forks (the parts are returned), joins or is idle.
func (m *Machine) Run(s *state.State, steps int) (Stop, []*state.State) {
	begun := s.Steps
	for n := 0; ; n++ {
		if len(s.Stack) == 0 {
			if len(s.Micro) == 0 {
				return Idle, nil
			}
			if m.Joins && n > 0 {
				return Joined, nil
			}
		} else if f := s.Top(); m.Joins && n > 0 && f.Code.Joins[f.PC] {
			m.forget(s)
			return Joined, nil
		}
		at := placeOf(s)
		m.step(s)
		if m.forked {
			return Forked, m.parted(at)
		}
		if s.Steps-begun >= steps {
			return Spent, nil
		}
	}
}

// step executes an instruction, or begins a job.
func (m *Machine) step(s *state.State) {
	if len(s.Stack) == 0 {
		m.startJob(s)
	} else {
		f := s.Top()
		m.Observer.came(f)
		m.locate(f)
		if !makesNone[f.Code.Code[f.PC].Op] {
			m.renew(s)
			f = s.Top()
		}
		m.execute(s, f)
	}
	s.Steps++
}

// place is where a state is.
type place struct {
	depth, jobs, pc int
	code            *ir.Func
}

func placeOf(s *state.State) place {
	p := place{depth: len(s.Stack), jobs: len(s.Micro)}
	if p.depth > 0 {
		p.code, p.pc = s.Top().Code, s.Top().PC
	}
	return p
}

// parted is what a state was split into, at a place. Parts that are still there, to execute the same instruction once more now that
// a choice is decided, do so: there they would meet again.
func (m *Machine) parted(at place) []*state.State {
	var out []*state.State
	todo := m.split
	m.split, m.forked = nil, false
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		if placeOf(s) != at {
			out = append(out, s)
			continue
		}
		m.step(s)
		if m.forked {
			todo = append(m.split, todo...)
			m.split, m.forked = nil, false
			continue
		}
		out = append(out, s)
	}
	return out
}

// locate sets where objects are made.
func (m *Machine) locate(f *value.Frame) {
	m.ctx, m.at, m.made = f.Ctx, value.At{Module: f.Code.Module.Index, Func: f.Code.ID, PC: f.PC}, 0
}

// forget clears the registers that nothing reads any more, so that states which differ in them only are the same.
func (m *Machine) forget(s *state.State) {
	f := s.Top()
	live := f.Code.Live[f.PC]
	n := 0
	var edit *value.Frame
	for r, v := range f.Regs {
		if n < len(live) && int(live[n]) == r {
			n++
			continue
		}
		if v != value.Undef {
			if edit == nil {
				edit = s.Frame()
			}
			edit.Regs[r] = value.Undef
		}
	}
}

// Span is where the instruction stands that a frame is at.
func Span(f *value.Frame) source.Span {
	at := f.Code.At(f.PC)
	return source.Span{File: f.Code.Module.Program.File, Start: at.Start, End: at.End}
}

// Alloc makes an object where the machine is.
func (m *Machine) Alloc(s *state.State, o *value.Obj) value.Value {
	for {
		id := m.Table.Allocate(m.ctx, m.at, m.made)
		m.made++
		if s.Heap.Get(id) == nil {
			s.Put(id, o)
			return value.Ref(id)
		}
		if m.made > m.Most.Objects {
			return m.bound(s, "objects", "")
		}
	}
}

// bound is the open value behind a bound.
func (m *Machine) bound(s *state.State, row, what string) value.Value {
	c := m.Host.Bound(s, row, what)
	return value.OpenOf(m.Table.Term(m.ctx, value.Term{Op: "given-up", Name: what, At: c.At, Cause: c}))
}

// splitOn makes the parts of a state in which a choice is decided, each about to execute the same instruction.
func (m *Machine) splitOn(s *state.State, v value.Value) {
	set := v.Set()
	left := s.Left(set.Root)
	// Alternatives with the same value are decided together.
	var groups []uint64
	var vals []value.Value
	for i, x := range set.Values {
		if left&(1<<i) == 0 {
			continue
		}
		at := -1
		for g := range vals {
			if value.Same(vals[g], x) {
				at = g
			}
		}
		if at < 0 {
			vals, groups = append(vals, x), append(groups, 0)
			at = len(groups) - 1
		}
		groups[at] |= 1 << i
	}
	m.splitLeft(s, set.Root, groups, nil)
}

// splitLeft makes a part for each group of alternatives, and hands each to then.
func (m *Machine) splitLeft(s *state.State, root *value.Root, groups []uint64, then func(part *state.State, n int)) {
	for n, group := range groups {
		apart := m.Host.Divide(root, group)
		for k, left := range apart {
			part := s
			if n < len(groups)-1 || k < len(apart)-1 {
				part = s.Fork()
			}
			part.Restrict(root, left)
			m.Host.Chosen(part, root, left)
			if then != nil {
				then(part, n)
			}
			m.split = append(m.split, part)
		}
	}
	m.forked = true
}

// SplitOn splits the state of a call at one of its values; the native returns Again.
func (m *Machine) SplitOn(s *state.State, v value.Value) { m.splitOn(s, v) }

// Parts makes the given states what the state of a call becomes; the native returns Again.
func (m *Machine) Parts(parts []*state.State) {
	m.split = append(m.split, parts...)
	m.forked = true
}

// decided is a value that is no choice: false if the state was split for it.
func (m *Machine) decided(s *state.State, v value.Value) (value.Value, bool) {
	if v.Kind() >= value.Open {
		if v = s.Resolve(v); v.Kind() == value.Choice {
			m.splitOn(s, v)
			return v, false
		}
	}
	if v.Kind() == value.Object {
		return v, m.whole(s, v)
	}
	return v, true
}

// whole makes an object that has variants one of them; false if the state was split for it.
func (m *Machine) whole(s *state.State, v value.Value) bool {
	vs := s.Obj(v.ID()).Variants
	if vs == nil {
		return true
	}
	left := s.Left(vs.Root)
	if bits.OnesCount64(left) == 1 {
		o := *vs.Objs[bits.TrailingZeros64(left)]
		s.PutCopy(v.ID(), &o)
		return m.whole(s, v) // it may have variants itself, of paths that met before
	}
	var groups []uint64
	for n := range vs.Objs {
		if left&(1<<n) != 0 {
			groups = append(groups, 1<<n)
		}
	}
	m.splitLeft(s, vs.Root, groups, nil)
	return false
}

// Apart are the states in which it is decided which of its variants an object is, outside of an instruction; those given are not changed. What is no
// object has none.
func (m *Machine) Apart(s *state.State, id value.ID) []*state.State {
	var vs *value.Variants
	if o := s.Obj(id); o != nil {
		vs = o.Variants
	}
	if vs == nil {
		return []*state.State{s}
	}
	var out []*state.State
	left := s.Left(vs.Root)
	for n, v := range vs.Objs {
		if left&(1<<n) == 0 {
			continue
		}
		part := s.Fork()
		part.Restrict(vs.Root, 1<<n)
		m.Host.Chosen(part, vs.Root, 1<<n)
		o := *v
		part.PutCopy(id, &o)
		out = append(out, m.Apart(part, id)...)
	}
	return out
}

// Where is the context of what the instruction that is being executed does.
func (m *Machine) Where() *value.Ctx { return m.Table.Enter(m.ctx, m.at) }

// At says where what is made next is made, outside of an instruction.
func (m *Machine) At(ctx *value.Ctx, name string) {
	m.ctx, m.at, m.made = ctx, value.At{Name: name}, 0
}

// Enter calls a function for nobody: a state that has nothing to run begins with it. It returns what the state became.
func (m *Machine) Enter(s *state.State, ctx *value.Ctx, f, this value.Value, args []value.Value) []*state.State {
	m.At(ctx, "begin")
	s.Enqueue(state.Job{Func: f, This: this, Args: append([]value.Value{}, args...), Ctx: ctx})
	return []*state.State{s}
}

// Again says where what is made next is made, of which what was made there before has another name from now on.
func (m *Machine) Again(s *state.State, ctx *value.Ctx, name string) {
	m.At(ctx, name)
	m.renew(s)
}
