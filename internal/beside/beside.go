// Package beside lets instruments run the next core in the place of the engine. It goes when the engine does: then the core is what the
// checker runs.
package beside

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Run is one use of the core.
type Run struct {
	// Limit is how long it may take.
	Limit time.Duration
	// Took is how long it took; NoEnd tells that it did not come to an end, Panic what it failed with.
	Took  time.Duration
	NoEnd bool
	Panic string
	// Causes are why calls are unproven, by the call's place: the bound that was met, and what could not be followed.
	Causes map[string]string
	// Steps are the instructions that were executed, Unproven the calls that are.
	Steps, Unproven int
}

// Analyze follows a program with the core where that knows what it is written with, any other with the engine.
func (r *Run) Analyze(p *miniprogram.Project, o flow.Options) (out *flow.Result) {
	if !framework.Follows(p.Framework) {
		return flow.Analyze(p, o)
	}
	defer func() {
		if e := recover(); e != nil {
			r.Panic = fmt.Sprintf("panic: %v\n%s", e, debug.Stack())
			out = &flow.Result{}
		}
	}()
	stop := make(chan struct{})
	timer := time.AfterFunc(r.Limit, func() { close(stop) })
	defer timer.Stop()
	o.Stop = stop
	began := time.Now()
	out = core.Follow(p, framework.Models, o)
	r.Took += time.Since(began)
	if out == nil {
		r.NoEnd = true
		return &flow.Result{}
	}
	r.note(out)
	return out
}

func (r *Run) note(result *flow.Result) {
	r.Steps += result.Work.Steps
	for _, c := range result.Calls {
		if c.Before.Outcome != flow.Unproven {
			continue
		}
		if r.Causes == nil {
			r.Causes = map[string]string{}
		}
		r.Unproven++
		r.Causes[fmt.Sprintf("%s:%d", c.Name.File.Path, c.Name.From().Line)] = c.Before.Bound + "(" + c.Before.Unfollowed + ")"
	}
}
