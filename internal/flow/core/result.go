package core

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/survey"
	"github.com/voipcheck/voipcheck/internal/flow/verdict"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Follow is what checks know of a project's code, which is the platform's own or of one of some frameworks. It returns nil when it was told to stop before it came to the end.
func Follow(p *miniprogram.Project, frameworks []*platform.Framework, o flow.Options) *flow.Result {
	if !p.HasTrace() {
		return &flow.Result{Units: map[*miniprogram.Unit]*flow.UnitInfo{}}
	}
	a := Analyze(p, Options{Bounds: bounds(o), Frameworks: frameworks, Parse: o.Parse, Vouched: vouched(o), Stop: o.Stop})
	if a == nil {
		return nil
	}
	r := a.Result()
	if a.Explorer.Stopped() {
		return nil
	}
	return r
}

// bounds are those of a check: the steps so many times as the configuration wants.
func bounds(o flow.Options) explore.Bounds {
	b := Usual
	if o.Work > 0 {
		for _, n := range []*int{&b.Steps, &b.Writing, &b.Telling} {
			*n = max(1, int(float64(*n)*o.Work))
		}
	}
	return b
}

// vouched are the functions that the configuration vouches for.
func vouched(o flow.Options) platform.Vouched {
	list := func(functions []flow.Function) []platform.Function {
		var out []platform.Function
		for _, f := range functions {
			out = append(out, platform.Function(f))
		}
		return out
	}
	return platform.Vouched{Grants: list(o.Grants), Enables: list(o.Enables)}
}

// Result is the analysis in the terms of what checks read.
func (a *Analysis) Result() *flow.Result {
	p := a.Program
	r := &flow.Result{Units: map[*miniprogram.Unit]*flow.UnitInfo{}}
	var files []*survey.File
	var programs []callsite.Program
	for _, c := range p.Code() {
		files = append(files, &survey.File{Script: c.Script, Syntax: c.Syntax})
		programs = append(programs, callsite.Program{Script: c.Script, Syntax: c.Syntax})
	}
	text := survey.New(p.Project(), files, a.parse, p.Life)
	for _, f := range p.Failures {
		r.ParseErrors = append(r.ParseErrors, flow.ParseError{At: f.At, Why: f.Why, Names: f.Script.Names, Limit: f.Limit})
	}
	sort.Slice(r.ParseErrors, func(i, j int) bool { return r.ParseErrors[i].At.Before(r.ParseErrors[j].At) })
	r.OpensSettings = text.OpensSettings()
	r.ExistenceGuards = text.ExistenceGuards()
	r.Listeners, r.HearsHangUp = text.Listeners()
	code := callsite.New(p.Project(), programs, p.Hosts(), platform.Reported)
	j := &verdict.Judge{Program: p, Explorer: a.Explorer, Text: text}
	r.Calls = j.Calls(code)
	r.Hidden = j.Hidden
	for _, u := range p.Units() {
		r.Units[u] = unitInfo(p, u, r.Calls)
	}
	r.Asks = j.Asks()
	r.GaveUp = j.GaveUp(r.Calls)
	r.Work = a.work()
	a.number(r)
	return r
}

// unitInfo is what the options of a page or component hold.
func unitInfo(p *platform.Program, u *miniprogram.Unit, calls []*flow.Call) *flow.UnitInfo {
	info := &flow.UnitInfo{Methods: map[string]bool{}}
	names, open := p.Methods(u)
	for _, name := range names {
		info.Methods[name] = true
	}
	info.Open = open
	for _, c := range calls {
		if c.API != flow.SetEnable && c.API != flow.Join || c.Unit != u && !slices.Contains(c.Units, u) {
			continue
		}
		info.Calls = true
		if info.First == nil || c.Unit == u && info.First.Unit != u {
			info.First = c
		}
	}
	return info
}

// work is what was done.
func (a *Analysis) work() flow.Work {
	w := flow.Work{Passes: a.Passes, Entries: map[string]flow.EntryWork{}}
	for name, e := range a.Explorer.Works {
		w.Entries[name] = flow.EntryWork{Times: e.Times, Paths: e.States, Steps: e.Steps}
		w.Paths += e.States
		w.Steps += e.Steps
	}
	w.Spent = w.Steps
	return w
}
