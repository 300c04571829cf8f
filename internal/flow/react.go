package flow

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// jsxHandler is a function that an element's on… property binds.
type jsxHandler struct {
	event string
	f     value
	at    source.Span
	// guards are the conditions under which the element is shown.
	guards []guard
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
	i := m.a.rendering
	if i == nil || m.serial != 0 {
		for _, c := range x.Children {
			m.eval(p, e, c)
		}
		return ref(m.object(cBoxed))
	}
	component := typ.isFunction() && typ.obj.fn != nil && m.rendered < maxRender
	if typ.kind == kObject && typ.obj.name == "provider" && props.kind == kObject {
		// What is within it, rendered below, finds the value.
		typ.obj.props["current"].val = m.get(props, "value")
	}
	var children []value
	for _, c := range x.Children {
		if component && !plainChild(c) {
			children = append(children, m.shownLater(p, e, c))
			continue
		}
		children = append(children, m.child(i, p, e, c))
	}
	if props.kind == kObject && !component {
		m.bindEvents(p, e, x, props)
	}
	if component {
		m.rendered++
		args := m.object(cPlain)
		args.isOpen = true
		if props.kind == kObject {
			m.copyProps(args, props)
		}
		switch len(children) {
		case 0:
		case 1:
			m.define(args, "children", children[0])
		default:
			m.define(args, "children", m.array(children))
		}
		m.weakly(func() value {
			if typ.obj.fn.class != nil {
				m.renderClass(i, typ, ref(args))
				return undefined
			}
			m.show(m.call(typ, undefined, []value{ref(args), m.unknown(nil)}, nil), 0)
			return undefined
		})
		m.rendered--
	}
	for _, c := range children {
		m.show(c, 0)
		// Render props: functions among the children.
		if c.isFunction() {
			m.weakly(func() value { return m.call(c, undefined, []value{m.contextOf(typ)}, nil) })
		}
	}
	return ref(m.object(cBoxed))
}

// plainChild tells whether a child of an element may be a function that the component calls.
func plainChild(x script.Expr) bool {
	switch x.(type) {
	case *script.JSX, *script.Logical, *script.Cond, *script.Call:
		return false
	}
	return true
}

// bindEvents takes note of the handlers of an element of the platform.
func (m *machine) bindEvents(p *program, e *env, x *script.JSX, props value) {
	for _, k := range props.obj.keys {
		c := props.obj.props[k]
		if c == nil || len(k) < 3 || k[:2] != "on" || k[2] < 'A' || k[2] > 'Z' {
			continue
		}
		at := c.key
		if at.IsZero() {
			at = p.span(x)
		}
		bind := func() { m.bindEvent(p, e, k, jsxProp(x, k), m.readProp(props, c), at) }
		if off := jsxProp(x, "disabled"); off != nil && k == "onClick" && tagName(x.Type) == "Button" {
			m.under(p, e, off, false, bind)
			continue
		}
		bind()
	}
}

// bindEvent binds the functions that a property may be. A test in its expression is one for the handler.
func (m *machine) bindEvent(p *program, e *env, event string, x script.Expr, v value, at source.Span) {
	side := func(x, test script.Expr, want bool) {
		m.under(p, e, test, want, func() {
			m.weakly(func() value {
				m.bindEvent(p, e, event, x, m.eval(p, e, x), at)
				return undefined
			})
		})
	}
	switch x := x.(type) {
	case *script.Cond:
		side(x.Then, x.Test, true)
		side(x.Else, x.Test, false)
		return
	case *script.Logical:
		if x.Op == "&&" {
			side(x.R, x.L, true)
			return
		}
	}
	for _, f := range m.functionsIn(v, 0) {
		m.a.rendering.bindJSX(event, f, at, m.paths)
	}
}

// jsxProp is the expression of an element's property; nil when it is not written there.
func jsxProp(x *script.JSX, name string) script.Expr {
	o, ok := x.Props.(*script.ObjectLit)
	if !ok {
		return nil
	}
	var found script.Expr
	for _, prop := range o.Props {
		switch {
		case prop.Name == name:
			found = prop.Value
		case prop.Name == "":
			found = nil // what is spread may replace it
		}
	}
	return found
}

// tagName is the name of an element: Button of <Button>, <button> and <Taro.Button>.
func tagName(x script.Expr) string {
	name := ""
	switch x := x.(type) {
	case *script.Ident:
		name = x.Name
	case *script.Member:
		name = x.Name
	case *script.String:
		name = x.Value
	}
	if name == "button" {
		return "Button"
	}
	return name
}

// shownLater is an element that a component is given as a child: it is rendered where the component shows it, within the contexts
// that the component provides and under the conditions of both.
func (m *machine) shownLater(p *program, e *env, x script.Expr) value {
	o := m.object(cBoxed)
	o.name = "child"
	given := m.paths
	o.props = map[string]*cell{"shown": {lazy: func() value {
		i, paths := m.a.rendering, m.paths
		if i == nil {
			return undefined
		}
		m.paths = append(given[:len(given):len(given)], paths...)
		m.child(i, p, e, x)
		m.paths = paths
		return undefined
	}}}
	return ref(o)
}

// child renders a child of an element. What is shown under a condition only can be used under that condition only.
func (m *machine) child(i *instance, p *program, e *env, x script.Expr) value {
	side := func(x, test script.Expr, want bool) {
		m.under(p, e, test, want, func() { m.weakly(func() value { return m.child(i, p, e, x) }) })
	}
	switch x := x.(type) {
	case *script.Logical:
		if x.Op == "&&" {
			m.eval(p, e, x.L)
			side(x.R, x.L, true)
			return ref(m.object(cBoxed))
		}
	case *script.Cond:
		m.eval(p, e, x.Test)
		side(x.Then, x.Test, true)
		side(x.Else, x.Test, false)
		return ref(m.object(cBoxed))
	}
	v := m.eval(p, e, x)
	m.show(v, 0)
	return v
}

