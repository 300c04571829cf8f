package flow

import "github.com/voipcheck/voipcheck/internal/script"

// Functions that are given to something which is not followed, or kept for later.

// handOver gives values to something that is not followed: functions among them may be run by it, at any later time.
func (m *machine) handOver(args []value, cause *unfollowed, fr *frame) {
	for _, a := range args {
		m.handOverValue(a, cause, fr, 0)
	}
}

func (m *machine) handOverValue(v value, cause *unfollowed, fr *frame, depth int) {
	if v.kind == kSymbol && v.sym.root != nil && depth <= m.most(boundInner) {
		// Whichever of them it is.
		mask := m.mask(v.sym.root)
		for i, alt := range v.sym.vals {
			if mask&(1<<i) != 0 && alt.isFunction() {
				m.handOverValue(alt, cause, fr, depth)
			}
		}
		return
	}
	if v.kind != kObject || depth > m.most(boundInner) {
		return
	}
	o := v.obj
	switch {
	case o.fn != nil || o.host != nil && o.host.settles != nil:
		if o.fn != nil && depth > 0 && m.inert(o.fn) {
			return
		}
		m.atLoad(v)
		if o.fn != nil && !m.once(fr, o.fn) {
			return
		}
		ctx, vouched := m.ctx, m.vouching
		m.later(func() {
			m.task(ctx, func() {
				if vouched != 0 {
					m.vouch(vouched)
				} else if cause != nil {
					m.mayHold(cause)
				}
				out := m.call(v, undefined, []value{m.unknown(cause), m.unknown(cause), m.unknown(cause)}, nil)
				m.handOverValue(out, cause, nil, 2)
			})
		})
		if o.host != nil {
			o.host.settles.used = true
		}
	case o.promise != nil:
		o.promise.used = true
		if o.promise.failOf != nil {
			m.a.now.of(o.promise.failOf).handled = true
		}
		o.promise.given = true
	case o.class == cArray:
		for _, e := range o.elems {
			m.handOverValue(e, cause, fr, depth+1)
		}
	case o.class == cPlain && o.unit == nil:
		for _, k := range o.keys {
			if c := o.props[k]; c != nil {
				m.handOverValue(c.val, cause, fr, depth+1)
			}
		}
	}
}

// store keeps functions in a list or table that outlives the way: whoever finds them there may run them, with
// more established than holds now.
func (m *machine) store(o *object, fr *frame, vals ...value) {
	if m.serial == 0 || !m.outlives(o) && !o.escaped {
		return
	}
	for _, v := range vals {
		escape(v, 0)
	}
	why := &unfollowed{name: "callback", stored: true}
	if fr != nil {
		why.at = calleeSpan(fr)
	}
	if m.frames != nil {
		f := m.frames.frame
		why.name, why.at = calleeText(&f), calleeSpan(&f)
	}
	m.handOver(vals, why, fr)
}

// storing are the names of methods that take a function to run it when something happens.
var storing = map[string]bool{
	"on": true, "once": true, "$on": true, "$once": true, "addListener": true, "addEventListener": true, "subscribe": true, "$subscribe": true,
	"onReady": true, "listen": true, "watch": true, "$watch": true, "push": true, "enqueue": true, "add": true, "register": true, "use": true, "emit": true, "$emit": true, "tap": true,
}

// storedBy tells of a function that is not followed whether it stores what it is given.
func storedBy(cause *unfollowed, fr *frame) *unfollowed {
	if cause != nil && cause.stored || fr == nil {
		return cause
	}
	x := callee(fr.call)
	if c, ok := x.(*script.Chain); ok {
		x = c.X
	}
	if member, ok := x.(*script.Member); ok && storing[member.Name] {
		return &unfollowed{stored: true, name: dotted(x), at: fr.prog.loc(member.NameLoc)}
	}
	return cause
}

// atLoad notes that a module hands over a function while it is loaded: what that does is followed with the module's top
// level as an entry point.
func (m *machine) atLoad(v value) {
	if m.serial == 0 && m.relevantValue(v, 0) {
		m.callsAtLoad()
	}
}

// callsAtLoad notes that the modules being loaded do something that matters on their top level.
func (m *machine) callsAtLoad() {
	for _, k := range m.a.loading {
		k.calls = k.calls || !m.a.aside
	}
}

// handKey is a function handed over at a call.
type handKey struct {
	call, fn script.Node
}

// once reports whether a function handed over at a call should be run once more on this way: a function
// that hands itself over again would otherwise run for ever.
func (m *machine) once(fr *frame, f *closure) bool {
	k := handKey{}
	if f != nil {
		k.fn = f.node
	}
	if fr != nil {
		k.call = fr.call
	}
	m.handed[k]++
	switch n := m.handed[k]; {
	case n == 1:
		m.handedAt[k] = m.next
		return true
	case n > 2 && m.next != m.handedAt[k]:
		return false
	case f == nil:
		return n <= m.most(boundTicks)
	default:
		return !m.endless(k, n, boundTicks, f.prog, f.node, f.env) // a countdown comes to its end
	}
}
