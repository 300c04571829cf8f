package flow

import (
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// eval evaluates an expression.
func (m *machine) eval(p *program, e *env, x script.Expr) value {
	m.tick()
	m.nest++
	if m.nest > m.most(boundNesting) {
		m.end(boundNesting)
	}
	v := m.evalNode(p, e, x)
	m.nest--
	return v
}

func (m *machine) evalNode(p *program, e *env, x script.Expr) value {
	switch x := x.(type) {
	case nil:
		return undefined
	case *script.Ident:
		return m.ident(p, e, x)
	case *script.String:
		return text(x.Value)
	case *script.Number:
		if strings.HasSuffix(p.span(x).Text(), "n") {
			return m.uncomputed("BigInt", p.span(x))
		}
		return number(x.Value)
	case *script.Bool:
		return boolean(x.Value)
	case *script.Null:
		return null
	case *script.RegExp:
		o := m.object(cRegExp)
		o.put().regexp = &regexp_{x.Pattern, x.Flags}
		return ref(o)
	case *script.Template:
		return m.template(p, e, x)
	case *script.ArrayLit:
		return m.arrayLit(p, e, x)
	case *script.ObjectLit:
		return m.objectLit(p, e, x)
	case *script.Func:
		return m.functionExpr(p, e, x, "")
	case *script.Class:
		return m.class(p, e, x, "")
	case *script.Member:
		return m.member(p, e, x)
	case *script.Index:
		return m.index(p, e, x)
	case *script.Call:
		v, _ := m.callExpr(p, e, x)
		return v
	case *script.New:
		m.mark(p, x.End-1, beganCall)
		f := m.eval(p, e, x.Callee)
		args, _ := m.args(p, e, x.Args)
		if f = m.known(f); uncallable(f, x.Callee) && !e.imports(x.Callee) || f.kind == kObject && f.obj.fn != nil && f.obj.fn.node.Arrow && f.obj.fn.target == nil {
			m.raises("TypeError", p.span(x))
		}
		v := m.construct(f, args, &frame{p, x, e})
		m.mark(p, x.End-1, endedCall)
		return v
	case *script.Chain:
		v, _ := m.chain(p, e, x.X)
		return v
	case *script.Unary:
		if _, literal := x.X.(*script.Number); !literal && (x.Op == "-" || x.Op == "+" || x.Op == "~") {
			v := m.eval(p, e, x.X)
			return m.concluded(m.unaryOf(x.Op, v), x.Op, p.span(x), v)
		}
		return m.unary(p, e, x)
	case *script.Update:
		return m.update(p, e, x)
	case *script.Binary:
		l, r := m.eval(p, e, x.L), m.eval(p, e, x.R)
		from := []value{l, r}
		if x.Op == "instanceof" {
			from = from[:1]
		}
		if (x.Op == "in" || x.Op == "instanceof") && uncallable(m.known(r), x.R) {
			m.raises("TypeError", p.span(x))
		}
		return m.concluded(m.binaryExprValue(x.Op, l, r), x.Op, p.span(x), from...)
	case *script.Logical:
		return m.logical(p, e, x)
	case *script.Assign:
		return m.assignExpr(p, e, x)
	case *script.Cond:
		return m.cond(p, e, x)
	case *script.Sequence:
		v := undefined
		for _, y := range x.Exprs {
			v = m.eval(p, e, y)
		}
		return v
	case *script.Spread:
		return m.eval(p, e, x.X)
	case *script.Await:
		m.mark(p, x.Start, beganAwait)
		v := m.eval(p, e, x.X)
		if m.current != nil {
			m.current.at, m.current.node = &unfollowed{name: dotted(x.X), at: p.span(x.X)}, x
		}
		v = m.awaitExpr(v)
		m.mark(p, x.Start, endedAwait)
		return v
	case *script.Yield:
		return m.yieldExpr(p, e, x)
	case *script.This:
		return m.thisValue(p, e)
	case *script.Super:
		return undefined
	case *script.MetaProperty:
		if x.Name == "new.target" {
			if f := e.function(); f != nil {
				return f.call.newTarget
			}
		}
		return m.unknown(nil)
	case *script.ImportCall:
		return m.importCall(p, m.eval(p, e, x.X), p.span(x))
	case *script.JSX:
		return m.jsx(p, e, x)
	}
	return m.unknown(nil)
}

func (m *machine) ident(p *program, e *env, x *script.Ident) value {
	if c := e.lookup(x.Name); c != nil {
		if c.unset && (m.serial != 0 && c.serial == m.serial || m.serial == 0 && c.top && m.depth == 0) {
			m.raises("ReferenceError", p.span(x))
		}
		return m.read(c)
	}
	switch x.Name {
	case "undefined":
		return undefined
	case "NaN":
		return number(nan)
	case "Infinity":
		return number(inf)
	case "arguments":
		if f := e.function(); f != nil {
			return m.array(f.call.args)
		}
	}
	v := m.global(x.Name, p.span(x))
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		v = v.withPlace(p.span(x))
	}
	return v
}

