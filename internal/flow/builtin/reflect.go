package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// reflects defines Reflect and Proxy; most of both is in prelude/object.js and prelude/proxy.js.
func (l *library) reflects() {
	r := l.object()
	l.define(l.r.Global, "Reflect", r)
	l.named["Reflect"] = r
	l.tag(r, "Reflect")
	object := func(name string, length int, run exec.Run) {
		l.method(r, name, length, func(c *exec.Call) exec.Result {
			if v := c.Arg(0); !v.IsObject() && v.Kind() != value.Open {
				return c.Error("TypeError", "Reflect."+name+" called on non-object")
			}
			return run(c)
		})
	}
	object("getPrototypeOf", 1, l.getPrototypeOf)
	object("setPrototypeOf", 2, func(c *exec.Call) exec.Result {
		o, p := c.Arg(0), c.Arg(1)
		switch {
		case !p.IsObject() && p.Kind() != value.Null && p.Kind() != value.Open:
			return c.Error("TypeError", "Object prototype may only be an Object or null: "+describe(p))
		case o.Kind() == value.Open:
			return derived(c, "setPrototypeOf", "boolean")
		case l.isProxy(c, o):
			return exec.Calls(l.r.Helper("proxy_setPrototypeOf"), value.Undef, o, p, value.False)
		}
		return boolean(l.setProto(c, o, p))
	})
	object("isExtensible", 1, func(c *exec.Call) exec.Result {
		switch o := c.Arg(0); {
		case o.Kind() == value.Open:
			return derived(c, "isExtensible", "boolean")
		case l.isProxy(c, o):
			return exec.Calls(l.r.Helper("proxy_integrity"), value.Undef, o, value.Text("isExtensible"))
		default:
			return boolean(!c.S.Obj(o.ID()).Fixed)
		}
	})
	object("preventExtensions", 1, func(c *exec.Call) exec.Result {
		switch o := c.Arg(0); {
		case o.Kind() == value.Open:
			return derived(c, "preventExtensions", "boolean")
		case l.isProxy(c, o):
			return exec.Calls(l.r.Helper("proxy_integrity"), value.Undef, o, value.Text("preventExtensions"))
		default:
			l.restrict(c, o, 0, false)
			return boolean(true)
		}
	})
	proxy := exec.Run(func(c *exec.Call) exec.Result {
		if !c.NewTarget.IsObject() {
			return c.Error("TypeError", "Constructor Proxy requires 'new'")
		}
		if anyOpen(c.Arg(0), c.Arg(1)) {
			return derived(c, "Proxy", "")
		}
		if !c.Arg(0).IsObject() || !c.Arg(1).IsObject() {
			return c.Error("TypeError", "Cannot create proxy with a non-object as target or handler")
		}
		return done(l.newProxy(c))
	})
	f := l.m.Native(l.s, &value.Native{Name: "Proxy", Length: 2, Constructs: true, Run: proxy})
	l.define(l.r.Global, "Proxy", f)
	l.method(f, "revocable", 2, func(c *exec.Call) exec.Result {
		if !c.Arg(0).IsObject() || !c.Arg(1).IsObject() {
			return c.Error("TypeError", "Cannot create proxy with a non-object as target or handler")
		}
		p := l.newProxy(c)
		revoke := c.M.Alloc(c.S, &value.Obj{Class: value.FunctionObject, Proto: l.r.Function, Data: p, Fn: &value.Closure{Native: &value.Native{Run: exec.Run(func(c *exec.Call) exec.Result {
			if v, ok := c.S.Obj(c.Func.ID()).Data.(value.Value); ok && v.IsObject() {
				old := c.S.Obj(v.ID()).Data.(*value.Proxy)
				c.S.Edit(v.ID()).Data = &value.Proxy{Target: old.Target, Handler: value.Nil}
			}
			return done(value.Undef)
		})}}})
		return done(c.M.Object(c.S, value.Prop{Key: value.Named("proxy"), Value: p}, value.Prop{Key: value.Named("revoke"), Value: revoke}))
	})
}

func (l *library) newProxy(c *exec.Call) value.Value {
	return c.M.Alloc(c.S, &value.Obj{Class: value.ProxyObject, Proto: value.Nil, Data: &value.Proxy{Target: c.Arg(0), Handler: c.Arg(1)}})
}
