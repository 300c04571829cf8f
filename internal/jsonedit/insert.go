// Package jsonedit inserts into JSON, with comments or without, and leaves the rest of the text as
// people wrote it.
package jsonedit

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// Document is a text with its tree, to be changed.
type Document struct {
	Text []byte
	Root *jsondoc.Node
}

// Open parses text for changes. Its error is a *jsondoc.SyntaxError.
func Open(text []byte) (*Document, error) {
	parsed := jsondoc.ParseTolerant(text)
	if parsed.Err != nil {
		return nil, parsed.Err
	}
	return &Document{Text: text, Root: parsed.Root}, nil
}

// Set gives the object at path the member key with value, which is JSON of one line or
// indented by tabs. Objects on the way are made where they are missing. Everything else of the
// text, with its comments and line endings, stays as it is. A member that is there
// is replaced. It reports false when something on the way is there and no object.
func (d *Document) Set(path []string, key, value string) bool {
	at := d.Root
	for i, name := range path {
		if at.Kind != jsondoc.Object {
			return false
		}
		next := at.Get(name)
		if next == nil {
			return d.set(at, name, nest(path[i+1:], key, value))
		}
		at = next
	}
	return at.Kind == jsondoc.Object && d.set(at, key, value)
}

// nest wraps a member into objects for the names of path.
func nest(path []string, key, value string) string {
	keys := append(append([]string(nil), path...), key)
	for i := len(keys) - 1; i >= 0; i-- {
		value = "{\n\t" + Quote(keys[i]) + ": " + strings.ReplaceAll(value, "\n", "\n\t") + "\n}"
	}
	return value
}

// Quote writes s as a JSON string, without the escapes meant for HTML.
func Quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (d *Document) set(object *jsondoc.Node, key, value string) bool {
	if old := object.Get(key); old != nil {
		l := d.literal(old)
		return d.take(splice(d.Text, old.Start, old.End, l.indented(value, l.lineIndent(old.Start))))
	}
	return d.take(d.literal(object).Insert(Quote(key) + ": " + value))
}

// Append adds value at the end of the array at path. It reports false when there is no such array.
func (d *Document) Append(path []string, value string) bool {
	at := d.Root
	for _, name := range path {
		at = at.Get(name)
	}
	if at == nil || at.Kind != jsondoc.Array {
		return false
	}
	return d.AppendTo(at, value)
}

// AppendTo adds value at the end of an array of the document.
func (d *Document) AppendTo(array *jsondoc.Node, value string) bool {
	return d.take(d.literal(array).Insert(value))
}

// literal is a container of the document.
func (d *Document) literal(n *jsondoc.Node) Literal {
	bare := bytes.Clone(d.Text)
	for _, c := range jsondoc.ParseTolerant(d.Text).Comments {
		Blank(bare, c.Start, c.End)
	}
	return Literal{Text: d.Text, Bare: bare, Open: n.Start, Close: n.End - 1}
}

// take makes text the document's, and tells whether it still is one.
func (d *Document) take(text []byte) bool {
	parsed := jsondoc.ParseTolerant(text)
	d.Text, d.Root = text, parsed.Root
	return parsed.Err == nil
}

func splice(text []byte, start, end int, with string) []byte {
	out := make([]byte, 0, len(text)+len(with))
	out = append(out, text[:start]...)
	out = append(out, with...)
	return append(out, text[end:]...)
}
