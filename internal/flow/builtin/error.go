package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// errors defines Error and its subclasses.
func (l *library) errors() {
	base := l.object()
	l.r.Errors["Error"] = base
	f := l.constructor("Error", 1, base, l.newError("Error"))
	l.define(base, "name", value.Text("Error"))
	l.define(base, "message", value.Text(""))
	l.define(f, "stackTraceLimit", value.Num(10))
	l.method(f, "captureStackTrace", 1, func(c *exec.Call) exec.Result {
		if c.Arg(0).IsObject() {
			l.define2(c, c.Arg(0), "stack", l.input(c, "stack", "string"))
		}
		return done(value.Undef)
	})
	for _, name := range []string{"TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"} {
		l.subclass(name, 1, f, base, l.newError(name))
	}
	l.subclass("AggregateError", 2, f, base, func(c *exec.Call) exec.Result { return l.hand2(c, "aggregate") })
}

func (l *library) subclass(name string, length int, parent, base value.Value, run exec.Run) {
	p := l.inherits(base)
	l.r.Errors[name] = p
	f := l.constructor(name, length, p, run)
	l.s.Edit(f.ID()).Proto = parent
	l.define(p, "name", value.Text(name))
	l.define(p, "message", value.Text(""))
}

// define2 defines a property that is not enumerable while a program runs.
func (l *library) define2(c *exec.Call, on value.Value, name string, v value.Value) {
	c.S.Edit(on.ID()).Define(value.Prop{Key: keyNamed(name), Value: v, Flags: value.Hidden})
}

// hand2 hands a constructor over to a helper, whose first argument is the object with its prototype.
func (l *library) hand2(c *exec.Call, name string) exec.Result {
	class := l.class(c)
	this := l.errorOf(c, class)
	return exec.Calls(l.r.Helper(name), this, c.Args...)
}

// class is the name of the constructor that is called.
func (l *library) class(c *exec.Call) string { return c.S.Obj(c.Func.ID()).Fn.Native.Name }

func (l *library) errorOf(c *exec.Call, class string) value.Value {
	o := &value.Obj{Class: value.ErrorObject, Proto: c.M.ProtoOf(c.S, c.NewTarget, l.r.Errors[class])}
	return c.M.Alloc(c.S, o)
}

// newError is the constructor of errors of a class.
func (l *library) newError(class string) exec.Run {
	return func(c *exec.Call) exec.Result {
		message := c.Arg(0)
		if message.IsObject() {
			return l.coerces(c, ".S.")
		}
		message, wrong, why := convert(message, 'S', class)
		if wrong != "" {
			return c.Error(wrong, why)
		}
		if message.Kind() == value.Open && message.Term().Type != "string" && message.Term().Type != "" {
			message = c.M.Table.Derived("string", "", "string", message)
		}
		e := l.errorOf(c, class)
		l.define2(c, e, "stack", l.input(c, "stack", "string"))
		if message.Kind() != value.Undefined {
			l.define2(c, e, "message", message)
		}
		switch options := c.Arg(1); {
		case options.Kind() == value.Open:
			c.S.Edit(e.ID()).Rest = options.Term()
		case options.IsObject():
			cause, there, plain := l.data(c, options, value.Named("cause"))
			if !plain {
				return exec.Calls(l.r.Helper("withCause"), e, options)
			}
			if there {
				l.define2(c, e, "cause", cause)
			}
		}
		return done(e)
	}
}

// data is a property of an object or its prototypes that can be read without running code; plain is false where it cannot.
func (l *library) data(c *exec.Call, at value.Value, k value.Key) (v value.Value, there, plain bool) {
	for n := 0; at.IsObject(); n++ {
		o := c.S.Obj(at.ID())
		if o.Class == value.ProxyObject || n > 1000 {
			return value.Undef, false, false
		}
		if p, ok := c.M.Own(c.S, at, k); ok {
			if p.Flags&(value.Accessor|value.Maybe) != 0 {
				return value.Undef, true, false
			}
			return p.Value, true, true
		}
		if o.Rest != nil && exec.InRest(o, k) {
			return value.Undef, false, false
		}
		at = c.S.Resolve(o.Proto)
	}
	return value.Undef, false, at.Kind() != value.Open
}
