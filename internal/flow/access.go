package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Reading properties, and the calls of methods that are found that way.

func (m *machine) member(p *program, e *env, x *script.Member) value {
	if _, ok := x.Object.(*script.Super); ok {
		return m.superGet(p, e, x.Name)
	}
	return m.memberOf(p, m.eval(p, e, x.Object), x)
}

func (m *machine) memberOf(p *program, object value, x *script.Member) value {
	if m.certainlyNothing(object) {
		m.raises("TypeError", p.span(x))
	}
	v := m.getAt(object, x.Name, p.loc(x.NameLoc), func() *unfollowed {
		return &unfollowed{name: dotted(x), at: p.loc(x.NameLoc)}
	})
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		v = v.withPlace(p.loc(x.NameLoc))
	}
	return v
}

func (m *machine) index(p *program, e *env, x *script.Index) value {
	var object value
	_, isSuper := x.Object.(*script.Super)
	if !isSuper {
		object = m.eval(p, e, x.Object)
	}
	key := m.eval(p, e, x.Key)
	if isSuper {
		if name, ok := key.key(); ok {
			return m.superGet(p, e, name)
		}
		return m.unknown(nil)
	}
	return m.indexOf(p, object, key, x)
}

func (m *machine) indexOf(p *program, object, key value, x *script.Index) value {
	if m.certainlyNothing(object) {
		m.raises("TypeError", p.span(x))
	}
	key = m.known(key)
	name, ok := key.propertyKey()
	if !ok {
		return m.getUnknownKey(object, p, x)
	}
	v := m.getAt(object, name, p.span(x.Key), func() *unfollowed {
		return &unfollowed{name: dotted(x), at: p.span(x.Key)}
	})
	if v.kind == kObject && v.obj.host != nil && v.obj.host.api != "" {
		v = v.withPlace(p.span(x.Key))
	}
	return v
}

// getUnknownKey reads a property whose name is not known: one of those that are there, or none.
func (m *machine) getUnknownKey(object value, p *program, x *script.Index) value {
	object = m.known(object)
	if object.kind == kSymbol {
		out := m.derive(object.sym, "[]")
		if object.sym.pages != noPage {
			return m.openPage(object.sym, "[]", p.span(x.Key), out)
		}
		return out
	}
	if object.kind == kObject && (object.obj.class == cHost || object.obj.class == cAuth) {
		return m.unknown(&unfollowed{name: dotted(x), at: p.span(x.Key)})
	}
	if object.kind == kObject && object.obj.unit != nil {
		if v, ok := m.anyMethod(object.obj, x, &unfollowed{name: dotted(x), at: p.span(x.Key)}); ok {
			return v
		}
	}
	if object.kind == kObject && object.obj.class == cArray {
		m.touch(object.obj)
	}
	var why *unfollowed
	if object.kind == kObject {
		why = object.obj.open
	}
	if object.kind == kObject && !object.obj.isOpen {
		var vals []value
		if object.obj.class == cArray {
			vals = append(vals, object.obj.elems...)
		}
		m.a.slice.demandAll(m, object.obj)
		for _, k := range object.obj.keys {
			if c := object.obj.props[k]; c != nil && !m.absent(c) {
				vals = append(vals, m.readProp(object, c))
			}
		}
		functions, objects := false, object.obj.class == cArray && len(vals) > 0 && !m.joined()
		for _, v := range vals {
			functions = functions || len(m.functionsIn(v, 0)) > 0
			objects = objects && v.kind == kObject && v.obj.class == cPlain
			if c := causeOf(v); why == nil && c != nil && c.given() {
				why = c
			}
		}
		switch {
		case functions && len(vals) > m.most(boundAlternatives):
			m.endAt(boundAlternatives, dotted(x.Object), p.span(x.Key))
		case objects && !functions && len(vals) > m.most(boundObjects):
			return m.unknown(m.gaveUp(boundObjects, dotted(x.Object), p.span(x.Key)))
		case objects && !functions:
			// One of a list of the code's own: options to choose from.
			if m.outlives(object.obj) {
				vals = append(vals, m.unknown(nil)) // or what was put there since
			}
			return m.anyOf(vals, make([]facts, len(vals)), nil, "")
		case functions:
			// Any of them may be meant, and which it is decides what holds afterwards.
			maybe := make([]*unfollowed, len(vals))
			for i := range maybe {
				if object.obj.unit == nil {
					break // a table of the code's own: what is in it is all there is
				}
				maybe[i] = &unfollowed{name: dotted(x), at: p.span(x.Key)}
			}
			return m.anyOf(vals, make([]facts, len(vals)), maybe, "")
		}
	}
	return m.unknown(why)
}

