package flow

// What a path does once more: a loop of which nobody knows when it ends, a call that is made again and again. Each time it is looked what has
// changed since the time before. Where nothing has, there is nothing new to see. Otherwise, once a bound is met, the path goes on once more
// with what has changed left open: that stands for all further times.

import (
	"fmt"
	"strings"
)

// visits are the times that a path has come by a place.
type visits struct {
	// first is the event of the first time: what was made before may change from one time to the next.
	first int
	// log and lists are how much the path had written the last time.
	log, lists int
	was        map[*cell]string
	state      propertyState
	// at is where the program stood, with the variables around it.
	at string
	// open tells that what changes was left open.
	open bool
	// failures and successes are how often a call ended so; turned tells that one which had always ended in one way was let end in the other.
	failures, successes int
	turned              bool
}

// propertyState is what of a path the verdicts depend on.
type propertyState struct {
	facts    facts
	asks     [scopeCount]progress
	enable   progress
	disabled bool
}

func (c *context) property() propertyState {
	s := propertyState{facts: c.facts, enable: c.enable.progress, disabled: c.disabledAt > c.enabledAt}
	for i, r := range c.asks {
		s.asks[i] = r.progress
	}
	return s
}

// changes is what a path has changed from one time that it comes by a place to the next.
type changes struct {
	cells []*cell
	lists []*object
	state bool
	// at tells that the variables around the place have other values, or that the place is come to from elsewhere.
	at bool
}

func (c changes) none() bool { return len(c.cells) == 0 && len(c.lists) == 0 && !c.state && !c.at }

// stand describes where the program stands, in a scope: the calls that led there, and the variables around each of them.
func (m *machine) stand(e *env) string {
	var b strings.Builder
	if e != nil {
		b.WriteString(m.locals(e))
	}
	for f := m.frames; f != nil; f = f.up {
		fmt.Fprintf(&b, "\n%p", f.call)
		if f.env != e && f.env != nil {
			b.WriteString(m.locals(f.env))
		}
	}
	return b.String()
}

// visit notes that the path comes by a place, standing there, and returns what has changed since the last time.
func (m *machine) visit(v *visits, stand string) (c changes) {
	now := m.ctx.property()
	if v.was == nil {
		v.first, v.log, v.lists, v.was, v.state, v.at = m.event(), len(m.assigned), len(m.altering), map[*cell]string{}, now, stand
		return changes{state: true}
	}
	seen := map[*cell]bool{}
	for _, at := range m.assigned[v.log:] {
		if seen[at] || at.seq >= v.first {
			continue
		}
		seen[at] = true
		is := at.val.describe(0)
		if was, known := v.was[at]; !known || was != is {
			c.cells = append(c.cells, at)
		}
		v.was[at] = is
	}
	grown := map[*object]bool{}
	for _, o := range m.altering[v.lists:] {
		if !grown[o] && o.seq < v.first {
			grown[o] = true
			c.lists = append(c.lists, o)
		}
	}
	c.state, c.at = now != v.state, stand != v.at
	v.log, v.lists, v.state, v.at = len(m.assigned), len(m.altering), now, stand
	return c
}

// leaveOpen leaves open what has changed: from here on it may be what further times make it, as a bound tells.
func (m *machine) leaveOpen(v *visits, c changes, cause *unfollowed) {
	v.open = true
	for _, at := range c.cells {
		m.assign(at, m.unknown(cause))
	}
	for _, o := range c.lists {
		m.keep(o)
		o.isOpen = true
		if o.open == nil {
			o.open = cause
		}
	}
	m.mayHold(cause)
}

// goesOnOpen is called where a path comes by a place once more than a bound allows. It reports whether there is anything new to see, and leaves
// open what has changed if so. A path on which something changes that cannot be left open ends.
func (m *machine) goesOnOpen(v *visits, c changes, by bound, e *env) bool {
	if c.none() || v.open && !c.at && !c.state {
		return false
	}
	what, at := m.whole()
	cause := m.gaveUp(by, what, at)
	if v.open || len(c.cells) == 0 && len(c.lists) == 0 {
		panic(cutOff{cause: cause})
	}
	m.leaveOpen(v, c, cause)
	v.at = m.stand(e)
	return true
}

// turnsOpen is goesOnOpen for a loop.
func (m *machine) turnsOpen(l *openLoop, c changes, e *env) bool {
	on := m.goesOnOpen(&l.visits, c, boundOpenTurns, e)
	l.at = m.locals(e)
	return on
}

// openLoop is a loop of which nobody knows when it ends, as a path goes through it.
type openLoop struct {
	turns int
	visits
}

// round is called when such a loop goes round once more.
func (m *machine) round(l *openLoop, e *env) {
	c := m.visit(&l.visits, m.locals(e))
	if l.turns++; l.turns > m.most(boundOpenTurns) && !m.turnsOpen(l, c, e) {
		panic(cutOff{impossible: true}) // the path does what it has done before
	}
}
