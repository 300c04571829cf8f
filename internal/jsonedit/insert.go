// Package jsonedit inserts into JSON, with comments or without, and leaves the rest of the text as
// people wrote it.
package jsonedit

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/jsonc"

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
		return d.replace(old.Start, old.End, d.indented(value, d.lineIndent(old.Start)))
	}
	end := -1
	if n := len(object.Members); n > 0 {
		end = object.Members[n-1].Value.End
	}
	return d.insert(object, end, Quote(key)+": ", value)
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
	end := -1
	if n := len(array.Elements); n > 0 {
		end = array.Elements[n-1].End
	}
	return d.insert(array, end, "", value)
}

// insert puts a member or element behind the last one of a container, which ends at last (-1: none).
func (d *Document) insert(in *jsondoc.Node, last int, key, value string) bool {
	closing := in.End - 1
	if last >= 0 && !bytes.ContainsRune(d.Text[in.Start:in.End], '\n') {
		return d.replace(last, last, ", "+key+oneLine(value))
	}
	indent, outer := d.memberIndent(in), d.lineIndent(in.Start)
	body := d.newline() + indent + key + d.indented(value, indent)
	if last >= 0 && d.trailingComma(last, closing) >= 0 {
		body += ","
	} else if last >= 0 {
		d.Text = splice(d.Text, last, last, ",")
		closing++
	}
	content := len(bytes.TrimRight(d.Text[:closing], " \t\r\n"))
	if bytes.ContainsRune(d.Text[content:closing], '\n') {
		return d.replace(content, content, body)
	}
	return d.replace(content, closing, body+d.newline()+outer)
}

// trailingComma returns the offset of a comma after the last member, or -1.
func (d *Document) trailingComma(from, to int) int {
	for i := from; i < to; i++ {
		switch c := d.Text[i]; {
		case c == ',':
			return i
		case c == '/' && i+1 < to && d.Text[i+1] == '/':
			for i < to && d.Text[i] != '\n' {
				i++
			}
		case c == '/' && i+1 < to && d.Text[i+1] == '*':
			if end := bytes.Index(d.Text[i+2:to], []byte("*/")); end >= 0 {
				i += end + 3
			}
		}
	}
	return -1
}

func oneLine(value string) string {
	var b bytes.Buffer
	if err := json.Compact(&b, jsonc.ToJSON([]byte(value))); err != nil {
		return value
	}
	return b.String()
}

// indented renders value, whose lines are indented by tabs, in the document's own way.
func (d *Document) indented(value, indent string) string {
	lines := strings.Split(value, "\n")
	unit := d.unit()
	for i, line := range lines {
		text := strings.TrimLeft(line, "\t")
		if i > 0 {
			text = indent + strings.Repeat(unit, len(line)-len(text)) + text
		}
		lines[i] = text
	}
	return strings.Join(lines, d.newline())
}

// memberIndent is the indentation of a container's members.
func (d *Document) memberIndent(in *jsondoc.Node) string {
	first := -1
	if len(in.Members) > 0 {
		first = in.Members[0].KeyStart
	} else if len(in.Elements) > 0 {
		first = in.Elements[0].Start
	}
	if first >= 0 && len(bytes.TrimSpace(d.Text[d.lineStart(first):first])) == 0 {
		return d.lineIndent(first)
	}
	return d.lineIndent(in.Start) + d.unit()
}

// unit is one level of indentation: that of the root's first member on a line of its own.
func (d *Document) unit() string {
	for _, m := range d.Root.Members {
		if d.lineStart(m.KeyStart) > d.Root.Start {
			if indent := d.lineIndent(m.KeyStart); indent != "" {
				return indent
			}
		}
	}
	return "  "
}

func (d *Document) newline() string {
	if i := bytes.IndexByte(d.Text, '\n'); i > 0 && d.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func (d *Document) lineStart(offset int) int {
	return bytes.LastIndexByte(d.Text[:offset], '\n') + 1
}

func (d *Document) lineIndent(offset int) string {
	line := d.Text[d.lineStart(offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

func (d *Document) replace(start, end int, text string) bool {
	d.Text = splice(d.Text, start, end, text)
	parsed := jsondoc.ParseTolerant(d.Text)
	d.Root = parsed.Root
	return parsed.Err == nil
}

func splice(text []byte, start, end int, with string) []byte {
	out := make([]byte, 0, len(text)+len(with))
	out = append(out, text[:start]...)
	out = append(out, with...)
	return append(out, text[end:]...)
}
