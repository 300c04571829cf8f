package flow

// What is left of code that is not followed any further: the places that it writes hold nobody knows what.

import (
	"cmp"

	"github.com/voipcheck/voipcheck/internal/script"
)

// havoc leaves the places open that pieces of code write, in the scope e, for a cause.
func (m *machine) havoc(p *program, e *env, cause *unfollowed, parts ...script.Node) {
	h := havoc{m: m, p: p, env: e, cause: cause, own: map[string]bool{}}
	each(&h, parts)
}

// writesOnly reports whether all that pieces of code do is to write places that can be named.
func (m *machine) writesOnly(p *program, e *env, parts ...script.Node) bool {
	h := havoc{m: m, p: p, env: e, own: map[string]bool{}, look: true}
	return each(&h, parts)
}

// havocOf is the havoc of a function's body.
func (m *machine) havocOf(c *closure, cause *unfollowed) *havoc {
	return &havoc{m: m, p: c.prog, env: c.env, cause: cause, own: declaredIn(c.node), self: c.name}
}

// havoc is the code that is being left.
type havoc struct {
	m     *machine
	p     *program
	env   *env
	cause *unfollowed
	own   map[string]bool // variables of the code itself
	self  string          // the function that the code is, which may call itself
	look  bool            // only look, and write nothing
	more  bool            // it does more than write
}

func each[N script.Node](h *havoc, parts []N) bool {
	for _, part := range parts {
		if any(part) == nil {
			continue
		}
		script.Walk(part, func(n script.Node) bool {
			if d, ok := n.(*script.VarDecl); ok && d.Kind != "var" {
				for _, name := range declared(d) {
					h.own[name] = h.own[name] || h.env.lookup(name) == nil || any(n) != any(part)
				}
			}
			return true
		})
		script.Walk(part, h.node)
	}
	return !h.more
}

func (h *havoc) run(body []script.Stmt) bool { return each(h, body) }

func (h *havoc) node(n script.Node) bool {
	switch n := n.(type) {
	case *script.Func:
		return false // it is made, and not run
	case *script.Declarator:
		h.target(n.Target)
	case *script.Assign:
		h.target(n.Target)
	case *script.Update:
		h.target(n.X)
	case *script.ForIn:
		h.target(n.Target)
	case *script.Unary:
		if n.Op == "delete" {
			h.target(n.X)
		}
	case *script.Call:
		h.call(n)
	case *script.New:
		if id, ok := n.Callee.(*script.Ident); !ok || !harmless[id.Name] || h.env.lookup(id.Name) != nil {
			h.more = true
		}
	case *script.Return:
		h.more = h.more || h.self == ""
	case *script.Throw, *script.Await, *script.Yield, *script.ImportCall, *script.JSX, *script.Class:
		h.more = true
	case *script.Break:
		h.more = h.more || n.Label != ""
	case *script.Continue:
		h.more = h.more || n.Label != ""
	case *script.Template:
		h.more = h.more || n.Tag != nil
	}
	return true
}

// target leaves what an assignment writes open.
func (h *havoc) target(x script.Expr) {
	switch x := x.(type) {
	case nil:
	case *script.Ident:
		if h.own[x.Name] {
			return
		}
		if c := h.env.lookup(x.Name); c != nil {
			if !h.look {
				h.m.assign(c, h.m.unknown(h.cause))
			}
			return
		}
		h.more = true
	case *script.Member:
		if id, ok := x.Object.(*script.Ident); ok && h.own[id.Name] {
			if !h.look {
				h.m.a.writtenBlindly(x.Name) // of which object nobody knows
			}
			return
		}
		if o := h.object(x.Object); o != nil && !h.look {
			h.m.set(ref(o), x.Name, h.m.unknown(h.cause))
		}
	case *script.Index:
		if o := h.object(x.Object); o != nil && !h.look {
			h.open(o)
		}
	case *script.Assign:
		h.target(x.Target)
	case *script.Spread:
		h.target(x.X)
	case *script.ArrayLit:
		for _, e := range x.Elems {
			h.target(e)
		}
	case *script.ObjectLit:
		for _, prop := range x.Props {
			h.target(prop.Value)
		}
	default:
		h.more = true
	}
}

