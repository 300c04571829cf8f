package platform

import (
	"maps"
	"path"
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// The methods that templates bind events to, and what they are called with.

// handler is a method that a template binds an event to.
type handler struct {
	name, event string
	f           value.Value
	data        []map[string]string
	// shown are the conditions of the places that bind it; always tells that one has none.
	shown  []miniprogram.Guards
	always bool
	// inline tells that it is code in the template, and no method.
	inline bool
	// late tells that the instance is given the method by code that runs.
	late bool
	// at is the place of the attribute that has it.
	at source.Span
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
var bubbling = map[string]bool{"tap": true, "click": true, "longpress": true, "longtap": true, "touchstart": true, "touchmove": true, "touchend": true, "touchcancel": true}

// handlers are the methods that the template binds and that no component of the project raises in its code, in order. Those are run where it does.
func (p *Program) handlers(u *miniprogram.Unit, i *instance, seen map[string]bool) []*handler {
	var out []*handler
	byName := map[string]*handler{}
	if u.Kind == miniprogram.AppUnit {
		return nil
	}
	var any *value.Cause
	of := "" // the event of which anything may be the handler
	t := u.Template
	if t == nil {
		any = p.cause("", path.Base(u.Path)+".wxml", i.at)
	} else {
		if t.Unread {
			any = p.cause("", path.Base(t.File.Path), i.at)
		}
		bound := p.bindings(t)
		for n := range bound {
			b := &bound[n]
			if b.Dynamic {
				any, of = p.cause("", b.Value.Text(), b.Value), b.Event
				continue
			}
			if b.Wxs || b.Handler == "" && b.Inline == nil || b.Component != nil && !bubbling[b.Event] || b.Component == nil && p.raises(u, b.Event) {
				continue
			}
			f, name, inline := p.runs(i, b)
			late := f == value.Undef
			if late {
				f = p.added(i, b.Handler)
			}
			if f == value.Undef {
				continue
			}
			h := byName[name]
			if h == nil {
				h = &handler{name: name, event: b.Event, f: f, late: late, inline: inline, at: b.Attr}
				byName[name] = h
				out = append(out, h)
			}
			h.data, h.shown = append(h.data, b.Data), append(h.shown, b.Guards)
			h.always = h.always || len(b.Guards.When) == 0
		}
	}
	if any == nil {
		return out
	}
	for _, q := range p.base.Obj(i.object.ID()).Props.All() {
		name := q.Key.Name
		if f := p.method(i, name); q.Key.Sym == nil && f != value.Undef && byName[name] == nil && !seen[name] && !contains(pageLife, name) {
			out = append(out, &handler{name: name, event: of, f: f, doubt: any})
		}
	}
	return out
}

// runs is what a binding runs: a method of the instance, undefined if it has none of that name, or the code of an inline handler.
func (p *Program) runs(i *instance, b *miniprogram.Binding) (f value.Value, name string, inline bool) {
	if b.Inline != nil {
		return p.inline(b), Shortened(b.Value), true
	}
	return p.method(i, b.Handler), b.Handler, false
}

// native are the events that elements of the platform raise besides those that bubble (docs component/).
var native = map[string]bool{"change": true, "input": true, "focus": true, "blur": true, "confirm": true, "submit": true, "reset": true, "load": true, "error": true,
	"scroll": true, "scrolltolower": true, "scrolltoupper": true, "play": true, "pause": true, "ended": true, "timeupdate": true, "cancel": true, "columnchange": true,
	"changing": true, "linechange": true, "message": true, "getuserinfo": true, "getphonenumber": true, "getrealtimephonenumber": true, "contact": true,
	"opensetting": true, "launchapp": true, "chooseavatar": true, "agreeprivacyauthorization": true, "transitionend": true, "animationend": true,
	"animationstart": true, "animationiteration": true, "touchforcechange": true, "statechange": true, "fullscreenchange": true, "netstatus": true, "initdone": true,
	"stop": true, "scancode": true, "ready": true, "markertap": true, "regionchange": true, "refresherrefresh": true, "animationfinish": true, "transition": true}

// raises reports whether an event that is bound at an element of the platform can only be one that bubbles out of a component in the same template.
func (p *Program) raises(u *miniprogram.Unit, event string) bool {
	if native[event] || bubbling[event] {
		return false
	}
	for _, c := range u.Components {
		if c != nil && p.units[c] != nil {
			return true
		}
	}
	return false
}

// event is what a handler is called with.
func (p *Program) event(h *handler) value.Value {
	s := p.arguing
	where := p.machine.Where()
	dataset := p.dataset(h)
	d := p.machine.Alloc(s, dataset)
	target := p.answer(s, []value.Prop{{Key: value.Named("dataset"), Value: d}})
	return p.answer(s, []value.Prop{{Key: value.Named("type"), Value: value.Text(h.event)}, {Key: value.Named("currentTarget"), Value: target}, {Key: value.Named("target"), Value: target},
		{Key: value.Named("detail"), Value: p.input(where, "detail", "object")}})
}

// dataset is what the data attributes of the element say: one of those that the handler is bound on. What is not written there as a text is not known.
func (p *Program) dataset(h *handler) *value.Obj {
	where := p.machine.Where()
	out := &value.Obj{Proto: p.machine.Realm.Object, Rest: p.input(where, "dataset", "object").Term()}
	var elements []map[string]string
	names := map[string]bool{}
	for _, data := range h.data {
		if !slices.ContainsFunc(elements, func(o map[string]string) bool { return maps.Equal(o, data) }) {
			elements = append(elements, data)
		}
		for name := range data {
			names[name] = true
		}
	}
	if len(elements) > state.MaxAlternatives {
		out.Rest = p.table.Term(nil, value.Term{Op: "given-up", Name: "dataset", Type: "object", Cause: p.cause("alternatives", h.name, source.Span{})})
		return out
	}
	root := p.table.Root(where, 0, "element", len(elements), value.Origin{Key: "dataset"})
	for _, name := range sortedKeys(names) {
		vals := make([]value.Value, len(elements))
		for n, data := range elements {
			vals[n] = p.input(where, "dataset."+name+" "+strconv.Itoa(n), "")
			if text, ok := data[name]; ok {
				vals[n] = value.Text(text)
			}
		}
		v := vals[0]
		if len(vals) > 1 {
			v = value.ChoiceOf(root, vals)
		}
		out.Define(value.Prop{Key: value.Named(name), Value: v})
	}
	return out
}

// texts is an array of texts, in the state in which an entry point begins.
func (p *Program) texts(list []string) value.Value {
	out := make([]value.Value, len(list))
	for n, s := range list {
		out[n] = value.Text(s)
	}
	return p.machine.Array(p.arguing, out)
}
