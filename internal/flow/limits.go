package flow

// How much of a program is followed. What lies beyond is said to be unproven, with the limit that it met.

import (
	"time"

	"github.com/voipcheck/voipcheck/internal/script"
)

// Limits bound what following code may cost. Zero stands for the default.
type Limits struct {
	// Ways are the ways through one entry point, Steps the work on all of them: nodes that are evaluated. Both count work
	// and not time, so that the same tree always gives the same verdicts.
	Ways, Steps int
	// Time is for all the code of a mini-program. It is there for what Steps do not foresee.
	Time time.Duration
	// Parse is for each file.
	Parse script.Limits
}

// DefaultLimits are many times what real code takes, which is thousands of steps for an entry point.
var DefaultLimits = Limits{Ways: 4000, Steps: 3_000_000, Time: 5 * time.Minute, Parse: script.DefaultLimits}

// orDefault fills in what is not set.
func (l Limits) orDefault() Limits {
	if l.Ways <= 0 {
		l.Ways = DefaultLimits.Ways
	}
	if l.Steps <= 0 {
		l.Steps = DefaultLimits.Steps
	}
	if l.Time <= 0 {
		l.Time = DefaultLimits.Time
	}
	if l.Parse.MaxBytes <= 0 {
		l.Parse = DefaultLimits.Parse
	}
	return l
}

// Limit is what an entry point met that could not be followed to its end.
type Limit int

// The limits. NoLimit is for what was followed, and for ways that end elsewhere: in a loop without end, in calls too deep.
const (
	NoLimit Limit = iota
	TooManyWays
	TooManySteps
	TooLong
)

// allEntries is how many entry points may take all their steps; each more entry point of the program adds aside of it a share.
const (
	allEntries = 4
	share      = 1. / 30
)

// allowance is the work on all of so many entry points, each of which is followed several times.
func (l Limits) allowance(entries int) int {
	return allEntries*l.Steps + int(share*float64(l.Steps))*entries
}

// stepsOfWay is the work on one way; one that goes on for longer is most likely a loop.
func (l Limits) stepsOfWay() int { return max(1, l.Steps/10) }

// stepsAside is the work on an entry point that does not lead to the feature: what it writes is found long before.
func (l Limits) stepsAside() int { return max(1, l.Steps/100) }

// little are the limits where little is to be learned: for code that nothing runs, and where a framework's runtime has a
// hand in it.
func (l Limits) little() Limits {
	l.Steps = max(1, l.Steps/20)
	return l
}

// exceeded returns the limit that is met before another way is followed, after so many of the entry point's.
func (m *machine) exceeded(ways int, l Limits) Limit {
	switch {
	case ways >= l.Ways:
		return TooManyWays
	case m.total > l.Steps || m.a.steps+m.total > m.a.allowance:
		return TooManySteps
	case !time.Now().Before(m.a.deadline):
		return TooLong
	}
	return NoLimit
}

// bound names the row of the table of bounds that a limit is.
func (l Limit) bound() string {
	return [...]string{NoLimit: "", TooManyWays: "paths", TooManySteps: "steps", TooLong: "time"}[l]
}