// anyMethod is a method of a page by a name that is not known: any of those that can reach the feature, or one that cannot.
func (m *machine) anyMethod(o *object, x *script.Index, cause *unfollowed) (value, bool) {
	i := o.unit
	if i.object != o {
		return value{}, false
	}
	if m.dispatched[x]++; m.dispatched[x] > m.most(boundDispatches) {
		return m.unknown(cause), true // the method that looks the other up is one of those that it may be
	}
	var vals []value
	for _, name := range i.order {
		if f := i.methods[name]; m.relevantValue(f, 0) {
			vals = append(vals, f)
		}
	}
	switch {
	case len(vals) == 0:
		return m.unknown(cause), true
	case len(vals) >= m.most(boundAlternatives):
		m.endAt(boundAlternatives, cause.name, cause.at)
	}
	vals = append(vals, m.unknown(nil))
	maybe := make([]*unfollowed, len(vals))
	for i := range maybe {
		maybe[i] = cause
	}
	return m.anyOf(vals, make([]facts, len(vals)), maybe, ""), true
}

// chain evaluates the inside of an optional chain; short tells that a ?. found nothing.
func (m *machine) chain(p *program, e *env, x script.Expr) (v value, short bool) {
	switch x := x.(type) {
	case *script.Member:
		object, short := m.chain(p, e, x.Object)
		if short || x.Optional && m.nothing(object) {
			return undefined, true
		}
		return m.memberOf(p, object, x), false
	case *script.Index:
		object, short := m.chain(p, e, x.Object)
		if short || x.Optional && m.nothing(object) {
			return undefined, true
		}
		return m.indexOf(p, object, m.eval(p, e, x.Key), x), false
	case *script.Call:
		return m.callExpr(p, e, x)
	}
	if m.isSuper(x) {
		return undefined, false
	}
	return m.eval(p, e, x), false
}

func (m *machine) isSuper(x script.Expr) bool {
	_, ok := x.(*script.Super)
	return ok
}

// nothing decides whether v is null or undefined, for ?. and ??. What is not known is taken to be there.
func (m *machine) nothing(v value) bool {
	v = m.known(v)
	return v.isNullish() && v.blank() == nil || m.isNothing(v)
}

// isNothing reports whether nothing is known of a value but that it counted as false on this way: what a server sent is null
// or undefined then.
func (m *machine) isNothing(v value) bool {
	if m.serial == 0 || m.joined() || !v.isPlainUnknown() || v.sym.really != nil {
		return false
	}
	b, decided := m.truths[v.sym.id]
	return decided && !b
}

// callExpr evaluates a call, in or outside an optional chain.
func (m *machine) callExpr(p *program, e *env, x *script.Call) (v value, short bool) {
	m.mark(p, x.End-1, beganCall)
	v, short = m.callNode(p, e, x)
	m.mark(p, x.End-1, endedCall)
	return v, short
}

func (m *machine) callNode(p *program, e *env, x *script.Call) (v value, short bool) {
	var f, this value
	fr := &frame{p, x, e}
	switch callee := x.Callee.(type) {
	case *script.Super:
		args, _ := m.args(p, e, x.Args)
		return m.superCall(p, e, args, fr), false
	case *script.Member:
		if m.isSuper(callee.Object) {
			f, this = m.superGet(p, e, callee.Name), m.thisValue(p, e)
			break
		}
		this, short = m.chain(p, e, callee.Object)
		if short || callee.Optional && m.nothing(this) {
			return undefined, true
		}
		this = m.known(this)
		if isOneOf(reported, callee.Name) {
			m.a.named[x] = true
		}
		f = m.memberOf(p, this, callee)
	case *script.Index:
		this, short = m.chain(p, e, callee.Object)
		if short || callee.Optional && m.nothing(this) {
			return undefined, true
		}
		this = m.known(this)
		f = m.indexOf(p, this, m.eval(p, e, callee.Key), callee)
	default:
		f, short = m.chain(p, e, x.Callee)
		if short {
			return undefined, true
		}
	}
	if x.Optional {
		if f = m.known(f); f.isNullish() {
			return undefined, true
		}
	}
	if special, ok := m.specialCall(p, e, f, x, fr); ok {
		return special, false
	}
	args, open := m.args(p, e, x.Args)
	if f = m.known(f); uncallable(f, x.Callee) && !ofLibrary(this, x.Callee) && !e.imports(x.Callee) {
		m.raises("TypeError", p.span(x))
	}
	if open && this.kind == kObject && this.obj.class == cArray && f.kind == kObject && f.obj.host != nil {
		m.keep(this.obj)
		this.obj.isOpen = true // list.push(...others)
	}
	return m.call(f, this, args, fr), false
}
