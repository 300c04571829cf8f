package checks

// What several rules ask of a pass.

import (
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

// broken tells that a file which cannot be parsed holds one of the names, so that what is
// missing may be in it.
func (p *Pass) broken(names miniprogram.Names) bool {
	for _, e := range p.Flow.ParseErrors {
		if e.Names&names != 0 {
			return true
		}
	}
	return false
}

// promisedOnly tells that project.config.json leads to a mini-program that is not there: app-json says so, and
// what the program calls cannot be known.
func (p *Pass) promisedOnly() bool {
	for _, f := range p.Project.Config.Faults {
		if f.Kind == miniprogram.FaultMissing {
			return true
		}
	}
	return false
}

// unparsed tells that a file is one of those that cannot be parsed.
func (p *Pass) unparsed(f *source.File) bool {
	for _, e := range p.Flow.ParseErrors {
		if f != nil && e.At.File == f {
			return true
		}
	}
	return false
}

// found returns what a rule has reported so far.
func (p *Pass) found(r *Rule) []*Finding {
	var found []*Finding
	for _, f := range p.Found {
		if f.Rule == r {
			found = append(found, f)
		}
	}
	return found
}

// pagesKnown tells that the files which list the pages can be read; otherwise app-json has said so,
// and no page is to blame for being in no list.
func (p *Pass) pagesKnown() bool {
	for _, f := range p.Project.Config.Faults {
		if f.Kind == miniprogram.FaultMissing || f.Kind == miniprogram.FaultInvalid {
			return false
		}
	}
	return p.Project.Config.Readable
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

// together tells that two calls belong to the same page or component, or to the same file, or
// that it is not known what one of them belongs to.
func together(a, b *flow.Call) bool {
	ua, ub := units(a), units(b)
	if len(ua) == 0 || len(ub) == 0 || a.Name.File == b.Name.File {
		return true
	}
	for _, u := range ua {
		for _, v := range ub {
			if u == v {
				return true
			}
		}
	}
	return false
}

// passes tells that a witness leads through a call.
func passes(witness []flow.Step, c *flow.Call) bool {
	for _, s := range witness {
		if inside(s.At, c.Expr) || inside(s.At, c.Name) {
			return true
		}
	}
	return false
}

// inside tells that a lies within b.
func inside(a, b source.Span) bool {
	return a.File != nil && a.File == b.File && b.Start <= a.Start && a.End <= b.End
}

// Together tells that two calls belong to the same page, component or file, or that it is not known
// what one of them belongs to.
func Together(a, b *flow.Call) bool { return together(a, b) }

// contains tells that call is one of calls.
func contains(calls []*flow.Call, call *flow.Call) bool {
	for _, c := range calls {
		if c == call {
			return true
		}
	}
	return false
}
