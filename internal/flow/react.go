package flow

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// jsxHandler is a function that an element's on… property binds.
type jsxHandler struct {
	event string
	f     value
	at    source.Span
}

// maxRender is how deep components are rendered within each other.
const maxRender = 24

// jsx evaluates an element. While a page is rendered its handlers are taken note of, and the components of the project that it
// shows are rendered too.
func (m *machine) jsx(p *program, e *env, x *script.JSX) value {
	typ := undefined
	if x.Type != nil {
		typ = m.known(m.eval(p, e, x.Type))
	}
	props := undefined
	if x.Props != nil {
		props = m.known(m.eval(p, e, x.Props))
	}
	var children []value
	for _, c := range x.Children {
		children = append(children, m.eval(p, e, c))
	}
	i := m.a.rendering
	if i == nil || m.serial != 0 {
		return ref(m.object(cBoxed))
	}
	if props.kind == kObject {
		for _, k := range props.obj.keys {
			c := props.obj.props[k]
			if c == nil || len(k) < 3 || k[:2] != "on" || k[2] < 'A' || k[2] > 'Z' {
				continue
			}
			for _, f := range m.functionsIn(m.readProp(props, c), 0) {
				at := c.key
				if at.IsZero() {
					at = p.span(x)
				}
				i.bindJSX(k, f, at)
			}
		}
	}
	if typ.isFunction() && typ.obj.fn != nil && m.rendered < maxRender {
		m.rendered++
		args := m.object(cPlain)
		args.isOpen = true
		if props.kind == kObject {
			m.copyProps(args, props)
		}
		if len(children) > 0 {
			m.define(args, "children", m.array(children))
		}
		m.weakly(func() value {
			if typ.obj.fn.class != nil {
				m.renderClass(i, typ, ref(args))
				return undefined
			}
			return m.call(typ, undefined, []value{ref(args), m.unknown(nil)}, nil)
		})
		m.rendered--
	}
	// Render props: functions among the children.
	for _, c := range children {
		if c.isFunction() {
			m.weakly(func() value { return m.call(c, undefined, []value{m.unknown(nil)}, nil) })
		}
	}
	return ref(m.object(cBoxed))
}

// functionsIn lists the functions that a value may be.
func (m *machine) functionsIn(v value, depth int) []value {
	switch {
	case v.isFunction():
		return []value{v}
	case v.kind == kSymbol && v.sym.root != nil && depth < 4:
		var out []value
		for _, alt := range v.sym.vals {
			out = append(out, m.functionsIn(alt, depth+1)...)
		}
		return out
	}
	return nil
}

func (i *instance) bindJSX(event string, f value, at source.Span) {
	for _, h := range i.jsx {
		if h.f.obj == f.obj || h.at == at && h.f.obj.fn != nil && f.obj.fn != nil && h.f.obj.fn.node == f.obj.fn.node {
			return
		}
	}
	i.jsx = append(i.jsx, jsxHandler{event, f, at})
}

// render runs a component's code once, to learn its hooks and handlers.
func (m *machine) render(i *instance, f value) {
	f = m.known(f)
	if !f.isFunction() || f.obj.fn == nil {
		return
	}
	if f.obj.fn.class != nil {
		m.renderClass(i, f, undefined)
		return
	}
	props := m.object(cPlain)
	props.isOpen = true
	m.call(f, undefined, []value{ref(props), m.unknown(nil)}, nil)
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
	markOwner(object, i, 0)
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
	for p, n := o, 0; p != nil && n < 8; p, n = p.proto, n+1 {
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
		if name == "props" && props.kind == kObject {
			m.copyProps(part, props)
		}
		m.define(seen, name, ref(part))
	}
	m.call(render, ref(seen), nil, nil)
}

// reactFunctions are React's hooks and the like.
var reactFunctions map[string]nativeFunc

func init() {
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	state := func(m *machine, _ value, args []value, fr *frame) value {
		initial := m.known(arg(args, 0))
		if initial.isFunction() {
			initial = m.call(initial, undefined, nil, nil)
		}
		place := &cell{val: initial, seq: m.event(), serial: m.serial, name: "state"}
		if fr != nil {
			place.key = calleeSpan(fr)
		}
		set := m.native("setState", func(m *machine, _ value, args []value, _ *frame) value {
			v := m.known(arg(args, 0))
			if v.isFunction() {
				v = m.call(v, undefined, []value{m.read(place)}, nil)
			}
			m.assign(place, v)
			return undefined
		})
		return m.array([]value{{kind: kUndefined, live: place}, set})
	}
	effect := func(m *machine, _ value, args []value, _ *frame) value {
		if i := m.a.rendering; i != nil && m.serial == 0 {
			if f := m.known(arg(args, 0)); f.isFunction() {
				i.addLife("useEffect", f, false)
			}
		}
		return undefined
	}
	reactFunctions = map[string]nativeFunc{
		"useState": state, "useEffect": effect, "useLayoutEffect": effect, "useInsertionEffect": effect, "useMount": effect, "useEffectOnce": effect,
		"useCallback": identity, "memo": identity, "forwardRef": identity, "useMemoizedFn": identity, "useEvent": identity, "useLatest": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cPlain)
			m.define(o, "current", arg(args, 0))
			return ref(o)
		},
		"useMemo": func(m *machine, _ value, args []value, _ *frame) value {
			return m.call(arg(args, 0), undefined, nil, nil)
		},
		"useRef": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cPlain)
			o.field = true
			m.define(o, "current", arg(args, 0))
			return ref(o)
		},
		"useReducer": func(m *machine, _ value, args []value, fr *frame) value {
			reducer := arg(args, 0)
			place := &cell{val: arg(args, 1), seq: m.event(), serial: m.serial, name: "state"}
			dispatch := m.native("dispatch", func(m *machine, _ value, args []value, _ *frame) value {
				m.assign(place, m.call(reducer, undefined, []value{m.read(place), arg(args, 0)}, nil))
				return undefined
			})
			return m.array([]value{{kind: kUndefined, live: place}, dispatch})
		},
		"useContext": func(m *machine, _ value, _ []value, _ *frame) value {
			return m.unknown(&unfollowed{name: "useContext"})
		},
		"createContext": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
		"createElement": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
		"useImperativeHandle": func(m *machine, _ value, args []value, _ *frame) value {
			m.call(arg(args, 1), undefined, nil, nil)
			return undefined
		},
		"useRouter": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
	}
	for _, l := range frameworkLife {
		if len(l.name) > 3 && l.name[:3] == "use" && reactFunctions[l.name] == nil {
			reactFunctions[l.name] = hook(l.name)
		}
	}
}
