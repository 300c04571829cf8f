package value

import "slices"

// What an object may have besides what is known of it, Obj.Rest, is a term. Objects and functions that may be among it are its Args, so that
// what reads the rest can be one of them; texts are as long as there is nothing else.

// Absorb is the term of a rest that v may be part of too; nil for none is a rest of nothing.
func (t *Table) Absorb(rest *Term, v Value) *Term {
	var kept []Value
	like := Term{Op: "rest"}
	old, only := rest, rest == nil
	if rest != nil && rest.Op == "rest" {
		kept, old, only = slices.Clone(rest.Args), rest.Parent, rest.Name == Only
		like.Cause = rest.Cause
	}
	add := func(v Value) {
		switch {
		case v.IsObject():
			if !slices.Contains(kept, v) {
				kept = append(kept, v)
			}
		case v.kind == String || guards(v):
			kept = keepText(kept, v)
		default:
			only = false
		}
		if v.kind == Open && (old == nil || old.Cause == nil && v.Term().Cause != nil) {
			old = v.Term()
		}
	}
	if v.kind == Choice && !guards(v) {
		for _, x := range v.Set().Values {
			add(x)
		}
	} else {
		add(v)
	}
	if texts := len(kept) - objects(kept); !only || texts > MostTexts {
		only = only && texts == 0
		kept = slices.DeleteFunc(kept, func(v Value) bool { return !v.IsObject() })
	}
	like.Parent, like.Args = old, kept
	if only {
		like.Name = Only
	}
	if old != nil && like.Cause == nil {
		like.Cause = old.Cause
	}
	if rest == nil && (v.kind != Choice || guards(v)) || rest != nil && rest.Type == typeOf(v) {
		like.Type = typeOf(v)
	}
	return t.Term(nil, like)
}

// MostTexts is how many texts are told of a rest.
const MostTexts = 8

func objects(vals []Value) int {
	n := 0
	for _, v := range vals {
		if v.IsObject() {
			n++
		}
	}
	return n
}

// keepText adds a text to those of a rest. Of one that comes about in several manners nothing is told of what it implies.
func keepText(kept []Value, v Value) []Value {
	text := func(v Value) string {
		if guards(v) {
			return v.Set().Values[0].Text()
		}
		return v.Text()
	}
	for n, k := range kept {
		switch {
		case k == v:
			return kept
		case !k.IsObject() && text(k) == text(v):
			kept[n] = Text(text(v))
			return kept
		}
	}
	return append(kept, v)
}

// Guard is a text among a rest that is there only where some facts hold: a choice that has no other alternative.
func (t *Table) Guard(text, facts string, implied any) Value {
	root := t.Root(nil, -1, "item "+text+" "+facts, 1, Origin{Key: "item"})
	if root.Implied == nil {
		root.Implied = []any{implied}
	}
	return ChoiceOf(root, []Value{Text(text)})
}

// guards reports whether a value is a guard.
func guards(v Value) bool { return v.kind == Choice && v.Set().Root.N == 1 }

// Among are the texts of a rest with what guards each, nil for nothing, and the objects.
func (t *Term) Among() (texts []string, guard []*Root, objects []Value) {
	if t.Op != "rest" {
		return nil, nil, nil
	}
	for _, v := range t.Args {
		switch {
		case v.IsObject():
			objects = append(objects, v)
		case guards(v):
			texts, guard = append(texts, v.Set().Values[0].Text()), append(guard, v.Set().Root)
		default:
			texts, guard = append(texts, v.Text()), append(guard, nil)
		}
	}
	return texts, guard, objects
}

// Only is the name of a rest that has nothing but its Args.
const Only = "only"

// typeOf is what typeof says of a value, "" where that is not known.
func typeOf(v Value) string {
	switch v.kind {
	case Open:
		return v.Term().Type
	case Choice:
		if guards(v) {
			return "string"
		}
		return ""
	case Object:
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
		if v.IsObject() {
			v = name(v)
		}
		if !slices.Contains(like.Args, v) {
			like.Args = append(like.Args, v)
		}
	}
	return t.Term(rest.ctx, like)
}

// Textless is a rest without the texts that are told of it; nil where it has nothing else.
func (t *Table) Textless(rest *Term) *Term {
	if rest.Op != "rest" || objects(rest.Args) == len(rest.Args) {
		return rest
	}
	like := *rest
	if like.Args = slices.DeleteFunc(slices.Clone(rest.Args), func(v Value) bool { return !v.IsObject() }); len(like.Args) == 0 && rest.Name == Only {
		return nil
	}
	return t.Term(rest.ctx, like)
}

// Doubted is a rest of which something is not known because of a cause, nil for none.
func (t *Table) Doubted(rest *Term, cause *Cause) *Term {
	if rest == nil || cause == nil || rest.Cause != nil {
		return rest
	}
	like := *rest
	like.Cause = cause
	return t.Term(rest.ctx, like)
}
