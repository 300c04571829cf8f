package oracle

// What executions showed of a program, held against what the checker says of it.

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/internal/oracle/execute"
)

// Class is a kind of disagreement.
type Class string

// The classes. All but the last two are faults of the checker.
const (
	FalseComfort Class = "false comfort"     // an execution breaks what the checker does not complain of
	FalseError   Class = "false error"       // no execution breaks what the checker says is broken
	Unreached    Class = "wrongly unreached" // an execution reaches what the checker says nothing runs
	Simulator    Class = "simulator missed"  // an execution enables in DevTools, and the checker does not say so
	NoSimulator  Class = "simulator wrong"   // the checker says that it runs in DevTools, and no execution does
	Crash        Class = "crash"             // the checker fails
	NoEnd        Class = "no end"            // it does not come to an end
	Unstable     Class = "unstable"          // it says something else the second time
	Undecided    Class = "undecided"         // the bounds left open whether an error is right
	Unproven     Class = "unproven"          // the checker says that it cannot tell
)

// Fault tells that the class is a fault of the checker.
func (c Class) Fault() bool { return c != Undecided && c != Unproven }

// Disagreement is one call on which executions and checker differ.
type Disagreement struct {
	Class   Class
	Rule    string // the rule that is wrong, or silent
	At      string // file:line
	Witness []string
	// Shown is what executions show of a call that the checker complains of, or cannot tell about.
	Shown Shown
	// Cause is why the checker cannot tell, where that is known.
	Cause string
}

// Shown is what executions show of a call.
type Shown string

// What executions show.
const (
	Broke   Shown = "broken by an execution"
	Kept    Shown = "kept by every execution"
	Nothing Shown = "reached by none"
)

func (d Disagreement) String() string { return fmt.Sprintf("%s %s %s", d.At, d.Class, d.Rule) }

// Comparison is all that was learned of a program.
type Comparison struct {
	Program       *execute.Result
	Verdict       *Verdict
	Disagreements []Disagreement
	// Kept and Broken count the calls on which both agree: proved and kept, refuted and broken.
	Kept, Broken int
	// Executions are all that it took, those that settle errors too.
	Executions int
}

// Faults are the disagreements that are faults of the checker.
func (c *Comparison) Faults() []Disagreement {
	var out []Disagreement
	for _, d := range c.Disagreements {
		if d.Class.Fault() {
			out = append(out, d)
		}
	}
	return out
}

// Effort says how much is executed.
type Effort struct {
	execute.Bounds
	// Settle is how many executions are spent on deciding whether an error is false.
	Settle int
	// Twice is how often a program of a survey is checked a second time: 1 is always, 8 is one of eight.
	Twice int
	// Check is the checker; nil for the whole one, as a user runs it.
	Check Checker
}

// DefaultEffort suits sets of programs.
var DefaultEffort = Effort{Bounds: execute.Default, Settle: 2000, Twice: 1}

// rules are those that judge a call.
type rules struct{ refuted, unproven string }

var of = map[execute.API]rules{
	execute.Enable: {"authorize-before-enable", "authorize-unproven"},
	execute.Join:   {"join-after-enable", "join-unproven"},
}

// Compare executes a program and checks it.
func Compare(files map[string]string, effort Effort) (*Comparison, error) {
	p, err := execute.Load(files)
	if err != nil {
		return nil, err
	}
	if effort.Check == nil {
		effort.Check = Check
	}
	v, err := effort.Check(files, effort.Twice == 1)
	if err != nil {
		return nil, err
	}
	c := &comparer{Comparison: Comparison{Program: execute.Explore(p, effort.Bounds), Verdict: v}, p: p, effort: effort}
	c.Executions = c.Program.Executions
	c.compare()
	return &c.Comparison, nil
}

type comparer struct {
	Comparison
	p      *execute.Program
	effort Effort
	widely *execute.Result
}

// add notes a disagreement, once.
func (c *comparer) add(d Disagreement) {
	if d.Class == Unproven {
		d.Cause = c.Verdict.Causes[d.At]
	}
	for _, other := range c.Disagreements {
		if other.kind() == d.kind() && other.At == d.At {
			return
		}
	}
	c.Disagreements = append(c.Disagreements, d)
}

func (c *comparer) compare() {
	switch {
	case c.Verdict.NoEnd:
		c.add(Disagreement{Class: NoEnd})
		return
	case c.Verdict.Crash != "":
		c.add(Disagreement{Class: Crash, At: c.Verdict.Crash})
		return
	case c.Verdict.Unstable != "":
		c.add(Disagreement{Class: Unstable, Witness: strings.Split(c.Verdict.Unstable, "\n")})
	}
	if c.Program.Hung || c.Program.Partial {
		return
	}
	for _, call := range c.Program.Calls {
		c.executed(call)
	}
	for _, f := range c.Verdict.Findings {
		c.found(f)
	}
}

