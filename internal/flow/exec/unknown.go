package exec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// getUnknown reads a property whose name is not known: one of those that are there, or none.
func (m *Machine) getUnknown(s *state.State, base, k value.Value) value.Value {
	open := m.Table.Derived("element", "", "", k, base)
	if !base.IsObject() || k.Term().Cause != nil || m.Host.Instance(base) {
		return open
	}
	o := s.Obj(base.ID())
	if o.Rest != nil && len(o.Elems) == 0 && o.Props.Len() == 0 {
		return m.Item(s, o.Rest, "element")
	}
	vals := []value.Value{value.Undef}
	if o.Rest != nil {
		vals[0] = m.Item(s, o.Rest, "element")
	}
	vals = append(vals, o.Elems...)
	for depth := 0; ; depth++ {
		if depth > mostPrototypes {
			vals = append(vals, m.bound(s, "prototypes", ""))
			break
		}
		for _, p := range o.Props.All() {
			switch {
			case p.Key.Sym != nil || p.Key.IsPrivate() || !strings.HasPrefix(p.Key.Name, k.Term().Prefix):
			case p.Flags&value.Accessor != 0:
				vals = append(vals, open)
			default:
				vals = append(vals, p.Value)
			}
		}
		up := s.Resolve(o.Proto)
		if up.Kind() == value.Open || up.Kind() == value.Choice {
			vals = append(vals, open)
		}
		if !up.IsObject() || m.base.Get(up.ID()) != nil {
			break
		}
		o = s.Obj(up.ID())
	}
	if len(vals) == 1 {
		return vals[0]
	}
	for n, v := range vals {
		if v.Kind() == value.Absent {
			vals[n] = value.Undef
		}
	}
	var at *value.Ctx
	if changes(k.Term()) {
		at = m.ctx
	}
	return m.anyOf(at, fmt.Sprintf("element of #%d by %d", base.ID(), k.Term().ID()), vals)
}

// changes reports whether a term is another in each turn of a loop.
func changes(t *value.Term) bool {
	if t == nil {
		return false
	}
	return t.Ctx().IsMany() || changes(t.Parent) || slices.ContainsFunc(t.Args, func(v value.Value) bool { return v.Kind() == value.Open && changes(v.Term()) })
}

// anyOf is a choice of values, of more than a root may have too: then it is a choice of choices. The same key gives the same choice: what is read twice
// is the same both times.
func (m *Machine) anyOf(at *value.Ctx, key string, vals []value.Value) value.Value {
	for len(vals) > state.MaxAlternatives {
		var some []value.Value
		for n := 0; n < len(vals); n += state.MaxAlternatives {
			part := vals[n:min(n+state.MaxAlternatives, len(vals))]
			some = append(some, value.ChoiceOf(m.Table.Root(at, n, fmt.Sprintf("%s, %d", key, len(vals)), len(part), value.Origin{Key: "element"}), part))
		}
		vals = some
	}
	if len(vals) == 1 {
		return vals[0]
	}
	return value.ChoiceOf(m.Table.Root(at, 0, key, len(vals), value.Origin{Key: "element"}), vals)
}
