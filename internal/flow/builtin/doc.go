// Package builtin is JavaScript's library: what the global object holds before a program begins.
//
// [New] makes a machine whose realm is filled in, and the state that every execution begins from. A state is persistent: what an
// execution does not change stays shared.
//
// # Two languages
//
// A function that only computes is written in Go: a method of an object is defined in the file that is named after the object. A function
// that may run code of the program, because it takes a callback, reads properties that may be getters, or converts objects, is
// written in JavaScript, in prelude. Preludes run on the same machine as the program, so that a callback can wait, throw, fork or
// close an iterator like any other code. What they cannot say in the language they ask for by intrinsics, functions named $$name that
// are listed in intrinsics.go; a program cannot name them.
//
// Many functions are both: in Go for the usual case, handing over to the prelude of the same name for the rest.
//
// # What is known
//
// Primitives are computed as the language defines it, by package ecma, or not at all. A result that depends on an open argument is open,
// with a type where that is certain. The clock, the time zone, the locale and chance are input: open values without a cause.
//
// An array has elements that are known and may have a rest that is not: how many there are besides, and what. Callbacks run for
// each known element, and any number of times for the rest. What is added to such an array is kept with the rest, so that a
// function that was put there may be what is taken out.
//
// The package knows no platform, no verdicts, no entry points and no timers.
package builtin
