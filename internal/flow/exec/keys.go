package exec

import (
	"slices"
	"strconv"

	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// OwnKeys are the keys of an object's own properties: indices first, then names in order of definition, then symbols. Private names are not
// among them.
func (m *Machine) OwnKeys(s *state.State, v value.Value) []value.Key {
	o := s.Obj(v.ID())
	var indices []int
	var names, symbols []value.Key
	if indexed(o) {
		for n, x := range o.Elems {
			if x.Kind() != value.Absent {
				indices = append(indices, n)
			}
		}
	}
	if p, _ := o.Data.(value.Value); o.Class == value.BoxedObject && p.Kind() == value.String {
		l, _ := m.ownOfString(p.Text(), value.Named("length"))
		for n := range int(l.Value.Num()) {
			indices = append(indices, n)
		}
		names = append(names, value.Named("length"))
	}
	if o.Class == value.ArrayObject {
		names = append(names, value.Named("length"))
	}
	if o.Class == value.FunctionObject {
		names = append(names, value.Named("length"))
		if o.Props.Get(value.Named("name")) == nil {
			names = append(names, value.Named("name"))
		}
		if _, ok := m.own(s, v, value.Named("prototype")); ok && s.Obj(v.ID()).Props.Get(value.Named("prototype")) == nil {
			names = append(names, value.Named("prototype"))
		}
		o = s.Obj(v.ID())
	}
	if o.Class == value.NamespaceObject {
		for _, name := range m.Host.Exports(s, o.Data.(*value.Namespace).Module) {
			names = append(names, value.Named(name))
		}
	}
	if o.Class == value.HostObject {
		for _, name := range m.Host.Keys(s, o) {
			if o.Props.Get(value.Named(name)) == nil {
				names = append(names, value.Named(name))
			}
		}
	}
	for _, p := range o.Props.All() {
		switch n := index(p.Key); {
		case p.Key.IsPrivate():
		case p.Key.Sym != nil:
			symbols = append(symbols, p.Key)
		case n >= 0:
			indices = append(indices, n)
		default:
			names = append(names, p.Key)
		}
	}
	slices.Sort(indices)
	out := make([]value.Key, 0, len(indices)+len(names)+len(symbols))
	for _, n := range indices {
		out = append(out, value.Named(strconv.Itoa(n)))
	}
	return append(append(out, names...), symbols...)
}
