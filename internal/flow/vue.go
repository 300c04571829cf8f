package flow

import (
	"bytes"
	"fmt"
	"maps"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// frameworkLife are the lifecycle functions of the frameworks in the order in which the platform comes to run them;
// those that run once and before any handler are marked.
var frameworkLife = []struct {
	name string
	once bool
}{
	{"onLaunch", true}, {"useLaunch", true}, {"beforeCreate", true}, {"created", true}, {"constructor", true}, {"componentWillMount", true}, {"onBeforeMount", true}, {"beforeMount", true},
	{"attached", true}, {"onLoad", true}, {"useLoad", true}, {"onShow", false}, {"useDidShow", false}, {"componentDidShow", false}, {"pageLifetimes.show", false}, {"activated", false}, {"onActivated", false},
	{"componentDidMount", true}, {"useEffect", false}, {"useLayoutEffect", false}, {"mounted", true}, {"onMounted", true}, {"onReady", true}, {"useReady", true}, {"ready", true},
	{"onUpdated", false}, {"updated", false}, {"componentDidUpdate", false},
	{"onHide", false}, {"useDidHide", false}, {"componentDidHide", false}, {"onUnload", false}, {"useUnload", false}, {"componentWillUnmount", false},
	{"onUnmounted", false}, {"onBeforeUnmount", false}, {"beforeDestroy", false}, {"destroyed", false}, {"beforeUnmount", false}, {"unmounted", false}, {"detached", false},
	{"onPullDownRefresh", false}, {"usePullDownRefresh", false}, {"onReachBottom", false}, {"useReachBottom", false}, {"onPageScroll", false}, {"usePageScroll", false},
	{"onResize", false}, {"useResize", false}, {"onTabItemTap", false}, {"useTabItemTap", false}, {"onShareAppMessage", false}, {"useShareAppMessage", false},
	{"onShareTimeline", false}, {"useShareTimeline", false}, {"onAddToFavorites", false}, {"onError", false}, {"useError", false}, {"onPageNotFound", false},
	{"onUnhandledRejection", false}, {"onThemeChange", false}, {"onBackPress", false}, {"onNavigationBarButtonTap", false}, {"onInit", true}, {"onExit", false}, {"errorCaptured", false},
	{"beforeUpdate", false}, {"onBeforeUpdate", false}, {"onSaveExitState", false}, {"watchEffect", false}, {"serverPrefetch", false},
}

// lifeRank returns a lifecycle function's place in the order, and whether it runs once; ok is false for other names.
func lifeRank(name string) (rank int, once, ok bool) {
	for i, l := range frameworkLife {
		if l.name == name {
			return i, l.once, true
		}
	}
	return 0, false, false
}

// hook runs a lifecycle registration like onLoad(fn) or useDidShow(fn): made while a page's code is loaded, it belongs to that page.
func hook(name string) nativeFunc {
	return func(m *machine, _ value, args []value, _ *frame) value {
		f := m.known(arg(args, 0))
		if i := m.a.rendering; i != nil && m.serial == 0 && f.isFunction() {
			i.addLife(name, f, false)
		}
		return undefined
	}
}

func (i *instance) addLife(name string, f value, hook bool) {
	for _, l := range i.life {
		if l.name == name && l.f.obj.fn != nil && f.obj.fn != nil && l.f.obj.fn.node == f.obj.fn.node {
			return
		}
	}
	i.life = append(i.life, lifecycle{name: name, f: f, hook: hook})
}

// watcher is watch(source, callback), and with its first argument as callback watchEffect.
func watcher(at int) nativeFunc {
	return func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			for _, a := range args[min(at, len(args)):] {
				if f := m.known(a); f.isFunction() {
					i.addLife("watch", f, true)
					break
				}
			}
		}
		return m.unknown(nil)
	}
}

// newRef makes what ref(v) returns.
func (m *machine) newRef(v value) value {
	o := m.object(cPlain)
	o.name, o.field = "ref", true
	m.define(o, "value", v)
	return ref(o)
}

// vueFunctions are the functions of the packages vue and @dcloudio/uni-app.
var vueFunctions map[string]nativeFunc

