package flow

// What certainly ends a path: exceptions of the language, loops that never end, and promises that nothing can settle. Only what is known to
// the last is taken for certain: a property that the code does not give an object may come from elsewhere.

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// missing is the undefined that is found where the code gives nothing, but somebody else may: a property that an object does not have, an
// argument that the platform does not hand over as far as is known.
var missing = value{kind: kUndefined, aside: &aside{}}

// notSure makes an undefined one that may come from elsewhere.
func notSure(v value) value {
	if v.kind == kUndefined && v.aside == nil {
		v.aside = missing.aside
	}
	return v
}

// isNullish tells of a value that it is certainly null or undefined.
func (m *machine) certainlyNothing(v value) bool {
	if v.kind == kSymbol && v.sym.root != nil && m.serial != 0 {
		if mask := m.mask(v.sym.root); mask&(mask-1) == 0 {
			v = m.known(v)
		}
	}
	return v.kind == kNull && v.blank() == nil || v.kind == kUndefined && v.aside == nil
}

// raises throws an exception of the language at a place, where it is certain that the code runs.
func (m *machine) raises(kind string, at source.Span) {
	if m.weak != 0 || m.serial == 0 && m.hosted > 0 {
		return
	}
	if at.File != nil && m.serial != 0 && m.entry != nil && !m.entry.orphan {
		m.a.raisedAt[at] = true
	}
	e := m.newError(kind, m.unknown(nil))
	e.obj.at = at
	m.throw(e)
}

// uncallable tells of a value that it is certainly no function. A variable that nothing ever assigns is none.
func uncallable(v value, callee script.Expr) bool {
	switch v.kind {
	case kUndefined:
		if h := v.blank(); h != nil {
			_, variable := callee.(*script.Ident)
			return variable && h.object == nil
		}
		return v.aside == nil
	case kNull:
		return v.blank() == nil
	case kBool, kNumber:
		return true
	case kString:
		return v.blank() == nil
	}
	return false
}

// ofLibrary reports whether a method that is not there may be one of JavaScript's library, of which not all is known.
func ofLibrary(this value, callee script.Expr) bool {
	switch this.kind {
	case kString, kNumber, kBool:
		return true
	case kObject:
		m, ok := callee.(*script.Member)
		return this.obj.class != cPlain || ok && inherited[m.Name]
	}
	return false
}

// inherited are the methods of Object.prototype.
var inherited = map[string]bool{
	"hasOwnProperty": true, "isPrototypeOf": true, "propertyIsEnumerable": true, "toLocaleString": true, "toString": true, "valueOf": true,
	"constructor": true, "__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}

// imports reports whether a name is that of an import: what compiled code exports may be filled in later, by what is not followed.
func (e *env) imports(x script.Expr) bool {
	id, ok := x.(*script.Ident)
	if !ok {
		return false
	}
	c := e.lookup(id.Name)
	return c != nil && c.frozen && !c.val.isFunction()
}

// iterable throws where the code goes through the elements of what certainly has none.
func (m *machine) iterable(v value, at source.Span) {
	if m.certainlyNothing(v) || v.kind == kNumber || v.kind == kBool {
		m.raises("TypeError", at)
	}
}

// neverEnds reports whether a loop that has gone round certainly never ends: nothing in it leaves it, and either its test is a constant or
// nothing in it changes anything.
func (a *analysis) neverEnds(test, post script.Expr, body script.Stmt) bool {
	if known, ok := a.endless[body]; ok {
		return known
	}
	l := loopParts{}
	for _, part := range []script.Node{test, post, body} {
		l.look(part, false)
	}
	never := !l.leaves && (isConstant(test) && !(l.changes && l.reads) || !l.changes)
	a.endless[body] = never
	return never
}

// loopParts is what a loop holds.
type loopParts struct {
	leaves  bool // may end it
	changes bool // writes something
	reads   bool // reads a property, which throws where there is no object
}

// look looks through a part of a loop; inner tells that it belongs to a loop within, whose break and continue are its own.
func (l *loopParts) look(part script.Node, inner bool) {
	script.Walk(part, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Func, *script.Class:
			return false
		case *script.Return, *script.Throw, *script.Await, *script.Yield, *script.New, *script.ImportCall, *script.JSX:
			l.leaves = true
		case *script.Break:
			l.leaves = l.leaves || n.Label != "" || !inner
		case *script.Continue:
			l.leaves = l.leaves || n.Label != ""
		case *script.Call:
			if m, ok := n.Callee.(*script.Member); ok {
				if host, ok := m.Object.(*script.Ident); ok && host.Name == "console" {
					for _, arg := range n.Args {
						l.look(arg, inner)
					}
					return false
				}
			}
			l.leaves = true
		case *script.Template:
			l.leaves = l.leaves || n.Tag != nil
		case *script.Member, *script.Index:
			l.reads = true
		case *script.Assign, *script.Update, *script.VarDecl:
			l.changes = true
		case *script.Unary:
			l.changes = l.changes || n.Op == "delete"
		case *script.For, *script.ForIn, *script.While, *script.DoWhile, *script.Switch:
			if n != part {
				l.look(n, true)
				return false
			}
		}
		return !l.leaves
	})
}

