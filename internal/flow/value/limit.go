package value

// Limit is a row of the table of bounds: how much is followed, and what becomes of what lies beyond. Each package has the rows of what it
// bounds; what it gives up because of one has a cause with its name.
type Limit struct {
	// Name is what causes and reports call it.
	Name string
	// Const is the constant that holds the number, as its package names it; "" where it is an option.
	Const string
	Most  int
	// Of is what is counted.
	Of  string
	Met Consequence
}

// Consequence is what becomes of what lies beyond a bound.
type Consequence string

// The consequences.
const (
	// Opens: a value is not known, with the bound as its cause.
	Opens Consequence = "leaves a value open"
	// Ends: what lies beyond is not followed, and no call is proved any more.
	Ends Consequence = "leaves every call open"
	// Leaves: the call in question is unproven.
	Leaves Consequence = "leaves a call open"
	// Widens: more is taken to be possible than is.
	Widens Consequence = "is taken to be possible"
	// Shortens: less is shown, and nothing depends on it.
	Shortens Consequence = "is left out of what is shown"
)
