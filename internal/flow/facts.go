package flow

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// facts is a set of things that hold on a path.
type facts uint8

const (
	factRecord     facts = 1 << iota // scope.record is granted
	factCamera                       // scope.camera is granted
	factEnabled                      // enabling has succeeded
	factRealDevice                   // not in DevTools
	factDevTools                     // in DevTools
	factOff                          // of a value that told of enabling: it was switched off since
)

const factBoth = factRecord | factCamera

// The scopes that the feature needs, in the order in which they are reported.
const (
	scopeRecord = iota
	scopeCamera
	scopeCount
)

var scopeNames = [scopeCount]string{"record", "camera"}
var scopeFacts = [scopeCount]facts{factRecord, factCamera}

// progress is how far a request has come on a path, as far as the path knows.
type progress uint8

const (
	notTried progress = iota
	pending           // called, and the path has not waited for the outcome
	failed            // the path knows that it failed
)

// request is the state of one thing that the code asks for: a scope, or enabling.
type request struct {
	progress progress
	site     *site  // where
	trail    *trail // how the path came to it
}

func (r request) max(o request) request {
	if o.progress > r.progress {
		return o
	}
	return r
}

// context is what a task knows: the facts that hold for it, what it has asked for, and how it got here. It is a value;
// tasks hand copies on.
type context struct {
	facts facts
	// supposed tells that the way is not one that the program can take: it supposes a field to be filled that nothing fills.
	// What calls are given is looked at on it, and nothing else.
	supposed bool
	asks     [scopeCount]request
	enable   request
	// enabledAt and disabledAt count the path's events: enabling holds when it came last.
	enabledAt, disabledAt int
	disabledBy            *site
	// maybe tells why a scope or enabling may hold although it is not known to.
	maybe *unfollowed
	// failing is the call whose failure is being handled.
	failing *site
	trail   *trail
	// after are the calls of the platform that the task comes of, the last first.
	after *consequence
}

// consequence is a call of the platform whose outcome something comes of.
type consequence struct {
	made made
	up   *consequence
}

// made is where a call is made: the expression, and the calls that led there, since one expression in a function
// that wraps requests makes them all.
type made [4]script.Node

// times counts a call among those that something comes of, and all that its expression made.
func (c *consequence) times(at made) (same, all int) {
	for ; c != nil; c = c.up {
		if c.made == at {
			same++
		}
		if c.made[0] == at[0] {
			all++
		}
	}
	return same, all
}

// trail is the way that a task came, newest step first.
type trail struct {
	up    *trail
	step  Step
	depth int
	// weight counts the steps that matter to a reader even after the function they happened in has returned.
	weight int
}

func (c *context) note(kind StepKind, name, detail string, at source.Span) {
	t := &trail{up: c.trail, step: Step{Kind: kind, Name: name, Detail: detail, At: at}, depth: 1}
	if c.trail != nil {
		t.depth, t.weight = c.trail.depth+1, c.trail.weight
	}
	switch kind {
	case StepEnter:
	default:
		t.weight++
	}
	if t.depth > bounds[boundTrail].Value {
		return
	}
	c.trail = t
}

// join returns what a task knows that was started (or went to sleep) with c and
// goes on because of something that ended with o.
func (c context) join(o context) context {
	c.facts |= o.facts
	for i := range c.asks {
		c.asks[i] = c.asks[i].max(o.asks[i])
	}
	c.enable = c.enable.max(o.enable)
	c.supposed = c.supposed || o.supposed
	c.enabledAt = max(c.enabledAt, o.enabledAt)
	if o.disabledAt > c.disabledAt {
		c.disabledAt, c.disabledBy = o.disabledAt, o.disabledBy
	}
	if c.maybe == nil || c.maybe.entry {
		if o.maybe != nil {
			c.maybe = o.maybe
		}
	}
	c.trail = joinTrails(c.trail, o.trail)
	return c
}

// enabled reports whether enabling holds: it succeeded, and was not switched off since.
func (c *context) enabled() bool {
	return c.facts&factEnabled != 0 && c.enabledAt >= c.disabledAt
}

// joinTrails puts the steps of b that are not in a behind those of a.
func joinTrails(a, b *trail) *trail {
	switch {
	case a == b || b == nil:
		return a
	case a == nil:
		return b
	}
	x, y := a, b
	for x != nil && y != nil && x != y {
		if x.depth >= y.depth {
			x = x.up
		} else {
			y = y.up
		}
	}
	common := y
	if x == nil {
		common = nil
	}
	if common == a {
		return b
	}
	if common == b {
		return a
	}
	var steps []Step
	for t := b; t != nil && t != common; t = t.up {
		steps = append(steps, t.step)
	}
	c := context{trail: a}
	for i := len(steps) - 1; i >= 0; i-- {
		c.note(steps[i].Kind, steps[i].Name, steps[i].Detail, steps[i].At)
	}
	return c.trail
}

// steps lists a trail from its beginning.
func (t *trail) steps() []Step {
	n := 0
	for x := t; x != nil; x = x.up {
		n++
	}
	out := make([]Step, n)
	for x := t; x != nil; x = x.up {
		n--
		out[n] = x.step
	}
	return out
}

func (t *trail) weigh() int {
	if t == nil {
		return 0
	}
	return t.weight
}
