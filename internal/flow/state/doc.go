// Package state is the state of an execution as a value: the heap, the frames that run and wait, the jobs and tasks that are
// outstanding, what tests have found, and the facts that hold.
//
// A [State] is forked by sharing: [State.Fork] costs a few words, and each side copies what it then changes. There is no undo and
// no replay.
//
// # Merging
//
// [Merge] makes one state of several that are at the same place: the same frames at the same instructions in the same contexts,
// the same jobs and tasks, the same facts. What differs otherwise becomes a choice of the values that the states bring, whose root
// names the place. Which alternative is the case is decided where the value is tested; from then on the state keeps which
// alternatives are left (a [Pick]). So one merged state stands for all those that went into it and for combinations that none of
// them had: what holds in it holds in all of them, but that it reaches a place does not mean that one of them does.
//
// The package knows no instructions, no platform and no verdicts; facts are opaque to it.
package state