func init() {
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	newRefOf := func(m *machine, _ value, args []value, _ *frame) value { return m.newRef(arg(args, 0)) }
	getter := func(m *machine, _ value, args []value, _ *frame) value {
		f := m.known(arg(args, 0))
		if f.kind == kObject && !f.isFunction() {
			f = m.get(f, "get")
		}
		v := m.newRef(undefined)
		if f.isFunction() {
			v.obj.props["value"].get = f.obj
		} else {
			m.define(v.obj, "value", m.unknown(causeOf(f)))
		}
		return v
	}
	markField := func(m *machine, _ value, args []value, _ *frame) value {
		v := m.known(arg(args, 0))
		if v.kind == kObject && v.obj.class == cPlain {
			v.obj.field = true
		}
		return v
	}
	unknownResult := func(m *machine, _ value, args []value, fr *frame) value {
		m.handOver(args, nil, fr)
		return m.unknown(nil)
	}
	vueFunctions = map[string]nativeFunc{
		"ref": newRefOf, "shallowRef": newRefOf, "customRef": unknownResult, "reactive": markField, "shallowReactive": markField, "readonly": identity, "shallowReadonly": identity,
		"toRaw": identity, "markRaw": identity, "computed": getter, "defineComponent": identity, "defineAsyncComponent": unknownResult,
		"watch": watcher(1), "watchEffect": watcher(0), "watchPostEffect": watcher(0), "watchSyncEffect": watcher(0),
		"unref":   func(m *machine, _ value, args []value, _ *frame) value { return m.unwrap(arg(args, 0)) },
		"toValue": func(m *machine, _ value, args []value, _ *frame) value { return m.unwrap(arg(args, 0)) },
		"isRef": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			return boolean(v.kind == kObject && v.obj.name == "ref")
		},
		"toRef": func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			if k, ok := arg(args, 1).key(); ok && v.kind == kObject && v.obj.props[k] != nil {
				return m.refTo(v.obj.props[k])
			}
			return m.newRef(m.unknown(nil))
		},
		"toRefs": refsOf, "storeToRefs": refsOf,
		"nextTick": func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, nil, fr)
			return m.promiseOf(undefined)
		},
		"getCurrentInstance": currentInstance, "inject": inject, "provide": provide, "useSlots": unknownResult, "useAttrs": unknownResult, "h": unknownResult,
		"defineProps": func(m *machine, _ value, _ []value, _ *frame) value {
			o := m.object(cPlain)
			o.isOpen = true
			return ref(o)
		},
		"useTemplateRef": func(m *machine, _ value, _ []value, _ *frame) value {
			if i := m.a.rendering; i != nil {
				return m.newRef(m.selected(i))
			}
			return m.newRef(m.unknown(nil))
		},
		"withDefaults": identity, "defineExpose": func(m *machine, _ value, args []value, fr *frame) value {
			if i := m.a.rendering; i != nil && m.serial == 0 {
				m.copyProps(i.object, arg(args, 0))
			}
			return undefined
		},
		"defineModel":   func(m *machine, _ value, _ []value, _ *frame) value { return m.newRef(m.unknown(nil)) },
		"defineOptions": unknownResult, "defineSlots": unknownResult,
		"defineEmits": func(m *machine, _ value, _ []value, _ *frame) value {
			i := m.a.rendering
			return m.native("emit", func(m *machine, _ value, args []value, fr *frame) value {
				if i != nil {
					m.trigger(i, arg(args, 0), arg(args, 1), fr)
				}
				return undefined
			})
		},
		"createApp": appFactory, "createSSRApp": appFactory,
	}
	for _, l := range frameworkLife {
		if strings.HasPrefix(l.name, "on") || strings.HasPrefix(l.name, "use") {
			if vueFunctions[l.name] == nil {
				vueFunctions[l.name] = hook(l.name)
			}
		}
	}
}

