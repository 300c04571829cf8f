package flow

import (
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
		"getCurrentInstance": unknownResult, "inject": unknownResult, "provide": unknownResult, "useSlots": unknownResult, "useAttrs": unknownResult, "h": unknownResult,
		"defineProps": func(m *machine, _ value, _ []value, _ *frame) value {
			o := m.object(cPlain)
			o.isOpen = true
			return ref(o)
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

// appFactory is createApp: its config.globalProperties are what every instance inherits.
func appFactory(m *machine, _ value, _ []value, _ *frame) value {
	o := m.object(cPlain)
	o.isOpen = true
	config := m.object(cPlain)
	m.define(config, "globalProperties", ref(m.a.vueProto(m)))
	m.define(o, "config", ref(config))
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
		case name == "mixins" || name == "behaviors":
			list, ok := m.list(v)
			if !ok {
				i.isOpen = true
			}
			for _, mixin := range list {
				if depth < 8 {
					m.fillVue(i, mixin, depth+1)
				}
			}
		case name == "extends":
			if depth < 8 {
				m.fillVue(i, v, depth+1)
			}
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
		case name == "components" || name == "name" || name == "filters" || name == "config" || name == "emits":
		default:
			m.adoptField(i, name, v, c)
		}
	})
}

func (m *machine) adoptMethod(i *instance, name string, f value, c *cell) {
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
