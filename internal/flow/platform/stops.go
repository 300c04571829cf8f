package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What is kept of where code ends before it comes to its end: exceptions, and promises that are waited for.

// stops is what was seen to stop.
type stops struct {
	// thrown are, for the calls and other pieces of code that exceptions came out of, where those were made.
	thrown map[script.Node]source.Span
	// failed are the files whose top level was left by an exception: at which piece of code, and where that was made.
	failed map[*source.File][2]source.Span
	// awaited are the promises that a piece of code waited for last, waiting those that functions wait for.
	awaited map[script.Node]value.ID
	waiting map[*script.Func]value.ID
	// rejected are the promises that were rejected, with where what they were rejected with was made; fulfilled those that were fulfilled.
	rejected  map[value.ID]source.Span
	fulfilled map[value.ID]bool
}

func newStops() stops {
	return stops{map[script.Node]source.Span{}, map[*source.File][2]source.Span{}, map[script.Node]value.ID{}, map[*script.Func]value.ID{}, map[value.ID]source.Span{}, map[value.ID]bool{}}
}

// raised is told of an exception.
func (p *Program) raised(s *state.State, v value.Value) {
	at := p.thrownAt(s, v)
	for n := len(s.Stack) - 1; n >= 0; n-- {
		f := s.Stack[n]
		if node := f.Code.Code[f.PC].Node; node != nil && !f.Code.Module.Prelude {
			p.thrown[node] = at
		}
		for _, h := range f.Code.Handlers {
			if h.From <= f.PC && f.PC < h.To {
				return
			}
		}
		if m := f.Code.Module; f.Code == m.Top {
			p.failed[m.Program.File] = [2]source.Span{exec.Span(f), at}
		}
		if f.Return.Kind == value.ToPromise || f.Return.Kind == value.ToJob {
			return
		}
	}
}

// thrownAt is where what is thrown was made, or else where it is thrown.
func (p *Program) thrownAt(s *state.State, v value.Value) source.Span {
	if v = s.Resolve(v); v.IsObject() {
		if at := p.madeBy(v.ID()); !at.IsZero() {
			return at
		}
	}
	return p.here(s)
}

// madeBy is the place in the project's code that an object was made by, however deep in the library.
func (p *Program) madeBy(id value.ID) source.Span {
	if at, _ := p.madeAt(id); !at.IsZero() {
		return at
	}
	for c := p.table.MadeIn(id); c != nil; c = c.Up {
		if at, _ := p.codeAt(c.At); !at.IsZero() {
			return at
		}
	}
	return source.Span{}
}

// waits is told of what will react to a promise.
func (p *Program) waits(s *state.State, promise value.Value, r *value.Reaction) {
	if r.Frame != nil {
		if node := r.Frame.Code.Code[r.Frame.PC].Node; node != nil {
			p.awaited[node] = promise.ID()
		}
		return
	}
	for _, f := range []value.Value{r.OnFulfilled, r.OnRejected} {
		if f = s.Resolve(f); !f.IsObject() {
			continue
		}
		if o := s.Obj(f.ID()); o.Fn != nil && o.Fn.Code != nil && o.Fn.Code.Node != nil {
			p.waiting[o.Fn.Code.Node] = promise.ID()
		}
	}
}

// Failed tells of a file whose top level was left by an exception at which piece of code, and where that was made.
func (x *Executed) Failed(f *source.File) (at, by source.Span, ok bool) {
	spans, ok := x.p.failed[f]
	return spans[0], spans[1], ok
}

// Thrown is where the exceptions were made that came out of a piece of code; false where none did.
func (x *Executed) Thrown(n script.Node) (source.Span, bool) {
	at, ok := x.p.thrown[n]
	return at, ok
}

// Awaited is where the promise was made that a piece of code waits for and that nothing was seen to settle.
func (x *Executed) Awaited(n script.Node) (source.Span, bool) {
	id, ok := x.p.awaited[n]
	if !ok || x.p.fulfilled[id] {
		return source.Span{}, false
	}
	return x.p.madeBy(id), true
}

// Waiting tells of a function that waits for a promise, and was never run, where the promise was made, or where what it was rejected with was.
func (x *Executed) Waiting(f *script.Func) (at source.Span, rejected, ok bool) {
	id, ok := x.p.waiting[f]
	if !ok || x.p.fulfilled[id] {
		return source.Span{}, false, false
	}
	if at, rejected := x.p.rejected[id]; rejected {
		return at, true, true
	}
	return x.p.madeBy(id), false, true
}
