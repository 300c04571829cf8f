package flow

import (
	"maps"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// mpx: what @mpxjs/core and the packages around it mean. Source: mpxjs.cn, and the packages' code.

// callStyle is how a framework hands on the platform's functions; zero as they are.
type callStyle int

const (
	// promisedCalls return a promise always, and run the callbacks too. The platform's own, which are zero,
	// return one where they are given no callback.
	promisedCalls callStyle = iota + 1
	// promisesOnly return a promise always, and drop the callbacks.
	promisesOnly
	// callbackCalls return no promise ever.
	callbackCalls
)

// The hosts through which frameworks hand on the platform's functions.
const (
	mpxHost      = "mpx"
	wepyHost     = "wepy"
	taroHost     = "Taro"
	promisedHost = "promised" // what a table of promisified functions leads to
)

// styleOf is how the functions of a host are handed on.
func (a *analysis) styleOf(host string) callStyle {
	if host == promisedHost || host == taroHost {
		// Taro calls the callbacks and settles the promise as well: @tarojs/shared 4.2.1, native-apis.js.
		return promisedCalls
	}
	return a.styles[host]
}

// isHandedOn tells of the hosts that are a framework's.
func isHandedOn(host string) bool {
	return host == mpxHost || host == wepyHost || host == promisedHost || host == taroHost
}

// mpxFunctions are those of @mpxjs/core by name: Vue's among them.
var mpxFunctions map[string]nativeFunc

// makeMpxFunctions fills mpxFunctions, once Vue's are there.
func makeMpxFunctions() {
	mpxFunctions = maps.Clone(vueFunctions)
	delete(mpxFunctions, "createApp")
	delete(mpxFunctions, "createSSRApp")
	for name, kind := range map[string]RegistrationKind{"createPage": PageRegistration, "createComponent": ComponentRegistration, "createApp": AppRegistration} {
		mpxFunctions[name] = register(kind)
	}
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	for _, name := range []string{"getMixin", "createStateWithThis", "createGettersWithThis", "createMutationsWithThis", "createActionsWithThis", "toPureObject"} {
		mpxFunctions[name] = identity
	}
	for _, name := range []string{"createStore", "createStoreWithThis"} {
		mpxFunctions[name] = func(m *machine, this value, args []value, fr *frame) value {
			return m.call(m.get(m.a.prelude(m, "mpx.js"), name), this, args, fr)
		}
	}
	mpxFunctions["useContext"] = func(m *machine, _ value, _ []value, _ *frame) value {
		if i := m.a.rendering; i != nil {
			return m.setupContext(i)
		}
		return m.unknown(nil)
	}
	mpxFunctions["defineOptions"] = func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			m.fillVue(i, arg(args, 0), 0)
		}
		return undefined
	}
	mpxFunctions["defineExpose"] = func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			m.expose(i, m.known(arg(args, 0)))
		}
		return undefined
	}
	mpxFunctions["useI18n"] = func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) }
}

// expose gives an instance what a <script setup> exposes. In mpx a template can bind nothing else.
func (m *machine) expose(i *instance, v value) {
	m.copyProps(i.object, v)
	if v.kind != kObject || v.obj.isOpen {
		return
	}
	i.exposed = map[string]bool{}
	for _, name := range v.obj.keys {
		i.exposed[name] = true
		if f := m.known(m.get(v, name)); f.isFunction() {
			i.add(name, f)
		}
	}
}

// hides reports whether a name of the top level of a <script setup> is not there for the template.
func (i *instance) hides(name string) bool { return i.exposed != nil && !i.exposed[name] }

