// Package check runs a whole check: from the paths of a command line over projects, flow and
// rules to a report.
package check

import (
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/baseline"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/suppress"
)

// FailOn is the severity from which on findings make a program not ready.
type FailOn int

// The levels; the zero value is that of the command line.
const (
	FailOnError FailOn = iota
	FailOnWarning
	FailNever
)

// Exit statuses of a check.
const (
	ExitReady      = 0
	ExitNotReady   = 1
	ExitUsage      = 2
	ExitUnreadable = 3
)

// Options are what a check is asked for.
type Options struct {
	// Dir is the absolute working directory, Paths what to check, relative to it or absolute.
	Dir   string
	Paths []string
	// FS is where projects are read from.
	FS miniprogram.FS
	// Config is a configuration file that is used instead of those found.
	Config string
	// Rules are severities that win over the configuration.
	Rules  map[string]checks.Severity
	Strict bool
	FailOn FailOn
	// Isolated takes nothing from the repository that could weaken the gate: no configuration but Config, which may not lie in it, no
	// suppressions, and no baseline that lies in it.
	Isolated bool
	// Baseline are the findings that do not fail; BaselineFile is where they were read, as the user names it.
	Baseline     baseline.Known
	BaselineFile string
	// Changed leaves out the findings of which neither place nor trace touches a changed line; nil for none. Asked is the flag that
	// wants it so.
	Changed interface {
		Touch(at source.Span) (bool, error)
	}
	Asked string
	// Now decides which confirmations still hold.
	Now time.Time
	// Pictures requests that the paths to the calls be drawn.
	Pictures bool
	// Time is how long the check may take; 0 stands for MostTime.
	Time time.Duration
	// Stop ends the check with ErrStopped when it is closed; nil for a check that nobody ends.
	Stop <-chan struct{}
	// Version is the program's.
	Version string
	// Analyze follows a project's code, and returns nil once it was told to stop; nil stands for flow.Analyze.
	Analyze func(*miniprogram.Project, flow.Options) *flow.Result
	// Observe is shown each project with what the rules see of it, after they ran; nil for nobody.
	Observe func(*checks.Pass)
	// Log is told what is read and why; nil for nobody.
	Log func(lang.Text)
	// Took is told how long each part of the check took; nil for nobody.
	Took func(part lang.Text, time time.Duration)

	again bool // what was read is to be compared with what is there later
}

// Result is a report, with what is not in it.
type Result struct {
	*report.Report
	// Known are the findings that the baseline left out of the report.
	Known []report.Finding
	// BaselineLeft tells that the baseline was not taken, because it lies in the repository and the check is isolated.
	BaselineLeft bool
}

// Run checks. Its error is one of usage or configuration, a *config.ReadError, a *TooLongError, or ErrStopped.
func Run(o Options) (*Result, error) {
	o = o.usual()
	return o.within(func(stop chan struct{}) (*Result, error) {
		f, err := found(o)
		if err != nil {
			return nil, err
		}
		return o.report(&past{found: f}, stop)
	})
}

// found looks for the projects and reads them.
func found(o Options) (*finder, error) {
	defer o.timed(lang.T("finding and reading files", "查找和读取文件"))()
	return find(o)
}

// timed begins a part of the check, and tells how long it took when what it returns is called.
func (o *Options) timed(part lang.Text) func() {
	if o.Took == nil {
		return func() {}
	}
	began := time.Now()
	return func() { o.Took(part, time.Since(began)) }
}

// usual is what is asked for, with what stands for what is left out.
func (o Options) usual() Options {
	if o.Log == nil {
		o.Log = func(lang.Text) {}
	}
	if o.Analyze == nil {
		o.Analyze = flow.Analyze
	}
	if o.Time <= 0 {
		o.Time = MostTime
	}
	return o
}

