package flow

// What two followings of an entry point leave is alike where nobody could tell it apart: the objects, functions and unknown values
// that each made anew stand for each other, one for one, and all that was there before is the same.

import (
	"math"
	"slices"
)

// likeness is one comparison of what two followings made.
type likeness struct {
	to, from map[any]any // what stands for what
	left     int         // comparisons
}

// mostCompared, which bounds nothing that is followed, is how many objects and scopes are compared at most: what is larger counts as
// different, and who met it is followed again.
const mostCompared = 4000

func newLikeness() *likeness {
	return &likeness{to: map[any]any{}, from: map[any]any{}, left: mostCompared}
}

// pair notes that two things stand for each other. known tells that this was noted before, ok that nothing speaks against it.
func (l *likeness) pair(a, b any) (known, ok bool) {
	x, there := l.to[a]
	y, back := l.from[b]
	if there || back {
		return true, x == b && y == a
	}
	l.left--
	l.to[a], l.from[b] = b, a
	return false, l.left > 0
}

func (l *likeness) value(a, b value) bool {
	if a.kind != b.kind || a.know != b.know || !l.aside(a, b) {
		return false
	}
	switch a.kind {
	case kBool:
		return a.bool == b.bool
	case kNumber:
		return a.num == b.num || math.IsNaN(a.num) && math.IsNaN(b.num)
	case kString:
		return a.str == b.str
	case kObject:
		return l.object(a.obj, b.obj)
	case kSymbol:
		return l.symbol(a.sym, b.sym)
	}
	return true
}

func (l *likeness) aside(a, b value) bool {
	x, y := a.beside(), b.beside()
	return x.blank == y.blank && x.at == y.at && l.cell(x.live, y.live)
}

func (l *likeness) values(a, b []value) bool { return slices.EqualFunc(a, b, l.value) }

func (l *likeness) pointer(a, b *value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return l.value(*a, *b)
}

func (l *likeness) object(a, b *object) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	return a.class == b.class && a.isOpen == b.isOpen && a.field == b.field && a.at == b.at && a.born == b.born && a.name == b.name &&
		a.unit == b.unit && a.owner == b.owner && sameCause(a.open, b.open) && l.object(a.proto, b.proto) && l.properties(a, b) &&
		l.values(a.elems, b.elems) && l.closure(a.fn, b.fn) && l.host(a.host, b.host) && l.promise(a.promise, b.promise) && l.inner(a.in(), b.in())
}

// properties compares what two objects were made with: what others have looked for in one of them is no property of it.
func (l *likeness) properties(a, b *object) bool {
	own := func(o *object) (out []*cell) {
		for _, k := range o.keys {
			if c := o.props[k]; c != nil && !c.ghost {
				out = append(out, c)
			}
		}
		return out
	}
	return slices.EqualFunc(own(a), own(b), l.cell)
}

func (l *likeness) cell(a, b *cell) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	return a.name == b.name && a.key == b.key && a.frozen == b.frozen && a.top == b.top && a.ghost == b.ghost && l.object(a.object, b.object) &&
		l.computed(a.made, b.made) && l.value(a.val, b.val)
}

func (l *likeness) computed(a, b *computed) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.lazy == nil && b.lazy == nil && a.each == nil && b.each == nil && l.object(a.get, b.get) && l.object(a.set, b.set)
}

func (l *likeness) closure(a, b *closure) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.node == b.node && a.prog == b.prog && a.name == b.name && a.isCtor == b.isCtor && sameCause(a.doubt, b.doubt) &&
		l.env(a.env, b.env) && l.value(a.this, b.this) && l.object(a.home, b.home) && l.object(a.target, b.target) && l.values(a.args, b.args) && l.class(a.class, b.class)
}

func (l *likeness) class(a, b *class_) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.node == b.node && a.prog == b.prog && a.ctor == b.ctor && slices.Equal(a.fields, b.fields) &&
		l.env(a.env, b.env) && l.value(a.super, b.super) && l.object(a.proto, b.proto)
}

func (l *likeness) env(a, b *env) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	names := a.vars.names()
	if a.made != b.made || len(a.loaded) > 0 || len(b.loaded) > 0 || !l.env(a.parent, b.parent) || !l.activation(a.call, b.call) || !slices.Equal(names, b.vars.names()) {
		return false
	}
	for _, name := range names {
		if !l.cell(a.vars.get(name), b.vars.get(name)) {
			return false
		}
	}
	return true
}

func (l *likeness) activation(a, b *activation) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && l.value(a.this, b.this) && l.object(a.home, b.home) && l.value(a.newTarget, b.newTarget) && l.values(a.args, b.args) && l.object(a.callee, b.callee)
}

// host compares functions of the analysis itself: of those that are made anew only the ones that settle a promise can be.
func (l *likeness) host(a, b *hostFunc) bool {
	if a == b {
		return true
	}
	return a != nil && b != nil && a.name == b.name && a.api == b.api && a.rejects == b.rejects && a.settles != nil && b.settles != nil && l.promise(a.settles, b.settles)
}