func refsOf(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	out := m.object(cPlain)
	if v.kind != kObject {
		out.isOpen = true
		return ref(out)
	}
	out.isOpen, out.open = v.obj.isOpen, v.obj.open
	for _, k := range v.obj.keys {
		c := v.obj.props[k]
		if c == nil || m.absent(c) {
			continue
		}
		if c.val.kind == kObject && c.val.obj.name == "ref" {
			m.define(out, k, c.val)
			continue
		}
		m.define(out, k, m.refTo(c))
	}
	return ref(out)
}

// refTo is a ref whose value is the place c.
func (m *machine) refTo(c *cell) value {
	o := m.object(cPlain)
	o.name, o.field = "ref", true
	o.props = map[string]*cell{"value": c}
	o.keys = []string{"value"}
	return ref(o)
}

func (m *machine) unwrap(v value) value {
	v = m.known(v)
	if v.kind == kObject && v.obj.name == "ref" {
		return m.get(v, "value")
	}
	return v
}

// appFactory is createApp: its config.globalProperties are what every instance inherits. The app of a Taro project is made of
// the options that it is given.
func appFactory(m *machine, _ value, args []value, _ *frame) value {
	o := m.object(cPlain)
	o.isOpen = true
	config := m.object(cPlain)
	m.define(config, "globalProperties", ref(m.a.vueProto(m)))
	m.define(o, "config", ref(config))
	m.vueMembers(o, ref(o))
	if i := m.a.rendering; i != nil && m.serial == 0 && i.kind == AppRegistration && m.a.project.Framework == miniprogram.Taro {
		m.fillVue(i, arg(args, 0), 0)
	}
	return ref(o)
}

// vueConstructor is the default export of Vue 2.
func (a *analysis) vueConstructor(m *machine) *object {
	if c := a.vueProto(m).props["constructor"]; c != nil {
		return c.val.obj
	}
	// What new Vue is given, the options of the app and the store, is known from elsewhere.
	vue := m.native("Vue", func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) })
	m.define(vue.obj, "prototype", ref(a.vueProto(m)))
	m.define(vue.obj, "extend", m.native("extend", func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }))
	m.define(vue.obj, "set", m.native("set", func(m *machine, _ value, args []value, _ *frame) value {
		m.setKey(arg(args, 0), arg(args, 1), arg(args, 2))
		return undefined
	}))
	m.vueMembers(vue.obj, vue)
	a.vueProto(m).props = setCell(a.vueProto(m).props, "constructor", &cell{val: vue, frozen: true})
	return vue.obj
}

// vueMembers are what Vue and an app have in common: what is said there holds for every instance.
func (m *machine) vueMembers(o *object, app value) {
	m.define(o, "use", m.native("use", func(m *machine, _ value, args []value, fr *frame) value {
		plugin := m.known(arg(args, 0))
		install := plugin
		if plugin.kind == kObject && !plugin.isFunction() {
			if install = m.known(m.get(plugin, "install")); !install.isFunction() {
				return app
			}
		}
		if install.isFunction() && install.obj.fn != nil {
			m.call(install, plugin, append([]value{app}, args[1:]...), fr)
		}
		return app
	}))
	m.define(o, "mixin", m.native("mixin", func(m *machine, _ value, args []value, _ *frame) value {
		if m.serial != 0 {
			return app
		}
		all := m.globalMixins()
		*all = append(*all, arg(args, 0))
		for _, u := range m.a.units() {
			if i := m.a.instances[u]; i != nil {
				m.underlay(i, func() { m.fillVue(i, arg(args, 0), 1) })
			}
		}
		return app
	}))
	m.define(o, "provide", m.native("provide", func(m *machine, this value, args []value, fr *frame) value {
		provide(m, this, args, fr)
		return app
	}))
	for _, name := range []string{"component", "directive", "filter", "mount"} {
		m.define(o, name, m.native(name, func(m *machine, _ value, _ []value, _ *frame) value { return app }))
	}
}

// provided is the place of what is provided under a key.
func (m *machine) provided(key value) *cell {
	key = m.known(key)
	name, ok := key.key()
	switch {
	case ok:
	case key.kind == kSymbol:
		name = fmt.Sprint("symbol ", key.sym.id)
	case key.kind == kObject:
		name = fmt.Sprint("object ", key.obj.seq)
	}
	o := m.a.vueProto(m)
	name = "provided " + name
	if o.props[name] == nil {
		o.props = setCell(o.props, name, &cell{val: m.unknown(&unfollowed{name: "inject"}), frozen: true})
	}
	return o.props[name]
}