// report follows the projects that were found, as far as that was not done before, and makes the report, until it is told to stop.
func (o Options) report(p *past, stop chan struct{}) (*Result, error) {
	f := p.found
	left := o.Isolated && o.BaselineFile != "" && f.inside.Holds(o.absolute(o.BaselineFile))
	if left {
		o.Baseline = nil
	}
	targets, inside := f.found, f.inside
	r := &run{Options: o, suppressions: suppress.New(), silenced: map[silenced]bool{}, stop: stop, elsewhere: f.elsewhere}
	for i := range targets {
		r.project(&targets[i], p)
	}
	r.spared()
	done := o.timed(lang.T("severities, suppressions, checklist and report", "级别、忽略、清单与报告"))
	result, err := r.report()
	if done(); err != nil {
		return nil, err
	}
	result.BaselineLeft = left
	for _, name := range inside.Refused() {
		shown := report.ValidPath(Shown(o.Dir, filepath.FromSlash(name)))
		if !slices.ContainsFunc(result.Unreadable, func(u report.Unreadable) bool { return u.File == shown }) {
			result.Refused = append(result.Refused, shown)
		}
	}
	return result, nil
}

// run is a check in the making.
type run struct {
	Options
	projects     []*project
	spent        int // steps of following the projects so far
	suppressions *suppress.Set
	silenced     map[silenced]bool
	suppressed   int
	known        int // to the baseline
	unchanged    int
	// elsewhere are the configurations whose root leaves out mini-programs that would be found without it.
	elsewhere map[*config.Config]bool
	stop      chan struct{} // closed when the check is to end
}

// project is a mini-program with what was found in it.
type project struct {
	target
	flow  *flow.Result
	found []*checks.Finding
	// located are the same with what became of them.
	located []*located
	sayings map[saying]bool // see said
	uses    use
	// traces tells that the project names a call of the feature; spared that it does
	// not, and need not, because another project of the run does, or because it is no program of WeChat.
	traces, spared bool
}

// project follows one mini-program and applies the rules.
func (r *run) project(t *target, before *past) {
	if t.Unsupported != nil {
		r.Log(lang.F(lang.T("%s: left out, %s", "%s：未检查，%s"), t.Root, unsupported(t.Unsupported)))
		r.projects = append(r.projects, &project{target: *t, flow: &flow.Result{}})
		return
	}
	r.Log(lang.F(lang.T("%s: %s, %d files read", "%s：%s，读取了 %d 个文件"), t.Root, string(t.Framework), t.Files))
	p := &project{target: *t}
	if p.flow = before.flows[t.Project]; p.flow == nil {
		done := r.timed(lang.F(lang.T("following the code of %s", "跟踪 %s 的代码"), t.Root))
		p.flow = r.Analyze(t.Project, following(t.config, r.spent, r.stop))
		if done(); p.flow == nil {
			return // it is told to stop
		}
		if before.flows != nil {
			before.flows[t.Project] = p.flow
		}
	}
	r.spent = max(r.spent, p.flow.Work.Spent)
	confirmed := map[checks.Step]bool{}
	for step, c := range t.config.Confirmed {
		confirmed[step] = c.Holds(r.Now)
	}
	pass := &checks.Pass{
		Project: t.Project, Flow: p.flow, Confirmed: confirmed,
		Off: func(rule string) bool { return r.isOff(p, rule) },
	}
	done := r.timed(lang.F(lang.T("the rules on %s", "对 %s 应用规则"), t.Root))
	p.apply(pass)
	done()
	p.traces = pass.Traces()
	if r.Observe != nil {
		r.Observe(pass)
	}
	p.uses = usesOf(p)
	r.projects = append(r.projects, p)
}

// apply applies the rules. One that panics costs what rules find in this project, and the verdict, but not the report.
func (p *project) apply(pass *checks.Pass) {
	defer func() {
		if failure := recover(); failure != nil {
			p.found = nil
			p.flow.GaveUp = append(p.flow.GaveUp, flow.GaveUp{Failure: fmt.Sprint(failure), What: p.Root, Calls: p.flow.Calls})
		}
	}()
	p.found = checks.Run(pass)
}

// spared leaves out the projects without the feature when another one has it.
func (r *run) spared() {
	some := false
	for _, p := range r.projects {
		some = some || p.traces
	}
	for _, p := range r.projects {
		if p.spared = p.Unsupported != nil && p.Unsupported.Elsewhere || p.Unsupported == nil && some && !p.traces; p.spared {
			p.found = nil
			continue
		}
		if !r.Isolated {
			r.suppressions.Add(p.Project)
		}
	}
}

