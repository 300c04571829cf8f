package flow

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// hostFunc is a function that is not code of the project.
type hostFunc struct {
	name string
	call func(m *machine, this value, args []value, fr *frame) value
	// api is the platform's name of it: "authorize". Empty for JavaScript's own functions.
	api string
	// settles is the promise whose resolve or (rejects) reject function this is.
	settles *promise
	rejects bool
}

// native makes a function object of a Go function.
func (m *machine) native(name string, call func(m *machine, this value, args []value, fr *frame) value) value {
	o := m.object(cFunction)
	o.host = &hostFunc{name: name, call: call}
	return ref(o)
}

func arg(args []value, i int) value {
	if i < len(args) {
		return args[i]
	}
	return undefined
}

// call calls f. fr is the call expression, nil when the platform or the engine calls.
func (m *machine) call(f, this value, args []value, fr *frame) value {
	m.tick()
	f = m.known(f)
	if f.kind == kObject {
		switch o := f.obj; {
		case o.fn != nil:
			return m.invoke(f, this, args, undefined, fr)
		case o.host != nil:
			m.hosted++
			v := notSure(o.host.call(m, this, args, m.named(fr, f)))
			m.hosted--
			return v
		case o.class == cProxy:
			if trap := m.get(o.in().proxy.handler, "apply"); trap.isFunction() {
				return m.call(trap, o.in().proxy.handler, []value{o.in().proxy.target, this, m.array(args)}, fr)
			}
			return m.call(o.in().proxy.target, this, args, fr)
		case o.isOpen:
			return m.callUnknown(o.open, args, fr)
		}
	}
	if f.kind == kSymbol && f.sym.root != nil {
		return m.callEach(f, this, args, fr)
	}
	if f.kind == kSymbol {
		if c := f.sym.cause; c != nil && c.given() && !c.stored && m.serial != 0 {
			panic(cutOff{cause: c}) // any function of the code may run
		}
		return m.callUnknown(f.sym.cause, args, fr)
	}
	if m.serial == 0 || fr == nil {
		return m.unknown(nil)
	}
	// The program may have more methods than the analysis knows of, so this is no proof of a crash.
	return m.callUnknown(&unfollowed{name: calleeText(fr), at: calleeSpan(fr)}, args, fr)
}

// callEach calls what may be one of several functions, where ways are taken together: each of them, as one that may be called.
func (m *machine) callEach(f, this value, args []value, fr *frame) value {
	mask := m.mask(f.sym.root)
	var out []value
	for i, alt := range f.sym.vals {
		if mask&(1<<i) != 0 && alt.isFunction() {
			if len(out) >= m.most(boundCallees) {
				m.end(boundCallees)
			}
			out = append(out, m.weakly(func() value { return m.call(alt, this, args, fr) }))
		}
	}
	rest := m.callUnknown(causeOf(f), args, fr)
	if len(out) == 0 || causeOf(f) != nil {
		return rest
	}
	v := out[0]
	for _, w := range out[1:] {
		v = m.either(v, w)
	}
	return v
}

// named keeps the place where a platform function was named for a call through a variable.
func (m *machine) named(fr *frame, f value) *frame {
	if f.aside != nil && !f.aside.at.IsZero() && fr != nil && f.obj.host.api != "" {
		m.lastNamed = &f.aside.at
	} else {
		m.lastNamed = nil
	}
	return fr
}

// callUnknown calls a function that cannot be followed: what it is handed it may call.
func (m *machine) callUnknown(cause *unfollowed, args []value, fr *frame) value {
	m.acts++
	if fr != nil {
		name, ok := calleeName(fr.call)
		if ok && isOneOf(reported, name) {
			m.a.hide(API(name), calleeSpan(fr))
		}
		if ok && name == "setData" {
			if patch := m.known(arg(args, 0)); patch.kind == kObject {
				for _, k := range patch.obj.keys {
					m.a.writtenBlindly(k)
				}
			}
		}
		if ok && iterating[name] && m.forElements(args, cause, fr) {
			return m.unknown(cause)
		}
	}
	if fr != nil && m.renders() && m.renderEach(args, fr) {
		return m.unknown(cause)
	}
	m.handOver(args, storedBy(cause, fr), fr)
	return m.unknown(cause)
}