// provide is provide(key, value), in a component or for the whole app.
func provide(m *machine, _ value, args []value, _ *frame) value {
	if m.serial == 0 {
		m.provided(arg(args, 0)).val = arg(args, 1)
	}
	return undefined
}

// inject is what is provided under a key when the program runs, which may come to be known later.
func inject(m *machine, _ value, args []value, _ *frame) value {
	c := m.provided(arg(args, 0))
	if v := m.known(c.val); v.kind != kSymbol {
		return v
	}
	v := m.unknown(&unfollowed{name: "inject"})
	v.live = c
	return v
}

// globalMixins lists what Vue.mixin was given so far.
func (m *machine) globalMixins() *[]value {
	proto := m.a.vueProto(m)
	if proto.props["mixins of all"] == nil {
		proto.props = setCell(proto.props, "mixins of all", &cell{val: m.array(nil), frozen: true})
	}
	return &proto.props["mixins of all"].val.obj.elems
}

// mixIn gives an instance what every instance has.
func (m *machine) mixIn(i *instance) {
	for _, mixin := range *m.globalMixins() {
		m.outside(func() { m.underlay(i, func() { m.fillVue(i, mixin, 1) }) })
	}
}

// underlay runs f, which gives the instance further members, and keeps those that it had.
func (m *machine) underlay(i *instance, f func()) {
	methods, props := maps.Clone(i.methods), map[string]cell{}
	for name, c := range i.object.props {
		props[name] = *c
	}
	f()
	maps.Copy(i.methods, methods)
	for name, c := range props {
		*i.object.props[name] = c
	}
}

// currentInstance is getCurrentInstance().
func currentInstance(m *machine, _ value, _ []value, _ *frame) value {
	i := m.a.rendering
	o := m.object(cPlain)
	o.isOpen, o.open = true, &unfollowed{name: "getCurrentInstance"}
	if i == nil {
		return ref(o)
	}
	config := m.object(cPlain)
	m.define(config, "globalProperties", ref(m.a.vueProto(m)))
	context := m.object(cPlain)
	m.define(context, "config", ref(config))
	m.define(o, "appContext", ref(context))
	m.define(o, "proxy", ref(i.object))
	m.define(o, "ctx", ref(i.object))
	return ref(o)
}

// vueProto is Vue.prototype: what main.js puts there, every instance has.
func (a *analysis) vueProto(m *machine) *object {
	if a.proto == nil {
		a.proto = m.baseObject(cPlain)
		a.proto.field = true
	}
	return a.proto
}

