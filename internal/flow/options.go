package flow

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// What the options of App, Page, Component and Behavior make of an instance.

// options calls visit for every property of an options object, inherited ones (of class-based pages) too.
func (m *machine) optionsOf(i *instance, v value, visit func(name string, c *cell)) {
	v = m.known(v)
	if v.kind != kObject {
		i.isOpen, i.open = true, causeOf(v)
		i.object.isOpen, i.data.isOpen = true, true
		return
	}
	seen := map[string]bool{}
	for o, n := v.obj, 0; o != nil && n < m.most(boundPrototypes); o, n = o.proto, n+1 {
		if o.isOpen {
			i.isOpen, i.open = true, o.open
			i.object.isOpen, i.object.open = true, o.open
			i.data.isOpen = true
		}
		for _, k := range o.keys {
			if c := o.props[k]; c != nil && !seen[k] && k != "constructor" && !m.absent(c) {
				seen[k] = true
				visit(k, c)
			}
		}
	}
}

func (m *machine) fillPage(i *instance, options value, depth int) {
	life := pageLife
	if i.kind == AppRegistration {
		life = appLife
	}
	m.filterDefinition(i, options, depth)
	m.optionsOf(i, options, func(name string, c *cell) {
		v := m.readProp(options, c)
		switch {
		case name == "data" && i.kind != AppRegistration:
			m.fillData(i, v)
		case name == "behaviors" || name == "mixins":
			m.fillBehaviors(i, v, depth)
		default:
			m.adoptField(i, name, v, c)
			if v.isFunction() {
				i.add(name, v)
			}
		}
	})
	i.setLife(life)
}

// setLife lists the methods that the platform runs.
func (i *instance) setLife(life []string) {
	// What its behaviors give it besides stays: observers, and the lifecycle of components.
	i.life = slices.DeleteFunc(i.life, func(l lifecycle) bool { return !l.hook && isOneOf(life, l.name) })
	for _, name := range life {
		if f, ok := i.methods[name]; ok {
			i.life = append(i.life, lifecycle{name: name, f: f})
		}
	}
}

func (i *instance) add(name string, f value) {
	if _, ok := i.methods[name]; !ok {
		i.order = append(i.order, name)
	}
	i.methods[name] = f
}

// adoptField puts an option on the instance; objects stay those of the options.
func (m *machine) adoptField(i *instance, name string, v value, c *cell) {
	own := m.define(i.object, name, v)
	own.key, own.name = c.key, name
	if v.isFunction() {
		own.access(c.getter(), c.setter())
	}
	markOwner(own, i, 0)
}

// markOwner notes that objects belong to an instance, so that a run that begins with it finds them fresh.
func markOwner(place *cell, i *instance, depth int) {
	v := place.val
	if v.kind != kObject || v.obj.owner != nil || depth > boundInner.usual() || v.obj.class != cPlain && v.obj.class != cArray {
		return
	}
	v.obj.owner, v.obj.field, v.obj.put().holder = i, true, place
	for _, k := range v.obj.keys {
		if c := v.obj.props[k]; c != nil && !c.waits() {
			markOwner(c, i, depth+1)
		}
	}
}

func (m *machine) fillData(i *instance, v value) {
	if v.isFunction() {
		v = m.call(v, ref(i.object), nil, nil)
	}
	v = m.known(v)
	if v.kind != kObject {
		i.data.isOpen = true
		return
	}
	if v.obj.isOpen {
		i.data.isOpen, i.data.open = true, v.obj.open
	}
	for _, k := range v.obj.keys {
		c := v.obj.props[k]
		if c == nil {
			continue
		}
		val := undefined
		if c.getter() == nil {
			val = m.readProp(v, c)
		}
		own := m.define(i.data, k, val)
		own.key, own.name = c.key, k
		own.access(c.getter(), c.setter())
		markOwner(own, i, 0)
	}
}

func (m *machine) fillBehaviors(i *instance, v value, depth int) {
	list, ok := m.list(v)
	m.deepDefinition(depth)
	if !ok {
		i.isOpen, i.object.isOpen, i.data.isOpen = true, true, true
	}
	for _, b := range list {
		b = m.known(b)
		switch {
		case b.kind == kObject && b.obj.class == cBehavior:
			m.fillComponent(i, m.get(b, "options"), depth+1)
		case b.kind == kObject:
			m.fillPage(i, b, depth+1)
		case b.kind == kString:
			// A builtin behavior: wx://form-field brings properties only.
			i.data.isOpen = true
		default:
			i.isOpen, i.open = true, causeOf(b)
			i.object.isOpen, i.object.open, i.data.isOpen = true, causeOf(b), true
		}
	}
}

