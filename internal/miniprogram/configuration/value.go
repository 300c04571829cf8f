package configuration

// A value in a configuration, wherever it is written: in JSON, or in the code of a
// configuration file. Both come to the same tree, so that what an app configuration means
// is written down once.

import (
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Kind tells what a value is.
type Kind int

// The kinds of values.
const (
	// Unknown is a value that cannot be told without running code.
	Unknown Kind = iota
	Nothing      // null, undefined
	Bool
	Number
	String
	List
	Object
	Function
)

// Value is one value of a configuration. All methods take nil for a value that is not there.
type Value struct {
	Kind Kind
	At   source.Span
	Text string // of a string
	True bool   // of a boolean
	// Entries are an object's, equal keys included; Items a list's.
	Entries []Entry
	Items   []*Value
	// Open tells that there may be more entries or items than are known.
	Open bool
}

// Entry is a key of an object with its place and its value.
type Entry struct {
	Key   string
	KeyAt source.Span
	Value *Value
}

// Of makes a value of JSON.
func Of(file *source.File, n *jsondoc.Node) *Value {
	if n == nil {
		return nil
	}
	s := &Value{At: spanOf(file, n)}
	switch n.Kind {
	case jsondoc.Null:
		s.Kind = Nothing
	case jsondoc.Bool:
		s.Kind, s.True = Bool, n.True
	case jsondoc.Number:
		s.Kind = Number
	case jsondoc.String:
		s.Kind, s.Text = String, n.Text
	case jsondoc.Array:
		s.Kind = List
		for _, e := range n.Elements {
			s.Items = append(s.Items, Of(file, e))
		}
	case jsondoc.Object:
		s.Kind = Object
		for i := range n.Members {
			m := &n.Members[i]
			s.Entries = append(s.Entries, Entry{m.Key, keySpan(file, m), Of(file, m.Value)})
		}
	}
	return s
}

// Entry returns the entry of a key: the last one where it stands twice.
func (s *Value) Entry(key string) *Entry {
	if s == nil {
		return nil
	}
	for i := len(s.Entries) - 1; i >= 0; i-- {
		if s.Entries[i].Key == key {
			return &s.Entries[i]
		}
	}
	return nil
}

// Get returns the value of a key; nil when there is none.
func (s *Value) Get(key string) *Value {
	if e := s.Entry(key); e != nil {
		return e.Value
	}
	return nil
}

// AsList are the items of a list; none of anything else.
func (s *Value) AsList() []*Value {
	if s == nil {
		return nil
	}
	return s.Items
}

// IsString reports whether the value is a string that is known.
func (s *Value) IsString() bool { return s != nil && s.Kind == String }

// AsString is the text of a string; "" of anything else.
func (s *Value) AsString() string {
	if s.IsString() {
		return s.Text
	}
	return ""
}

// IsTrue reports whether the value is true.
func (s *Value) IsTrue() bool { return s != nil && s.Kind == Bool && s.True }

// Strings are the strings of a list.
func (s *Value) Strings() []string {
	var out []string
	for _, item := range s.AsList() {
		if item.IsString() {
			out = append(out, item.Text)
		}
	}
	return out
}

// Effective are an object's entries, each key once with its last value.
func (s *Value) Effective() []*Entry {
	if s == nil {
		return nil
	}
	var out []*Entry
	seen := map[string]int{}
	for i := range s.Entries {
		e := &s.Entries[i]
		if at, twice := seen[e.Key]; twice {
			out[at] = e
			continue
		}
		seen[e.Key] = len(out)
		out = append(out, e)
	}
	return out
}

// Unsure reports whether a value that is there may hold more than is known of it.
func (s *Value) Unsure() bool {
	return s != nil && (s.Kind == Unknown || s.Open)
}

// FromJSON is what a JSON text holds; unknown when it is no JSON.
func FromJSON(file *source.File, text []byte) *Value {
	if s := Of(file, jsondoc.ParseTolerant(text).Root); s != nil {
		return s
	}
	return &Value{}
}

// Truth is 1 for a value that counts as true, -1 for one that counts as false, 0 when it cannot be told.
func (s *Value) Truth() int {
	switch s.Kind {
	case Bool:
		if s.True {
			return 1
		}
		return -1
	case Nothing:
		return -1
	case String:
		if s.Text == "" {
			return -1
		}
		return 1
	case List, Object, Function:
		return 1
	}
	return 0
}

// Spread adds another object's entries.
func (s *Value) Spread(of *Value) {
	switch of.Kind {
	case Object:
		s.Entries = append(s.Entries, of.Entries...)
		s.Open = s.Open || of.Open
	case Nothing, Bool:
	default:
		s.Open = true
	}
}
