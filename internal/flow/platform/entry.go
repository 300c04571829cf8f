package platform

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// EntryPoint is code that the platform runs, with what holds when it does.
type EntryPoint struct {
	explore.Entry
	Kind   string // "lifecycle", "handler", "observer"
	Method string
	Unit   *miniprogram.Unit
	Starts []Start
	// Step is how a path through it begins, At its place.
	Step Step
	At   source.Span
}

// ByPlatform reports whether the platform runs it, rather than a user who does something.
func (e *EntryPoint) ByPlatform() bool { return e.Kind != "handler" }

// pageLife and the others are the methods that the platform calls, in the order in which it does
// (docs reference/api/Page.html, Component.html, App.html).
var (
	appLife  = strings.Fields("onLaunch onShow onHide onError onPageNotFound onUnhandledRejection onThemeChange")
	pageLife = strings.Fields(`onLoad onShow onReady onHide onUnload onPullDownRefresh onReachBottom onPageScroll onShareAppMessage onShareTimeline
		onAddToFavorites onResize onTabItemTap onSaveExitState onRouteDone`)
	componentLife = strings.Fields("created attached ready moved detached error pageLifetimes.show pageLifetimes.hide pageLifetimes.resize pageLifetimes.routeDone")
)

// Entries are the entry points of the program.
func (p *Program) Entries() []*EntryPoint {
	p.gated, p.aside = nil, nil
	var out []*EntryPoint
	if len(p.leftover) > 0 {
		e := &EntryPoint{Kind: "module", Method: "start", Starts: []Start{{}}}
		e.Name = "start"
		e.Step = Step{Kind: "module"}
		e.Begin = func(s *state.State) []*state.State {
			p.entry = e.Name
			s.Tasks = p.leftover
			return p.Next(s)
		}
		out = append(out, e)
	}
	for _, u := range p.allUnits() {
		i := p.units[u]
		if i == nil || u.Kind == miniprogram.ComponentUnit && !u.Used {
			continue
		}
		out = append(out, p.entriesOf(u, i)...)
	}
	return out
}

func (p *Program) entriesOf(u *miniprogram.Unit, i *instance) []*EntryPoint {
	var out []*EntryPoint
	starts := p.startsOf(u)
	seen := map[string]bool{}
	life := pageLife
	switch u.Kind {
	case miniprogram.AppUnit:
		life = appLife
	case miniprogram.ComponentUnit:
		life = nil
	}
	first := true
	add := func(kind, name, detail string, f, runs value.Value, starts []Start, args func() []value.Value) {
		if !p.matters(p.base, runs) {
			p.aside = append(p.aside, runs)
			seen[name] = true
			first = first && kind != "lifecycle"
			return
		}
		id := u.Path + " " + kind + " " + name
		ctx := p.table.Enter(nil, value.At{Name: id})
		e := &EntryPoint{Kind: kind, Method: name, Unit: u, Starts: starts}
		e.Name = id
		e.Step, e.At = p.beginning(kind, name, detail, runs, i.at)
		e.Begin = func(s *state.State) []*state.State {
			p.entry = id
			s.Note(e.Step, e.At)
			p.machine.At(ctx, "arguments")
			p.arguing = s
			return p.machine.Begin(s, ctx, f, i.object, args())
		}
		e.First, e.After = p.sequence(u, kind, name)
		if first && kind == "lifecycle" {
			own := p.owned(i)
			// When the app is launched nothing else has run.
			e.Fresh = func(id value.ID) bool { return own[id] || name == "onLaunch" && u.Kind == miniprogram.AppUnit }
			first = false
		}
		out = append(out, e)
		seen[name] = true
	}
	for _, name := range life {
		if f := p.method(i, name); f != value.Undef {
			add("lifecycle", name, "", f, f, starts, func() []value.Value { return []value.Value{p.input(p.machine.Where(), name, "object")} })
		}
	}
	for _, l := range i.life {
		kind := "lifecycle"
		if rest, ok := strings.CutPrefix(l.name, "observer "); ok {
			kind = "observer"
			fields := strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' })
			add(kind, rest, "", l.f, l.f, starts, func() []value.Value { return p.fields(fields) })
			continue
		}
		if u.Kind == miniprogram.ComponentUnit || u.Kind == miniprogram.PageUnit {
			if !contains(componentLife, l.name) && !contains(pageLife, l.name) {
				continue
			}
			add(kind, l.name, "", l.f, l.f, starts, func() []value.Value { return nil })
		}
	}
	for _, h := range p.handlers(u, i, seen) {
		if !p.matters(p.base, h.f) {
			p.aside = append(p.aside, h.f)
			continue
		}
		if len(h.shown) == 0 || h.always {
			add("handler", h.name, h.event, h.f, h.f, h.starts(starts), func() []value.Value { return []value.Value{p.event(h)} })
			continue
		}
		name := u.Path + " handler " + h.name
		p.gated = append(p.gated, name)
		var places []value.Value
		for _, s := range h.shown {
			places = append(places, p.conditions(s))
		}
		add("handler", h.name, h.event, p.helpers["gated"], h.f, h.starts(starts), func() []value.Value {
			args := p.machine.Array(p.arguing, []value.Value{p.event(h)})
			return []value.Value{p.machine.Array(p.arguing, places), value.Text(name), h.f, i.object, args}
		})
	}
	return out
}

