package platform

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/flow/slice"
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
	// Weight is why it matters.
	Weight Weight
}

// ByPlatform reports whether the platform runs it, rather than a user who does something.
func (e *EntryPoint) ByPlatform() bool { return e.Kind != "handler" }

// pageLife and the others are the methods that the platform calls, in the order in which it does
// (docs reference/api/Page.html, Component.html, App.html).
var (
	appLife  = strings.Fields("onLaunch onShow onHide onError onPageNotFound onUnhandledRejection onThemeChange")
	pageLife = strings.Fields(`onLoad onShow onReady onHide onUnload onPullDownRefresh onReachBottom onPageScroll onShareAppMessage onShareTimeline
		onAddToFavorites onResize onTabItemTap onSaveExitState onRouteDone`)
	componentLife = strings.Fields("created attached ready moved detached error linked linkChanged unlinked pageLifetimes.show pageLifetimes.hide pageLifetimes.resize pageLifetimes.routeDone")
)

// Entries are the entry points of the program.
func (p *Program) Entries() []*EntryPoint {
	p.gated, p.aside, p.asideCode, p.leftOut = nil, nil, nil, nil
	out := p.leftoverEntries()
	if p.reacts {
		e := &EntryPoint{Kind: "observer", Method: "reactions", Starts: []Start{{}}}
		e.Name = "reactions"
		ctx := p.table.Enter(nil, value.At{Name: e.Name})
		e.Begin = func(s *state.State) []*state.State {
			p.entry = e.Name
			return p.machine.Enter(s, ctx, p.helpers["changed"], value.Undef, nil)
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

// beginning is how an entry point begins: with which function, and with what.
type beginning struct {
	kind, name string
	// event is what a handler is bound to.
	event string
	// f tells whether it matters; run is what is called, f unless it is set.
	f, run value.Value
	this   value.Value
	starts []Start
	args   func() []value.Value
	// places are where in templates it may be run from, empty for anywhere.
	places []place
	// found is what stands for f where a component was rendered; at is its place.
	found *found
	at    source.Span
}

// lister makes the entry points of a unit.
type lister struct {
	p   *Program
	u   *miniprogram.Unit
	i   *instance
	out []*EntryPoint
	// seen are the names that have been listed; later tells that a function of the lifecycle was.
	seen  map[string]bool
	later bool
	// names are the kinds and names of those that a framework told.
	names map[string]bool
}

func (p *Program) entriesOf(u *miniprogram.Unit, i *instance) []*EntryPoint {
	l := &lister{p: p, u: u, i: i, seen: map[string]bool{}, names: map[string]bool{}}
	starts, there := p.startsOf(u), p.placesOf(u, 0)
	l.lifecycle(starts, there)
	for n, o := range i.observers {
		if u.Kind != miniprogram.ComponentUnit || !p.isHanded(u, o.fields) {
			continue
		}
		b := beginning{kind: "observer", name: strings.Join(o.fields, ", ") + " " + strconv.Itoa(n), f: o.f, run: p.helpers["handedOver"], starts: starts, places: there}
		if b.f.Kind() == value.String {
			b.f = p.method(i, o.f.Text())
		}
		b.args = func() []value.Value { return []value.Value{i.object, p.texts(o.fields), o.f} }
		l.add(b)
	}
	l.foundOf(slices.Index(p.allUnits(), u), starts)
	if p.setUp[u] != nil {
		starts = *p.setUp[u]
	}
	for _, h := range p.handlers(u, i, l.seen) {
		b := beginning{kind: "handler", name: h.name, event: h.event, f: h.f, this: i.object, starts: h.starts(starts), args: func() []value.Value { return []value.Value{p.event(h)} }, places: there}
		if h.late {
			b.run, b.this = p.helpers["late"], value.Undef
			b.args = func() []value.Value { return []value.Value{i.object, value.Text(h.name), p.event(h)} }
		}
		if h.inline {
			b.run, b.this, b.at = p.helpers["inline"], value.Undef, h.at
			b.args = func() []value.Value { return []value.Value{i.scope, h.f, p.event(h)} }
		}
		if !h.always {
			b.places = within(p.shownAt(h.shown, i), there)
		}
		l.add(b)
	}
	return l.out
}

// lifecycle lists the functions that the platform calls by itself.
func (l *lister) lifecycle(starts []Start, there []place) {
	life := pageLife
	switch {
	case l.i.told, l.u.Kind == miniprogram.ComponentUnit:
		life = nil
	case l.u.Kind == miniprogram.AppUnit:
		life = appLife
	}
	for _, name := range life {
		if f := l.p.method(l.i, name); f != value.Undef {
			l.add(beginning{kind: "lifecycle", name: name, f: f, this: l.i.object, starts: starts, args: func() []value.Value {
				return []value.Value{l.p.input(l.p.machine.Where(), name, "object")}
			}})
		}
	}
	for _, x := range l.i.life {
		if l.i.told {
			l.told(x, starts, there)
			continue
		}
		if contains(componentLife, x.name) || contains(pageLife, x.name) {
			l.add(beginning{kind: "lifecycle", name: x.name, f: x.f, this: l.i.object, starts: starts, places: there})
		}
	}
}

// told adds an entry point that a framework tells.
func (l *lister) told(x lifecycle, starts []Start, there []place) {
	b := beginning{kind: x.kind, name: x.name, event: x.event, f: x.own, run: x.f, this: x.self, starts: starts, places: within(x.when, there)}
	b.args = func() []value.Value {
		if x.args != nil {
			return x.args
		}
		return []value.Value{l.p.input(l.p.machine.Where(), x.name, "object")}
	}
	for n := 2; l.names[b.kind+" "+b.name]; n++ {
		b.name = x.name + " " + strconv.Itoa(n)
	}
	l.names[b.kind+" "+b.name] = true
	l.add(b)
}

func (l *lister) add(b beginning) {
	p := l.p
	l.seen[b.name] = true
	first := b.kind == "lifecycle" && !l.later
	l.later = l.later || first
	switch {
	case b.found != nil:
		if !p.foundMatters(b.found) {
			p.asideCode = append(p.asideCode, b.found.code...)
			return
		}
	case !p.matters(p.base, b.f) && !p.tellsValues(b.f):
		p.aside = append(p.aside, b.f)
		return
	}
	id := l.u.Path + " " + b.kind + " " + b.name
	if p.leaves[id] {
		p.leave(b)
		return
	}
	ctx := p.table.Enter(nil, value.At{Name: id})
	e := &EntryPoint{Kind: b.kind, Method: b.name, Unit: l.u, Starts: b.starts}
	e.Name, e.Weight = id, p.weight(b)
	e.Step, e.At = p.beginning(b.kind, b.name, b.event, b.f, l.i.at)
	if !b.at.IsZero() {
		e.At = b.at
	}
	if b.run == value.Undef {
		b.run = b.f
	}
	if len(b.places) > 0 {
		p.gated = append(p.gated, id)
	}
	e.Begin = func(s *state.State) []*state.State {
		p.entry = id
		s.Note(e.Step, e.At)
		p.machine.At(ctx, "arguments")
		p.arguing = s
		var args []value.Value
		if b.args != nil {
			args = b.args()
		}
		if len(b.places) == 0 {
			return p.machine.Enter(s, ctx, b.run, b.this, args)
		}
		args = []value.Value{p.placesList(s, b.places), value.Text(id), b.run, b.this, p.machine.Array(s, args)}
		return p.machine.Enter(s, ctx, p.helpers["gated"], value.Undef, args)
	}
	e.First, e.After = p.sequence(l.u, b.kind, b.name)
	if b.kind == "lifecycle" && (b.name == "onUnload" || b.name == "detached") {
		own := p.owned(l.i)
		e.Gone = func(id value.ID) bool { return own[id] }
	}
	if first {
		own := p.owned(l.i)
		// When the app is launched nothing else has run.
		e.Fresh = func(id value.ID) bool { return own[id] || b.name == "onLaunch" && l.u.Kind == miniprogram.AppUnit }
	}
	l.out = append(l.out, e)
}

// isHanded reports whether a user of a component hands something to one of some properties.
func (p *Program) isHanded(u *miniprogram.Unit, fields []string) bool {
	for _, field := range fields {
		for _, name := range slice.Parts(field) {
			if all, ok := p.handings(u, name); len(all) > 0 || !ok {
				return true
			}
		}
	}
	return false
}

// sequence tells whether an entry point is one that comes before others, and which come before it
// (docs reference/api/App.html, Page.html, Component.html).
func (p *Program) sequence(u *miniprogram.Unit, kind, name string) (first bool, after []string) {
	if app := p.project.App; app != nil && u.Kind != miniprogram.AppUnit {
		for _, s := range p.firsts(app) {
			after = append(after, app.Path+" lifecycle "+s)
		}
	}
	for _, s := range p.firsts(u) {
		if kind == "lifecycle" && s == name {
			return true, after
		}
		after = append(after, u.Path+" lifecycle "+s)
	}
	return false, after
}

// firsts are the functions of a unit that have begun before any other code of it runs, in order.
func (p *Program) firsts(u *miniprogram.Unit) []string {
	var out []string
	if i := p.units[u]; i != nil && i.told {
		for _, s := range p.framework.Life[u.Kind] {
			if s.First {
				out = append(out, s.Name)
			}
		}
		return out
	}
	return map[miniprogram.UnitKind][]string{
		miniprogram.AppUnit: {"onLaunch", "onShow"}, miniprogram.PageUnit: {"onLoad", "onShow", "onReady"}, miniprogram.ComponentUnit: {"created", "attached", "ready"},
	}[u.Kind]
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

// Sees tells what entry points have left by now.
func (p *Program) Sees(s *state.State) { p.left = s }

// added is a function that code which runs may give an instance as a method: createStoreBindings, or an assignment. Undefined if none does.
func (p *Program) added(i *instance, name string) value.Value {
	if p.left == nil {
		return value.Undef
	}
	o := p.left.Obj(i.object.ID())
	if o == nil {
		return value.Undef
	}
	q := o.Props.Get(value.Named(name))
	if q == nil || q.Flags&value.Accessor != 0 {
		return value.Undef
	}
	vals := []value.Value{q.Value}
	if set := q.Value.Set(); set != nil {
		vals = set.Values
	}
	for _, v := range vals {
		if p.machine.IsFunction(p.left, v) {
			return v
		}
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
	if p.opensItself(u) {
		return nothing
	}
	at := source.Span{}
	if i != nil {
		at = i.at
	} else if u.Script != nil {
		at.File = u.Script.File
	}
	unsure := []Start{{Facts: Facts{Maybe: p.causeOf(value.Cause{Kind: Opened, Name: u.Path, At: at})}}}
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

// opensItself reports whether a page is opened whatever the code does: the user does, or the program that uses a plugin.
func (p *Program) opensItself(u *miniprogram.Unit) bool {
	i := p.units[u]
	return u.Script != nil && u.Script.Plugin || u.First || u.Tab || i != nil && (p.method(i, "onShareAppMessage") != value.Undef || p.method(i, "onShareTimeline") != value.Undef)
}

func join(list, more []Start) []Start {
	out := list[:len(list):len(list)]
next:
	for _, s := range more {
		for _, t := range out {
			if s.like(t) {
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
