package verdict

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/source"
)

// The witness of a verdict: the path to the call as a reader is shown it.

// The steps that a reader is shown: how it began, and how it came to the call.
const (
	firstSteps = 6
	lastSteps  = 26
)

// witness is the path of a view, without what happens within the functions that a compiler puts in place of async functions and generators; of
// rounds that repeat each other one is kept, and of a long path the middle is left out.
func (j *Judge) witness(x Judged) []flow.Step {
	var out []flow.Step
	for _, t := range trail(x.View.Trail) {
		s := step(t.Step.(platform.Step), t.At)
		switch s.Kind {
		case flow.StepEnter, flow.StepTruthy, flow.StepFalsy, flow.StepCaught:
			if j.Text.Compiled(s.At) {
				continue
			}
		}
		if s.Kind == flow.StepTruthy || s.Kind == flow.StepFalsy {
			out = j.tested(out, s)
			continue
		}
		out = append(out, s)
	}
	out = once(out)
	if len(out) <= firstSteps+lastSteps {
		return out
	}
	return append(out[:firstSteps:firstSteps], out[len(out)-lastSteps:]...)
}

// tested adds what a test found to a path: of a condition that is made of several, what the whole comes to.
func (j *Judge) tested(path []flow.Step, s flow.Step) []flow.Step {
	t := j.Text.TestAround(s.At)
	if t == nil {
		return path // of a loop, or where nothing is decided
	}
	truth, known := t.Comes(s.At, s.Kind == flow.StepTruthy)
	if n := len(path); n > 0 && path[n-1].At == t.At && (path[n-1].Kind == flow.StepTruthy || path[n-1].Kind == flow.StepFalsy) {
		path = path[:n-1]
	}
	if known {
		s.Kind = flow.StepFalsy
		if truth {
			s.Kind = flow.StepTruthy
		}
		s.At, s.Name = t.At, platform.Shortened(t.At)
	}
	return append(path, s)
}

// trail are the steps of a trail from the entry point on.
func trail(t *state.Trail) []*state.Trail {
	var out []*state.Trail
	for ; t != nil; t = t.Up {
		if _, ok := t.Step.(platform.Step); ok {
			out = append(out, t)
		}
	}
	slices.Reverse(out)
	return out
}

// step is a step in the terms of what checks read.
func step(s platform.Step, at source.Span) flow.Step {
	out := flow.Step{Kind: flow.StepKind(s.Kind), Name: s.Name, Detail: s.Detail, At: at}
	switch out.Kind {
	case flow.StepAsk, flow.StepGranted, flow.StepRefused, flow.StepTested:
		if out.Name == "" {
			out.Name = strings.Join(platform.ScopeNames(s.Scopes), ", ")
		}
	}
	return out
}

// longestRound is how many steps a round may have that is shown once.
const longestRound = 12

// once leaves out rounds that are the same as the one before them, of a loop that tries again.
func once(steps []flow.Step) []flow.Step {
	var out []flow.Step
	for _, s := range steps {
		out = append(out, s)
		for n := 1; n <= longestRound && 2*n <= len(out); n++ {
			if slices.Equal(out[len(out)-n:], out[len(out)-2*n:len(out)-n]) {
				out = out[:len(out)-n]
				break
			}
		}
	}
	return out
}
