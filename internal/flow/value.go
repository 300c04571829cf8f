package flow

import (
	"math"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/ecma"
	"github.com/voipcheck/voipcheck/internal/source"
)

// kind tells what a value is.
type kind uint8

const (
	kUndefined kind = iota
	kNull
	kBool
	kNumber
	kString
	kObject
	kSymbol // a value that is not known, or one of several known ones
)

// value is what the interpreter knows of a JavaScript value. It is copied
// freely; the mutable part is behind obj.
type value struct {
	kind kind
	bool bool
	// know are the facts that held when another task wrote this value: whoever
	// tests the value learns them.
	know facts
	num  float64
	str  string
	obj  *object
	sym  *symbol
	// aside is nil for most values, of which there are very many.
	aside *aside
}

// aside is what is known of few values. It does not change once made, since copies of a value share it.
type aside struct {
	blank *history
	live  *cell
	// at is where a platform function was named, for calls through a variable.
	at source.Span
}

// blank is the field whose initial blank a value is, when nothing ever replaces it.
func (v value) blank() *history {
	if v.aside == nil {
		return nil
	}
	return v.aside.blank
}

// live is a place whose value a value is at any time: a component's state.
func (v value) live() *cell {
	if v.aside == nil {
		return nil
	}
	return v.aside.live
}

func (v value) withBlank(h *history) value {
	if v.blank() != h {
		more := v.beside()
		more.blank = h
		v.aside = &more
	}
	return v
}

func (v value) withLive(c *cell) value {
	more := v.beside()
	more.live = c
	v.aside = &more
	return v
}

func (v value) withPlace(at source.Span) value {
	more := v.beside()
	more.at = at
	v.aside = &more
	return v
}

func (v value) beside() aside {
	if v.aside == nil {
		return aside{}
	}
	return *v.aside
}

var (
	undefined = value{kind: kUndefined}
	null      = value{kind: kNull}
	yes       = value{kind: kBool, bool: true}
	no        = value{kind: kBool}
)

func boolean(b bool) value {
	if b {
		return yes
	}
	return no
}

func number(n float64) value { return value{kind: kNumber, num: n} }
func text(s string) value    { return value{kind: kString, str: s} }
func ref(o *object) value {
	return value{kind: kObject, obj: o}
}

// symbol is a value that is not known. It is one of three things: wholly unknown (root nil); one of
// the values of vals, which one being decided by root; or a string of which only the start is known.
type symbol struct {
	id int
	// cause is what could not be followed and made the value unknown; nil when the value
	// is the user's or the platform's, which can never grant anything.
	cause *unfollowed
	root  *root
	vals  []value
	// prefix is the known start of an unknown string.
	prefix    string
	hasPrefix bool
	// failure marks the errMsg of a failed call: it never contains "ok".
	failure bool
	// really is the truth of a test of a field that nothing fills, which is looked at as if something did.
	really *bool
	// not is the value that this one is the negation of.
	not *value
	// pages is set for the stack of open pages and each of them.
	pages pagePart
	// event is set for what the platform hands to a handler, and for what of it leads to the element's data-* attributes.
	event *eventPart
	// shape holds the properties that code has put on it since; nil where it has put none.
	shape *object
	// written is the object whose text it is, as JSON.stringify writes it.
	written *value
	// promise is what a function returned of which it is not known whether it returns a promise: what comes of waiting for it.
	promise *promise
}

// root is a decision that the analysis takes for a path: which alternative is the
// case. Alternatives are bits of a mask, so there are at most 64.
type root struct {
	n     int
	facts []facts // what each alternative shows to hold
	maybe []*unfollowed
	name  string
	at    source.Span
	// offBy is what switched enabling off after alternatives were written that told of it.
	offBy *site
	// written tells that the alternatives are what several runs have written.
	written bool
	// keeps tells that one of them is an object that keeps what shows something: a service that is made when it is first
	// asked for, with a flag.
	keeps bool
}

// unfollowed names something that the analysis could not follow.
type unfollowed struct {
	name string
	at   source.Span
	// stored tells that a callback was handed to something that runs it at another
	// time; it can establish a fact only when the project could.
	stored bool
	// held is all that it can have established, when that is known: what held where a flag in the storage was written.
	held facts
	// entry tells that it is the way into the page that is not known.
	entry bool
	// broken is the file that it is, where that cannot be parsed.
	broken *source.File
	// runtime tells that it is a framework's own code.
	runtime bool
	// bound is the row of the table of bounds that was met; failure the text of an internal failure.
	bound   bound
	most    int // what the bound was
	failure string
}

// given reports whether it was given up, rather than code that cannot be followed.
func (u *unfollowed) given() bool { return u.bound != noBound || u.failure != "" }

// isFunction reports whether v is known to be callable.
func (v value) isFunction() bool {
	return v.kind == kObject && (v.obj.fn != nil || v.obj.host != nil)
}

func (v value) isNullish() bool { return v.kind == kUndefined || v.kind == kNull }

func (v value) isPromise() bool { return v.kind == kObject && v.obj.promise != nil }

// constTruth returns the truth of a value that is known.
func (v value) constTruth() bool {
	switch v.kind {
	case kBool:
		return v.bool
	case kNumber:
		return v.num != 0 && !math.IsNaN(v.num)
	case kString:
		return v.str != ""
	case kObject:
		return true
	}
	return false
}

// isNumeric reports whether a value is a number, whichever.
func (v value) isNumeric() bool {
	if v.kind != kSymbol || v.sym.root == nil {
		return v.kind == kNumber
	}
	for _, alt := range v.sym.vals {
		if alt.kind != kNumber {
			return false
		}
	}
	return true
}

// isBlank reports whether a value is what a field is given that waits for a real value.
func (v value) isBlank() bool {
	return v.isNullish() || v.kind == kString && v.str == ""
}

// pretends reports whether a value is that of a field which nothing fills, or a test of one: that it counts as true is only supposed.
func (v value) pretends() bool {
	return v.blank() != nil && v.isBlank() || v.kind == kSymbol && v.sym.really != nil
}

// isPlainUnknown reports whether nothing at all is known of a value.
func (v value) isPlainUnknown() bool {
	return v.kind == kSymbol && v.sym.root == nil && v.sym.not == nil && v.sym.shape == nil && !v.sym.hasPrefix && v.live() == nil
}

// isEmptyObject reports whether a value is {}, as fields are often given that wait for a real one.
func (v value) isEmptyObject() bool {
	return v.kind == kObject && v.obj.class == cPlain && len(v.obj.keys) == 0 && !v.obj.isOpen && v.obj.proto == nil
}

// key returns the property key that v stands for, if it is known.
func (v value) key() (string, bool) {
	switch v.kind {
	case kString:
		return v.str, true
	case kNumber:
		return ecma.FormatNumber(v.num), true
	case kBool:
		return strconv.FormatBool(v.bool), true
	case kNull:
		return "null", true
	case kUndefined:
		return "undefined", true
	}
	return "", false
}

// propertyKey is key, and the key that a symbol is.
func (v value) propertyKey() (string, bool) {
	if v.kind == kObject && v.obj.class == cBoxed && v.obj.name != "" {
		return v.obj.name, true
	}
	return v.key()
}

// same reports whether two values are the same as far as is known.
func same(a, b value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case kBool:
		return a.bool == b.bool
	case kNumber:
		return a.num == b.num
	case kString:
		return a.str == b.str
	case kObject:
		return a.obj == b.obj
	case kSymbol:
		return a.sym == b.sym
	}
	return true
}
