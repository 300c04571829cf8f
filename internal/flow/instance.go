package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// RegistrationKind is what a script registers itself as.
type RegistrationKind int

// The kinds of registrations.
const (
	AppRegistration RegistrationKind = iota
	PageRegistration
	ComponentRegistration
)

// registration is a call of App, Page or Component.
type registration struct {
	kind     RegistrationKind
	options  value
	module   *module // whose top level made the call, however deep
	at       source.Span
	instance *instance
}

// instance is the page, component or app object that methods run on.
type instance struct {
	object *object
	data   *object
	unit   *miniprogram.Unit
	kind   RegistrationKind
	// methods are the functions that events can be bound to, life those that the platform calls.
	methods map[string]value
	order   []string
	life    []lifecycle
	// named are observers that are given as the names of methods, by name, until the methods are known.
	named  []namedHook
	open   *unfollowed // may have more methods
	isOpen bool
	at     source.Span
	// setups are the setup functions that do more than declare.
	setups []setupCall
	// scope is the top level of a <script setup>, whose names the template uses; late are its imports.
	scope *env
	late  []string
	jsx   []jsxHandler
	// handed are the names of the properties that a <script setup> declares, with "" where there may be more.
	handed []string
	// exposed are the names that a <script setup> exposes, where the template sees no others.
	exposed map[string]bool
	// events are the handlers of wepy's option of that name.
	events []eventHandler
	react  bool // its code is a component of React
	// extended are the calls that have added members.
	extended map[script.Node]bool
}

// lifecycle is a function that the platform runs.
type lifecycle struct {
	name string
	f    value
	// hook tells that it is an observer or the like, which has no place in the order of the lifecycle.
	hook bool
	// source is what a watcher of Vue's watches: it is given its value.
	source value
	// fields are the fields that an observer watches: it is given their values.
	fields []string
}

// namedHook is an observer that is the name of a method.
type namedHook struct {
	method string
	lifecycle
}

// observe takes an observer: a function, or the name of a method that the options may have further down.
func (i *instance) observe(f value, hook lifecycle) {
	hook.hook = true
	if f.isFunction() {
		hook.f = f
		i.life = append(i.life, hook)
	} else if method, ok := f.key(); ok && f.kind == kString {
		i.named = append(i.named, namedHook{method, hook})
	}
}

// resolveNamed gives the observers that are named their methods, as far as they are there.
func (i *instance) resolveNamed() {
	var left []namedHook
	for _, hook := range i.named {
		if f, ok := i.methods[hook.method]; ok {
			hook.f = f
			i.life = append(i.life, hook.lifecycle)
		} else {
			left = append(left, hook)
		}
	}
	i.named = left
}

func register(kind RegistrationKind) nativeFunc {
	return func(m *machine, _ value, args []value, fr *frame) value {
		if m.serial != 0 {
			return undefined
		}
		r := &registration{kind: kind, options: m.known(arg(args, 0))}
		if fr != nil {
			r.at = calleeSpan(fr)
		}
		if n := len(m.a.loading); n > 0 {
			r.module = m.a.loading[0]
			for _, k := range m.a.loading {
				if k.unit != nil {
					r.module = k
				}
			}
		}
		m.a.registrations = append(m.a.registrations, r)
		return undefined
	}
}

// pageLife are the lifecycle methods in the order in which the platform runs them, then those without an order.
var pageLife = []string{"onLoad", "onShow", "onReady", "onHide", "onUnload", "onRouteDone", "onPullDownRefresh", "onReachBottom", "onPageScroll", "onResize", "onTabItemTap",
	"onShareAppMessage", "onShareTimeline", "onAddToFavorites", "onSaveExitState"}

var appLife = []string{"onLaunch", "onShow", "onHide", "onError", "onPageNotFound", "onUnhandledRejection", "onThemeChange"}

var componentLife = []string{"created", "attached", "ready", "moved", "detached", "error"}

// instantiate makes the instance of a registration.
func (m *machine) instantiate(r *registration, unit *miniprogram.Unit) *instance {
	i := &instance{unit: unit, kind: r.kind, methods: map[string]value{}, at: r.at}
	i.object = m.a.instanceObject(m, unit)
	i.object.unit, i.object.field = i, true
	i.data = m.baseObject(cPlain)
	i.data.field = true
	i.data.owner, i.object.owner = i, i
	m.define(i.object, "data", ref(i.data))
	i.object.props["data"].frozen = true
	if r.options.kind != kObject {
		i.isOpen, i.open = true, causeOf(r.options)
		i.object.isOpen, i.data.isOpen = true, true
		return i
	}
	if r.kind == ComponentRegistration {
		m.fillComponent(i, r.options, 0)
	} else {
		m.fillPage(i, r.options, 0)
	}
	m.define(i.object, "properties", ref(i.data))
	return i
}