// show renders the children that a component was given, where it shows them.
func (m *machine) show(v value, depth int) {
	if v.kind != kObject || depth > 3 {
		return
	}
	switch {
	case v.obj.name == "child":
		m.read(v.obj.props["shown"])
	case v.obj.class == cArray:
		for _, e := range v.obj.elems {
			m.show(e, depth+1)
		}
	}
}

// newContext is createContext(value).
func newContext(m *machine, _ value, args []value, _ *frame) value {
	v := m.known(arg(args, 0))
	if v.isNullish() {
		v = m.unknown(&unfollowed{name: "useContext"})
	}
	current := &cell{val: v, frozen: true}
	context := m.object(cPlain)
	for _, name := range []string{"provider", "consumer"} {
		o := m.object(cPlain)
		o.name = name
		o.props = map[string]*cell{"current": current}
		m.define(context, map[string]string{"provider": "Provider", "consumer": "Consumer"}[name], ref(o))
	}
	context.name = "context"
	context.props = setCell(context.props, "current", current)
	return ref(context)
}

// useContext is the value that is provided, which may come to be known later.
func useContext(m *machine, _ value, args []value, _ *frame) value {
	v := m.contextOf(arg(args, 0))
	if v.kind == kSymbol && v.sym.cause == nil {
		return m.unknown(&unfollowed{name: "useContext"})
	}
	return v
}

func (m *machine) contextOf(context value) value {
	if context = m.known(context); context.kind != kObject || context.obj.props["current"] == nil {
		return m.unknown(nil)
	}
	c := context.obj.props["current"]
	v := c.val
	if v.kind == kSymbol {
		v.live = c
	}
	return v
}

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
	if !ok || depth > 8 {
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

// maxBound is how many functions of one place in the code are told apart: those of a component that is shown many times.
const maxBound = 16

func (i *instance) bindJSX(event string, f value, at source.Span, guards []guard) {
	if n := len(guards); n > maxGuards {
		guards = guards[n-maxGuards:]
	}
	alike := 0
	for _, h := range i.jsx {
		if h.at == at && h.f.obj == f.obj && slices.Equal(h.guards, guards) {
			return
		}
		if h.at == at && h.f.obj.fn != nil && f.obj.fn != nil && h.f.obj.fn.node == f.obj.fn.node {
			alike++
		}
	}
	if alike < maxBound {
		i.jsx = append(i.jsx, jsxHandler{event: event, f: f, at: at, guards: slices.Clone(guards)})
	}
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
		switch real := m.get(object, name); {
		case name == "props" && props.kind == kObject:
			m.copyProps(part, props)
		case name == "state" && real.kind == kObject:
			for _, k := range real.obj.keys {
				if c := real.obj.props[k]; c != nil && c.get == nil {
					m.define(part, k, value{kind: kUndefined, live: c})
				}
			}
		}
		m.define(seen, name, ref(part))
	}
	m.show(m.call(render, ref(seen), nil, nil), 0)
}

// wrapperFunctions are those of packages that give a component further properties, and show it as it is.
var wrapperFunctions map[string]nativeFunc

// reactFunctions are React's hooks and the like.
var reactFunctions map[string]nativeFunc

func init() {
	identity := func(_ *machine, _ value, args []value, _ *frame) value { return arg(args, 0) }
	state := func(m *machine, _ value, args []value, fr *frame) value {
		initial := m.known(arg(args, 0))
		if initial.isFunction() {
			initial = m.call(initial, undefined, nil, nil)
		}
		place := &cell{val: initial, seq: m.event(), serial: m.serial, name: "state", top: true}
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
			return m.stayLive(m.call(arg(args, 0), undefined, nil, nil), func(m *machine) value {
				return m.call(arg(args, 0), undefined, nil, nil)
			})
		},
		"useRef": func(m *machine, _ value, args []value, _ *frame) value {
			o := m.object(cPlain)
			o.field = true
			m.define(o, "current", arg(args, 0))
			return ref(o)
		},
		"useReducer": func(m *machine, _ value, args []value, fr *frame) value {
			reducer := arg(args, 0)
			place := &cell{val: arg(args, 1), seq: m.event(), serial: m.serial, name: "state", top: true}
			dispatch := m.native("dispatch", func(m *machine, _ value, args []value, _ *frame) value {
				m.assign(place, m.call(reducer, undefined, []value{m.read(place), arg(args, 0)}, nil))
				return undefined
			})
			return m.array([]value{{kind: kUndefined, live: place}, dispatch})
		},
		"useContext": useContext, "use": useContext, "createContext": newContext,
		"createElement": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
		"useImperativeHandle": func(m *machine, _ value, args []value, _ *frame) value {
			m.call(arg(args, 1), undefined, nil, nil)
			return undefined
		},
		"useRouter": func(m *machine, _ value, _ []value, _ *frame) value { return m.unknown(nil) },
	}
	wrapper := func(m *machine, _ value, _ []value, _ *frame) value { return m.native("wrapped", identity) }
	wrapperFunctions = map[string]nativeFunc{"connect": wrapper, "inject": wrapper, "observer": identity, "withRouter": identity}
	for _, l := range frameworkLife {
		if len(l.name) > 3 && l.name[:3] == "use" && reactFunctions[l.name] == nil {
			reactFunctions[l.name] = hook(l.name)
		}
	}
}
