// Package slice finds what can matter to the calls of interest, by names, before anything is executed.
//
// A function matters if it, or one within it, mentions a name that matters: that of a call of interest, or one under which a function
// that matters goes. It also matters if it writes a name that a test in a function that matters reads, since whether that function comes
// to its call may depend on it. Names are those of variables, properties and texts, wherever they occur: this says too much rather than
// too little. What a computed name leads to is found by the text that it is computed from only; a function that is called under a name
// which no code writes down is not found, which is why a call through a computed name that nothing determines is never proved.
//
// The package knows code only: no values, no platform.
package slice
