package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// wepy: version 2's wepy.page(options), and version 1's classes. Source: wepyjs.github.io, and the packages' code.

// wepyPackage returns one of wepy's packages as far as it is modelled.
func (a *analysis) wepyPackage(m *machine, spec string, at source.Span) *imported {
	if packageName(spec) == "@wepy/use-promisify" {
		v := a.wepyPromisify(m)
		return &imported{whole: &v}
	}
	o := m.baseObject(cPlain)
	o.isOpen, o.open = true, &unfollowed{name: spec, at: at}
	o.props = setCell(o.props, "default", &cell{val: ref(a.wepy(m, packageName(spec) == "wepy")), frozen: true})
	whole := ref(o)
	return &imported{whole: &whole}
}

// wepyPromisify is the plugin with which wepy 2 keeps the platform's functions as promises under wepy.wx.
func (a *analysis) wepyPromisify(m *machine) value {
	if a.hosts["use-promisify"] == nil {
		a.hosts["use-promisify"] = m.baseObject(cPlain)
	}
	return ref(a.hosts["use-promisify"])
}

// wepy is the default export of wepy: the platform's functions, and the framework's own. Of version 1 app, page
// and component are classes.
func (a *analysis) wepy(m *machine, classes bool) *object {
	if o := a.hosts["wepy itself"]; o != nil {
		return o
	}
	o := m.baseObject(cPlain)
	a.hosts["wepy itself"] = o
	host := a.hostObject(m, wepyHost)
	o.proto = host.obj
	set := func(name string, v value) { o.props = setCell(o.props, name, &cell{val: v, frozen: true}) }
	set("wx", host)
	set("promisify", m.get(a.prelude(m, "helpers.js"), "promisify"))
	set("use", m.native("use", func(m *machine, _ value, args []value, fr *frame) value {
		plugin := m.known(arg(args, 0))
		if plugin.kind != kObject {
			return undefined
		}
		if plugin.obj == a.wepyPromisify(m).obj {
			a.styles[wepyHost] = promisesOnly
			return undefined
		}
		install := plugin
		if !plugin.isFunction() {
			install = m.known(m.get(plugin, "install"))
		}
		if install.isFunction() && install.obj.fn != nil {
			m.call(install, plugin, append([]value{ref(o)}, args[1:]...), fr)
		}
		return undefined
	}))
	mixin := func(m *machine, _ value, args []value, _ *frame) value {
		m.mixInto(arg(args, 0), undefined)
		return undefined
	}
	set("mixin", m.native("mixin", mixin))
	bases := a.prelude(m, "wepy.js")
	for _, name := range []string{"app", "page", "component", "mixin"} {
		switch {
		case classes:
			set(name, m.get(bases, name))
		case name != "mixin":
			set(name, m.native(name, wepyRegister))
		}
	}
	return o
}

// wepyRegister is wepy.page(options): the options are those of the page being loaded.
func wepyRegister(m *machine, _ value, args []value, _ *frame) value {
	if i := m.a.rendering; i != nil && m.serial == 0 && len(args) > 0 {
		m.fillVue(i, arg(args, 0), 0)
	}
	return undefined
}

// wepyAddition notes what an app of wepy 1 uses: without "promisify" the platform's functions return nothing.
func wepyAddition(m *machine, _ value, args []value, _ *frame) value {
	name, ok := m.known(arg(args, 0)).key()
	switch {
	case ok && name == "promisify":
		m.a.styles[wepyHost] = promisesOnly
	case ok && name == "app" && m.a.styles[wepyHost] == 0:
		m.a.styles[wepyHost] = callbackCalls
	}
	return undefined
}

