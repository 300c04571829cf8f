package flow

// The witness of a verdict: the way to the call as a reader is shown it.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// witness leads to the call, by the request that it did not wait for or, after it, to the one that comes too late.
func (a *analysis) witness(j judgement) []Step {
	v := j.view
	switch {
	case j.reason == NotAwaited && v.pending != nil:
		return a.told(withoutWaiting(joinTrails(v.pending, v.trail), v.pending.step))
	case (j.reason == NotAwaited || j.reason == AskedAfter) && v.later != nil:
		return a.told(v.later)
	}
	return a.told(v.trail)
}

// withoutWaiting puts behind a request's step that the way goes on at once.
func withoutWaiting(t *trail, request Step) *trail {
	var out context
	for _, step := range t.steps() {
		out.note(step.Kind, step.Name, step.Detail, step.At)
		if step == request {
			out.note(StepNotWaited, "", "", step.At)
		}
	}
	return out.trail
}

// The steps of a witness that a reader is shown: how it began, and how it came to the call.
const (
	firstSteps = 6
	lastSteps  = 26
)

// told lists a trail from its beginning, without what happens within the functions that a compiler puts in place of async functions
// and generators; of rounds that repeat each other one is kept, and of a long trail the middle is left out.
func (a *analysis) told(t *trail) []Step {
	var steps []Step
	for _, s := range t.steps() {
		switch s.Kind {
		case StepEnter, StepTruthy, StepFalsy, StepCaught:
			if a.compiled(s.At) {
				continue
			}
		}
		steps = append(steps, s)
	}
	steps = once(steps)
	if len(steps) <= firstSteps+lastSteps {
		return steps
	}
	return append(steps[:firstSteps:firstSteps], steps[len(steps)-lastSteps:]...)
}

// longestRound is how many steps a round may have that is shown once.
const longestRound = 12

// once leaves out rounds that are the same as the one before them, of a loop that tries again.
func once(steps []Step) []Step {
	var out []Step
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

// compilerFunctions are the functions that TypeScript, Babel, esbuild and swc write into a file that uses async functions or
// generators, as their sources name them.
var compilerFunctions = map[string]bool{
	"__awaiter": true, "__generator": true, "__asyncGenerator": true, "__asyncValues": true, "__async": true,
	"_asyncToGenerator": true, "asyncGeneratorStep": true, "_wrapAsyncGenerator": true, "_asyncIterator": true,
	"_regenerator": true, "_regeneratorRuntime": true, "_regeneratorDefine": true, "_regeneratorDefine2": true,
	"_async_to_generator": true, "_ts_generator": true,
}

// compiled reports whether a place lies within a function that a compiler wrote.
func (a *analysis) compiled(at source.Span) bool {
	for _, p := range a.loadedAll {
		if p.syntax.File != at.File {
			continue
		}
		for _, r := range p.compilerFunctions() {
			if r.Start <= at.Start && at.End <= r.End {
				return true
			}
		}
	}
	return false
}

// compilerFunctions returns the places of the functions in a file that a compiler wrote.
func (p *program) compilerFunctions() []script.Loc {
	if p.compiledDone {
		return p.compiled
	}
	p.compiledDone = true
	note := func(name string, n script.Node) {
		if n != nil && compilerFunctions[name] {
			p.compiled = append(p.compiled, n.Range())
		}
	}
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func:
			if n.Name != nil {
				note(n.Name.Name, n)
			}
		case *script.Declarator:
			if id, ok := n.Target.(*script.Ident); ok {
				note(id.Name, n.Value)
			}
		case *script.Assign:
			switch t := n.Target.(type) {
			case *script.Ident:
				note(t.Name, n.Value)
			case *script.Member:
				note(t.Name, n.Value)
			}
		}
		return true
	})
	return p.compiled
}

// ownFrame is the innermost call that is written in the project: the code that stands for a package is nobody's to look at.
func (m *machine) ownFrame() *frame {
	for f := m.frames; f != nil; f = f.up {
		if !f.prog.prelude {
			return &f.frame
		}
	}
	return nil
}