func (m *machine) thisValue(p *program, e *env) value {
	if f := e.function(); f != nil {
		return notSure(f.call.this) // without use strict it is the global object
	}
	return notSure(p.topThis())
}

func (m *machine) template(p *program, e *env, x *script.Template) value {
	if x.Tag != nil {
		var tag, this value
		if t, ok := x.Tag.(*script.Member); ok && !m.isSuper(t.Object) {
			this = m.eval(p, e, t.Object)
			tag = m.memberOf(p, this, t)
		} else {
			tag = m.eval(p, e, x.Tag)
		}
		var parts []value
		for _, s := range x.Quasis {
			parts = append(parts, text(s))
		}
		args := []value{m.array(parts)}
		m.define(args[0].obj, "raw", m.uncomputed("raw", p.span(x)))
		for _, y := range x.Exprs {
			args = append(args, m.eval(p, e, y))
		}
		return m.call(tag, this, args, &frame{p, x, e})
	}
	out := text(x.Quasis[0])
	for i, y := range x.Exprs {
		v := m.eval(p, e, y)
		out = m.concluded(m.concat(out, m.primitiveOr(v, "string")), "`…`", p.span(x), out, v)
		if i+1 < len(x.Quasis) {
			out = m.concat(out, text(x.Quasis[i+1]))
		}
	}
	return out
}

// concat joins two strings; of an unknown result the known start is kept.
func (m *machine) concat(a, b value) value {
	if a.kind == kSymbol && a.sym.root != nil || b.kind == kSymbol && b.sym.root != nil {
		if a.kind == kSymbol && a.sym.root != nil && !(b.kind == kSymbol && b.sym.root != nil) {
			return m.lift(a, func(a value) value { return m.concat(a, b) })
		}
		if !(a.kind == kSymbol && a.sym.root != nil) {
			return m.lift(b, func(b value) value { return m.concat(a, b) })
		}
		return m.unknown(nil)
	}
	s, okA := a.key()
	t, okB := b.key()
	switch {
	case okA && okB && len(s)+len(t) > m.most(boundText):
		v := m.unknown(m.gaveUpHere(boundText, ""))
		v.sym.prefix, v.sym.hasPrefix = s[:min(len(s), 256)], true
		return v
	case okA && okB:
		out := text(s + t)
		out.know = a.know | b.know
		return out
	case okA:
		v := m.unknown(causeOf(b))
		v.sym.prefix, v.sym.hasPrefix = s, true
		if b.kind == kSymbol {
			v.sym.prefix += b.sym.prefix
		}
		return v
	case a.kind == kSymbol && a.sym.hasPrefix:
		v := m.unknown(a.sym.cause)
		v.sym.prefix, v.sym.hasPrefix = a.sym.prefix, true
		return v
	}
	if c := causeOf(a); c != nil {
		return m.unknown(c)
	}
	return m.unknown(causeOf(b))
}

