package flow

// What a handler is given: the event, and by it the data-* attributes of the element that it is bound on.

import "github.com/voipcheck/voipcheck/internal/miniprogram"

// eventPart is a part of an event that leads to the attributes of the element: event.currentTarget.dataset.
type eventPart struct {
	// root decides by which of the bindings the event came; elements are the literal data-* attributes of each.
	root     *root
	elements []map[string]string
	// many tells that there are more bindings than are told apart.
	many bool
	// above is the part that this is a property of; nil for the event itself.
	above *eventPart
	name  string
}

// eventOf describes the event of a handler that is bound on these elements.
func (m *machine) eventOf(elements []map[string]string) *eventPart {
	known := false
	for _, e := range elements {
		known = known || len(e) > 0
	}
	if !known {
		return nil
	}
	if len(elements) > m.most(boundAlternatives) {
		return &eventPart{root: &root{n: 1, facts: make([]facts, 1)}, many: true}
	}
	return &eventPart{root: &root{n: len(elements), facts: make([]facts, len(elements))}, elements: elements}
}

// path is how the part is written behind the event.
func (e *eventPart) path() string {
	if e.above == nil {
		return ""
	}
	return e.above.path() + "." + e.name
}

// eventPart reads a property of an event or of a part of it; out is the unknown value that it is otherwise.
func (m *machine) eventPart(of *eventPart, name string, out value) value {
	if of.path() != ".currentTarget.dataset" {
		out.sym.event = &eventPart{root: of.root, elements: of.elements, many: of.many, above: of, name: name}
		return out
	}
	if of.many {
		return m.unknown(m.gaveUpHere(boundAlternatives, name))
	}
	vals, literal := make([]value, len(of.elements)), false
	for i, attributes := range of.elements {
		vals[i] = m.unknown(nil)
		if s, ok := attributes[name]; ok {
			vals[i], literal = text(s), true
		}
	}
	if !literal || out.sym.root != nil {
		return out
	}
	if len(vals) == 1 {
		return vals[0]
	}
	out.sym.root, out.sym.vals = of.root, vals
	return out
}

// handlerArgs is what a handler gets that is bound on the elements of e.
func (m *machine) handlerArgs(e *eventPart) []value {
	if m.detail == nil {
		v := m.eventObject()
		v.sym.event = e
		return []value{v}
	}
	if m.a.project.Framework != miniprogram.Native {
		return []value{*m.detail}
	}
	o := m.object(cPlain)
	o.isOpen = true
	m.define(o, "detail", *m.detail)
	return []value{ref(o)}
}

// eventObject is what a handler of the user's doing gets: it grants nothing.
func (m *machine) eventObject() value { return m.unknown(nil) }
