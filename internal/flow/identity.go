package flow

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Which object a write is to, where that is not plain: objects that every run makes anew, and objects that nobody knows.

// birth is where an object is made: the place in the code, and the call in which it is come by.
type birth struct {
	file *source.File
	at   int
	call script.Node
}

// variableKey finds a variable again that every run makes anew.
type variableKey struct {
	scope birth
	name  string
}

// calling is the call being evaluated.
func (m *machine) calling() script.Node {
	if m.frames == nil {
		return nil
	}
	return m.frames.call
}

// identity returns the object that stands for all that are made at the same place: a run makes anew what it keeps in a
// field, and what others write to it is to be found again.
func (a *analysis) identity(o *object) *object {
	if o.serial == 0 || o.at.IsZero() {
		return o
	}
	key := birth{o.at.File, o.at.Start, o.born}
	first := a.births[key]
	if first == nil {
		first = o
		a.births[key] = o
	}
	return first
}

// rewritten reports whether a run writes a place that another run makes.
func (a *analysis) rewritten(c *cell) bool {
	if c.object == nil && c.scope != nil {
		h := a.variables[variableKey{*c.scope, c.name}]
		return h != nil && len(h.writes) > 0
	}
	if c.object == nil || c.object.serial == 0 || c.getter() != nil {
		return false
	}
	h := a.histories[historyKey{a.identity(c.object), c.name}]
	return h != nil && len(h.writes) > 0
}

// writtenBlindly notes that properties of these names are written to an object that is not known: a page found by
// getCurrentPages, for one.
func (a *analysis) writtenBlindly(path string) {
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if !a.written[part] {
			a.written[part] = true
			a.blind++
		}
	}
}

// writtenUnseen reports whether a property may have been written by code that names neither it nor its object.
func (a *analysis) writtenUnseen(c *cell) bool {
	if a.blind == 0 || c.object == nil || c.val.isFunction() {
		return false
	}
	return a.wild(c.object, c.name) || c.object.field && a.written[c.name]
}

// wild reports whether a write to a computed key may have hit a property.
func (a *analysis) wild(o *object, name string) bool {
	return a.wildBy(o, name) != nil
}

// wildBy returns the write to a computed key that may have hit a property.
func (a *analysis) wildBy(o *object, name string) *wildWrite {
	for i, w := range a.wildcards[o] {
		first, _, _ := strings.Cut(w.prefix, ".")
		if w.prefix == "" || strings.HasPrefix(name, w.prefix) || first == name {
			return &a.wildcards[o][i]
		}
	}
	return nil
}
