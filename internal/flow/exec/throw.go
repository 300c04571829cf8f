package exec

// Exceptions: to the nearest handler, and those of the language itself.

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// throw raises an exception in the innermost frame, and unwinds the stack to who handles it.
func (m *Machine) throw(s *state.State, v value.Value) {
	if !m.throwsInto(s) {
		return
	}
	if m.Observer.Raised != nil {
		m.Observer.Raised(s, v)
	}
	for len(s.Stack) > 0 {
		f := s.Top()
		if h := handler(f, false); h != nil {
			if m.Observer.Caught != nil {
				m.Observer.Caught(s, f, h, v)
			}
			m.handle(s, h, v, 1)
			return
		}
		s.Pop()
		switch f.Return.Kind {
		case value.ToPromise:
			m.Settle(s, f.Return.Object, value.Rejected, v)
			return
		case value.ToGenerator:
			if to := generator(s, f.Return.Object).Made; to != nil && (to.Kind == value.ToPromise || to.Kind == value.ToJob) {
				m.throwTo(s, *to, v)
				return
			}
			if m.generatorThrows(s, f.Return.Object, v) {
				return
			}
		case value.ToJob:
			m.Host.Uncaught(s, v)
			return
		}
	}
	m.Host.Uncaught(s, v)
}

// throwsInto makes the promise that an exception rejects one whose state is known; false if the state was split for it.
func (m *Machine) throwsInto(s *state.State) bool {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		f := s.Stack[n]
		if handler(f, false) != nil {
			return true
		}
		if f.Return.Kind == value.ToPromise {
			return m.whole(s, f.Return.Object)
		}
	}
	return true
}

// handler is what takes an exception at the frame's instruction, or with finally only a finally block.
func handler(f *value.Frame, finally bool) *ir.Handler {
	for n := range f.Code.Handlers {
		h := &f.Code.Handlers[n]
		if h.From <= f.PC && f.PC < h.To && (!finally || h.Kind != ir.None) {
			return h
		}
	}
	return nil
}

// handle goes on in a handler.
func (m *Machine) handle(s *state.State, h *ir.Handler, v value.Value, kind int) {
	f := s.Frame()
	for f.Ctx.Loops > h.Loops {
		f.Ctx = f.Ctx.Up
	}
	if h.Value != ir.None {
		f.Regs[h.Value] = v
	}
	if h.Kind != ir.None {
		f.Regs[h.Kind] = value.Num(float64(kind))
	}
	f.PC = h.Target
}

// Throw raises a new error in the innermost frame.
func (m *Machine) Throw(s *state.State, class, text string) { m.throw(s, m.NewError(s, class, text)) }

// NewError makes an error.
func (m *Machine) NewError(s *state.State, class, text string) value.Value {
	o := &value.Obj{Class: value.ErrorObject, Proto: m.Realm.Errors[class]}
	o.Define(value.Prop{Key: value.Named("message"), Value: value.Text(text), Flags: value.Hidden})
	o.Define(value.Prop{Key: value.Named("stack"), Value: value.Text(class + ": " + text), Flags: value.Hidden})
	return m.Alloc(s, o)
}
