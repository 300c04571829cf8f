package verdict

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/survey"
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
	var last *survey.Test // the condition of which the last step is
	steps := own(x, trail(x.View.Trail))
	waits := notAwaited(x, steps)
	for n, t := range steps {
		s := step(t.Step.(platform.Step), t.At)
		if s.Kind == flow.StepEnable && s.Detail == platform.Off {
			continue // it is told when it is done
		}
		switch s.Kind {
		case flow.StepEnter, flow.StepTruthy, flow.StepFalsy, flow.StepCaught:
			if j.Text.Compiled(s.At) || s.Kind == flow.StepEnter && ir.IsCompilers(s.Name) {
				continue
			}
		}
		test := (*survey.Test)(nil)
		if s.Kind == flow.StepTruthy || s.Kind == flow.StepFalsy {
			if test = j.Text.TestAround(s.At); test == nil {
				continue // of a loop, or where nothing is decided
			}
			if last != nil && last.At == test.At {
				out = out[:len(out)-1]
			}
			s = whole(s, test)
		}
		if s.Kind == flow.StepTested {
			if t := j.Text.TestAround(s.At); t != nil {
				s.At = t.At
			}
		}
		last = test
		out = append(out, s)
		if n == waits {
			out = append(out, flow.Step{Kind: flow.StepNotWaited, At: s.At})
		}
	}
	out = once(out)
	if len(out) <= firstSteps+lastSteps {
		return out
	}
	return append(out[:firstSteps:firstSteps], out[len(out)-lastSteps:]...)
}

// own are the steps of a path without those of another that has left what it goes on from, where its own tell what goes wrong.
func own(x Judged, steps []*state.Trail) []*state.Trail {
	out := slices.DeleteFunc(slices.Clone(steps), func(t *state.Trail) bool { return t.Step.(platform.Step).Before })
	for _, site := range x.From {
		if !slices.ContainsFunc(out, func(t *state.Trail) bool {
			s := t.Step.(platform.Step)
			return s.Site == site && (s.Kind == string(flow.StepRefused) || s.Kind == string(flow.StepFailed))
		}) {
			return steps
		}
	}
	return out
}

// shownMissing are the scopes that are missing on the path that is shown: several paths may have left what it goes on from, of which one is shown.
func shownMissing(x Judged) platform.Held {
	out := x.Missing
	for _, t := range own(x, trail(x.View.Trail)) {
		if s := t.Step.(platform.Step); s.Before && s.Kind == string(flow.StepGranted) {
			for name := range strings.SplitSeq(s.Name, ", ") {
				out &^= platform.Scope(name)
			}
		}
	}
	if out == 0 {
		return x.Missing
	}
	return out
}

// whole is what a condition comes to, where what was tested of it decides that.
func whole(s flow.Step, t *survey.Test) flow.Step {
	truth, known := t.Comes(s.At, s.Kind == flow.StepTruthy)
	if !known {
		return s
	}
	s.Kind = flow.StepFalsy
	if truth {
		s.Kind = flow.StepTruthy
	}
	s.At, s.Name = t.At, platform.Shortened(t.At)
	return s
}

// notAwaited is the step of the request whose outcome the path does not wait for, -1 where it is not that.
func notAwaited(x Judged, steps []*state.Trail) int {
	if x.Reason != flow.NotAwaited || x.Cause != nil {
		return -1
	}
	f := x.View.Facts
	pending := func(site int) bool {
		return site != 0 && (f.Enable == platform.Request{Progress: platform.Pending, Site: site} && x.Missing == 0 ||
			x.Missing&platform.Record != 0 && f.Asks[0] == platform.Request{Progress: platform.Pending, Site: site} ||
			x.Missing&platform.Camera != 0 && f.Asks[1] == platform.Request{Progress: platform.Pending, Site: site})
	}
	for n := len(steps) - 1; n >= 0; n-- {
		s := steps[n].Step.(platform.Step)
		if (s.Kind == string(flow.StepAsk) || s.Kind == string(flow.StepEnable)) && pending(s.Site) && asksFor(s, x.Missing) {
			return n
		}
	}
	return -1
}

// asksFor reports whether a request asks for one of some scopes, or it is not known for which.
func asksFor(s platform.Step, missing platform.Held) bool {
	if s.Name == "" || missing == 0 {
		return true
	}
	for name := range strings.SplitSeq(s.Name, ", ") {
		if platform.Scope(name)&missing != 0 {
			return true
		}
	}
	return false
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
