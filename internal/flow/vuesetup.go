package flow

import "bytes"

// What a setup function or a <script setup> gives its component.

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

// setup runs a component's setup function and gives the instance what it returns.
func (m *machine) setup(i *instance, f value) {
	out := m.known(m.runSetup(i, f))
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

// setupCall is the call of a setup function that does more than declare.
type setupCall struct {
	f    value
	args []value
	fr   *frame
}

// runSetup calls a setup function while its component is loaded. Where it does more than declare, it is an entry point too.
func (m *machine) runSetup(i *instance, f value) value {
	args := []value{m.unknown(nil), m.setupContext(i)}
	c := f.obj.fn
	if c == nil || c.target != nil || m.serial != 0 {
		return m.call(f, undefined, args, nil)
	}
	// It is noted like a module when something in it matters while it is loaded.
	k := &module{prog: c.prog}
	m.a.loading = append(m.a.loading, k)
	defer func() { m.a.loading = m.a.loading[:len(m.a.loading)-1] }()
	from := &env{}
	fr := &frame{c.prog, c.node, from}
	out := m.call(f, undefined, args, fr)
	if k.calls {
		i.setups = append(i.setups, setupCall{f, args, fr})
	}
	return out
}

// adoptSetup makes the top level of a <script setup> the members of the instance.
func (m *machine) adoptSetup(i *instance, k *module) {
	i.scope = k.env
	for _, name := range k.env.vars.names() {
		c := k.env.vars.get(name)
		if i.hides(name) {
			continue
		}
		if c.waits() {
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
	if c == nil || c.getter() != nil || c.waits() || !c.val.isNullish() {
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
