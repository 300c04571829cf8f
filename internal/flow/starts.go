package flow

import (
	"fmt"
	"path"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What holds when an entry point starts: on the way to the page, or where a child component raised the event.

// start is what holds when an entry point starts.
type start struct {
	ctx context
	// detail is what a child component's event carries.
	detail *value
}

// key tells entry points apart, also those of different passes.
func (e *entry) key() string {
	if e.id == "" {
		unit := ""
		if e.unit != nil {
			unit = e.unit.Path
		}
		e.id = fmt.Sprintf("%s %s %s %s", unit, e.kind, e.name, spanKey(e.at))
	}
	return e.id
}

// starts tells what may hold when the entry points of a page or component start.
func (a *analysis) starts(u *miniprogram.Unit, i *instance) []start {
	nothing := []start{{}}
	switch u.Kind {
	case miniprogram.AppUnit:
		return nothing
	case miniprogram.ComponentUnit:
		var out []start
		for _, user := range a.users[u] {
			if user.Kind == miniprogram.PageUnit {
				out = addStarts(out, a.pageStarts(user, a.instances[user]))
			} else {
				return nothing
			}
		}
		if len(out) == 0 {
			return nothing
		}
		return out
	}
	return a.pageStarts(u, i)
}

func (a *analysis) pageStarts(u *miniprogram.Unit, i *instance) []start {
	nothing := []start{{}}
	if u.First || u.Tab || !u.Registered {
		return nothing
	}
	if i != nil && (i.methods["onShareAppMessage"].isFunction() || i.methods["onShareTimeline"].isFunction()) {
		return nothing
	}
	unsure := start{ctx: context{maybe: &unfollowed{name: u.Path, entry: true, at: i.span()}}}
	leads := a.leads[u.Path]
	out := addStarts(nil, leads)
	for _, other := range a.project.Units {
		if other.Template == nil {
			continue
		}
		for _, n := range other.Template.Navigations {
			if n.Target == u.Path {
				out = addStarts(out, nothing)
			}
			if n.Dynamic {
				out = addStarts(out, []start{unsure})
			}
		}
	}
	if len(out) == 0 || a.anywhere {
		out = addStarts(out, []start{unsure})
	}
	return out
}

func (i *instance) span() source.Span {
	if i == nil {
		return source.Span{}
	}
	return i.at
}

// addStarts adds those starts that differ from the ones that are there in what they know.
func addStarts(list, more []start) []start {
	for _, s := range more {
		found := false
		for _, t := range list {
			if s.key() == t.key() {
				found = true
				break
			}
		}
		if !found {
			list = append(list, s)
		}
	}
	return list
}

// fewStarts merges those starts that are more than a bound: an event then carries nobody knows what.
func (a *analysis) fewStarts(list []start, what string, at source.Span) []start {
	most := a.most(boundStarts)
	if len(list) <= most {
		return list
	}
	why := a.gaveUpOn(nil, boundStarts, "", what, at)
	out := list[:most:most]
	var rest []start
	for _, s := range list[most:] {
		if s.detail != nil {
			s.ctx.maybe = why
			s.detail = &value{kind: kSymbol, sym: &symbol{id: -1, cause: why}}
		}
		rest = addStarts(rest, []start{s})
	}
	return append(out, rest...)
}

func sameStarts(a, b map[string][]start) bool {
	if len(a) != len(b) {
		return false
	}
	for k, list := range a {
		if startsKey(list) != startsKey(b[k]) {
			return false
		}
	}
	return true
}

func startsKey(list []start) string {
	var keys []string
	for _, s := range list {
		keys = append(keys, s.key())
	}
	sort.Strings(keys)
	return strings.Join(keys, ";")
}

// triggerKey is an event of a component.
type triggerKey struct {
	unit  *miniprogram.Unit
	event string
}

func sameTriggers(a, b map[triggerKey][]start) bool {
	if len(a) != len(b) {
		return false
	}
	for k, list := range a {
		if startsKey(list) != startsKey(b[k]) {
			return false
		}
	}
	return true
}

// raisedUnseen is why the handler of a component's event may start with more than is known: nothing was seen to raise the
// event, and the component, or one within it, could have asked before. nil where neither is so. Such a handler is still
// taken to run, since a name that is put together, or a package, may raise the event.
func (a *analysis) raisedUnseen(b *miniprogram.Binding, seen []start) *unfollowed {
	if len(seen) > 0 || !a.couldAsk(b.Component, map[*miniprogram.Unit]bool{}) {
		return nil
	}
	return &unfollowed{name: b.Event, at: b.Attr, entry: true}
}

// couldAsk reports whether the code of a component, or of one within it, could reach the feature.
func (a *analysis) couldAsk(u *miniprogram.Unit, seen map[*miniprogram.Unit]bool) bool {
	if u == nil || seen[u] {
		return false
	}
	seen[u] = true
	if u.Script != nil && !a.isAside(u) {
		return true
	}
	for _, c := range u.Components {
		if a.couldAsk(c, seen) {
			return true
		}
	}
	return false
}

// doubted are starts at which more may hold than is known, for a reason.
func doubted(list []start, why *unfollowed) []start {
	if why == nil {
		return list
	}
	out := make([]start, len(list))
	for n, s := range list {
		if out[n] = s; s.ctx.maybe == nil {
			out[n].ctx.maybe = why
		}
	}
	return out
}

// trigger is triggerEvent: handlers of the parents start with what holds here.
func (m *machine) trigger(i *instance, name, detail, how value, fr *frame) {
	if m.serial == 0 || i.unit == nil || m.entry != nil && m.entry.orphan {
		return
	}
	event, ok := m.known(name).key()
	if !ok {
		return
	}
	ctx := m.ctx
	ctx.failing = nil
	if fr != nil {
		ctx.note(StepTrigger, event, "", calleeSpan(fr))
	}
	k := triggerKey{i.unit, event}
	detail.know = 0
	one := raised{start{ctx, &detail}, event, i.at}
	if fr != nil {
		one.at = calleeSpan(fr)
	}
	m.a.now.raise(k, one)
	if how.kind == kObject && m.decideQuietly(m.get(how, "bubbles")) != triNo {
		k.unit = nil
		m.a.now.raise(k, one)
	}
}

// leadTo records that a page is opened with what holds here.
func (m *machine) leadTo(opts value, fr *frame) {
	if m.serial == 0 || m.entry != nil && m.entry.orphan {
		return
	}
	if events := m.known(m.get(opts, "events")); events.kind == kObject {
		m.handOverValue(events, &unfollowed{name: "events", stored: true, at: calleeSpan(fr)}, fr, 0)
	}
	url := m.known(m.get(opts, "url"))
	target, ok := "", false
	switch {
	case url.kind == kString:
		target, ok = url.str, true
	case url.kind == kSymbol && url.sym.hasPrefix && strings.Contains(url.sym.prefix, "?"):
		target, ok = url.sym.prefix, true
	case url.kind == kSymbol && url.sym.hasPrefix:
		// The known start may be the whole path or a part of it.
		m.a.leadsWith(url.sym.prefix, m.startHere(fr))
		return
	}
	if !ok {
		m.a.anywhere = true
		return
	}
	target, _, _ = strings.Cut(target, "?")
	if strings.HasPrefix(target, "/") {
		target = strings.TrimPrefix(target, "/")
	} else if m.entry != nil && m.entry.unit != nil {
		target = path.Join(path.Dir(m.entry.unit.Path), target)
	}
	target = trimExt(target)
	m.a.now.lead(target, m.startHere(fr))
}

func (m *machine) startHere(fr *frame) start {
	ctx := m.ctx
	ctx.failing = nil
	if fr != nil {
		ctx.note(StepNavigate, "", "", calleeSpan(fr))
	}
	return start{ctx: ctx}
}

func (a *analysis) leadsWith(prefix string, s start) {
	prefix = strings.TrimPrefix(prefix, "/")
	for _, u := range a.project.Units {
		if u.Kind == miniprogram.PageUnit && strings.HasPrefix(u.Path, prefix) {
			a.now.lead(u.Path, s)
		}
	}
}
