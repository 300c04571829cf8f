package builtin

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// functions defines Function.
func (l *library) functions() {
	p := l.r.Function
	l.constructor("Function", 1, p, func(c *exec.Call) exec.Result {
		return done(c.M.GivenUp(c.S, "", "new Function"))
	})
	l.named["functionCall"] = l.raw(p, "call", 1, func(c *exec.Call) exec.Result {
		var args []value.Value
		if len(c.Args) > 1 {
			args = c.Args[1:]
		}
		return exec.Calls(c.This, c.Arg(0), args...)
	})
	l.method(p, "apply", 2, func(c *exec.Call) exec.Result {
		list := c.Arg(1)
		if list.IsNullish() {
			return exec.Calls(c.This, c.Arg(0))
		}
		if args, ok := l.elements(c, list); ok {
			return exec.Calls(c.This, c.Arg(0), args...)
		}
		if list.Kind() == value.Open || list.IsObject() && c.S.Obj(list.ID()).Rest != nil {
			item := c.M.Table.Derived("item", "", "", list)
			if list.IsObject() {
				item = c.M.Item(c.S, c.S.Obj(list.ID()).Rest, "")
			}
			return exec.Calls(c.This, c.Arg(0), item, item, item)
		}
		if !list.IsObject() {
			return c.Error("TypeError", "CreateListFromArrayLike called on non-object")
		}
		return exec.Calls(l.r.Helper("applyList"), value.Undef, c.This, c.Arg(0), list)
	})
	l.raw(p, "bind", 1, func(c *exec.Call) exec.Result {
		f, ok := c.M.Decided(c.S, c.This)
		if !ok {
			return exec.Again()
		}
		if f.Kind() == value.Open {
			return exec.Done(c.M.Table.Derived("bind", "", "function", append([]value.Value{f}, c.Args...)...))
		}
		if !c.M.IsFunction(c.S, f) {
			return c.Error("TypeError", "Bind must be called on a function")
		}
		b := &value.Bound{Target: f, This: c.Arg(0)}
		if len(c.Args) > 1 {
			b.Args = append(b.Args, c.Args[1:]...)
		}
		o := &value.Obj{Class: value.FunctionObject, Proto: c.S.Obj(f.ID()).Proto, Fn: &value.Closure{Bound: b}}
		name := ""
		if x, there, plain := l.data(c, f, value.Named("name")); there && plain && x.Kind() == value.String {
			name = x.Text()
		}
		o.Define(value.Prop{Key: value.Named("name"), Value: value.Text("bound " + name), Flags: value.Hidden | value.ReadOnly})
		return done(c.M.Alloc(c.S, o))
	})
	l.method(p, "toString", 0, func(c *exec.Call) exec.Result {
		if c.This.Kind() == value.Open {
			return derived(c, "toString", "string")
		}
		if !c.M.IsFunction(c.S, c.This) {
			return c.Error("TypeError", "Function.prototype.toString requires that 'this' be a Function")
		}
		return l.source(c)
	})
	has := l.function("[Symbol.hasInstance]", 1, exec.Run(func(c *exec.Call) exec.Result { return l.instance(c, c.This, c.Arg(0)) }))
	l.constant(p, "@@hasInstance", has)
	for _, k := range []struct {
		name string
		at   *value.Value
	}{{"AsyncFunction", &l.r.AsyncFunction}, {"GeneratorFunction", &l.r.GeneratorFunction}, {"AsyncGeneratorFunction", &l.r.AsyncGeneratorFunction}} {
		*k.at = l.inherits(p)
		l.tag(*k.at, k.name)
		f := l.m.Native(l.s, &value.Native{Name: k.name, Length: 1, Constructs: true, Run: exec.Run(func(c *exec.Call) exec.Result {
			return done(c.M.GivenUp(c.S, "", "new Function"))
		})})
		l.constant(f, "prototype", *k.at)
		l.define(*k.at, "constructor", f)
	}
}

// elements are those of an array, or an arguments object, that are all known.
func (l *library) elements(c *exec.Call, v value.Value) ([]value.Value, bool) {
	if !v.IsObject() {
		return nil, false
	}
	o := c.S.Obj(v.ID())
	if o.Class != value.ArrayObject && o.Class != value.ArgumentsObject || o.Rest != nil || o.Class == value.ArgumentsObject && o.Props.Len() > 2 {
		return nil, false
	}
	out := make([]value.Value, len(o.Elems))
	for n, e := range o.Elems {
		if e.Kind() == value.Absent {
			e = value.Undef
		}
		out[n] = e
	}
	return out, true
}

// source is the text of a function.
func (l *library) source(c *exec.Call) exec.Result {
	o := c.S.Obj(c.This.ID())
	if o.Fn != nil && o.Fn.Native != nil {
		return text("function " + o.Fn.Native.Name + "() { [native code] }")
	}
	if o.Fn != nil && o.Fn.Code != nil && !o.Fn.Code.Module.Prelude && o.Fn.Code.Node != nil && !o.Fn.Code.Ctor {
		at := o.Fn.Code.Node.Range()
		all := string(o.Fn.Code.Module.Program.File.Text)
		if at.Start >= 0 && at.End <= len(all) && at.Start < at.End {
			if s := all[at.Start:at.End]; o.Fn.Code.Arrow || strings.HasPrefix(s, "function") || strings.HasPrefix(s, "async ") {
				return text(s)
			}
		}
	}
	if o.Fn != nil && o.Fn.Code != nil && o.Fn.Code.Module.Prelude {
		return text("function " + o.Fn.Code.Name + "() { [native code] }")
	}
	return exec.Done(l.input(c, "source text", "string"))
}

// instance is the usual instanceof.
func (l *library) instance(c *exec.Call, f, v value.Value) exec.Result {
	if anyOpen(f, v) {
		return exec.Done(c.M.Table.Derived("instanceof", "", "boolean", v, f))
	}
	if !c.M.IsFunction(c.S, f) {
		return boolean(false)
	}
	if o := c.S.Obj(f.ID()); o.Fn != nil && o.Fn.Bound != nil {
		return exec.Calls(l.r.Helper("binaryinstanceof"), value.Undef, v, o.Fn.Bound.Target)
	}
	if !v.IsObject() {
		return boolean(false)
	}
	p, _, plain := l.data(c, f, value.Named("prototype"))
	if !plain {
		return exec.Calls(l.r.Helper("instanceBy"), value.Undef, f, v)
	}
	return l.inChain(c, v, p)
}

// inChain is whether an object is among the prototypes of another.
func (l *library) inChain(c *exec.Call, v, p value.Value) exec.Result {
	p = c.S.Resolve(p)
	if p.IsPrimitive() {
		return c.Error("TypeError", "Function has non-object prototype in instanceof check")
	}
	for n := 0; n < 1000; n++ {
		if l.isProxy(c, v) {
			return exec.Calls(l.r.Helper("proxyInChain"), value.Undef, v, p)
		}
		v = c.S.Resolve(c.S.Obj(v.ID()).Proto)
		switch {
		case v.Kind() == value.Null:
			return boolean(false)
		case v == p && p.IsObject():
			return boolean(true)
		}
		if !v.IsObject() {
			break
		}
	}
	return exec.Done(c.M.Table.Derived("instanceof", "", "boolean", v, p))
}