// setupContext is the second parameter of setup: what an instance can do.
func (m *machine) setupContext(i *instance) value {
	ctx := m.baseObject(cPlain)
	ctx.isOpen = true
	emit := func(m *machine, _ value, args []value, fr *frame) value {
		m.trigger(i, arg(args, 0), arg(args, 1), m.known(arg(args, 2)), fr)
		return undefined
	}
	m.define(ctx, "emit", m.native("emit", emit))
	if m.a.project.Framework != miniprogram.Mpx {
		return ref(ctx)
	}
	m.define(ctx, "triggerEvent", m.native("triggerEvent", emit))
	for own, member := range map[string]string{"refs": "$refs", "selectComponent": "selectComponent", "selectAllComponents": "selectAllComponents", "forceUpdate": "$forceUpdate"} {
		if v, ok := m.instanceMember(i.object, member); ok {
			m.define(ctx, own, v)
		}
	}
	return ref(ctx)
}

// mpxPackage returns one of mpx's packages as far as it is modelled.
func (a *analysis) mpxPackage(m *machine, spec string, at source.Span) *imported {
	o := m.baseObject(cPlain)
	o.isOpen, o.open = true, &unfollowed{name: spec, at: at}
	export := func(name string, v value) { o.props = setCell(o.props, name, &cell{val: v, frozen: true}) }
	switch packageName(spec) {
	case "@mpxjs/core":
		for _, name := range sortedKeys(mpxFunctions) {
			export(name, m.native(name, mpxFunctions[name]))
		}
		export("default", ref(a.mpx(m)))
	case "@mpxjs/store":
		for _, name := range []string{"createStore", "createStoreWithThis", "createStateWithThis", "createGettersWithThis", "createMutationsWithThis", "createActionsWithThis"} {
			export(name, m.native(name, mpxFunctions[name]))
		}
	case "@mpxjs/api-proxy":
		// Its other exports are the platform's functions.
		o.proto = a.hostObject(m, "wx").obj
		o.isOpen = false
		export("default", a.apiProxy(m))
		export("getProxy", m.native("getProxy", func(m *machine, _ value, args []value, _ *frame) value {
			if m.isTrue(m.get(m.known(arg(args, 0)), "usePromise")) {
				return m.a.hostObject(m, promisedHost)
			}
			return m.a.hostObject(m, "wx")
		}))
		export("promisify", m.native("promisify", func(m *machine, _ value, args []value, _ *frame) value {
			if v := m.known(arg(args, 0)); v.kind != kObject || v.obj.class != cHost {
				return m.unknown(&unfollowed{name: "promisify"})
			}
			return m.a.hostObject(m, promisedHost)
		}))
	default:
		return nil
	}
	whole := ref(o)
	return &imported{whole: &whole}
}

// isTrue reports whether a value is known to count as true.
func (m *machine) isTrue(v value) bool {
	v = m.known(v)
	return v.kind == kBool && v.bool || v.kind == kObject
}

// apiProxy is the plugin that gives mpx the platform's functions: mpx.use(apiProxy, { usePromise: true }).
func (a *analysis) apiProxy(m *machine) value {
	if o := a.hosts["api-proxy"]; o != nil {
		return ref(o)
	}
	v := m.native("apiProxy", func(m *machine, _ value, args []value, _ *frame) value {
		target, host := m.known(arg(args, 0)), "wx"
		if m.isTrue(m.get(m.known(arg(args, 1)), "usePromise")) {
			host = promisedHost
		}
		if target.kind == kObject && target.obj.class == cPlain && target.obj.proto == nil {
			target.obj.proto = m.a.hostObject(m, host).obj
		}
		return undefined
	})
	a.hosts["api-proxy"] = v.obj
	return v
}