// report turns what was found into the report.
func (r *run) report() (*Result, error) {
	out := &report.Report{Version: r.Version}
	var all []*located
	for _, p := range r.projects {
		p.located = r.located(p, p.found)
		all = append(all, p.located...)
	}
	result := &Result{Report: out}
	listed := append(r.filter(once(all)), r.unused()...)
	for i, f := range r.identified(listed) {
		if r.Baseline[f.Fingerprint] {
			listed[i].own = known
			result.Known = append(result.Known, f)
			continue
		}
		touched, err := r.touched(&f)
		if err != nil {
			return nil, err
		}
		if !touched {
			listed[i].own = unchanged
			r.unchanged++
			continue
		}
		out.Findings = append(out.Findings, f)
	}
	out.Summary = summary(out.Findings)
	r.known = len(result.Known)
	out.Summary.Suppressed, out.Summary.Baselined = r.suppressed, r.known
	for _, p := range r.projects {
		out.Projects = append(out.Projects, report.Project{
			Root: report.ValidPath(p.Root), Name: report.ValidPath(p.Name), Folder: report.ValidPath(p.Folder), Framework: string(p.Framework), Files: p.Files, Spared: p.spared,
		})
		out.Checklist = append(out.Checklist, r.checklist(p)...)
		if r.Pictures {
			drawn, omitted := pictures(p, out.Findings)
			out.Pictures = append(out.Pictures, drawn...)
			out.Undrawn += omitted
		}
	}
	out.Rules = checks.Rules()
	out.Unreadable = r.unreadable()
	out.GivenUp = r.givenUp()
	out.Weakened = r.weakened()
	r.judge(out)
	return result, nil
}

// touched tells that the place of a finding, or a step on the path to it, has changed.
func (r *run) touched(f *report.Finding) (bool, error) {
	if r.Changed == nil {
		return true, nil
	}
	touched, err := r.Changed.Touch(f.At)
	for i := 0; i < len(f.Trace) && err == nil && !touched; i++ {
		if at := f.Trace[i].At; !at.IsZero() {
			touched, err = r.Changed.Touch(at)
		}
	}
	return touched, err
}

// unreadable are the files that could not be read, each once.
func (r *run) unreadable() []report.Unreadable {
	var out []report.Unreadable
	seen := map[string]bool{}
	for _, p := range r.projects {
		for _, u := range p.Unreadable {
			if !seen[u.Path] {
				seen[u.Path] = true
				out = append(out, report.Unreadable{File: report.ValidPath(u.Path), Why: lang.Cause(u.Err)})
			}
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].File < out[j].File })
	return out
}

// judge decides whether the program is ready.
func (r *run) judge(out *report.Report) {
	out.FailAt = checks.Error
	if r.Strict || r.FailOn == FailOnWarning {
		out.FailAt = checks.Warning
	}
	whole := len(out.Unreadable)+len(out.GivenUp) == 0
	out.Ready = whole
	for i := range out.Findings {
		out.Ready = out.Ready && out.Findings[i].Severity < out.FailAt
	}
	out.Proved = whole && !slices.ContainsFunc(out.Checklist, func(s report.Step) bool {
		return !s.Spared && s.Status != report.Pass && s.Status != report.Warn && s.Status != report.Confirmed
	})
	switch {
	case !whole:
		out.Exit = ExitUnreadable
	case !out.Ready && r.FailOn != FailNever:
		out.Exit = ExitNotReady
	default:
		out.Exit = ExitReady
	}
}

func summary(findings []report.Finding) report.Summary {
	var s report.Summary
	for i := range findings {
		switch findings[i].Severity {
		case checks.Error:
			s.Errors++
		case checks.Warning:
			s.Warnings++
		case checks.Info:
			s.Infos++
		}
	}
	return s
}

// absolute is the absolute form of a path that a user or a report names.
func (o *Options) absolute(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(o.Dir, path)
}
