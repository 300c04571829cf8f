// Package flow follows what a mini-program's code does and tells what holds when the
// calls of the feature run.
package flow

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// API is a platform function that the analysis reports on.
type API string

// The functions whose calls appear in Result.Calls.
const (
	Authorize   API = "authorize"
	SetEnable   API = "setEnable1v1Chat"
	Join        API = "join1v1Chat"
	OpenSetting API = "openSetting"
)

// Result is what is known of a project's code. Slices are in order of place.
type Result struct {
	// Calls are the calls of the reported functions, one for each place in the code.
	Calls []*Call
	// Hidden are the reported functions that are called by name on something which is not followed, with the first such place, so
	// that a project without a call of them in Calls may make one all the same.
	Hidden map[API]source.Span
	// OpensSettings tells that code names openSetting, be it code that nothing runs.
	OpensSettings bool
	// ParseErrors are the participating files that cannot be parsed.
	ParseErrors []ParseError
	// Units tells for every unit whose script was followed what its methods are.
	Units map[*miniprogram.Unit]*UnitInfo
	// GaveUp is what was not followed to its end, in order of place, bound and entry point: what lies behind may be right or wrong.
	GaveUp []GaveUp
	// Asks are the scopes ("record", "camera") that something asks for which runs, by authorize or by using the device.
	Asks []string
	// Listeners are the places that add a listener for what happens in a call.
	Listeners []*Listener
	// HearsHangUp tells that something listens to onVoIPChatMembersChanged, or may do so in a file that cannot be parsed.
	HearsHangUp bool
	// PlatformGuards are the tests that name one of the two calls: wx.canIUse('join1v1Chat'), if (!wx.setEnable1v1Chat).
	ExistenceGuards []source.Span
	// Work is what was done to find all this.
	Work Work
}

// Work counts what an analysis did: the same for the same program on any machine.
type Work struct {
	// Passes is how often the entry points were gone over, until nothing that one writes for another changed.
	Passes int
	// Entries tells of each entry point that was followed, by its page and name: "pages/call/call onTap".
	Entries map[string]EntryWork
	// Paths are those through all entry points, Steps the nodes that were evaluated on them.
	Paths, Steps int
	// Spent are the steps of the run up to now: see Options.Spent.
	Spent int
}

// EntryWork counts what was done for one entry point: how often it was followed, over how many paths and nodes in all.
type EntryWork struct {
	Times, Paths, Steps int
}

// GaveUp is a bound that was met, or an internal failure: what lies behind it was not followed.
type GaveUp struct {
	// Bound names the row of the table of bounds that was met (see Bounds), "" for an internal failure; Most is how many are followed.
	Bound string
	Most  int
	// What names what was being followed there: a function, a field, a file.
	What string
	At   source.Span
	// Entry is the entry point from which it was met; of no kind where that is none, as when a module is loaded.
	Entry Step
	// Failure is the text of an internal failure: a fault of the analysis and none of the program.
	Failure string
	// Calls are the enabling and joining calls that are left open by it.
	Calls []*Call
}

// ParseError is a participating file that cannot be parsed. Names are the feature's words in it
// or in what it leads to, so that the step which needs it can be told.
type ParseError struct {
	At    source.Span
	Why   string
	Names miniprogram.Names
	// Limit tells that the code may be right, and is beyond what is read.
	Limit bool
}

// UnitInfo is what the options of a page or component hold.
type UnitInfo struct {
	// Methods are the names that an event can be bound to.
	Methods map[string]bool
	// Open tells that there may be more methods than Methods: a spread or behavior that cannot be followed.
	Open bool
	// Calls tells that the unit's code, or what it imports, makes an enabling or joining call; First is the first one.
	Calls bool
	First *Call
}