// instanceMember reads what the platform gives to every instance.
func (m *machine) instanceMember(o *object, name string) (value, bool) {
	i := o.unit
	if m.a.project.Framework != miniprogram.Native {
		if v, ok := m.vueMember(o, name); ok {
			return v, true
		}
	}
	switch name {
	case "setData":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.setData(i, arg(args, 0), fr)
			if f := m.known(arg(args, 1)); f.isFunction() {
				ctx := m.ctx
				m.later(func() { m.task(ctx, func() { m.call(f, ref(o), nil, nil) }) })
			}
			return undefined
		}), true
	case "triggerEvent":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.trigger(i, arg(args, 0), arg(args, 1), m.known(arg(args, 2)), fr)
			return undefined
		}), true
	case "selectOwnerComponent":
		return m.native(name, func(m *machine, _ value, _ []value, _ *frame) value {
			if owner, ok := m.owner(i); ok {
				return owner
			}
			return m.unknown(nil)
		}), true
	case "selectComponent", "selectAllComponents", "getRelationNodes":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			v := m.selected(i)
			if name == "selectAllComponents" || name == "getRelationNodes" {
				if v.kind == kSymbol && v.sym.root == nil {
					return v
				}
				return m.array([]value{v})
			}
			return v
		}), true
	case "createSelectorQuery", "createIntersectionObserver", "createMediaQueryObserver", "getOpenerEventChannel", "getTabBar", "getPageId", "animate", "clearAnimation",
		"groupSetData", "getAppBar", "setUpdatePerformanceListener", "setInitialRenderingCache", "getPassiveEvent", "setPassiveEvent", "hasBehavior", "replaceDataOnPath", "applyDataUpdates":
		return m.native(name, func(m *machine, this value, args []value, fr *frame) value {
			m.handOver(args, nil, fr)
			return m.unknown(nil)
		}), true
	case "is", "id", "dataset", "route", "options", "router", "pageRouter", "renderer", "exitState":
		return m.unknown(nil), true
	}
	return undefined, false
}

// selected is what selectComponent finds: one of the components that the template uses.
func (m *machine) selected(i *instance) value {
	var vals []value
	if i.unit != nil {
		for _, tag := range sortedKeys(i.unit.Components) {
			unit := i.unit.Components[tag]
			if unit == nil {
				continue
			}
			if c := m.a.instances[unit]; c != nil {
				vals = append(vals, ref(c.object))
			}
		}
	}
	if len(vals) == 0 {
		return m.unknown(nil)
	}
	return m.anyOf(vals, make([]facts, len(vals)), nil, "selectComponent")
}

// owner is the page or component in whose template a component stands: one of those that use it.
func (m *machine) owner(i *instance) (value, bool) {
	var vals []value
	for _, user := range m.a.users[i.unit] {
		if u := m.a.instances[user]; u != nil {
			vals = append(vals, ref(u.object))
		}
	}
	if len(vals) == 0 {
		return undefined, false
	}
	return m.anyOf(vals, make([]facts, len(vals)), nil, i.unit.Path), true
}

// setData is Page.prototype.setData.
func (m *machine) setData(i *instance, v value, fr *frame) {
	v = m.known(v)
	if v.kind != kObject {
		m.wildcard(i.data, v, fr)
		return
	}
	if v.obj.isOpen {
		m.wildcard(i.data, undefined, fr)
	}
	for _, k := range v.obj.keys {
		c := v.obj.props[k]
		if c == nil || m.absent(c) {
			continue
		}
		m.setPath(i.data, k, m.readProp(v, c), c.key)
	}
}

// setPath writes the place that a setData key names: "a", "a.b", "list[0].name".
func (m *machine) setPath(data *object, path string, v value, key source.Span) {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
	at := ref(data)
	for n, part := range parts {
		if n == len(parts)-1 {
			m.setAt(at, part, v, key)
			return
		}
		next := m.known(m.get(at, part))
		if next.kind != kObject {
			if next.kind == kSymbol {
				return
			}
			next = ref(m.object(cPlain))
			m.set(at, part, next)
		}
		at = next
	}
}
