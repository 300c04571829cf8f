package explore

import "github.com/voipcheck/voipcheck/internal/flow/value"

// Rows are the rows of what exploring bounds.
func (b Bounds) Rows() []value.Limit {
	return []value.Limit{
		{Name: "steps", Most: b.Steps, Of: "instructions executed on all paths of one entry point", Met: value.Ends},
		{Name: "writing", Most: b.Writing, Of: "instructions executed on all paths of an entry point that only writes what others test", Met: value.Opens},
		{Name: "telling", Most: b.Telling, Of: "instructions executed on all paths of an entry point that only writes what calls are given", Met: value.Opens},
		{Name: "passes", Most: b.Passes, Of: "times that the entry points are gone over until nothing that one leaves for another is new", Met: value.Ends},
		{Name: "alternatives", Most: b.Alternatives, Of: "values that paths bring where they meet", Met: value.Opens},
		{Name: "outstanding", Const: "explore.mostIdle", Most: mostIdle, Of: "sets of outstanding requests and timers that are told apart where nothing is left to run", Met: value.Widens},
		{Name: "starts", Const: "explore.mostStarts", Most: mostStarts, Of: "states that the top level of a module leaves, which differ in more than values", Met: value.Ends},
		{Name: "variants", Const: "explore.mostVariants", Most: mostVariants, Of: "lists, promises and other objects as a whole that entry points leave in one place", Met: value.Ends},
		{Name: "lengths", Const: "explore.mostLengths", Most: mostLengths, Of: "lengths of a list that entry points leave", Met: value.Widens},
		{Name: "kept-values", Const: "explore.mostKept", Most: mostKept, Of: "values that one place is left with by one entry point", Met: value.Ends},
	}
}

// meet notes that a bound was met in an entry point because of which something is not followed.
func (t *Store) meet(bound, entry string) {
	if t.Met == "" {
		t.Met, t.MetIn = bound, entry
	}
}

// Unrested notes that the entry points were gone over as often as is allowed, and that something was new the last time.
func (t *Store) Unrested() { t.meet("passes", t.following) }

// Beyond notes that something was left out because of a bound of the program's.
func (t *Store) Beyond(bound string) { t.meet(bound, t.following) }

// Unstarted notes that the program's start was not followed to its end.
func (t *Store) Unstarted() { t.meet("start", "start") }
