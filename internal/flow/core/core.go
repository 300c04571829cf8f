// Package core analyses a project: it starts the program, follows its entry points until nothing that one leaves for another is new,
// and judges the calls that they come by.
package core

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/builtin"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Options are what a test may change.
type Options struct {
	Merging explore.Merging
	// Vouched are the functions that the configuration vouches for.
	Vouched platform.Vouched
	Bounds  explore.Bounds
	// Frameworks are those whose programs are followed besides the platform's own.
	Frameworks []*platform.Framework
	// Most bounds what is executed; zero stands for builtin.Usual.
	Most exec.Most
	// Parse bounds each file; zero stands for script.DefaultLimits.
	Parse script.Limits
	// Trace is told what happens; nil for nobody.
	Trace func(string)
	// Stop ends the analysis when it is closed: Analyze returns nil then.
	Stop <-chan struct{}
}

// Usual are the bounds of a check.
var Usual = explore.Bounds{Steps: 600_000, Writing: 40_000, Telling: 15_000, Alternatives: 12, Passes: 12}

// Analysis is what was found of a project.
type Analysis struct {
	Program  *platform.Program
	Explorer *explore.Explorer
	Passes   int

	parse script.Limits
}

// mostLeft is how often a project is followed anew because entry points were too much that only write what others test.
const mostLeft = 6

// Analyze follows a project. It returns nil where it was told to stop. Entry points that only write what others test are left out where they are too much:
// then the project is followed anew, and what they write is not known.
func Analyze(project *miniprogram.Project, o Options) *Analysis {
	left := map[string]bool{}
	for n := 0; ; n++ {
		a := o.follow(project, left, n < mostLeft)
		if a == nil {
			return nil
		}
		more := false
		for name, w := range a.Explorer.Works {
			if w.Left && n < mostLeft {
				left[name], more = true, true
			}
		}
		if !more {
			return a
		}
	}
}

// follow follows a project without the entry points that are left out.
func (o Options) follow(project *miniprogram.Project, left map[string]bool, leaves bool) *Analysis {
	if o.Parse.MaxBytes <= 0 {
		o.Parse = script.DefaultLimits
	}
	if o.Bounds.Steps == 0 {
		o.Bounds = Usual
	}
	table := value.NewTable()
	m, base := builtin.New(table)
	if o.Most != (exec.Most{}) {
		m.Most = o.Most
	}
	p := platform.Load(project, table, m, base, platform.Options{Parse: o.Parse, Vouched: o.Vouched, Frameworks: o.Frameworks, Left: left, Trace: o.Trace})
	x := explore.New(m, p, p.Base(), o.Bounds)
	x.Mode, x.Stop = o.Merging, o.Stop
	a := &Analysis{Program: p, Explorer: x, parse: o.Parse}
	if p.Unstarted {
		x.Store.Unstarted()
	}
	followed := map[string][]platform.Start{}
	for a.Passes < o.Bounds.Passes {
		a.Passes++
		p.Sees(x.Store.Begin(x.Base, &explore.Entry{}))
		x.Store.Turn()
		still := true
		for _, e := range p.Entries() {
			if !x.Stale(&e.Entry) && slices.EqualFunc(followed[e.Name], e.Starts, platform.SameStart) && !p.Reopened(e.Name) {
				continue
			}
			still = false
			followed[e.Name] = e.Starts
			if leaves {
				e.Most = [...]int{platform.Leads: 0, platform.Writes: o.Bounds.Writing, platform.Tells: o.Bounds.Telling}[e.Weight]
			}
			p.Forget(e.Name)
			x.Restart(&e.Entry)
			for _, start := range e.Starts {
				x.Follow(&e.Entry, start.Facts, start.Trail)
			}
			x.Finish(&e.Entry)
			if x.Stopped() {
				return nil
			}
		}
		if p.Beyond != "" {
			x.Store.Beyond(p.Beyond)
		}
		if still && !p.Ungate() {
			return a
		}
	}
	x.Store.Unrested() // what entry points leave for each other has not come to rest
	return a
}
