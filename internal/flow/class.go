package flow

import "github.com/voipcheck/voipcheck/internal/script"

// class makes the constructor function of a class.
func (m *machine) class(p *program, e *env, x *script.Class, name string) value {
	if x.Name != nil {
		name = x.Name.Name
	}
	scope := &env{parent: e, seq: m.event()}
	k := &class_{node: x, prog: p, env: scope}
	if x.Super != nil {
		k.super = m.eval(p, e, x.Super)
	}
	ctor := m.object(cFunction)
	ctor.at = p.span(x)
	k.proto = m.object(cPlain)
	m.define(k.proto, "constructor", ref(ctor))
	var node *script.Func
	if s := m.known(k.super); s.kind == kObject && s.obj.fn != nil {
		k.proto.proto = m.prototypeOf(s.obj)
		ctor.proto = s.obj
	} else if s.kind == kObject && m.isVueBase(s.obj) {
		k.proto.proto = m.a.vueProto(m)
	} else if s.kind == kSymbol || s.kind == kObject {
		// A base class that cannot be followed.
		k.proto.isOpen, k.proto.open = true, causeOf(s)
	}
	if name != "" {
		m.declare(scope, name, ref(ctor))
	}
	for _, member := range x.Members {
		if f, ok := member.Value.(*script.Func); ok && member.Name == "constructor" && !member.Static && !member.Field && !member.Block {
			node = f
		}
	}
	k.ctor = node
	if node == nil {
		node = &script.Func{Loc: x.Loc}
	}
	ctor.fn = &closure{node: node, prog: p, env: scope, name: name, isCtor: true, class: k, home: k.proto}
	for _, member := range x.Members {
		m.classMember(p, scope, k, ctor, member)
	}
	return m.decorateClass(p, scope, x, ref(ctor))
}

func (m *machine) classMember(p *program, scope *env, k *class_, ctor *object, member *script.ClassMember) {
	target := k.proto
	if member.Static {
		target = ctor
	}
	name, ok := member.Name, true
	if member.Computed != nil {
		name, ok = m.known(m.eval(p, scope, member.Computed)).propertyKey()
	}
	switch {
	case member.Block:
		if f, isFunc := member.Value.(*script.Func); isFunc {
			v := m.function(p, scope, f, "")
			v.obj.fn.home = ctor
			m.call(v, ref(ctor), nil, nil)
		}
	case member.Field && !member.Static:
		k.fields = append(k.fields, member)
	case member.Field:
		v := undefined
		if member.Value != nil {
			inner := &env{parent: scope, call: &activation{this: ref(ctor), home: ctor}, seq: m.event()}
			v = m.eval(p, inner, member.Value)
		}
		if ok {
			m.define(ctor, name, v).key = p.loc(member.KeyLoc)
		}
	default:
		f, isFunc := member.Value.(*script.Func)
		if !isFunc || f == k.ctor || !ok {
			return
		}
		v := m.function(p, scope, f, name)
		v.obj.fn.home = target
		switch member.Kind {
		case script.PropGet, script.PropSet:
			c := target.props[name]
			if c == nil {
				c = m.define(target, name, undefined)
			}
			if member.Kind == script.PropGet {
				c.access(v.obj, c.setter())
			} else {
				c.access(c.getter(), v.obj)
			}
		default:
			m.define(target, name, v).key = p.loc(member.KeyLoc)
		}
		m.redefine(p, scope, target, name, member)
	}
}

// constructClass is new on a class: the fields, then the constructor; of a derived class the base comes first.
func (m *machine) constructClass(o *object, this value, args []value, newTarget value, fr *frame) value {
	k := o.fn.class
	base := m.known(k.super)
	if k.node.Super == nil || base.kind != kObject || base.obj.fn == nil {
		if k.node.Super != nil && !(base.kind == kObject && m.isVueBase(base.obj)) {
			this.obj.isOpen, this.obj.open = true, causeOf(base)
			m.handOver(args, causeOf(base), fr)
		}
		m.fields(k, this)
	}
	if k.ctor == nil {
		if k.node.Super != nil && base.kind == kObject && base.obj.fn != nil {
			m.constructBase(base, this, args, newTarget, fr)
			m.fields(k, this)
		}
		return this
	}
	out := m.invoke(ref(o), this, args, newTarget, fr)
	if out.kind == kObject {
		return out
	}
	return this
}

func (m *machine) constructBase(base, this value, args []value, newTarget value, fr *frame) {
	if base.obj.fn.class != nil {
		m.constructClass(base.obj, this, args, newTarget, fr)
		return
	}
	m.invoke(base, this, args, newTarget, fr)
}

func (m *machine) fields(k *class_, this value) {
	for _, f := range k.fields {
		name, ok := f.Name, true
		inner := &env{parent: k.env, call: &activation{this: this, home: k.proto}, seq: m.event()}
		if f.Computed != nil {
			name, ok = m.known(m.eval(k.prog, inner, f.Computed)).propertyKey()
		}
		v := undefined
		if f.Value != nil {
			if fn, isFunc := f.Value.(*script.Func); isFunc {
				v = m.functionExpr(k.prog, inner, fn, name)
			} else {
				v = m.eval(k.prog, inner, f.Value)
			}
		}
		if ok {
			m.define(this.obj, name, v).key = k.prog.loc(f.KeyLoc)
		}
	}
}

// superCall is super(...) in a constructor.
func (m *machine) superCall(_ *program, e *env, args []value, fr *frame) value {
	f := e.function()
	if f == nil || f.call.callee == nil || f.call.callee.fn == nil || f.call.callee.fn.class == nil {
		return undefined
	}
	k := f.call.callee.fn.class
	base := m.known(k.super)
	if base.kind == kObject && base.obj.fn != nil && f.call.this.kind == kObject {
		m.constructBase(base, f.call.this, args, f.call.newTarget, fr)
		m.fields(k, f.call.this)
	} else {
		m.handOver(args, causeOf(base), fr)
	}
	return undefined
}

// superGet is super.name.
func (m *machine) superGet(p *program, e *env, name string) value {
	f := e.function()
	for f != nil && f.call.home == nil && f.parent != nil {
		f = f.parent.function()
	}
	if f == nil || f.call.home == nil {
		return m.unknown(nil)
	}
	if f.call.home.proto == nil {
		if f.call.home.isOpen {
			return m.unknown(f.call.home.open)
		}
		return undefined
	}
	_ = p
	if c := m.find(f.call.home.proto, name); c != nil {
		return m.readProp(f.call.this, c)
	}
	for o := f.call.home; o != nil; o = o.proto {
		if o.isOpen {
			return m.unknown(o.open)
		}
	}
	return undefined
}

// isVueBase tells of the bases of class-based components that are no classes: Vue itself, and options that are mixed in.
func (m *machine) isVueBase(o *object) bool {
	if c := m.a.vueProto(m).props["constructor"]; c != nil && c.val.obj == o {
		return true
	}
	return o.class == cPlain && o.fn == nil && !o.isOpen
}