// iterating are the methods of lists that run a function for each element before they return.
var iterating = map[string]bool{
	"forEach": true, "map": true, "filter": true, "some": true, "every": true, "find": true, "findIndex": true, "flatMap": true, "reduce": true, "reduceRight": true,
}

// forElements runs the function that a method of an unknown list is given, for elements that may be there: what follows sees what
// it writes. ok is false for a function that matters to the feature.
func (m *machine) forElements(args []value, cause *unfollowed, fr *frame) (ok bool) {
	f := m.known(arg(args, 0))
	if m.serial == 0 || f.kind != kObject || f.obj.fn == nil || m.relevantValue(f, 0) {
		return false
	}
	if m.inert(f.obj.fn) {
		return false
	}
	given := make([]value, 4)
	for i := range given {
		given[i] = m.unknown(cause)
	}
	m.weakly(func() value { return m.call(f, undefined, given, fr) })
	return true
}

// invoke runs a function of the code. newTarget is set for constructors.
func (m *machine) invoke(f, this value, args []value, newTarget value, fr *frame) value {
	c := f.obj.fn
	if c.target != nil {
		return m.call(ref(c.target), c.this, append(append([]value{}, c.args...), args...), fr)
	}
	if v, deep := m.tooDeep(c); deep {
		return v
	}
	if c.doubt != nil {
		m.mayHold(c.doubt)
	}
	if c.isCtor && newTarget.kind == kUndefined {
		if fr != nil && !fr.prog.prelude && c.class != nil {
			if call, ok := fr.call.(*script.Call); ok && !m.isSuper(call.Callee) {
				m.raises("TypeError", fr.prog.span(call)) // a class is made with new
			}
		}
		return m.unknown(nil)
	}
	if c.prog.bundle && m.foreign(c) {
		return m.passOver(c, args)
	}
	if m.serial != 0 {
		m.a.visited[c.node] = true
		delete(m.a.closures, c.node)
	} else {
		m.a.atLoad[c.node] = true
	}
	saved := m.state()
	before := m.ctx.trail
	m.depth++
	if fr != nil {
		m.frames = &calls{*fr, m.frames}
	}
	if fr != nil && fr.call != c.node && c.name != "" && m.serial != 0 && !c.prog.prelude && m.a.relevantNode(c.node) {
		if from := m.ownFrame(); from != nil {
			m.ctx.note(StepEnter, c.name, "", calleeSpan(from))
		}
	}
	entered := m.ctx.trail
	joins := m.join
	if m.join > 0 && m.a.relevance.mentions(c.prog, c.node) {
		m.itMatters() // it may not come to what it names where the ways before that are taken together
	}
	if !m.joined() && !m.relevantCall(c, args) && !goesOn(c, this, args) {
		joins++
		if m.depth == 1 && m.frames == nil {
			if aside := m.most(boundAsideSteps); aside < m.mostSteps {
				m.mostSteps, m.stepsOf = aside, boundAsideSteps
			}
		}
		m.together = append(m.together[:len(m.together):len(m.together)], c.node)
	}
	vouched := m.a.vouched(c)
	m.join, m.ret, m.vouching = joins, nil, m.vouching|vouched
	leave := func() {
		ctx, nest := m.ctx, m.nest
		m.restore(saved)
		m.ctx, m.nest = ctx, nest
		if m.ctx.trail == entered || m.ctx.trail.weigh() == before.weigh() {
			m.ctx.trail = before
		}
	}
	defer func() {
		if m.thrown != nil {
			if v := m.thrown.val; fr != nil && v.kind == kObject && v.obj.at.File != nil {
				m.a.thrownBy[fr.call] = v.obj.at
			}
			leave()
		}
	}()

	if fr == nil || fr.prog.prelude {
		args = handedOver(args, len(c.node.Params))
	}
	scope := m.enter(c, this, args, newTarget, f.obj)
	var out value
	switch loaded := m.loadedScope(c, fr); {
	case loaded != nil:
		out = m.runAgain(c, loaded)
	case c.node.Generator:
		out = m.generator(c, scope, args)
	case c.node.Async:
		out = m.async(c, scope, args)
	default:
		out = m.run(c, scope, args)
		m.keepScope(c, scope, fr, out)
	}
	leave()
	if vouched != 0 {
		out = m.vouchedFor(out, c, args, vouched)
	}
	return out
}

