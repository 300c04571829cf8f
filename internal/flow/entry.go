package flow

import (
	"fmt"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// entry is a place where the platform, or the user, starts to run the program's code.
type entry struct {
	kind   StepKind
	name   string
	detail string
	at     source.Span
	unit   *miniprogram.Unit
	from   *miniprogram.Script // of what belongs to no page, component or app: where it stands
	inst   *instance
	run    func(m *machine)
	starts []start
	// platform tells that no act of the user is needed.
	platform bool
	// once tells that it runs once and before the handlers; rank is its place in the order.
	once  bool
	rank  int
	first bool // the first of its instance's life
	// always are the places that every way writes before anything else of the program can run.
	always map[*history]bool
	ways   int
	orphan bool
	// built tells that it runs what a compiler of a framework put out.
	built bool
	// cut is what kept it from being followed to its end.
	cut *unfollowed
	// gates are the conditions under which it can run.
	gates []gate
	id    string // what key has found
	// code is what it runs, as far as that is the project's; none where that is not known.
	code []piece
	// beside tells that it leads to no call: it is followed for what it writes, and not as far.
	beside bool
	// alone tells that it matters to no call: it is followed for the authorizations that it asks for, and that does not go far.
	alone bool
}

func (e *entry) step() Step { return Step{Kind: e.kind, Name: e.name, Detail: e.detail, At: e.at} }

// label names an entry point for a reader.
func (e *entry) label() string {
	if e.unit == nil {
		return e.name
	}
	return e.unit.Path + " " + e.name
}

// add counts work on an entry point.
func (w *Work) add(label string, more EntryWork) {
	sum := w.Entries[label]
	w.Entries[label] = EntryWork{sum.Times + more.Times, sum.Paths + more.Paths, sum.Steps + more.Steps}
	w.Paths += more.Paths
	w.Steps += more.Steps
}

// precedes reports whether e has run before o begins.
func (e *entry) precedes(o *entry) bool {
	if !e.once {
		return false
	}
	if e.unit != nil && e.unit.Kind == miniprogram.AppUnit {
		return o.unit != e.unit || o.rank > e.rank
	}
	return e.unit == o.unit && o.rank > e.rank
}

// fresh reports whether a place belongs to the instance that the entry point begins the life of.
func (e *entry) fresh(h *history) bool {
	return e.first && e.inst != nil && h.object != nil && h.object.owner == e.inst
}

// entries lists the entry points of the program with what is known of how they start.
func (a *analysis) entries() []*entry {
	var out []*entry
	for _, k := range a.modulesInOrder() {
		if k.calls {
			out = append(out, a.moduleEntry(k))
		}
	}
	for _, u := range a.units() {
		i := a.instances[u]
		if i == nil || u.Kind == miniprogram.ComponentUnit && !u.Used {
			continue
		}
		if k := a.modules[u.Script]; a.project.Framework != miniprogram.Native && k != nil && !k.stop.at.IsZero() {
			continue // what the framework makes a page of is not there
		}
		out = append(out, a.unitEntries(u, i)...)
	}
	return out
}

func (a *analysis) modulesInOrder() []*module {
	var out []*module
	for _, k := range a.modules {
		if k != nil {
			out = append(out, k)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].prog.script.File.Path < out[j].prog.script.File.Path })
	return out
}

// moduleEntry is the top level of a module, run again as a way of its own.
func (a *analysis) moduleEntry(k *module) *entry {
	file := k.prog.syntax.File
	at := source.Span{File: file}
	e := &entry{kind: StepModule, name: path.Base(file.Path), at: at, unit: k.unit, from: k.prog.script, platform: true, starts: []start{{}}, rank: -1, built: k.prog.bundle}
	if i := a.instances[k.unit]; i != nil && k.prog.script.Setup {
		// It runs each time that the component is made, not once when the program starts.
		e.starts = a.starts(k.unit, i)
	}
	if !k.prog.prelude && !k.prog.bundle {
		for _, st := range k.prog.syntax.Body {
			e.code = append(e.code, piece{k.prog, st})
		}
	}
	e.run = func(m *machine) { m.startAgain(k) }
	if k.waits() {
		e.run = func(m *machine) { m.startWaiting(k) }
	}
	return e
}

