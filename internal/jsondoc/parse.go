package jsondoc

// How text becomes a tree. encoding/json decides what is JSON and cuts the text into
// tokens; this file adds the places, and looks for comments and depth beforehand.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/tidwall/jsonc"
)

// Parse reads text as strict JSON. A text whose only fault is comments is read
// all the same and lists them; the tree is then what is left without them.
func Parse(text []byte) *Document {
	d := &Document{}
	plain, comments := withoutComments(text)
	d.Comments = comments
	d.fill(plain)
	return d
}

// ParseTolerant reads text that may hold comments and trailing commas, as the
// configuration files of tools do.
func ParseTolerant(text []byte) *Document {
	d := &Document{}
	plain, comments := withoutComments(text)
	d.Comments = comments
	if err := checkDepth(plain); err == nil {
		plain = jsonc.ToJSON(plain)
	}
	d.fill(plain)
	return d
}

func (d *Document) fill(text []byte) {
	if err := checkDepth(text); err != nil {
		d.Err = err
		return
	}
	if err := checkSyntax(text); err != nil {
		d.Err = err
		return
	}
	b := &builder{text: text, decoder: json.NewDecoder(bytes.NewReader(text))}
	b.decoder.UseNumber()
	root, err := b.value()
	if err != nil {
		d.Err = &SyntaxError{Offset: min(b.at, len(text)), Why: err.Error()}
		return
	}
	d.Root, d.Duplicates = root, b.duplicates
	sort.SliceStable(d.Duplicates, func(i, j int) bool {
		return d.Duplicates[i].Second.Start < d.Duplicates[j].Second.Start
	})
}

// checkSyntax returns where text stops being JSON.
func checkSyntax(text []byte) *SyntaxError {
	var raw json.RawMessage
	err := json.Unmarshal(text, &raw)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &SyntaxError{Offset: 0, Why: err.Error()}
	}
	// Offset counts the bytes read, the offending one included; at the end of the
	// text there is no offending byte.
	offset := int(syntax.Offset)
	if offset > 0 && !strings.HasPrefix(syntax.Error(), "unexpected end") {
		offset--
	}
	return &SyntaxError{Offset: min(offset, len(text)), Why: syntax.Error()}
}

// checkDepth refuses text that is nested deeper than MaxDepth before any parser sees it.
func checkDepth(text []byte) *SyntaxError {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = stringEnd(text, i) - 1
		case '{', '[':
			if depth++; depth > MaxDepth {
				return &SyntaxError{Offset: i, Why: fmt.Sprintf("%v: more than %d levels", ErrDepth, MaxDepth)}
			}
		case '}', ']':
			depth--
		}
	}
	return nil
}

// stringEnd returns the offset after the string that begins at i. A string does not reach over a line end.
func stringEnd(text []byte, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		case '\n', '\r':
			return i
		}
	}
	return len(text)
}

// withoutComments returns text with its comments blanked, line ends kept, and where they were.
func withoutComments(text []byte) ([]byte, []Range) {
	var comments []Range
	for i := 0; i < len(text); {
		switch {
		case text[i] == '"':
			i = stringEnd(text, i)
		case text[i] == '/' && i+1 < len(text) && text[i+1] == '/':
			end := i + 2
			for end < len(text) && text[end] != '\n' && text[end] != '\r' {
				end++
			}
			comments = append(comments, Range{i, end})
			i = end
		case text[i] == '/' && i+1 < len(text) && text[i+1] == '*':
			end := bytes.Index(text[i+2:], []byte("*/"))
			if end < 0 {
				return blank(text, comments), comments // left in place: it is the syntax error
			}
			comments = append(comments, Range{i, i + 2 + end + 2})
			i += 2 + end + 2
		default:
			i++
		}
	}
	return blank(text, comments), comments
}

func blank(text []byte, ranges []Range) []byte {
	if len(ranges) == 0 {
		return text
	}
	out := bytes.Clone(text)
	for _, r := range ranges {
		for i := r.Start; i < r.End; i++ {
			if out[i] != '\n' && out[i] != '\r' {
				out[i] = ' '
			}
		}
	}
	return out
}

// builder makes the tree of a text that is known to be JSON and not too deep.
type builder struct {
	text       []byte
	decoder    *json.Decoder
	at         int // offset after the last token
	duplicates []Duplicate
}

// next returns the next token with its place.
func (b *builder) next() (json.Token, Range, error) {
	start := b.at
	for start < len(b.text) && isBetween(b.text[start]) {
		start++
	}
	token, err := b.decoder.Token()
	if err != nil {
		return nil, Range{}, err
	}
	b.at = int(b.decoder.InputOffset())
	return token, Range{start, b.at}, nil
}

// isBetween tells of a byte that may stand between two tokens.
func isBetween(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':'
}

func (b *builder) value() (*Node, error) {
	token, at, err := b.next()
	if err != nil {
		return nil, err
	}
	n := &Node{Start: at.Start, End: at.End}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return n, b.object(n)
		}
		return n, b.array(n)
	case string:
		n.Kind, n.Text = String, t
	case json.Number:
		n.Kind, n.Text = Number, string(t)
	case bool:
		n.Kind, n.True = Bool, t
	}
	return n, nil
}

func (b *builder) object(n *Node) error {
	n.Kind = Object
	first, told := map[string]Range{}, map[string]bool{}
	for b.decoder.More() {
		token, at, err := b.next()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		switch earlier, twice := first[key]; {
		case !twice:
			first[key] = at
		case !told[key]: // a third and a fourth are the same mistake
			b.duplicates = append(b.duplicates, Duplicate{Key: key, First: earlier, Second: at})
			told[key] = true
		}
		value, err := b.value()
		if err != nil {
			return err
		}
		n.Members = append(n.Members, Member{Key: key, KeyStart: at.Start, KeyEnd: at.End, Value: value})
	}
	return b.close(n)
}

func (b *builder) array(n *Node) error {
	n.Kind = Array
	for b.decoder.More() {
		value, err := b.value()
		if err != nil {
			return err
		}
		n.Elements = append(n.Elements, value)
	}
	return b.close(n)
}

func (b *builder) close(n *Node) error {
	_, at, err := b.next()
	n.End = at.End
	return err
}
