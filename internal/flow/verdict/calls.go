package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/flow/survey"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Judge turns what was come by into calls with their verdicts.
type Judge struct {
	Program  *platform.Program
	Explorer *explore.Explorer
	Text     *survey.Survey
	// Hidden are the reported functions that are called by name on something which is not known, with the first place.
	Hidden map[flow.API]source.Span

	executed  *platform.Executed
	mentioned *survey.Mentions
	entries   map[string]*platform.EntryPoint
	calls     map[int]*flow.Call // by the numbers of sites
}

// written is a call with what its text says.
type written struct {
	site    *platform.Site // nil where no run came by
	call    *flow.Call
	node    *script.Call
	inside  []*script.Func
	options []*callsite.Value
	asked   []flow.ScopeUse
	// outside reports whether an unknown value is one that code writes which is not followed.
	outside func(same int) bool
	// notRun is what is written by code that no run came by.
	notRun *notRun
	// fieldAt is the name of the field that a property, by its key, is given; "" where it is given something else.
	fieldAt func(key source.Span) string
	// ran tells that the functions around it ran, though no run came by.
	ran bool
}

// Calls are the calls of the reported functions, in the order of their places.
func (j *Judge) Calls(code *callsite.Code) []*flow.Call {
	j.executed, j.Hidden, j.calls = j.Program.Executed(), map[flow.API]source.Span{}, map[int]*flow.Call{}
	j.entries = map[string]*platform.EntryPoint{}
	for _, e := range j.Program.Entries() {
		j.entries[e.Name] = e
	}
	all := j.gather(code)
	for _, w := range all {
		j.fill(w)
	}
	var out []*flow.Call
	for _, w := range all {
		j.judge(w)
		out = append(out, w.call)
	}
	return out
}

// gather are the calls that runs came by, and those that are written besides.
func (j *Judge) gather(code *callsite.Code) []*written {
	var out []*written
	byName := map[source.Span]*written{}
	aside := j.gatherNotRun()
	for _, s := range j.Program.Sites {
		w := &written{outside: j.Program.Outside, notRun: aside, fieldAt: j.fieldAt, site: s, call: &flow.Call{API: flow.API(s.API), Name: s.Name, Expr: s.Expr, Reached: len(s.Views) > 0}}
		j.calls[s.Number()] = w.call
		byName[s.Name] = w
		out = append(out, w)
	}
	for _, c := range j.Text.Calls(code) {
		if c.API == "" {
			if api := survey.MethodOn(c.Node); api != "" && (!j.executed.Nodes[c.Node] || j.Program.Unseen(c.Node)) {
				j.hide(api, c.Name) // what it is called on was never seen
			}
			continue
		}
		w := byName[c.Name]
		if w == nil || w.call.API != flow.API(c.API) {
			ran := j.ran(c)
			if ran && c.Indirect {
				continue // what it does is reported where it is done
			}
			w = &written{outside: j.Program.Outside, notRun: aside, fieldAt: j.fieldAt, call: &flow.Call{API: flow.API(c.API), Name: c.Name, Expr: c.Expr}, ran: ran}
			out = append(out, w)
		}
		w.node, w.inside, w.options = c.Node, c.Inside, code.Options(c)
		if w.asked = w.scopes(code); w.site == nil && w.ran && j.leftOut(c) {
			continue
		}
		for _, u := range w.asked {
			j.Program.Written |= platform.Scope(u.Name)
		}
	}
	slices.SortStableFunc(out, func(a, b *written) int {
		switch x, y := a.call, b.call; {
		case x.Name.Before(y.Name):
			return -1
		case y.Name.Before(x.Name):
			return 1
		case x.API < y.API:
			return -1
		case x.API > y.API:
			return 1
		}
		return 0
	})
	return out
}

// ran reports whether the file of a call and the functions around it ran.
func (j *Judge) ran(c *callsite.Call) bool {
	if top := j.executed.Tops[c.Name.File]; top != nil && j.executed.Of(top) == nil {
		return false
	}
	for _, f := range c.Inside {
		if j.executed.Funcs[f] == nil {
			return false
		}
	}
	return true
}

// hide notes a call of which nobody knows whether it is one of a reported function; the first is kept.
func (j *Judge) hide(api flow.API, at source.Span) {
	if first, ok := j.Hidden[api]; !ok || at.Before(first) {
		j.Hidden[api] = at
	}
}

// fill says of a call where it stands and what it is given.
func (j *Judge) fill(w *written) {
	c, p := w.call, j.Program
	c.Unit = j.Text.Unit(c.Name.File)
	script := p.ScriptOf(c.Name.File)
	var given []*flow.Value
	scopes := map[flow.ScopeUse]bool{}
	use := func(u flow.ScopeUse) {
		if u = j.Text.PlaceScope(placed(u, c.Name)); !scopes[u] {
			scopes[u] = true
			c.Scopes = append(c.Scopes, u)
		}
	}
	enables, disables := false, false
	open := !c.Reached
	if w.site != nil {
		for _, s := range w.site.Seen() {
			given = append(given, s.Given...)
			if c.API == flow.Authorize {
				for _, u := range w.shown(s.Given) {
					use(u)
				}
			}
			enables, disables = enables || s.Enables, disables || s.Disables
		}
		if c.Failure = handling(w.site); c.Failure == flow.HandlingUnknown {
			c.FailureBound = j.Explorer.Store.Met
		}
		j.units(w)
	}
	if open {
		for _, u := range w.asked {
			use(u)
		}
	}
	slices.SortStableFunc(c.Scopes, func(a, b flow.ScopeUse) int {
		switch {
		case a.Name != b.Name && a.Name < b.Name:
			return -1
		case a.Name != b.Name:
			return 1
		case a.At.Before(b.At):
			return -1
		}
		return 1
	})
	c.Options = w.given(given, open)
	c.OnlyDisables = disables && !enables || !c.Reached && !enables && disablesOnly(c.Options)
	c.Plugin = c.Plugin || c.Unit != nil && c.Unit.Plugin || script != nil && script.Plugin
	if c.Unit == nil && !c.Reached && script != nil && len(c.Units) == 0 {
		c.Importers = p.Importers(script)
	}
}

