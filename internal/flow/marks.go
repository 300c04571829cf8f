package flow

// What paths have done with each piece of code, so that of a call which none of them comes to it can be told where they all end before.

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// marks are what paths have done with a statement, a call or an await.
type marks uint8

const (
	beganStatement marks = 1 << iota
	endedStatement       // some path went on after it
	beganCall
	endedCall
	beganAwait
	endedAwait
)

// mark notes what a path does with the node that is known by a place of its file: a statement and an await by where they begin, a call by
// where it ends, since a.b().c() are two that begin together.
func (m *machine) mark(p *program, at int, what marks) {
	if m.serial == 0 || m.entry == nil || m.entry.orphan || p.prelude {
		return
	}
	if p.marks == nil {
		p.marks = make([]marks, len(p.syntax.File.Text)+1)
	}
	if at >= 0 && at < len(p.marks) {
		p.marks[at] |= what
	}
}

// marked are the marks at a place.
func (p *program) marked(at int) marks {
	if at < 0 || at >= len(p.marks) {
		return 0
	}
	return p.marks[at]
}

// begun tells that some path began a statement, unended that none of those that did went on after it.
func (p *program) begun(s script.Stmt) bool { return p.marked(s.Range().Start)&beganStatement != 0 }

func (p *program) unended(s script.Stmt) bool {
	return p.marked(s.Range().Start)&(beganStatement|endedStatement) == beganStatement
}

// halts tells of a call, a construction or an await that some path began it, and that none went on after it.
func (p *program) halts(n script.Node) bool {
	switch n := n.(type) {
	case *script.Call, *script.New:
		return p.marked(n.Range().End-1)&(beganCall|endedCall) == beganCall
	case *script.Await:
		return p.marked(n.Start)&(beganAwait|endedAwait) == beganAwait
	}
	return false
}

// sleep is an await at which paths ended.
type sleep struct {
	on *unfollowed
	// never tells that on each of them nothing can settle what is waited for, which comes from by.
	never bool
	by    source.Span
}

// noteSleep notes the awaits at which a path that came to its end has left functions asleep.
func (m *machine) noteSleep() {
	for _, c := range m.live {
		if c.done || c.running || !c.waits || c.at == nil {
			continue
		}
		now := sleep{on: c.at}
		if c.on != nil {
			now.by, now.never = c.on.neverSettles(0)
		}
		m.a.now.sleep(now)
	}
	for _, p := range m.promise {
		if p.state != pendingPromise || p.on == nil {
			continue
		}
		if by, never := p.on.neverSettles(0); never {
			m.dormant(p.handlers[0], stop{at: by, kind: StopWaits})
			m.dormant(p.handlers[1], stop{at: by, kind: StopWaits})
		}
	}
}

// dormant notes of a function that waits for a promise why it does not run.
func (m *machine) dormant(f value, s stop) {
	if m.serial == 0 || m.entry == nil || m.entry.orphan || f.kind != kObject || f.obj.fn == nil || s.at.IsZero() {
		return
	}
	m.a.dormant[f.obj.fn.node] = s
}
