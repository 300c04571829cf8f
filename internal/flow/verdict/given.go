package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/flow/platform"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What calls are given: what the runs showed, and what their text says besides. Where the runs came by a call they know better than the
// text.

// mostConstants is how many constants are told that a value may be, mostShapes how many objects that a call may be given.
const (
	mostConstants = 8
	mostShapes    = 50
)

// given is what a call is given. open tells that calls may be made that no run came by.
func (w *written) given(shown []*flow.Value, open bool) []*flow.Value {
	out := shapes(shown)
	for i, v := range out {
		for _, t := range w.options {
			if overlap(v, t) {
				v = w.fill(v, t, open, required[w.call.API])
			}
		}
		out[i] = v
	}
	for _, t := range w.options {
		known := slices.ContainsFunc(out, func(v *flow.Value) bool { return overlap(v, t) })
		if known || !open && len(shown) > 0 {
			continue
		}
		out = append(out, fromText(t))
	}
	return out
}

// shapes are the options that runs showed, one for each place where such an object is written.
func shapes(shown []*flow.Value) []*flow.Value {
	var out []*flow.Value
next:
	for _, v := range shown {
		for i, old := range out {
			if old.At == v.At {
				out[i] = merge(old, v)
				keepSame(out[i], old, v)
				continue next
			}
		}
		if len(out) < mostShapes {
			out = append(out, v)
		}
	}
	return out
}

// overlap reports whether two values are the same object: written at one place, or with a property that is.
func overlap(v *flow.Value, t *callsite.Value) bool {
	if v.At == t.At || v.Kind != flow.ObjectValue || t.Kind != callsite.Object {
		return v.At == t.At
	}
	if len(t.Props) == 0 {
		return true // what a wrapper makes of an empty object
	}
	for _, p := range t.Props {
		if q := v.Prop(p.Name); q != nil && q.Key == p.Key {
			return true
		}
	}
	return false
}

// fill adds to what the runs showed what only the text tells.
func (w *written) fill(v *flow.Value, t *callsite.Value, open bool, names []string) *flow.Value {
	switch {
	case v.Kind != flow.ObjectValue:
		return v
	case t.Kind != callsite.Object:
		return w.unassigned(v, open)
	}
	out := *v
	out.Props = slices.Clone(v.Props)
	if out.Open = v.Open || t.Open; out.Open && !v.Open && !open && !w.notRun.any {
		// What else it may have is written by code that no run came by.
		out.Open = false
		for _, name := range names {
			if v.Prop(name) == nil && w.notRun.writes(name) {
				out.Props = append(out.Props, flow.Prop{Name: name, Key: v.At, Value: &flow.Value{At: v.At}})
			}
		}
	}
	for i, p := range out.Props {
		q := t.Prop(p.Name)
		if q == nil && t.Open && blank(p.Value) {
			out.Props[i].Value = &flow.Value{At: p.Value.At} // code that is not followed may fill it
		}
		if q == nil || q.Key != p.Key && p.Key != v.At {
			continue
		}
		out.Props[i].Key = q.Key
		if p.Value.Kind != flow.UnknownValue && (p.Value.At == p.Key || p.Value.At.IsZero()) {
			at := *p.Value
			if at.At = q.Value.At; at.At.IsZero() {
				at.At = q.Key
			}
			p.Value = &at
		}
		out.Props[i].Value = w.fillProp(p.Value, q, open)
	}
	return &out
}

// unassigned says of the properties of an object that begin blank and that nothing assigns that they are so.
func (w *written) unassigned(v *flow.Value, open bool) *flow.Value {
	out := *v
	out.Props = slices.Clone(v.Props)
	for i, p := range out.Props {
		if p.Value.Kind == flow.ObjectValue {
			out.Props[i].Value = w.unassigned(p.Value, open)
		} else if is := w.neverAssigned(p.Value, p.Key, open); is != nil {
			out.Props[i].Value = is
		}
	}
	return &out
}

// neverAssigned is a blank text as one that stays so, since nothing assigns the field that the property at a key is given; nil where something may.
func (w *written) neverAssigned(v *flow.Value, key source.Span, open bool) *flow.Value {
	if v.Kind != flow.StringValue || !blank(v) || open {
		return nil
	}
	field := w.fieldAt(key)
	if field == "" || w.notRun.writes(field) {
		return nil
	}
	out := *v
	out.NeverAssigned, out.Field = true, field
	return &out
}

