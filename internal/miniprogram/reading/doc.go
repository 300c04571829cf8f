// Package reading says what the steps of reading need from a framework, and what a framework is given while it answers.
//
// A [Framework] recognises its projects and makes a [Reader] for each; [Traits] are what can be said as data. A [Project] is a mini-program
// while it is read: the result that rules will see, with the disk, the resolver and the outline beside it.
//
// The package names no framework. Whoever implements its interfaces is found in internal/framework, one folder each; a list there names them
// all and is handed in.
package reading
