package state

import (
	"reflect"
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/source"
)

// State is a state of an execution.
type State struct {
	Heap value.Heap
	// Stack are the frames that run, the innermost last.
	Stack []*value.Frame
	// Micro are the jobs that run once the stack is empty, in order.
	Micro []Job
	// Tasks are what is outstanding on the platform.
	Tasks []Task
	// Facts is what is to be proved with: comparable, opaque here.
	Facts any
	// Picks are the alternatives left of choices, by the roots' numbers; Tests what tests of terms have found, by the terms' numbers.
	Picks []Pick
	Tests []Test
	// Trail leads back to the entry point.
	Trail *Trail
	// Clock counts the jobs and tasks that have begun.
	Clock int
	// Turn counts the turns of the event loop: of paths that meet, the fewest.
	Turn int
	// Steps counts the instructions from the start.
	Steps int

	// Reads are the objects that were looked at, by this state and all that it was forked with; nil where nobody asks.
	Reads *Reads

	owner *value.Owner
}

// Reads is a set of objects.
type Reads struct{ bits []uint64 }

func (r *Reads) add(id value.ID) {
	for int(id>>6) >= len(r.bits) {
		r.bits = append(r.bits, make([]uint64, len(r.bits)+16)...)
	}
	r.bits[id>>6] |= 1 << (id & 63)
}

// Has reports whether an object is in the set.
func (r *Reads) Has(id value.ID) bool {
	return int(id>>6) < len(r.bits) && r.bits[id>>6]&(1<<(id&63)) != 0
}

// Job is what a settled promise, or queueMicrotask, makes run.
type Job struct {
	// Frame goes on with Value, or with Value thrown if Rejected; nil where Func is called.
	Frame    *value.Frame
	Rejected bool
	Value    value.Value
	// Func is called on This with Args; Derived is the promise that its outcome settles, 0 for none. Where Func is undefined the outcome is
	// Value, or with Rejected its being thrown.
	Func    value.Value
	This    value.Value
	Args    []value.Value
	Derived value.ID
	Ctx     *value.Ctx
	// Many tells that it stands for any number of alike ones.
	Many bool
}

// Task is something outstanding on the platform: a request, a timer. Key tells equal ones apart; Data belongs to the platform, is
// comparable and does not change; Values are those among it that merging must see. Many tells that it stands for any number of alike ones, so
// that it is still there when one of them has ended.
type Task struct {
	Key    string
	Ctx    *value.Ctx
	Data   any
	Values []value.Value
	Many   bool
}

// Pick is which alternatives of a choice are left.
type Pick struct {
	Root *value.Root
	Left uint64
}

// Test is what a test has found of a term: the value that it is, or with Not that it is none of Values.
type Test struct {
	Term   *value.Term
	Truth  Truth
	Value  value.Value
	Is     bool
	Values []value.Value
}

// Truth is what is known of a term's being true.
type Truth uint8

// What may be known.
const (
	Unknown Truth = iota
	Truthy
	Falsy
)

// MaxAlternatives is how many alternatives a root may have.
const MaxAlternatives = 64

// New returns an empty state.
func New(facts any) *State { return &State{Facts: facts, owner: &value.Owner{}} }

// Owner is what the state changes its heap and frames with.
func (s *State) Owner() *value.Owner { return s.owner }

// Fork returns a state like s; both go on apart.
func (s *State) Fork() *State {
	c := *s
	s.owner, c.owner = &value.Owner{}, &value.Owner{}
	c.Stack = append([]*value.Frame(nil), s.Stack...)
	c.Micro = s.Micro[:len(s.Micro):len(s.Micro)]
	c.Tasks = s.Tasks[:len(s.Tasks):len(s.Tasks)]
	return &c
}

// Top is the innermost frame, to be read.
func (s *State) Top() *value.Frame { return s.Stack[len(s.Stack)-1] }

// Frame is the innermost frame, to be changed.
func (s *State) Frame() *value.Frame {
	f := value.EditFrame(s.owner, s.Stack[len(s.Stack)-1])
	s.Stack[len(s.Stack)-1] = f
	return f
}

// Push makes a frame the innermost one.
func (s *State) Push(f value.Frame) { s.Stack = append(s.Stack, value.NewFrame(s.owner, f)) }

// Pop removes the innermost frame.
func (s *State) Pop() *value.Frame {
	f := s.Stack[len(s.Stack)-1]
	s.Stack = s.Stack[:len(s.Stack)-1]
	return f
}

// Obj is an object, to be read.
func (s *State) Obj(id value.ID) *value.Obj {
	if s.Reads != nil {
		s.Reads.add(id)
	}
	return s.Heap.Get(id)
}

