package execute

// What happens next: lifecycle steps, answers, timers, and what the user does. See doc.go of the oracle for
// the model of time.

import (
	"strings"

	"github.com/grafana/sobek"
)

// next chooses what happens next; nil when nothing does any more.
func (r *run) next() func() {
	if len(r.quick) > 0 {
		q := r.quick[0]
		r.quick = r.quick[1:]
		return func() { r.answer(q) }
	}
	var events []event
	var options []option
	add := func(e event, o option) {
		// The first option is what usually happens.
		if len(options) == 0 {
			o.cost = 0
		}
		o.what = e.what
		events, options = append(events, e), append(options, o)
	}
	if len(r.soon) > 0 {
		first := r.soon[0]
		add(event{first.what, func() {
			r.soon = r.soon[1:]
			first.run()
		}}, option{})
	}
	for _, q := range r.asked {
		add(event{q.name + " is answered", func() { r.answer(q) }}, option{cost: 1})
	}
	if t := r.due(); t != nil {
		add(event{"a timer fires", func() { r.tick(t) }}, option{cost: 1})
	}
	if len(r.soon) == 0 && len(r.pages) > 0 && !r.prompted() {
		switch {
		case r.away:
			add(event{"the user comes back", r.comeBack}, option{cost: 1})
		case r.acts > 0:
			r.addActs(add, len(options) == 0)
		}
	}
	if len(events) == 0 {
		return nil
	}
	if len(events) == 1 {
		r.note("%s", events[0].what)
	}
	return events[r.pick("next", options...)].run
}

// prompted tells that a dialog of the platform waits for the user.
func (r *run) prompted() bool {
	for _, q := range r.asked {
		if q.prompts {
			return true
		}
	}
	return false
}

// addActs adds what the user can do on the page that is shown. Where nothing else is to happen, the
// one whose turn it is comes first.
func (r *run) addActs(add func(event, option), idle bool) {
	acts, doubtful := r.userActs()
	if len(acts) == 0 {
		return
	}
	first := 0
	if idle {
		first = r.turn % len(acts)
	}
	for i := range acts {
		n := (first + i) % len(acts)
		a := acts[n]
		add(event{"the user: " + a.what, func() {
			r.acts--
			r.turn++
			a.run()
		}}, option{cost: 1, doubtful: doubtful[n]})
	}
}

// userActs are what the user can do on the page that is shown.
func (r *run) userActs() (acts []event, doubtful []bool) {
	top := r.pages[len(r.pages)-1]
	add := func(what string, sure bool, f func()) {
		acts, doubtful = append(acts, event{what, f}), append(doubtful, !sure)
	}
	list := r.call("acts", top.record).(*sobek.Object)
	for _, key := range list.Keys() {
		o := list.Get(key).(*sobek.Object)
		run, _ := sobek.AssertFunction(o.Get("run"))
		dubious := o.Get("doubtful")
		add(o.Get("what").String(), dubious == nil || !dubious.ToBoolean(), func() {
			if _, err := run(sobek.Undefined()); err != nil {
				r.failedWith(err)
			}
		})
	}
	for _, name := range sorted(r.listeners) {
		if len(r.listeners[name]) > 0 && !quietListener[name] {
			add("on"+name, true, func() { r.fire(name, r.anything("event")) })
		}
	}
	if len(r.pages) > 1 {
		add("goes back", true, func() { r.back(1) })
	}
	for _, tab := range sorted(r.program.tabs) {
		if r.program.tabs[top.path] && tab != top.path {
			add("tab "+tab, true, func() { r.navigate("switchTab", "/"+tab, nil) })
		}
	}
	if r.program.lives {
		add("leaves", true, r.leave)
	}
	if len(r.storage) > 0 {
		add("closes the program", true, func() { r.ended, r.again = true, true })
		if r.bounds.Wide {
			add("closes the program and withdraws the grants", false, func() {
				r.ended, r.again = true, true
				r.record, r.camera = undecided, undecided
			})
		}
	}
	return acts, doubtful
}

// quietListener are events that happen only when something else does.
var quietListener = map[string]bool{"AppShow": true, "AppHide": true, "Error": true, "UnhandledRejection": true, "PageNotFound": true}

