package checks

// The findings that others may stand aside for, in tables by what they are about: a program may have as many of either as it
// has lines, and they are never compared pair by pair.

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// others are the findings of one rule that explain those of another.
type others struct {
	where Relation
	all   []*Finding

	places map[source.Span]bool
	holds  miniprogram.Names
	// anyEnabling tells of a finding about an enabling that nothing was seen to reach, everywhere of one because of which none enables.
	anyEnabling, everywhere bool
	// calls are those of the findings; disabling those that enable nothing; byScope those of wrong scopes by what was meant, "" for
	// those of which that is not known; refused those whose failure leads on to the findings' calls.
	calls, disabling callSet
	byScope          map[string]*callSet
	refused          map[*flow.Call]bool
	// enablings are the calls that enable and that nothing was seen to reach.
	enablings spans
	// Of files that cannot be parsed: which they are, which are code, and what the code may be.
	broken            map[*source.File]bool
	anyCode, anyOther bool
	// Of pages and components: which, and in which files and at which bindings their findings are shown.
	units map[*miniprogram.Unit]bool
	files map[*source.File]bool
	binds map[*miniprogram.Unit]bool // of units that were asked about, whether one of their bindings is among places
	shown map[source.Span]bool
}

// add adds a finding to the tables.
func (o *others) add(f *Finding) {
	if o.all == nil {
		o.places, o.shown, o.refused, o.broken = map[source.Span]bool{}, map[source.Span]bool{}, map[*flow.Call]bool{}, map[*source.File]bool{}
		o.units, o.files, o.binds, o.byScope = map[*miniprogram.Unit]bool{}, map[*source.File]bool{}, map[*miniprogram.Unit]bool{}, map[string]*callSet{}
	}
	o.all = append(o.all, f)
	o.places[f.At] = true
	b := &f.about
	o.holds |= b.holds
	o.everywhere = o.everywhere || b.disables && b.everywhere
	switch {
	case b.call != nil:
		o.addCall(b)
	case b.broken != nil:
		o.broken[b.broken] = true
		o.anyCode = o.anyCode || b.code
		o.anyOther = o.anyOther || !b.code
	case b.unit != nil:
		o.units[b.unit], o.files[f.At.File], o.shown[f.At] = true, true, true
	}
}

func (o *others) addCall(b *subject) {
	o.calls.add(b.call)
	if b.disables {
		o.disabling.add(b.call)
	}
	scopes := b.scopes
	if len(scopes) == 0 {
		scopes = []string{""}
	}
	for _, scope := range scopes {
		if o.byScope[scope] == nil {
			o.byScope[scope] = &callSet{}
		}
		o.byScope[scope].add(b.call)
	}
	for _, from := range b.call.RefusalFrom {
		o.refused[from] = true
	}
	if b.unreached && b.call.API == flow.SetEnable {
		o.anyEnabling = true
		o.enablings.add(b.call.Expr)
	}
}

// explain tells that a part of a finding is the defect of one of these.
func (o *others) explain(f *Finding, part string) bool {
	a := &f.about
	switch o.where {
	case SameProject:
		return true
	case SamePlace:
		return o.places[f.At]
	case SameScope:
		for _, scope := range []string{"", part} {
			if set := o.byScope[scope]; set != nil && (a.nowhere || set.onTheWay(a.call)) {
				return true
			}
		}
		return false
	case SameFailure:
		return o.refused[a.call]
	case SameEnabling:
		return a.precondition && a.call != nil && (o.everywhere || o.disabling.onTheWay(a.call))
	case SameCaller:
		return a.unreached && a.call != nil && o.explainUnreached(a.call)
	case SameGuard:
		return a.call != nil && a.call.DevToolsOnly && o.calls.onTheWay(a.call)
	case UnreachedEnabling:
		return a.unreached && o.anyEnabling
	case MayHold:
		return a.seeks&o.holds != 0
	case Through:
		return a.through != nil && o.broken[a.through]
	case SameUnit:
		return a.unit != nil && o.breaks(a.unit)
	}
	return false
}

// explainUnreached tells that a finding names why nothing runs a call: it is run by what another call does, or by code that cannot be
// parsed, or its page or component is not run.
func (o *others) explainUnreached(call *flow.Call) bool {
	return o.enablings.around(call.Name, call.Expr) || o.breakCaller(call) || o.leadFrom(call)
}

// breakCaller tells that a file which cannot be parsed may be what runs a call: it names it, or the call stands in code that other
// files run, whether they name it or not.
func (o *others) breakCaller(call *flow.Call) bool {
	if len(o.broken) == 0 {
		return false
	}
	name := miniprogram.NameEnable
	if call.API == flow.Join {
		name = miniprogram.NameJoin
	}
	if o.holds&name != 0 || o.anyCode && servesOthers(call) {
		return true
	}
	if u := call.Unit; u != nil && u.Kind == miniprogram.ComponentUnit && !u.Used && o.anyOther {
		return true // what cannot be parsed may use it
	}
	return slices.ContainsFunc(units(call), func(u *miniprogram.Unit) bool { return u.Script != nil && o.broken[u.Script.File] })
}

