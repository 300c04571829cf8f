package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// Held is a set of things that hold on a path.
type Held uint8

// What may hold.
const (
	Record   Held = 1 << iota // scope.record is granted
	Camera                    // scope.camera is granted
	Enabled                   // enabling has succeeded
	Device                    // not in DevTools
	DevTools                  // in DevTools
)

// Both are the grants that enabling needs.
const Both = Record | Camera

// Progress is how far a request has come on a path.
type Progress uint8

// How far a request may be.
const (
	NotTried Progress = iota
	Pending           // made, and the path has not waited for the outcome
	Failed            // the path comes from its failure
	Disabled          // of enabling: it was switched off
)

// Request is the state of one thing that is asked for. Site is where, by its number from 1.
type Request struct {
	Progress Progress
	Site     int
}

// Facts are what holds in a state, and all that a finding's outcome, reason and place depend on. They are comparable: states with different
// facts are never merged.
type Facts struct {
	Held Held
	// Asks are the requests for record and camera, Enable the one for enabling.
	Asks   [2]Request
	Enable Request
	// Asked are the scopes that were asked for.
	Asked Held
	// Passed are the calls, by the bit of their site, that were come by while something was missing: so that what is asked for later is known
	// to be too late for them.
	Passed uint64
	// Maybe is why more may hold than is known, nil where nothing was left open.
	Maybe *value.Cause
	// Failing is the site of the failure that the path comes from and deals with, by its number, 0 for none.
	Failing int
	// Lost tells that a flag says of enabling what was true once.
	Lost bool
}

// scopes in the order in which they are reported.
var scopes = [2]struct {
	name string
	held Held
}{{"scope.record", Record}, {"scope.camera", Camera}}

// Scope is the fact that a scope's grant is, 0 for others.
func Scope(name string) Held {
	for _, s := range scopes {
		if s.name == name {
			return s.held
		}
	}
	return 0
}

// implied are the facts that go with a value which a state leaves behind.
type implied struct {
	held Held
	// asks and enable are how far the requests had come on the path that left the value, where what they are for did not hold: a path
	// that the value lets through goes on from there.
	asks   [2]Request
	enable Request
	lost   bool
	maybe  *value.Cause
	// stored tells that it was found in the storage, which outlives the run: what was granted then may have been taken back.
	stored bool
}

func (f Facts) implied() implied {
	return implied{held: f.Held, asks: f.Asks, enable: f.Enable, lost: f.Lost, maybe: f.Maybe}
}

// learn adds what goes with a value.
func (f *Facts) learn(i implied) {
	f.Held |= i.held
	if i.held&Enabled != 0 {
		f.Enable, f.Lost = Request{}, false
	}
	if i.lost && f.Held&Enabled == 0 {
		f.Lost = true
	}
	for n, sc := range scopes {
		if f.Held&sc.held == 0 && f.Asks[n].Progress == NotTried && i.asks[n].Progress == Failed {
			f.Asks[n] = i.asks[n]
		}
	}
	if f.Held&Enabled == 0 && f.Enable.Progress == NotTried && i.enable.Progress == Failed {
		f.Enable = i.enable
	}
	if f.Maybe == nil {
		f.Maybe = i.maybe
	}
}

// unsure are the facts where more may hold than is known, because of a cause.
func (f Facts) unsure(c *value.Cause) Facts {
	if f.Maybe == nil {
		f.Maybe = c
	}
	return f
}

func failedFirst(a, b Request) Request {
	switch {
	case a.Progress == Failed || a == b:
		return a
	case b.Progress == Failed:
		return b
	}
	return Request{}
}

func meet(a, b implied) implied {
	out := implied{held: a.held & b.held, lost: a.lost || b.lost, maybe: a.maybe, stored: a.stored || b.stored}
	// Of two manners in which a value comes about, the one that goes on from a failure is what is wrong with it.
	for n := range out.asks {
		out.asks[n] = failedFirst(a.asks[n], b.asks[n])
	}
	out.enable = failedFirst(a.enable, b.enable)
	if out.maybe == nil {
		out.maybe = b.maybe
	}
	return out
}

func both(a, b implied) implied {
	out := implied{held: a.held | b.held, lost: a.lost && b.held&Enabled == 0 || b.lost && a.held&Enabled == 0, maybe: a.maybe, stored: a.stored || b.stored}
	if out.maybe == nil {
		out.maybe = b.maybe
	}
	return out
}

// ScopeNames are the names of the scopes among what holds.
func ScopeNames(h Held) []string {
	var out []string
	for _, s := range scopes {
		if h&s.held != 0 {
			out = append(out, s.name)
		}
	}
	return out
}
