package execute

import (
	"fmt"
	"sort"
	"strings"
)

// API is one of the two calls that are watched.
type API int

// The calls.
const (
	Enable API = iota // setEnable1v1Chat with enable: true
	Join              // join1v1Chat
)

func (a API) String() string { return [...]string{"setEnable1v1Chat", "join1v1Chat"}[a] }

// Place is where a call is written. Line and Column start at 1.
type Place struct {
	File         string
	Line, Column int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Call is what all executions showed of one call.
type Call struct {
	API API
	// Stack is where it is written and, where a function of the program passed it on, what called that one.
	Stack []Place
	// Phone and Simulator tell where it was reached, by an execution that is not doubtful.
	Phone, Simulator bool
	// Kept and Broken tell that it was reached on a phone with, and without, what has to hold: both grants before
	// enabling, and success of enabling before the join.
	Kept, Broken bool
	// Doubted tells that it was broken by a doubtful execution, Reached that anything reached it at all.
	Doubted, Reached bool
	// Witness is what happened in the first execution that broke it; of the first doubtful one where no other did.
	Witness []string
	// First is how many executions it took to break it.
	First int
}

func (c *Call) String() string {
	text := c.API.String()
	for _, p := range c.Stack {
		text += " " + p.String()
	}
	for _, mark := range []struct {
		is   bool
		what string
	}{{c.Kept, "kept"}, {c.Broken, "broken"}, {c.Doubted && !c.Broken, "broken by doubtful executions only"}, {c.Phone, "on a phone"}, {c.Simulator, "in DevTools"}} {
		if mark.is {
			text += ", " + mark.what
		}
	}
	return text
}

// On tells that the call, or a call that led to it, is written in that line.
func (c *Call) On(file string, line int) bool {
	for _, p := range c.Stack {
		if p.File == file && p.Line == line {
			return true
		}
	}
	return false
}

// Result is what the executions of a program showed.
type Result struct {
	Calls      []*Call
	Executions int
	// Exhausted tells that nothing within the bounds was left out.
	Exhausted bool
	// Partial tells that a module was not there: a package, mostly.
	Partial bool
	// Hung tells that an execution had to be stopped, Cut that one had more steps than the bounds allow.
	Hung, Cut bool
	// Faults are the exceptions of the program's own that nothing caught: what was made up here and is not there, or a
	// mistake of the program. Each once.
	Faults []string
	calls  map[string]*Call
	faults map[string]bool
}

// Complete tells that no execution was cut short.
func (r *Result) Complete() bool { return !r.Hung && !r.Cut }

func (r *Result) fault(text string) {
	if r.faults == nil {
		r.faults = map[string]bool{}
	}
	r.faults[text] = true
}

// call is the record of a call at a place.
func (r *Result) call(api API, stack []Place) *Call {
	var key strings.Builder
	key.WriteString(api.String())
	for _, p := range stack {
		key.WriteByte(' ')
		key.WriteString(p.String())
	}
	c, ok := r.calls[key.String()]
	if !ok {
		c = &Call{API: api, Stack: stack}
		r.calls[key.String()] = c
	}
	return c
}

func (r *Result) finish() {
	for _, key := range sorted(r.calls) {
		r.Calls = append(r.Calls, r.calls[key])
	}
	for text := range r.faults {
		r.Faults = append(r.Faults, text)
	}
	sort.Strings(r.Faults)
}