// object returns the object that is written to; nil where there is none that is known.
func (h *havoc) object(x script.Expr) *object {
	switch x := x.(type) {
	case *script.Ident:
		if h.own[x.Name] {
			h.more = true // which object of several it is
			return nil
		}
		if c := h.env.lookup(x.Name); c != nil {
			return h.known(h.m.read(c))
		}
	case *script.This:
		return h.known(h.m.thisValue(h.p, h.env))
	case *script.Member:
		if o := h.object(x.Object); o != nil {
			return h.known(h.m.get(ref(o), x.Name))
		}
		return nil
	}
	h.more = true
	return nil
}

func (h *havoc) known(v value) *object {
	switch {
	case v.kind == kObject:
		return v.obj
	case v.kind == kSymbol && v.sym.root != nil:
		h.more = true
	}
	return nil
}

// open leaves all that an object holds open.
func (h *havoc) open(o *object) {
	if o.class == cArray || o.class == cMap || o.class == cSet {
		h.m.keep(o)
		o.isOpen = true
		if o.open == nil {
			o.open = h.cause
		}
		for i := range o.elems {
			o.elems[i] = h.m.unknown(h.cause)
		}
		return
	}
	h.m.wildcard(o, h.m.unknown(h.cause), nil)
}

// call looks at a call: of a function that is known to write nothing, or of one that changes a list.
func (h *havoc) call(x *script.Call) {
	member, ok := x.Callee.(*script.Member)
	if !ok {
		id, ok := x.Callee.(*script.Ident)
		h.more = h.more || !ok || id.Name != h.self && (!harmless[id.Name] || h.env.lookup(id.Name) != nil)
		return
	}
	if h.self != "" && member.Name == h.self {
		return
	}
	if host, ok := member.Object.(*script.Ident); ok && harmless[host.Name] && h.env.lookup(host.Name) == nil {
		return
	}
	switch {
	case changing[member.Name]:
		if o := h.object(member.Object); o != nil {
			switch {
			case o.class != cArray && o.class != cMap && o.class != cSet:
				h.more = true
			case !h.look:
				h.open(o)
			}
		}
	case !reading[member.Name] && !iterating[member.Name]:
		h.more = true
	}
	for _, arg := range x.Args {
		if f, ok := arg.(*script.Func); ok {
			if !iterating[member.Name] {
				h.more = true // which may be run at any time
				return
			}
			for name := range declaredIn(f) {
				h.own[name] = true
			}
			if f.Result != nil {
				script.Walk(f.Result, h.node)
			}
			self := h.self
			h.self = cmp.Or(self, "return") // its return ends the function and nothing else
			h.run(f.Body)
			h.self = self
		}
	}
}

// Functions of the language that run none of the code's: on objects and alone, those that change a list, and those that read it or a text.
var (
	harmless = map[string]bool{"Math": true, "console": true, "Number": true, "String": true, "Boolean": true, "parseInt": true, "parseFloat": true, "isNaN": true, "JSON": true, "Date": true, "Array": true}
	changing = map[string]bool{"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "fill": true, "add": true, "set": true, "delete": true, "clear": true}
	reading  = map[string]bool{
		"charAt": true, "charCodeAt": true, "codePointAt": true, "indexOf": true, "lastIndexOf": true, "includes": true, "slice": true, "substring": true, "substr": true,
		"toString": true, "toFixed": true, "join": true, "concat": true, "has": true, "get": true, "trim": true, "padStart": true, "padEnd": true, "split": true, "startsWith": true,
		"endsWith": true, "toUpperCase": true, "toLowerCase": true, "getTime": true, "at": true, "keys": true, "values": true, "entries": true,
	}
)
