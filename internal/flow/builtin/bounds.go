package builtin

import (
	"github.com/voipcheck/voipcheck/internal/flow/builtin/pattern"
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Usual is how much is executed in a check.
var Usual = exec.Most{Depth: mostDepth, Elements: mostElements, Text: mostText, Objects: mostObjects}

// Bounds are the rows of what the library bounds.
var Bounds = []value.Limit{
	{Name: "joined", Const: "builtin.mostJoined", Most: mostJoined, Of: "texts that a list may be joined to", Met: value.Widens},
	{Name: "nesting", Const: "builtin.deepest", Most: deepest, Of: "values within each other in JSON or in a copy", Met: value.Opens},
	{Name: "flat", Const: "builtin.deepestFlat", Most: deepestFlat, Of: "lists within each other that are flattened", Met: value.Opens},
	{Name: "regexp", Const: "builtin.mostMatching", Most: mostMatching, Of: "steps of matching a regular expression", Met: value.Opens},
	{Name: "regexp-nesting", Const: "pattern.Deepest", Most: pattern.Deepest, Of: "groups within each other in a regular expression", Met: value.Opens},
	{Name: "regexp-groups", Const: "pattern.MostGroups", Most: pattern.MostGroups, Of: "groups of a regular expression", Met: value.Opens},
	{Name: "regexp-code", Const: "pattern.MostCode", Most: pattern.MostCode, Of: "steps that a regular expression is compiled to", Met: value.Opens},
}