// wepyMember reads what wepy gives to every instance, beyond what Vue does.
func (m *machine) wepyMember(o *object, name string) (value, bool) {
	i := o.unit
	page := i.unit != nil && i.unit.Kind == miniprogram.PageUnit
	switch name {
	case "$app", "$parent":
		if m.a.app != nil && (page || name == "$app") {
			return ref(m.a.app.object), true
		}
		return m.parentOf(i)
	case "$root":
		if page {
			return ref(o), true
		}
		return m.parentOf(i)
	case "$wx", "$wxpage":
		return ref(o), true
	case "$apply":
		return m.native(name, func(m *machine, this value, args []value, _ *frame) value {
			if f := m.known(arg(args, 0)); f.isFunction() {
				return m.call(f, ref(o), nil, nil)
			}
			return undefined
		}), true
	case "$trigger":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.trigger(i, arg(args, 0), arg(args, 1), undefined, fr)
			return undefined
		}), true
	case "$invoke":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value { return m.invokeChild(i, args, fr) }), true
	case "$navigate", "$redirect", "$switch", "$relaunch":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			opts := m.known(arg(args, 0))
			if opts.kind != kObject {
				url := m.object(cPlain)
				m.define(url, "url", opts)
				opts = ref(url)
			}
			m.leadTo(opts, fr)
			return undefined
		}), true
	}
	return undefined, false
}

// parentOf is the one page or component that uses a component.
func (m *machine) parentOf(i *instance) (value, bool) {
	if users := m.a.users[i.unit]; len(users) == 1 && m.a.instances[users[0]] != nil {
		return ref(m.a.instances[users[0]].object), true
	}
	return undefined, false
}

// invokeChild is this.$invoke('child', 'method', ...): a method of the component of that name.
func (m *machine) invokeChild(i *instance, args []value, fr *frame) value {
	name, known := m.known(arg(args, 0)).key()
	method, named := m.known(arg(args, 1)).key()
	cause := &unfollowed{name: "this.$invoke", at: calleeSpan(fr)}
	if !known || !named || i.unit == nil {
		return m.unknown(cause)
	}
	for _, tag := range sortedKeys(i.unit.Components) {
		unit := i.unit.Components[tag]
		if c := m.a.instances[unit]; unit != nil && c != nil && strings.EqualFold(strings.ReplaceAll(tag, "-", ""), strings.ReplaceAll(name, "-", "")) {
			return m.call(m.get(ref(c.object), method), ref(c.object), args[min(2, len(args)):], fr)
		}
	}
	return m.unknown(cause)
}

// fillEvents takes the option events of wepy 1: functions that run when a component below raises the event.
func (m *machine) fillEvents(i *instance, v value) {
	m.optionsOf(i, v, func(name string, c *cell) {
		if f := m.known(m.readProp(v, c)); f.isFunction() {
			i.events = append(i.events, eventHandler{name, f})
		}
	})
}

// eventHandler is a function that runs on an event which a component raises.
type eventHandler struct {
	event string
	f     value
}

// eventEntries lists the entry points that the option events makes.
func (a *analysis) eventEntries(u *miniprogram.Unit, i *instance, starts []start) []*entry {
	var out []*entry
	for _, h := range i.events {
		from := a.raised(u, h.event, 0)
		if from == nil {
			from = starts // by $broadcast, or from where it cannot be seen
		}
		e := &entry{kind: StepHandler, name: handlerName(h.f), detail: h.event, at: functionSpan(h.f, i.at), unit: u, inst: i, starts: from, rank: 2000, code: piecesOf(h.f)}
		e.run = func(m *machine) { m.call(h.f, ref(i.object), m.handlerArgs(nil), nil) }
		out = append(out, e)
	}
	return out
}

// raised tells what holds where the components of a unit, however deep, raise an event.
func (a *analysis) raised(u *miniprogram.Unit, event string, depth int) []start {
	var out []start
	if depth > a.most(boundDepth) {
		why := a.gaveUpOn(nil, boundDepth, "", event, source.Span{})
		return []start{{ctx: context{maybe: why}}}
	}
	for _, tag := range sortedKeys(u.Components) {
		if c := u.Components[tag]; c != nil {
			out = addStarts(out, a.triggers[triggerKey{c, event}])
			out = addStarts(out, a.raised(c, event, depth+1))
		}
	}
	return out
}
