package value

import "slices"

// What an object may have besides what is known of it, Obj.Rest, is a term. Objects and functions that may be among it are its Args, so that
// what reads the rest can be one of them.

// Absorb is the term of a rest that v may be part of too; nil for none is a rest of nothing.
func (t *Table) Absorb(rest *Term, v Value) *Term {
	var kept []Value
	old := rest
	if rest != nil && rest.Op == "rest" {
		kept, old = rest.Args, rest.Parent
	}
	add := func(v Value) {
		if v.IsObject() {
			for _, k := range kept {
				if k == v {
					return
				}
			}
			kept = append(kept[:len(kept):len(kept)], v)
		}
		if v.kind == Open && (old == nil || old.Cause == nil && v.Term().Cause != nil) {
			old = v.Term()
		}
	}
	if v.kind == Choice {
		for _, x := range v.Set().Values {
			add(x)
		}
	} else {
		add(v)
	}
	like := Term{Op: "rest", Parent: old, Args: kept}
	if (rest == nil || rest.Op == "rest" && rest.Name == Only) && onlyObjects(v) {
		like.Name = Only
	}
	if old != nil {
		like.Cause = old.Cause
	}
	if rest == nil && v.kind != Choice || rest != nil && rest.Type == typeOf(v) {
		like.Type = typeOf(v)
	}
	return t.Term(nil, like)
}

// Only is the name of a rest that has nothing but its Args.
const Only = "only"

func onlyObjects(v Value) bool {
	if v.kind != Choice {
		return v.IsObject()
	}
	for _, x := range v.Set().Values {
		if !x.IsObject() {
			return false
		}
	}
	return true
}

// typeOf is what typeof says of a value, "" where that is not known.
func typeOf(v Value) string {
	switch v.kind {
	case Open:
		return v.Term().Type
	case Choice, Object:
		return ""
	}
	return v.TypeOf()
}

// Both is a rest that has what either of two has; nil if neither has any.
func (t *Table) Both(a, b *Term) *Term {
	switch {
	case a == b || b == nil:
		return a
	case a == nil:
		return b
	}
	if b.Op != "rest" {
		return t.Absorb(a, OpenOf(b))
	}
	out := a
	switch {
	case b.Parent != nil:
		out = t.Absorb(a, OpenOf(b.Parent))
	case b.Name != Only:
		out = t.Absorb(a, OpenOf(t.Term(nil, Term{Op: "any", Type: b.Type})))
	}
	for _, v := range b.Args {
		out = t.Absorb(out, v)
	}
	return out
}

// Renamed is a rest with other names of the objects that may be among it.
func (t *Table) Renamed(rest *Term, name func(Value) Value) *Term {
	if rest == nil || rest.Op != "rest" || len(rest.Args) == 0 {
		return rest
	}
	like := *rest
	like.Args = nil
	for _, v := range rest.Args {
		if v = name(v); !slices.Contains(like.Args, v) {
			like.Args = append(like.Args, v)
		}
	}
	return t.Term(rest.ctx, like)
}
