package flow

// What is done again and again: timers, and functions that hand themselves over. It is followed a number of times. When nothing changes any
// more between one time and the next, there is nothing new to see. Otherwise what further times would do is open.

import (
	"fmt"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
)

// digest is what one time has left behind: the variables around the code, and what was written since the time before.
type digest struct {
	left   string
	writes int
}

// endless is called each time that something is done once more, the n-th time; it reports whether that is beyond the bound. e is the scope
// of the function that does it.
func (m *machine) endless(key any, n int, by bound, p *program, f *script.Func, e *env) bool {
	most := m.most(by)
	if n < most-1 {
		return false
	}
	before := m.digests[key]
	now := digest{m.locals(e) + writings(m.writes[min(before.writes, len(m.writes)):]), len(m.writes)}
	m.digests[key] = now
	if n <= most {
		return false
	}
	if now.left != before.left && m.serial != 0 {
		m.leaveEndless(by, p, f)
	}
	return true
}

// leaveEndless leaves open what further times of a function would do. The path of one that can reach the feature ends.
func (m *machine) leaveEndless(by bound, p *program, f *script.Func) {
	what, at := m.whole()
	if f != nil {
		at = p.span(f)
		at.End = min(at.End, at.Start+1)
		if f.Name != nil {
			what = f.Name.Name
		}
	}
	why := m.gaveUp(by, what, at)
	if f == nil || m.a.relevant(p, f) {
		panic(cutOff{cause: why})
	}
	m.a.loseNames(p, f, why)
}

// locals describes the variables of a scope and those around it that hold numbers, texts and the like. That is work, for each of them.
func (m *machine) locals(e *env) string {
	var list []string
	n := 0
	for depth := 0; e != nil; e, depth = e.parent, depth+1 {
		for name, c := range e.vars.all() {
			if n++; c.waits() || c.getter() != nil {
				continue
			}
			switch c.val.kind {
			case kNumber, kString, kBool, kNull, kUndefined:
				list = append(list, fmt.Sprintf("%d %s %s", depth, name, writeKey(c.val)))
			}
		}
	}
	// To look at one is less than to evaluate something; with more than people write, that the same are looked at again and again.
	m.work(n/8 + max(0, n-256))
	sort.Strings(list)
	return strings.Join(list, "\n")
}

// writings describes what was written.
func writings(list []writing) string {
	var b strings.Builder
	for _, w := range list {
		fmt.Fprintf(&b, "\n%p %s %d", w.hist, writeKey(w.val), w.facts)
	}
	return b.String()
}

// loseNames notes that a function may write the places that it names, and those that functions of the same file name which it calls.
func (a *analysis) loseNames(p *program, f *script.Func, cause *unfollowed) {
	key := lostNames{f, cause}
	if a.lostNames[key] {
		return
	}
	a.lostNames[key] = true
	scan := a.writtenBy(p, f)
	a.losses = append(a.losses, &loss{from: p.script, cause: cause, programs: map[*program]bool{p: true}, names: scan})
}

type lostNames struct {
	f     *script.Func
	cause *unfollowed
}
