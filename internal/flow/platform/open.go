package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/source"
)

// here is the place of the innermost code of the project that a state is at.
func (p *Program) here(s *state.State) source.Span {
	for n := len(s.Stack) - 1; n >= 0; n-- {
		if f := s.Stack[n]; !f.Code.Module.Prelude {
			return exec.Span(f)
		}
	}
	return source.Span{}
}

// Open is a call of something that is not known. Of input it yields input, and runs the functions that it is given. What was given up may do all that
// its cause says, at once or later.
func (p *Program) Open(c *exec.Call) exec.Result {
	t := c.Func.Term()
	for _, a := range c.Args {
		p.handOver(c, a, 0)
	}
	if t.Cause != nil {
		f := c.S.Facts.(Facts)
		if f.Maybe == nil {
			f.Maybe = t.Cause
			c.S.Facts = f
		}
		return exec.Done(value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: "call", Name: t.Name, At: t.At, Parent: t, Cause: t.Cause})))
	}
	return exec.Done(value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: "call", Name: t.Name, Parent: t})))
}

// deepest is how deep functions are looked for in what is handed over.
const deepest = 3

// handOver makes the functions in a value some that are called some time, with nobody knows what.
func (p *Program) handOver(c *exec.Call, v value.Value, depth int) {
	v = c.S.Resolve(v)
	if !v.IsObject() || depth > deepest {
		return
	}
	if c.M.IsFunction(c.S, v) {
		arg := value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: exec.Settled, Name: "argument", Cause: c.Func.Term().Cause}))
		p.later(c, "callback", false, v, arg, arg, arg)
		return
	}
	o := c.S.Obj(v.ID())
	for _, q := range o.Props.All() {
		if q.Flags&value.Accessor == 0 {
			p.handOver(c, q.Value, depth+1)
		}
	}
	for _, e := range o.Elems {
		p.handOver(c, e, depth+1)
	}
}

// open notes that a page is opened.
func (p *Program) open(c *exec.Call, options value.Value) {
	p.leads(c.S, p.property(c.S, options, "url"))
}

// leads notes with which facts a page is opened.
func (p *Program) leads(s *state.State, url value.Value) {
	f := s.Facts.(Facts)
	f.Passed, f.Failing = 0, 0
	opening := s.Fork()
	opening.Note(Step{Kind: "navigate"}, p.calledAt(s))
	start := Start{Facts: f, Trail: opening.Trail}
	switch {
	case url.Kind() == value.String:
		p.addStart(p.target(url.Text()), start)
	case url.Kind() == value.Open && url.Term().Prefix != "":
		p.leadsWith(url.Term().Prefix, start)
	default:
		p.anywhere = true
	}
}

func (p *Program) addStart(page string, start Start) {
	for _, s := range p.starts[page] {
		if s.Facts == start.Facts {
			return
		}
	}
	p.starts[page] = append(p.starts[page], start)
}
