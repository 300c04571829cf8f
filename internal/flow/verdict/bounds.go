package verdict

import "github.com/voipcheck/voipcheck/internal/flow/value"

// Bounds are the rows of what telling bounds.
var Bounds = []value.Limit{
	{Name: "refinement", Const: "verdict.confirmSteps", Most: confirmSteps, Of: "instructions executed to confirm a refutation by itself", Met: value.Leaves},
	{Name: "showing", Const: "verdict.showSteps", Most: showSteps, Of: "instructions executed to show how a call is come by that is unproven", Met: value.Shortens},
	{Name: "callers", Const: "verdict.mostCallers", Most: mostCallers, Of: "functions that are looked through for what would call one", Met: value.Shortens},
	{Name: "option-values", Const: "verdict.mostConstants", Most: mostConstants, Of: "constants that an option may be", Met: value.Shortens},
	{Name: "shapes", Const: "verdict.mostShapes", Most: mostShapes, Of: "objects that a call may be given", Met: value.Shortens},
	{Name: "round", Const: "verdict.longestRound", Most: longestRound, Of: "steps of a round that is shown once", Met: value.Shortens},
}
