package checks

// What several rules ask of a pass.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// calls returns the calls of an API outside plugins, in order of place.
func (p *Pass) calls(api flow.API) []*flow.Call {
	var calls []*flow.Call
	for _, c := range p.Flow.Calls {
		if c.API == api && !c.Plugin {
			calls = append(calls, c)
		}
	}
	return calls
}

// feature tells of the two calls that the feature consists of.
func feature(c *flow.Call) bool { return c.API == flow.SetEnable || c.API == flow.Join }

// Traces tells that something in the project names a call of the feature.
func (p *Pass) Traces() bool {
	const words = miniprogram.NameEnable | miniprogram.NameJoin
	return slices.ContainsFunc(p.Project.Scripts, func(s *miniprogram.Script) bool { return s.Names&words != 0 }) ||
		slices.ContainsFunc(p.Flow.Calls, feature) ||
		slices.ContainsFunc(p.Flow.ParseErrors, func(e flow.ParseError) bool { return e.Names&words != 0 })
}

// pluginOnly tells that the feature is used in plugin code and nowhere else: then nothing can
// be said but that it does not work there.
func (p *Pass) pluginOnly() bool {
	inside := p.Project.Plugin
	for _, c := range p.Flow.Calls {
		switch {
		case !feature(c):
		case c.Plugin:
			inside = true
		default:
			return false
		}
	}
	return inside
}

// has tells that the project calls an API anywhere, in plugins too.
func (p *Pass) has(api flow.API) bool {
	for _, c := range p.Flow.Calls {
		if c.API == api {
			return true
		}
	}
	return false
}

// mayCall tells that a call may not have been found which some file names: because the code was not followed to its end, or because the
// configuration leaves the file out.
func (p *Pass) mayCall(name miniprogram.Names) bool {
	return slices.ContainsFunc(p.Project.Ignored, func(i miniprogram.Ignored) bool { return i.Names&name != 0 }) ||
		len(p.Flow.GaveUp) > 0 && slices.ContainsFunc(p.Project.Scripts, func(s *miniprogram.Script) bool { return s.Names&name != 0 })
}

// enablings returns the enabling calls that could enable: those with enable: false need
// no authorization, no guard and no failure handler.
func (p *Pass) enablings() []*flow.Call {
	var calls []*flow.Call
	for _, c := range p.calls(flow.SetEnable) {
		if !c.OnlyDisables {
			calls = append(calls, c)
		}
	}
	return calls
}

// unreached returns the calls of the feature that no path comes to as far as can be seen, outside plugins.
func (p *Pass) unreached() []*flow.Call {
	var calls []*flow.Call
	for _, c := range p.Flow.Calls {
		if feature(c) && !c.Plugin && (!c.Reached && !c.Cut || stopped(c)) && !c.OnlyDisables && p.Project.Config.Readable {
			calls = append(calls, c)
		}
	}
	return calls
}

// nameOf is the word by which a file takes part that makes a call.
func nameOf(api flow.API) miniprogram.Names {
	switch api {
	case flow.SetEnable:
		return miniprogram.NameEnable
	case flow.Join:
		return miniprogram.NameJoin
	case flow.Authorize:
		return miniprogram.NameAuthorize
	case flow.OpenSetting:
		return miniprogram.NameOpenSetting
	}
	return 0
}

// top is line 1 of the app configuration, where findings about a project as a whole are shown.
func (p *Pass) top() source.Span {
	f := p.Project.Config.File
	if f == nil {
		f = source.NewFile("app.json", "app.json", nil)
	}
	end := len(f.Line(1))
	return source.Span{File: f, Start: 0, End: end}
}

// units are the pages, components and app that a call belongs to.
func units(c *flow.Call) []*miniprogram.Unit {
	if c.Unit == nil {
		return c.Units
	}
	return append([]*miniprogram.Unit{c.Unit}, c.Units...)
}

// inside tells that a lies within b.
func inside(a, b source.Span) bool {
	return a.File != nil && a.File == b.File && b.Start <= a.Start && a.End <= b.End
}

// Together tells that two calls belong to the same page, component or file, or that it is not known
// what one of them belongs to.
func Together(a, b *flow.Call) bool {
	ua, ub := units(a), units(b)
	if len(ua) == 0 || len(ub) == 0 || a.Name.File == b.Name.File {
		return true
	}
	return slices.ContainsFunc(ua, func(u *miniprogram.Unit) bool { return slices.Contains(ub, u) })
}
