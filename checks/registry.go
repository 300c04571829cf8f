package checks

import (
	"sort"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// registry lists the rules as the documentation does: by the step they serve, and there from
// the first thing to fix to the last.
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
	callEndObserved,
	listenerLeak,
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
// column and rule. One defect is one finding, whatever the number of rules that meet it.
func Run(p *Pass) []*Finding { return RunInOrder(p, registry) }

// RunInOrder is Run with the rules in another order, which makes no difference to what is found.
func RunInOrder(p *Pass, rules []*Rule) []*Finding {
	if p.Project == nil {
		p.Project = &miniprogram.Project{}
	}
	if p.Flow == nil {
		p.Flow = &flow.Result{}
	}
	p.Found = nil
	pluginOnly := p.pluginOnly()
	for _, r := range rules {
		if r.Run == nil || pluginOnly && !r.InPlugin {
			continue
		}
		p.rule = r
		r.Run(p)
	}
	sort.SliceStable(p.Found, func(i, j int) bool { return before(p.Found[i], p.Found[j]) })
	p.Found = once(p.oneEach(p.Found))
	return p.Found
}

// once drops findings that say the same of the same place: two calls may share an object literal.
func once(found []*Finding) []*Finding {
	type identity struct {
		rule, reason, lacks, path string
		start, end                int
	}
	seen := map[identity]bool{}
	kept := found[:0]
	for _, f := range found {
		id := identity{f.Rule.ID, f.Reason, f.about.part, path(f), f.At.Start, f.At.End}
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
	}
	return a.Reason < b.Reason // what is left is in the order in which its rule reported it
}

func path(f *Finding) string {
	if f.At.File == nil {
		return ""
	}
	return f.At.File.Path
}
