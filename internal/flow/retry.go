package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Calls that are made again and again, because they failed.

// recursion counts how often the call being evaluated stands within itself.
func (m *machine) recursion() int {
	n := 0
	for c, deep := m.frames, 0; c != nil && deep < m.most(boundCalls); c, deep = c.up, deep+1 {
		if c.call == m.frames.call {
			n++
		}
	}
	return n
}

// madeAt returns where a call is made.
func (m *machine) madeAt(call script.Node) made {
	at := made{call}
	for c, i := m.frames, 1; c != nil && i < len(at); c, i = c.up, i+1 {
		at[i] = c.call
	}
	return at
}

// tooOften reports whether a call has been made so often on a way that it is a loop of retries.
func (m *machine) tooOften(s *site) bool {
	m.count[s]++
	// A list of scopes is asked for one by one at one place.
	if s.api == Authorize {
		return m.count[s] > 2*scopeCount+4 || m.refusals[s] > m.most(boundRetries)*scopeCount
	}
	return m.count[s] > m.most(boundRetries)
}

// repeat is how a call ends that was made too often to be followed both ways.
type repeat struct {
	decided bool
	failed  bool
	result  value // what its last success handed over, nothing where it handed over nothing of interest
}

// repeated tells how a call ends that is made again on the same path, of interest (s) or made at a place. The first times it is followed both
// ways: a few times one of interest, and so often one that came of the other's outcome; some more times any other, in a loop. After that it
// ends as it did before and hands over the same, so that code which gives up in the end, or goes on when it has enough, is followed to where
// it does. One that is made still more often is taken for one that is made for ever: followed is false then.
func (m *machine) repeated(s *site, at made, e *env) (r repeat, followed bool) {
	if m.serial == 0 {
		if s != nil && m.tooOften(s) {
			return repeat{decided: true, failed: m.refusals[s] > 0, result: m.results[s]}, m.count[s] <= m.most(boundFollowedRetries)
		}
		return repeat{}, true // at the load of a module, which goes one way
	}
	if s != nil {
		v := m.revisited(s)
		changed := m.visit(v, m.stand(e))
		if !m.tooOften(s) {
			return repeat{}, true
		}
		r = repeat{decided: true, failed: m.refusals[s] > 0, result: m.results[s]}
		return m.onceMore(v, changed, boundFollowedRetries, e, r, m.count[s] <= m.most(boundFollowedRetries))
	}
	v := m.revisited(at)
	changed := m.visit(v, m.stand(e))
	retries := m.most(boundRetries)
	same, all := m.ctx.after.times(at)
	if deep := m.recursion() - retries; deep > all {
		same, all = deep, deep
	}
	m.requests[at]++
	if m.requests[at] <= m.most(boundBoth) && (all < retries || same == 0 && all < 3*retries) {
		return repeat{}, true
	}
	r.decided = true
	if last, ok := m.ended[at]; ok {
		r.failed, r.result = last.failed, last.result
	}
	switch {
	case all >= m.most(boundFollowedRequests):
		return m.onceMore(v, changed, boundFollowedRequests, e, r, false)
	case m.requests[at] > m.most(boundRequests):
		return m.onceMore(v, changed, boundRequests, e, r, false)
	}
	return m.onceMore(v, changed, boundRequests, e, r, true)
}

// revisited are the times that the path has come by a place, or made a call.
func (m *machine) revisited(key any) *visits {
	v := m.revisits[key]
	if v == nil {
		v = &visits{}
		m.revisits[key] = v
	}
	return v
}

// onceMore tells how a call ends that is made too often to be followed both ways. Where nothing has changed since it was made before, there is
// nothing new to see. One that has always ended in one way may end in the other this time, and as before from then on, so that what
// counts how often it was made is followed with each count. One that is made still more often may end either way once more, with what changes left open.
func (m *machine) onceMore(v *visits, changed changes, by bound, e *env, r repeat, followed bool) (repeat, bool) {
	switch {
	case m.joined():
		return r, followed
	case changed.none():
		return r, false
	case !followed || v.open:
		return repeat{}, m.goesOnOpen(v, changed, by, e)
	case v.turned || v.failures > 0 && v.successes > 0 || v.failures+v.successes > m.most(boundFollowedRequests):
		return r, followed
	}
	if m.choose(2) == 1 {
		v.turned = true
		return repeat{}, true
	}
	return r, followed
}

// keepResult keeps how a call ended, for when it is made again.
func (m *machine) keepResult(s *site, failed bool, result value) {
	if m.serial != 0 {
		var v *visits
		if s != nil {
			v = m.revisited(s)
		} else if m.ctx.after != nil {
			v = m.revisited(m.ctx.after.made)
		}
		if v != nil && failed {
			v.failures++
		} else if v != nil {
			v.successes++
		}
	}
	switch {
	case m.serial == 0:
	case s != nil && !failed:
		m.results[s] = result
	case s == nil && m.ctx.after != nil:
		m.ended[m.ctx.after.made] = repeat{true, failed, result}
	}
}
