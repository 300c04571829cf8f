package flow

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What a component of React shows: its elements, with the handlers that they bind.

// jsxHandler is a function that an element's on… property binds.
type jsxHandler struct {
	event string
	f     value
	at    source.Span
	// guards are the conditions under which the element is shown.
	guards []guard
}

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
	component := typ.isFunction() && typ.obj.fn != nil && m.rendersDeeper(typ)
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
			given := m.unknown(nil)
			if c := args.props["ref"]; c != nil {
				given = m.readProp(ref(args), c)
			}
			m.show(m.call(typ, undefined, []value{ref(args), given}, nil), 0)
			return undefined
		})
		m.rendered--
	}
	for _, c := range children {
		m.show(c, 0)
		// Render props: functions among the children of what is not followed.
		if c.isFunction() && !component {
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
		m.a.rendering.bindJSX(m.a, event, f, at, m.paths)
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
	o.props = map[string]*cell{"shown": {made: lazily(func() value {
		i, paths := m.a.rendering, m.paths
		if i == nil {
			return undefined
		}
		m.paths = append(given[:len(given):len(given)], paths...)
		m.child(i, p, e, x)
		m.paths = paths
		return undefined
	})}}
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
	if v.kind != kObject || depth > m.most(boundInner) {
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

// rendersDeeper reports whether a component is rendered within those that are.
func (m *machine) rendersDeeper(f value) bool {
	if m.rendered < m.most(boundRendered) {
		return true
	}
	if m.within(f.obj.fn) == 0 {
		m.endAt(boundRendered, f.obj.fn.name, f.obj.at)
	}
	return false // within itself it shows what it has shown
}

// functionsIn lists the functions that a value may be.
func (m *machine) functionsIn(v value, depth int) []value {
	switch {
	case v.isFunction():
		return []value{v}
	case v.kind == kSymbol && v.sym.root != nil && depth <= m.most(boundInner):
		var out []value
		for _, alt := range v.sym.vals {
			out = append(out, m.functionsIn(alt, depth+1)...)
		}
		return out
	}
	return nil
}

func (i *instance) bindJSX(a *analysis, event string, f value, at source.Span, guards []guard) {
	if n, most := len(guards), a.most(boundGuards); n > most {
		guards = guards[n-most:] // the inner ones; it may be shown more often than it is
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
	if alike >= a.most(boundAlike) {
		a.loseLoaded(i.unit.Script, a.gaveUpOn(nil, boundAlike, "", event, at))
	} else {
		i.jsx = append(i.jsx, jsxHandler{event: event, f: f, at: at, guards: slices.Clone(guards)})
	}
}
