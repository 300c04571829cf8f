// Package survey looks through a project's code without running it, for what does not depend on how it runs: tests of existence,
// listeners, who names a function, and where a call stands.
//
// What it says is true of the text alone. It knows no values and no paths, and nothing that it finds is a verdict.
package survey