// unitEntries lists the entry points of a page, component or app.
func (a *analysis) unitEntries(u *miniprogram.Unit, i *instance) []*entry {
	var out []*entry
	starts := a.starts(u, i)
	shown := a.shownStarts(u, starts)
	there, usable := a.unitGate(u, true, 0), a.unitGate(u, false, 0)
	seen := map[string]bool{}
	first := -1
	for _, l := range i.life {
		if rank, once, ok := lifeRank(l.name); ok && once && !l.hook && (first < 0 || rank < first) {
			first = rank
		}
	}
	for _, l := range i.life {
		e := &entry{kind: StepLifecycle, name: l.name, at: functionSpan(l.f, i.at), unit: u, inst: i, starts: starts, platform: true, rank: 1000, gates: gatesOf(there), code: piecesOf(lifecycleFunctions(l)...)}
		switch rank, once, ok := lifeRank(l.name); {
		case l.hook && len(l.fields) > 0:
			e.kind, e.name = StepObserver, strings.Join(l.fields, ", ")
		case l.hook || !ok:
			e.kind = StepHook
		default:
			e.rank, e.once, e.first = rank, once, rank == first
			if strings.HasPrefix(l.name, "use") {
				e.kind = StepHook
			}
		}
		f := l.f
		e.run = func(m *machine) { m.call(f, ref(i.object), m.lifeArgs(i, l), nil) }
		out = append(out, e)
		seen[l.name] = true
	}
	for _, s := range i.setups {
		e := &entry{kind: StepLifecycle, name: "setup", at: functionSpan(s.f, i.at), unit: u, inst: i, starts: starts, platform: true, once: true, rank: -1, gates: gatesOf(there), code: piecesOf(s.f)}
		e.run = func(m *machine) { m.call(s.f, undefined, s.args, s.fr) }
		out = append(out, e)
	}
	handlers, unread := a.handlers(u)
	for _, h := range handlers {
		f, ok := i.methods[h.name]
		if !ok && i.scope != nil && i.scope.vars.get(h.name) != nil && !i.hides(h.name) {
			// A name of the script's top level: an import, or what a composable returned.
			name := h.name
			f, ok = a.lateMethod(i, name)
		}
		if !ok {
			continue
		}
		seen[h.name] = true
		e := &entry{kind: StepHandler, name: h.name, detail: h.event, at: functionSpan(f, i.at), unit: u, inst: i, starts: h.starts, rank: 2000, gates: gatesOf(usable, a.bindingGate(i, h.shown)), code: piecesOf(f)}
		if e.starts == nil {
			e.starts = doubted(shown, h.unseen)
		}
		e.run = func(m *machine) { m.call(f, ref(i.object), m.handlerArgs(m.eventOf(h.data)), nil) }
		out = append(out, e)
	}
	if unread != nil {
		for _, name := range i.order {
			if seen[name] || isOneOf(pageLife, name) || isOneOf(appLife, name) && u.Kind == miniprogram.AppUnit {
				continue
			}
			f := i.methods[name]
			e := &entry{kind: StepHandler, name: name, at: functionSpan(f, i.at), unit: u, inst: i, starts: doubted(shown, unread), rank: 2000, gates: gatesOf(usable), code: piecesOf(f)}
			e.run = func(m *machine) { m.call(f, ref(i.object), []value{m.eventObject()}, nil) }
			out = append(out, e)
		}
	}
	return append(out, a.frameworkEntries(u, i, shown, usable)...)
}

// lifecycleFunctions are what a lifecycle function or an observer runs: a watcher asks its source for what it watches.
func lifecycleFunctions(l lifecycle) []value {
	if l.source.isFunction() {
		return []value{l.f, l.source}
	}
	return []value{l.f}
}

// lateMethod resolves a handler that is an import or holds a function otherwise.
func (a *analysis) lateMethod(i *instance, name string) (value, bool) {
	m := &machine{a: a}
	var f value
	m.outside(func() {
		c := i.scope.vars.get(name)
		if f = m.known(m.read(c)); f.kind == kSymbol && c.val.live() != nil && c.val.live().made != nil && c.val.live().made.each != nil {
			f = m.known(c.val.live().made.each(m)) // by now it has come to be known
		}
	})
	if !f.isFunction() {
		return undefined, false
	}
	i.add(name, f)
	return f, true
}

// lifeArgs is what the platform hands to a lifecycle function or an observer.
func (m *machine) lifeArgs(i *instance, l lifecycle) []value {
	if l.source.kind != kUndefined {
		return []value{m.sourceValue(l.source), m.unknown(nil), m.unknown(nil)}
	}
	if len(l.fields) == 0 {
		return []value{m.eventObject(), m.eventObject()}
	}
	var out []value
	for _, field := range l.fields {
		v := ref(i.data)
		for _, part := range strings.Split(field, ".") {
			if part == "**" {
				break
			}
			v = m.get(v, part)
		}
		out = append(out, v)
	}
	return append(out, m.unknown(nil))
}

