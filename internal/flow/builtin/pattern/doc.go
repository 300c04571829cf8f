// Package pattern is JavaScript's regular expressions: all of the language's syntax but the flag v, matched by backtracking as the
// language defines it, so that groups, references and lookaround hold what they hold there.
//
// Time is counted in steps, not measured: a match that takes more than it is allowed to is not known, on each machine alike. No Go
// stack grows with the text; it grows with the nesting of an expression, which is bounded.
//
// Text is UTF-16 code units, as the language counts. The package knows nothing else of the language or of the analysis.
package pattern
