package flow

// What values refer to: objects with their properties, functions, and the scopes of names.

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// class tells what kind of object an object is.
type class uint8

const (
	cPlain class = iota
	cArray
	cFunction
	cPromise
	cHost      // wx and its parts
	cModule    // a module's namespace
	cAuth      // authSetting
	cRegExp    // a regular expression
	cMap       // Map, WeakMap
	cSet       // Set, WeakSet
	cProxy     // new Proxy(target, handler)
	cGenerator // a generator object
	cBehavior  // what Behavior() returns
	cBoxed     // a Date, Error or other object of which nothing more is known
)

// object is a JavaScript object. Objects that exist before a path starts are
// shared between paths: changes to them are undone when the path ends.
type object struct {
	class   class
	isOpen  bool  // may hold properties that are not known
	escaped bool  // put where it outlives the way that made it
	field   bool  // an instance, its data, or part of it: its properties are the program's state
	serial  int32 // the path that made it; 0 before any path
	proto   *object
	props   map[string]*cell
	keys    []string
	open    *unfollowed // why it is open
	at      source.Span // the literal, for objects written in the code
	born    script.Node // the call in which it was made
	seq     int

	elems []value // arrays

	fn      *closure
	host    *hostFunc
	promise *promise
	name    string    // of host objects: "wx"
	unit    *instance // of page, component and app instances
	owner   *instance // the instance that the object is part of
	// inner is what few objects have besides; nil for most, of which there are very many.
	inner *inner
}

// inner is what makes an object more than its properties.
type inner struct {
	origin source.Span // of a property descriptor: where the property's key is written
	kept   int32       // of an array: the path that saved its elements last
	// touched is the path that last looked at what others have done to its elements; more is what they have put in.
	touched int32
	more    *history

	module *module
	auth   *authSetting
	regexp *regexp_
	proxy  *proxy
	gen    *generator
	held   *collection // Map and Set
	holder *cell       // the place whose first value it is, of objects that are part of the program's state
	failOf *site       // the call whose failure this error is
	passes *site       // the same, of an error on its way through an interceptor
}

// nothing is inside of an object that has nothing inside.
var nothing = &inner{}

// in is what is inside of an object, to be read.
func (o *object) in() *inner {
	if o.inner == nil {
		return nothing
	}
	return o.inner
}

// put is what is inside of an object, to be written.
func (o *object) put() *inner {
	if o.inner == nil {
		o.inner = &inner{}
	}
	return o.inner
}

// cell is a place that holds a value: a variable or a property.
type cell struct {
	val      value
	key      source.Span // where the property's key is written
	seq      int         // when it was made
	serial   int32       // the path that wrote it last
	frozen   bool        // const
	constant bool        // declared as one: to assign to it throws
	unset    bool        // declared, and not yet given its first value
	top      bool        // a variable of a module's top level, or a component's state
	met      int32       // the entry point, of those that are followed, that met it last
	ghost    bool        // a property that is not there unless a run has written it
	hist     *history    // what other runs write here; for places that outlive a run
	name     string
	object   *object // whose property it is; nil for variables
	scope    *birth  // of a variable that a run makes: where
	// made is how its value is come by where it does not merely lie there; nil for most cells, of which there are very many.
	made *computed
}

// computed is how the value of a place is come by. It does not change once made, since copies of a cell share it.
type computed struct {
	get, set *object                // accessor functions
	lazy     func() value           // an import that has not been looked at yet
	each     func(m *machine) value // what is computed anew whenever it is read
}

// lazily is how the value of an import is come by that has not been looked at yet.
func lazily(look func() value) *computed { return &computed{lazy: look} }

// getter is the function that computes the value, nil for none.
func (c *cell) getter() *object {
	if c.made == nil {
		return nil
	}
	return c.made.get
}

// setter is the function that takes what is written, nil for none.
func (c *cell) setter() *object {
	if c.made == nil {
		return nil
	}
	return c.made.set
}

// waits reports whether the value is an import's that has not been looked at yet.
func (c *cell) waits() bool { return c.made != nil && c.made.lazy != nil }

// access gives a place accessor functions.
func (c *cell) access(get, set *object) {
	if get == nil && set == nil && c.made == nil {
		return
	}
	made := computed{}
	if c.made != nil {
		made = *c.made
	}
	made.get, made.set = get, set
	c.made = &made
}

// closure is a function with its surroundings.
type closure struct {
	node *script.Func
	prog *program
	env  *env
	this value
	home *object // for super
	name string
	// bound arguments of Function.prototype.bind
	target *object
	args   []value
	isCtor bool
	class  *class_
	// doubt is a decorator that is not followed: it may have asked before it runs this.
	doubt *unfollowed
}

// class_ is a JavaScript class.
type class_ struct {
	node   *script.Class
	prog   *program
	env    *env
	super  value
	proto  *object
	ctor   *script.Func
	fields []*script.ClassMember
}

type regexp_ struct {
	pattern, flags string
}

type proxy struct {
	target, handler value
}

// authSetting is the authSetting of one getSetting or openSetting result.
type authSetting struct {
	vals map[string]value
}

// env is a scope.
type env struct {
	parent *env
	vars   variables
	seq    int
	made   birth // of a scope that a run makes
	// call is set for a function's scope.
	call *activation
	// loaded are the scopes of the functions that were called from here while the program was loaded, by the call.
	loaded map[script.Node]*env
}

// activation is what a call gives a function besides its parameters; an arrow function has that of the function around it.
type activation struct {
	this      value
	home      *object
	newTarget value
	args      []value
	callee    *object
}

// given are the arguments of the call that made the scope; an arrow function's are not kept.
func (e *env) given() []value {
	if e.call == nil {
		return nil
	}
	return e.call.args
}

func (e *env) lookup(name string) *cell {
	for ; e != nil; e = e.parent {
		if c := e.vars.get(name); c != nil {
			return c
		}
	}
	return nil
}

func (e *env) function() *env {
	for ; e != nil; e = e.parent {
		if e.call != nil {
			return e
		}
	}
	return nil
}