func functionSpan(f value, fallback source.Span) source.Span {
	if f.kind == kObject && f.obj.host != nil && f.obj.at.File != nil {
		return f.obj.at // of a function around one of the code's
	}
	if f.kind == kObject && f.obj.fn != nil {
		node, prog := f.obj.fn.node, f.obj.fn.prog
		if node.Name != nil && node.Name.End > node.Name.Start {
			return prog.loc(node.Name.Loc)
		}
		s := prog.span(node)
		s.End = min(s.End, s.Start+1)
		return s
	}
	return fallback
}

// handler is a method that a template binds an event to.
type handler struct {
	name, event string
	starts      []start
	// unseen is why the handler may start with more than the page does: a component that could have asked raises the event
	// where that is not seen.
	unseen *unfollowed
	shown  []miniprogram.Guards // where it is bound
	data   []map[string]string  // the literal data-* attributes there
}

// handlers lists the methods that the template binds, in order; any is why every other method may be bound too, nil where that
// is not so.
func (a *analysis) handlers(u *miniprogram.Unit) (list []handler, any *unfollowed) {
	t := u.Template
	if t == nil {
		if u.Kind == miniprogram.AppUnit {
			return nil, nil
		}
		return nil, &unfollowed{name: path.Base(u.Path) + ".wxml", at: a.instances[u].at}
	}
	if t.Unread {
		any = &unfollowed{name: path.Base(t.File.Path), at: source.Span{File: t.File}}
	}
	at := map[string]int{}
	bindings := slices.Clone(t.Bindings)
	for n := 0; n < len(bindings); n++ {
		b := bindings[n]
		switch {
		case b.Dynamic:
			if chosen := a.chosenNames(&b); chosen != nil {
				bindings = append(bindings, chosen...)
			} else {
				any = &unfollowed{name: b.Value.Text(), at: b.Value}
			}
			continue
		case b.Wxs || b.Handler == "":
			continue
		}
		var starts []start
		var unseen *unfollowed
		bubbled := a.triggers[triggerKey{nil, b.Event}]
		switch {
		case nativeEvents[b.Event]:
		case b.Component != nil:
			starts = a.triggers[triggerKey{b.Component, b.Event}]
			starts = addStarts(starts[:len(starts):len(starts)], bubbled)
			unseen = a.raisedUnseen(&b, starts)
		case len(bubbled) > 0 && !elementEvents[b.Event]:
			// It comes from a component within the element.
			starts = bubbled
		}
		if n, ok := at[b.Handler]; ok {
			if unseen != nil {
				list[n].unseen = unseen
			}
			list[n].shown, list[n].data = append(list[n].shown, b.Guards), append(list[n].data, b.Data)
			if starts == nil {
				list[n].starts = nil
			} else if list[n].starts != nil {
				list[n].starts = append(list[n].starts, starts...)
			}
			continue
		}
		at[b.Handler] = len(list)
		list = append(list, handler{b.Handler, b.Event, starts, unseen, []miniprogram.Guards{b.Guards}, []map[string]string{b.Data}})
	}
	return list, any
}

// chosenNames are the bindings that a computed name stands for when it is one of several that are written there:
// bindtap="{{busy ? 'open' : 'call'}}". nil when it cannot be told which names it may be.
func (a *analysis) chosenNames(b *miniprogram.Binding) []miniprogram.Binding {
	code, opened := strings.CutPrefix(strings.TrimSpace(b.Value.Text()), "{{")
	code, closed := strings.CutSuffix(code, "}}")
	if !opened || !closed || strings.Contains(code, "{{") {
		return nil
	}
	text := []byte("(" + code + ")")
	program, err := a.options.Parse.Parse(source.NewFile("binding", "binding", text), text, script.JavaScript)
	if err != nil || len(program.Body) != 1 {
		return nil
	}
	x, ok := program.Body[0].(*script.ExprStmt)
	if !ok {
		return nil
	}
	var out []miniprogram.Binding
	for _, name := range literals(x.X) {
		one := *b
		one.Dynamic, one.Handler = false, name
		out = append(out, one)
	}
	return out
}

// literals are the texts that an expression chooses from; nil when it may be something else.
func literals(x script.Expr) []string {
	switch x := x.(type) {
	case *script.String:
		return []string{x.Value}
	case *script.Cond:
		yes, no := literals(x.Then), literals(x.Else)
		if yes != nil && no != nil {
			return append(yes, no...)
		}
	case *script.Logical:
		if right := literals(x.R); right != nil && x.Op == "&&" {
			return right // what is not a name binds nothing
		}
	}
	return nil
}

