package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Class-based components of Vue: vue-class-component, and the decorators of vue-property-decorator and vuex-class. Sources:
// class-component.vuejs.org, and the packages' documentation.

// fillVueClass takes a class that stands for a component: its fields are data, its methods are methods, and decorators say more.
func (m *machine) fillVueClass(i *instance, class value) {
	chain := m.vueClasses(class)
	for _, k := range chain {
		m.fillDecorated(i, k)
	}
	m.fillClass(i, m.construct(class, nil, nil))
	for _, k := range chain {
		for _, member := range k.node.Members {
			for _, d := range member.Decorators {
				m.decorate(i, k, member.Name, d)
			}
		}
	}
}

// vueClasses are a class and those that it is derived from, the last one first.
func (m *machine) vueClasses(v value) []*class_ {
	var chain []*class_
	for n := 0; ; n++ {
		m.deepDefinition(n)
		if v = m.known(v); v.kind != kObject || v.obj.fn == nil || v.obj.fn.class == nil {
			break
		}
		chain = append([]*class_{v.obj.fn.class}, chain...)
		v = v.obj.fn.class.super
	}
	return chain
}

// fillDecorated takes the options that a class is decorated with, @Component({ mixins, computed }), and those that it is derived from.
func (m *machine) fillDecorated(i *instance, k *class_) {
	if base := m.known(k.super); base.kind == kObject && !base.isFunction() && base.obj.class == cPlain {
		m.fillVue(i, base, 1)
	}
	for _, d := range k.node.Decorators {
		if call, ok := d.(*script.Call); ok && len(call.Args) > 0 {
			if options := m.known(m.eval(k.prog, k.env, call.Args[0])); options.kind == kObject && options.obj.class == cPlain {
				m.fillVue(i, options, 1)
			}
		}
	}
}

// decorate makes of a member what its decorator says.
func (m *machine) decorate(i *instance, k *class_, name string, d script.Expr) {
	decorator := d
	var args []script.Expr
	if call, ok := d.(*script.Call); ok {
		decorator, args = call.Callee, call.Args
	}
	key := name
	if len(args) > 0 {
		if given, ok := m.known(m.eval(k.prog, k.env, args[0])).key(); ok {
			key = given
		}
	}
	id, ok := decorator.(*script.Ident)
	if !ok { // @voip.Action, of a namespace that is not followed
		m.define(i.object, name, m.unknown(&unfollowed{name: "@" + dotted(decorator), at: k.prog.span(d)}))
		return
	}
	switch id.Name {
	case "Prop", "PropSync", "Model", "ModelSync", "VModel":
		m.define(i.object, name, m.unknown(nil))
	case "Watch":
		if f, ok := i.methods[name]; ok {
			i.observe(f, lifecycle{name: "watch", fields: []string{key}})
		}
	case "Inject", "InjectReactive":
		m.define(i.object, name, inject(m, undefined, []value{text(key)}, nil))
	case "Provide", "ProvideReactive":
		m.provided(text(key)).val = m.get(ref(i.object), name)
	case "Ref":
		m.define(i.object, name, m.selected(i))
	case "Emit":
		m.emits(i, name, key)
	case "State", "Getter", "Action", "Mutation":
		m.define(i.object, name, m.unknown(&unfollowed{name: "@" + id.Name, at: k.prog.span(d)}))
	}
}

// emits makes a method raise an event when it has run: @Emit().
func (m *machine) emits(i *instance, name, event string) {
	f, ok := i.methods[name]
	if !ok {
		return
	}
	if event == name {
		event = kebab(name)
	}
	wrapped := m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
		out := m.call(f, ref(i.object), args, fr)
		detail := out
		if detail.kind == kUndefined {
			detail = arg(args, 0)
		}
		m.trigger(i, text(event), detail, undefined, fr)
		return out
	})
	wrapped.obj.at = functionSpan(f, i.at)
	m.define(i.object, name, wrapped)
	i.add(name, wrapped)
}

// kebab is a name in the form that events have: callPeer is call-peer.
func kebab(name string) string {
	var b strings.Builder
	for n, r := range name {
		if 'A' <= r && r <= 'Z' {
			if n > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// fillClass takes an object of a class: wepy's pages, and Vue's and Taro's class-based components.
func (m *machine) fillClass(i *instance, v value) {
	if v.kind != kObject {
		i.isOpen, i.object.isOpen = true, true
		return
	}
	m.optionsOf(i, v, func(name string, c *cell) {
		if c.getter() != nil {
			own := m.define(i.object, name, undefined)
			own.access(c.getter(), own.setter())
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
		case f.kind == kUndefined && i.object.props[name] != nil:
			// A field that only declares the type of what is mixed in.
		default:
			m.adoptField(i, name, f, c)
		}
	})
}
