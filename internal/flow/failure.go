package flow

import "github.com/voipcheck/voipcheck/internal/script"

// What becomes of the failures of calls.

// failureCallbacks judges the handlers that a call was given.
func (m *machine) failureCallbacks(s *site, fail, complete, opts value, p *promise) {
	if p != nil && fail.kind == kUndefined && complete.kind == kUndefined {
		return // the promise's rejection tells
	}
	if m.entry != nil && m.entry.orphan {
		return
	}
	seen := m.a.now.of(s)
	passed := false
	for _, f := range []value{fail, complete} {
		switch {
		case f.kind == kSymbol:
			seen.handled = true
		case f.isFunction() && f.obj.host != nil:
			if f.obj.host.rejects {
				passed = true
			} else {
				seen.handled = true
			}
		case f.isFunction() && f.obj.fn != nil:
			n := f.obj.fn.node
			switch result := onlyResult(n); {
			case result != nil && m.onlyRejects(f.obj.fn, result):
				passed = true
			case result != nil && isNothing(result):
			case len(n.Body) == 1 && m.onlyRejectsStatement(f.obj.fn, n.Body[0]):
				passed = true
			case result != nil || len(n.Body) > 0:
				seen.handled = true
			}
		}
	}
	if !seen.handled && !passed && p == nil {
		seen.dropped = true
	}
	_ = opts
}

func (m *machine) onlyRejectsStatement(c *closure, s script.Stmt) bool {
	x, ok := s.(*script.ExprStmt)
	return ok && m.onlyRejects(c, x.X)
}

// onlyResult returns the expression to which a function comes down, whichever way it is written: () => x, or
// function () { return x }.
func onlyResult(f *script.Func) script.Expr {
	if f.Result == nil && len(f.Body) == 1 {
		if only, ok := f.Body[0].(*script.Return); ok {
			return only.X
		}
	}
	return f.Result
}

// onlyRejects reports whether an expression does nothing but reject a promise of the code around.
func (m *machine) onlyRejects(c *closure, x script.Expr) bool {
	call, ok := x.(*script.Call)
	if !ok {
		return false
	}
	id, ok := call.Callee.(*script.Ident)
	if !ok {
		return false
	}
	cell := c.env.lookup(id.Name)
	return cell != nil && !cell.waits() && cell.val.kind == kObject && cell.val.obj.host != nil && cell.val.obj.host.rejects
}

// failing makes a thrown value stand for the failure that is being handled.
func (m *machine) failing(v value) value {
	if v.kind == kObject && v.obj.in().failOf == nil && m.ctx.failing != nil && v.obj.serial == m.serial {
		v.obj.put().failOf = m.ctx.failing
	}
	return v
}

// caughtBy records that the failure of a call is caught by code.
// Code that does nothing handles nothing; code that only passes the failure on leaves it to the next.
func (m *machine) caughtBy(s *site, body []script.Stmt, p *program, e *env, at script.Node) {
	switch {
	case len(body) == 0:
		m.a.now.of(s).swallowed = true
	case (len(body) == 1 || len(body) == 2 && isBareReturn(body[1])) && m.passesOn(body[0], e):
	default:
		m.a.now.of(s).handled = true
	}
	if m.serial != 0 && !m.joined() && !p.prelude {
		m.ctx.note(StepCaught, s.name(), "", p.span(at))
	}
}

// passesOn reports whether a statement does nothing but throw or reject.
func (m *machine) passesOn(s script.Stmt, e *env) bool {
	switch s := s.(type) {
	case *script.Throw:
		_, more := s.X.(*script.Sequence) // throw wx.showToast(…), e
		return !more
	case *script.Return:
		return s.X != nil && m.rejects(s.X, e)
	case *script.ExprStmt:
		return m.rejects(s.X, e)
	}
	return false
}

func isBareReturn(s script.Stmt) bool {
	r, ok := s.(*script.Return)
	return ok && r.X == nil
}

// rejects reports whether an expression is a call of Promise.reject, or of the reject function of a promise around.
func (m *machine) rejects(x script.Expr, e *env) bool {
	if void, ok := x.(*script.Unary); ok && void.Op == "void" {
		x = void.X
	}
	call, ok := x.(*script.Call)
	if !ok {
		return false
	}
	if id, ok := call.Callee.(*script.Ident); ok {
		c := e.lookup(id.Name)
		return c != nil && !c.waits() && c.val.kind == kObject && c.val.obj.host != nil && c.val.obj.host.rejects
	}
	member, ok := call.Callee.(*script.Member)
	if !ok || member.Name != "reject" {
		return false
	}
	promise, ok := member.Object.(*script.Ident)
	return ok && promise.Name == "Promise"
}

// credit is a call of which code was taken to handle the failure, and how much the way had done by then.
type credit struct {
	site       *site
	task, acts int
}

// crediting notes that code is taken to handle the failure of a call: an error that it catches, as it seems to.
func (m *machine) crediting(s *site, err value, catch func()) {
	seen := m.a.now.of(s)
	handled := seen.handled
	catch()
	if !handled && seen.handled && err.kind == kObject && m.serial != 0 {
		m.credits[err.obj] = credit{s, m.taskID, m.acts}
	}
}

// passedOn takes back that an error has been handled: it is thrown again at once, and nothing has been done in between that
// anybody could notice. So do the lowered forms of async functions: they keep what they catch, and throw it where the code waits.
// What they note for themselves meanwhile, in variables of a function, is nothing that anybody else looks at.
func (m *machine) passedOn(err value) {
	if err.kind != kObject {
		return
	}
	if c, ok := m.credits[err.obj]; ok && c.task == m.taskID && c.acts == m.acts {
		m.a.now.of(c.site).handled = false
		delete(m.credits, err.obj)
	}
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

// failureOf tells of which platform call a thrown value is the failure.
func (m *machine) failureOf(v value) *site {
	if v.kind == kObject && v.obj.in().passes != nil {
		v.obj.inner.failOf, v.obj.inner.passes = v.obj.inner.passes, nil
	}
	if v.kind == kObject && v.obj.in().failOf != nil {
		return v.obj.in().failOf
	}
	return m.ctx.failing
}

// caught records that the failure of call s ends in a handler.
func (m *machine) caught(s *site, handler value) {
	if s == nil {
		return
	}
	switch {
	case handler.isFunction() && handler.obj.fn != nil:
		c := handler.obj.fn
		body := c.node.Body
		switch result := onlyResult(c.node); {
		case result != nil && isNothing(result):
			body = nil
		case result != nil:
			body = []script.Stmt{&script.Return{X: result}}
		}
		m.caughtBy(s, body, c.prog, c.env, c.node)
	case handler.isFunction() && handler.obj.host != nil && handler.obj.host.rejects:
		m.ctx.failing = s // passed on to another promise, which now stands for it
	default:
		m.a.now.of(s).handled = true
	}
}
