package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// iterators defines the prototypes of the language's own iterators.
func (l *library) iterators() {
	base := l.object()
	l.named["Iterator.prototype"] = base
	l.method(base, "@@iterator", 0, func(c *exec.Call) exec.Result { return done(c.This) })
	next := exec.Run(func(c *exec.Call) exec.Result {
		if c.This.Kind() == value.Open {
			return derived(c, "next", "object")
		}
		if !c.This.IsObject() {
			return c.Error("TypeError", "next method called on incompatible receiver")
		}
		d, ok := c.S.Obj(c.This.ID()).Data.(*value.Iterator)
		if !ok {
			return c.Error("TypeError", "next method called on incompatible receiver")
		}
		if _, ok := c.M.Decided(c.S, d.Of); !ok {
			return exec.Again()
		}
		if d.Of.Kind() == value.Object && !d.Done {
			if of := c.S.Obj(d.Of.ID()); of.Rest != nil && d.Next >= len(of.Elems) {
				return exec.Done(c.M.Table.Derived("next", "", "object", value.OpenOf(of.Rest)))
			}
		}
		v, more := c.M.Step(c.S, c.This)
		return done(c.M.IterResult(c.S, v, !more))
	})
	for _, k := range []struct {
		name string
		at   *value.Value
	}{{"Array Iterator", &l.r.ArrayIterator}, {"String Iterator", &l.r.StringIterator}, {"Map Iterator", &l.r.MapIterator}, {"Set Iterator", &l.r.SetIterator}, {"RegExp String Iterator", &l.r.RegExpStringIterator}, {"For In Iterator", &l.r.ForIn}} {
		*k.at = l.inherits(base)
		l.method(*k.at, "next", 0, next)
		l.tag(*k.at, k.name)
	}
	l.named["iteratorNext"] = l.function("next", 0, next)
	l.named["ArrayIterator"], l.named["RegExpStringIterator"], l.named["ForIn"] = l.r.ArrayIterator, l.r.RegExpStringIterator, l.r.ForIn
	async := l.object()
	l.method(async, "@@asyncIterator", 0, func(c *exec.Call) exec.Result { return done(c.This) })
	l.named["AsyncIterator.prototype"] = async
	l.named["AsyncFromSyncIterator"] = l.inherits(async)
}

// generators defines the prototypes of generators and of asynchronous ones.
func (l *library) generators() {
	for _, k := range []struct {
		name, base   string
		at, function *value.Value
	}{{"Generator", "Iterator.prototype", &l.r.Generator, &l.r.GeneratorFunction}, {"AsyncGenerator", "AsyncIterator.prototype", &l.r.AsyncGenerator, &l.r.AsyncGeneratorFunction}} {
		*k.at = l.inherits(l.named[k.base])
		l.tag(*k.at, k.name)
		for kind, name := range []string{"next", "throw", "return"} {
			l.raw(*k.at, name, 1, func(c *exec.Call) exec.Result {
				this, ok := c.M.Decided(c.S, c.This)
				if !ok {
					return exec.Again()
				}
				if this.Kind() == value.Open {
					return derived(c, name, "object")
				}
				c.This = this
				return c.Resume(kind, c.Arg(0))
			})
		}
		l.s.Edit(k.function.ID()).Define(value.Prop{Key: value.Named("prototype"), Value: *k.at, Flags: value.Hidden | value.ReadOnly})
		l.s.Edit(k.at.ID()).Define(value.Prop{Key: value.Named("constructor"), Value: *k.function, Flags: value.Hidden | value.ReadOnly})
	}
}