// isConstant reports whether a test is written as true.
func isConstant(test script.Expr) bool {
	switch x := test.(type) {
	case nil:
		return true
	case *script.Bool:
		return x.Value
	case *script.Number:
		return x.Value != 0
	case *script.String:
		return x.Value != ""
	case *script.Unary:
		if x.Op != "!" {
			return false
		}
		switch y := x.X.(type) {
		case *script.Bool:
			return !y.Value
		case *script.Number:
			return y.Value == 0
		}
	}
	return false
}

// hangs ends a path in a loop that never ends. Where it is not certain that the loop runs, the paths are told apart first.
func (m *machine) hangs(p *program, body script.Stmt) {
	if m.join > 0 || m.weak != 0 {
		m.itMatters()
		return
	}
	if m.serial != 0 && m.entry != nil && !m.entry.orphan {
		m.a.hung[body] = true
		for f := m.frames; f != nil; f = f.up {
			m.a.hangsIn[f.call] = p.span(body)
		}
	}
	panic(cutOff{impossible: true, hangs: true})
}

// neverSettles reports whether nothing can settle a promise any more, and where the promise is made because of which that is so.
func (p *promise) neverSettles(depth int) (at source.Span, never bool) {
	switch {
	case p.state != pendingPromise || depth > boundCalls.usual():
		return at, false
	case p.idle:
		return p.obj.at, true
	case p.outside != nil || p.given || len(p.needs) == 0:
		return at, false
	}
	for i, q := range p.needs {
		by, ok := q.neverSettles(depth + 1)
		switch {
		case ok && (!p.anyDoes || i == len(p.needs)-1):
			return by, true
		case !ok && p.anyDoes:
			return at, false
		}
	}
	return at, false
}

// settlesNever reports whether a promise's executor can settle it only before it returns: all that it does with the functions that it is
// given is to call them itself.
func (a *analysis) settlesNever(f *script.Func) bool {
	if known, ok := a.idleExecutors[f]; ok {
		return known
	}
	given := map[string]bool{"arguments": true, "eval": true}
	for _, p := range f.Params {
		for _, name := range names(p) {
			given[name] = true
		}
	}
	idle := true
	called := map[script.Node]bool{}
	var look func(root script.Node, within bool)
	look = func(root script.Node, within bool) {
		script.Walk(root, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.Func:
				if n != root {
					look(n, true)
					return false
				}
			case *script.Call:
				if _, plain := n.Callee.(*script.Ident); plain && !within && !f.Async && !f.Generator {
					called[n.Callee] = true
				}
			case *script.Ident:
				idle = idle && (!given[n.Name] || called[n])
			}
			return idle
		})
	}
	for _, s := range f.Body {
		look(s, false)
	}
	if f.Result != nil {
		look(f.Result, false)
	}
	a.idleExecutors[f] = idle
	return idle
}