// servesOthers tells of a call in code that other files may run: a module, or a method of the app.
func servesOthers(call *flow.Call) bool {
	return call.Unit == nil || call.Unit.Kind == miniprogram.AppUnit
}

// leadFrom tells that the page or component of a finding, or the binding that it shows, would run a call.
func (o *others) leadFrom(call *flow.Call) bool {
	if len(o.shown) == 0 {
		return false
	}
	one := func(u *miniprogram.Unit) bool { return o.units[u] }
	return o.files[call.Name.File] || slices.ContainsFunc(units(call), one) || slices.ContainsFunc(call.Importers, one) || slices.ContainsFunc(units(call), o.showsBinding)
}

// showsBinding tells that a finding is shown at a binding of a page or component.
func (o *others) showsBinding(u *miniprogram.Unit) bool {
	found, known := o.binds[u]
	if !known {
		found = u.Template != nil && slices.ContainsFunc(u.Template.Bindings, func(b miniprogram.Binding) bool { return o.shown[b.Attr] })
		o.binds[u] = found
	}
	return found
}

// breaks tells that a file which cannot be parsed is one that a unit consists of.
func (o *others) breaks(u *miniprogram.Unit) bool {
	if u.Script != nil && o.broken[u.Script.File] {
		return true
	}
	return u.Template != nil && slices.ContainsFunc(u.Template.Broken, func(b miniprogram.Broken) bool { return o.broken[b.At.File] })
}

// callSet are calls by where they stand.
type callSet struct {
	any, anywhere bool // anywhere: one of them belongs to no page that is known
	files         map[*source.File]bool
	units         map[*miniprogram.Unit]bool
	spans         spans
}

func (s *callSet) add(c *flow.Call) {
	if s.files == nil {
		s.files, s.units = map[*source.File]bool{}, map[*miniprogram.Unit]bool{}
	}
	s.any = true
	s.files[c.Name.File] = true
	of := units(c)
	s.anywhere = s.anywhere || len(of) == 0
	for _, u := range of {
		s.units[u] = true
	}
	s.spans.add(c.Expr)
	s.spans.add(c.Name)
}

// onTheWay tells that one of the calls belongs to where another is made, or stands on the path on which that was refuted.
func (s *callSet) onTheWay(to *flow.Call) bool {
	if !s.any || to == nil {
		return false
	}
	of := units(to)
	if s.anywhere || len(of) == 0 || s.files[to.Name.File] || slices.ContainsFunc(of, func(u *miniprogram.Unit) bool { return s.units[u] }) {
		return true
	}
	return slices.ContainsFunc(to.Before.Witness, func(step flow.Step) bool { return s.spans.around(step.At, source.Span{}) })
}

// spans are places in files, of which it is asked whether one lies around another.
type spans struct{ byFile map[*source.File]*spanList }

// spanList are the places in a file: once sorted, by where they begin. reach has for each the two that reach furthest of those up to it.
type spanList struct {
	list   []source.Span
	reach  [][2]source.Span
	sorted bool
}

func (s *spans) add(at source.Span) {
	if s.byFile == nil {
		s.byFile = map[*source.File]*spanList{}
	}
	if s.byFile[at.File] == nil {
		s.byFile[at.File] = &spanList{}
	}
	l := s.byFile[at.File]
	l.list, l.sorted = append(l.list, at), false
}

// around tells that one of the places, other than a given one, lies around a place.
func (s *spans) around(at, except source.Span) bool {
	l := s.byFile[at.File]
	if at.File == nil || l == nil {
		return false
	}
	l.sort()
	n := sort.Search(len(l.list), func(i int) bool { return l.list[i].Start > at.Start })
	return n > 0 && slices.ContainsFunc(l.reach[n-1][:], func(one source.Span) bool { return one != except && inside(at, one) })
}

func (l *spanList) sort() {
	if l.sorted {
		return
	}
	sort.Slice(l.list, func(i, j int) bool { return l.list[i].Start < l.list[j].Start })
	l.reach, l.sorted = make([][2]source.Span, len(l.list)), true
	var furthest [2]source.Span
	for i, one := range l.list {
		switch {
		case one == furthest[0] || one == furthest[1]:
		case one.End > furthest[0].End:
			furthest = [2]source.Span{one, furthest[0]}
		case one.End > furthest[1].End:
			furthest[1] = one
		}
		l.reach[i] = furthest
	}
}
