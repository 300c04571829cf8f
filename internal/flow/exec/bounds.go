package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// mostPrototypes is how many prototypes of an object are looked through.
const mostPrototypes = 10_000

// Bounds are the rows of what executing bounds.
func (m Most) Bounds() []value.Limit {
	return []value.Limit{
		{Name: "calls", Const: "builtin.mostDepth", Most: m.Depth, Of: "calls within calls", Met: value.Opens},
		{Name: "elements", Const: "builtin.mostElements", Most: m.Elements, Of: "elements of a list that are known each for itself", Met: value.Opens},
		{Name: "text", Const: "builtin.mostText", Most: m.Text, Of: "bytes of text that is put together", Met: value.Opens},
		{Name: "objects", Const: "builtin.mostObjects", Most: m.Objects, Of: "objects that one instruction makes in one context", Met: value.Opens},
		{Name: "prototypes", Const: "exec.mostPrototypes", Most: mostPrototypes, Of: "prototypes of one object", Met: value.Opens},
		{Name: "values", Const: "state.MaxAlternatives", Most: state.MaxAlternatives, Of: "values of which it is one", Met: value.Opens},
		{Name: "earlier-values", Const: "exec.mostOlder", Most: mostOlder, Of: "values that earlier turns of a loop have left", Met: value.Opens},
		{Name: "alike", Const: "exec.mostAlike", Most: mostAlike, Of: "jobs that do the same, in loops whose turns are not counted", Met: value.Widens},
		{Name: "turns", Const: "exec.mostTurns", Most: mostTurns, Of: "turns of a loop in which something that is not known may decide", Met: value.Widens},
		{Name: "retries", Const: "exec.mostRetries", Most: mostRetries, Of: "turns of a loop whose form counts nothing, and in which something that is not known may decide", Met: value.Widens},
		{Name: "counted-turns", Const: "exec.mostCounted", Most: mostCounted, Of: "turns of a loop that are told apart", Met: value.Widens},
		{Name: "recurrences", Const: "exec.mostTimes", Most: mostTimes, Of: "times that a function is entered from what came of the time before", Met: value.Widens},
		{Name: "within", Const: "exec.mostWithin", Most: mostWithin, Of: "calls of a function within itself with something that is not known", Met: value.Widens},
		{Name: "bigint", Const: "exec.longestShift", Most: longestShift, Of: "bits of a BigInt", Met: value.Opens},
	}
}
