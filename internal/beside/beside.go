// Package beside holds the next core to what the engine is held to: it puts what the core judges in the place of what the engine does, and
// runs the rules on that. It goes when the engine does: then the rules are what runs the core.
package beside

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// ErrNoEnd is what becomes of a program that the core does not come to an end with.
var ErrNoEnd = errors.New("no end")

// Report is what is said of a program.
type Report struct {
	Project  *miniprogram.Project
	Findings []*checks.Finding
	Flow     *flow.Result
	// Took is what the core took of it.
	Took time.Duration
	// Causes are why calls are unproven, by the call's place: what could not be followed, or the bound that was met.
	Causes map[string]string
}

// Check follows native programs with the core, for at most so long each, and runs the rules on what it found.
func Check(files map[string]string, confirmed map[checks.Step]bool, limit time.Duration) ([]*Report, error) {
	projects, err := miniprogram.Discover(miniprogram.MemFS(files), []string{"."}, miniprogram.Options{})
	if err != nil {
		return nil, err
	}
	var out []*Report
	for _, p := range projects {
		if p.Framework != miniprogram.Native {
			continue
		}
		began := time.Now()
		judged, err := judge(p, limit)
		took := time.Since(began)
		if err != nil {
			return nil, err
		}
		r := &Report{Project: p, Flow: flow.Analyze(p, flow.Options{}), Took: took, Causes: map[string]string{}}
		r.lay(judged)
		r.Findings = checks.Run(&checks.Pass{Project: p, Flow: r.Flow, Confirmed: confirmed})
		out = append(out, r)
	}
	return out, nil
}

// judge is what the core says of a program.
func judge(p *miniprogram.Project, limit time.Duration) (r *flow.Result, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("panic: %v\n%s", e, debug.Stack())
		}
	}()
	stop := make(chan struct{})
	timer := time.AfterFunc(limit, func() { close(stop) })
	defer timer.Stop()
	a := core.Analyze(p, core.Options{Stop: stop})
	if a == nil {
		return nil, ErrNoEnd
	}
	if r = a.Result(); a.Explorer.Stopped() {
		return nil, ErrNoEnd
	}
	return r, nil
}

// lay puts what the core judged over what the engine did.
func (r *Report) lay(judged *flow.Result) {
	for _, c := range r.Flow.Calls {
		if c.API != flow.SetEnable && c.API != flow.Join {
			continue
		}
		c.Reached, c.Cut, c.DevToolsOnly, c.OnlyDisables = false, false, false, false
		c.Before, c.DevTools, c.RefusalFrom = flow.Verdict{}, flow.Verdict{}, nil
		n := slices.IndexFunc(judged.Calls, func(o *flow.Call) bool { return o.Name == c.Name && o.API == c.API })
		if n < 0 {
			continue
		}
		o := judged.Calls[n]
		c.Reached, c.DevToolsOnly, c.OnlyDisables, c.Before, c.DevTools = o.Reached, o.DevToolsOnly, o.OnlyDisables, o.Before, o.DevTools
		if o.Before.Outcome == flow.Unproven {
			at := c.Name.From()
			r.Causes[fmt.Sprintf("%s:%d", c.Name.File.Path, at.Line)] = o.Before.Bound + "(" + o.Before.Unfollowed + ")"
		}
	}
	r.Flow.GaveUp = nil
}
