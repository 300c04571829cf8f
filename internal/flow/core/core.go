// Package core analyses a project: it starts the program, follows its entry points until nothing that one leaves for another is new,
// and judges the calls that they come by.
package core

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/builtin"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/flow/verdict"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Options are what a test may change.
type Options struct {
	Merging explore.Merging
	Bounds  explore.Bounds
	// Trace is told what happens; nil for nobody.
	Trace func(string)
	// Stop ends the analysis when it is closed: Analyze returns nil then.
	Stop <-chan struct{}
}

// Usual are the bounds of a check.
var Usual = explore.Bounds{Steps: 2_000_000, Alternatives: 12, Passes: 12}

// Analysis is what was found of a project.
type Analysis struct {
	Program  *platform.Program
	Explorer *explore.Explorer
	Passes   int
}

// Analyze follows a project. It returns nil where it was told to stop.
func Analyze(project *miniprogram.Project, o Options) *Analysis {
	if o.Bounds.Steps == 0 {
		o.Bounds = Usual
	}
	table := value.NewTable()
	m, base := builtin.New(table)
	p := platform.Load(project, table, m, base, o.Trace)
	x := explore.New(m, p, p.Base(), o.Bounds)
	x.Mode, x.Stop = o.Merging, o.Stop
	a := &Analysis{Program: p, Explorer: x}
	followed := map[string][]platform.Start{}
	for a.Passes < o.Bounds.Passes {
		a.Passes++
		x.Store.Turn()
		still := true
		for _, e := range p.Entries() {
			if !x.Stale(&e.Entry) && slices.EqualFunc(followed[e.Name], e.Starts, platform.SameStart) && !p.Reopened(e.Name) {
				continue
			}
			still = false
			followed[e.Name] = e.Starts
			p.Forget(e.Name)
			x.Restart(&e.Entry)
			for _, start := range e.Starts {
				x.Follow(&e.Entry, start.Facts, start.Trail)
			}
			if x.Stopped() {
				return nil
			}
		}
		if still && !p.Ungate() {
			return a
		}
	}
	x.Store.Met = "passes" // what entry points leave for each other has not come to rest
	return a
}

// Result is the analysis in the terms of what checks read.
func (a *Analysis) Result() *flow.Result {
	r := &flow.Result{}
	for _, s := range a.Program.Sites {
		c := &flow.Call{API: flow.API(s.API), Name: s.Name, Expr: s.Expr, Reached: len(s.Views) > 0}
		switch c.API {
		case flow.SetEnable:
			c.Before = verdict.Call(a.Program, a.Explorer, s)
			c.DevTools = verdict.DevTools(s)
			c.OnlyDisables = s.Disables && !s.Enables
		case flow.Join:
			c.Before = verdict.Call(a.Program, a.Explorer, s)
		}
		r.Calls = append(r.Calls, c)
	}
	slices.SortFunc(r.Calls, func(x, y *flow.Call) int {
		if x.Name.Before(y.Name) {
			return -1
		}
		return 1
	})
	return r
}