// on are the findings of a rule at a call.
func (c *comparer) on(call *execute.Call, rule string) bool {
	for _, f := range c.Verdict.Findings {
		if f.Rule == rule && call.On(f.File, f.Line) {
			return true
		}
	}
	return false
}

// instead are findings that stand for another one, by the rule "one defect, one finding".
func (c *comparer) instead(api execute.API) bool {
	for _, f := range c.Verdict.Findings {
		switch f.Rule {
		case "parse-error", "plugin-unsupported":
			return true
		case "authorize-scope":
			return api == execute.Enable
		case "enable-called":
			return api == execute.Join
		case "enable-options":
			if api == execute.Join && f.Reason != "value" {
				return true
			}
		}
	}
	return false
}

// executed judges what the checker says of a call that was executed.
func (c *comparer) executed(call *execute.Call) {
	rule := of[call.API]
	if len(call.Stack) == 0 {
		return
	}
	at := fmt.Sprintf("%s:%d", call.Stack[0].File, call.Stack[0].Line)
	unreached := c.on(call, "call-reachable")
	switch {
	case unreached && (call.Phone || call.Simulator && call.API == execute.Enable):
		c.add(Disagreement{Class: Unreached, Rule: "call-reachable", At: at, Witness: call.Witness})
	case unreached: // a join that runs in DevTools only is said not to run
	case call.Broken && c.on(call, rule.refuted):
		c.Broken++
	case call.Broken && c.on(call, rule.unproven):
		c.add(Disagreement{Class: Unproven, Rule: rule.unproven, At: at, Witness: call.Witness, Shown: Broke})
	case call.Broken && !c.instead(call.API):
		c.add(Disagreement{Class: FalseComfort, Rule: rule.refuted, At: at, Witness: call.Witness})
	case !call.Broken && !c.on(call, rule.refuted) && !c.on(call, rule.unproven):
		c.Kept++
	}
	if call.API == execute.Enable && call.Simulator && !unreached && !c.on(call, "devtools-unsupported") && !c.instead(call.API) {
		c.add(Disagreement{Class: Simulator, Rule: "devtools-unsupported", At: at})
	}
}

// found judges a finding by the executions.
func (c *comparer) found(f Finding) {
	at := fmt.Sprintf("%s:%d", f.File, f.Line)
	for api, rule := range of {
		switch f.Rule {
		case rule.refuted:
			c.refuted(api, f, at)
		case rule.unproven:
			if !c.some(c.Program, api, f, func(call *execute.Call) bool { return call.Broken }) {
				c.add(Disagreement{Class: Unproven, Rule: f.Rule, At: at, Shown: c.shown(c.Program, api, f)})
			}
		}
	}
	if f.Rule == "devtools-unsupported" && f.Reason != "inverted" && !c.some(c.Program, execute.Enable, f, func(call *execute.Call) bool { return call.Simulator }) {
		if wide := c.wide(); wide.Exhausted && !c.some(wide, execute.Enable, f, func(call *execute.Call) bool { return call.Simulator || call.Doubted }) {
			c.add(Disagreement{Class: NoSimulator, Rule: f.Rule, At: at})
		}
	}
}

// refuted judges an error.
func (c *comparer) refuted(api execute.API, f Finding, at string) {
	broken := func(call *execute.Call) bool { return call.Broken || call.Doubted }
	if c.some(c.Program, api, f, broken) {
		return
	}
	switch wide := c.wide(); {
	case c.some(wide, api, f, broken):
	case wide.Exhausted:
		c.add(Disagreement{Class: FalseError, Rule: f.Rule, At: at, Shown: c.shown(wide, api, f)})
	default:
		c.add(Disagreement{Class: Undecided, Rule: f.Rule, At: at})
	}
}

// shown is what executions show of a call that none of them breaks.
func (c *comparer) shown(r *execute.Result, api execute.API, f Finding) Shown {
	if c.some(r, api, f, func(call *execute.Call) bool { return call.Reached }) {
		return Kept
	}
	return Nothing
}

// some tells whether what holds of a call holds of one that a finding is about.
func (c *comparer) some(r *execute.Result, api execute.API, f Finding, holds func(*execute.Call) bool) bool {
	for _, call := range r.Calls {
		if call.API == api && call.On(f.File, f.Line) && holds(call) {
			return true
		}
	}
	return false
}

// wide are the executions that decide whether an error is false: more of them, and also unlikely ones.
func (c *comparer) wide() *execute.Result {
	if c.widely == nil {
		b := c.effort.Bounds
		b.Wide, b.Executions = true, c.effort.Settle
		c.widely = execute.Explore(c.p, b)
		c.Executions += c.widely.Executions
	}
	return c.widely
}
