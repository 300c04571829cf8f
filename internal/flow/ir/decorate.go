package ir

import "github.com/voipcheck/voipcheck/internal/script"

// Decorators, as TypeScript's experimentalDecorators call them: once the class is made, those of instance members, then of static ones,
// then of the class; of one member the last first. What takes two parameters is given a method and a context, as the newer kind is.

// decorateMembers runs the decorators of the members.
func (c *code) decorateMembers(k *script.Class, class, proto Reg) {
	for _, static := range []bool{false, true} {
		target := proto
		if static {
			target = class
		}
		for _, m := range k.Members {
			if m.Static == static && len(m.Decorators) > 0 {
				mark := c.next
				c.decorateMember(m, target)
				c.free(mark)
			}
		}
	}
}

// decorateMember runs the decorators of a member of the object.
func (c *code) decorateMember(m *script.ClassMember, object Reg) {
	c.node = m
	if m.Computed != nil || m.Block || private(m, c.b.file) {
		c.giveUp(None, "a decorator of a computed or private member")
		return
	}
	var decorators []Reg
	var nodes []script.Node
	for _, d := range m.Decorators {
		if d.Range().Start > m.KeyLoc.Start {
			c.giveUp(None, "a decorator of a parameter")
			continue
		}
		decorators = append(decorators, c.steadyOperand(d))
		nodes = append(nodes, d)
	}
	if len(decorators) == 0 {
		return
	}
	key, descriptor := c.temp(), c.temp()
	c.constant(key, m.Name)
	if m.Field {
		c.constant(descriptor, Undefined{})
	} else {
		c.objectCall("getOwnPropertyDescriptor", descriptor, object, key)
	}
	for i := len(decorators) - 1; i >= 0; i-- {
		c.node = nodes[i]
		c.decorate(m, decorators[i], []Reg{object, key, descriptor})
	}
	c.node = m
	without := c.newLabel()
	c.jumpOn(JumpIfNot, descriptor, without)
	c.objectCall("defineProperty", None, object, key, descriptor)
	c.bind(without)
}

// objectCall calls a static method of Object.
func (c *code) objectCall(name string, dst Reg, args ...Reg) {
	object, f := c.temp(), c.temp()
	c.op(LoadGlobal, object, None, None, None).Name = "Object"
	c.op(Get, f, object, None, None).Name = name
	c.op(Call, dst, f, object, None).Args = args
	c.free(object)
}

// decorate calls one decorator. What it returns replaces the descriptor, the last of args; or the method, where it is given a context.
func (c *code) decorate(m *script.ClassMember, f Reg, args []Reg) {
	descriptor := args[2]
	mark := c.next
	r := c.temp()
	end := c.newLabel()
	if !m.Field && m.Kind == script.PropInit {
		c.decorateMethod(m, f, descriptor, end)
	}
	c.op(Call, r, f, None, None).Args = args
	c.jumpOn(JumpIfNot, r, end)
	c.move(descriptor, r)
	c.bind(end)
	c.free(mark)
}

// decorateMethod gives a decorator with two parameters the method and a context, and goes on at end.
func (c *code) decorateMethod(m *script.ClassMember, f, descriptor Reg, end label) {
	legacy := c.newLabel()
	length, two := c.temp(), c.temp()
	c.op(Get, length, f, None, None).Name = "length"
	c.constant(two, 2.0)
	c.op(Binary, two, length, two, None).Name = "==="
	c.jumpOn(JumpIfNot, two, legacy)
	method, context, v := c.temp(), c.temp(), c.temp()
	c.op(Get, method, descriptor, None, None).Name = "value"
	c.op(NewObject, context, None, None, None)
	for _, p := range []struct {
		name  string
		value any
	}{{"kind", "method"}, {"name", m.Name}, {"static", m.Static}} {
		c.constant(v, p.value)
		c.op(Define, None, context, None, v).Name = p.name
	}
	c.op(Call, v, f, None, None).Args = []Reg{method, context}
	c.jumpOn(JumpIfNot, v, end)
	c.op(Set, None, descriptor, v, None).Name = "value"
	c.jump(end)
	c.bind(legacy)
}

// decorateClass runs the decorators of a class, which may put something else in its place.
func (c *code) decorateClass(k *script.Class, class Reg) {
	var decorators []Reg
	mark := c.next
	for _, d := range k.Decorators {
		decorators = append(decorators, c.steadyOperand(d))
	}
	for i := len(decorators) - 1; i >= 0; i-- {
		c.node = k.Decorators[i]
		r := c.temp()
		same := c.newLabel()
		c.op(Call, r, decorators[i], None, None).Args = []Reg{class}
		c.jumpOn(JumpIfNot, r, same)
		c.move(class, r)
		c.bind(same)
	}
	c.node = k
	c.free(mark)
}
