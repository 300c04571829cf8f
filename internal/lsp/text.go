package lsp

// The texts of documents that are open, and places in them.

import (
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/internal/lsp/protocol"
	"github.com/voipcheck/voipcheck/internal/source"
)

// mark is the byte order mark, which the editor may count as a character, and which is no part of a file's text.
const mark = "\uFEFF"

// document is a document as it is in the editor.
type document struct {
	uri     string
	version int
	text    string
}

// change applies changes, one after the other.
func (d *document) change(changes []protocol.TextDocumentContentChangeEvent, e protocol.PositionEncoding) {
	for _, c := range changes {
		if c.Range == nil {
			d.text = c.Text
			continue
		}
		start, end := offsetIn(d.text, c.Range.Start, e), offsetIn(d.text, c.Range.End, e)
		start, end = min(start, end), max(start, end)
		d.text = d.text[:start] + c.Text + d.text[end:]
	}
}

// offsetIn is the byte offset of a place in a text. What lies behind the end of a line is its end, and what lies within a
// character is its beginning.
func offsetIn(text string, p protocol.Position, e protocol.PositionEncoding) int {
	start := 0
	for range p.Line {
		end := strings.IndexAny(text[start:], "\r\n")
		if end < 0 {
			return len(text)
		}
		start += end + 1
		if text[start-1] == '\r' && start < len(text) && text[start] == '\n' {
			start++
		}
	}
	line := text[start:]
	if end := strings.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	column := 0
	for at, r := range line {
		width := utf8.RuneLen(r)
		if e == protocol.UTF16 {
			width = 1 + len16(r)
		}
		if r == utf8.RuneError {
			_, size := utf8.DecodeRuneInString(line[at:])
			if e == protocol.UTF8 {
				width = size
			}
		}
		if column+width > p.Character {
			return start + at
		}
		column += width
	}
	return start + len(line)
}

// len16 is how many UTF-16 units a character has beyond the first.
func len16(r rune) int {
	if r > 0xFFFF {
		return 1
	}
	return 0
}

// places converts the places of a check to those of the client.
type places struct {
	encoding protocol.PositionEncoding
	// uris are the addresses of the open documents, as the client writes them, by name; marked those that begin with a mark.
	uris   map[string]string
	marked map[string]bool
}

// uri is the address of a file.
func (p *places) uri(name string) string {
	if uri := p.uris[name]; uri != "" {
		return uri
	}
	return uriOf(name)
}

// position is a byte offset in a file as the client counts.
func (p *places) position(f *source.File, offset int) protocol.Position {
	at := f.Position(offset)
	out := protocol.Position{Line: at.Line - 1, Character: at.Column - 1}
	if p.encoding == protocol.UTF8 {
		start, _ := f.Extent(at.Line)
		out.Character = max(0, min(offset, len(f.Text))-start)
	}
	if out.Line == 0 && p.marked[f.Name] {
		out.Character++
		if p.encoding == protocol.UTF8 {
			out.Character += len(mark) - 1
		}
	}
	return out
}

func (p *places) span(at source.Span) protocol.Range {
	return protocol.Range{Start: p.position(at.File, at.Start), End: p.position(at.File, at.End)}
}

// location is a span's place; ok is false for a span that is no place.
func (p *places) location(at source.Span) (l protocol.Location, ok bool) {
	if at.IsZero() {
		return l, false
	}
	return protocol.Location{URI: p.uri(at.File.Name), Range: p.span(at)}, true
}

// touches reports whether two ranges have a place in common; their ends count.
func touches(a, b protocol.Range) bool { return !before(a.End, b.Start) && !before(b.End, a.Start) }

func before(a, b protocol.Position) bool {
	return a.Line < b.Line || a.Line == b.Line && a.Character < b.Character
}