// handedOver are arguments that the platform or the library gives a function of the code: those that are not there it may give all the same.
func handedOver(args []value, n int) []value {
	sure := true
	for _, v := range args {
		sure = sure && (v.kind != kUndefined || v.aside != nil)
	}
	if sure && len(args) >= n {
		return args
	}
	out := make([]value, max(n, len(args)))
	for i := range out {
		out[i] = notSure(arg(args, i))
	}
	return out
}

// tooDeep reports whether a call lies too deep within others to be followed, and what comes of it. Where paths are merged, a function that is
// called within itself again and again does what the calls around it do: the places that it writes are open.
func (m *machine) tooDeep(c *closure) (v value, deep bool) {
	over := m.depth >= m.most(boundCalls)
	if m.join > 0 && m.depth > m.most(boundRecursion) && (over || m.within(c) >= m.most(boundRecursion)) {
		h := m.havocOf(c, nil)
		if h.look = true; h.run(c.node.Body) && c.node.Result == nil {
			by := boundRecursion
			if over {
				by = boundCalls
			}
			why := m.gaveUp(by, c.name, c.prog.span(c.node))
			m.havocOf(c, why).run(c.node.Body)
			return m.unknown(why), true
		}
	}
	if over {
		m.endAt(boundCalls, c.name, c.prog.span(c.node))
	}
	return v, false
}

// within counts the calls being evaluated that stand in a function.
func (m *machine) within(c *closure) (n int) {
	for f := m.frames; f != nil; f = f.up {
		if f.prog != c.prog {
			continue
		}
		for e := f.env; e != nil; e = e.parent {
			if e.made.at == c.node.Start && e.made.file == c.prog.syntax.File {
				n++
				break
			}
		}
	}
	return n
}

// enter makes the scope of a call.
func (m *machine) enter(c *closure, this value, args []value, newTarget value, callee *object) *env {
	scope := &env{parent: c.env, seq: m.event()}
	if m.serial != 0 {
		scope.made = birth{file: c.prog.syntax.File, at: c.node.Start, call: m.calling()}
	}
	if c.node.Arrow {
		return scope
	}
	scope.call = &activation{this: this, home: c.home, newTarget: newTarget, args: args, callee: callee}
	return scope
}

// run runs a function's body to its end and returns its result.
func (m *machine) run(c *closure, scope *env, args []value) value {
	out := m.body(c, scope, args)
	switch out.kind {
	case cReturn:
		return m.returned(out.val)
	case cThrow:
		m.throw(out.val)
	}
	return m.returned(undefined)
}

// returned adds to the result the values that were returned on ways taken together.
func (m *machine) returned(v value) value {
	for _, r := range m.ret {
		v = m.either(r, v)
	}
	m.ret = nil
	return v
}

// body binds the parameters and runs the statements of a function.
func (m *machine) body(c *closure, scope *env, args []value) completion {
	prog := c.prog
	for i, p := range c.node.Params {
		if rest, ok := p.(*script.Spread); ok {
			var more []value
			if i < len(args) {
				more = args[i:]
			}
			m.bind(prog, scope, rest.X, m.array(more), bindDeclare)
			break
		}
		m.bind(prog, scope, p, arg(args, i), bindDeclare)
	}
	if c.node.Result != nil {
		return completion{kind: cReturn, val: m.eval(prog, scope, c.node.Result)}
	}
	m.hoist(prog, scope, c.node, c.node.Body)
	return m.statements(prog, scope, c.node.Body)
}

