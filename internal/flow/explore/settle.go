package explore

import (
	"container/heap"
	"fmt"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// What runs while a program starts: all of its paths become one state.

// mostStarts is how many states are kept apart of those that are left when nothing is left to run.
const mostStarts = 16

// Settle runs what a state has to run until all its paths are idle, and makes one state of them, with the facts that held before: what paths found
// meanwhile goes with the values that they bring. It is nil if none comes to its end; whole tells that all of them are in it. What is outstanding is left.
func (x *Explorer) Settle(s *state.State) (settled *state.State, left []Left, whole bool) {
	r := &run{x: x, entry: &Entry{}, work: &Work{}, start: &start{}, nodes: map[state.Key]*node{}, done: map[state.Key][]*state.State{}, times: map[state.Key]int{}, idles: map[string]bool{}}
	before := s.Facts
	r.add(s)
	var ended []*state.State
	for len(r.queue) > 0 && r.steps < x.Bounds.Steps {
		n := heap.Pop(&r.queue).(*node)
		delete(r.nodes, n.key)
		for _, s := range r.meet(n) {
			if end := r.settle(s); end != nil {
				ended = append(ended, end)
			}
		}
	}
	whole = len(r.queue) == 0
	ends := r.alike(ended)
	if len(ends) > mostStarts {
		ends, whole = ends[:mostStarts], false
	}
	switch len(ends) {
	case 0:
		return nil, nil, false
	case 1:
		settled = ends[0]
		left = leave(left, settled, nil, 0)
	default:
		implied := make([]any, len(ends))
		for n, s := range ends {
			implied[n] = x.Program.Implied(s)
		}
		var root *value.Root
		settled, root = state.Together(x.Machine.Table, fmt.Sprintf("start %d", ends[0].Steps), ends, implied)
		for n, s := range ends {
			left = leave(left, s, root, n)
		}
	}
	settled.Facts, settled.Tasks = before, nil
	return settled, left, whole
}

// Left are tasks that a path has begun and that were outstanding when it had nothing left to run, with the facts that held then. Where paths became one state,
// the path is the alternative N of Root.
type Left struct {
	Tasks []state.Task
	Facts any
	Root  *value.Root
	N     int
	// Trail leads to them.
	Trail *state.Trail
}

func leave(list []Left, s *state.State, root *value.Root, n int) []Left {
	if len(s.Tasks) == 0 {
		return list
	}
	return append(list, Left{s.Tasks, s.Facts, root, n, s.Trail})
}

// Resume goes on from what is left, in a state that has nothing to run.
func (x Left) Resume(m *exec.Machine, s *state.State) {
	s.Tasks = x.Tasks
	if x.Root != nil {
		s.Restrict(x.Root, 1<<x.N)
		m.Host.Chosen(s, x.Root, 1<<x.N)
	}
}

// alike makes one of the states with the same key, as far as that can be.
func (r *run) alike(states []*state.State) []*state.State {
	var keys []state.Key
	by := map[state.Key][]*state.State{}
	for _, s := range states {
		k := s.Key()
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], s)
	}
	var out []*state.State
	for _, k := range keys {
		for list := by[k]; len(list) > 0; {
			var merged *state.State
			merged, list = r.greedy(r.x.options(list[0]), list)
			out = append(out, merged)
		}
	}
	return out
}