// units are those whose entry points come by the call.
func (j *Judge) units(w *written) {
	through := map[*miniprogram.Unit]bool{}
	for _, v := range w.site.Views {
		if e := j.entries[v.Entry]; e != nil && e.Unit != nil {
			through[e.Unit] = true
		}
	}
	for _, u := range j.Text.Units() {
		if through[u] {
			w.call.Units = append(w.call.Units, u)
			w.call.Plugin = w.call.Plugin || u.Plugin
		}
	}
}

// handling is what becomes of a call's failure.
func handling(s *platform.Site) flow.Handling {
	swallowed, dropped := false, false
	for _, o := range s.Seen() {
		if o.Handled {
			return flow.Handled
		}
		swallowed, dropped = swallowed || o.Swallowed, dropped || o.Dropped
	}
	if swallowed || dropped {
		return flow.Unhandled
	}
	return flow.HandlingUnknown
}

// judge gives a call its verdicts.
func (j *Judge) judge(w *written) {
	c := w.call
	feature := c.API == flow.SetEnable || c.API == flow.Join
	if !feature {
		c.Reached = c.Reached || w.ran
		return
	}
	if w.site == nil || !c.Reached {
		if w.ran && (w.node == nil || !survey.OnlyDisables(w.node)) {
			c.Reached = true
			c.Before = flow.Verdict{Outcome: flow.Unproven, NothingLeads: true}
		}
		if met := j.Explorer.Store.Met; met != "" {
			c.Reached, c.Cut = false, true
			c.Before = j.met(c, met)
			return
		}
		at, named := j.stops(w)
		c.Stops, c.StopKind, c.StopBy, c.Named = at.at, at.kind, at.by, named
		return
	}
	c.Before, c.RefusalFrom = j.before(w.site)
	if c.API == flow.SetEnable {
		c.DevTools = j.devTools(w.site)
		if met := j.Explorer.Store.Met; met != "" && (c.DevTools.Outcome == flow.Proved || c.DevTools.Outcome == flow.NotRun) {
			c.DevTools = j.met(c, met)
		}
		c.Runs = j.runs(w.site)
	}
	c.DevToolsOnly = devToolsOnly(w.site)
}

// met is the verdict where a bound has left something out.
func (j *Judge) met(c *flow.Call, bound string) flow.Verdict {
	name, at := j.metAt(c.Name)
	return flow.Verdict{Outcome: flow.Unproven, Bound: bound, Unfollowed: name, At: at}
}

// metAt names the entry point that met a bound, with its place; at stands for one that has none.
func (j *Judge) metAt(at source.Span) (string, source.Span) {
	e := j.entries[j.Explorer.Store.MetIn]
	switch {
	case e == nil:
		return j.Explorer.Store.MetIn, at
	case e.At.IsZero():
		return e.Method, at
	}
	return e.Method, e.At
}

// devToolsOnly reports whether every path that comes to a call runs in DevTools.
func devToolsOnly(s *platform.Site) bool {
	for _, v := range s.Views {
		if v.Facts.Held&platform.DevTools == 0 {
			return false
		}
	}
	return len(s.Views) > 0
}

// runs are the entry points from which an enabling runs.
func (j *Judge) runs(s *platform.Site) []flow.Run {
	at := map[string]bool{}
	for _, v := range s.Views {
		if !v.Disables {
			at[v.Entry] = true
		}
	}
	var out []flow.Run
	for _, name := range sortedNames(at) {
		run := flow.Run{ByPlatform: true, Entry: flow.Step{Kind: flow.StepModule}}
		if e := j.entries[name]; e != nil {
			run.ByPlatform, run.Entry = e.ByPlatform(), step(e.Step, e.At)
		}
		for _, other := range j.Program.Sites {
			if other.API != string(flow.Join) {
				continue
			}
			for _, v := range other.Views {
				run.Joins = run.Joins || v.Entry == name && v.Trail.Passes(func(x any) bool {
					step, ok := x.(platform.Step)
					return ok && step.Site == s.Number() && step.Kind == string(flow.StepEnable)
				})
			}
		}
		out = append(out, run)
	}
	return out
}

func sortedNames(set map[string]bool) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Asks are the scopes that something may ask for: what was not followed may ask for both.
func (j *Judge) Asks() []string {
	if j.Explorer.Store.Met != "" {
		return names(platform.Both)
	}
	for _, s := range j.Program.Sites {
		for _, v := range s.Views {
			if v.Facts.Maybe != nil {
				return names(platform.Both)
			}
		}
	}
	return names(j.Program.Asked)
}

// GaveUp is what was not followed to its end.
func (j *Judge) GaveUp(calls []*flow.Call) []flow.GaveUp {
	met := j.Explorer.Store.Met
	if met == "" {
		return nil
	}
	g := flow.GaveUp{Bound: met}
	g.What, g.At = j.metAt(source.Span{})
	for _, c := range calls {
		if (c.API == flow.SetEnable || c.API == flow.Join) && c.Before.Bound == met {
			g.Calls = append(g.Calls, c)
		}
	}
	return []flow.GaveUp{g}
}
