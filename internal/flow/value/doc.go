// Package value is what an execution computes with: values, objects, closures and promises as data.
//
// A [Value] is a JavaScript value, or one of the kinds that only an analysis has:
//
//   - open: it can be anything that its [Term] allows. A term without a cause is input (what a user types, a server answers, the
//     clock says): it can be anything, and never asks, enables or runs what does. A term with a [Cause] was given up: the cause says
//     why and where, and what it may have done. There is no third sort, and no cause without a reason.
//   - choice: one of several values that merged paths brought, or that other entry points left. Which of them is decided where it is
//     tested: the alternatives of a [Root] that are left are part of the state.
//   - absent: no value: a hole of an array, a property that may be missing.
//   - uninitialised: a variable before its declaration was executed.
//
// Objects are named by an [ID]: where in the execution they were made (a [Ctx] and an instruction), so that two paths that make the
// same object name it alike and can be merged.
//
// The package knows nothing of states, steps, the platform or verdicts. What a cause may have done and what an alternative implies are
// opaque here.
package value