// Call is one place in the code where a reported function is called.
type Call struct {
	API API
	// Name is the place of the function's name; Expr that of the whole call.
	Name, Expr source.Span
	// Plugin tells that the call lies in plugin code.
	Plugin bool
	// Unit is the page, component or app in whose script the call stands; nil for other modules.
	Unit *miniprogram.Unit
	// Units are the units through which the call runs, or would run (an unregistered page).
	Units []*miniprogram.Unit
	// Importers are, for a call in a module that nothing runs, the units whose code names what leads to it and that import
	// the module, however deep.
	Importers []*miniprogram.Unit
	// Reached tells that some entry point leads here. Cut is true when the analysis stopped before it could tell.
	Reached, Cut bool
	// DevToolsOnly tells of an enabling or a join that every path which comes to it runs in DevTools.
	DevToolsOnly bool
	// Stops is, for a call that no path comes to, where the code stops that would lead there; zero where nothing that runs would.
	Stops source.Span
	// StopKind is what ends the code there; StopBy is where that comes from, if elsewhere: an exception, a promise that nothing settles.
	StopKind StopKind
	StopBy   source.Span
	// Named tells of such a call that code which runs names a function around it all the same, and may lead there.
	Named bool
	// Options are the option values that the call is made with: one for each place where such an object is written. They are what the
	// runs showed and, where no run came by, what the code tells of itself.
	Options []*Value
	// OnlyDisables tells of an enabling that enable is false in every run.
	OnlyDisables bool
	// Scopes are the scopes that an authorization asks for, as far as they are known.
	Scopes []ScopeUse
	// Before is, for an enabling, the verdict on authorization, and for a join, on enabling.
	Before Verdict
	// DevTools tells of an enabling whether it also runs in DevTools, or with the reason Inverted that it runs there only.
	DevTools Verdict
	// Failure tells what becomes of a failure of the call; where a bound kept that from being followed, FailureBound names it.
	Failure      Handling
	FailureBound string
	// RefusalFrom are calls (of the other API) whose swallowed failure leads on to this call:
	// set with reason refusal-continues or failure-continues.
	RefusalFrom []*Call
	// Runs tells of an enabling from which entry points it runs.
	Runs []Run

	cut *unfollowed // what keeps some path that may lead here from being followed
}

// Run is an entry point that leads to an enabling.
type Run struct {
	// ByPlatform is true for launch, load, show and the like, false for a handler of the user's.
	ByPlatform bool
	// Joins tells that the same run goes on to place a call.
	Joins bool
	// Entry describes the entry point.
	Entry Step
}

// ScopeUse is one scope in an authorize call.
type ScopeUse struct {
	// Name is the scope as asked for, trimmed; for a value that is no string, "".
	Name string
	// At is the scope key's place; Value the place of its value.
	At, Value source.Span
	// Type tells that the value is no string.
	NotString bool
	// Missing tells that there is no scope key at all; At is then the object literal.
	Missing bool
	// Combined tells that the same string holds several scopes.
	Combined bool
}

// Handling tells what becomes of a call's failure.
type Handling int

// The ways a failure goes.
const (
	// HandlingUnknown: it goes where the analysis cannot follow.
	HandlingUnknown Handling = iota
	Handled
	Unhandled
)

// Outcome is a verdict's kind.
type Outcome int

// The three verdicts, and NotRun for a call that no entry point reaches.
const (
	NotRun Outcome = iota
	Proved
	Refuted
	Unproven
)

// Reason is why a call is refuted; the values are those of the contract.
type Reason string

// The reasons.
const (
	NeverAsked       Reason = "never-asked"
	OtherPath        Reason = "other-path"
	ScopeMissing     Reason = "scope-missing"
	AskedAfter       Reason = "asked-after"
	NotAwaited       Reason = "not-awaited"
	RefusalContinues Reason = "refusal-continues"
	NeverEnabled     Reason = "never-enabled"
	FailureContinues Reason = "failure-continues"
	Disabled         Reason = "disabled"
	// Unguarded and Inverted are those of Call.DevTools.
	Unguarded Reason = "unguarded"
	Inverted  Reason = "inverted"
)

