package checks

import (
	"sort"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// registry lists the rules as the documentation does: by the step they serve, and there from
// the first thing to mend to the last.
var registry = []*Rule{
	appJSON,
	permissionDeclared,
	permissionDesc,
	permissionDescPlaceholder,
	authorizeScope,
	authorizeCombined,
	authorizeBeforeEnable,
	authorizeUnproven,
	authorizeFailHandled,
	authorizeRecovery,
	enableCalled,
	enableOptions,
	enableFailHandled,
	baseLibrary,
	pluginUnsupported,
	joinCalled,
	joinAfterEnable,
	joinUnproven,
	joinOpenid,
	joinOpenidHardcoded,
	joinNickname,
	joinOptions,
	joinFailHandled,
	devtoolsUnsupported,
	pageRegistered,
	handlerExists,
	callReachable,
	receiverEnabled,
	consoleStep,
	parseError,
	unusedSuppression,
}

// Rules returns all rules in the order of the documentation. The slice is the caller's.
func Rules() []*Rule { return append([]*Rule(nil), registry...) }

// Lookup returns the rule of that id, or nil.
func Lookup(id string) *Rule {
	for _, r := range registry {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// Run applies every rule to a project and returns what they found, sorted by file, line,
// column and rule. A rule that stays silent where another has already named the defect finds
// it in Found: rules run in the order of the registry.
func Run(p *Pass) []*Finding {
	if p.Project == nil {
		p.Project = &miniprogram.Project{}
	}
	if p.Flow == nil {
		p.Flow = &flow.Result{}
	}
	pluginOnly := p.pluginOnly()
	for _, r := range registry {
		if r.Run == nil || pluginOnly && r != pluginUnsupported && r != parseError {
			continue
		}
		p.rule = r
		r.Run(p)
	}
	p.Found = once(p.Found)
	sort.SliceStable(p.Found, func(i, j int) bool { return before(p.Found[i], p.Found[j]) })
	return p.Found
}

// once drops findings that say the same of the same place: two calls may share an object literal.
func once(found []*Finding) []*Finding {
	type identity struct {
		rule, reason, message string
		path                  string
		start, end            int
	}
	seen := map[identity]bool{}
	kept := found[:0]
	for _, f := range found {
		id := identity{rule: f.Rule.ID, reason: f.Reason, path: path(f), start: f.At.Start, end: f.At.End}
		if f.Reason == "missing" || f.Reason == "" {
			// Several things may be missing from one place.
			id.message = f.Message.EN
			if f.lacks != "" {
				id.message = f.lacks // both sides may be one object
			}
		}
		if !seen[id] {
			seen[id] = true
			kept = append(kept, f)
		}
	}
	return kept
}

func before(a, b *Finding) bool {
	switch {
	case path(a) != path(b):
		return path(a) < path(b)
	case a.At.Start != b.At.Start:
		return a.At.Start < b.At.Start
	case a.Rule.ID != b.Rule.ID:
		return a.Rule.ID < b.Rule.ID
	case a.Reason != b.Reason:
		return a.Reason < b.Reason
	}
	return a.Message.EN < b.Message.EN
}

func path(f *Finding) string {
	if f.At.File == nil {
		return ""
	}
	return f.At.File.Path
}
