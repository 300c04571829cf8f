package flow

// Calls that are made again and again, because they failed.

// recursion counts how often the call being evaluated stands within itself.
func (m *machine) recursion() int {
	n := 0
	for c, deep := m.frames, 0; c != nil && deep < maxDepth; c, deep = c.up, deep+1 {
		if c.call == m.frames.call {
			n++
		}
	}
	return n
}

// tooOften reports whether a call has been made so often on a way that it is a loop of retries.
func (m *machine) tooOften(s *site) bool {
	m.count[s]++
	// A list of scopes is asked for one by one at one place.
	if s.api == Authorize {
		return m.count[s] > 2*scopeCount+4 || m.refusals[s] > retries*scopeCount
	}
	return m.count[s] > retries
}

// retries is how often a call that failed is followed both ways when it is made again on the same way; after that it fails
// each time, so that code which gives up in the end is followed to where it does, up to maxRetries.
const (
	retries    = 2
	maxRetries = 40
)
