// Package jsontree reads JSON with comments and trailing commas into a tree that knows
// where everything stands, and inserts into such text without touching the rest.
package jsontree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/jsonc"
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
	Why    string
}

func (e *SyntaxError) Error() string { return e.Why }

// Parse reads text. Its error is a *SyntaxError.
func Parse(text []byte) (*Node, error) {
	if len(text) > MaxSize {
		return nil, &SyntaxError{Why: fmt.Sprintf("larger than %d bytes", MaxSize)}
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

func syntaxError(plain []byte, err error) *SyntaxError {
	e := &SyntaxError{Why: err.Error(), Offset: len(bytes.TrimRight(plain, " \t\r\n"))}
	var at *json.SyntaxError
	if errors.As(err, &at) && !strings.Contains(at.Error(), "unexpected end") {
		// The offset is that after the offending byte.
		e.Offset = max(0, int(at.Offset)-1)
	}
	return e
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
			return nil, &SyntaxError{Offset: start, Why: fmt.Sprintf("nested more than %d deep", MaxDepth)}
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
