package platform

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/exec"
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
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
	if t.Op == "get" && t.Cause != nil && c.Node != nil && slices.Contains(Reported, t.Name) {
		p.unseen[c.Node] = true
	}
	if t.Op == "element" && len(t.Args) == 2 && t.Args[1].IsObject() {
		if r, ok := p.openMethod(c, t.Args[1]); ok {
			return r
		}
	}
	if promises[t.Name] && t.Op == "get" && t.Cause != nil {
		return p.openThen(c, t)
	}
	if r, ok := p.decorates(c); ok && t.Cause != nil {
		return r
	}
	if overLists[t.Name] && t.Op == "get" && t.Cause == nil && t.Parent != nil && slices.ContainsFunc(c.Args, func(f value.Value) bool { return c.M.IsFunction(c.S, f) }) {
		// What is called so goes over a list, now.
		list := c.M.Array(c.S, nil)
		c.S.Edit(list.ID()).Rest = p.table.Derived("item", "", "", value.OpenOf(t.Parent)).Term()
		return exec.Calls(p.property(c.S, c.M.Realm.Array, t.Name), list, c.Args...)
	}
	how := callback{name: "callback"}
	if t.Cause != nil {
		how.maybe = p.causeOf(value.Cause{Kind: Handed, Name: calleeText(c.Node, t), At: p.calleeAt(c)})
	}
	for _, a := range c.Args {
		p.handOver(c, how, a, 0)
	}
	if t.Cause != nil {
		f := c.S.Facts.(Facts)
		if f.Maybe == nil {
			f.Maybe = t.Cause
			c.S.Facts = f
		}
		out := p.table.Term(c.M.Where(), value.Term{Op: "call", Name: t.Name, At: t.At, Parent: t, Cause: t.Cause})
		p.wraps(c, out)
		return exec.Done(value.OpenOf(out))
	}
	return exec.Done(value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: "call", Name: t.Name, Parent: t})))
}

// overLists are the methods of lists that call what they are given.
var overLists = map[string]bool{"forEach": true, "map": true, "filter": true, "find": true, "findIndex": true, "findLast": true, "findLastIndex": true, "some": true,
	"every": true, "reduce": true, "reduceRight": true, "flatMap": true, "sort": true}

// decorates is a call of a decorator with the descriptor of a method, or with the method and a context; ok is false for other calls.
func (p *Program) decorates(c *exec.Call) (r exec.Result, ok bool) {
	if len(c.Args) < 2 {
		return r, false
	}
	last := c.Args[len(c.Args)-1]
	if !last.IsObject() {
		return r, false
	}
	switch {
	case len(c.Args) == 3 && c.Arg(1).Kind() == value.String && c.S.Obj(last.ID()).Props.Get(value.Named("configurable")) != nil && c.M.IsFunction(c.S, p.property(c.S, last, "value")):
		return exec.Calls(p.helpers["decorated"], value.Undef, last, c.Func), true
	case len(c.Args) == 2 && c.M.IsFunction(c.S, c.Arg(0)) && p.property(c.S, last, "kind") == value.Text("method"):
		return exec.Calls(p.helpers["doubted"], value.Undef, c.Arg(0), c.Func), true
	}
	return r, false
}

// doubt leaves open what a value that is not known may have established.
func (p *Program) doubt(c *exec.Call) exec.Result {
	if v := c.Arg(0); v.Kind() == value.Open && v.Term().Cause != nil {
		c.S.Facts = c.S.Facts.(Facts).unsure(v.Term().Cause)
	}
	return exec.Done(value.Undef)
}

// openMethod is a call of a method of an object whose name is not known: of one of those that matter, or of another; ok is false where the object has none that
// matters. Those that run already are left out.
func (p *Program) openMethod(c *exec.Call, object value.Value) (r exec.Result, ok bool) {
	runs := func(f value.Value) bool {
		return slices.ContainsFunc(c.S.Stack, func(fr *value.Frame) bool { return fr.Func == f })
	}
	var all []value.Value
	for at, depth := object, 0; at.IsObject() && depth <= deepest; at, depth = c.S.Resolve(c.S.Obj(at.ID()).Proto), depth+1 {
		for _, q := range c.S.Obj(at.ID()).Props.All() {
			f := c.S.Resolve(q.Value)
			if !f.IsObject() || !c.M.IsFunction(c.S, f) || runs(f) || slices.Contains(all, f) {
				continue
			}
			if fn := c.S.Obj(f.ID()).Fn; fn != nil && fn.Code != nil && !fn.Code.Module.Prelude && p.codeMatters(fn.Code) {
				all = append(all, f)
			}
		}
	}
	if len(all) == 0 {
		return r, false
	}
	at, ok := p.which(c, c.M.Where().ID(), "method", len(all)+1)
	if !ok {
		return exec.Again(), true
	}
	c.S.Facts = c.S.Facts.(Facts).unsure(p.cause("", calleeText(c.Node, c.Func.Term()), p.calleeAt(c)))
	if at == len(all) {
		return exec.Done(value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: "call", Name: "method", Parent: c.Func.Term()}))), true
	}
	return exec.Calls(all[at], object, c.Args...), true
}