// fillVue takes the options of a Vue component or page.
func (m *machine) fillVue(i *instance, options value, depth int) {
	options = m.known(options)
	if options.isFunction() && options.obj.fn != nil && options.obj.fn.class != nil {
		// A class-based component: its fields are data, its methods are methods.
		options = m.construct(options, nil, nil)
		m.fillClass(i, options)
		return
	}
	if depth < 8 {
		// What is mixed in comes first, so that the component's own members win.
		m.optionsOf(i, options, func(name string, c *cell) {
			switch name {
			case "mixins", "behaviors":
				list, ok := m.list(m.readProp(options, c))
				if !ok {
					i.isOpen = true
				}
				for _, mixin := range list {
					m.fillVue(i, mixin, depth+1)
				}
			case "extends":
				m.fillVue(i, m.readProp(options, c), depth+1)
			}
		})
	}
	given := undefined
	m.optionsOf(i, options, func(name string, c *cell) {
		v := m.readProp(options, c)
		_, _, life := lifeRank(name)
		switch {
		case name == "data":
			m.fillFields(i, v)
		case name == "methods":
			m.optionsOf(i, v, func(name string, c *cell) { m.adoptMethod(i, name, m.readProp(v, c), c) })
		case name == "computed":
			m.optionsOf(i, v, func(name string, c *cell) { m.adoptComputed(i, name, m.readProp(v, c), c) })
		case name == "props" || name == "properties":
			m.fillProps(i, v)
		case name == "watch" || name == "observers":
			m.optionsOf(i, v, func(field string, c *cell) {
				f := m.known(m.readProp(v, c))
				if f.kind == kObject && !f.isFunction() {
					f = m.get(f, "handler")
				}
				if k, ok := f.key(); ok && f.kind == kString {
					f = i.methods[k]
				}
				if f.isFunction() {
					i.life = append(i.life, lifecycle{name: "watch", f: f, hook: true, fields: []string{field}})
				}
			})
		case name == "setup" && v.isFunction():
			m.setup(i, v)
		case name == "lifetimes" || name == "pageLifetimes":
			m.fillLifetimes(i, v, name == "pageLifetimes")
		case life && v.isFunction():
			i.addLife(name, v, false)
			m.adoptField(i, name, v, c)
		case name == "globalData":
			m.adoptField(i, name, v, c)
		case name == "provide":
			given = v
		case name == "inject":
			m.fillInject(i, v)
		case name == "mixins" || name == "behaviors" || name == "extends":
		case name == "components" || name == "name" || name == "filters" || name == "config" || name == "emits":
		default:
			m.adoptField(i, name, v, c)
		}
	})
	if given.isFunction() {
		given = m.known(m.call(given, ref(i.object), nil, nil))
	}
	if given.kind == kObject {
		for _, k := range given.obj.keys {
			if c := given.obj.props[k]; c != nil && !m.absent(c) {
				m.provided(text(k)).val = m.readProp(given, c)
			}
		}
	}
}

func (m *machine) adoptMethod(i *instance, name string, f value, c *cell) {
	if f.isFunction() && f.obj.fn != nil && f.obj.fn.target == nil && (m.a.project.Framework == miniprogram.UniApp || m.a.project.Framework == miniprogram.Taro) {
		// Vue binds methods to their component.
		bound := m.bindFunction(f, []value{ref(i.object)})
		bound.obj.at, f = f.obj.at, bound
	}
	m.adoptField(i, name, f, c)
	if f.isFunction() {
		i.add(name, f)
		if _, _, life := lifeRank(name); life && i.unit != nil && i.unit.Kind == miniprogram.PageUnit && i.kind == ComponentRegistration {
			i.addLife(name, f, false)
		}
	}
}

func (m *machine) adoptComputed(i *instance, name string, v value, c *cell) {
	v = m.known(v)
	if v.kind == kObject && !v.isFunction() {
		v = m.get(v, "get")
	}
	own := m.define(i.object, name, undefined)
	own.key, own.name = c.key, name
	if v.isFunction() {
		own.get = v.obj
	} else {
		own.val = m.unknown(causeOf(v))
	}
}

func (m *machine) fillFields(i *instance, v value) {
	v = m.known(v)
	if v.isFunction() {
		v = m.known(m.call(v, ref(i.object), nil, nil))
	}
	if v.kind != kObject {
		i.object.isOpen = true
		return
	}
	if v.obj.isOpen {
		i.object.isOpen, i.object.open = true, v.obj.open
	}
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil {
			m.adoptField(i, k, m.readProp(v, c), c)
		}
	}
}

func (m *machine) fillProps(i *instance, v value) {
	v = m.known(v)
	if v.kind != kObject {
		i.object.isOpen = true
		return
	}
	if v.obj.class == cArray {
		for _, e := range v.obj.elems {
			if k, ok := e.key(); ok {
				m.define(i.object, k, m.unknown(nil))
			}
		}
		return
	}
	for _, k := range v.obj.keys {
		m.define(i.object, k, m.unknown(nil))
	}
}

// fillInject takes the option inject: a list of keys, or a table from members to keys.
func (m *machine) fillInject(i *instance, v value) {
	if v.kind != kObject {
		return
	}
	if v.obj.class == cArray {
		for _, key := range v.obj.elems {
			if name, ok := m.known(key).key(); ok {
				m.define(i.object, name, inject(m, undefined, []value{key}, nil))
			}
		}
		return
	}
	for _, name := range v.obj.keys {
		key := m.known(m.get(v, name))
		if key.kind == kObject {
			if key = m.known(m.get(key, "from")); key.kind == kUndefined {
				key = text(name)
			}
		}
		m.define(i.object, name, inject(m, undefined, []value{key}, nil))
	}
}

