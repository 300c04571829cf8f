package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// promises defines Promise. How promises settle is package exec's; what combines them is in prelude/promise.js.
func (l *library) promises() {
	p := l.r.Promise
	f := l.constructor("Promise", 1, p, func(c *exec.Call) exec.Result {
		if !c.NewTarget.IsObject() {
			return c.Error("TypeError", "Promise constructor cannot be invoked without 'new'")
		}
		executor := c.Arg(0)
		if executor.Kind() != value.Open && !c.M.IsFunction(c.S, executor) {
			return c.Error("TypeError", "Promise resolver "+describe(executor)+" is not a function")
		}
		o := c.M.NewPromise(c.S)
		if proto := c.M.ProtoOf(c.S, c.NewTarget, p); proto != p {
			c.S.Edit(o.ID()).Proto = proto
		}
		resolve, reject := c.M.Resolvers(c.S, o, false)
		return exec.Calls(l.r.Helper("runExecutor"), value.Undef, executor, resolve, reject, o)
	})
	l.species(f)
	l.tag(p, "Promise")
	l.raw(p, "then", 2, func(c *exec.Call) exec.Result {
		this, ok := c.M.Decided(c.S, c.This)
		if !ok {
			return exec.Again()
		}
		if !isPromise(c, this) {
			return c.Error("TypeError", "Method Promise.prototype.then called on incompatible receiver")
		}
		return done(l.then(c, this, c.Arg(0), c.Arg(1)))
	})
	l.method(f, "resolve", 1, func(c *exec.Call) exec.Result {
		if c.This.IsPrimitive() {
			return c.Error("TypeError", "PromiseResolve called on non-object")
		}
		if v := c.Arg(0); isPromise(c, v) && c.This == f {
			return done(v)
		}
		return done(l.settled(c, value.Fulfilled, c.Arg(0)))
	})
	l.raw(f, "reject", 1, func(c *exec.Call) exec.Result { return done(l.settled(c, value.Rejected, c.Arg(0))) })
	l.method(f, "withResolvers", 0, func(c *exec.Call) exec.Result {
		o := c.M.NewPromise(c.S)
		resolve, reject := c.M.Resolvers(c.S, o, false)
		return done(c.M.Object(c.S, value.Prop{Key: value.Named("promise"), Value: o}, value.Prop{Key: value.Named("resolve"), Value: resolve}, value.Prop{Key: value.Named("reject"), Value: reject}))
	})
	l.intrinsic("promise", func(c *exec.Call) exec.Result { return done(c.M.NewPromise(c.S)) })
	l.intrinsic("resolvers", func(c *exec.Call) exec.Result {
		resolve, reject := c.M.Resolvers(c.S, c.Arg(0), false)
		return done(c.M.Array(c.S, []value.Value{resolve, reject}))
	})
	l.intrinsic("resolved", func(c *exec.Call) exec.Result { return done(l.settled(c, value.Fulfilled, c.Arg(0))) })
	l.intrinsic("rejected", func(c *exec.Call) exec.Result { return done(l.settled(c, value.Rejected, c.Arg(0))) })
	l.intrinsic("promiseOf", func(c *exec.Call) exec.Result { return done(c.M.PromiseOf(c.S, c.Arg(0))) })
	l.intrinsic("then", func(c *exec.Call) exec.Result { return done(l.then(c, c.Arg(0), c.Arg(1), c.Arg(2))) })
	l.r.Returning = exec.Returning()
	l.r.FollowThenable = l.m.Native(l.s, exec.FollowThenable)
	l.r.FollowOpen = l.m.Native(l.s, exec.FollowOpen)
	l.define(l.r.Global, "queueMicrotask", l.function("queueMicrotask", 1, exec.Run(func(c *exec.Call) exec.Result {
		if c.Arg(0).Kind() != value.Open && !c.M.IsFunction(c.S, c.Arg(0)) {
			return c.Error("TypeError", "The \"callback\" argument must be of type function")
		}
		c.M.Later(c.S, c.Arg(0))
		return done(value.Undef)
	})))
}

func isPromise(c *exec.Call, v value.Value) bool {
	return v.IsObject() && c.S.Obj(v.ID()).Class == value.PromiseObject
}

// then adds handlers to a promise: the promise of their outcome.
func (l *library) then(c *exec.Call, p, onFulfilled, onRejected value.Value) value.Value {
	handler := func(v value.Value) value.Value {
		if v = c.S.Resolve(v); v.Kind() == value.Open || v.Kind() == value.Choice || c.M.IsFunction(c.S, v) {
			return v
		}
		return value.Undef
	}
	d := c.M.NewPromise(c.S)
	if proto := c.S.Obj(p.ID()).Proto; proto != l.r.Promise && d.IsObject() {
		c.S.Edit(d.ID()).Proto = proto
	}
	c.M.Then(c.S, p, value.Reaction{OnFulfilled: handler(onFulfilled), OnRejected: handler(onRejected), Derived: d.ID(), Ctx: c.M.Here()})
	return d
}

// settled is a new promise of a value, or a rejected one.
func (l *library) settled(c *exec.Call, how value.PromiseState, v value.Value) value.Value {
	p := c.M.NewPromise(c.S)
	if c.This.IsObject() {
		if proto := c.M.ProtoOf(c.S, c.This, l.r.Promise); proto != l.r.Promise && p.IsObject() {
			c.S.Edit(p.ID()).Proto = proto
		}
	}
	c.M.Settle(c.S, p, how, v)
	return p
}
