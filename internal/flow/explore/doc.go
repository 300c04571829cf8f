// Package explore finds what can happen in a program: it follows each entry point over all paths, merges paths where they
// meet, and keeps what one entry point writes for another to find.
//
// # An entry point
//
// The states of an entry point wait in a list that is ordered by how far they are: the one that is least advanced goes on first, so
// that paths which part meet again before what follows them is followed. States that meet are merged ([state.Merge]). A place that is
// come by again, a loop's head or the turn of the event loop, is followed again only if the merged state has something new.
//
// # The store
//
// Other code runs only while no code of the entry point does: when a task has ended. What a state has written by then into objects
// that outlive the entry point is a contribution to the [Store]: the value, with the facts that hold. An entry point begins with each place
// being a choice of what the program's start put there and of all contributions; each alternative implies the facts that held in all of
// its contributions. Entry points are followed until the store has nothing new, and again only where a place that they have read has.
//
// An object that an entry point makes is named by where that is, so each time the entry point runs it makes the same ones. In the store
// they have another name, for the object of an earlier time.
//
// # Time
//
// Writes of other entry points are seen at the beginning of an entry point and whenever a task of it ends, unless it has written the place
// itself since it began: what it wrote is taken to stay. This is enough for facts, since those only grow, but for "enabled": where some entry
// point may end that fact without writing a place that implies it, the place implies it no more.
//
// The package knows no platform: what facts are, which entry points there are and what may happen next are behind [Program].
package explore