func (l *likeness) promise(a, b *promise) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	return a.state == b.state && len(a.reactions) == 0 && len(b.reactions) == 0 && a.given == b.given && a.vouched == b.vouched && a.either == b.either &&
		a.locked == b.locked && a.failOf == b.failOf && sameCause(a.outside, b.outside) && sameContext(&a.ctx, &b.ctx) && l.value(a.val, b.val)
}

func (l *likeness) inner(a, b *inner) bool {
	if a == b {
		return true
	}
	return a.origin == b.origin && a.module == b.module && a.gen == b.gen && a.holder == b.holder && a.failOf == b.failOf && a.passes == b.passes &&
		l.auth(a.auth, b.auth) && (a.regexp == b.regexp || a.regexp != nil && b.regexp != nil && *a.regexp == *b.regexp) &&
		(a.proxy == b.proxy || a.proxy != nil && b.proxy != nil && l.value(a.proxy.target, b.proxy.target) && l.value(a.proxy.handler, b.proxy.handler)) &&
		l.collection(a.held, b.held)
}

func (l *likeness) auth(a, b *authSetting) bool {
	if a == nil || b == nil {
		return a == b
	}
	names := sortedKeys(a.vals)
	return slices.Equal(names, sortedKeys(b.vals)) && !slices.ContainsFunc(names, func(name string) bool { return !l.value(a.vals[name], b.vals[name]) })
}

func (l *likeness) collection(a, b *collection) bool {
	if a == nil || b == nil {
		return a == b
	}
	item := func(x, y item) bool { return l.value(x.key, y.key) && l.cell(x.cell, y.cell) }
	return slices.EqualFunc(a.items, b.items, item) && slices.EqualFunc(a.passing, b.passing, item)
}

func (l *likeness) symbol(a, b *symbol) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	return sameCause(a.cause, b.cause) && a.prefix == b.prefix && a.hasPrefix == b.hasPrefix && a.failure == b.failure && a.pages == b.pages &&
		(a.really == b.really || a.really != nil && b.really != nil && *a.really == *b.really) && a.event == b.event &&
		l.root(a.root, b.root) && l.values(a.vals, b.vals) && l.pointer(a.not, b.not) && l.object(a.shape, b.shape) && l.pointer(a.written, b.written) && l.promise(a.promise, b.promise)
}

func (l *likeness) root(a, b *root) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil {
		return false
	}
	if known, ok := l.pair(a, b); known || !ok {
		return ok
	}
	return a.n == b.n && a.name == b.name && a.at == b.at && a.written == b.written && a.keeps == b.keeps && a.offBy == b.offBy && slices.Equal(a.facts, b.facts) && slices.EqualFunc(a.maybe, b.maybe, sameCause)
}

// sameCause reports whether two causes say the same.
func sameCause(a, b *unfollowed) bool {
	return a == b || a != nil && b != nil && a != supposedly && b != supposedly && *a == *b
}

// sameStart reports whether two starts are the same, with how they came about as far as the entry point goes that led to them.
func sameStart(a, b start) bool {
	return sameContext(&a.ctx, &b.ctx) && newLikeness().pointer(a.detail, b.detail)
}

func sameContext(a, b *context) bool {
	return a.facts == b.facts && a.supposed == b.supposed && slices.EqualFunc(a.asks[:], b.asks[:], sameRequest) && sameRequest(a.enable, b.enable) &&
		a.enabled() == b.enabled() && (a.disabledAt > 0) == (b.disabledAt > 0) && a.disabledBy == b.disabledBy && sameCause(a.maybe, b.maybe) && a.failing == b.failing &&
		sameTrail(a.trail, b.trail) && sameConsequence(a.after, b.after)
}

func sameRequest(a, b request) bool { return a.progress == b.progress && a.site == b.site }

// sameTrail reports whether two ways end alike: from the entry point on that led to where they are. How that came to run makes
// no difference, and grows from pass to pass where pages open each other.
func sameTrail(a, b *trail) bool {
	for n := 0; a != b; n++ {
		if a == nil || b == nil || a.step != b.step {
			return false
		}
		if n > 0 && (a.step.Kind == StepNavigate || a.step.Kind == StepTrigger) {
			return true
		}
		a, b = a.up, b.up
	}
	return true
}

func sameConsequence(a, b *consequence) bool {
	for ; a != b; a, b = a.up, b.up {
		if a == nil || b == nil || a.made != b.made {
			return false
		}
	}
	return true
}

// sameWrites reports whether who finds a place finds the same there.
func sameWrites(h *history, a, b []write) bool {
	return slices.EqualFunc(a, b, func(x, y write) bool {
		return x.key == y.key && x.facts == y.facts && sameCause(x.maybe, y.maybe) && sameWriter(h, x, y) && sameValue(x.val, y.val)
	})
}

// sameValue reports whether two values are one and the same.
func sameValue(a, b value) bool {
	return same(a, b) && a.know == b.know && a.beside() == b.beside() || a.kind == kNumber && b.kind == kNumber && math.IsNaN(a.num) && math.IsNaN(b.num)
}

// sameWriter reports whether it makes no difference which of two runs wrote a value.
func sameWriter(h *history, a, b write) bool {
	if a.sync != b.sync || (a.by == nil) != (b.by == nil) {
		return false
	}
	return a.by == b.by || a.by.key() == b.by.key() && a.by.always[h] == b.by.always[h]
}