func (r *run) leave() {
	r.away = true
	r.life(r.pages[len(r.pages)-1], "onHide")
	r.call("app", r.rt.ToValue("onHide"))
	r.fire("AppHide", sobek.Undefined())
}

func (r *run) comeBack() {
	r.away = false
	top := r.pages[len(r.pages)-1]
	options := r.object("path", top.path, "query", r.rt.NewObject(), "scene", 1001)
	r.call("app", r.rt.ToValue("onShow"), options)
	r.fire("AppShow", options)
	r.life(top, "onShow")
}

// fire tells listeners of an event.
func (r *run) fire(name string, arg sobek.Value) {
	for _, f := range append([]sobek.Value(nil), r.listeners[name]...) {
		r.call("guarded", f, r.list([]sobek.Value{arg}))
	}
}

func (r *run) life(p *page, name string, args ...sobek.Value) {
	r.call("life", append([]sobek.Value{p.record, r.rt.ToValue(name)}, args...)...)
}

// open puts a new page on top.
func (r *run) open(path string, query sobek.Value) {
	if !r.call("registered", r.rt.ToValue(path)).ToBoolean() {
		return
	}
	p := &page{path: path}
	p.record = r.call("create", r.rt.ToValue(path), query)
	if _, ok := p.record.(*sobek.Object); !ok {
		return
	}
	r.pages = append(r.pages, p)
	r.life(p, "onLoad", query)
	r.life(p, "onShow")
	r.later(path+" is ready", func() { r.life(p, "onReady") })
}

// back closes pages.
func (r *run) back(n int) {
	closed := false
	for ; n > 0 && len(r.pages) > 1; n-- {
		top := r.pages[len(r.pages)-1]
		r.pages = r.pages[:len(r.pages)-1]
		r.life(top, "onUnload")
		closed = true
	}
	if closed {
		r.life(r.pages[len(r.pages)-1], "onShow")
	}
}

// navigate opens a page as the functions of that name do, and then goes on. It reports whether there is such a page.
func (r *run) navigate(kind, url string, then func()) bool {
	target, query := r.target(url)
	kind = strings.TrimSuffix(strings.TrimSuffix(kind, "To"), "Tab")
	known := false
	for _, page := range r.program.pages {
		known = known || page == target
	}
	if !known || (kind == "switch") != r.program.tabs[target] && kind != "reLaunch" {
		return false
	}
	r.later(target+" is opened", func() {
		r.replace(kind, target, query)
		if then != nil {
			then()
		}
	})
	return true
}

func (r *run) replace(kind, target string, query sobek.Value) {
	switch kind {
	case "redirect":
		if len(r.pages) > 0 {
			top := r.pages[len(r.pages)-1]
			r.pages = r.pages[:len(r.pages)-1]
			r.life(top, "onUnload")
		}
	case "reLaunch":
		for i := len(r.pages) - 1; i >= 0; i-- {
			r.life(r.pages[i], "onUnload")
		}
		r.pages = nil
	case "switch":
		for i := len(r.pages) - 1; i >= 0; i-- {
			switch p := r.pages[i]; {
			case r.program.tabs[p.path]:
				r.life(p, "onHide")
				r.resting[p.path] = p
			default:
				r.life(p, "onUnload")
			}
		}
		r.pages = nil
		if kept := r.resting[target]; kept != nil {
			r.pages = []*page{kept}
			r.life(kept, "onShow")
			return
		}
	default:
		if len(r.pages) > 0 {
			r.life(r.pages[len(r.pages)-1], "onHide")
		}
	}
	r.open(target, query)
}

// target splits a URL into the page and its query.
func (r *run) target(url string) (string, sobek.Value) {
	from := ""
	if len(r.pages) > 0 {
		from = r.pages[len(r.pages)-1].path
	}
	path, rest, _ := strings.Cut(url, "?")
	query := r.rt.NewObject()
	for _, part := range strings.Split(rest, "&") {
		if name, value, _ := strings.Cut(part, "="); name != "" {
			r.set(query, name, value)
		}
	}
	return r.program.candidates(from, path)[0], query
}
