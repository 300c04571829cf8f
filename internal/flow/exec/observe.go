package exec

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
)

// Observer is told what is executed; it changes nothing of it. Functions that are nil are not called.
type Observer struct {
	// Entered is told of a call in the code that is about to push the frame of a function.
	Entered func(s *state.State, f *ir.Func, node script.Node)
	// Tested is told of a test whose outcome is certain.
	Tested func(s *state.State, node script.Node, v value.Value, truth bool)
	// Weighed is told of a value whose truth is looked at, or which is compared.
	Weighed func(s *state.State, v value.Value)
	// Raised is told of an exception that is raised at an instruction of the innermost frame, before the stack is unwound.
	Raised func(s *state.State, v value.Value)
	// Caught is told of an exception, or a rejection that is awaited, that a handler of a frame takes, before it does.
	Caught func(s *state.State, f *value.Frame, h *ir.Handler, v value.Value)
	// Rejected is told that a function is called since a promise was rejected.
	Rejected func(s *state.State, f, v value.Value)
	// Settled is told of a promise that is fulfilled or rejected with v, before; handled tells whether something waits for its rejection.
	Settled func(s *state.State, promise value.Value, how value.PromiseState, v value.Value, handled bool)
	// Waiting is told of what will react to a promise: a frame that awaits it, at an instruction, or functions.
	Waiting func(s *state.State, promise value.Value, r *value.Reaction)
	// Coverage is which instructions have been executed, nil where nobody asks.
	Coverage *Coverage
}

// Coverage is which instructions have been executed.
type Coverage struct {
	funcs map[*ir.Func][]bool
	last  *ir.Func
	seen  []bool
}

// NewCoverage has nothing.
func NewCoverage() *Coverage { return &Coverage{funcs: map[*ir.Func][]bool{}} }

// came notes that an instruction is executed.
func (o *Observer) came(f *value.Frame) {
	if c := o.Coverage; c != nil {
		if c.last != f.Code {
			seen := c.funcs[f.Code]
			if seen == nil {
				seen = make([]bool, len(f.Code.Code))
				c.funcs[f.Code] = seen
			}
			c.last, c.seen = f.Code, seen
		}
		c.seen[f.PC] = true
	}
}

// Of tells of each instruction of a function whether it has been executed; nil of one that was never entered.
func (c *Coverage) Of(f *ir.Func) []bool { return c.funcs[f] }
