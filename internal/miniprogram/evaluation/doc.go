// Package evaluation tells the value of a configuration that is written as code: literals, spreads, constants, merges, functions that only
// return something, and imports of such. Nothing is run, and what would need it is unknown.
//
// An [Evaluator] also reads the aliases that a build configuration gives to folders ([BuildAliases]).
//
// The package does not know what a configuration means, nor where it is: it is given modules, constants and the functions that only give a
// value its type.
package evaluation