// causeOf is why nobody knows what a value is, or what one of those is that it may be.
func causeOf(v value) *unfollowed {
	if v.kind != kSymbol || v.sym.cause != nil || v.sym.root == nil {
		return v.cause()
	}
	for _, alt := range v.sym.vals {
		if c := alt.cause(); c != nil {
			return c
		}
	}
	return nil
}

func (v value) cause() *unfollowed {
	if v.kind != kSymbol {
		return nil
	}
	return v.sym.cause
}

func (m *machine) arrayLit(p *program, e *env, x *script.ArrayLit) value {
	elems, open := m.args(p, e, x.Elems)
	v := m.array(elems)
	v.obj.at = p.span(x)
	v.obj.isOpen = open
	return v
}

// args evaluates arguments or elements; open tells that a spread of something unknown is among them.
func (m *machine) args(p *program, e *env, list []script.Expr) (vals []value, open bool) {
	for _, x := range list {
		if len(vals) > m.most(boundElements) {
			return vals, true
		}
		switch x := x.(type) {
		case nil:
			vals = append(vals, undefined)
		case *script.Spread:
			v := m.eval(p, e, x.X)
			m.iterable(v, p.span(x))
			more, ok := m.list(v)
			vals = append(vals, more...)
			if !ok {
				open = true
			}
		default:
			vals = append(vals, m.eval(p, e, x))
		}
	}
	return vals, open
}

func (m *machine) objectLit(p *program, e *env, x *script.ObjectLit) value {
	o := m.object(cPlain)
	o.at = p.span(x)
	for _, prop := range x.Props {
		if prop.Kind == script.PropSpread {
			m.copyProps(o, m.eval(p, e, prop.Value))
			continue
		}
		name, ok := prop.Name, true
		if prop.Computed != nil {
			name, ok = m.known(m.eval(p, e, prop.Computed)).propertyKey()
		}
		var v value
		if f, isFunc := prop.Value.(*script.Func); isFunc {
			v = m.functionExpr(p, e, f, name)
			v.obj.fn.home = o
		} else {
			v = m.eval(p, e, prop.Value)
			if m.renders() {
				v = m.stayLive(v, m.anew(p, e, prop.Value))
			}
		}
		if !ok {
			o.isOpen = true
			continue
		}
		switch prop.Kind {
		case script.PropGet, script.PropSet:
			c := o.props[name]
			if c == nil {
				c = m.define(o, name, undefined)
			}
			if prop.Kind == script.PropGet {
				c.access(v.obj, c.setter())
			} else {
				c.access(c.getter(), v.obj)
			}
		default:
			if name == "__proto__" && v.kind == kObject {
				o.proto = v.obj
				continue
			}
			if m.serial != 0 {
				v.know |= m.ctx.facts & (factBoth | factEnabled)
			}
			m.define(o, name, v).key = p.loc(prop.KeyLoc)
			if prop.Method || prop.Shorthand || v.kind != kObject {
				continue
			}
		}
	}
	return ref(o)
}

