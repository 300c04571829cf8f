package jsonedit

// Inserting into one literal, an object or an array, of JSON or of JavaScript: in the way in which its other
// entries are written.

import (
	"bytes"
	"strings"
)

// Literal is an object or array in a text.
type Literal struct {
	Text []byte
	// Bare is Text with its comments blanked, of the same length.
	Bare []byte
	// Open and Close are the offsets of its brackets.
	Open, Close int
}

// Blank overwrites the bytes [start, end) by spaces, but for line endings.
func Blank(text []byte, start, end int) {
	for i := start; i < end; i++ {
		if text[i] != '\n' && text[i] != '\r' {
			text[i] = ' '
		}
	}
}

// blanks are what may stand between entries.
const blanks = " \t\r\n"

// Insert returns the text with entry, "key: value" or a value, behind the literal's last
// one. Further lines of entry are indented by tabs, which become the text's own indentation.
func (l Literal) Insert(entry string) []byte {
	inside := l.Bare[l.Open+1 : l.Close]
	last := l.Open + 1 + len(bytes.TrimRight(inside, blanks)) // behind the last entry or its comma
	empty := last == l.Open+1
	comma := !empty && l.Bare[last-1] == ','
	if !empty && !bytes.ContainsRune(l.Text[l.Open:l.Close], '\n') {
		entry = flat(entry)
		if comma {
			return splice(l.Text, last, last, " "+entry+",")
		}
		return splice(l.Text, last, last, ", "+entry)
	}
	if empty && !strings.Contains(entry, "\n") && l.Open+1 == l.Close {
		return splice(l.Text, last, last, entry)
	}
	indent := l.entryIndent()
	body := l.newline() + indent + l.indented(entry, indent)
	if comma {
		body += ","
	}
	// Behind comments, which belong to the entries above.
	content := l.Open + 1 + len(bytes.TrimRight(l.Text[l.Open+1:l.Close], blanks))
	end := content
	if !bytes.ContainsRune(l.Text[content:l.Close], '\n') {
		end = l.Close
		body += l.newline() + l.lineIndent(l.Open)
	}
	text := splice(l.Text, content, end, body)
	if !empty && !comma {
		text = splice(text, last, last, ",")
	}
	return text
}

// insertBehind returns the texts with entry behind the one that ends at end, the one that reads best first. A comment on the line of the
// earlier entry stays with it where that is possible.
func (l Literal) insertBehind(end int, entry string) [][]byte {
	if !bytes.ContainsRune(l.Text[l.Open:l.Close], '\n') {
		return [][]byte{splice(l.Text, end, end, ", "+flat(entry))}
	}
	indent := l.entryIndent()
	body := l.newline() + indent + l.indented(entry, indent)
	comma := end
	for comma < l.Close && (l.Bare[comma] == ' ' || l.Bare[comma] == '\t') {
		comma++
	}
	line := func(from int) int {
		if n := bytes.IndexAny(l.Text[from:l.Close], "\r\n"); n >= 0 && len(bytes.TrimSpace(l.Bare[from:from+n])) == 0 {
			return from + n
		}
		return from
	}
	if l.Bare[comma] == ',' {
		at := line(comma + 1)
		return [][]byte{splice(l.Text, at, at, body+","), splice(l.Text, end, end, ","+body)}
	}
	at := line(end)
	return [][]byte{splice(splice(l.Text, at, at, body), end, end, ","), splice(l.Text, end, end, ","+body)}
}

// flat is an entry on one line.
func flat(entry string) string {
	lines := strings.Split(entry, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, " ")
}

// indented renders text whose lines are indented by tabs in the document's own way.
func (l Literal) indented(text, indent string) string {
	lines := strings.Split(text, "\n")
	unit := l.unit()
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, "\t")
		if i > 0 {
			trimmed = indent + strings.Repeat(unit, len(line)-len(trimmed)) + trimmed
		}
		lines[i] = trimmed
	}
	return strings.Join(lines, l.newline())
}

// entryIndent is the indentation of the literal's entries.
func (l Literal) entryIndent() string {
	if first := l.first(); first < l.Close && l.opensLine(first) {
		return l.lineIndent(first)
	}
	return l.lineIndent(l.Open) + l.unit()
}

// unit is one level of indentation: that of the literal's own entries, else that of the first line that has any.
func (l Literal) unit() string {
	if first := l.first(); first < l.Close && l.opensLine(first) {
		if deeper, ok := strings.CutPrefix(l.lineIndent(first), l.lineIndent(l.Open)); ok && deeper != "" {
			return deeper
		}
	}
	for line := range bytes.SplitSeq(l.Bare, []byte("\n")) {
		text := bytes.TrimLeft(line, " \t")
		if len(text) < len(line) && len(bytes.TrimSpace(text)) > 0 {
			return string(line[:len(line)-len(text)])
		}
	}
	return "  "
}

// first is the offset of the literal's first entry, or of its closing bracket.
func (l Literal) first() int {
	inside := l.Bare[l.Open+1 : l.Close]
	return l.Open + 1 + len(inside) - len(bytes.TrimLeft(inside, blanks))
}

// opensLine tells that nothing but blanks is before an entry on its line.
func (l Literal) opensLine(at int) bool {
	return l.lineStart(at) > l.Open && len(bytes.TrimSpace(l.Text[l.lineStart(at):at])) == 0
}

func (l Literal) newline() string {
	if i := bytes.IndexByte(l.Text, '\n'); i > 0 && l.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func (l Literal) lineStart(offset int) int {
	return bytes.LastIndexByte(l.Text[:offset], '\n') + 1
}

func (l Literal) lineIndent(offset int) string {
	line := l.Text[l.lineStart(offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}
