// Package checks holds the rules: one file a rule, named after it.
package checks

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Severity is how much a finding matters.
type Severity int

// The severities, in growing order. Off silences a rule.
const (
	Off Severity = iota
	Info
	Warning
	Error
)

// Step is a step of the setup guide.
type Step string

// The steps, in the guide's order; NoStep is for rules about voipcheck itself.
const (
	StepCategory   Step = "category"
	StepInterface  Step = "interface"
	StepMinutes    Step = "minutes"
	StepPrivacy    Step = "privacy"
	StepPermission Step = "permission"
	StepAuthorize  Step = "authorize"
	StepEnable     Step = "enable"
	StepJoin       Step = "join"
	StepDevTools   Step = "devtools"
	StepReachable  Step = "reachable"
	NoStep         Step = ""
)

// Evidence is how well a rule's claim is founded.
type Evidence string

// The kinds of evidence.
const (
	Documented Evidence = "documented"
	Guide      Evidence = "guide"
	Community  Evidence = "community"
	Contested  Evidence = "contested"
)

// Rule is one thing that can be wrong, and everything there is to say about it.
type Rule struct {
	ID       string
	Severity Severity
	Step     Step
	Evidence Evidence
	// Reasons are the values that a finding's reason may take, with what each means.
	Reasons []Reason
	// LateReasons are those of findings that had no reason in earlier versions: their fingerprints stay what they were.
	LateReasons []string
	// Title is one line; Text says what is asked and why, in Markdown paragraphs.
	Title, Text lang.Text
	// Bad and Good are the smallest examples; code or JSON, with comments in neither language.
	Bad, Good string
	// Example tells what Bad and Good are, so that they can be run.
	Example ExampleKind
	// Fix says what to do.
	Fix lang.Text
	// RunTime is what the user meets when the problem is shipped, with the error code: "-30003".
	RunTime lang.Text
	Sources []Source
	// Aside are the findings of other rules that are the same defect as one of this rule, which is left out beside them.
	Aside []Aside
	// InPlugin tells that the rule has something to say of a program that uses the feature in plugin code only.
	InPlugin bool
	// Fixable tells that some findings have a safe fix, Proposes that some have one that is only proposed.
	Fixable, Proposes bool
	// Run looks at one project; nil for rules whose findings are made elsewhere (unused-suppression).
	Run func(*Pass)
}

// Reason is one value of a finding's reason.
type Reason struct {
	ID    string
	Title lang.Text
}

// Identity is what tells a finding's reason apart in its fingerprint.
func (f *Finding) Identity() string {
	if slices.Contains(f.Rule.LateReasons, f.Reason) {
		return ""
	}
	return f.Reason
}

// ExampleKind is what a rule's examples are: a file of that name, or a part of one.
type ExampleKind string

// The kinds of examples. An example that is a file replaces that file of a sound project.
const (
	// ExamplePage is the script of a native page whose template binds a tap to onCall.
	ExamplePage ExampleKind = "page"
	// ExampleCall is a statement that stands where enabling has succeeded, or, when it enables, where both scopes are granted.
	ExampleCall ExampleKind = "call"
	// ExampleApp is an app.json.
	ExampleApp ExampleKind = "app.json"
	// ExampleProjectConfig is a project.config.json.
	ExampleProjectConfig ExampleKind = "project.config.json"
	// ExampleConfig is a voipcheck.json.
	ExampleConfig ExampleKind = "voipcheck.json"
	// ExampleFiles is a txtar archive of several files.
	ExampleFiles ExampleKind = "files"
)

// Source is where a claim can be read.
type Source struct {
	Title lang.Text
	URL   string // may be empty
}

// Finding is one problem in one place.
type Finding struct {
	Rule     *Rule
	Reason   string
	Severity Severity
	// Step is the rule's step, or for rules that serve several (console-step, parse-error) the one concerned.
	Step Step
	// Message is a sentence, or a few, that say what is wrong here.
	Message lang.Text
	// Advice says what to do about it; where it is blank the rule's Fix does.
	Advice lang.Text
	At     source.Span
	// Trace leads to the problem.
	Trace []Note
	Fix   *Fix
	// ByHand says why there is no fix although the rule's findings have one otherwise, and what is to be done instead.
	ByHand lang.Text

	// about is what the finding is about, by which the same defect is recognised in findings of other rules.
	about subject
}

// Todo says what to do about a finding.
func (f *Finding) Todo() lang.Text {
	if f.Advice.IsZero() {
		return f.Rule.Fix
	}
	return f.Advice
}

// Told is the message and what to do, for reports that have one text for both.
func (f *Finding) Told() lang.Text {
	return lang.Sentences(f.Message, f.Todo())
}

// Note is a place with what happens there.
type Note struct {
	At      source.Span
	Message lang.Text
}

// Fix is a change that removes a finding. Findings that the same change removes have equal edits.
type Fix struct {
	Title lang.Text
	Safe  bool
	Edits []Edit
}

// Edit replaces the bytes of At by New.
type Edit struct {
	At  source.Span
	New string
}

// Pass is what a rule sees of one project.
type Pass struct {
	Project *miniprogram.Project
	Flow    *flow.Result
	// Confirmed tells which console steps the team has confirmed and are not out of date.
	Confirmed map[Step]bool
	// Off tells which rules are switched off; nil for none.
	Off func(rule string) bool
	// Found is what the rules reported.
	Found []*Finding

	rule *Rule
	// syntax is what was looked up in files for fixes.
	syntax map[*source.File]*fileSyntax
}

// Report adds a finding; rule, severity and step are filled in when not set.
func (p *Pass) Report(f Finding) { p.report(&f) }

// report is Report for a finding that its rule holds on to.
func (p *Pass) report(f *Finding) {
	f.Rule = p.rule
	if f.Severity == Off {
		f.Severity = p.rule.Severity
	}
	if f.Step == NoStep {
		f.Step = p.rule.Step
	}
	p.Found = append(p.Found, f)
}
