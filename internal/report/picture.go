package report

// The path to a call as a picture: what happens on it, how it should go, and where it goes wrong.

import (
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Picture is the path to one enabling or joining call.
type Picture struct {
	// Project is the root of the project concerned; API the call's name.
	Project, API string
	At           source.Span
	Verdict      PictureVerdict
	// Finding is the fingerprint of the finding about the call, or "".
	Finding string
	// Nodes stand in a grid of two columns: the first is how it should go, the second leaves that path.
	Nodes []PictureNode
	Edges []PictureEdge
}

// PictureVerdict is what is known of the call.
type PictureVerdict string

// The verdicts.
const (
	PictureSound     PictureVerdict = "sound"
	PictureWrong     PictureVerdict = "wrong"
	PictureUnknown   PictureVerdict = "unknown"
	PictureUnreached PictureVerdict = "unreached"
)

// PictureNode is something that happens, should happen, or could.
type PictureNode struct {
	Message lang.Text
	// At is where; zero for what is written nowhere.
	At          source.Span
	Column, Row int
	// Lit tells that the path shown leads through it, Wrong that it goes wrong here, Absent that it
	// should be there and is not.
	Lit, Wrong, Absent bool
}

// PictureEdge leads from one node to another, by their indexes. One that passes by goes around the
// nodes between, beside the first column.
type PictureEdge struct {
	From, To      int
	Lit, PassesBy bool
}
