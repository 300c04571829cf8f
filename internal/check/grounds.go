package check

// What each step of the code rests on: the calls that decide it, what of them could not be followed, and why there may be
// nothing to decide it by.

import (
	"fmt"
	"slices"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// use is what a project has of the feature.
type use int

const (
	something  use = iota
	nothing        // no trace: a finding says so, and there is nothing else to tell
	pluginOnly     // calls in plugin code alone, where they do not work
)

// usesOf tells what a project has of the feature, by its code and by what the rules found in it.
func usesOf(p *project) use {
	for _, f := range p.found {
		if f.Rule.ID == "enable-called" && f.Reason == "unused" {
			return nothing
		}
	}
	inside := p.Plugin
	for _, c := range p.flow.Calls {
		switch {
		case !feature(c):
		case c.Plugin:
			inside = true
		default:
			return something
		}
	}
	if inside {
		return pluginOnly
	}
	return something
}

func feature(c *flow.Call) bool { return c.API == flow.SetEnable || c.API == flow.Join }

// enablings are the calls of a project that could enable, and joins those that place a call, outside of plugins.
func (p *project) enablings() []*flow.Call {
	return p.calls(func(c *flow.Call) bool { return c.API == flow.SetEnable && !c.OnlyDisables })
}

func (p *project) joins() []*flow.Call {
	return p.calls(func(c *flow.Call) bool { return c.API == flow.Join })
}

func (p *project) calls(are func(*flow.Call) bool) []*flow.Call {
	var out []*flow.Call
	for _, c := range p.flow.Calls {
		if !c.Plugin && are(c) {
			out = append(out, c)
		}
	}
	return out
}

// grounds are what a step rests on.
type grounds struct {
	project *project
	step    checks.Step
	// causes say what could not be followed.
	causes []lang.Text
	told   map[lang.Text]bool // the causes, each of which is said once
	// lacking says why there is nothing to decide the step by, or not all there should be.
	lacking lang.Text
}

// open says what could not be followed, if anything.
func (g *grounds) open() lang.Text {
	switch n := len(g.causes) - 1; {
	case n < 0:
		return lang.Text{}
	case n > 0:
		return lang.F(lang.T("%s; and %d more", "%s；另有 %d 处"), g.causes[0], n)
	}
	return g.causes[0]
}

// doubt adds something that could not be followed, once.
func (g *grounds) doubt(cause lang.Text) {
	if !g.told[cause] {
		g.told[cause] = true
		g.causes = append(g.causes, cause)
	}
}

// lack says why the step is not decided; the first reason is the one that is told.
func (g *grounds) lack(why lang.Text) {
	if g.lacking.IsZero() {
		g.lacking = why
	}
}

// grounds looks at what a step rests on.
func (p *project) grounds(step checks.Step) *grounds {
	g := &grounds{project: p, step: step, told: map[lang.Text]bool{}}
	switch {
	case p.uses == pluginOnly:
		g.lack(lang.T("calls do not work in a plugin", "插件不支持通话功能"))
		return g
	case step == checks.StepPermission:
		g.permission()
		return g
	case isMissing(p):
		g.lack(lang.T("the mini-program is not where the configuration says", "小程序不在配置所指的位置"))
		return g
	}
	g.ignored()
	g.said()
	g.unparsed()
	switch step {
	case checks.StepAuthorize:
		g.unknown(flow.SetEnable)
		g.notFound(p.enablings())
		g.flow(p.enablings(), "authorize-before-enable", noEnabling)
		g.handling(p.asks())
	case checks.StepEnable:
		g.unknown(flow.SetEnable)
		g.notFound(p.enablings())
		g.run(p.enablings(), lang.Text{})
		g.options(p.enablings())
		g.handling(p.enablings())
	case checks.StepJoin:
		g.unknown(flow.Join)
		g.notFound(p.joins())
		g.flow(p.joins(), "join-after-enable", lang.Text{})
		g.options(p.joins())
		g.handling(p.joins())
	case checks.StepDevTools:
		g.devTools()
	case checks.StepReachable:
		g.reachable()
	}
	return g
}

var noEnabling = lang.T("nothing enables calls", "没有开启通话功能的代码")

// asks are the authorizations of the two scopes.
func (p *project) asks() []*flow.Call {
	return p.calls(func(c *flow.Call) bool {
		return c.API == flow.Authorize && slices.ContainsFunc(c.Scopes, func(s flow.ScopeUse) bool {
			return s.Name == "scope.record" || s.Name == "scope.camera"
		})
	})
}

// permission looks at what the app configuration says, which may be computed.
func (g *grounds) permission() {
	c := &g.project.Config
	if !c.Readable {
		g.lack(lang.T("the app configuration cannot be read", "应用配置无法读取"))
		return
	}
	if c.PermissionOpen {
		g.doubt(notFollowed(lang.T("the source of some entries of permission", " permission 里部分条目的来源"), c.PermissionKey))
	}
	for _, entry := range c.Permissions {
		if entry.DescUnknown && (entry.Scope == "scope.record" || entry.Scope == "scope.camera") {
			g.doubt(notFollowed(lang.F(lang.T("the desc of %s, which is computed", "计算得出的 %s 的 desc"), entry.Scope), entry.DescKey))
		}
	}
}

// said takes in the calls of which a rule says that it could not be followed what runs them; verdicts on calls, and calls on
// what nobody knows, tell themselves what could not be.
func (g *grounds) said() {
	unproven := map[source.Span]bool{}
	for _, c := range g.project.flow.Calls {
		unproven[c.Name] = unproven[c.Name] || c.Before.Outcome == flow.Unproven
	}
	for _, l := range g.project.located {
		if l.Step == g.step && tellsOpen(l.Rule.ID) && !isHidden(g.project.flow, l.At) && !unproven[l.At] {
			g.doubt(notFollowed(lang.T("what runs this call", "这次调用由哪里执行"), l.At))
		}
	}
}

// unknown takes in that the only call of its name may be the platform's or not.
func (g *grounds) unknown(api flow.API) {
	at, ok := g.project.flow.Hidden[api]
	if ok && !slices.ContainsFunc(g.project.flow.Calls, func(c *flow.Call) bool { return c.API == api }) {
		g.doubt(notFollowed(lang.F(lang.T("the object that %s is called on", "调用 %s 的对象"), string(api)), at))
	}
}

// isHidden tells of the place of a call on what nobody knows.
func isHidden(r *flow.Result, at source.Span) bool {
	for _, hidden := range r.Hidden {
		if hidden == at {
			return true
		}
	}
	return false
}

// notFound takes in that calls of the step may not have been found, because the code was not followed to its end.
func (g *grounds) notFound(calls []*flow.Call) {
	for _, up := range g.project.flow.GaveUp {
		if len(calls) == 0 || g.step == checks.StepReachable && (up.Failure != "" || len(up.Calls) > 0) {
			g.doubt(givenUpText(up))
		}
	}
}

// names are the words that a file which cannot be parsed has to hold to matter to a step.
var names = map[checks.Step]miniprogram.Names{
	checks.StepAuthorize: miniprogram.NameAuthorize | miniprogram.NameEnable,
	checks.StepEnable:    miniprogram.NameEnable,
	checks.StepJoin:      miniprogram.NameJoin | miniprogram.NameEnable,
	checks.StepDevTools:  miniprogram.NameEnable,
	checks.StepReachable: miniprogram.NameEnable | miniprogram.NameJoin,
}

// ignored takes in the files that the configuration leaves out and that the step needs.
func (g *grounds) ignored() {
	for _, i := range g.project.Ignored {
		if i.Names&names[g.step] != 0 {
			g.lack(lang.F(lang.T("%s, which makes calls, is ignored", "含有通话代码的 %s 被忽略"), report.ValidPath(i.Path)))
		}
	}
}

// unparsed takes in the files that cannot be parsed and that the step needs.
func (g *grounds) unparsed() {
	for _, e := range g.project.flow.ParseErrors {
		if e.Names&names[g.step] != 0 {
			g.lack(lang.F(lang.T("%s cannot be parsed", "%s 无法解析"), shownAt(e.At)))
		}
	}
	if broken := g.project.Broken; g.step == checks.StepReachable && len(broken) > 0 {
		g.lack(lang.F(lang.T("%s cannot be parsed", "%s 无法解析"), shownAt(broken[0].At)))
	}
}

// flow looks at what has to hold before calls; rule finds what does not, and none is said where there is no call.
func (g *grounds) flow(calls []*flow.Call, rule string, none lang.Text) {
	g.run(calls, none)
	for _, c := range followed(calls) {
		switch v := &c.Before; {
		case v.Outcome == flow.Unproven:
			g.unproven(c, v)
		case v.Outcome == flow.Refuted && !g.project.says(rule, c):
			g.lack(othersFirst)
		}
	}
	if len(calls) > 0 && !slices.ContainsFunc(calls, func(c *flow.Call) bool { return !c.DevToolsOnly }) {
		g.lack(lang.F(lang.T("%s runs only in DevTools", "%s 只在微信开发者工具里执行"), calledAt(calls[0])))
	}
}

// followed are the calls to which some path leads.
func followed(calls []*flow.Call) []*flow.Call {
	var out []*flow.Call
	for _, c := range calls {
		if c.Reached && (c.API == flow.Authorize || c.DevToolsOnly || c.Before.Outcome != flow.NotRun && !c.Before.NothingLeads) {
			out = append(out, c)
		}
	}
	return out
}

// othersFirst is said of what is wrong for a reason that another finding names.
var othersFirst = lang.T("cannot be decided until the other problems are fixed", "其他问题解决之后才能判断")

// noPath says of a call that it stands where something runs, but that no path leads to it.
func noPath(c *flow.Call) lang.Text {
	return lang.F(lang.T("no path that was followed reaches %s", "跟踪到的路径都走不到 %s"), calledAt(c))
}

// unproven takes in a verdict that is none.
func (g *grounds) unproven(c *flow.Call, v *flow.Verdict) {
	at := orElse(v.At, c.Name)
	switch {
	case v.Bound != "" || v.Failure != "":
		g.doubt(lang.F(lang.T("%s (%s)", "%s（%s）"), checks.Beyond(*v, checks.Named(v.Unfollowed)), shownAt(at)))
	case v.Stored:
		g.doubt(lang.F(lang.T("it depends on a flag in storage (%s)", "取决于本地缓存里的标记（%s）"), shownAt(at)))
	case v.NothingLeads && v.Unfollowed == "" && !g.project.saysOpen(c):
		g.lack(noPath(c))
	case v.NothingLeads && v.Unfollowed == "":
		g.doubt(noPath(c))
	default:
		g.doubt(notFollowed(lang.F(lang.T("%s", " %s"), checks.Named(v.Unfollowed)), at))
	}
}

// run takes in the calls that nothing runs, those to which no path was found, and those of which that could not be told.
func (g *grounds) run(calls []*flow.Call, none lang.Text) {
	if len(calls) == 0 && !none.IsZero() {
		g.lack(none)
	}
	for _, c := range calls {
		switch v := &c.Before; {
		case c.Reached && v.NothingLeads, c.Cut && v.Outcome == flow.Unproven:
			g.unproven(c, v)
		case c.Reached && v.Outcome == flow.NotRun && !c.DevToolsOnly:
			g.doubt(noPath(c))
		case c.Reached, g.project.saysOpen(c):
		case c.Cut:
			g.doubt(notFollowed(lang.F(lang.T("what runs %s", " %s 由哪里执行"), string(c.API)), c.Name))
		default:
			g.lack(lang.F(lang.T("nothing runs %s", "没有地方会执行 %s"), calledAt(c)))
		}
	}
}

// options takes in calls whose options are not known at all.
func (g *grounds) options(calls []*flow.Call) {
	for _, c := range followed(calls) {
		if len(c.Options) == 0 {
			g.doubt(notFollowed(lang.F(lang.T("the options of %s", "传给 %s 的参数"), string(c.API)), c.Name))
		}
	}
}

// handling takes in the calls of which a failure could not be followed.
func (g *grounds) handling(calls []*flow.Call) {
	for _, c := range followed(calls) {
		switch {
		case c.Failure != flow.HandlingUnknown:
		case c.FailureBound != "":
			g.doubt(lang.F(lang.T("%s (%s)", "%s（%s）"), handlingBeyond(c), shownAt(c.Name)))
		default:
			g.doubt(notFollowed(lang.F(lang.T("the handling of a failed %s", " %s 失败后的处理"), string(c.API)), c.Name))
		}
	}
}

// devTools looks at whether enablings also run in DevTools.
func (g *grounds) devTools() {
	calls := g.project.enablings()
	g.unknown(flow.SetEnable)
	g.notFound(calls)
	g.run(calls, noEnabling)
	for _, c := range followed(calls) {
		switch v := &c.DevTools; {
		case v.Outcome == flow.Unproven:
			g.unproven(c, v)
		case v.Outcome == flow.Refuted && !g.project.says("devtools-unsupported", c):
			g.lack(othersFirst)
		case v.Outcome == flow.NotRun && c.Before.Outcome == flow.Unproven:
			g.unproven(c, &c.Before)
		case v.Outcome == flow.NotRun:
			g.doubt(noPath(c))
		}
	}
}

// reachable looks at whether users come to the calls. Of one that nothing runs, a finding at this step has to say so.
func (g *grounds) reachable() {
	calls := g.project.calls(feature)
	g.unknown(flow.SetEnable)
	g.unknown(flow.Join)
	g.notFound(calls)
	if len(calls) == 0 {
		g.lack(lang.T("nothing makes a call", "没有通话相关的代码"))
	}
	for _, c := range calls {
		switch {
		case c.Reached || c.OnlyDisables:
		case c.Cut:
			g.doubt(notFollowed(lang.F(lang.T("what runs %s", " %s 由哪里执行"), string(c.API)), c.Name))
		case g.project.saysOpen(c):
			g.doubt(notFollowed(lang.F(lang.T("what runs %s", " %s 由哪里执行"), string(c.API)), c.Name))
		case !g.warned():
			g.lack(lang.F(lang.T("nothing runs %s", "没有地方会执行 %s"), calledAt(c)))
		}
	}
	for _, u := range g.project.Units {
		info := g.project.flow.Units[u]
		if info == nil || !info.Calls || u.Plugin || u.Template == nil || len(u.Template.Broken) > 0 {
			continue
		}
		if u.Template.Unread {
			g.doubt(notFollowed(lang.T("a part of the template", "模板的一部分"), source.Span{File: u.Template.File}))
		}
	}
}

// warned tells that the step has a finding which shows.
func (g *grounds) warned() bool {
	return slices.ContainsFunc(g.project.located, func(l *located) bool {
		return l.Step == g.step && l.fate() == reported && l.Severity > checks.Info
	})
}

// isMissing tells that the app configuration is not there.
func isMissing(p *project) bool {
	return slices.ContainsFunc(p.Config.Faults, func(f miniprogram.ConfigFault) bool { return f.Kind == miniprogram.FaultMissing })
}

// notFollowed says of what it could not be followed, and where.
func notFollowed(what lang.Text, at source.Span) lang.Text {
	if at.IsZero() {
		return lang.F(lang.T("%s could not be followed", "无法跟踪%s"), what)
	}
	return lang.F(lang.T("%s could not be followed (%s)", "无法跟踪%s（%s）"), what, shownAt(at))
}

// calledAt names a call with its place.
func calledAt(c *flow.Call) lang.Text {
	return lang.F(lang.T("%s (%s)", "%s（%s）"), string(c.API), shownAt(c.Name))
}

// shownAt is a place as people write it: file and line.
func shownAt(at source.Span) string {
	if at.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s:%d", report.ValidPath(at.File.Path), at.From().Line)
}