// Verdict is what is known about one question at one call.
type Verdict struct {
	Outcome Outcome
	Reason  Reason
	// Missing are the scopes ("record", "camera") that are not granted on the witness.
	Missing []string
	// Witness leads from the entry point to the call, for a refutation and for what is unproven.
	Witness []Step
	// Unfollowed names what could not be followed, for Unproven: "ensureAuth", "perm-kit"; At is its place.
	Unfollowed string
	At         source.Span
	// Broken is the file that could not be followed, where that is because it cannot be parsed.
	Broken *source.File
	// Stored tells that it is a flag kept in the storage, which outlives what it tells of.
	Stored bool
	// Unshown tells of a refutation that every way to the call begins with something which, as far as was followed, is never shown.
	Unshown bool
	// Bound names the row of the table of bounds because of which it is unproven, "" when that was the code. At is where it
	// was met, Unfollowed what was being followed there, Most how many are followed.
	Bound string
	Most  int
	// Failure is the text of the internal failure because of which it is unproven.
	Failure string
	// NothingLeads tells that the code is run, but that no path which was followed comes to the call.
	NothingLeads bool
}

// StepKind tells what happened at a step of a witness.
type StepKind string

// The kinds of steps.
const (
	StepLifecycle  StepKind = "lifecycle"  // Name: onLoad; the platform runs it
	StepHandler    StepKind = "handler"    // Name: the method; Detail: the event
	StepModule     StepKind = "module"     // top level of a module
	StepHook       StepKind = "hook"       // Name: useDidShow; a framework hook or timer
	StepObserver   StepKind = "observer"   // Name: the fields whose change runs it
	StepEnter      StepKind = "enter"      // Name: the function called
	StepAsk        StepKind = "ask"        // Name: scopes
	StepGranted    StepKind = "granted"    // Name: scopes
	StepRefused    StepKind = "refused"    // Name: scopes
	StepTested     StepKind = "tested"     // a test found Name granted
	StepNotWaited  StepKind = "not-waited" // Name: what is not waited for
	StepCaught     StepKind = "caught"     // a failure ends in a handler
	StepTruthy     StepKind = "truthy"     // a test takes the way of a true value: Name the source text
	StepFalsy      StepKind = "falsy"      // ... of a false value
	StepEnable     StepKind = "enable"     // enabling is called
	StepEnabled    StepKind = "enabled"    // enabling succeeded
	StepFailed     StepKind = "failed"     // enabling failed
	StepDisabled   StepKind = "disabled"   // enabling is switched off
	StepTurnedOff  StepKind = "turned-off" // another run switches enabling off
	StepJoin       StepKind = "join"       // the join is called
	StepUnfollowed StepKind = "unfollowed" // Name: what could not be followed
	StepNavigate   StepKind = "navigate"   // Name: the page led to
	StepTrigger    StepKind = "trigger"    // Name: the component event
)

// Step is one step of a witness.
type Step struct {
	Kind   StepKind
	Name   string
	Detail string
	At     source.Span
}

// ValueKind tells what a value is.
type ValueKind int

// The kinds of values.
const (
	UnknownValue ValueKind = iota
	UndefinedValue
	NullValue
	BoolValue
	NumberValue
	StringValue
	ObjectValue
	ArrayValue
	FuncValue
)

// Value is what is known of a value at a call.
type Value struct {
	Kind ValueKind
	// Str, Num and Bool are the constant's value.
	Str  string
	Num  float64
	Bool bool
	// At is where the value is written: the literal or expression.
	At source.Span
	// Props are an object's known properties in order; Open tells that there may be more.
	Props []Prop
	Open  bool
	// Field is the page field or variable ("callOpenid") whose initial blank nothing ever replaces: the
	// value is never assigned.
	Field         string
	NeverAssigned bool
	// Alts are the constants that an unknown value is in some runs.
	Alts []*Value
	// Given are constants that the code gives the place which an unknown value is read from, be it on a path that does not lead here.
	Given []*Value
	// Same is equal and not 0 for two values that are the same unknown value.
	Same int
}

// Prop is a property of an object value.
type Prop struct {
	Name string
	Key  source.Span
	// Value is what every run gives it; where runs differ, it is unknown.
	Value *Value
}

// Prop returns the property of that name, or nil.
func (v *Value) Prop(name string) *Prop {
	for i := range v.Props {
		if v.Props[i].Name == name {
			return &v.Props[i]
		}
	}
	return nil
}
