// Package jsondoc reads JSON configuration files with the exact place of every key
// and value, and tells precisely what keeps a file from being JSON.
package jsondoc

import (
	"errors"
	"fmt"
)

// Kind is the kind of a value.
type Kind int

// The kinds of JSON values.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// MaxDepth is how deeply arrays and objects may be nested.
const MaxDepth = 1000

// Node is a value with its place: text[Start:End].
type Node struct {
	Kind       Kind
	Start, End int
	// Text is a string's value, or a number as it is written.
	Text string
	// True is a boolean's value.
	True bool
	// Members are an object's entries in the order they are written, equal keys included.
	Members []Member
	// Elements are an array's.
	Elements []*Node
}

// Member is one entry of an object; KeyStart and KeyEnd enclose the key with its quotes.
type Member struct {
	Key              string
	KeyStart, KeyEnd int
	Value            *Node
}

// Range is a part of the text: text[Start:End].
type Range struct{ Start, End int }

// SyntaxError tells where a text stops being JSON, and why.
type SyntaxError struct {
	Offset int
	Why    string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("at byte %d: %s", e.Offset, e.Why) }

// ErrDepth is wrapped by the error for a text that is nested deeper than MaxDepth.
var ErrDepth = errors.New("nested too deeply")

// Duplicate is a key that an object has twice or more often: its first two places.
type Duplicate struct {
	Key           string
	First, Second Range
}

// Document is one file's JSON.
type Document struct {
	// Root is nil when Err is set.
	Root *Node
	// Err is what keeps the text from being JSON, comments apart.
	Err *SyntaxError
	// Comments are the comments, which JSON has none of.
	Comments []Range
	// Duplicates are the keys that stand twice in one object, in order of the second place.
	Duplicates []Duplicate
}

// Get returns the value of a key, the last one where it stands twice as JSON.parse
// does; nil when n is no object or has no such key.
func (n *Node) Get(key string) *Node {
	if m := n.Member(key); m != nil {
		return m.Value
	}
	return nil
}

// Member returns the entry of a key as Get does.
func (n *Node) Member(key string) *Member {
	if n == nil {
		return nil
	}
	for i := len(n.Members) - 1; i >= 0; i-- {
		if n.Members[i].Key == key {
			return &n.Members[i]
		}
	}
	return nil
}

// StringOf returns the string below a key, or "".
func (n *Node) StringOf(key string) string {
	if v := n.Get(key); v != nil && v.Kind == String {
		return v.Text
	}
	return ""
}

// BoolOf reports whether the key's value is true.
func (n *Node) BoolOf(key string) bool {
	v := n.Get(key)
	return v != nil && v.Kind == Bool && v.True
}

// Items are the elements of an array; none of a node that is missing.
func (n *Node) Items() []*Node {
	if n == nil {
		return nil
	}
	return n.Elements
}

// Strings returns the strings of an array; other elements are passed over.
func (n *Node) Strings() []string {
	if n == nil {
		return nil
	}
	var out []string
	for _, e := range n.Elements {
		if e.Kind == String {
			out = append(out, e.Text)
		}
	}
	return out
}

// Effective returns an object's entries as JSON.parse leaves them: each key once, at the
// place of its first mention, with the value of its last.
func (n *Node) Effective() []*Member {
	if n == nil {
		return nil
	}
	var out []*Member
	seen := map[string]int{}
	for i := range n.Members {
		m := &n.Members[i]
		if at, twice := seen[m.Key]; twice {
			out[at] = m
			continue
		}
		seen[m.Key] = len(out)
		out = append(out, m)
	}
	return out
}
