// Package wxml reads the markup of mini-program templates, WXML and the templates of
// single-file components, with the exact place of every element and attribute. It is
// tolerant: whatever the text, it yields what can be made out and says what was wrong.
package wxml

// Range is a part of the text: text[Start:End].
type Range struct{ Start, End int }

// Attr is one attribute of an element.
type Attr struct {
	Name   string
	NameAt Range
	// HasValue is false for an attribute without "=". Value is the text between the
	// quotes as it is written, ValueAt its place.
	HasValue bool
	Value    string
	ValueAt  Range
}

// Element is one element. Elements stand in a flat list in the order of their start
// tags, so that no depth of nesting needs recursion.
type Element struct {
	Name   string
	NameAt Range
	Attrs  []Attr
	// Parent is the index of the enclosing element, or -1.
	Parent int
	// Next is the index of the first element after this one's descendants.
	Next int
	// Inner is what lies between start tag and end tag; empty for <x/>.
	Inner Range
}

// Fault is something that is no well-formed markup.
type Fault struct {
	At  int
	Why string
}

// Document is a file's markup.
type Document struct {
	Elements []Element
	Comments []Range
	Faults   []Fault
}

// Options tell how the markup is to be read.
type Options struct {
	// HTML lets the void elements of HTML (<img>, <br>, <input>) stand without an end, as Vue
	// templates do, and takes '<' and {{ }} in text as Vue does.
	HTML bool
}

// Attr returns the element's attribute of that name, or nil.
func (e *Element) Attr(name string) *Attr {
	for i := range e.Attrs {
		if e.Attrs[i].Name == name {
			return &e.Attrs[i]
		}
	}
	return nil
}

// Value returns an attribute's text, or "".
func (e *Element) Value(name string) string {
	if a := e.Attr(name); a != nil {
		return a.Value
	}
	return ""
}

// Line breaks and blanks between attributes.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// isNameStart tells of a byte that begins an element's name after '<'.
func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true,
}

// raw are the elements whose content is no markup.
var raw = map[string]bool{"wxs": true, "script": true, "style": true, "sjs": true, "renderjs": true}
