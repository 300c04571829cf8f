package callsite

import (
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Kind tells what a value is.
type Kind int

// The kinds of values. Unknown values depend on how the code runs, or are beyond what is evaluated.
const (
	Unknown Kind = iota
	Undefined
	Null
	Bool
	Number
	String
	Object
	Array
	Func
)

// Value is what is known of an expression. It does not change once made.
type Value struct {
	Kind Kind
	// Str, Num and Bool are a constant's value.
	Str  string
	Num  float64
	Bool bool
	// At is where the value is written.
	At source.Span
	// Props are an object's properties in order; Open tells that there may be more.
	Props []Prop
	Open  bool
	// NeverAssigned tells that the value is the blank that Field starts with and that nothing replaces.
	NeverAssigned bool
	Field         string
	// Alts are constants that an unknown value certainly is for some caller, Given those that the code gives the place that is
	// read, be it on a path that does not lead here.
	Alts, Given []*Value
	// Same is equal and not 0 for two unknown values that are the same.
	Same int
	// Changed tells of an unknown value that code which is not looked at may have replaced.
	Changed bool
	// Inside are the functions that an object literal stands in, the outermost first.
	Inside []*script.Func

	// host is the platform's function that a function is, or returns; platform tells of the object that holds them.
	host     string
	wrapped  bool
	platform bool
	// fn is the project's function that a function is, home the file of its code.
	fn   *script.Func
	home *file
	// holder is what this means, and holdings the part of it that the value is: "" for this itself, "data", "state", "globalData".
	holder *holder
	part   string
	path   []string
	// module is the module of which the value is the namespace.
	module *file
}

// Prop is a property of an object.
type Prop struct {
	Name  string
	Key   source.Span
	Value *Value

	expr script.Expr
	in   *file
}

var unknown = &Value{}

// Prop returns the property of that name, or nil.
func (v *Value) Prop(name string) *Prop {
	for i := range v.Props {
		if v.Props[i].Name == name {
			return &v.Props[i]
		}
	}
	return nil
}

// isBlank tells of what a field starts with that is to be filled.
func (v *Value) isBlank() bool {
	return v.Kind == Undefined || v.Kind == Null || v.Kind == String && v.Str == ""
}

// isConstant tells of values that nothing can change from elsewhere.
func (v *Value) isConstant() bool { return v.Kind >= Undefined && v.Kind <= String }

// equal tells that two values are the same constant.
func (v *Value) equal(o *Value) bool {
	return v.Kind == o.Kind && v.isConstant() && v.Str == o.Str && v.Num == o.Num && v.Bool == o.Bool
}

// open is an object of which the properties are known that it had, but no longer what they hold.
func (v *Value) opened() *Value {
	if v.Kind != Object {
		return unknown
	}
	out := *v
	out.Open, out.holder = true, nil
	out.Props = make([]Prop, len(v.Props))
	for i, p := range v.Props {
		p.Value, p.expr = &Value{At: p.Value.At, Changed: true}, nil
		out.Props[i] = p
	}
	return &out
}

// with is an object with a property that is set.
func (v *Value) with(p Prop) *Value {
	out := *v
	out.holder = nil
	out.Props = append([]Prop(nil), v.Props...)
	if old := out.Prop(p.Name); old != nil {
		*old = p
	} else {
		out.Props = append(out.Props, p)
	}
	return &out
}

// merge is what is known of a value that is one or the other.
func merge(a, b *Value) *Value {
	switch {
	case a == b, a.equal(b):
		return a
	case a.Kind == Object && b.Kind == Object:
		return mergeObjects(a, b)
	case a.Kind == Unknown && b.Kind == Unknown && a.Same != 0 && a.Same == b.Same:
		return a
	}
	return &Value{Given: append(given(a), given(b)...)}
}

// given are the constants that a value may be.
func given(v *Value) []*Value {
	if v.Kind == String {
		return []*Value{v}
	}
	return v.Given
}

func mergeObjects(a, b *Value) *Value {
	out := &Value{Kind: Object, At: a.At, Open: a.Open || b.Open, Inside: a.Inside}
	for _, p := range a.Props {
		p.expr = nil
		if q := b.Prop(p.Name); q != nil {
			p.Value = merge(p.Value, q.Value)
		} else {
			p.Value, out.Open = unknown, true
		}
		out.Props = append(out.Props, p)
	}
	for _, q := range b.Props {
		if a.Prop(q.Name) == nil {
			q.Value, q.expr, out.Open = unknown, nil, true
			out.Props = append(out.Props, q)
		}
	}
	return out
}