// elementEvents are events that elements of the platform trigger themselves, besides those that bubble.
var elementEvents = map[string]bool{
	"input": true, "change": true, "changing": true, "blur": true, "focus": true, "confirm": true, "submit": true, "reset": true, "load": true, "error": true,
	"scroll": true, "scrolltoupper": true, "scrolltolower": true, "columnchange": true, "cancel": true, "play": true, "pause": true, "ended": true,
	"timeupdate": true, "ready": true, "message": true, "opensetting": true, "getphonenumber": true, "getuserinfo": true, "chooseavatar": true, "contact": true,
	"agreeprivacyauthorization": true, "launchapp": true, "transition": true, "animationfinish": true, "animationend": true, "transitionend": true,
}

// nativeEvents bubble up from the elements inside a component as well.
var nativeEvents = map[string]bool{"tap": true, "longpress": true, "longtap": true, "touchstart": true, "touchmove": true, "touchend": true, "touchcancel": true}

func (s start) key() string {
	c := s.ctx
	enabled := c.enabled()
	detail := ""
	if s.detail != nil {
		detail = s.detail.describe(0)
	}
	return fmt.Sprint(c.facts&(factBoth|factRealDevice|factDevTools), enabled, c.maybe != nil, detail)
}

// conclude notes what is open where an entry point was not followed to its end.
func (a *analysis) conclude(e *entry, complete bool) {
	if before := a.cutBefore[e.key()]; complete && before != nil {
		// What it would have written is open since, and so may be what it does now.
		complete, e.cut = false, before
		a.gaveUpOn(e, before.bound, before.failure, before.name, before.at)
	}
	if !complete && !e.orphan && e.beside {
		a.cutBefore[e.key()] = e.cut
		if !e.alone {
			a.lose(e)
		}
		within := a.within(e.script())
		for _, s := range a.sites {
			if s.cut == nil && (s.api == Authorize || s.api == OpenSetting) && (within == nil || within[s.prog.script]) {
				s.cut = e.cut
			}
		}
		return
	}
	if !complete && !e.orphan {
		a.cutBefore[e.key()] = e.cut
		a.lose(e)
		if a.cut == nil {
			a.cut = e.cut
		}
		a.hopeless = a.hopeless || e.built
		within := a.within(e.script())
		for _, s := range a.sites {
			// What was not reached may be, by what was handed over; what was may be on another path of the same code.
			if s.cut == nil && (!s.reached || within == nil || within[s.prog.script]) {
				s.cut = e.cut
			}
		}
	}
}

// within are a script and all that it imports; nil when it is not known.
func (a *analysis) within(s *miniprogram.Script) map[*miniprogram.Script]bool {
	if s == nil {
		return nil
	}
	out := map[*miniprogram.Script]bool{}
	for _, s := range a.closureOf(s) {
		out[s] = true
	}
	return out
}

// followOrphans runs the functions that nothing runs but which make a call, to know what the calls are given.
func (a *analysis) followOrphans(m *machine) {
	if a.cut != nil {
		// What was not followed to its end may run them.
		defer func() {
			for _, s := range a.sites {
				if !s.reached && s.cut == nil {
					s.cut = a.cut
				}
			}
		}()
	}
	for _, p := range a.loadedAll {
		if p.prelude {
			continue
		}
		for _, f := range a.outermost(p) {
			o := a.closures[f]
			if o == nil || a.visited[f] {
				continue
			}
			this := m.unknown(nil)
			e := &entry{kind: StepEnter, name: o.fn.name, at: functionSpan(ref(o), source.Span{}), orphan: true, starts: []start{{}}}
			for _, u := range a.units() {
				i := a.instances[u]
				if i == nil {
					continue
				}
				if u.Script == p.script {
					e.unit, e.inst = u, i
					this = ref(i.object)
				}
			}
			e.run = func(m *machine) {
				args := make([]value, len(f.Params))
				for n := range args {
					args[n] = m.unknown(nil)
				}
				if o.fn.isCtor {
					m.construct(ref(o), args, nil)
					return
				}
				m.call(ref(o), this, args, nil)
			}
			a.follow(m, e)
		}
	}
}

// outermost lists the functions that nothing has run and that name a reported call, those within others left out.
func (a *analysis) outermost(p *program) []*script.Func {
	var out []*script.Func
	script.WalkProgram(p.syntax, func(n script.Node) bool {
		f, ok := n.(*script.Func)
		if !ok {
			return true
		}
		if a.visited[f] {
			return true
		}
		if a.slice.calls.contains(p, f) || a.slice.asks.contains(p, f) {
			out = append(out, f)
		}
		return false
	})
	return out
}
