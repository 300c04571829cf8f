package checks

// One defect, one finding: which findings are left out because others name the same defect.

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Aside declares findings of a rule that are left out beside a finding of another rule: both are the same defect, and the
// other says better what to fix.
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

// throughBroken is the aside of what is said of a call that depends on a file which cannot be parsed.
var throughBroken = Aside{Rule: "parse-error", Where: Through, Moot: true}

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
	// SameScope: the other is about a scope that stands for one which this finding misses, and that is requested on the path
	// to its call, in the same page, or, where nothing asks for the right one, anywhere. Of several scopes the rest stay.
	SameScope
	// SameFailure: the failure that this finding is about is the one that leads on to the other's call.
	SameFailure
	// SameEnabling: because of the other's problem the enabling that this finding's join depends on enables nothing.
	SameEnabling
	// SameCaller: nothing runs this finding's call, and the other names why: a page that nobody can open, a binding that
	// leads to nothing, a file that cannot be parsed, a call that runs it and is itself run by nothing.
	SameCaller
	// SameGuard: both calls belong together and run in DevTools only.
	SameGuard
	// MayHold: the other is about code that cannot be read and that may hold what this finding misses.
	MayHold
	// UnreachedEnabling: no path that was followed reaches this finding's call, nor the other's, an enabling, which lets it through.
	UnreachedEnabling
	// Through: this finding's call depends on the file that the other finding says cannot be parsed.
	Through
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
	// disables tells that because of the problem its call, an enabling, enables nothing on a phone; everywhere that no enabling of
	// the project does.
	disables, everywhere bool
	// seeks are the words that the project lacks by this finding, holds those that may be in what the finding is about.
	seeks, holds miniprogram.Names
	// unit is the page or component that the finding is about.
	unit *miniprogram.Unit
	// through is a file that the call depends on and that was not followed.
	through *source.File
	// broken is a file that cannot be parsed; code tells that it is code, which may run what stands in other files.
	broken *source.File
	code   bool
	// part tells apart several problems at one place: what is missing from an object, whose page a template serves.
	part string
}

// oneEach leaves out the findings that stand aside for others.
func (p *Pass) oneEach(found []*Finding) []*Finding {
	a := asides{pass: p, byRule: map[string][]*Finding{}, decided: map[*Finding][]string{}, groups: map[*Aside]*others{}}
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
	// groups are the findings that each aside is for.
	groups map[*Aside]*others
}

// left returns the parts of a finding that no other finding explains.
func (a *asides) left(f *Finding) []string {
	left, ok := a.decided[f]
	if !ok {
		left = a.unexplained(f, true)
		a.decided[f] = left
	}
	return left
}

// unexplained is left, with or without the asides for findings of the finding's own rule.
func (a *asides) unexplained(f *Finding, own bool) []string {
	left := f.about.parts()
	for i := range f.Rule.Aside {
		aside := &f.Rule.Aside[i]
		if len(left) == 0 {
			break
		}
		if !counts(aside.Own, f.Reason) || !own && aside.Rule == f.Rule.ID {
			continue
		}
		if group := a.group(aside, f.Rule); len(group.all) > 0 {
			left = slices.DeleteFunc(slices.Clone(left), func(part string) bool { return group.explain(f, part) })
		}
	}
	return left
}

// group returns the findings that an aside of a rule is for: those that are reported, or explained themselves by one that is.
func (a *asides) group(aside *Aside, of *Rule) *others {
	if group := a.groups[aside]; group != nil {
		return group
	}
	named := aside.Moot || a.pass.Off == nil || !a.pass.Off(aside.Rule)
	group := &others{where: aside.Where}
	for _, other := range a.byRule[aside.Rule] {
		// Of a rule's own findings, those that stand aside for one another lie within each other: what explains the outermost is enough.
		if counts(aside.Reasons, other.Reason) && (named || len(a.unexplained(other, aside.Rule != of.ID)) == 0) {
			group.add(other)
		}
	}
	a.groups[aside] = group
	return group
}

// counts tells that a reason is one of a list, in which none means all.
func counts(reasons []string, reason string) bool {
	return len(reasons) == 0 || slices.Contains(reasons, reason)
}