// promises are the methods of promises.
var promises = map[string]bool{"then": true, "catch": true, "finally": true}

// openThen is a call of then, catch or finally of what something that is not followed returned: it is taken for a promise, which ends somehow, and what is
// chained to it follows in order.
func (p *Program) openThen(c *exec.Call, t *value.Term) exec.Result {
	promise := c.M.NewPromise(c.S)
	resolve, reject := c.M.Resolvers(c.S, promise, false)
	arg := value.OpenOf(p.table.Term(c.M.Where(), value.Term{Op: exec.Settled, Name: "argument", Cause: t.Cause}))
	p.calls(c, callback{name: "promise", maybe: t.Cause, other: true}, false, resolve, reject, arg)
	return exec.Calls(p.property(c.S, c.M.Realm.Promise, t.Name), promise, c.Args...)
}

// calleeText is how a call writes what it calls.
func calleeText(n script.Node, t *value.Term) string {
	switch x := n.(type) {
	case *script.Call:
		return nodeText(x.Callee, t.Name)
	case *script.New:
		return nodeText(x.Callee, t.Name)
	}
	return t.Name
}

func nodeText(x script.Node, otherwise string) string {
	switch x := x.(type) {
	case *script.Ident:
		return x.Name
	case *script.This:
		return "this"
	case *script.Member:
		return nodeText(x.Object, "…") + "." + x.Name
	case *script.Index:
		return nodeText(x.Object, "…") + "[…]"
	case *script.Call:
		return nodeText(x.Callee, "…") + "()"
	case *script.Chain:
		return nodeText(x.X, otherwise)
	}
	return otherwise
}

// calleeAt is the place of what a call calls.
func (p *Program) calleeAt(c *exec.Call) source.Span {
	if x := callee(c.Node); x != nil && len(c.S.Stack) > 0 {
		return spanIn(c.S.Top(), x.Range())
	}
	return c.At
}

// deepest is how deep functions are looked for in what is handed over.
const deepest = 3

// handOver makes the functions in a value some that are called some time, with nobody knows what.
func (p *Program) handOver(c *exec.Call, how callback, v value.Value, depth int) {
	v = c.S.Resolve(v)
	if set := v.Set(); set != nil {
		for n, x := range set.Values {
			if c.S.Left(set.Root)&(1<<n) != 0 {
				p.handOver(c, how, x, depth+1)
			}
		}
		return
	}
	if !v.IsObject() || depth > deepest || v == p.app || p.instanceOf(v) != nil {
		return // what is given a page or the app does not run the methods that the platform runs
	}
	if c.M.IsFunction(c.S, v) {
		// Where it was handed over says nothing of when it is called: the functions of one piece of code are one task.
		at := value.At{Name: "callback"}
		if fn := c.S.Obj(v.ID()).Fn; fn != nil && fn.Code != nil {
			at = value.At{Name: "callback", Module: fn.Code.Module.Index, Func: fn.Code.ID}
		}
		if how.began = (pending{all: true}); c.Func.Term().Cause == nil {
			how.began = pendingIn(c.S.Facts.(Facts))
		}
		arg := value.OpenOf(p.table.Term(nil, value.Term{Op: exec.Settled, Name: "argument", Cause: c.Func.Term().Cause, Loose: true}))
		c.M.Begin(c.S, state.Task{Key: "callback", Ctx: p.table.Recur(nil, at), Data: how, Values: []value.Value{v, arg, arg, arg}})
		return
	}
	o := c.S.Obj(v.ID())
	for _, q := range o.Props.All() {
		if q.Flags&value.Accessor == 0 {
			p.handOver(c, how, q.Value, depth+1)
		}
	}
	for _, e := range o.Elems {
		p.handOver(c, how, e, depth+1)
	}
}

// open notes that a page is opened.
func (p *Program) open(c *exec.Call, options value.Value) {
	p.leads(c.S, p.property(c.S, options, "url"))
}

// listens makes the functions in the events of navigateTo's options listen on the channel to the page that it opens.
func (p *Program) listens(s *state.State, options value.Value) {
	events := p.property(s, options, "events")
	heard := p.property(s, p.helpers["channel"], "heard")
	if !events.IsObject() || !heard.IsObject() {
		return
	}
	for _, q := range s.Obj(events.ID()).Props.All() {
		if q.Flags&value.Accessor == 0 {
			s.Edit(heard.ID()).Define(value.Prop{Key: value.Named(q.Key.Name + "\n" + siteOf(s, s.Resolve(q.Value))), Value: q.Value})
		}
	}
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
		if s.like(start) {
			return
		}
	}
	p.starts[page] = append(p.starts[page], start)
}
