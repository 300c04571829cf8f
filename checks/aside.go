package checks

// One defect, one finding: which findings are left out because others name the same defect.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Aside declares findings of a rule that are left out beside a finding of another rule: both are the same defect, and the
// other says better what to mend.
//
// Asides form chains: where A stands aside for B, and B for C, A is left out even if B is. The rules' asides lead to no rule
// twice, so that every chain ends in a finding which is reported.
//
// A finding that a comment, the configuration or a baseline silences has been seen by somebody, and others stand aside for
// it as before. A rule that is off finds nothing: what its findings would have explained is reported by whichever rule meets
// it too, so that no error is lost with the rule, unless the finding would say nothing that is known (Moot).
type Aside struct {
	// Rule is the other rule's id. Reasons are those of its findings that count, all when empty.
	Rule    string
	Reasons []string
	// Own are the reasons of this rule's findings that stand aside, all when empty.
	Own []string
	// Where tells how two such findings are known to be the same defect.
	Where Relation
	// Moot tells that beside the other finding it cannot be known whether this one is true, or that it is of no use: it is left
	// out even where the other rule is off.
	Moot bool
}

// pagesUnknown is the aside of what is said of pages for a configuration in which they cannot be read.
var pagesUnknown = Aside{Rule: "app-json", Reasons: []string{"missing", "invalid"}, Where: SameProject, Moot: true}

// broken is the aside of what is missing for a file that cannot be parsed and may hold it.
func broken(own ...string) Aside {
	return Aside{Rule: "parse-error", Own: own, Where: MayHold, Moot: true}
}

// callers are the asides of what is said of a call that nothing runs for the findings which name why.
func callers(more ...Aside) []Aside {
	return append([]Aside{
		{Rule: "page-registered", Where: SameCaller},
		{Rule: "handler-exists", Where: SameCaller},
		{Rule: "parse-error", Where: SameCaller, Moot: true},
		{Rule: "authorize-unproven", Where: SameCaller},
	}, more...)
}

// Relation is how a finding and another, for which it may stand aside, belong together.
type Relation int

// The relations.
const (
	// SameProject: both are of one project.
	SameProject Relation = iota
	// SamePlace: both are shown at the same place.
	SamePlace
	// SameScope: the other is about a scope that stands for one which this finding misses, and that is asked for on the way
	// to its call, in the same page, or, where nothing asks for the right one, anywhere. Of several scopes the rest stay.
	SameScope
	// SameFailure: the failure that this finding is about is the one that leads on to the other's call.
	SameFailure
	// SameEnabling: because of the other's fault the enabling that this finding's join depends on enables nothing.
	SameEnabling
	// SameCaller: nothing runs this finding's call, and the other names why: a page that nobody can open, a binding that
	// leads to nothing, a file that cannot be parsed, a call that runs it and is itself run by nothing.
	SameCaller
	// SameGuard: both calls belong together and run in DevTools only.
	SameGuard
	// MayHold: the other is about code that cannot be read and that may hold what this finding misses.
	MayHold
	// UnreachedEnabling: no way that was followed comes to this finding's call, nor to the other's, an enabling, which lets it through.
	UnreachedEnabling
	// SameUnit: the other is about a file of the page or component that this finding is about.
	SameUnit
)

// subject is what a finding is about. What does not apply is zero.
type subject struct {
	// call is the call that the finding speaks of. precondition tells that it speaks of what holds before the call, unreached
	// that nothing which was followed leads to it.
	call                    *flow.Call
	precondition, unreached bool
	// scopes are those that the call lacks ("scope.record"); of a wrong scope, the one that was meant, none when that cannot
	// be told. nowhere tells that nothing in the project asks for them.
	scopes  []string
	nowhere bool
	// narrow says the finding again for what is left of scopes.
	narrow func(scopes []string)
	// disables tells that because of the fault its call, an enabling, enables nothing on a phone; everywhere that no enabling of
	// the project does.
	disables, everywhere bool
	// seeks are the words that the project lacks by this finding, holds those that may be in what the finding is about.
	seeks, holds miniprogram.Names
	// unit is the page or component that the finding is about.
	unit *miniprogram.Unit
	// broken is a file that cannot be parsed; code tells that it is code, which may run what stands in other files.
	broken *source.File
	code   bool
	// part tells apart several faults at one place: what is missing from an object, whose page a template serves.
	part string
}

// oneEach leaves out the findings that stand aside for others.
func (p *Pass) oneEach(found []*Finding) []*Finding {
	a := asides{pass: p, byRule: map[string][]*Finding{}, decided: map[*Finding][]string{}}
	for _, f := range found {
		a.byRule[f.Rule.ID] = append(a.byRule[f.Rule.ID], f)
	}
	for _, f := range found {
		a.left(f)
	}
	// Only now are findings said again: what they were is what others stand aside for.
	var kept []*Finding
	for _, f := range found {
		left := a.decided[f]
		if len(left) == 0 {
			continue
		}
		if len(left) < len(f.about.parts()) {
			f.about.narrow(left)
		}
		kept = append(kept, f)
	}
	return kept
}

// parts are what of a finding may be another's defect on its own.
func (s *subject) parts() []string {
	if s.narrow != nil {
		return s.scopes
	}
	return []string{""}
}

