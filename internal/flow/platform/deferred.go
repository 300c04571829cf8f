package platform

import (
	"github.com/voipcheck/voipcheck/internal/flow/state"
	"github.com/voipcheck/voipcheck/internal/flow/value"
	"github.com/voipcheck/voipcheck/internal/script"
)

// deferShown makes what an element shows under a condition, or what a call returns that it shows, an element of its own, whose type is a function that yields
// it. So only what lies on the way to something is computed, and the slice tells what of it can matter: rendering has no effects.
func deferShown(p *script.Program) {
	script.WalkProgram(p, func(n script.Node) bool {
		x, ok := n.(*script.JSX)
		if !ok {
			return true
		}
		for i, child := range x.Children {
			if at, ok := deferrable(child); ok {
				x.Children[i] = &script.JSX{Loc: at, Type: &script.Func{Loc: at, Arrow: true, Result: child}}
			}
		}
		return true
	})
}

// deferrable reports whether a child of an element is a condition or a call, of which nothing is waited for.
func deferrable(x script.Expr) (at script.Loc, ok bool) {
	switch x := x.(type) {
	case *script.Logical:
		at = x.Loc
	case *script.Cond:
		at = x.Loc
	case *script.Call:
		at = x.Loc
	case *script.Chain:
		at = x.Loc
	default:
		return at, false
	}
	ok = true
	script.Walk(x, func(n script.Node) bool {
		switch n.(type) {
		case *script.Func, *script.Class:
			return false
		case *script.Await, *script.Yield:
			ok = false
		}
		return true
	})
	return at, ok
}

// shows reports whether a component can show something that matters: its code, or what it is given.
func (p *Program) shows(s *state.State, typ, props value.Value) bool {
	if p.sliced == nil || p.matters(s, typ) || p.classMatters(s, typ) {
		return true
	}
	if !props.IsObject() {
		return props.Kind() == value.Open && props.Term().Cause != nil
	}
	o := s.Obj(props.ID())
	if o.Rest != nil {
		return true
	}
	for _, q := range o.Props.All() {
		if v := s.Resolve(q.Value); q.Flags&value.Accessor != 0 || v.IsObject() || v.Kind() == value.Choice {
			return true
		}
	}
	return false
}

// classMatters reports whether something of a class, or of those that it extends, can matter.
func (p *Program) classMatters(s *state.State, typ value.Value) bool {
	for at := s.Resolve(typ); at.IsObject() && p.machine.IsFunction(s, at); at = s.Resolve(s.Obj(at.ID()).Proto) {
		if f := s.Obj(at.ID()).Fn; f != nil && f.Code != nil && f.Code.Module.Prelude {
			return false
		}
		if f := s.Obj(at.ID()).Fn; f != nil && f.Fields.IsObject() && p.matters(s, f.Fields) {
			return true
		}
		proto := p.property(s, at, "prototype")
		if !proto.IsObject() {
			return false
		}
		for _, q := range s.Obj(proto.ID()).Props.All() {
			if v := s.Resolve(q.Value); q.Key.Name != "constructor" && (q.Flags&value.Accessor != 0 || p.machine.IsFunction(s, v) && p.matters(s, v)) {
				return true
			}
		}
	}
	return false
}
