// Package slice finds what can matter to the calls of interest, by names, before anything is executed.
//
// A function matters if it, or one within it, takes something from under a name that leads to a call of interest: the call's own, or one under which a
// function that matters goes. It also matters if it writes a name that a test in a function that matters reads, since whether that function
// comes to its call may depend on it. This says too much rather than too little.
//
// # Names
//
// A property, a global and a variable of a module's top level go by their own name, wherever they are. Others have names that no code can
// say (the text between them and the "@" is for people):
//
//	flag@3.7        a variable that a function declares and that functions within it capture
//	onLoad@3        a method that a page or component defines, where its own code calls it on this
//	object@3.7.21   an object or list that an instruction makes
//	arguments@3.7   what a function is handed; "to run" is what calls by the name run hand over
//	[] handlers     what is taken out of handlers by a computed name, or by going over it
//	tuple@3.7.4     what is taken apart together: calling one part may change the other, as hooks do
//
// What is put under a name may be all that goes by the name which it comes from (aliases), so that a function is found by every name that leads to
// it. Which names the value in a register is made of is told by [origins], in static single assignment form.
//
// # Why a function matters
//
// [Slice.Reaches]: it may come to a call of interest, or open a page that begins with what holds then and has code that matters ([Pages]).
// [Slice.Matters] alone: it only writes what such functions test. [Slice.Tells]: it does not matter, but writes values that calls are given. The
// last two may be left out where following them is too much; then what they write is not known.
//
// What code does not say, such as that a template binds an event to a method, is told by [Link].
//
// The package knows code only: no values, no platform.
package slice
