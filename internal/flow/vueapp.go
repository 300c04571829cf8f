package flow

import (
	"fmt"
	"maps"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// What holds for every component of a Vue program: plugins, global mixins, what is provided, Vue.prototype.

// appFactory is createApp: its config.globalProperties are what every instance inherits. The app of a Taro project is made of
// the options that it is given.
func appFactory(m *machine, _ value, args []value, _ *frame) value {
	o := m.object(cPlain)
	o.isOpen = true
	config := m.object(cPlain)
	m.define(config, "globalProperties", ref(m.a.vueProto(m)))
	m.define(o, "config", ref(config))
	m.vueMembers(o, ref(o))
	m.fillApp(arg(args, 0))
	return ref(o)
}

// fillApp takes the options that the app of a Taro project is made of: createApp(options), or on Vue 2 new Vue(options).
func (m *machine) fillApp(options value) {
	if i := m.a.rendering; i != nil && m.serial == 0 && i.kind == AppRegistration && m.a.project.Framework == miniprogram.Taro {
		m.fillVue(i, options, 0)
	}
}

// vueConstructor is the default export of Vue 2.
func (a *analysis) vueConstructor(m *machine) *object {
	if c := a.vueProto(m).props["constructor"]; c != nil {
		return c.val.obj
	}
	// What new Vue is given, the options of the app and the store, is known from elsewhere.
	vue := m.native("Vue", func(m *machine, _ value, args []value, _ *frame) value {
		if len(args) == 0 {
			return m.newBus() // nothing else can be done with it
		}
		m.fillApp(arg(args, 0))
		return m.unknown(nil)
	})
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
	return m.unknown(&unfollowed{name: "inject"}).withLive(c)
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

// vueProto is Vue.prototype: what main.js puts there, every instance has.
func (a *analysis) vueProto(m *machine) *object {
	if a.proto == nil {
		a.proto = m.baseObject(cPlain)
		a.proto.field = true
	}
	return a.proto
}