// sequence tells whether an entry point is one that comes before others, and which come before it
// (docs reference/api/App.html, Page.html, Component.html).
func (p *Program) sequence(u *miniprogram.Unit, kind, name string) (first bool, after []string) {
	steps := map[miniprogram.UnitKind][]string{
		miniprogram.AppUnit: {"onLaunch", "onShow"}, miniprogram.PageUnit: {"onLoad", "onShow", "onReady"}, miniprogram.ComponentUnit: {"created", "attached", "ready"},
	}
	if app := p.project.App; app != nil && u.Kind != miniprogram.AppUnit {
		for _, s := range steps[miniprogram.AppUnit] {
			after = append(after, app.Path+" lifecycle "+s)
		}
	}
	for _, s := range steps[u.Kind] {
		if kind == "lifecycle" && s == name {
			return true, after
		}
		after = append(after, u.Path+" lifecycle "+s)
	}
	return false, after
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// method is a function of an instance, undefined if it has none of that name.
func (p *Program) method(i *instance, name string) value.Value {
	v := p.property(p.base, i.object, name)
	if p.machine.IsFunction(p.base, v) {
		return v
	}
	return value.Undef
}

// owned are the objects that belong to an instance, and are new when it is.
func (p *Program) owned(i *instance) map[value.ID]bool {
	own := map[value.ID]bool{i.object.ID(): true}
	todo := []value.Value{p.property(p.base, i.object, "data")}
	for len(todo) > 0 {
		v := todo[0]
		todo = todo[1:]
		if !v.IsObject() || own[v.ID()] {
			continue
		}
		o := p.base.Obj(v.ID())
		if o.Class != value.PlainObject && o.Class != value.ArrayObject {
			continue
		}
		own[v.ID()] = true
		for _, q := range o.Props.All() {
			todo = append(todo, q.Value)
		}
		todo = append(todo, o.Elems...)
	}
	return own
}

// fields are the values that an observer is called with.
func (p *Program) fields(names []string) []value.Value {
	var out []value.Value
	for _, name := range names {
		out = append(out, p.input(p.machine.Where(), name, ""))
	}
	return out
}

// startsOf is what holds when a unit's lifecycle begins.
func (p *Program) startsOf(u *miniprogram.Unit) []Start {
	nothing := []Start{{}}
	switch u.Kind {
	case miniprogram.AppUnit:
		return nothing
	case miniprogram.ComponentUnit:
		var out []Start
		for _, user := range p.users[u] {
			if user.Kind != miniprogram.PageUnit {
				return nothing
			}
			out = join(out, p.startsOf(user))
		}
		if len(out) == 0 {
			return nothing
		}
		return out
	}
	i := p.units[u]
	if u.First || u.Tab || i != nil && (p.method(i, "onShareAppMessage") != value.Undef || p.method(i, "onShareTimeline") != value.Undef) {
		return nothing
	}
	unsure := []Start{{Facts: Facts{Maybe: p.causeOf(value.Cause{Kind: Opened, Name: u.Path, At: i.at})}}}
	out := join(nil, p.starts[u.Path])
	for _, other := range p.project.Units {
		if other.Template == nil {
			continue
		}
		for _, n := range other.Template.Navigations {
			if n.Target == u.Path {
				out = join(out, nothing)
			}
			if n.Dynamic {
				out = join(out, unsure)
			}
		}
	}
	if len(out) == 0 || p.anywhere {
		out = join(out, unsure)
	}
	return out
}

func join(list, more []Start) []Start {
	out := list[:len(list):len(list)]
next:
	for _, s := range more {
		for _, t := range out {
			if s.Facts == t.Facts {
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}

// target is the page that a URL leads to, seen from the page whose code opens it.
func (p *Program) target(url string) string {
	url, _, _ = strings.Cut(url, "?")
	if rest, ok := strings.CutPrefix(url, "/"); ok {
		url = rest
	} else if from, _, ok := strings.Cut(p.entry, " "); ok {
		url = path.Join(path.Dir(from), url)
	}
	if i := strings.LastIndexByte(url, '.'); i > strings.LastIndexByte(url, '/') {
		url = url[:i]
	}
	return url
}

// leadsWith notes that a page is opened whose URL begins in a known manner.
func (p *Program) leadsWith(prefix string, start Start) {
	if strings.Contains(prefix, "?") {
		p.addStart(p.target(prefix), start)
		return
	}
	prefix = strings.TrimPrefix(prefix, "/")
	for _, u := range p.project.Units {
		if u.Kind == miniprogram.PageUnit && strings.HasPrefix(u.Path, prefix) {
			p.addStart(u.Path, start)
		}
	}
}

// handler is a method that a template binds an event to.
type handler struct {
	name, event string
	f           value.Value
	data        []map[string]string
	// shown are the conditions of the places that bind it; always tells that one has none.
	shown  []miniprogram.Shown
	always bool
	// doubt is why nothing is known of whether it is bound at all.
	doubt *value.Cause
}

func (h *handler) starts(usual []Start) []Start {
	if h.doubt == nil {
		return usual
	}
	out := make([]Start, len(usual))
	for n, s := range usual {
		out[n] = s
		if s.Facts.Maybe == nil {
			out[n].Facts.Maybe = h.doubt
		}
	}
	return out
}

// elementEvents are what the platform's own elements raise, and what bubbles up from within a component.
var bubbling = map[string]bool{"tap": true, "longpress": true, "longtap": true, "touchstart": true, "touchmove": true, "touchend": true, "touchcancel": true}

// handlers are the methods that the template binds and that no component of the project raises in its code, in order. Those are run where it does.
func (p *Program) handlers(u *miniprogram.Unit, i *instance, seen map[string]bool) []*handler {
	var out []*handler
	byName := map[string]*handler{}
	if u.Kind == miniprogram.AppUnit {
		return nil
	}
	var any *value.Cause
	t := u.Template
	if t == nil {
		any = p.cause("", path.Base(u.Path)+".wxml", i.at)
	} else {
		if t.Unread {
			any = p.cause("", path.Base(t.File.Path), i.at)
		}
		for n := range t.Bindings {
			b := &t.Bindings[n]
			if b.Dynamic {
				any = p.cause("", b.Value.Text(), b.Value)
				continue
			}
			if b.Wxs || b.Handler == "" || b.Component != nil && !bubbling[b.Event] {
				continue
			}
			f := p.method(i, b.Handler)
			if f == value.Undef {
				continue
			}
			h := byName[b.Handler]
			if h == nil {
				h = &handler{name: b.Handler, event: b.Event, f: f}
				byName[b.Handler] = h
				out = append(out, h)
			}
			h.data, h.shown = append(h.data, b.Data), append(h.shown, b.Shown)
			h.always = h.always || len(b.Shown.When) == 0
		}
	}
	if any == nil {
		return out
	}
	for _, q := range p.base.Obj(i.object.ID()).Props.All() {
		name := q.Key.Name
		if f := p.method(i, name); q.Key.Sym == nil && f != value.Undef && byName[name] == nil && !seen[name] && !contains(pageLife, name) {
			out = append(out, &handler{name: name, event: "tap", f: f, doubt: any})
		}
	}
	return out
}

// event is what a handler is called with.
func (p *Program) event(h *handler) value.Value {
	s := p.arguing
	where := p.machine.Where()
	dataset := &value.Obj{Proto: p.machine.Realm.Object, Rest: p.input(where, "dataset", "object").Term()}
	if len(h.data) == 1 {
		for _, name := range sortedKeys(h.data[0]) {
			dataset.Define(value.Prop{Key: value.Named(name), Value: value.Text(h.data[0][name])})
		}
	}
	d := p.machine.Alloc(s, dataset)
	target := p.answer(s, []value.Prop{{Key: value.Named("dataset"), Value: d}})
	return p.answer(s, []value.Prop{{Key: value.Named("type"), Value: value.Text(h.event)}, {Key: value.Named("currentTarget"), Value: target}, {Key: value.Named("target"), Value: target},
		{Key: value.Named("detail"), Value: p.input(where, "detail", "object")}})
}