// fillComponent takes the options of Component and of behaviors.
func (m *machine) fillComponent(i *instance, options value, depth int) {
	m.filterDefinition(i, options, depth)
	m.optionsOf(i, options, func(name string, c *cell) {
		v := m.readProp(options, c)
		switch name {
		case "behaviors", "mixins":
			m.fillBehaviors(i, v, depth)
		case "data":
			m.fillData(i, v)
		case "properties":
			m.fillProperties(i, v)
		case "methods":
			m.optionsOf(i, v, func(name string, c *cell) {
				f := m.readProp(v, c)
				m.adoptField(i, name, f, c)
				if f.isFunction() {
					i.add(name, f)
				}
			})
		case "lifetimes", "pageLifetimes":
			m.fillLifetimes(i, v, name == "pageLifetimes")
		case "observers":
			m.optionsOf(i, v, func(name string, c *cell) {
				i.observe(m.readProp(v, c), lifecycle{name: name, fields: strings.FieldsFunc(name, func(r rune) bool { return r == ',' || r == ' ' })})
			})
		default:
			if v.isFunction() && isOneOf(componentLife, name) {
				i.life = append(i.life, lifecycle{name: name, f: v})
				return
			}
			m.adoptField(i, name, v, c)
		}
	})
	i.resolveNamed()
	// A page may be written as a component: then its methods include the page's lifecycle.
	if depth == 0 && i.unit != nil && i.unit.Kind == miniprogram.PageUnit {
		for _, name := range pageLife {
			if f, ok := i.methods[name]; ok {
				i.life = append(i.life, lifecycle{name: name, f: f})
			}
		}
	}
}

func (m *machine) fillLifetimes(i *instance, v value, ofPage bool) {
	m.optionsOf(i, v, func(name string, c *cell) {
		if f := m.readProp(v, c); f.isFunction() {
			if ofPage {
				name = map[string]string{"show": "pageLifetimes.show", "hide": "pageLifetimes.hide", "resize": "pageLifetimes.resize"}[name]
			}
			for at, known := range i.life {
				if known.name == name {
					i.life = append(i.life[:at:at], i.life[at+1:]...)
					break
				}
			}
			i.life = append(i.life, lifecycle{name: name, f: f})
		}
	})
}

func (m *machine) fillProperties(i *instance, v value) {
	m.optionsOf(i, v, func(name string, c *cell) {
		d := m.readProp(v, c)
		if d.kind == kObject && !d.isFunction() {
			i.observe(m.known(m.get(d, "observer")), lifecycle{name: name, fields: []string{name}})
		}
		own := m.define(i.data, name, m.defaultOf(d))
		own.key, own.name = c.key, name
		own.access(m.property(i, name, own), own.setter())
	})
}

// defaultOf is a property's value as long as nobody hands one over (docs framework/custom-component/component.html).
func (m *machine) defaultOf(definition value) value {
	definition = m.known(definition)
	if definition.kind != kObject {
		return m.unknown(nil)
	}
	kind := definition
	if !definition.isFunction() {
		if c := m.find(definition.obj, "value"); c != nil {
			return m.readProp(definition, c)
		}
		kind = m.known(m.get(definition, "type"))
	}
	if kind.isFunction() && kind.obj.host != nil {
		switch kind.obj.host.name {
		case "String":
			return text("")
		case "Number":
			return number(0)
		case "Boolean":
			return no
		}
	}
	return m.unknown(nil)
}

// property makes the getter of a component's property: its value is what the templates that use the component hand over.
func (m *machine) property(i *instance, name string, own *cell) *object {
	f := m.native(name, func(m *machine, _ value, _ []value, _ *frame) value {
		if own.serial == m.serial && m.serial != 0 {
			return own.val
		}
		if v, ok := m.reads[own]; ok {
			return v
		}
		v := m.handedTo(i, name, own)
		m.reads[own] = v
		return v
	})
	return f.obj
}

// handedTo is what the users of a component give to one of its properties.
func (m *machine) handedTo(i *instance, name string, own *cell) value {
	var vals []value
	used := false
	if i.unit == nil || m.serial == 0 {
		return m.unknown(nil)
	}
	if m.nesting > m.most(boundInner) {
		return m.unknown(m.gaveUpHere(boundInner, name))
	}
	m.nesting++
	defer func() { m.nesting-- }()
	for _, u := range m.a.users[i.unit] {
		user := m.a.instances[u]
		if u.Template == nil || u.Template.Unread || user == nil {
			return m.unknown(nil)
		}
		used = true
		for _, at := range u.Template.Attributes {
			if at.Component != i.unit || at.Name != name {
				continue
			}
			path, simple := simplePath(at.Value)
			switch {
			case !at.Dynamic:
				vals = append(vals, m.unknown(nil))
			case simple:
				v := ref(user.data)
				for _, part := range path {
					v = m.get(v, part)
				}
				vals = append(vals, v)
			default:
				vals = append(vals, m.unknown(nil))
			}
		}
	}
	if len(vals) == 0 && used {
		// Nobody hands it over: it is what the component makes of it.
		h := m.a.historyOf(own)
		m.a.look(h)
		if own.hist = h; len(h.writes) == 0 && !m.a.wild(i.data, name) && !m.a.written[name] && !h.assigned && own.val.isBlank() {
			return own.val.withBlank(h)
		}
		return m.recollect(own)
	}
	if len(vals) == 0 {
		return m.unknown(nil)
	}
	for len(vals) > 1 && same(vals[0], vals[len(vals)-1]) {
		vals = vals[:len(vals)-1]
	}
	return m.anyOf(vals, make([]facts, len(vals)), nil, name)
}

// simplePath reads "{{a.b}}" (or, of a Vue binding, "a.b") as the field a.b.
func simplePath(s string) ([]string, bool) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "{{"); ok {
		if s, ok = strings.CutSuffix(rest, "}}"); !ok {
			return nil, false
		}
	}
	parts := strings.Split(strings.TrimSpace(s), ".")
	for _, p := range parts {
		if p == "" || p == "true" || p == "false" || p == "null" || strings.ContainsFunc(p, func(r rune) bool {
			return r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) || p[0] >= '0' && p[0] <= '9' {
			return nil, false
		}
	}
	return parts, true
}

func isOneOf(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