// fillClass takes an object of a class: wepy's pages, and Vue's and Taro's class-based components.
func (m *machine) fillClass(i *instance, v value) {
	if v.kind != kObject {
		i.isOpen, i.object.isOpen = true, true
		return
	}
	m.optionsOf(i, v, func(name string, c *cell) {
		if c.get != nil {
			own := m.define(i.object, name, undefined)
			own.get = c.get
			return
		}
		f := m.readProp(v, c)
		_, _, life := lifeRank(name)
		switch {
		case name == "data" && !f.isFunction():
			m.fillFields(i, f)
		case name == "methods" || name == "computed" || name == "watch" || name == "mixins" || name == "events" || name == "props":
			o := m.baseObject(cPlain)
			m.define(o, name, f)
			m.fillVue(i, ref(o), 1)
		case life && f.isFunction():
			i.addLife(name, f, false)
			m.adoptField(i, name, f, c)
		case f.isFunction():
			m.adoptMethod(i, name, f, c)
		default:
			m.adoptField(i, name, f, c)
		}
	})
}

// setup runs a component's setup function and gives the instance what it returns.
func (m *machine) setup(i *instance, f value) {
	ctx := m.baseObject(cPlain)
	ctx.isOpen = true
	m.define(ctx, "emit", m.native("emit", func(m *machine, _ value, args []value, fr *frame) value {
		m.trigger(i, arg(args, 0), arg(args, 1), fr)
		return undefined
	}))
	out := m.known(m.call(f, undefined, []value{m.unknown(nil), ref(ctx)}, nil))
	if out.kind != kObject || out.isFunction() {
		return
	}
	if out.obj.isOpen {
		i.isOpen, i.open = true, out.obj.open
	}
	for _, k := range out.obj.keys {
		c := out.obj.props[k]
		if c == nil {
			continue
		}
		v := m.readProp(out, c)
		if v.isFunction() {
			m.adoptMethod(i, k, v, c)
			continue
		}
		if v.kind == kObject && v.obj.name == "ref" {
			m.fillRef(i, k, v)
			i.object.props = setCell(i.object.props, k, v.obj.props["value"])
			i.object.keys = append(i.object.keys, k)
			continue
		}
		m.adoptField(i, k, v, c)
	}
}

// adoptSetup makes the top level of a <script setup> the members of the instance.
func (m *machine) adoptSetup(i *instance, k *module) {
	i.scope = k.env
	for _, name := range sortedKeys(k.env.vars) {
		c := k.env.vars[name]
		if c.lazy != nil {
			i.late = append(i.late, name)
			continue
		}
		if c.val.isFunction() {
			i.add(name, c.val)
		}
		m.fillRef(i, name, c.val)
	}
}

// fillRef gives a ref that the template names the component that it then holds: ref="panel" and const panel = ref(null).
func (m *machine) fillRef(i *instance, name string, v value) {
	if i.unit == nil || i.unit.Template == nil || v.kind != kObject || v.obj.name != "ref" {
		return
	}
	c := v.obj.props["value"]
	if c == nil || c.get != nil || c.lazy != nil || !c.val.isNullish() {
		return
	}
	text := i.unit.Template.File.Text
	for _, quote := range []string{`"`, `'`} {
		if bytes.Contains(text, []byte(" ref="+quote+name+quote)) {
			c.val = m.selected(i)
			return
		}
	}
}