// asides decides what is left of findings.
type asides struct {
	pass    *Pass
	byRule  map[string][]*Finding
	decided map[*Finding][]string
}

// left returns the parts of a finding that no other finding explains.
func (a *asides) left(f *Finding) []string {
	if left, ok := a.decided[f]; ok {
		return left
	}
	left := f.about.parts()
	for i := range f.Rule.Aside {
		aside := &f.Rule.Aside[i]
		if !counts(aside.Own, f.Reason) {
			continue
		}
		for _, other := range a.byRule[aside.Rule] {
			if len(left) == 0 {
				break
			}
			if other == f || !counts(aside.Reasons, other.Reason) {
				continue
			}
			explained := func(part string) bool { return related(aside.Where, f, part, other) }
			if slices.ContainsFunc(left, explained) && a.named(aside, other) {
				left = slices.DeleteFunc(slices.Clone(left), explained)
			}
		}
	}
	a.decided[f] = left
	return left
}

// named tells that a finding which explains others is reported, or explained itself by one that is.
func (a *asides) named(aside *Aside, other *Finding) bool {
	return aside.Moot || a.pass.Off == nil || !a.pass.Off(other.Rule.ID) || len(a.left(other)) == 0
}

// counts tells that a reason is one of a list, in which none means all.
func counts(reasons []string, reason string) bool {
	return len(reasons) == 0 || slices.Contains(reasons, reason)
}

// related tells that a part of a finding is the defect of another.
func related(where Relation, f *Finding, part string, other *Finding) bool {
	a, b := &f.about, &other.about
	switch where {
	case SameProject:
		return true
	case SamePlace:
		return f.At == other.At
	case SameScope:
		return (len(b.scopes) == 0 || slices.Contains(b.scopes, part)) && (a.nowhere || onTheWay(b.call, a.call))
	case SameFailure:
		return b.call != nil && contains(b.call.RefusalFrom, a.call)
	case SameEnabling:
		return a.precondition && a.call != nil && b.disables && (b.everywhere || onTheWay(b.call, a.call))
	case SameCaller:
		return a.unreached && a.call != nil && explainsUnreached(a.call, other)
	case SameGuard:
		return a.call != nil && a.call.DevToolsOnly && onTheWay(b.call, a.call)
	case UnreachedEnabling:
		return a.unreached && b.unreached && b.call != nil && b.call.API == flow.SetEnable
	case MayHold:
		return a.seeks&b.holds != 0
	case SameUnit:
		return b.broken != nil && a.unit != nil && fileOf(a.unit, b.broken)
	}
	return false
}

// onTheWay tells that a call belongs to where another is made, or stands on the way on which the other was refuted.
func onTheWay(c, to *flow.Call) bool {
	return c != nil && to != nil && (together(c, to) || passes(to.Before.Witness, c))
}

// explainsUnreached tells that a finding names why nothing runs a call.
func explainsUnreached(call *flow.Call, other *Finding) bool {
	b := &other.about
	switch {
	case b.call != nil:
		// It is run by what the other call does.
		return b.call != call && b.unreached && b.call.API == flow.SetEnable && inside(call.Name, b.call.Expr)
	case b.broken != nil:
		return breaksCaller(call, b)
	case b.unit != nil:
		return leadsFrom(call, other)
	}
	return false
}

// breaksCaller tells that the file which cannot be parsed may be what runs a call: it names it, or the call stands in code
// that other files run, whether they name it or not.
func breaksCaller(call *flow.Call, b *subject) bool {
	name := miniprogram.NameEnable
	if call.API == flow.Join {
		name = miniprogram.NameJoin
	}
	if b.holds&name != 0 || b.code && servesOthers(call) {
		return true
	}
	if u := call.Unit; u != nil && u.Kind == miniprogram.ComponentUnit && !u.Used && !b.code {
		return true // what cannot be parsed may use it
	}
	return slices.ContainsFunc(units(call), func(u *miniprogram.Unit) bool { return u.Script != nil && u.Script.File == b.broken })
}

// servesOthers tells of a call in code that other files may run: a module, or a method of the app.
func servesOthers(call *flow.Call) bool {
	return call.Unit == nil || call.Unit.Kind == miniprogram.AppUnit
}

// leadsFrom tells that the page or component of a finding, or the binding that it shows, would run a call.
func leadsFrom(call *flow.Call, other *Finding) bool {
	of := units(call)
	unit := other.about.unit
	if other.At.File == call.Name.File || slices.Contains(of, unit) || slices.Contains(call.Importers, unit) {
		return true
	}
	return slices.ContainsFunc(of, func(u *miniprogram.Unit) bool {
		return u.Template != nil && slices.ContainsFunc(u.Template.Bindings, func(b miniprogram.Binding) bool { return b.Attr == other.At })
	})
}

// fileOf tells that a file is one that a unit consists of.
func fileOf(u *miniprogram.Unit, f *source.File) bool {
	if u.Script != nil && u.Script.File == f {
		return true
	}
	return u.Template != nil && slices.ContainsFunc(u.Template.Broken, func(b miniprogram.Broken) bool { return b.At.File == f })
}