// mpx is the default export of @mpxjs/core: the platform's functions, and the framework's own.
func (a *analysis) mpx(m *machine) *object {
	if o := a.hosts["mpx itself"]; o != nil {
		return o
	}
	o := m.baseObject(cPlain)
	a.hosts["mpx itself"] = o
	o.proto = a.hostObject(m, mpxHost).obj
	own := func(name string, f nativeFunc) {
		o.props = setCell(o.props, name, &cell{val: m.native(name, f), frozen: true})
	}
	own("use", func(m *machine, this value, args []value, fr *frame) value {
		plugin := m.known(arg(args, 0))
		if plugin.kind != kObject {
			return ref(o)
		}
		if plugin.obj == a.apiProxy(m).obj {
			if m.isTrue(m.get(m.known(arg(args, 1)), "usePromise")) {
				a.styles[mpxHost] = promisedCalls
			}
			return ref(o)
		}
		install := plugin
		if !plugin.isFunction() {
			install = m.known(m.get(plugin, "install"))
		}
		if install.isFunction() && install.obj.fn != nil {
			m.call(install, plugin, []value{ref(o), arg(args, 1), ref(o)}, fr)
		}
		return ref(o)
	})
	mixin := func(m *machine, _ value, args []value, _ *frame) value {
		m.mixInto(arg(args, 0), arg(args, 1))
		return ref(o)
	}
	own("mixin", mixin)
	own("injectMixins", mixin)
	for name, function := range map[string]string{"observable": "reactive", "watch": "watch", "isRef": "isRef"} {
		own(name, vueFunctions[function])
	}
	own("set", func(m *machine, _ value, args []value, _ *frame) value {
		m.setKey(arg(args, 0), arg(args, 1), arg(args, 2))
		return undefined
	})
	o.props = setCell(o.props, "prototype", &cell{val: ref(a.vueProto(m)), frozen: true})
	config := m.baseObject(cPlain)
	config.isOpen = true
	o.props = setCell(o.props, "config", &cell{val: ref(config), frozen: true})
	for _, name := range []string{"i18n", "xfetch", "fetch"} {
		o.props = setCell(o.props, name, &cell{val: m.unknown(nil)})
	}
	return o
}

// mixInto gives every page and component the members of a mixin, or of a list of them; with types
// ("app", "page", "component") those alone.
func (m *machine) mixInto(mixins, types value) {
	if m.serial != 0 {
		return
	}
	if types = m.known(types); types.kind == kObject && types.obj.class == cPlain {
		types = m.known(m.get(types, "types"))
	}
	kinds := map[string]bool{}
	if list, ok := m.list(types); ok {
		for _, kind := range list {
			if name, ok := m.known(kind).key(); ok {
				kinds[name] = true
			}
		}
	} else if name, ok := types.key(); ok && types.kind == kString {
		kinds[name] = true
	}
	if len(kinds) == 0 {
		kinds["page"], kinds["component"] = true, true
	}
	list, ok := m.list(mixins)
	if !ok {
		list = []value{mixins}
	}
	for _, mixin := range list {
		g := globalMixin{mixin, kinds}
		m.a.mixins = append(m.a.mixins, g)
		for _, u := range m.a.units() {
			if i := m.a.instances[u]; i != nil {
				m.applyMixin(i, g)
			}
		}
	}
}

// globalMixin is a mixin with the kinds of units that get it.
type globalMixin struct {
	options value
	kinds   map[string]bool
}

func (m *machine) applyMixin(i *instance, g globalMixin) {
	kind := map[miniprogram.UnitKind]string{miniprogram.AppUnit: "app", miniprogram.PageUnit: "page", miniprogram.ComponentUnit: "component"}[i.unit.Kind]
	if g.kinds[kind] {
		m.outside(func() { m.underlay(i, func() { m.fillVue(i, g.options, 1) }) })
	}
}

// fillRegistered makes the instance of what createApp, createPage or createComponent was given.
func (m *machine) fillRegistered(i *instance, r *registration) {
	i.kind = r.kind
	m.outside(func() { m.fillVue(i, r.options, 0) })
	for _, g := range m.a.mixins {
		m.applyMixin(i, g)
	}
}

// isRootMethod reports whether a function among the options of mpx is a method: of a page and of the app
// those beside the lifecycle functions are.
func (m *machine) isRootMethod(i *instance, v value) bool {
	return m.a.project.Framework == miniprogram.Mpx && i.kind != ComponentRegistration && v.isFunction()
}
