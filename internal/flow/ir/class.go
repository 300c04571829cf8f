package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Classes.

// class makes a class, which is called name if it has no name of its own.
func (c *code) class(k *script.Class, dst Reg, name string) {
	mark := c.next
	strict := c.strict
	c.strict = true
	s := c.b.scopes[part{k, partSelf}]
	c.enterScope(s)
	base := None
	if k.Super != nil {
		base = c.steadyOperand(k.Super)
	}
	proto := c.temp()
	c.node = k
	if k.Name != nil {
		name = k.Name.Name
	}
	ctor := c.constructor(k, name)
	i := c.op(Class, dst, base, None, proto)
	i.Fn, i.Name = ctor, name
	keys := c.members(k, dst, proto)
	c.fields(k, dst, proto)
	c.node = k
	if k.Name != nil && c.table[k.Name.Name].used {
		c.initialise(c.table[k.Name.Name], dst)
	}
	for _, m := range k.Members {
		if m.Static && (m.Block || m.Field) {
			c.static(m, dst, keys[m])
		}
	}
	c.decorateMembers(k, dst, proto)
	c.leaveScope(s)
	c.strict = strict
	c.decorateClass(k, dst)
	c.free(mark)
}

// constructor lowers the constructor of a class, or makes up that of a class without one.
func (c *code) constructor(k *script.Class, name string) *Func {
	if m := constructor(k); m != nil {
		if x, ok := m.Value.(*script.Func); ok {
			return c.lowerFunc(x, closureOf{name: name, ctor: k, derived: k.Super != nil})
		}
	}
	n := c.lowering.newCode(&function{outer: c.info, strict: true}, c, nil)
	n.node = k
	n.f.Ctor, n.f.Class, n.f.Derived, n.f.Name = true, k, k.Super != nil, name
	r := n.temp()
	if k.Super != nil {
		n.op(RestArgs, r, None, None, None)
		n.op(SuperCallSpread, r, None, None, r)
		n.op(Return, None, r, None, None)
	} else {
		n.op(Return, None, None, None, None)
	}
	n.finish()
	return n.f
}

// members defines the methods and accessors, and computes the keys of fields: those of instances into variables, those of static
// fields into the registers that it returns.
func (c *code) members(k *script.Class, class, proto Reg) map[*script.ClassMember]Reg {
	var keys map[*script.ClassMember]Reg
	ctor := constructor(k)
	for _, m := range k.Members {
		c.node = m
		home := proto
		if m.Static {
			home = class
		}
		switch {
		case m.Block || m == ctor:
		case m.Field && m.Computed == nil:
		case m.Field && m.Static:
			if keys == nil {
				keys = map[*script.ClassMember]Reg{}
			}
			keys[m] = c.key(m.Computed, m.Name, private(m, c.b.file))
		case m.Field:
			mark := c.next
			key := c.key(m.Computed, m.Name, private(m, c.b.file))
			c.initialise(c.b.keys[m], key)
			c.free(mark)
		default:
			if f, ok := m.Value.(*script.Func); ok {
				mark := c.next
				key := c.key(m.Computed, m.Name, private(m, c.b.file))
				c.node = m
				c.method(f, home, m.Name, key, methodKind(m.Kind), 1)
				c.free(mark)
			}
		}
	}
	return keys
}

// fields makes the function that initialises the fields of an instance.
func (c *code) fields(k *script.Class, class, proto Reg) {
	info := c.b.functions[part{k, partFields}]
	if info == nil {
		return
	}
	c.node = k
	n := c.madeUp(info)
	this := n.temp()
	n.op(This, this, None, None, None)
	for _, m := range k.Members {
		if !m.Field || m.Static {
			continue
		}
		mark := n.next
		n.node = m
		var key Reg
		if m.Computed != nil {
			key = n.temp()
			n.load(c.b.keys[m], key)
		} else {
			key = n.key(nil, m.Name, private(m, c.b.file))
		}
		n.field(m, this, key)
		n.free(mark)
	}
	n.endMadeUp()
	r := c.temp()
	i := c.op(Closure, r, None, proto, None)
	i.Fn = n.f
	c.op(SetFields, None, class, r, None)
	c.free(r)
}

// madeUp begins a function that is made of a part of a class.
func (c *code) madeUp(info *function) *code {
	n := c.lowering.newCode(info, c, nil)
	n.f.Method = true
	n.enterScope(info.params)
	return n
}

func (c *code) endMadeUp() {
	c.end()
	c.finish()
	c.leave(c.info.params)
}

// field defines a field of the object.
func (c *code) field(m *script.ClassMember, object, key Reg) {
	var r Reg
	if m.Value == nil {
		r = c.temp()
		c.constant(r, Undefined{})
	} else {
		r = c.keyedValue(m.Value, m.Name, key)
	}
	c.node = m
	c.define(object, key, r, m.Name)
}

// static defines a static field of the class, or runs a static block.
func (c *code) static(m *script.ClassMember, class, key Reg) {
	mark := c.next
	c.node = m
	defer c.free(mark)
	if m.Computed == nil && m.Field {
		key = c.key(nil, m.Name, private(m, c.b.file))
	}
	if m.Field && plain(m.Value) {
		c.field(m, class, key)
		return
	}
	n := c.madeUp(c.b.functions[part{m, partSelf}])
	n.node = m
	if x, ok := m.Value.(*script.Func); ok && m.Block {
		n.variables()
		n.functions(n.info.body)
		n.stmts(x.Body)
	} else {
		r := n.temp()
		n.namedTo(m.Value, m.Name, r)
		n.leaveFunction(r)
	}
	n.endMadeUp()
	f := c.temp()
	c.op(Closure, f, None, class, None).Fn = n.f
	if m.Block {
		c.op(Call, None, f, class, None)
		return
	}
	c.op(Call, f, f, class, None)
	if m.Computed != nil && anonymous(m.Value) {
		c.op(SetName, None, f, key, None)
	}
	c.define(class, key, f, m.Name)
}