// copyProps is Object.assign of one source, and the spread in an object literal.
func (m *machine) copyProps(o *object, from value) {
	from = m.known(from)
	switch {
	case from.kind == kString && from.blank() == nil && ecma.Length(from.str) == len(from.str):
		for i := range from.str {
			m.define(o, strconv.Itoa(i), text(from.str[i:i+1]))
		}
	case from.kind == kObject:
		if from.obj.class == cArray {
			for i, v := range from.obj.elems {
				m.define(o, strconv.Itoa(i), v)
			}
		}
		if from.obj.class == cHost && o.proto == nil {
			o.proto = from.obj
			return
		}
		if from.obj.isOpen || from.obj.class == cProxy || from.obj.class == cHost {
			o.isOpen = true
			o.open = from.obj.open
		}
		if from.obj.in().module != nil {
			for _, name := range from.obj.in().module.names() {
				m.set(ref(o), name, m.get(from, name))
			}
			return
		}
		m.a.slice.demandAll(m, from.obj)
		for _, k := range from.obj.keys {
			m.tick()
			c := from.obj.props[k]
			if c == nil || m.lacks(c) {
				continue
			}
			if len(o.keys) > m.most(boundElements) {
				m.openUp(o, boundElements)
				return
			}
			v := m.readProp(from, c)
			if o.serial == m.serial {
				m.define(o, k, v).key = c.key
			} else {
				m.set(ref(o), k, v)
			}
		}
	case from.kind == kSymbol && from.sym.root != nil:
		m.copyAlternatives(o, from)
	case from.kind == kSymbol:
		o.isOpen = true
		o.open = from.sym.cause
	}
}

// copyAlternatives copies the properties of a value that is one of several objects, which one staying open.
func (m *machine) copyAlternatives(o *object, from value) {
	m.apart(from)
	var keys []string
	seen := map[string]bool{}
	written := map[string]source.Span{} // where one of them has the key
	mask := m.mask(from.sym.root)
	for i, alt := range from.sym.vals {
		switch {
		case mask&(1<<i) == 0:
		case alt.kind != kObject || alt.obj.class != cPlain:
			o.isOpen = o.isOpen || !alt.isNullish()
		default:
			o.isOpen = o.isOpen || alt.obj.isOpen
			for _, k := range alt.obj.keys {
				c := alt.obj.props[k]
				if c == nil || m.lacks(c) {
					continue
				}
				if !seen[k] {
					seen[k] = true
					keys = append(keys, k)
				}
				if written[k].IsZero() {
					written[k] = c.key
				}
			}
		}
	}
	for _, k := range keys {
		v := m.getAt(from, k, source.Span{}, nil)
		if o.serial == m.serial {
			m.define(o, k, v).key = written[k]
		} else {
			m.set(ref(o), k, v)
		}
	}
}

// functionExpr makes the function of an expression: its name is known within it and nowhere else, whatever else has it around.
func (m *machine) functionExpr(p *program, e *env, x *script.Func, name string) value {
	if x.Name == nil || x.Name.Name == "" || x.Arrow {
		return m.function(p, e, x, name)
	}
	own := &env{parent: e, seq: m.event()}
	v := m.function(p, own, x, name)
	m.declare(own, x.Name.Name, v).frozen = true
	return v
}

func (m *machine) function(p *program, e *env, x *script.Func, name string) value {
	if x.Name != nil && x.Name.Name != "" {
		name = x.Name.Name
	}
	o := m.object(cFunction)
	o.at = p.span(x)
	if !m.a.visited[x] {
		m.a.closures[x] = o // for what nothing runs
	}
	o.fn = &closure{node: x, prog: p, env: e, name: name}
	return ref(o)
}

// noteBranch puts a test on the witness when its outcome was not a matter of course: a value that came
// out of a failure, for instance.
func (m *machine) noteBranch(p *program, test script.Node, v value, taken bool) {
	if m.joined() || p.prelude {
		return
	}
	// What a flag told was told by this test.
	for t := m.ctx.trail; t != nil && t.step.Kind == StepTested && t.step.At.IsZero(); t = t.up {
		t.step.At = p.span(test)
	}
	kind := StepFalsy
	if taken {
		kind = StepTruthy
	}
	if v.kind == kObject && m.ctx.anyFailed() || v.kind == kSymbol || v.kind == kBool && m.ctx.anyFailed() {
		m.ctx.note(kind, shorten(p.span(test).Text()), "", p.span(test))
	}
}

func (c *context) anyFailed() bool {
	return c.asks[0].progress == failed || c.asks[1].progress == failed || c.enable.progress == failed
}

func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
