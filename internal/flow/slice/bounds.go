package slice

import "github.com/voipcheck/voipcheck/internal/flow/value"

// Bounds are the rows of what slicing bounds.
var Bounds = []value.Limit{
	{Name: "names", Const: "slice.mostNames", Most: mostNames, Of: "names that one variable may come from", Met: value.Widens},
	{Name: "handed-on", Const: "slice.mostHanded", Most: mostHanded, Of: "calls through which an argument is handed on", Met: value.Widens},
	{Name: "lists-within", Const: "slice.mostElements", Most: mostElements, Of: "lists within each other of which it is told apart what is in them", Met: value.Widens},
	{Name: "path-text", Const: "slice.longestPath", Most: longestPath, Of: "bytes of a text that is taken for a path of fields", Met: value.Widens},
}
