package flow

// The table of bounds: how far a program is followed. Bounds count work and sizes, never time, so that the same tree always
// gives the same verdicts. What lies beyond one is open: it is told with the bound and the place (see gaveUp), and is never
// taken for a value, a verdict, or nothing.

import (
	"sort"

	"github.com/voipcheck/voipcheck/internal/source"
)

// Bound is a row of the table: what is counted, up to which number, and what becomes of what lies beyond.
type Bound struct {
	// Name is what reports call it.
	Name string
	// Value is how many there may be; with Options.Work, so many times more of those that Scale.
	Value int
	Scale bool
	// Highest is what Options.Work may raise it to, 0 for any number.
	Highest int
	// Of is what is counted; Met what is done with what lies beyond.
	Of  string
	Met Consequence
}

// Consequence is what becomes of what lies beyond a bound.
type Consequence string

// The consequences.
const (
	// Ends: the path ends there. The entry point counts as not followed to its end: the calls that it may reach, the places that
	// it may write and the pages that it may open are open.
	Ends Consequence = "ends the path"
	// Opens: a value is not known, and a test of it that leads to a call leaves that open.
	Opens Consequence = "leaves a value open"
	// Repeats: what is done again ends as it did the last time and, where it has always ended in one way, on a further path once in the other.
	// So each number of failures before a success is followed, and each number of successes before a failure, until nothing changes any
	// more from one time to the next or another bound is met, which leaves open what changes. Mixed outcomes beyond the first times have
	// led to where these lead: what the platform grants or enables holds after a success whatever came before.
	Repeats Consequence = "is followed on as it went before"
	// Shortens: less is shown, and nothing depends on it.
	Shortens Consequence = "is left out of what is shown"
	// Widens: more is taken to be possible than is.
	Widens Consequence = "is taken to be possible"
)

// bound is a row of the table by its place.
type bound uint8

// The rows.
const (
	noBound bound = iota
	boundPaths
	boundSteps
	boundPathSteps
	boundAsideSteps
	boundBesideSteps
	boundRuntimeSteps
	boundAllSteps
	boundRunSteps
	boundLoadSteps
	boundPasses
	boundBuiltPasses
	boundCalls
	boundNesting
	boundTasks
	boundTurns
	boundQuietTurns
	boundYields
	boundRecursion
	boundOpenTurns
	boundTicks
	boundRetries
	boundBoth
	boundFollowedRetries
	boundFollowedRequests
	boundRequests
	boundWaits
	boundDispatches
	boundRestarts
	boundText
	boundElements
	boundKeys
	boundWrites
	boundGrowth
	boundRecorded
	boundAlternatives
	boundNested
	boundObjects
	boundCallees
	boundStarts
	boundListeners
	boundGates
	boundGuards
	boundNestedUses
	boundDepth
	boundAlike
	boundRendered
	boundCopied
	boundKept
	boundPrototypes
	boundMatched
	boundJSON
	boundInner
	boundReexports
	boundFrames
	boundCallers
	boundTrail
	boundShapes
	boundOptions
	boundRelated
	boundsEnd
)

