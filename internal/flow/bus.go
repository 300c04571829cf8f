package flow

import (
	"maps"
	"regexp"
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Event buses: uni.$on and uni.$emit, Taro.eventCenter, mitt and the like. What raises an event runs the functions that
// listen for it, with what holds there and what held where they began to listen.

// busEvent is an event of a bus, by its name.
type busEvent struct {
	bus  *object
	name string
}

// listener is a function that listens for an event. facts held wherever it began to.
type listener struct {
	f     value
	facts facts
}

// listeners are those of an event: by where they stand in the code, or, those that are no code, by what they are.
type listeners map[any]listener

// buses is what is known of the events of all buses. What one run listens for, another raises: it is known a pass later.
type buses struct {
	heard, next map[busEvent]listeners
	// raised are the events that some code raises; any are buses on which it raises some whose name is not known.
	raised map[busEvent]bool
	any    map[*object]bool
	order  map[busEvent][]any
	// grown tells that more is raised than the last pass knew.
	grown bool
	// version counts how often what is known of them has changed.
	version int
}

func newBuses() *buses {
	return &buses{heard: map[busEvent]listeners{}, next: map[busEvent]listeners{}, raised: map[busEvent]bool{}, any: map[*object]bool{}, order: map[busEvent][]any{}}
}

// turn makes what a pass has found the knowledge of the next, and reports whether that is more or less than before.
func (b *buses) turn() bool {
	changed := b.grown || len(b.heard) != len(b.next)
	anew := changed
	for event, list := range b.next {
		changed = changed || !maps.EqualFunc(list, b.heard[event], func(x, y listener) bool { return x.facts == y.facts })
		anew = anew || !maps.EqualFunc(list, b.heard[event], func(x, y listener) bool { return x.facts == y.facts && sameValue(x.f, y.f) })
	}
	if anew {
		b.version++
	}
	b.heard, b.next, b.grown = b.next, map[busEvent]listeners{}, false
	return changed
}

// take adds a function that was found to listen.
func (b *buses) take(h hearing) {
	list := b.next[h.event]
	if list == nil {
		list = listeners{}
		b.next[h.event] = list
	}
	l := h.listener
	if known, there := list[h.key]; there {
		l.facts &= known.facts
	}
	list[h.key] = l
}

// busNames are the names that functions of buses have on the platform's object, in uni-app.
var busNames = []string{"$on", "$once", "$off", "$emit"}

// busPackages are packages whose only use is to make buses.
var busPackages = map[string]bool{"mitt": true, "tiny-emitter": true, "events": true, "eventemitter3": true}

// busFunctions make a bus, called or with new.
var busFunctions map[string]nativeFunc

func init() {
	newBus := func(m *machine, _ value, _ []value, _ *frame) value { return m.newBus() }
	busFunctions = map[string]nativeFunc{"mitt": newBus, "TinyEmitter": newBus, "EventEmitter": newBus}
}

// newBus makes a bus whose functions have the names that packages give them.
func (m *machine) newBus() value {
	o := m.object(cPlain)
	o.isOpen = true
	for _, name := range []string{"on", "once", "$on", "$once", "addListener", "off", "$off", "removeListener", "emit", "$emit", "trigger"} {
		m.define(o, name, m.busFunction(o, "", name))
	}
	return ref(o)
}

// busFunction is a function of a bus, as its name tells; host is the name of the bus.
func (m *machine) busFunction(bus *object, host, name string) value {
	switch name {
	case "emit", "$emit", "trigger":
		return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
			m.raise(bus, args, fr)
			return ref(bus)
		})
	case "off", "$off", "removeListener":
		return m.native(name, func(*machine, value, []value, *frame) value { return ref(bus) })
	}
	return m.native(name, func(m *machine, _ value, args []value, fr *frame) value {
		cause := &unfollowed{name: host + "." + name, stored: true}
		if fr != nil {
			cause.at = calleeSpan(fr)
		}
		if host == "" {
			cause.name = name
		}
		m.listen(bus, args, cause, fr)
		return ref(bus)
	})
}

// listen is bus.on(name, f).
func (m *machine) listen(bus *object, args []value, cause *unfollowed, fr *frame) {
	f := m.known(arg(args, 1))
	if m.serial == 0 {
		if f.isFunction() {
			m.callsAtLoad()
		}
		return
	}
	name, ok := m.known(arg(args, 0)).key()
	event := busEvent{bus, name}
	b := m.a.buses
	m.a.meetBuses()
	if ok {
		m.a.slice.ask(question{what: "bus", name: name})
	} else {
		m.a.slice.ask(question{what: "bus", name: anyName})
	}
	reaches := m.relevantValue(f, 0)
	if reaches || !ok || !f.isFunction() || name == "*" || !b.raised[event] || b.any[bus] || m.a.raisedElsewhere(name) {
		// It may be raised where nothing is known of what holds. What reaches the feature by way of a bus is never taken for
		// proved; what keeps a state is followed.
		m.handOver(args, cause, fr)
	}
	if reaches || !ok || !f.isFunction() || m.entry != nil && m.entry.orphan {
		return
	}
	held := m.ctx.facts & (factBoth | factEnabled)
	if !m.ctx.enabled() {
		held &^= factEnabled
	}
	at := f.obj
	for at.fn != nil && at.fn.target != nil {
		at = at.fn.target
	}
	var key any = at
	if at.fn != nil {
		key = at.fn.node
	} else if len(b.order[event]) >= m.most(boundListeners) {
		m.endAt(boundListeners, cause.name, cause.at)
	}
	if !slices.Contains(b.order[event], key) {
		b.order[event] = append(b.order[event], key)
	}
	escape(f, 0)
	m.a.now.hear(hearing{event, key, listener{f, held}})
}

// raise is bus.emit(name, ...): it runs what listens.
func (m *machine) raise(bus *object, args []value, fr *frame) {
	if m.serial == 0 {
		m.callsAtLoad()
		return
	}
	b := m.a.buses
	m.a.meetBuses()
	m.handOver(args, nil, fr)
	name, ok := m.known(arg(args, 0)).key()
	if !ok {
		if !b.any[bus] {
			b.any[bus], b.grown = true, true
			b.version++
		}
		return
	}
	event := busEvent{bus, name}
	if !b.raised[event] {
		b.raised[event], b.grown = true, true
		b.version++
	}
	list := b.heard[event]
	for _, key := range b.order[event] {
		l, there := list[key]
		if !there {
			continue
		}
		before := m.ctx.trail
		if fr != nil {
			m.ctx.note(StepTrigger, name, "", calleeSpan(fr))
		}
		m.learn(l.facts) // it has not ceased to hold since
		m.call(l.f, undefined, args[min(1, len(args)):], fr)
		m.ctx.trail = before
	}
}

var identifiers = regexp.MustCompile(`[\pL_$][\pL\pN_$]*`)

// raisedElsewhere reports whether code that is not followed may raise an event.
func (a *analysis) raisedElsewhere(name string) bool {
	words := identifiers.FindAllString(name, -1)
	return len(words) > 0 && a.project.NamedInOtherScripts(func(s *miniprogram.Script) bool { return a.programs[s] != nil }, words...)
}
