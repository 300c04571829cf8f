// Package jsonedit inserts into JSON, with comments or without, and leaves the rest of the text as
// people wrote it.
package jsonedit

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/jsondoc"
)

// Document is a text with its tree, to be changed.
type Document struct {
	Text []byte
	Root *jsondoc.Node
	// Refused tells that a change was possible in the view that is changed and would have broken another one.
	Refused bool
	views   []View
}

// View is what one reader of a text sees of it: what the reader leaves out is blanked, and offsets stay as they are.
type View = func(text []byte) []byte

// Open parses text for changes, as the first view shows it. A change never breaks a view that could be read before. Without views there
// is one, the text itself. The error is a *jsondoc.SyntaxError.
func Open(text []byte, views ...View) (*Document, error) {
	if len(views) == 0 {
		views = []View{func(text []byte) []byte { return text }}
	}
	parsed := jsondoc.ParseTolerant(views[0](text))
	if parsed.Err != nil {
		return nil, parsed.Err
	}
	return &Document{Text: text, Root: parsed.Root, views: views}, nil
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
	return d.insert(object, Quote(key)+": "+value)
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

// AppendTo adds value at the end of an array of the document, or behind an earlier element when a view would break otherwise.
func (d *Document) AppendTo(array *jsondoc.Node, value string) bool {
	return d.insert(array, value)
}

// InsertAt adds an entry, "key: value" or a value, to the container that begins at an offset of the text.
func (d *Document) InsertAt(start int, entry string) bool {
	container := d.Root
	for container != nil && container.Start != start {
		var inner *jsondoc.Node
		for _, e := range container.Elements {
			if e.Start <= start && start < e.End {
				inner = e
			}
		}
		for _, m := range container.Members {
			if m.Value.Start <= start && start < m.Value.End {
				inner = m.Value
			}
		}
		container = inner
	}
	return container != nil && d.insert(container, entry)
}

// insert adds an entry to a container: behind all others, else behind the last one that all views show, else behind the last one.
func (d *Document) insert(container *jsondoc.Node, entry string) bool {
	l := d.literal(container)
	if d.take(l.Insert(entry)) {
		return true
	}
	for _, end := range d.ends(container) {
		for _, text := range l.insertBehind(end, entry) {
			if d.take(text) {
				return true
			}
		}
	}
	return false
}

// ends are where the container's entries end, the last one first; those that not all views show come after the others.
func (d *Document) ends(container *jsondoc.Node) []int {
	entries := slices.Clone(container.Elements)
	for _, m := range container.Members {
		entries = append(entries, m.Value)
	}
	slices.Reverse(entries)
	var everywhere, somewhere []int
	seen := make([][]byte, len(d.views))
	for i, view := range d.views {
		seen[i] = view(d.Text)
	}
	for _, e := range entries {
		hidden := func(text []byte) bool { return text[container.Start] != ' ' && text[e.Start] == ' ' }
		if slices.ContainsFunc(seen, hidden) {
			somewhere = append(somewhere, e.End)
		} else {
			everywhere = append(everywhere, e.End)
		}
	}
	return append(everywhere, somewhere...)
}

// literal is a container of the document.
func (d *Document) literal(n *jsondoc.Node) Literal {
	bare := bytes.Clone(d.views[0](d.Text))
	for _, c := range jsondoc.ParseTolerant(bare).Comments {
		Blank(bare, c.Start, c.End)
	}
	return Literal{Text: d.Text, Bare: bare, Open: n.Start, Close: n.End - 1}
}

// take makes text the document's unless that breaks a view that could be read before.
func (d *Document) take(text []byte) bool {
	parsed := jsondoc.ParseTolerant(d.views[0](text))
	if parsed.Err != nil {
		return false
	}
	for _, view := range d.views[1:] {
		if jsondoc.ParseTolerant(view(text)).Err != nil && jsondoc.ParseTolerant(view(d.Text)).Err == nil {
			d.Refused = true
			return false
		}
	}
	d.Text, d.Root, d.Refused = text, parsed.Root, false
	return true
}

func splice(text []byte, start, end int, with string) []byte {
	out := make([]byte, 0, len(text)+len(with))
	out = append(out, text[:start]...)
	out = append(out, with...)
	return append(out, text[end:]...)
}