func (w *written) fillProp(v *flow.Value, q *callsite.Prop, open bool) *flow.Value {
	t := q.Value
	switch {
	case v.Kind == flow.ObjectValue:
		return w.fill(v, t, open, requiredIn[q.Name])
	case t.NeverAssigned && blank(v):
		out := *v
		out.NeverAssigned, out.Field = true, t.Field
		return &out
	case blank(v) && t.Kind == callsite.Unknown:
		if is := w.neverAssigned(v, q.Key, open); is != nil {
			return is
		}
		// What it begins with. Code that is not followed may fill it.
		return &flow.Value{At: v.At, Same: -t.Same, Alts: constants(t.Alts), Given: constants(t.Given)}
	case v.Kind != flow.UnknownValue:
		return v
	case w.outside(v.Same):
		out := fromText(t)
		if out.Kind == flow.UnknownValue && out.Same == 0 {
			out.Same = v.Same
		}
		out.At = v.At
		return out
	case t.Kind == callsite.Unknown || len(v.Alts) > 0 || t.NeverAssigned && !open:
		filled := *v
		filled.Given = constants(t.Given)
		if len(filled.Alts) == 0 {
			filled.Alts = constants(t.Alts)
		}
		return &filled
	}
	return fromText(t)
}

// required are the properties without which calls cannot do, requiredIn those of their properties.
var (
	required   = map[flow.API][]string{flow.SetEnable: {"enable"}, flow.Join: {"caller", "listener"}}
	requiredIn = map[string][]string{"caller": {"openid", "nickname"}, "listener": {"openid", "nickname"}}
)

// blank tells of what a field begins with that is to be filled.
func blank(v *flow.Value) bool {
	return v.Kind == flow.UndefinedValue || v.Kind == flow.NullValue || v.Kind == flow.StringValue && v.Str == ""
}

var kindsOfText = map[callsite.Kind]flow.ValueKind{
	callsite.Unknown: flow.UnknownValue, callsite.Undefined: flow.UndefinedValue, callsite.Null: flow.NullValue, callsite.Bool: flow.BoolValue,
	callsite.Number: flow.NumberValue, callsite.String: flow.StringValue, callsite.Object: flow.ObjectValue, callsite.Array: flow.ArrayValue, callsite.Func: flow.FuncValue,
}

// fromText is what is known of a value by its text.
func fromText(t *callsite.Value) *flow.Value {
	v := &flow.Value{
		Kind: kindsOfText[t.Kind], Str: t.Str, Num: t.Num, Bool: t.Bool, At: t.At, Open: t.Open, NeverAssigned: t.NeverAssigned, Field: t.Field,
		Alts: constants(t.Alts), Given: constants(t.Given),
	}
	if t.Same != 0 {
		v.Same = -t.Same // those of runs are positive
	}
	for _, p := range t.Props {
		x := fromText(p.Value)
		if x.At.IsZero() {
			x.At = p.Key
		}
		v.Props = append(v.Props, flow.Prop{Name: p.Name, Key: p.Key, Value: x})
	}
	return v
}

func constants(list []*callsite.Value) []*flow.Value {
	var out []*flow.Value
	for _, t := range list {
		if len(out) < mostConstants {
			out = append(out, fromText(t))
		}
	}
	return out
}

// merge is what is known of a value that is a in one run and b in another.
func merge(a, b *flow.Value) *flow.Value {
	same := a.Kind == b.Kind
	switch a.Kind {
	case flow.BoolValue:
		same = same && a.Bool == b.Bool
	case flow.NumberValue:
		same = same && (a.Num == b.Num || a.Num != a.Num && b.Num != b.Num)
	case flow.StringValue:
		same = same && a.Str == b.Str
	case flow.UnknownValue:
		same = same && a.Same == b.Same
	case flow.ObjectValue:
		if same {
			return mergeObjects(a, b)
		}
	}
	if !same {
		return unsure(a, b)
	}
	out := *a
	out.NeverAssigned = a.NeverAssigned && b.NeverAssigned
	return &out
}

