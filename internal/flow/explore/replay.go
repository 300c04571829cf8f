package explore

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
)

// Replay follows an entry point without merging, to find out whether something that was found with merged paths can happen. Only states that
// admit lets pass go on; it ends when done says so, when nothing is left (exhausted), or after so many steps. Paths are followed one after the
// other, the first alternative first.
func (x *Explorer) Replay(e *Entry, facts any, trail *state.Trail, steps int, admit func(*state.State) bool, done func() bool) (exhausted bool) {
	s := x.Store.Begin(x.Base, e)
	s.Facts, s.Trail = facts, trail
	todo := e.Begin(s)
	m := x.Machine
	m.Joins = false
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
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
			todo = push(todo, parts)
		case exec.Idle:
			if admit(s) {
				todo = push(todo, x.next(e, s))
			}
		}
		if steps <= 0 || x.Stopped() {
			return false
		}
	}
	return true
}

// push adds states so that the first is followed first.
func push(todo, more []*state.State) []*state.State {
	for n := len(more) - 1; n >= 0; n-- {
		todo = append(todo, more[n])
	}
	return todo
}