// construct is the operator new.
func (m *machine) construct(f value, args []value, fr *frame) value {
	f = m.known(f)
	if f.kind != kObject {
		cause := (*unfollowed)(nil)
		if f.kind == kSymbol {
			cause = f.sym.cause
		}
		m.handOver(args, cause, fr)
		return m.unknown(cause)
	}
	o := f.obj
	switch {
	case o.host != nil && o.host.name == "Promise":
		return m.newPromiseOf(arg(args, 0), fr)
	case o.host != nil:
		return m.constructHost(o.host, args, fr)
	case o.fn != nil && o.fn.target != nil:
		return m.construct(ref(o.fn.target), append(append([]value{}, o.fn.args...), args...), fr)
	case o.fn != nil:
		this := m.object(cPlain)
		this.proto = m.prototypeOf(o)
		if fr != nil {
			this.at = fr.prog.span(fr.call)
		}
		if o.fn.class != nil {
			return m.constructClass(o, ref(this), args, f, fr)
		}
		out := m.invoke(f, ref(this), args, f, fr)
		if out.kind == kObject {
			return out
		}
		return ref(this)
	}
	m.handOver(args, nil, fr)
	return m.unknown(nil)
}

// newPromiseOf is new Promise(executor).
func (m *machine) newPromiseOf(executor value, fr *frame) value {
	p, out := m.newPromise()
	if fr != nil {
		p.obj.at = fr.prog.span(fr.call)
	}
	resolve, reject := m.resolvers(p)
	executor = m.known(executor)
	switch {
	case executor.kind == kObject && executor.obj.fn != nil && executor.obj.fn.target == nil && m.a.settlesNever(executor.obj.fn.node):
		p.idle = true
	case m.serial == 0:
		p.outside = &unfollowed{name: "Promise", at: p.obj.at}
	}
	if executor.kind == kSymbol {
		p.outside = executor.sym.cause
	}
	before := m.ctx.trail
	m.attempt(func() { m.call(executor, undefined, []value{resolve, reject}, fr) }, func(e value) {
		m.settle(p, rejected, e)
	})
	if p.state == pendingPromise {
		m.ctx.trail = before
	}
	return out
}

// calleeSpan returns the place of the name in a call: its last part.
func calleeSpan(fr *frame) source.Span {
	switch call := fr.call.(type) {
	case *script.Call:
		return nameSpan(fr.prog, call.Callee)
	case *script.New:
		return nameSpan(fr.prog, call.Callee)
	}
	return fr.prog.span(fr.call)
}

func nameSpan(p *program, callee script.Expr) source.Span {
	switch x := callee.(type) {
	case *script.Member:
		return p.loc(x.NameLoc)
	case *script.Chain:
		return nameSpan(p, x.X)
	case *script.Index:
		return p.span(x.Key)
	case *script.Sequence:
		if n := len(x.Exprs); n > 0 {
			return nameSpan(p, x.Exprs[n-1])
		}
	}
	return p.span(callee)
}

// calleeText returns what is called as the code has it, shortened to be read in a sentence.
func calleeText(fr *frame) string {
	var callee script.Expr
	switch call := fr.call.(type) {
	case *script.Call:
		callee = call.Callee
	case *script.New:
		callee = call.Callee
	default:
		return ""
	}
	return dotted(callee)
}

// dotted writes a callee as a dotted name: this.api.ask.
func dotted(e script.Expr) string {
	switch x := e.(type) {
	case *script.Ident:
		return x.Name
	case *script.This:
		return "this"
	case *script.Member:
		return dotted(x.Object) + "." + x.Name
	case *script.Chain:
		return dotted(x.X)
	case *script.Call:
		return dotted(x.Callee) + "()"
	case *script.Index:
		return dotted(x.Object) + "[…]"
	case *script.Await:
		return dotted(x.X)
	}
	return "…"
}
