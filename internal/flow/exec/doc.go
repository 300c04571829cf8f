// Package exec carries out the steps of the language on states.
//
// [Machine.Run] executes a state until it forks, comes to an instruction to which several paths lead, or has nothing more to run.
// No program state is kept on Go's stack: a call pushes a frame, an await takes one away, and a function that is written in Go
// (a native) never calls back into JavaScript. What has to, `sort` with its comparison or the conversion of an object to a string,
// is a prelude: JavaScript that the same machine executes.
//
// # How an instruction ends
//
// An instruction that has all it needs stores its result and goes on. Otherwise it ends in one of three manners, and the functions
// of this package that may do so return false: it threw (the stack was unwound), it pushed a frame whose result will be stored later, or
// it needs to know which of several values is the case: then the state was split, and the parts execute the same instruction again.
//
// # What is not known
//
// Whatever an operation makes of open values is open, with the first cause among them. What an open value does when it is called
// is the host's to say.
//
// What an object may have besides what is known of it is its Rest ([value.Obj]): a list that grows in a loop whose turns are not
// counted, an object that is written under a name that is not known. What was put there may be what is taken out ([Machine.Item]).
//
// # Objects of earlier turns
//
// An object is named by where it is made. Where that place is come by again in the same context, in a loop whose turns are not counted or
// in a task that repeats, the most recent object has the name, and earlier ones that something refers to have another: the second of these
// and all later are one object that stands for several, and is only written to in addition (recent.go). So a loop comes to a state
// that it had before. Open values and choices of an earlier turn are others than those of this one, too.
//
// The package knows no platform and no verdicts: those are behind [Host].
package exec
