package flow

// What comes of following an entry point: what it leaves for others and for the verdicts, and what it met of theirs. An entry
// point is followed in every pass, but not twice on the same facts: where nothing that it met has changed, what came of it the
// last time is taken once more.

import (
	"github.com/voipcheck/voipcheck/internal/source"
)

// following is one time that an entry point was followed.
type following struct {
	id     int32
	entry  *entry
	starts []start
	// complete tells that all of its paths were followed to their end; cut is what kept it from that.
	complete bool
	cut      *unfollowed
	steps    int

	left
	met
}

// left is what following an entry point leaves, to be added to what others leave in the same pass.
type left struct {
	writes map[*history]*writeList
	order  []*history // of what it writes, as it was come by
	seen   map[*site]*observed
	sites  []*site
	leads  map[string][]start
	raises map[triggerKey][]raised
	hears  []hearing
	offs   map[offKey]*off
	slept  map[source.Span]sleep
	gaveUp map[*givenUp]bool
	asked  map[question]bool // of the sleepers
	asks   facts             // the scopes that it asks for
	opened bool              // it was found to be shown
}

// raised is an event that is raised, with what holds there.
type raised struct {
	start
	event string
	at    source.Span
}

// hearing is a function that was found to listen for an event.
type hearing struct {
	event busEvent
	key   any
	listener
}

// newFollowing begins to take down what comes of an entry point; nil stands for what belongs to none.
func (a *analysis) newFollowing(e *entry) *following {
	a.followed++
	f := &following{id: a.followed, entry: e, met: met{irrelevant: map[piece]bool{}, lacks: map[historyKey]*cell{}, missing: map[historyKey]bool{}, wholes: map[*object]extent{}}}
	f.left = left{
		writes: map[*history]*writeList{}, seen: map[*site]*observed{}, leads: map[string][]start{}, raises: map[triggerKey][]raised{}, offs: map[offKey]*off{},
		slept: map[source.Span]sleep{}, gaveUp: map[*givenUp]bool{}, asked: map[question]bool{},
	}
	return f
}

// of is what the entry point shows of a call.
func (l *left) of(s *site) *observed {
	o := l.seen[s]
	if o == nil {
		one := newObserved()
		o = &one
		l.seen[s] = o
		l.sites = append(l.sites, s)
	}
	return o
}

// place is what the entry point writes to a place.
func (l *left) place(h *history) *writeList {
	ws := l.writes[h]
	if ws == nil {
		ws = &writeList{}
		l.writes[h] = ws
		l.order = append(l.order, h)
	}
	return ws
}

// lead notes that a page is opened.
func (l *left) lead(page string, s start) { l.leads[page] = addStarts(l.leads[page], []start{s}) }

// raise notes that an event is raised.
func (l *left) raise(k triggerKey, r raised) {
	for _, known := range l.raises[k] {
		if known.key() == r.key() {
			return
		}
	}
	l.raises[k] = append(l.raises[k], r)
}

// sleep notes an await at which a path ended.
func (l *left) sleep(s sleep) {
	if before, known := l.slept[s.on.at]; !known || before.never {
		l.slept[s.on.at] = s
	}
}

// hear notes that a function listens for an event: with what held wherever it began to.
func (l *left) hear(h hearing) {
	for i := range l.hears {
		if known := &l.hears[i]; known.event == h.event && known.key == h.key {
			h.facts &= known.facts
			*known = h
			return
		}
	}
	l.hears = append(l.hears, h)
}

// entryTurn finds again what came of an entry point: of several with one key, each has its turn in a pass.
type entryTurn struct {
	key  string
	turn int
}

// follow follows an entry point, or takes what came of it the last time.
func (a *analysis) follow(m *machine, e *entry) {
	if len(e.starts) == 0 {
		return
	}
	e.starts = a.fewStarts(e.starts, e.name, e.at)
	id := entryTurn{e.key(), a.turns[e.key()]}
	a.turns[e.key()]++
	f := a.followings[id]
	switch {
	case f == nil || !f.stands(m, e):
		f = a.explore(m, e, f)
	case a.anew != nil:
		f = a.anew(m, e, f)
	default:
		a.spend(e, f.steps)
		a.spent += f.steps
	}
	a.followings[id] = f
	e.cut, e.always, e.built = f.cut, f.entry.always, f.entry.built
	a.conclude(e, f.complete)
	a.take(f)
}

// explore follows an entry point; before is what came of it the last time, nil for nothing.
func (a *analysis) explore(m *machine, e *entry, before *following) *following {
	f := a.newFollowing(e)
	f.starts = e.starts
	f.by, f.extended = m.stepsFor(e), a.extended
	f.ungated = a.ungated[e.key()]
	outside := a.now
	a.now = f
	defer func() { a.now = outside }()
	e.always, e.ways = nil, 0
	f.complete = m.explore(e, func() {
		s := e.starts[m.choose(len(e.starts))]
		ctx := s.ctx
		m.detail = s.detail
		ctx.note(e.kind, e.name, e.detail, e.at)
		m.sync = true
		m.task(ctx, func() {
			if m.pass(e) {
				e.run(m)
			}
		})
		m.sync = false
	})
	f.cut, f.steps = e.cut, m.total
	if before != nil {
		f.keep(before)
	}
	return f
}

// take adds what came of an entry point to what the pass has found.
func (a *analysis) take(f *following) {
	for _, h := range f.order {
		ws := f.writes[h]
		for _, w := range ws.list {
			h.next.add(w.key, w, a.most(boundWrites))
		}
		if ws.exceeds != noBound {
			h.next.overflow(ws.exceeds)
		}
	}
	for _, s := range f.sites {
		s.take(f.seen[s])
	}
	for page, list := range f.leads {
		a.nextLead[page] = addStarts(a.nextLead[page], list)
	}
	for k, list := range f.raises {
		for _, r := range list {
			a.nextTrig[k] = a.fewStarts(addStarts(a.nextTrig[k], []start{r.start}), r.event, r.at)
		}
	}
	for _, h := range f.hears {
		a.buses.take(h)
	}
	for key, o := range f.left.offs {
		a.nextOffs[key] = o.with(a.nextOffs[key])
	}
	for at, s := range f.slept {
		if before, known := a.asleep[at]; !known || before.never {
			a.asleep[at] = s
		}
	}
	for g := range f.gaveUp {
		g.pass = a.pass
	}
	for q := range f.asked {
		a.slice.wake(q)
	}
	if f.entry.unit != nil && f.asks != 0 {
		a.askedBy[f.entry.unit] |= f.asks
	}
	if f.opened {
		a.opened[f.entry.key()] = true
	}
}

// keep puts what was left the last time in the place of what is like it: who met it has met the same.
func (f *following) keep(before *following) {
	for h, ws := range f.writes {
		old := before.writes[h]
		if old == nil {
			continue
		}
		for i := range ws.list {
			w := &ws.list[i]
			if at, ok := old.keys[w.key]; ok && newLikeness().value(w.val, old.list[at].val) {
				w.val = old.list[at].val
			}
		}
	}
	for i := range f.hears {
		for _, h := range before.hears {
			if l := &f.hears[i]; l.event == h.event && l.key == h.key && newLikeness().value(l.f, h.f) {
				l.f = h.f
			}
		}
	}
}
