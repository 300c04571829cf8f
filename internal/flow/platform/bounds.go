package platform

import "github.com/voipcheck/voipcheck/internal/flow/value"

// Bounds are the rows of what the platform bounds.
var Bounds = []value.Limit{
	{Name: "start", Const: "platform.mostStart", Most: mostStart, Of: "instructions of a module's top level", Met: value.Ends},
	{Name: "json", Const: "platform.deepestJSON", Most: deepestJSON, Of: "values within each other in JSON that is imported", Met: value.Opens},
	{Name: "promises", Const: "platform.longestChain", Most: longestChain, Of: "promises that follow each other", Met: value.Widens},
	{Name: "sequences", Const: "platform.mostSequences", Most: mostSequences, Of: "sequences of requests by which a refutation is confirmed", Met: value.Leaves},
	{Name: "places", Const: "platform.mostPlaces", Most: mostPlaces, Of: "places of a template that are told apart", Met: value.Widens},
	{Name: "shown-elements", Const: "platform.deepestTree", Most: deepestTree, Of: "elements within each other that a component shows", Met: value.Ends},
	{Name: "components", Const: "platform.deepestRoute", Most: deepestRoute, Of: "components that are rendered within each other", Met: value.Ends},
	{Name: "recurring", Const: "platform.mostRecurring", Most: mostRecurring, Of: "times that a component is rendered within itself", Met: value.Widens},
	{Name: "given", Const: "platform.mostGiven", Most: mostGiven, Of: "options that a call is given by one entry point", Met: value.Shortens},
	{Name: "picture", Const: "platform.deepestPicture", Most: deepestPicture, Of: "objects within each other in options", Met: value.Shortens},
	{Name: "test-text", Const: "platform.longestTest", Most: longestTest, Of: "characters of a test", Met: value.Shortens},
}
