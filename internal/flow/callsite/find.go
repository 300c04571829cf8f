package callsite

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Call is a call of one of the functions.
type Call struct {
	API    string
	Script *miniprogram.Script
	// Name is the place of the name that it is called by, Expr that of the call.
	Name, Expr source.Span
	Node       *script.Call
	// Inside are the functions that it stands in, the outermost first.
	Inside []*script.Func
	// Indirect tells that the call does not name the function: what is called was made of it (promisify(wx.authorize)), or is a
	// variable that was assigned on the way, as compilers write wx.authorize?.().
	Indirect bool

	in *file
}

// Calls finds the calls in the order of the files and of their places. What is called by the name of one of the functions, and
// nobody can tell what it is, has no API.
func (c *Code) Calls() []*Call {
	var out []*Call
	for _, f := range c.files {
		script.WalkProgram(f.syntax, func(n script.Node) bool {
			if call, ok := n.(*script.Call); ok && c.aliases[calledBy(call)] {
				out = append(out, c.callAt(f, call)...)
			}
			return true
		})
	}
	return out
}

// calledBy is the name that a call calls by.
func calledBy(call *script.Call) string {
	x := call.Callee
	if chain, ok := x.(*script.Chain); ok {
		x = chain.X
	}
	if m, ok := x.(*script.Member); ok && (m.Name == "call" || m.Name == "apply") {
		return lastName(m.Object)
	}
	return lastName(x)
}

func (c *Code) callAt(f *file, call *script.Call) []*Call {
	callee, x := c.eval(f, call.Callee), call.Callee
	if callee.host == "" {
		if m, ok := call.Callee.(*script.Member); ok && (m.Name == "call" || m.Name == "apply") {
			callee, x = c.eval(f, m.Object), m.Object
		}
	}
	return []*Call{{
		API: callee.host, Script: f.script, Name: f.nameOf(call.Callee), Expr: f.span(call), Node: call,
		Inside: f.around(call), Indirect: callee.wrapped || f.assignedOnTheWay(x), in: f,
	}}
}

// assignedOnTheWay tells of a variable that gets its value by an assignment.
func (f *file) assignedOnTheWay(x script.Expr) bool {
	id, ok := x.(*script.Ident)
	if !ok || f.refs[id] == nil {
		return false
	}
	return slices.ContainsFunc(f.refs[id].writes, func(w write) bool {
		_, assign := w.at.(*script.Assign)
		return assign
	})
}

// nameOf is the place of the name in what is called.
func (f *file) nameOf(x script.Expr) source.Span {
	switch x := x.(type) {
	case *script.Chain:
		return f.nameOf(x.X)
	case *script.Member:
		if x.Name == "call" || x.Name == "apply" {
			return f.nameOf(x.Object)
		}
		return f.loc(x.NameLoc)
	case *script.Index:
		return f.span(x.Key)
	case *script.Sequence:
		if len(x.Exprs) > 0 {
			return f.nameOf(x.Exprs[len(x.Exprs)-1])
		}
	}
	return f.span(x)
}

// maxShapes is how many objects are told that a call may be given.
const maxShapes = 50

// Options tells what a call is given: a value for each place where such an object is written. Where the object is handed
// over by the callers of a function, each of them has its own.
func (c *Code) Options(call *Call) []*Value {
	args := call.Node.Args
	if m, ok := call.Node.Callee.(*script.Member); ok && m.Name == "call" {
		args = args[min(1, len(args)):]
	} else if ok && m.Name == "apply" {
		return nil
	}
	if len(args) == 0 {
		return []*Value{{Kind: Undefined, At: call.Expr, Inside: call.Inside}}
	}
	if _, spread := args[0].(*script.Spread); spread {
		return nil
	}
	g := &gatherer{c: c, seen: map[script.Expr]bool{}}
	g.gather(call.in, args[0])
	return g.out
}

// gatherer collects the values that an expression can have.
type gatherer struct {
	c    *Code
	seen map[script.Expr]bool
	out  []*Value
	deep int
}

func (g *gatherer) add(v *Value) {
	if len(g.out) < maxShapes && !slices.ContainsFunc(g.out, func(o *Value) bool { return o.At == v.At && o.Kind == v.Kind }) {
		g.out = append(g.out, v)
	}
}

func (g *gatherer) gather(f *file, x script.Expr) {
	if g.seen[x] || g.deep > maxDepth {
		return
	}
	g.seen[x] = true
	g.deep++
	defer func() { g.deep-- }()
	f.index()
	switch x := x.(type) {
	case *script.Cond:
		g.gather(f, x.Then)
		g.gather(f, x.Else)
		return
	case *script.Ident:
		if b := f.refs[x]; b != nil && len(b.writes) == 1 && b.writes[0].param != nil && len(b.writes[0].path) == 0 && g.untouched(b, x) {
			g.callers(b)
			return
		}
	}
	if v := g.c.eval(f, x); v.Kind != Unknown || len(g.out) == 0 {
		g.add(v)
	}
}

// untouched reports whether a parameter arrives at its use as it was handed over.
func (g *gatherer) untouched(b *binding, use *script.Ident) bool {
	for _, e := range g.c.eventsOf(b) {
		if e.by != use {
			return false
		}
	}
	return true
}

// callers gathers what the callers of a function hand over.
func (g *gatherer) callers(b *binding) {
	w := b.writes[0]
	callers, _ := g.c.callersOf(b.in, w.param)
	if usesArguments(w.param) || len(callers) > maxShapes {
		return
	}
	for _, call := range callers {
		v, known := g.c.argument(call, w)
		switch {
		case !known:
		case v.Kind == Undefined && w.def != nil:
			g.gather(b.in, w.def)
		case w.index < len(call.call.Args):
			g.gather(call.in, call.call.Args[w.index])
		}
	}
}

// Each tells all the values that a property of an object is certain to have for some caller.
func (c *Code) Each(p *Prop) []*Value {
	if p.expr == nil {
		return []*Value{p.Value}
	}
	g := &gatherer{c: c, seen: map[script.Expr]bool{}}
	g.gather(p.in, p.expr)
	return g.out
}
