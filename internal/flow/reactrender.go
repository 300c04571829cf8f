package flow

import "github.com/voipcheck/voipcheck/internal/script"

// A component of React is run once, to learn its hooks and what it shows.

// wrapped lists the components that are handed to a call which cannot be followed: withShare(Page), connect(map)(Page).
func (m *machine) wrapped(k *module) []value {
	var out []value
	for _, s := range k.prog.syntax.Body {
		if s, ok := s.(*script.Export); ok && s.Default != nil {
			out = m.wrappedIn(k, s.Default, 0, out)
		}
	}
	return out
}

func (m *machine) wrappedIn(k *module, x script.Expr, depth int, out []value) []value {
	call, ok := x.(*script.Call)
	m.deepDefinition(depth)
	if !ok {
		if id, ok := x.(*script.Ident); ok && depth == 0 {
			// const Page = withShare(Inner); export default Page
			for _, s := range k.prog.syntax.Body {
				if d, ok := s.(*script.VarDecl); ok {
					for _, one := range d.Decls {
						if name, ok := one.Target.(*script.Ident); ok && name.Name == id.Name && one.Value != nil {
							return m.wrappedIn(k, one.Value, 1, out)
						}
					}
				}
			}
		}
		return out
	}
	for _, a := range call.Args {
		switch a.(type) {
		case *script.Call:
			out = m.wrappedIn(k, a, depth+1, out)
		case *script.Ident, *script.Func, *script.Class:
			if f := m.known(m.eval(k.prog, k.env, a)); f.isFunction() && f.obj.fn != nil {
				out = append(out, f)
			}
		}
	}
	return out
}

// render runs a component's code once, to learn its hooks and handlers.
func (m *machine) render(i *instance, f value) {
	f = m.known(f)
	if !f.isFunction() || f.obj.fn == nil {
		return
	}
	i.react = true
	if f.obj.fn.class != nil {
		m.renderClass(i, f, undefined)
		return
	}
	props := m.object(cPlain)
	props.isOpen = true
	m.show(m.call(f, undefined, []value{ref(props), m.unknown(nil)}, nil), 0)
}

// renderClass makes an object of a class component, takes its lifecycle and renders it.
func (m *machine) renderClass(i *instance, f, props value) {
	object := m.construct(f, []value{props}, nil)
	if object.kind != kObject {
		return
	}
	o := object.obj
	o.isOpen, o.open = false, nil
	o.field = true
	markOwner(&cell{val: object}, i, 0)
	if o.props["props"] == nil {
		m.define(o, "props", props)
	}
	if o.props["state"] == nil {
		state := m.object(cPlain)
		m.define(o, "state", ref(state))
	}
	m.define(o, "setState", m.native("setState", func(m *machine, _ value, args []value, _ *frame) value {
		state := m.get(object, "state")
		patch := m.known(arg(args, 0))
		if patch.isFunction() {
			patch = m.known(m.call(patch, undefined, []value{state, m.unknown(nil)}, nil))
		}
		if state.kind == kObject {
			m.copyProps(state.obj, patch)
		}
		if f := m.known(arg(args, 1)); f.isFunction() {
			ctx := m.ctx
			m.later(func() { m.task(ctx, func() { m.call(f, undefined, nil, nil) }) })
		}
		return undefined
	}))
	m.define(o, "forceUpdate", m.native("forceUpdate", func(*machine, value, []value, *frame) value { return undefined }))
	for p, n := o, 0; p != nil && n < m.most(boundPrototypes); p, n = p.proto, n+1 {
		for _, name := range p.keys {
			c := p.props[name]
			if c == nil || !c.val.isFunction() {
				continue
			}
			if _, _, life := lifeRank(name); life && name != "constructor" {
				bound := m.bindFunction(c.val, []value{object})
				bound.obj.at = c.val.obj.at
				i.life = append(i.life, lifecycle{name: name, f: bound})
			}
		}
	}
	render := m.get(object, "render")
	if !render.isFunction() {
		return
	}
	// What is shown depends on state that changes: everything is rendered.
	seen := m.object(cPlain)
	seen.proto = o
	for _, name := range []string{"state", "props"} {
		part := m.object(cPlain)
		part.isOpen = true
		switch real := m.get(object, name); {
		case name == "props" && real.kind == kObject:
			m.copyProps(part, real)
			for _, k := range real.obj.keys {
				if c := real.obj.props[k]; c != nil && c.getter() != nil {
					again := func(m *machine) value { return m.get(real, k) }
					m.define(part, k, m.asRendered(again(m), again))
				}
			}
		case name == "state" && real.kind == kObject:
			for _, k := range real.obj.keys {
				if c := real.obj.props[k]; c != nil && c.getter() == nil {
					m.define(part, k, undefined.withLive(c))
				}
			}
		}
		m.define(seen, name, ref(part))
	}
	m.show(m.call(render, ref(seen), nil, nil), 0)
}

// overElements are the methods of a list that run a function for its elements.
var overElements = []string{"map", "flatMap", "forEach", "filter", "reduce"}

// renderEach renders what a component shows for the elements of a list that is not known when its code is loaded: state, or
// what came of it. It reports whether there was anything to render.
func (m *machine) renderEach(args []value, fr *frame) bool {
	f := m.known(arg(args, 0))
	if name, ok := calleeName(fr.call); !ok || !isOneOf(overElements, name) || !f.isFunction() || f.obj.fn == nil {
		return false
	}
	m.weakly(func() value {
		return m.call(f, undefined, []value{m.unknown(nil), m.unknown(nil), m.unknown(nil)}, nil)
	})
	return true
}
