// Package jsontree reads JSON with comments and trailing commas into a tree that knows
// where everything stands, and inserts into such text without touching the rest.
package jsontree

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/jsonc"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Limits of what is read; a configuration written by people stays far below them.
const (
	MaxSize  = 4 << 20
	MaxDepth = 200
)

// Kind is the type of a value.
type Kind int

// The kinds of values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// Node is a value and the bytes [Start, End) where it stands.
type Node struct {
	Kind       Kind
	Start, End int
	// Text is a string's value or a number's digits; Bool the value of true and false.
	Text string
	Bool bool
	// Members are an object's, Elements an array's, in order.
	Members  []Member
	Elements []*Node
}

// Member is a key with its value.
type Member struct {
	Key              string
	KeyStart, KeyEnd int
	Value            *Node
}

// Get returns the value of the last member named key, as JSON.parse does, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := len(n.Members) - 1; i >= 0; i-- {
		if n.Members[i].Key == key {
			return n.Members[i].Value
		}
	}
	return nil
}

// SyntaxError says what is wrong at a byte offset.
type SyntaxError struct {
	Offset int
	Why    lang.Text
}

func (e *SyntaxError) Error() string { return e.Why.EN }

// Parse reads text. Its error is a *SyntaxError.
func Parse(text []byte) (*Node, error) {
	if len(text) > MaxSize {
		return nil, &SyntaxError{Why: lang.F(lang.T("larger than %d bytes", "超过 %d 字节"), MaxSize)}
	}
	plain := jsonc.ToJSON(text)
	var raw json.RawMessage
	if err := json.Unmarshal(plain, &raw); err != nil {
		return nil, syntaxError(plain, err)
	}
	r := reader{plain: plain, tokens: json.NewDecoder(bytes.NewReader(plain))}
	r.tokens.UseNumber()
	return r.value(0)
}

// syntaxError tells in our own words, in both languages, what encoding/json found.
func syntaxError(plain []byte, err error) *SyntaxError {
	var at *json.SyntaxError
	if !errors.As(err, &at) || strings.Contains(at.Error(), "unexpected end") {
		return &SyntaxError{
			Offset: len(bytes.TrimRight(plain, " \t\r\n")),
			Why:    lang.T("it ends too early", "内容不完整，提前结束"),
		}
	}
	// The offset is that after the offending byte.
	offset := max(0, int(at.Offset)-1)
	r, _ := utf8.DecodeRune(plain[min(offset, len(plain)):])
	return &SyntaxError{Offset: offset, Why: lang.F(lang.T("unexpected %q", "此处不应出现 %q"), string(r))}
}

type reader struct {
	plain  []byte
	tokens *json.Decoder
}

// next returns a token with its place.
func (r *reader) next() (json.Token, int, int, error) {
	start := int(r.tokens.InputOffset())
	for start < len(r.plain) && strings.IndexByte(" \t\r\n,:", r.plain[start]) >= 0 {
		start++
	}
	t, err := r.tokens.Token()
	if err != nil {
		return nil, start, start, syntaxError(r.plain, err)
	}
	return t, start, int(r.tokens.InputOffset()), nil
}

func (r *reader) value(depth int) (*Node, error) {
	t, start, end, err := r.next()
	if err != nil {
		return nil, err
	}
	n := &Node{Start: start, End: end}
	switch t := t.(type) {
	case nil:
	case bool:
		n.Kind, n.Bool = Bool, t
	case json.Number:
		n.Kind, n.Text = Number, t.String()
	case string:
		n.Kind, n.Text = String, t
	case json.Delim:
		if depth == MaxDepth {
			return nil, &SyntaxError{Offset: start, Why: lang.F(lang.T("nested more than %d deep", "嵌套超过 %d 层"), MaxDepth)}
		}
		if t == '[' {
			n.Kind = Array
			return n, r.elements(n, depth+1)
		}
		n.Kind = Object
		return n, r.members(n, depth+1)
	}
	return n, nil
}

func (r *reader) elements(n *Node, depth int) error {
	for r.tokens.More() {
		e, err := r.value(depth)
		if err != nil {
			return err
		}
		n.Elements = append(n.Elements, e)
	}
	_, _, end, err := r.next()
	n.End = end
	return err
}

func (r *reader) members(n *Node, depth int) error {
	for r.tokens.More() {
		key, start, end, err := r.next()
		if err != nil {
			return err
		}
		m := Member{KeyStart: start, KeyEnd: end}
		m.Key, _ = key.(string)
		if m.Value, err = r.value(depth); err != nil {
			return err
		}
		n.Members = append(n.Members, m)
	}
	_, _, end, err := r.next()
	n.End = end
	return err
}
