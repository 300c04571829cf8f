package flow

import (
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// What calls are given as they are written, beside what the runs showed of it.

// noteWritten notes of every call what its text says that it is given.
func (a *analysis) noteWritten(code *callsite.Code, calls []*callsite.Call) {
	at := map[source.Span]*callsite.Call{}
	for _, c := range calls {
		at[c.Expr] = c
	}
	for _, s := range a.sites {
		c := at[s.expr]
		if c == nil {
			continue
		}
		s.written = code.Options(c)
		if s.api == Authorize {
			s.asked = scopesWritten(code, s.written)
		}
	}
}

// open reports whether calls may be made that no run came by.
func (s *site) open() bool { return !s.reached || s.cut != nil || s.behind }

// askWritten adds the scopes that a call asks for as it is written, where the runs do not show all of them.
func (s *site) askWritten() {
	if !s.open() {
		return
	}
	for _, u := range s.asked {
		s.scopes[u.Name+spanKey(u.At)] = u
	}
}

// scopesWritten are the scopes that an authorization asks for, by what it is given.
func scopesWritten(code *callsite.Code, given []*callsite.Value) []ScopeUse {
	var uses []ScopeUse
	for _, v := range given {
		scope := v.Prop("scope")
		switch {
		case v.Kind == callsite.Unknown:
		case v.Kind != callsite.Object:
			uses = append(uses, ScopeUse{Missing: true})
		case scope == nil && !v.Open:
			uses = append(uses, ScopeUse{At: v.At, Value: v.At, Missing: true})
		case scope != nil:
			for _, each := range code.Each(scope) {
				uses = append(uses, scopesIn(each, scope.Key)...)
			}
		}
	}
	return uses
}

// scopesIn are the scopes in one value of the property at key.
func scopesIn(v *callsite.Value, key source.Span) []ScopeUse {
	switch {
	case v.NeverAssigned || v.Kind == callsite.Unknown:
		return nil
	case v.Kind != callsite.String:
		return []ScopeUse{{At: key, Value: key, NotString: true}}
	}
	var uses []ScopeUse
	parts := strings.Split(v.Str, ",")
	for _, part := range parts {
		uses = append(uses, ScopeUse{Name: strings.TrimSpace(part), At: key, Value: key, Combined: len(parts) > 1})
	}
	return uses
}

// given is what a call is given: what the runs showed, and what its text says besides. Where the runs came by the call
// they know better than the text.
func (a *analysis) given(s *site) []*Value {
	out := slices.Clone(s.shapes)
	for i, v := range out {
		for _, w := range s.written {
			if overlap(v, w) {
				v = s.fill(v, w)
			}
		}
		if !s.reached {
			v = doubtRuns(v, overlapping(v, s.written))
		}
		out[i] = v
	}
	for _, w := range s.written {
		known := slices.ContainsFunc(s.shapes, func(v *Value) bool { return overlap(v, w) })
		if known || !s.open() && len(s.shapes) > 0 && a.ranBy(w.Inside) {
			continue
		}
		out = append(out, fromText(w))
	}
	return out
}

// overlapping are those of the values that are the same object.
func overlapping(v *Value, text []*callsite.Value) []*callsite.Value {
	var out []*callsite.Value
	for _, w := range text {
		if overlap(v, w) {
			out = append(out, w)
		}
	}
	return out
}

// ranBy reports whether the runs came by the functions that a piece of code stands in.
func (a *analysis) ranBy(functions []*script.Func) bool {
	for _, f := range functions {
		if !a.visited[f] {
			return false
		}
	}
	return true
}

// overlap reports whether two values are the same object: written at one place, or with a property that is.
func overlap(v *Value, w *callsite.Value) bool {
	if v.At == w.At || v.Kind != ObjectValue || w.Kind != callsite.Object {
		return v.At == w.At
	}
	if len(w.Props) == 0 {
		return true // what a wrapper makes of an empty object
	}
	for _, p := range w.Props {
		if q := v.Prop(p.Name); q != nil && q.Key == p.Key {
			return true
		}
	}
	return false
}

// fill adds to what the runs showed what only the text tells.
func (s *site) fill(v *Value, w *callsite.Value) *Value {
	if v.Kind != ObjectValue || w.Kind != callsite.Object {
		return v
	}
	out := *v
	out.Props = slices.Clone(v.Props)
	for i, p := range out.Props {
		q := w.Prop(p.Name)
		if q == nil || q.Key != p.Key {
			continue
		}
		out.Props[i].Value = s.fillProp(p.Value, q.Value)
	}
	return &out
}

func (s *site) fillProp(v *Value, w *callsite.Value) *Value {
	switch {
	case v.Kind == ObjectValue:
		return s.fill(v, w)
	case v.Kind != UnknownValue:
		return v
	case w.Kind == callsite.Unknown || len(v.Alts) > 0 || w.NeverAssigned && !s.open():
		filled := *v
		filled.Given = constants(w.Given)
		if len(filled.Alts) == 0 {
			filled.Alts = constants(w.Alts)
		}
		return &filled
	}
	return fromText(w)
}

// doubtRuns takes back what runs of code that nothing runs say of values which may have changed before: what the text leaves
// open, and that a field is never assigned where the text does not tell so.
func doubtRuns(v *Value, text []*callsite.Value) *Value {
	if v.Kind != ObjectValue {
		return v
	}
	out := *v
	out.Props = slices.Clone(v.Props)
	for i, p := range out.Props {
		var same []*callsite.Value
		var given []*Value
		blank, open, changed := false, false, false
		for _, w := range text {
			if q := w.Prop(p.Name); q != nil && q.Key == p.Key {
				same = append(same, q.Value)
				blank = blank || q.Value.NeverAssigned
				open = open || q.Value.Kind == callsite.Unknown
				changed = changed || q.Value.Changed
				given = append(given, constants(q.Value.Given)...)
			}
		}
		if p.Value.NeverAssigned && !blank || open && p.Value.isConstant() {
			p.Value = &Value{At: p.Value.At, Same: p.Value.Same, Given: given}
		}
		if out.Props[i].Value = doubtRuns(p.Value, same); changed {
			out.Props[i].Value = opened(p.Value)
		}
	}
	for _, w := range text {
		out.Open = out.Open || w.Open
	}
	return &out
}

// opened is an object that may have more and other properties by now.
func opened(v *Value) *Value {
	if v.Kind != ObjectValue {
		return v
	}
	out := *v
	out.Open = true
	out.Props = slices.Clone(v.Props)
	for i, p := range out.Props {
		out.Props[i].Value = &Value{At: p.Value.At, Same: p.Value.Same}
	}
	return &out
}

func (v *Value) isConstant() bool { return UnknownValue < v.Kind && v.Kind <= StringValue }

var kindsOfText = map[callsite.Kind]ValueKind{
	callsite.Unknown: UnknownValue, callsite.Undefined: UndefinedValue, callsite.Null: NullValue, callsite.Bool: BoolValue, callsite.Number: NumberValue,
	callsite.String: StringValue, callsite.Object: ObjectValue, callsite.Array: ArrayValue, callsite.Func: FuncValue,
}

// fromText is what is known of a value by its text.
func fromText(w *callsite.Value) *Value {
	v := &Value{
		Kind: kindsOfText[w.Kind], Str: w.Str, Num: w.Num, Bool: w.Bool, At: w.At, Open: w.Open, NeverAssigned: w.NeverAssigned, Field: w.Field,
		Alts: constants(w.Alts), Given: constants(w.Given),
	}
	if w.Same != 0 {
		v.Same = -w.Same // those of runs are positive
	}
	for _, p := range w.Props {
		value := fromText(p.Value)
		if value.At.IsZero() {
			value.At = p.Key
		}
		v.Props = append(v.Props, Prop{Name: p.Name, Key: p.Key, Value: value})
	}
	return v
}

func constants(list []*callsite.Value) []*Value {
	var out []*Value
	for _, w := range list {
		if len(out) < boundOptions.usual() {
			out = append(out, fromText(w))
		}
	}
	return out
}

// disablesOnly reports whether all that a call is given switches the feature off.
func disablesOnly(options []*Value) bool {
	for _, v := range options {
		enable := v.Prop("enable")
		if v.Kind != ObjectValue || enable == nil || enable.Value.Kind != BoolValue || enable.Value.Bool {
			return false
		}
	}
	return len(options) > 0
}
