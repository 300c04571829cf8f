package flow

import "github.com/voipcheck/voipcheck/internal/miniprogram"

// The options of a Vue component, or the class that stands for them, to the members of its instance.

// fillVue takes the options of a Vue component or page.
func (m *machine) fillVue(i *instance, options value, depth int) {
	options = m.known(options)
	if options.isFunction() && options.obj.fn != nil && options.obj.fn.class != nil {
		m.fillVueClass(i, options)
		return
	}
	m.deepDefinition(depth)
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
				i.observe(m.known(f), lifecycle{name: "watch", fields: []string{field}})
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
		case name == "events" && m.a.project.Framework == miniprogram.Wepy:
			m.fillEvents(i, v)
		case m.isRootMethod(i, v):
			m.adoptMethod(i, name, v, c)
		default:
			m.adoptField(i, name, v, c)
		}
	})
	i.resolveNamed()
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
		if _, _, life := lifeRank(name); life && i.unit != nil && i.unit.Kind == miniprogram.PageUnit && (i.kind == ComponentRegistration || m.a.project.Framework == miniprogram.Mpx) {
			i.addLife(name, f, false)
		}
	}
}

func (m *machine) adoptComputed(i *instance, name string, v value, c *cell) {
	v = m.known(v)
	set := undefined
	if v.kind == kObject && !v.isFunction() {
		v, set = m.get(v, "get"), m.get(v, "set")
	}
	own := m.define(i.object, name, undefined)
	if set.isFunction() {
		own.access(own.getter(), set.obj)
	}
	own.key, own.name = c.key, name
	if v.isFunction() {
		own.access(v.obj, own.setter())
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
