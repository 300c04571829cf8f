package miniprogram

// A value in a configuration, wherever it is written: in JSON, or in the code of a
// configuration file. Both come to the same tree, so that what an app configuration means
// is written down once.

import (
	"github.com/voipcheck/voipcheck/internal/jsondoc"
	"github.com/voipcheck/voipcheck/internal/source"
)

// settingKind tells what a setting is.
type settingKind int

const (
	// unknownSetting is a value that cannot be told without running code.
	unknownSetting settingKind = iota
	nothingSetting             // null, undefined
	boolSetting
	numberSetting
	stringSetting
	listSetting
	objectSetting
	functionSetting
)

// setting is one value. All methods take a nil setting for a value that is not there.
type setting struct {
	kind settingKind
	at   source.Span
	text string // of a string
	yes  bool   // of a boolean
	// entries are an object's, equal keys included; items a list's.
	entries []settingEntry
	items   []*setting
	// open tells that there may be more entries or items than are known.
	open bool
}

type settingEntry struct {
	key   string
	keyAt source.Span
	value *setting
}

// settingOf makes a setting of JSON.
func settingOf(file *source.File, n *jsondoc.Node) *setting {
	if n == nil {
		return nil
	}
	s := &setting{at: spanOf(file, n)}
	switch n.Kind {
	case jsondoc.Null:
		s.kind = nothingSetting
	case jsondoc.Bool:
		s.kind, s.yes = boolSetting, n.True
	case jsondoc.Number:
		s.kind = numberSetting
	case jsondoc.String:
		s.kind, s.text = stringSetting, n.Text
	case jsondoc.Array:
		s.kind = listSetting
		for _, e := range n.Elements {
			s.items = append(s.items, settingOf(file, e))
		}
	case jsondoc.Object:
		s.kind = objectSetting
		for i := range n.Members {
			m := &n.Members[i]
			s.entries = append(s.entries, settingEntry{m.Key, keySpan(file, m), settingOf(file, m.Value)})
		}
	}
	return s
}

// entry returns the entry of a key: the last one where it stands twice.
func (s *setting) entry(key string) *settingEntry {
	if s == nil {
		return nil
	}
	for i := len(s.entries) - 1; i >= 0; i-- {
		if s.entries[i].key == key {
			return &s.entries[i]
		}
	}
	return nil
}

func (s *setting) get(key string) *setting {
	if e := s.entry(key); e != nil {
		return e.value
	}
	return nil
}

func (s *setting) list() []*setting {
	if s == nil {
		return nil
	}
	return s.items
}

func (s *setting) isString() bool { return s != nil && s.kind == stringSetting }

func (s *setting) string() string {
	if s.isString() {
		return s.text
	}
	return ""
}

func (s *setting) isTrue() bool { return s != nil && s.kind == boolSetting && s.yes }

// strings are the strings of a list.
func (s *setting) strings() []string {
	var out []string
	for _, item := range s.list() {
		if item.isString() {
			out = append(out, item.text)
		}
	}
	return out
}

// effective are an object's entries, each key once with its last value.
func (s *setting) effective() []*settingEntry {
	if s == nil {
		return nil
	}
	var out []*settingEntry
	seen := map[string]int{}
	for i := range s.entries {
		e := &s.entries[i]
		if at, twice := seen[e.key]; twice {
			out[at] = e
			continue
		}
		seen[e.key] = len(out)
		out = append(out, e)
	}
	return out
}

// unsure reports whether a value that is there may hold more than is known of it.
func (s *setting) unsure() bool {
	return s != nil && (s.kind == unknownSetting || s.open)
}
