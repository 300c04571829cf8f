// Package callsite finds the calls that are written in a project's code, whether or not anything runs them, and tells
// what they are given as far as the text alone decides it: literals, spreads of known objects, variables that are
// assigned once, constants of other modules, what the callers of a function hand over, and the fields of pages,
// components and the app that nothing, or nothing else, assigns.
//
// It never runs code and has no limits of work: each expression is evaluated once, so that the cost is linear in the
// code that takes part. What depends on how the code runs is Unknown, never guessed.
//
//	Code      the files of a project as syntax, and what was found in them
//	file      one of them with its scopes: which variable a name means, and where each is written and used
//	binding   a variable, parameter, function, class or import
//	Value     what is known of an expression
//	holder    the options of a page, component or app, or a class: what this means in its methods
package callsite
