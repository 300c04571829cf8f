package templates

// Under which conditions an element of a template is there, can be seen and can be used: wx:if and v-if with what follows
// them, hidden and v-show, disabled.

import (
	"bytes"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
	"github.com/voipcheck/voipcheck/internal/miniprogram/wxml"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// InlineBudget is how many bytes the texts of a template's inline handlers and conditions may take. Each is
// as long as the file up to its end, so that places agree.
const InlineBudget = 32 << 20

// maxConditions is how many conditions of one element are looked at, the inner ones first, and maxAround how
// many elements around it.
const (
	maxConditions = 16
	maxAround     = 64
)

// test is one condition as it is written.
type test struct {
	attr   *wxml.Attr
	not    bool
	exists bool
}

// GuardReader finds the conditions of a document's elements.
type GuardReader struct {
	Doc *wxml.Document
	// Code makes a script of an attribute's expression; nil when it is none.
	Code func(a *wxml.Attr) *miniprogram.Script
	// native reads wx:if, vue v-if: there are templates that allow both.
	native, Vue bool
	tests       [][]test   // of each element, without those around it; made when first asked for
	names       [][]string // the locals of each element
	off         []*wxml.Attr
	scripts     map[*wxml.Attr]*miniprogram.Script
}

// Of returns what has to hold where an event of the element reaches its handler.
func (r *GuardReader) Of(n int, event string, custom bool) miniprogram.Guards {
	if r.tests == nil {
		r.read()
	}
	var s miniprogram.Guards
	e := &r.Doc.Elements[n]
	if a := r.disabled(e, r.off[n], event, custom); a != nil {
		r.add(&s, test{attr: a, not: true})
	}
	for around := 0; n >= 0 && around < maxAround; around++ {
		for _, t := range r.tests[n] {
			r.add(&s, t)
		}
		s.Locals = append(s.Locals, r.names[n]...)
		n = r.Doc.Elements[n].Parent
	}
	return s
}

func (r *GuardReader) add(s *miniprogram.Guards, t test) {
	if len(s.When) >= maxConditions {
		return
	}
	code, known := r.scripts[t.attr]
	if !known {
		code = r.Code(t.attr)
		if r.scripts == nil {
			r.scripts = map[*wxml.Attr]*miniprogram.Script{}
		}
		r.scripts[t.attr] = code
	}
	if code != nil {
		s.When = append(s.When, miniprogram.Condition{Code: code, Not: t.not, Exists: t.exists})
	}
}

// read finds the tests of all elements. What follows an if among the children of one element belongs to it.
func (r *GuardReader) read() {
	r.tests, r.names = make([][]test, len(r.Doc.Elements)), make([][]string, len(r.Doc.Elements))
	r.off = make([]*wxml.Attr, len(r.Doc.Elements))
	chains := map[int][]test{}
	for n := range r.Doc.Elements {
		e := &r.Doc.Elements[n]
		chain := chains[e.Parent]
		own, next := r.branch(e, chain)
		if next != nil || chain != nil {
			chains[e.Parent] = next
		}
		for _, name := range []string{"v-show", "hidden", ":hidden", "v-bind:hidden"} {
			if a := e.Attr(name); a != nil && a.HasValue && (name != "v-show" || r.Vue) {
				own = append(own, test{attr: a, not: name != "v-show"})
			}
		}
		r.tests[n], r.names[n], r.off[n] = own, r.locals(e), off(e)
	}
}

// branch returns the tests of an element that is a branch of an if, and the chain that the next branch continues.
func (r *GuardReader) branch(e *wxml.Element, chain []test) (own, next []test) {
	find := func(wx, v string) *wxml.Attr {
		if r.native {
			if a := e.Attr(wx); a != nil {
				return a
			}
		}
		if r.Vue {
			return e.Attr(v)
		}
		return nil
	}
	if a := find("wx:if", "v-if"); a != nil {
		t := test{attr: a, exists: true}
		return []test{t}, []test{t}
	}
	others := func() []test {
		out := make([]test, 0, len(chain)+1)
		for _, t := range chain[max(0, len(chain)-maxConditions):] {
			t.not = true
			out = append(out, t)
		}
		return out
	}
	if a := find("wx:elif", "v-else-if"); a != nil && chain != nil {
		t := test{attr: a, exists: true}
		return append(others(), t), slices.Concat(chain[max(0, len(chain)-maxConditions+1):], []test{t})
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
func (r *GuardReader) disabled(e *wxml.Element, off *wxml.Attr, event string, custom bool) *wxml.Attr {
	name := scan.Kebab(e.Name)
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
func (r *GuardReader) locals(e *wxml.Element) []string {
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
		case r.Vue && a.Name == "v-for":
			names, _, _ := strings.Cut(a.Value, " in ")
			names, _, _ = strings.Cut(names, " of ")
			out = append(out, identifiers(names)...)
		case r.Vue && (strings.HasPrefix(a.Name, "#") || strings.HasPrefix(a.Name, "v-slot") || a.Name == "slot-scope" || a.Name == "scope"):
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
	return strings.FieldsFunc(s, func(c rune) bool { return c >= 0x80 || !scan.IsWordByte(byte(c)) })
}

// WrittenAs makes a script of code that stands in a file at an offset, with everything before it blanked.
func WrittenAs(code []byte, file *source.File, at int, dialect script.Dialect) *miniprogram.Script {
	text := bytes.Repeat([]byte(" "), at)
	for i := range text {
		if c := file.Text[i]; c == '\n' || c == '\r' {
			text[i] = c
		}
	}
	return &miniprogram.Script{File: file, Text: append(text, code...), Dialect: dialect, Names: scan.NamesIn(code)}
}

// Expression returns the place of the expression in a value that is {{ }} as a whole.
func Expression(value string) (start, end int, ok bool) {
	trimmed := strings.TrimSpace(value)
	if !strings.HasPrefix(trimmed, "{{") || !strings.HasSuffix(trimmed, "}}") || len(trimmed) < 5 {
		return 0, 0, false
	}
	start = strings.Index(value, "{{") + 2
	end = strings.LastIndex(value, "}}")
	return start, end, !strings.Contains(value[start:end], "}}")
}
