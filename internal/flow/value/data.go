package value

import "github.com/voipcheck/voipcheck/internal/flow/ir"

// What the classes of objects hold. None of it is changed once an object has it: a new one takes its place.

// PromiseState is whether and how a promise is settled.
type PromiseState uint8

// The states of promises.
const (
	Pending PromiseState = iota
	Fulfilled
	Rejected
)

// Promise is the data of a promise.
type Promise struct {
	State  PromiseState
	Result Value
	// Reactions wait for it, in order, while it is pending.
	Reactions []Reaction
	// Handled tells that something looks at its rejection.
	Handled bool
	// Locked tells that it follows another promise: its resolve and reject do nothing any more.
	Locked bool
	// Found tells that it was not settled here, but found to be by now.
	Found bool
}

// Reaction is what happens once a promise is settled.
type Reaction struct {
	// OnFulfilled and OnRejected are functions, or undefined: then the outcome is handed on to Derived.
	OnFulfilled, OnRejected Value
	// Derived is the promise of then, 0 where nobody wants it.
	Derived ID
	// Frame is the frame of an asynchronous function that awaits: it goes on instead of a handler being called.
	Frame *Frame
	// Ctx is where the reaction was added.
	Ctx *Ctx
	// Many tells that it stands for any number of alike ones.
	Many bool
}

// Generator is the data of a generator, and of an asynchronous one.
type Generator struct {
	// Frame is where it goes on; nil while it runs and once it is done.
	Frame *Frame
	// Started, Running and Done tell how far it is.
	Started, Running, Done bool
	// Queue are the requests of an asynchronous generator that wait.
	Queue []GeneratorRequest
	// Async tells that it is asynchronous.
	Async bool
	// Made is what is done with the generator once its parameters are bound; nil from then on.
	Made *Return
}

// GeneratorRequest is a call of next (0), throw (1) or return (2) with its promise.
type GeneratorRequest struct {
	Kind    int
	Value   Value
	Promise ID
}

// Iterator goes over Elems of Of by index, as the language's own iterators do. Kind is "values", "keys" or "entries"; a string's
// elements are its code points.
type Iterator struct {
	Of   Value
	Next int
	Kind string
	Done bool
}

// RegExp is the data of a regular expression; lastIndex is a property.
type RegExp struct{ Pattern, Flags string }

// Proxy is the data of a proxy.
type Proxy struct{ Target, Handler Value }

// Namespace is the data of a module's namespace object: exec asks the loader by its name.
type Namespace struct{ Module *ir.Module }

// Frame is the state of a function that runs or waits. One that is stored is not changed: whoever resumes it takes a copy.
type Frame struct {
	Code *ir.Func
	PC   int
	Regs []Value
	Env  ID
	This, Func, NewTarget,
	Home Value
	Args []Value
	Ctx  *Ctx
	// Return says what is done with what it returns.
	Return Return

	owner *Owner
}

// Return is what a frame's result is for.
type Return struct {
	Kind ReturnKind
	// Object is the instance under construction, the promise of an asynchronous function, or a generator.
	Object Value
	// Class is the class whose constructor called super(...), undefined if that is not what called.
	Class Value
}

// ReturnKind is what is done with what a frame returns.
type ReturnKind uint8

// What is done with a frame's result.
const (
	// ToRegister stores it in the Dst of the caller's instruction, and the caller goes on after it.
	ToRegister ReturnKind = iota
	// ToNothing drops it, and the caller goes on.
	ToNothing
	// ToConstruct yields Object to the caller unless the result is an object.
	ToConstruct
	// ToFields drops it: the frame below, a constructor's, has not begun or has its result.
	ToFields
	// ToPromise settles Object, which the caller has got already.
	ToPromise
	// ToGenerator ends the generator Object.
	ToGenerator
	// ToJob ends a job: there is no caller.
	ToJob
	// ToBranch is the result of a step of iteration: absent at its end, when the caller jumps to the N of its instruction.
	ToBranch
	// ToTest stores whether the result is true.
	ToTest
)
