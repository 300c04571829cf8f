package explore

import (
	"container/heap"
	"fmt"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Program is what is explored.
type Program interface {
	// Next is what may happen to a state in which nothing is left to run: the states after it, which may be forks of it. None where
	// nothing is outstanding.
	Next(s *state.State) []*state.State
	// Implied are the facts of a state that go with a value which it leaves; Meet are those that two have in common.
	Implied(s *state.State) any
	Meet(a, b any) any
	// Apart reports whether two values that are the same are told apart by the facts that they imply.
	Apart(a, b any) bool
	// Lasting are those among some facts that hold ever after, nil where there are none.
	Lasting(facts any) any
	// Both are the facts of two together.
	Both(a, b any) any
	// Found are the facts that go with a value where it is found in an object, of those that it was left there with.
	Found(id value.ID, facts any) any
	// Unsure is why it matters how many there are of what implies some facts in an object, of which nobody knows; nil where it does not.
	Unsure(id value.ID, facts any) *value.Cause
	// Ends reports whether a state has ended facts that values found earlier may imply: then With is what those imply no more.
	Ends(s *state.State) (Without func(facts any) any, ends bool)
}

// Entry is an entry point.
type Entry struct {
	// Name tells entry points apart.
	Name string
	// Begin pushes the first frame onto a state that has the entry point's facts.
	Begin func(s *state.State) []*state.State
	// Fresh reports whether an object is new when the entry point begins, so that nothing that others wrote is in it. nil for never.
	Fresh func(id value.ID) bool
	// Gone reports whether an object is not there any more when the entry point has run: the page that is closed. nil for never.
	Gone func(id value.ID) bool
	// After are the entry points that have run before this one begins, as far as they run without waiting; First tells that it is one for others.
	After []string
	First bool
	// Most are the steps that it may take before it is left out, because it matters for what it writes only; 0 of one that is not left out.
	Most int
	// Goes tells that it goes on with what the program's start has begun: what waited when that was done.
	Goes bool
}

// Bounds limit what is followed. Each that is met is told to the host of the machine.
type Bounds struct {
	// Steps of an entry point, however often it is followed, merges counted for what they are worth; alternatives of a place before it is open; states that are followed apart at one place.
	Steps, Alternatives, Apart int
	// Writing are the steps of an entry point that only writes what others test, each time that it is followed, Telling those of one that only
	// writes what calls are given.
	Writing, Telling int
	// Passes over all entry points.
	Passes int
}

// Work counts what was done for an entry point.
type Work struct {
	Times, States, Merged, Steps int
	// Spent tells that the bound of steps was met, Left that therefore the entry point is to be left out.
	Spent, Left bool

	reads *state.Reads
	// began is what the store had counted when it was followed last.
	began int
}

// Merging says whether paths are merged.
type Merging uint8

// Merge where that loses nothing that a refinement asked for; never; always.
const (
	Merge Merging = iota
	Never
)

// Explorer explores a program.
type Explorer struct {
	Machine *exec.Machine
	Program Program
	// Base is the state when the program has been started.
	Base   *state.State
	Store  *Store
	Bounds Bounds
	Mode   Merging
	Works  map[string]*Work
	// Replayed counts the instructions that were executed without merging.
	Replayed int
	// Stop ends the exploration when it is closed: what was found by then counts for nothing. nil for never.
	Stop <-chan struct{}
}

// Stopped reports whether Stop was closed.
func (x *Explorer) Stopped() bool {
	select {
	case <-x.Stop:
		return true
	default:
		return false
	}
}

// New makes an explorer; base is the state from which entry points begin.
func New(m *exec.Machine, p Program, base *state.State, b Bounds) *Explorer {
	return &Explorer{Machine: m, Program: p, Base: base, Store: NewStore(m, p, base), Bounds: b, Works: map[string]*Work{}}
}

// timesNarrow is how often there may be something new at a place before numbers, strings and lists that differ are open there; timesWide before all
// that differs is.
const (
	timesNarrow = 4
	timesWide   = 24
)

// node are states that are at the same place.
type node struct {
	key    state.Key
	order  int
	states []*state.State
}

// run is the exploration of one entry point.
type run struct {
	x     *Explorer
	entry *Entry
	work  *Work
	start *start
	queue queue
	nodes map[state.Key]*node
	// done are the states that were followed, by place; times how often there was something new.
	done  map[state.Key][]*state.State
	times map[state.Key]int
	// idles are the sets of what is outstanding that are told apart.
	idles map[string]bool
	steps int
}

// Stale reports whether an entry point has not been followed, or has read something that has changed since.
func (x *Explorer) Stale(e *Entry) bool {
	w := x.Works[e.Name]
	return w == nil || !w.Spent && x.Store.since(w.began, w.reads)
}

// Restart begins to follow an entry point anew: what it reads from now on is what it depends on.
func (x *Explorer) Restart(e *Entry) {
	w := x.Works[e.Name]
	if w == nil {
		w = &Work{}
		x.Works[e.Name] = w
	}
	w.Times++
	w.reads, w.began = &state.Reads{}, x.Store.Changed
	if e.First {
		b := &beginning{}
		if old := x.Store.beginnings[e.Name]; old != nil {
			b.unwritten = old.unwritten
		}
		x.Store.beginnings[e.Name] = b
	}
}

// Follow follows an entry point over all paths, after Restart and before Finish.
func (x *Explorer) Follow(e *Entry, facts any, trail *state.Trail) {
	w := x.Works[e.Name]
	st := x.Store.start(x.Base, e)
	s := st.begun
	s.Facts, s.Trail, s.Reads = facts, trail, w.reads
	st.begun = s.Fork()
	r := &run{x: x, entry: e, work: w, start: st, nodes: map[state.Key]*node{}, done: map[state.Key][]*state.State{}, times: map[state.Key]int{}, idles: map[string]bool{}}
	for _, s := range e.Begin(s) {
		r.add(s)
	}
	for len(r.queue) > 0 {
		n := heap.Pop(&r.queue).(*node)
		delete(r.nodes, n.key)
		for _, s := range r.meet(n) {
			r.goOn(s)
		}
		if x.Stopped() {
			return
		}
		if e.Most > 0 && r.steps > e.Most {
			w.Spent, w.Left = true, true
			break
		}
		if w.Steps+r.steps > x.Bounds.Steps {
			w.Spent = true
			x.Store.meet("steps", e.Name)
			break
		}
	}
	w.Steps += r.steps
}

// Finish ends what Restart began.
func (x *Explorer) Finish(e *Entry) { x.Store.sequel(x.Program, e) }

// mergeCost is how many instructions a merge of two states is worth.
const mergeCost = 30

// add puts a state where the others are that are at the same place, if several instructions lead there. The parts of a state that was split are told apart
// until then, but in loops whose turns are not counted: they differ in what they have just decided, on which the next instructions depend.
func (r *run) add(s *state.State) {
	r.work.States++
	key := state.Key{Apart: r.work.States}
	if r.x.Mode != Never && (meets(s) || again(s)) {
		key = s.Key()
		if idle(s) {
			key = r.outstanding(s, key)
		}
		key.Waited = r.start.later != nil && s.Turn > 0
	}
	n := r.nodes[key]
	if n == nil {
		n = &node{key: key, order: r.work.States}
		r.nodes[key] = n
		n.states = append(n.states, s)
		heap.Push(&r.queue, n)
		return
	}
	n.states = append(n.states, s)
}

// mostIdle is how many sets of what is outstanding are told apart where nothing is left to run.
const mostIdle = 24

// hurriedShare is the part of the steps that an entry point may take after which less is told apart.
const hurriedShare = 24

// idle reports whether a state has nothing left to run.
func idle(s *state.State) bool { return len(s.Stack) == 0 && len(s.Micro) == 0 }

// outstanding is where a state is that has nothing left to run. What is outstanding tells it from others, until there are too many: several requests that
// are answered in any order come by each set of them. Then only what was begun last does, which is where a sequence of requests has come to.
func (r *run) outstanding(s *state.State, key state.Key) state.Key {
	if len(s.Tasks) < 2 || r.idles[key.Where] {
		return key
	}
	if len(r.idles) < mostIdle && !r.hurried() {
		r.idles[key.Where] = true
		return key
	}
	last := s.Tasks[len(s.Tasks)-1]
	key.Where, key.Outstanding = fmt.Sprintf("%s %d", last.Key, last.Ctx.ID()), true
	return key
}

// hurried reports whether an entry point takes long.
func (r *run) hurried() bool { return r.steps > r.x.Bounds.Steps/hurriedShare }

// meets reports whether a state is where paths meet.
func meets(s *state.State) bool {
	if len(s.Stack) == 0 {
		return true
	}
	f := s.Top()
	return f.Code.Joins[f.PC]
}

// meet merges the states of a node, and with what was followed from there before; it returns what is to be followed.
func (r *run) meet(n *node) []*state.State {
	if n.key.Apart != 0 {
		return n.states
	}
	before := r.done[n.key]
	if len(before) == 0 && len(n.states) == 1 {
		r.done[n.key] = n.states
		return []*state.State{n.states[0].Fork()}
	}
	o := r.x.options(n.states[0])
	o.Outstanding = n.key.Outstanding
	times := r.times[n.key]
	o.Wide = len(before) > 0 && again(n.states[0]) || times > timesNarrow
	if times > timesWide {
		o.Alternatives = 1
	}
	var out []*state.State
	all := n.states
	if len(before) > 0 {
		// One after the other, so that what is followed already is not merged with itself.
		for _, s := range all {
			if !r.known(o, n.key, s) {
				out = append(out, r.done[n.key][len(r.done[n.key])-1].Fork())
			}
		}
		if len(out) > 0 {
			r.times[n.key]++
			out = out[len(out)-1:]
		}
		return out
	}
	for len(all) > 0 {
		merged, rest := r.greedy(o, all)
		r.done[n.key] = append(r.done[n.key], merged)
		out = append(out, merged.Fork())
		all = rest
	}
	return out
}

// greedy merges as many states with the first as can be.
func (r *run) greedy(o state.Options, states []*state.State) (merged *state.State, rest []*state.State) {
	if len(states) == 1 {
		return states[0], nil
	}
	r.steps += mergeCost * len(states)
	if m, _ := state.Merge(o, states); m != nil {
		r.work.Merged += len(states) - 1
		return m, nil
	}
	merged = states[0]
	for _, s := range states[1:] {
		r.steps += mergeCost
		if m, _ := state.Merge(o, []*state.State{merged, s}); m != nil {
			r.work.Merged++
			merged = m
		} else {
			rest = append(rest, s)
		}
	}
	return merged, rest
}

// known reports whether a state has nothing that was not followed from its place before. Otherwise what was followed there and the state
// become one, which is to be followed.
func (r *run) known(o state.Options, key state.Key, s *state.State) bool {
	list := r.done[key]
	for n := len(list) - 1; n >= 0; n-- {
		m, _ := state.Merge(o, []*state.State{list[n], s})
		r.steps += mergeCost
		if m == nil {
			continue
		}
		if state.Equal(m, list[n]) && (m.Turn == list[n].Turn || !r.entry.First) {
			return true
		}
		r.work.Merged++
		r.done[key] = append(append(list[:n:n], list[n+1:]...), m)
		return false
	}
	r.done[key] = append(list, s)
	return false
}

// again reports whether a state is in a loop whose turns are not counted.
func again(s *state.State) bool {
	for _, f := range s.Stack {
		if f.Ctx.IsMany() {
			return true
		}
	}
	return len(s.Stack) == 0
}

// goOn executes a state until it parts, meets others, or has nothing more to run. The turn of the event loop is a place where paths meet, too: from there it
// goes on with what may happen next.
func (r *run) goOn(s *state.State) {
	if !idle(s) {
		if end := r.settle(s); end != nil {
			r.end(end)
		}
		return
	}
	for _, next := range r.x.next(r.entry, r.start, s) {
		if idle(next) {
			r.end(next) // nothing was told of the outcome
		} else {
			r.add(next)
		}
	}
}

// end takes a state that has nothing left to run.
func (r *run) end(s *state.State) {
	if r.entry.First && s.Turn == 0 {
		r.x.Store.began(r.entry, r.start.begun, s)
	}
	r.x.Store.Contribute(r.x.Program, r.x.Machine, r.entry, r.start.since(s), s)
	r.add(s)
}

// options say how states are merged at the place of one of them.
func (x *Explorer) options(at *state.State) state.Options {
	return state.Options{
		Table: x.Machine.Table, Alternatives: x.Bounds.Alternatives, Meet: x.meets, Facts: factsOf,
		Keep:  x.apart,
		Cause: func(string) *value.Cause { return x.Machine.Host.Bound(at, "alternatives", "") },
	}
}

// apart reports whether two alternatives that have the same value are told apart.
func (x *Explorer) apart(a, b any) bool {
	fa, fb := factsOf(a), factsOf(b)
	return fa != nil && fb != nil && x.Program.Apart(fa, fb)
}

// meets is what two alternatives that have the same value imply, be they the store's or the program's.
func (x *Explorer) meets(a, b any) any {
	fa, fb := factsOf(a), factsOf(b)
	if fa == nil || fb == nil {
		return nil
	}
	less := x.Program.Meet(fa, fb)
	if i, ok := a.(Implied); ok {
		i.Facts = less
		return i
	}
	return less
}

// settle executes a state until it meets others, or returns it once it is idle.
func (r *run) settle(s *state.State) *state.State {
	m := r.x.Machine
	m.JoinsAgain = r.x.Mode != Never
	m.Hurried = r.x.Mode != Never && r.hurried()
	m.Joins = r.x.Mode != Never && (len(r.queue) > 0 || again(s))
	before := s.Steps
	stop, parts := m.Run(s, r.x.Bounds.Steps-r.steps+1)
	r.steps += s.Steps - before + 1
	switch stop {
	case exec.Forked:
		for _, p := range parts {
			r.add(p)
		}
	case exec.Joined:
		r.add(s)
	case exec.Idle:
		return s
	}
	return nil
}