func unsure(a, b *flow.Value) *flow.Value {
	out := &flow.Value{At: a.At}
	for _, v := range []*flow.Value{a, b} {
		alts := v.Alts
		if v.Kind != flow.UnknownValue && v.Kind != flow.ObjectValue {
			alts = []*flow.Value{v}
		}
		for _, alt := range alts {
			known := slices.ContainsFunc(out.Alts, func(o *flow.Value) bool {
				return o.Kind == alt.Kind && o.Str == alt.Str && o.Num == alt.Num && o.Bool == alt.Bool
			})
			if !known && len(out.Alts) < mostConstants {
				out.Alts = append(out.Alts, alt)
			}
		}
	}
	return out
}

func mergeObjects(a, b *flow.Value) *flow.Value {
	out := &flow.Value{Kind: flow.ObjectValue, At: a.At, Open: a.Open || b.Open || a.At != b.At}
	for _, p := range a.Props {
		if q := b.Prop(p.Name); q != nil {
			p.Value = merge(p.Value, q.Value)
		} else {
			p.Value, out.Open = unsure(p.Value, p.Value), true // whether it is missing depends on the path
		}
		out.Props = append(out.Props, p)
	}
	for _, q := range b.Props {
		if a.Prop(q.Name) == nil {
			q.Value, out.Open = unsure(q.Value, q.Value), true
			out.Props = append(out.Props, q)
		}
	}
	return out
}

// keepSame keeps the identities of two unknown values where they are the same in both runs.
func keepSame(out, a, b *flow.Value) {
	pairs := map[int]int{}
	var walk func(o, x, y *flow.Value)
	walk = func(o, x, y *flow.Value) {
		if o.Kind == flow.UnknownValue && x.Kind == flow.UnknownValue && y.Kind == flow.UnknownValue && x.Same != 0 && y.Same != 0 {
			if first, ok := pairs[x.Same]; !ok {
				pairs[x.Same] = y.Same
				o.Same = x.Same
			} else if first == y.Same {
				o.Same = x.Same
			}
			return
		}
		for i := range o.Props {
			p, q := x.Prop(o.Props[i].Name), y.Prop(o.Props[i].Name)
			if p != nil && q != nil {
				walk(o.Props[i].Value, p.Value, q.Value)
			}
		}
	}
	walk(out, a, b)
}

// scopesIn are the scopes that options ask for, as far as they are known.
func scopesIn(options *flow.Value) []flow.ScopeUse {
	scope := options.Prop("scope")
	switch {
	case options.Kind == flow.UnknownValue:
		return nil
	case options.Kind != flow.ObjectValue:
		return []flow.ScopeUse{{Missing: true}}
	case scope == nil && options.Open:
		return nil
	case scope == nil:
		return []flow.ScopeUse{{At: options.At, Value: options.At, Missing: true}}
	}
	return platform.ScopesIn(scope.Value, scope.Key)
}

// shown are the scopes that runs showed to be asked for: what they were given, and what the text leaves open where it is blank.
func (w *written) shown(given []*flow.Value) []flow.ScopeUse {
	var out []flow.ScopeUse
	for _, v := range given {
		for _, t := range w.options {
			if overlap(v, t) {
				v = w.fill(v, t, false, nil)
			}
		}
		out = append(out, scopesIn(v)...)
	}
	return out
}

// scopes are the scopes that an authorization asks for by its text.
func (w *written) scopes(code *callsite.Code) []flow.ScopeUse {
	var out []flow.ScopeUse
	for _, v := range w.options {
		scope := v.Prop("scope")
		switch {
		case v.Kind == callsite.Unknown:
		case v.Kind != callsite.Object:
			out = append(out, flow.ScopeUse{Missing: true})
		case scope == nil && !v.Open:
			out = append(out, flow.ScopeUse{At: v.At, Value: v.At, Missing: true})
		case scope != nil:
			for _, each := range code.Each(scope) {
				out = append(out, platform.ScopesIn(fromText(each), scope.Key)...)
			}
		}
	}
	return out
}

// placed puts what has no place of its own where the call is.
func placed(u flow.ScopeUse, call source.Span) flow.ScopeUse {
	if u.At.IsZero() {
		u.At, u.Value = call, call
	}
	return u
}

// disablesOnly reports whether all that a call is given switches the feature off.
func disablesOnly(options []*flow.Value) bool {
	for _, v := range options {
		enable := v.Prop("enable")
		if v.Kind != flow.ObjectValue || enable == nil || enable.Value.Kind != flow.BoolValue || enable.Value.Bool {
			return false
		}
	}
	return len(options) > 0
}
