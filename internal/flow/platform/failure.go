package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
)

// What becomes of the failures of reported calls. A failure is handled where code that does something takes it; code that only passes it on
// leaves it to the next.

// failureOf marks what a request hands over that has failed: the number of its site. That it is looked at handles the failure where nobody is told of it
// in another manner.
type failureOf struct {
	site int
	told bool
}

// failing is the site of the failure that a value stands for: that of the value itself, or the one that is being dealt with; 0 for none.
func (p *Program) failing(s *state.State, v value.Value) int {
	if v = s.Resolve(v); v.IsObject() {
		if n, ok := s.Obj(v.ID()).Data.(failureOf); ok {
			return n.site
		}
	}
	return s.Facts.(Facts).Failing
}

// watchFailures makes the program told what becomes of failures.
func (p *Program) watchFailures(o *exec.Observer) {
	o.Caught, o.Weighed = p.caught, p.weighed
	o.Rejected = func(s *state.State, f, v value.Value) { p.taken(s, p.failing(s, v), f) }
	o.Settled = func(s *state.State, promise value.Value, how value.PromiseState, v value.Value, handled bool) {
		if how == value.Rejected {
			p.rejected[promise.ID()] = p.thrownAt(s, v)
		} else {
			p.fulfilled[promise.ID()] = true
		}
		if n := p.failing(s, v); n != 0 && how == value.Rejected && !handled {
			p.seen(p.Sites[n-1]).Dropped = true
		}
	}
}

// caught is told of an exception that a handler takes.
func (p *Program) caught(s *state.State, f *value.Frame, h *ir.Handler, v value.Value) {
	n := p.failing(s, v)
	if n == 0 || h.Kind != ir.None || f.Code.Module.Prelude {
		return
	}
	if p.isCompilers(f.Code) {
		// Where it comes of a catch clause, the code goes on in what has become of that.
		p.caughtBy[f.Ctx.Frame()] = n
		if at := slices.Index(s.Stack, f); at > 0 {
			p.caughtBy[s.Stack[at-1].Ctx.Frame()] = n
		}
		return
	}
	try := tryAround(f.Code, f.PC)
	if try == nil {
		return
	}
	p.takenBy(s, n, try.Catch.Body, f.Code, try.Catch)
}

// goesOn is told of a call of a function in the code: one that a compiler's runtime calls again after it has caught a failure deals with that.
func (p *Program) goesOn(s *state.State, f *ir.Func) {
	if len(s.Stack) == 0 || f.Module.Prelude || !p.isCompilers(s.Top().Code) || p.isCompilers(f) {
		return
	}
	top := s.Top()
	for _, r := range top.Code.Code[top.PC].Args {
		context := top.Regs[r]
		switch next := p.property(s, context, "next"); {
		case next == value.Text("end"):
			return // it throws what nothing has caught
		case next.Kind() == value.Number:
			p.regenerates(s, context, next)
			return
		}
	}
	for _, by := range s.Stack {
		n := p.caughtBy[by.Ctx.Frame()]
		if failing := s.Facts.(Facts).Failing; n != 0 && (failing == 0 || failing == n) && p.isCompilers(by.Code) {
			p.seen(p.Sites[n-1]).Handled = true
		}
	}
}

// regenerates looks for the failure that a function of regenerator goes on with, by its context: what it has put into the entry of the catch clause.
func (p *Program) regenerates(s *state.State, context, next value.Value) {
	entries := p.property(s, context, "tryEntries")
	if !entries.IsObject() {
		return
	}
	for _, entry := range s.Obj(entries.ID()).Elems {
		arg := p.property(s, p.property(s, entry, "completion"), "arg")
		if p.property(s, entry, "catchLoc") != next || !arg.IsObject() {
			continue
		}
		if n, ok := s.Obj(arg.ID()).Data.(failureOf); ok {
			p.seen(p.Sites[n.site-1]).Handled = true
		}
	}
}

// weighed is told of a value that the code looks at: the error of a pair is handled by that.
func (p *Program) weighed(s *state.State, v value.Value) {
	v = s.Resolve(v)
	all := []value.Value{v}
	if set := v.Set(); set != nil {
		all = set.Values
	}
	for _, v := range all {
		if v = s.Resolve(v); !v.IsObject() {
			continue
		}
		if o := s.Obj(v.ID()); o != nil {
			if n, ok := o.Data.(failureOf); ok && n.told {
				p.seen(p.Sites[n.site-1]).Handled = true
			}
		}
	}
}

// tryAround is the innermost try with a catch clause whose block an instruction belongs to.
func tryAround(f *ir.Func, pc int) (found *script.Try) {
	if f.Node == nil && f != f.Module.Top {
		return nil
	}
	at := f.At(pc)
	visit := func(n script.Node) bool {
		if t, ok := n.(*script.Try); ok && t.Catch != nil && t.Body.Start <= at.Start && at.End <= t.Body.End {
			found = t
		}
		return true
	}
	if f.Node != nil {
		script.Walk(f.Node, visit)
	} else {
		script.WalkProgram(f.Module.Program, visit)
	}
	return found
}

// taken notes that a function is called with a failure.
func (p *Program) taken(s *state.State, n int, f value.Value) {
	if n == 0 {
		return
	}
	switch code, outcome := p.handlerOf(s, f); outcome {
	case handles:
		p.seen(p.Sites[n-1]).Handled = true
	case looks:
		p.takenBy(s, n, bodyOf(code.Node), code, code.Node)
	}
}

