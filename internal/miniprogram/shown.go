package miniprogram

// Under which conditions an element of a template is there, can be seen and can be used: wx:if and v-if with what follows
// them, hidden and v-show, disabled.

import (
	"bytes"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Condition is an expression that decides whether an element is there or can be used.
type Condition struct {
	// Code is the expression; its offsets are those of the template's file.
	Code *Script
	// Not tells that the expression is false where the element is shown.
	Not bool
	// Exists tells that the element does not exist otherwise; else it is only hidden or does not react.
	Exists bool
}

// Shown is what has to hold where an element is used.
type Shown struct {
	// When are the conditions, all of which hold; none when the element is always there.
	When []Condition
	// Locals are names that the template itself gives a meaning at the element: of list items, slots, wxs modules.
	Locals []string
}

// maxConditions is how many conditions of one element are looked at, the inner ones first, and maxAround how
// many elements around it.
const (
	maxConditions = 16
	maxAround     = 64
)

// shownIf is one condition as it is written.
type shownIf struct {
	attr   *wxml.Attr
	not    bool
	exists bool
}

// shownReader finds the conditions of a document's elements.
type shownReader struct {
	doc *wxml.Document
	// code makes a script of an attribute's expression; nil when it is none.
	code func(a *wxml.Attr) *Script
	// native reads wx:if, vue v-if: there are templates that allow both.
	native, vue bool
	tests       [][]shownIf // of each element, without those around it; made when first asked for
	names       [][]string  // the locals of each element
	off         []*wxml.Attr
	scripts     map[*wxml.Attr]*Script
}

// of returns what has to hold where an event of the element reaches its handler.
func (r *shownReader) of(n int, event string, custom bool) Shown {
	if r.tests == nil {
		r.read()
	}
	var s Shown
	e := &r.doc.Elements[n]
	if a := r.disabled(e, r.off[n], event, custom); a != nil {
		r.add(&s, shownIf{attr: a, not: true})
	}
	for around := 0; n >= 0 && around < maxAround; around++ {
		for _, t := range r.tests[n] {
			r.add(&s, t)
		}
		s.Locals = append(s.Locals, r.names[n]...)
		n = r.doc.Elements[n].Parent
	}
	return s
}

func (r *shownReader) add(s *Shown, t shownIf) {
	if len(s.When) >= maxConditions {
		return
	}
	code, known := r.scripts[t.attr]
	if !known {
		code = r.code(t.attr)
		if r.scripts == nil {
			r.scripts = map[*wxml.Attr]*Script{}
		}
		r.scripts[t.attr] = code
	}
	if code != nil {
		s.When = append(s.When, Condition{Code: code, Not: t.not, Exists: t.exists})
	}
}

// read finds the tests of all elements. What follows an if among the children of one element belongs to it.
func (r *shownReader) read() {
	r.tests, r.names = make([][]shownIf, len(r.doc.Elements)), make([][]string, len(r.doc.Elements))
	r.off = make([]*wxml.Attr, len(r.doc.Elements))
	chains := map[int][]shownIf{}
	for n := range r.doc.Elements {
		e := &r.doc.Elements[n]
		chain := chains[e.Parent]
		own, next := r.branch(e, chain)
		if next != nil || chain != nil {
			chains[e.Parent] = next
		}
		for _, name := range []string{"v-show", "hidden", ":hidden", "v-bind:hidden"} {
			if a := e.Attr(name); a != nil && a.HasValue && (name != "v-show" || r.vue) {
				own = append(own, shownIf{attr: a, not: name != "v-show"})
			}
		}
		r.tests[n], r.names[n], r.off[n] = own, r.locals(e), off(e)
	}
}

// branch returns the tests of an element that is a branch of an if, and the chain that the next branch continues.
func (r *shownReader) branch(e *wxml.Element, chain []shownIf) (own, next []shownIf) {
	find := func(wx, v string) *wxml.Attr {
		if r.native {
			if a := e.Attr(wx); a != nil {
				return a
			}
		}
		if r.vue {
			return e.Attr(v)
		}
		return nil
	}
	if a := find("wx:if", "v-if"); a != nil {
		t := shownIf{attr: a, exists: true}
		return []shownIf{t}, []shownIf{t}
	}
	others := func() []shownIf {
		out := make([]shownIf, 0, len(chain)+1)
		for _, t := range chain[max(0, len(chain)-maxConditions):] {
			t.not = true
			out = append(out, t)
		}
		return out
	}
	if a := find("wx:elif", "v-else-if"); a != nil && chain != nil {
		t := shownIf{attr: a, exists: true}
		return append(others(), t), slices.Concat(chain[max(0, len(chain)-maxConditions+1):], []shownIf{t})
	}
	if find("wx:else", "v-else") != nil && chain != nil {
		return others(), nil
	}
	return nil, nil
}

// silenced are the events that a disabled element of that name does not raise.
var silenced = map[string][]string{
	"button": {"tap", "click"}, "switch": {"change"}, "picker": {"change"}, "slider": {"change"},
}

// disabled returns the attribute that keeps an element from raising an event. The buttons of component libraries take after
// the platform's: their click is not raised.
func (r *shownReader) disabled(e *wxml.Element, off *wxml.Attr, event string, custom bool) *wxml.Attr {
	name := kebab(e.Name)
	if custom {
		if !strings.HasSuffix(name, "-button") || event != "click" {
			return nil
		}
		name = "button"
	}
	if slices.Contains(silenced[name], event) {
		return off
	}
	return nil
}

// off is the attribute by which an element is disabled.
func off(e *wxml.Element) *wxml.Attr {
	for _, attr := range []string{"disabled", ":disabled", "v-bind:disabled"} {
		if a := e.Attr(attr); a != nil && a.HasValue {
			return a
		}
	}
	return nil
}

// locals are the names that an element gives to itself and what is in it.
func (r *shownReader) locals(e *wxml.Element) []string {
	var out []string
	list, item, index := false, "item", "index"
	for i := range e.Attrs {
		a := &e.Attrs[i]
		switch {
		case r.native && (a.Name == "wx:for" || a.Name == "wx:for-items"):
			list = true
		case r.native && a.Name == "wx:for-item":
			item = a.Value
		case r.native && a.Name == "wx:for-index":
			index = a.Value
		case r.vue && a.Name == "v-for":
			names, _, _ := strings.Cut(a.Value, " in ")
			names, _, _ = strings.Cut(names, " of ")
			out = append(out, identifiers(names)...)
		case r.vue && (strings.HasPrefix(a.Name, "#") || strings.HasPrefix(a.Name, "v-slot") || a.Name == "slot-scope" || a.Name == "scope"):
			out = append(out, identifiers(a.Value)...)
		}
	}
	if list {
		out = append(out, item, index)
	}
	return out
}

// identifiers are the words of a pattern.
func identifiers(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c >= 0x80 || !isWordByte(byte(c)) })
}

// writtenAs makes a script of code that stands in a file at an offset, with everything before it blanked.
func writtenAs(code []byte, file *source.File, at int, dialect script.Dialect) *Script {
	text := bytes.Repeat([]byte(" "), at)
	for i := range text {
		if c := file.Text[i]; c == '\n' || c == '\r' {
			text[i] = c
		}
	}
	return &Script{File: file, Text: append(text, code...), Dialect: dialect, Names: namesIn(code)}
}

// expression returns the place of the expression in a value that is {{ }} as a whole.
func expression(value string) (start, end int, ok bool) {
	trimmed := strings.TrimSpace(value)
	if !strings.HasPrefix(trimmed, "{{") || !strings.HasSuffix(trimmed, "}}") || len(trimmed) < 5 {
		return 0, 0, false
	}
	start = strings.Index(value, "{{") + 2
	end = strings.LastIndex(value, "}}")
	return start, end, !strings.Contains(value[start:end], "}}")
}