// Edit is an object, to be changed.
func (s *State) Edit(id value.ID) *value.Obj {
	if s.Reads != nil {
		s.Reads.add(id)
	}
	return s.Heap.Edit(s.owner, id)
}

// Put stores a new object.
func (s *State) Put(id value.ID, o *value.Obj) { s.Heap.Put(s.owner, id, o) }

// Share stores an object that nobody changes in place any more.
func (s *State) Share(id value.ID, o *value.Obj) { s.Heap.Share(s.owner, id, o) }

// PutCopy stores a copy of an object, properties and elements too.
func (s *State) PutCopy(id value.ID, o *value.Obj) { s.Heap.PutCopy(s.owner, id, o) }

// Enqueue adds a job.
func (s *State) Enqueue(j Job) { s.Micro = append(s.Micro, j) }

// Begin adds a task. They are in the order of their contexts, whichever was started first, as each may be the next to end.
func (s *State) Begin(t Task) {
	at := len(s.Tasks)
	for at > 0 && (s.Tasks[at-1].Ctx.ID() > t.Ctx.ID() || s.Tasks[at-1].Ctx == t.Ctx && s.Tasks[at-1].Key > t.Key) {
		at--
	}
	s.Tasks = slices.Insert(slices.Clone(s.Tasks), at, t)
}

// End removes task i, unless it stands for many.
func (s *State) End(i int) {
	if s.Tasks[i].Many {
		return
	}
	s.Drop(i)
}

// Drop removes task i, and all that it stands for.
func (s *State) Drop(i int) {
	s.Tasks = append(append([]Task(nil), s.Tasks[:i]...), s.Tasks[i+1:]...)
}

// Left are the alternatives of a root that are left, as bits.
func (s *State) Left(r *value.Root) uint64 {
	if i := s.pick(r); i < len(s.Picks) && s.Picks[i].Root == r {
		return s.Picks[i].Left
	}
	return all(r.N)
}

func all(n int) uint64 {
	if n >= MaxAlternatives {
		return ^uint64(0)
	}
	return 1<<n - 1
}

func (s *State) pick(r *value.Root) int {
	return sort.Search(len(s.Picks), func(i int) bool { return s.Picks[i].Root.ID() >= r.ID() })
}

// Restrict leaves only some alternatives of a root.
func (s *State) Restrict(r *value.Root, left uint64) {
	i := s.pick(r)
	picks := append(make([]Pick, 0, len(s.Picks)+1), s.Picks[:i]...)
	picks = append(picks, Pick{r, left & s.Left(r)})
	if i < len(s.Picks) && s.Picks[i].Root == r {
		i++
	}
	s.Picks = append(picks, s.Picks[i:]...)
}

// Release forgets which alternatives of a root are left.
func (s *State) Release(r *value.Root) {
	if i := s.pick(r); i < len(s.Picks) && s.Picks[i].Root == r {
		s.Picks = append(append([]Pick(nil), s.Picks[:i]...), s.Picks[i+1:]...)
	}
}

func (s *State) test(t *value.Term) int {
	return sort.Search(len(s.Tests), func(i int) bool { return s.Tests[i].Term.ID() >= t.ID() })
}

// Test is what is known of a term.
func (s *State) Test(t *value.Term) Test {
	if i := s.test(t); i < len(s.Tests) && s.Tests[i].Term == t {
		return s.Tests[i]
	}
	return Test{Term: t}
}

// Learn keeps what a test found.
func (s *State) Learn(x Test) {
	i := s.test(x.Term)
	tests := append(make([]Test, 0, len(s.Tests)+1), s.Tests[:i]...)
	tests = append(tests, x)
	if i < len(s.Tests) && s.Tests[i].Term == x.Term {
		i++
	}
	s.Tests = append(tests, s.Tests[i:]...)
}

// Unlearn forgets what tests have found of terms, and of what is made of them.
func (s *State) Unlearn(of func(*value.Term) bool) {
	var mentions func(t *value.Term) bool
	mentions = func(t *value.Term) bool {
		return of(t) || t.Parent != nil && mentions(t.Parent) || slices.ContainsFunc(t.Args, func(v value.Value) bool { return v.Kind() == value.Open && mentions(v.Term()) })
	}
	kept := s.Tests[:0:0]
	for _, x := range s.Tests {
		if !mentions(x.Term) {
			kept = append(kept, x)
		}
	}
	s.Tests = kept
}