// outcome is what a function does with a failure.
type outcome uint8

const (
	handles outcome = iota
	passes          // it rejects another promise
	looks           // as its code says
)

// handlerOf tells what a function that takes a failure does with it.
func (p *Program) handlerOf(s *state.State, f value.Value) (*ir.Func, outcome) {
	if f = s.Resolve(f); !f.IsObject() || !p.machine.IsFunction(s, f) {
		return nil, handles
	}
	o := s.Obj(f.ID())
	switch {
	case o.Variants != nil || o.Fn == nil:
		return nil, handles
	case o.Fn.Bound != nil:
		return p.handlerOf(s, o.Fn.Bound.Target)
	case o.Fn.Native != nil:
		if _, settles := o.Data.(value.Value); settles && len(o.Elems) == 1 {
			return nil, passes
		}
		return nil, handles
	case o.Fn.Code.Node == nil:
		return nil, handles
	case o.Fn.Code.Module.Prelude, p.isCompilers(o.Fn.Code):
		return nil, passes // what the library itself does goes on to whoever it does it for
	}
	return o.Fn.Code, looks
}

// isCompilers reports whether a function is one that a compiler puts in place of async functions and generators, or within one.
func (p *Program) isCompilers(f *ir.Func) bool {
	k := p.byCode[f.Module]
	if k == nil || f.Node == nil {
		return false
	}
	if k.compilers == nil {
		k.compilers = append([]script.Loc{}, ir.CompilerFunctions(f.Module.Program)...)
	}
	return slices.ContainsFunc(k.compilers, func(l script.Loc) bool { return l.Start <= f.Node.Start && f.Node.End <= l.End })
}

// bodyOf is what a function does: an expression that it comes down to is returned.
func bodyOf(f *script.Func) []script.Stmt {
	x := f.Result
	if x == nil {
		if len(f.Body) != 1 {
			return f.Body
		}
		only, ok := f.Body[0].(*script.Return)
		if !ok || only.X == nil {
			return f.Body
		}
		x = only.X
	}
	if isNothing(x) {
		return nil
	}
	return []script.Stmt{&script.Return{X: x}}
}

// isNothing reports whether what a function comes down to is no action at all.
func isNothing(x script.Expr) bool {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name == "undefined"
	case *script.Null:
		return true
	case *script.Unary:
		_, number := x.X.(*script.Number)
		return x.Op == "void" && number
	case *script.ObjectLit:
		return len(x.Props) == 0
	}
	return false
}

// takenBy notes that code takes a failure.
func (p *Program) takenBy(s *state.State, n int, body []script.Stmt, f *ir.Func, at script.Node) {
	site := p.Sites[n-1]
	switch {
	case len(body) == 0:
		p.seen(site).Swallowed = true
	case (len(body) == 1 || len(body) == 2 && isBareReturn(body[1])) && passesOn(body[0], f):
	default:
		p.seen(site).Handled = true
	}
	p.tell(s, Step{Kind: "caught", Name: site.API}, f.Module, at.Range())
}

func isBareReturn(s script.Stmt) bool {
	r, ok := s.(*script.Return)
	return ok && r.X == nil
}

// passesOn reports whether a statement of a function does nothing but throw or reject.
func passesOn(s script.Stmt, f *ir.Func) bool {
	switch s := s.(type) {
	case *script.Throw:
		_, more := s.X.(*script.Sequence) // throw wx.showToast(…), e
		return !more
	case *script.Return:
		return s.X != nil && rejects(s.X, f)
	case *script.ExprStmt:
		return rejects(s.X, f)
	}
	return false
}

// rejects reports whether an expression is a call of Promise.reject, or of the reject function of a promise around.
func rejects(x script.Expr, f *ir.Func) bool {
	if void, ok := x.(*script.Unary); ok && void.Op == "void" {
		x = void.X
	}
	call, ok := x.(*script.Call)
	if !ok {
		return false
	}
	if id, ok := call.Callee.(*script.Ident); ok {
		return isReject(id.Name, f)
	}
	member, ok := call.Callee.(*script.Member)
	if !ok || member.Name != "reject" {
		return false
	}
	promise, ok := member.Object.(*script.Ident)
	return ok && promise.Name == "Promise"
}

// isReject reports whether a name in a function is the second parameter of a function around, as that of a promise's executor is.
func isReject(name string, f *ir.Func) bool {
	for ; f != nil; f = f.Outer {
		if f.Node == nil {
			continue
		}
		for n, q := range f.Node.Params {
			id, ok := q.(*script.Ident)
			if ok && id.Name == name {
				return n == 1
			}
		}
	}
	return false
}

// judgeCallbacks notes what the callbacks make of a failure that a reported call is given; a promise tells by its rejection.
func (p *Program) judgeCallbacks(s *state.State, site *Site, fail, complete value.Value, promised bool) {
	if promised && fail == value.Undef && complete == value.Undef {
		return
	}
	seen, passed := p.seen(site), false
	for _, f := range []value.Value{fail, complete} {
		if f == value.Undef {
			continue
		}
		code, outcome := p.handlerOf(s, f)
		switch outcome {
		case handles:
			seen.Handled = true
		case passes:
			passed = true
		case looks:
			switch body := bodyOf(code.Node); {
			case len(body) == 0:
			case len(body) == 1 && passesOn(body[0], code):
				passed = true
			default:
				seen.Handled = true
			}
		}
	}
	if !seen.Handled && !passed && !promised {
		seen.Dropped = true
	}
}
