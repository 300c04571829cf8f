package explore

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Replay follows an entry point without merging, to find out whether something that was found with merged paths can happen. Only states that
// admit lets pass go on; it ends when done says so, when nothing is left (exhausted), or after so many steps. Paths are followed one after the
// other, the first alternative first; those that part where they have parted before, in a loop whose turns are not counted or in a task that repeats,
// wait until all others have been followed.
func (x *Explorer) Replay(e *Entry, facts any, trail *state.Trail, steps int, admit func(*state.State) bool, done func() bool) (exhausted bool) {
	st := x.Store.start(x.Base, e)
	s := st.begun
	s.Facts, s.Trail = facts, trail
	st.begun = s.Fork()
	var todo attempts
	todo.push(e.Begin(s), nil)
	m := x.Machine
	m.Joins, m.JoinsAgain, m.Hurried = false, false, false
	for {
		a := todo.pop()
		if a == nil {
			return true
		}
		s := a.s
		if !admit(s) {
			continue
		}
		before := s.Steps
		stop, parts := m.Run(s, steps+1)
		steps -= s.Steps - before + 1
		x.Replayed += s.Steps - before + 1
		if done() {
			return false
		}
		switch stop {
		case exec.Forked:
			todo.push(parts, a.path.parts(spotOf(parts[0])))
		case exec.Idle:
			if admit(s) {
				todo.push(x.next(e, st, s), a.path.parts(spot{idle: s.Key().Where}))
			}
		}
		if steps <= 0 || x.Stopped() {
			return false
		}
	}
}

// spot is where a path parts: an instruction in a context, or what is outstanding where nothing is left to run.
type spot struct {
	code *ir.Func
	pc   int
	ctx  *value.Ctx
	idle string
}

func spotOf(s *state.State) spot {
	if len(s.Stack) == 0 {
		return spot{}
	}
	f := s.Top()
	return spot{code: f.Code, pc: f.PC, ctx: f.Ctx}
}

// path is where a state's path has parted from others; again counts how often that was where it had done so before.
type path struct {
	up    *path
	at    spot
	again int
}

// parts is the path that parts from others at a place.
func (p *path) parts(at spot) *path {
	out := &path{up: p, at: at}
	if p != nil {
		out.again = p.again
	}
	for ; p != nil; p = p.up {
		if p.at == at {
			out.again++
			break
		}
	}
	return out
}

// attempts are the states that are to be followed, by how often their paths have parted at the same place again.
type attempts [][]attempt

type attempt struct {
	s    *state.State
	path *path
}

// push adds states so that the first is followed first.
func (t *attempts) push(more []*state.State, p *path) {
	again := 0
	if p != nil {
		again = p.again
	}
	for again >= len(*t) {
		*t = append(*t, nil)
	}
	for n := len(more) - 1; n >= 0; n-- {
		(*t)[again] = append((*t)[again], attempt{more[n], p})
	}
}

// pop is the state that is followed next, nil if there is none.
func (t *attempts) pop() *attempt {
	for n, list := range *t {
		if last := len(list) - 1; last >= 0 {
			a := list[last]
			(*t)[n] = list[:last]
			return &a
		}
	}
	return nil
}