// Resolve is a value as far as the state knows it: of a choice the one alternative that is left, or the choice itself; of a term
// that was found to be a value that value.
func (s *State) Resolve(v value.Value) value.Value {
	for {
		switch v.Kind() {
		case value.Choice:
			set := v.Set()
			left := s.Left(set.Root)
			only, found := value.Undef, false
			for i, x := range set.Values {
				if left&(1<<i) == 0 {
					continue
				}
				if found && !value.Same(only, x) {
					return v
				}
				only, found = x, true
			}
			v = only
		case value.Open:
			x := s.Test(v.Term())
			if !x.Is {
				return v
			}
			v = x.Value
		default:
			return v
		}
	}
}

// Trail is a step on the path from an entry point, linked back. Of a merged state Also are the other paths that lead here.
type Trail struct {
	Up   *Trail
	Also []*Trail
	Step any
	At   source.Span
	// Len counts the steps before it.
	Len int
}

// Passes reports whether a step on one of the paths that lead here is as asked.
func (t *Trail) Passes(is func(step any) bool) bool {
	seen := map[*Trail]bool{}
	for todo := []*Trail{t}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for ; at != nil && !seen[at]; at = at.Up {
			seen[at] = true
			if at.Step != nil && is(at.Step) {
				return true
			}
			todo = append(todo, at.Also...)
		}
	}
	return false
}

// Note adds a step to the trail.
func (s *State) Note(step any, at source.Span) {
	n := 0
	if s.Trail != nil {
		n = s.Trail.Len + 1
	}
	s.Trail = &Trail{Up: s.Trail, Step: step, At: at, Len: n}
}

// Equal reports whether two states with the same key hold the same.
func Equal(a, b *State) bool {
	if !value.Diff(&a.Heap, &b.Heap, func(_ value.ID, x, y *value.Obj) bool { return x != nil && y != nil && sameObj(x, y) }) {
		return false
	}
	for n := range a.Stack {
		if !sameFrame(a.Stack[n], b.Stack[n]) {
			return false
		}
	}
	for n := range a.Micro {
		x, y := &a.Micro[n], &b.Micro[n]
		if !value.Same(x.Value, y.Value) || !slices.EqualFunc(x.Args, y.Args, value.Same) || !sameFrame(x.Frame, y.Frame) {
			return false
		}
	}
	if len(a.Tasks) != len(b.Tasks) {
		return false
	}
	for n := range a.Tasks {
		x, y := &a.Tasks[n], &b.Tasks[n]
		if x.Key != y.Key || x.Ctx != y.Ctx || x.Data != y.Data || x.Many != y.Many {
			return false
		}
		if !slices.EqualFunc(a.Tasks[n].Values, b.Tasks[n].Values, value.Same) {
			return false
		}
	}
	return slices.Equal(a.Picks, b.Picks)
}

func sameFrame(a, b *value.Frame) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.Code == b.Code && a.PC == b.PC && a.Ctx == b.Ctx && slices.EqualFunc(a.Regs, b.Regs, value.Same) && slices.EqualFunc(a.Args, b.Args, value.Same) && value.Same(a.This, b.This)
}

func sameObj(a, b *value.Obj) bool {
	if a.Class != b.Class || a.Since != b.Since || !value.Same(a.Proto, b.Proto) || !slices.EqualFunc(a.Elems, b.Elems, value.Same) || a.Rest != b.Rest || !sameClosure(a.Fn, b.Fn) {
		return false
	}
	if !slices.EqualFunc(a.Props.All(), b.Props.All(), func(x, y value.Prop) bool {
		return x.Key == y.Key && x.Flags == y.Flags && value.Same(x.Value, y.Value) && value.Same(x.Get, y.Get) && value.Same(x.Set, y.Set)
	}) {
		return false
	}
	if a.Variants != nil || b.Variants != nil {
		return a.Variants != nil && b.Variants != nil && a.Variants.Root == b.Variants.Root && slices.EqualFunc(a.Variants.Objs, b.Variants.Objs, func(x, y *value.Obj) bool { return x == y || sameObj(x, y) })
	}
	if p, ok := a.Data.(*value.Promise); ok {
		q, ok := b.Data.(*value.Promise)
		return ok && p.State == q.State && p.Locked == q.Locked && value.Same(p.Result, q.Result) && slices.EqualFunc(p.Reactions, q.Reactions, func(x, y value.Reaction) bool {
			return value.Same(x.OnFulfilled, y.OnFulfilled) && value.Same(x.OnRejected, y.OnRejected) && x.Derived == y.Derived && x.Ctx == y.Ctx && x.Many == y.Many && sameFrame(x.Frame, y.Frame)
		})
	}
	return reflect.DeepEqual(a.Data, b.Data)
}