// bounds is the table.
var bounds = [boundsEnd]Bound{
	boundPaths:            {"paths", 4000, true, 0, "paths through one entry point", Ends},
	boundSteps:            {"steps", 3_000_000, true, 0, "expressions and statements evaluated on all paths of one entry point", Ends},
	boundPathSteps:        {"path-steps", 300_000, true, 0, "expressions and statements evaluated on one path", Ends},
	boundAsideSteps:       {"aside-steps", 30_000, true, 0, "expressions and statements evaluated where nothing leads to the feature", Ends},
	boundBesideSteps:      {"beside-steps", 300_000, true, 0, "expressions and statements evaluated on all paths of one entry point that may show a grant to others and leads to no call", Ends},
	boundRuntimeSteps:     {"runtime-steps", 150_000, true, 0, "expressions and statements evaluated where a framework's own code runs", Ends},
	boundAllSteps:         {"all-steps", 12_000_000, true, 0, "expressions and statements evaluated on all entry points, and for each of them a thirtieth of steps more", Ends},
	boundRunSteps:         {"run-steps", 20_000_000, true, 24_000_000, "expressions and statements evaluated in all, over all mini-programs of a run", Ends},
	boundLoadSteps:        {"load-steps", 1_000_000, true, 0, "expressions and statements evaluated to load one module", Ends},
	boundPasses:           {"passes", 24, false, 0, "times that all entry points are followed, until none finds anything new", Opens},
	boundBuiltPasses:      {"built-passes", 2, false, 0, "times that all entry points are followed before the last where a compiler's code was not followed to its end", Opens},
	boundCalls:            {"calls", 220, false, 0, "calls within calls", Ends},
	boundNesting:          {"nesting", 9000, false, 0, "expressions and statements within each other, over all calls", Ends},
	boundTasks:            {"tasks", 4000, true, 0, "tasks run on one path", Ends},
	boundTurns:            {"turns", 20_000, false, 0, "turns of one loop", Ends},
	boundQuietTurns:       {"quiet-turns", 1000, false, 0, "turns of a loop that only computes", Opens},
	boundYields:           {"yields", 1000, false, 0, "values that a generator or an iterator yields", Ends},
	boundRecursion:        {"recursion", 6, false, 0, "calls of a function within itself where paths are merged and it is given what nobody knows", Opens},
	boundOpenTurns:        {"open-turns", 2, false, 0, "turns of a loop of which nobody knows when it ends, with another state each time", Opens},
	boundTicks:            {"ticks", 70, false, 0, "times that a timer runs the same function, or a function hands itself over, while nothing is decided", Opens},
	boundRetries:          {"retries", 2, false, 0, "times that a call of the feature is made again and followed with each outcome", Repeats},
	boundBoth:             {"repeated-requests", 3, false, 0, "times that a request is made again at one place and followed with each outcome", Repeats},
	boundFollowedRetries:  {"same-calls", 12, false, 0, "times that a call of the feature is made at one place, with another state each time", Opens},
	boundFollowedRequests: {"same-requests", 8, false, 0, "times that a request is made at one place because of its own outcome, with another state each time", Opens},
	boundRequests:         {"all-requests", 100, false, 0, "times that a request is made at one place, with another state each time", Opens},
	boundWaits:            {"waits", 2, false, 0, "times that one place waits for what nobody knows, with another state each time", Opens},
	boundDispatches:       {"dispatches", 2, false, 0, "times that a method is looked up by a name that is not known, on one path; the next time it may be any", Widens},
	boundRestarts:         {"restarts", 300, false, 0, "times that an entry point is followed again because code turned out to matter", Ends},
	boundText:             {"text", 4096, false, 0, "bytes of a string that is put together", Opens},
	boundElements:         {"elements", 4000, false, 0, "elements of an array, and properties of an object, that are put together", Opens},
	boundKeys:             {"keys", 64, false, 0, "keys of a Map or Set", Opens},
	boundWrites:           {"values", 40, false, 0, "values that different runs write to one place", Opens},
	boundGrowth:           {"growth", 6, false, 0, "passes in each of which a place is found to hold another value", Opens},
	boundRecorded:         {"recorded", 1000, false, 0, "values that one write may write", Opens},
	boundAlternatives:     {"alternatives", 48, false, 0, "values of which one is the case", Opens},
	boundNested:           {"nested-alternatives", 2, false, 0, "values of which one is the case, within each other", Opens},
	boundObjects:          {"objects", 16, false, 0, "objects of a list that is read at an index which is not known", Opens},
	boundCallees:          {"callees", 8, false, 0, "functions that are called at one place", Opens},
	boundStarts:           {"starts", 24, false, 0, "states in which an entry point may begin", Opens},
	boundListeners:        {"listeners", 40, false, 0, "functions of the library that listen for one event", Ends},
	boundGates:            {"gates", 8, false, 0, "places in templates that show a component or bind a handler", Widens},
	boundGuards:           {"guards", 16, false, 0, "conditions around what is rendered", Widens},
	boundNestedUses:       {"nested-components", 3, false, 0, "components within each other whose conditions are looked at", Widens},
	boundDepth:            {"depth", 8, false, 0, "options, mixins and classes within each other that are read", Opens},
	boundAlike:            {"alike", 16, false, 0, "handlers that stand in one place of the code", Ends},
	boundRendered:         {"rendered", 24, false, 0, "components rendered within each other", Ends},
	boundCopied:           {"copied", 8, false, 0, "objects within each other that are copied as JSON", Opens},
	boundKept:             {"kept", 40, false, 0, "properties of an object that is searched for what shows something", Widens},
	boundPrototypes:       {"prototypes", 64, false, 0, "prototypes of an object that are searched", Opens},
	boundMatched:          {"matched", 11_000, false, 0, "bytes of a text and a regular expression that are matched", Opens},
	boundJSON:             {"json", 60, false, 0, "values within each other in JSON", Opens},
	boundInner:            {"inner", 4, false, 0, "values within each other that are looked into when they are kept, handed over or told apart", Widens},
	boundReexports:        {"reexports", 3000, false, 0, "modules that export what others export, one after the other", Opens},
	boundFrames:           {"frames", 12, false, 0, "calls around one that are searched for the name of the platform's function", Shortens},
	boundCallers:          {"callers", 16, false, 0, "callers of a function that are searched for where they always stop", Shortens},
	boundTrail:            {"trail", 400, false, 0, "steps of a witness", Shortens},
	boundShapes:           {"shapes", 50, false, 0, "values that a call is given", Shortens},
	boundOptions:          {"option-values", 16, false, 0, "constants that an option may be", Shortens},
	boundRelated:          {"related", 2, false, 0, "values within each other that are searched for functions", Widens},
}

