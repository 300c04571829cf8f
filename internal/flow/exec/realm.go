package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Realm are the objects of the language that the machine itself refers to. They exist in every state that was made from the one that
// filled them in.
type Realm struct {
	// Global is the global object.
	Global value.Value
	// The prototypes.
	Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Promise, RegExp, Date, Map, Set, WeakMap, WeakSet, Generator, AsyncGenerator,
	AsyncFunction, GeneratorFunction, AsyncGeneratorFunction, ArrayIterator, StringIterator, MapIterator, SetIterator, RegExpStringIterator, ForIn value.Value
	// Errors are the prototypes of Error and its subclasses by name.
	Errors map[string]value.Value
	// Iterator and AsyncIterator are the well-known symbols, ArrayValues is Array.prototype.values.
	Iterator, AsyncIterator *value.Sym
	ArrayValues             value.Value
	// FollowThenable and FollowOpen make a promise follow another value.
	FollowThenable, FollowOpen value.Value
	// Returning are the functions that the function of this name makes.
	Returning [2]*value.Native
	// Helpers are the functions of the prelude that the machine calls; Intrinsics what preludes call as $$name.
	Helpers    map[string]value.Value
	Intrinsics map[string]*value.Native
}

// Helper is a function of the prelude.
func (r *Realm) Helper(name string) value.Value {
	h, ok := r.Helpers[name]
	if !ok {
		panic("the prelude has no " + name)
	}
	return h
}

// The jobs of promises that the language runs by itself, to be made functions of by who fills in a Realm.
var (
	FollowThenable = &value.Native{Name: "", Run: Raw(followThenable)}
	FollowOpen     = &value.Native{Name: "", Run: Raw(followOpen)}
)

// followThenable calls thenable.then with the resolving functions of a promise: what it is called with are the promise, the thenable and its then.
func followThenable(c *Call) Result {
	resolve, reject := c.M.Resolvers(c.S, c.Arg(0), true)
	then := c.S.Resolve(c.Arg(2))
	if o := c.M.function(c.S, then); o != nil && o.Fn != nil && o.Fn.Native != nil {
		if p := promise(c.S, c.Arg(1)); p != nil {
			// The language's own then, whose derived promise nobody sees.
			c.M.Then(c.S, c.Arg(1), value.Reaction{OnFulfilled: resolve, OnRejected: reject, Ctx: c.Ctx})
			return Done(value.Undef)
		}
	}
	return Calls(c.M.Realm.Helper("follow"), value.Undef, then, c.Arg(1), resolve, reject)
}

// followOpen makes a promise follow something that is not known.
func followOpen(c *Call) Result {
	resolve, reject := c.M.Resolvers(c.S, c.Arg(0), true)
	sub := *c
	sub.Func = c.M.Table.Derived("get", "then", "function", c.Arg(1))
	sub.This, sub.Args = c.Arg(1), []value.Value{resolve, reject}
	return c.M.Host.Open(&sub)
}
