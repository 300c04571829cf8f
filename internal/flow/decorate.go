package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Decorators: functions that put something else in the place of a method or class. A method of which one is not followed is
// taken as it is written, and may be run where more holds than is known.

// redefine runs the decorators of a method or accessor, the last first.
func (m *machine) redefine(p *program, scope *env, target *object, name string, member *script.ClassMember) {
	for i := len(member.Decorators) - 1; i >= 0; i-- {
		d := member.Decorators[i]
		if d.Range().Start > member.KeyLoc.Start {
			continue // a parameter's
		}
		f := m.known(m.eval(p, scope, d))
		c := target.props[name]
		if c == nil {
			return
		}
		if f.kind != kObject || f.obj.fn == nil {
			if why := causeOf(f); why != nil && !why.runtime && !isModelled(why.name) && c.val.isFunction() && c.val.obj.fn != nil {
				c.val.obj.fn.doubt = why
			}
			continue
		}
		fr := &frame{p, d, scope}
		if takesContext(f.obj.fn.node) {
			context := m.object(cPlain)
			m.define(context, "kind", text("method"))
			m.define(context, "name", text(name))
			m.define(context, "static", boolean(member.Static))
			if out := m.known(m.call(f, undefined, []value{c.val, ref(context)}, fr)); out.isFunction() && c.getter() == nil {
				c.val = out
			}
			continue
		}
		args := []value{ref(target), text(name)}
		descriptor := statics["Object.getOwnPropertyDescriptor"](m, undefined, args, fr)
		if out := m.known(m.call(f, undefined, append(args, descriptor), fr)); out.kind == kObject && !out.isFunction() {
			descriptor = out
		}
		statics["Object.defineProperty"](m, undefined, append(args[:2:2], descriptor), fr)
	}
}

// decorateClass runs the decorators of a class and returns what stands for it afterwards.
func (m *machine) decorateClass(p *program, scope *env, x *script.Class, class value) value {
	for i := len(x.Decorators) - 1; i >= 0; i-- {
		f := m.known(m.eval(p, scope, x.Decorators[i]))
		if f.kind != kObject || f.obj.fn == nil {
			continue
		}
		if out := m.known(m.call(f, undefined, []value{class}, &frame{p, x.Decorators[i], scope})); out.isFunction() {
			class = out
		}
	}
	return class
}

// takesContext reports whether a decorator is of the kind that is given the method and a context, not the class, the name
// and a descriptor.
func takesContext(f *script.Func) bool {
	return f != nil && len(f.Params) == 2
}
