// Package slice finds what can matter to the calls of interest, by names, before anything is executed.
//
// A function matters if it, or one within it, mentions a name that matters: that of a call of interest, or one under which a function
// that matters goes. It also matters if it writes a name that a test in a function that matters reads, since whether that function comes
// to its call may depend on it. Names are those of variables, properties and texts, wherever they occur: this says too much rather than
// too little.
//
// A function goes under the name that it is declared with, those of the variables and properties that it is put into, and those that
// such names are put into in turn. A text that stands before it in a call is one, too: the name of an event that it listens for. What is
// taken out of a list or by a computed name, and what was handed over and kept, is a function that no name leads to: whoever
// calls such a thing matters.
//
// What code does not say, such as that a template binds an event to a method, is told by [Link].
//
// The package knows code only: no values, no platform.
package slice