// Bounds lists the table.
func Bounds() []Bound { return append([]Bound(nil), bounds[1:]...) }

// name is the row's name, "" for none.
func (b bound) name() string { return bounds[b].Name }

// usual is how many there may be where no analysis is at hand whose options could tell otherwise.
func (b bound) usual() int { return bounds[b].Value }

// most is how many there may be of what a bound counts.
func (a *analysis) most(b bound) int { return a.limits[b] }

func (m *machine) most(b bound) int { return m.a.limits[b] }

// limitsOf are the values of all bounds under these options.
func limitsOf(o Options) (out [boundsEnd]int) {
	for b, row := range bounds {
		out[b] = row.Value
		if row.Scale && o.Work > 0 {
			out[b] = max(1, int(float64(row.Value)*o.Work))
			if row.Highest > 0 {
				out[b] = min(out[b], row.Highest)
			}
		}
		if n, ok := o.Bounds[row.Name]; ok {
			out[b] = n
		}
	}
	return out
}

// gaveUpKey tells what was given up apart.
type gaveUpKey struct {
	bound   bound
	failure string
	at      source.Span
	entry   string
}

// gaveUp notes that a bound was met, and returns that as the cause of what is open for it.
func (m *machine) gaveUp(b bound, what string, at source.Span) *unfollowed {
	return m.a.gaveUpOn(m.entry, b, "", what, at)
}

// gaveUpHere is gaveUp for a value that is come by at the call being evaluated.
func (m *machine) gaveUpHere(b bound, what string) *unfollowed {
	whole, at := m.whole()
	if what == "" {
		what = whole
	}
	if fr := m.ownFrame(); fr != nil {
		at = calleeSpan(fr)
	}
	return m.gaveUp(b, what, at)
}

// gaveUpOn is gaveUp for an entry point, nil for none; failure is the text of an internal failure.
func (a *analysis) gaveUpOn(e *entry, b bound, failure, what string, at source.Span) *unfollowed {
	key := gaveUpKey{bound: b, failure: failure, at: at}
	if e != nil {
		key.entry = e.key()
	}
	known := a.givenUp[key]
	if known == nil {
		known = &givenUp{what: what, entry: e, cause: &unfollowed{name: what, at: at, bound: b, most: a.limits[b], failure: failure}}
		a.givenUp[key] = known
	}
	known.pass = a.pass
	if a.pass != 0 {
		a.now.gaveUp[known] = true
	}
	return known.cause
}

// givenUp is something that was given up, in the pass that found it last.
type givenUp struct {
	what  string
	entry *entry
	cause *unfollowed
	pass  int
}

// gaveUp lists what the last pass gave up, and what was given up outside of the passes.
func (a *analysis) gaveUp(calls []*Call) []GaveUp {
	var out []GaveUp
	open := map[openCause][]*Call{}
	for _, c := range calls {
		if c.API == SetEnable || c.API == Join {
			for _, cause := range c.openBy() {
				open[cause] = append(open[cause], c)
			}
		}
	}
	for key, g := range a.givenUp {
		if g.pass != a.pass && g.pass != 0 {
			continue // it was found not to be needed
		}
		one := GaveUp{What: g.what, At: key.at, Failure: key.failure}
		one.Bound, one.Most = key.bound.name(), g.cause.most
		if g.entry != nil {
			one.Entry = g.entry.step()
		}
		one.Calls = open[openCause{one.Bound, one.Failure, one.At}]
		out = append(out, one)
	}
	sort.Slice(out, func(i, j int) bool {
		x, y := out[i], out[j]
		switch {
		case x.At != y.At:
			return x.At.Before(y.At)
		case x.Bound != y.Bound:
			return x.Bound < y.Bound
		case x.Failure != y.Failure:
			return x.Failure < y.Failure
		case x.Entry.At != y.Entry.At:
			return x.Entry.At.Before(y.Entry.At)
		}
		return x.Entry.Name < y.Entry.Name
	})
	return out
}