// vueMember reads what Vue gives to every instance.
func (m *machine) vueMember(o *object, name string) (value, bool) {
	i := o.unit
	switch name {
	case "$emit":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.trigger(i, arg(args, 0), arg(args, 1), fr)
			return undefined
		}), true
	case "$nextTick", "$forceUpdate", "$watch":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, nil, fr)
			return m.promiseOf(undefined)
		}), true
	case "$set":
		return m.native(name, func(m *machine, _ value, args []value, _ *frame) value {
			m.setKey(arg(args, 0), arg(args, 1), arg(args, 2))
			return undefined
		}), true
	case "$refs":
		p := m.baseObject(cProxy)
		handler := m.baseObject(cPlain)
		m.define(handler, "get", m.native("get", func(m *machine, _ value, _ []value, _ *frame) value { return m.selected(i) }))
		p.proxy = &proxy{undefined, ref(handler)}
		return ref(p), true
	case "$data":
		return ref(o), true
	case "$store":
		if m.a.store != nil {
			return ref(m.a.store), true
		}
		return m.unknown(&unfollowed{name: "this.$store"}), true
	case "$on", "$once":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.handOver(args, &unfollowed{name: "this." + name, stored: true, at: calleeSpan(fr)}, fr)
			return undefined
		}), true
	}
	if strings.HasPrefix(name, "$") {
		if p := m.a.proto; p != nil {
			if c := p.props[name]; c != nil {
				return m.read(c), true
			}
		}
		return m.unknown(&unfollowed{name: "this." + name}), true
	}
	return undefined, false
}

// inlineEntry is an inline handler of a template: @tap="call(me, peer)".
func (a *analysis) inlineEntry(u *miniprogram.Unit, i *instance, b *miniprogram.Binding, starts []start) *entry {
	s := b.Inline
	syntax, err := script.Parse(s.File, s.Text, s.Dialect)
	if err != nil {
		return nil
	}
	p := a.adopt(syntax, s)
	e := &entry{kind: StepHandler, name: shorten(strings.TrimSpace(b.Value.Text())), detail: b.Event, at: b.Attr, unit: u, inst: i, starts: starts, rank: 2000}
	e.run = func(m *machine) {
		scope := m.templateScope(i)
		m.declare(scope, "$event", m.eventObject())
		for _, name := range b.Shown.Locals {
			scope.vars[name] = &cell{val: m.eventObject(), frozen: true}
		}
		var last value
		for _, st := range syntax.Body {
			if x, ok := st.(*script.ExprStmt); ok {
				last = m.eval(p, scope, x.X)
				continue
			}
			m.exec(p, scope, st)
		}
		if last.isFunction() {
			m.call(last, ref(i.object), []value{m.eventObject()}, nil)
		}
	}
	return e
}

// templateScope is the scope in which a template's code runs: the members of the instance.
func (m *machine) templateScope(i *instance) *env {
	scope := &env{parent: i.scope, vars: map[string]*cell{}, fn: true, this: ref(i.object), seq: m.event()}
	for _, name := range i.object.keys {
		c := i.object.props[name]
		if c == nil || m.absent(c) {
			continue
		}
		scope.vars[name] = &cell{frozen: true, name: name, lazy: func() value {
			v := m.readProp(ref(i.object), c)
			if v.isFunction() {
				return m.bindFunction(v, []value{ref(i.object)})
			}
			return v
		}}
	}
	if i.scope != nil {
		for name, c := range i.scope.vars {
			if c.lazy == nil && c.val.kind == kObject && c.val.obj.name == "ref" {
				scope.vars[name] = c.val.obj.props["value"]
				if r := c.val; r.obj.props["value"].get != nil { // computed
					scope.vars[name] = &cell{frozen: true, name: name, lazy: func() value { return m.get(r, "value") }}
				}
			}
		}
	}
	for _, name := range []string{"$emit", "$refs", "$store"} {
		if v, ok := m.vueMember(i.object, name); ok {
			scope.vars[name] = &cell{val: v, frozen: true}
		}
	}
	return scope
}

// adopt makes a program of code that is no file of its own.
func (a *analysis) adopt(syntax *script.Program, s *miniprogram.Script) *program {
	if p, ok := a.programs[s]; ok && p != nil {
		return p
	}
	p := &program{syntax: syntax, script: s, varNames: map[script.Node][]string{}, infos: map[script.Node]*nodeInfo{}}
	a.programs[s] = p
	script.WalkProgram(syntax, func(n script.Node) bool {
		if f, ok := n.(*script.Func); ok {
			a.owner[f] = p
		}
		return true
	})
	return p
}

var _ = source.Span{}
