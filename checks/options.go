package checks

// What the options of the calls may hold, and how a value differs from it.

import (
	"math"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// option is one property that an object of options may have.
type option struct {
	name     string
	kind     flow.ValueKind
	required bool
	// words are the strings that are allowed, and highest the greatest of the integers from 0, when bounded.
	words   []string
	bounded bool
	highest float64
	// elsewhere tells that rules of their own look at the option: openid and nickname.
	elsewhere bool
}

// shape is what an object of options may hold.
type shape []option

// callbacks are what every asynchronous call takes.
var callbacks = shape{
	{name: "success", kind: flow.FuncValue},
	{name: "fail", kind: flow.FuncValue},
	{name: "complete", kind: flow.FuncValue},
}

// The shapes, from the pages of the two calls.
var (
	enableShape = append(shape{
		{name: "enable", kind: flow.BoolValue, required: true},
		{name: "backgroundType", kind: flow.NumberValue, bounded: true, highest: 5},
		{name: "minWindowType", kind: flow.NumberValue},
	}, callbacks...)

	joinShape = append(shape{
		{name: "caller", kind: flow.ObjectValue, required: true},
		{name: "listener", kind: flow.ObjectValue, required: true},
		{name: "roomType", kind: flow.StringValue, words: []string{"video", "voice"}},
		{name: "backgroundType", kind: flow.NumberValue, bounded: true, highest: 5},
		{name: "minWindowType", kind: flow.NumberValue},
		{name: "disableSwitchVoice", kind: flow.BoolValue},
	}, callbacks...)

	userShape = shape{
		{name: "nickname", kind: flow.StringValue, required: true, elsewhere: true},
		{name: "openid", kind: flow.StringValue, required: true, elsewhere: true},
		{name: "headImage", kind: flow.StringValue},
	}
)

// synonyms are names that people write for an option, spelt bare.
var synonyms = map[string]string{
	"openid": "openid", "open": "openid", "wxopenid": "openid", "useropenid": "openid",
	"nickname": "nickname", "nick": "nickname", "name": "nickname", "username": "nickname",
	"avatar": "headImage", "avatarurl": "headImage", "avatarimg": "headImage", "headimg": "headImage", "headimgurl": "headImage",
	"headimageurl": "headImage", "headurl": "headImage", "headpic": "headImage", "head": "headImage", "headicon": "headImage",
	"image": "headImage", "img": "headImage", "icon": "headImage", "photo": "headImage", "portrait": "headImage", "face": "headImage",
	"callee": "listener", "called": "listener", "receiver": "listener", "answerer": "listener", "target": "listener", "to": "listener",
	"from": "caller", "call": "caller", "calling": "caller",
	"enable": "enable", "enabled": "enable", "isenable": "enable", "isenabled": "enable", "on": "enable", "open1v1chat": "enable",
	"type": "roomType", "calltype": "roomType", "mode": "roomType", "mediatype": "roomType", "background": "backgroundType",
}

// fault is one difference between an object and its shape.
type fault struct {
	reason string // missing, type, value, unknown
	// option is the option concerned: for unknown the one that was meant, nil when that cannot be told.
	option *option
	// prop is the property written; nil for missing.
	prop *flow.Prop
	at   source.Span
	// replaces tells of an unknown property that it stands for a required option that is absent.
	replaces bool
	// instead is what the call is given where the object belongs: all that is missing from it is one problem.
	instead *flow.Value
}

func (s shape) option(name string) *option {
	for i := range s {
		if s[i].name == name {
			return &s[i]
		}
	}
	return nil
}

// names lists the options' names without callbacks, which nobody has to be told.
func (s shape) names() []string {
	var names []string
	for _, o := range s {
		if o.kind != flow.FuncValue {
			names = append(names, o.name)
		}
	}
	return names
}

// meant returns the option that an unknown name was meant to be, or nil.
func (s shape) meant(name string) *option {
	if o := s.option(synonyms[bare(name)]); o != nil {
		return o
	}
	names := make([]string, len(s))
	for i, o := range s {
		names[i] = o.name
	}
	// Short names are near to everything: of three letters one may differ.
	return s.option(nearest(name, names, min(2, len(name)/3)))
}

// standIns tells for each required option that is absent which unknown property stands for it.
func (s shape) standIns(v *flow.Value) map[string]*flow.Prop {
	found := map[string]*flow.Prop{}
	for i := range s {
		o := &s[i]
		if !o.required || v.Prop(o.name) != nil {
			continue
		}
		best := 3
		for j := range v.Props {
			prop := &v.Props[j]
			if s.option(prop.Name) != nil {
				continue
			}
			d := distance(prop.Name, o.name)
			if synonym, ok := synonyms[bare(prop.Name)]; ok {
				if synonym != o.name {
					continue
				}
				d = 0
			}
			if d < best {
				best, found[o.name] = d, prop
			}
		}
	}
	return found
}

// faults compares an object with the shape. What an open object may hold besides cannot be
// seen, so that nothing is missing from it.
func (s shape) faults(v *flow.Value) []fault {
	if v == nil || v.Kind != flow.ObjectValue {
		return nil
	}
	var faults []fault
	standIns := s.standIns(v)
	replaced := map[*flow.Prop]*option{}
	for i := range s {
		o := &s[i]
		stand := standIns[o.name]
		if stand != nil && (replaced[stand] == nil) {
			replaced[stand] = o
		}
		if o.elsewhere {
			continue
		}
		if prop := v.Prop(o.name); prop != nil {
			if reason := o.refuses(prop.Value); reason != "" {
				faults = append(faults, fault{reason: reason, option: o, prop: prop, at: prop.Key})
			}
		} else if o.required && stand == nil && !v.Open {
			faults = append(faults, fault{reason: "missing", option: o, at: v.At})
		}
	}
	for i := range v.Props {
		prop := &v.Props[i]
		if s.option(prop.Name) != nil {
			continue
		}
		if o := replaced[prop]; o != nil {
			// What is spread into the object may hold the right name.
			if !v.Open && !o.elsewhere {
				faults = append(faults, fault{reason: "unknown", option: o, prop: prop, at: prop.Key, replaces: true})
			}
			continue
		}
		faults = append(faults, fault{reason: "unknown", option: s.meant(prop.Name), prop: prop, at: prop.Key})
	}
	return faults
}

// argument is what a call is made with.
type argument struct {
	// options is the object of options; an empty one, where the call is, if there is none.
	options *flow.Value
	// instead is what the call is always given where the object belongs.
	instead *flow.Value
}

// optionObjects returns what a call is made with. One that is undefined in some run and an object in another is filled by
// something that the runs do not show in order.
func optionObjects(call *flow.Call) []argument {
	var objects []argument
	var other *flow.Value
	unknown := false
	for _, v := range call.Options {
		switch v.Kind {
		case flow.ObjectValue:
			objects = append(objects, argument{options: v})
		case flow.UnknownValue:
			unknown = true
		default:
			other = v
		}
	}
	if len(objects) > 0 || unknown || other == nil {
		return objects
	}
	empty := &flow.Value{Kind: flow.ObjectValue, At: other.At}
	if empty.At.IsZero() {
		empty.At = call.Name
	}
	return []argument{{empty, other}}
}

// argumentFaults compares what a call is made with with the shape.
func (s shape) argumentFaults(a argument) []fault {
	if a.instead == nil {
		return s.faults(a.options)
	}
	for i := range s {
		if s[i].required {
			return []fault{{reason: "missing", option: &s[i], at: a.options.At, instead: a.instead}}
		}
	}
	return nil
}

// required lists the names of the options that have to be given.
func (s shape) required() []string {
	var names []string
	for _, o := range s {
		if o.required {
			names = append(names, o.name)
		}
	}
	return names
}

// refuses returns the reason for which an option cannot have a value, or "".
func (o *option) refuses(v *flow.Value) string {
	if v == nil {
		return ""
	}
	switch {
	case v.Kind == flow.UnknownValue:
		if alt := o.refused(v); alt != v {
			return o.refuses(alt)
		}
		return ""
	case v.Kind == flow.UndefinedValue:
		if o.required {
			return "missing"
		}
		return ""
	case v.Kind == flow.NullValue && !o.required:
		return ""
	case v.Kind != o.kind:
		return "type"
	case o.bounded && (v.Num < 0 || v.Num > o.highest || v.Num != math.Trunc(v.Num)):
		return "value"
	case len(o.words) > 0:
		for _, w := range o.words {
			if v.Str == w {
				return ""
			}
		}
		return "value"
	}
	return ""
}

// refused is the value that an option cannot have: of an unknown one, the first of those that it is in some run. A run that
// is given a value which is not allowed fails, whatever the others are given. A blank, and nothing of another type, may
// only be what the field holds before it is assigned.
func (o *option) refused(v *flow.Value) *flow.Value {
	if v.Kind != flow.UnknownValue {
		return v
	}
	for _, alt := range v.Alts {
		blank := alt.Kind == flow.StringValue && alt.Str == ""
		if alt.Kind != o.kind {
			blank = alt.Num == 0 && !alt.Bool && strings.TrimSpace(alt.Str) == ""
		}
		if !blank && o.refuses(alt) != "" {
			return alt
		}
	}
	return v
}

// allowed says what an option takes.
func (o *option) allowed() lang.Text {
	switch {
	case len(o.words) > 0:
		return lang.T("'"+strings.Join(o.words, "' or '")+"'", " '"+strings.Join(o.words, "' 或 '")+"'")
	case o.bounded:
		return lang.F(lang.T("a whole number from 0 to %[1]v", " 0 到 %[1]v 的整数"), o.highest)
	}
	return kindName(o.kind)
}

// kindName names a type as the documentation of the platform does.
func kindName(k flow.ValueKind) lang.Text {
	switch k {
	case flow.BoolValue:
		return lang.T("a Boolean", "布尔值")
	case flow.NumberValue:
		return lang.T("a Number", "数字")
	case flow.StringValue:
		return lang.T("a String", "字符串")
	case flow.ObjectValue:
		return lang.T("an Object", "对象")
	case flow.ArrayValue:
		return lang.T("an Array", "数组")
	case flow.FuncValue:
		return lang.T("a Function", "函数")
	case flow.NullValue:
		return same("null")
	case flow.UndefinedValue:
		return same("undefined")
	}
	return lang.T("something else", "其他值")
}

// show says what a value is: a constant as it is written, anything else by its type.
func show(v *flow.Value) lang.Text {
	switch v.Kind {
	case flow.BoolValue:
		return lang.F(lang.T("%t", "%t"), v.Bool)
	case flow.NumberValue:
		return lang.F(lang.T("%v", "%v"), v.Num)
	case flow.StringValue:
		return lang.F(lang.T("'%s'", "'%s'"), short(v.Str))
	}
	return kindName(v.Kind)
}

// message says what is wrong with an option of what, the call or its caller or listener.
func (f *fault) message(s shape, what lang.Text) lang.Text {
	if f.instead != nil {
		needs := and(s.required())
		if f.instead.Kind == flow.UndefinedValue {
			return lang.F(lang.T(
				"%[1]s is called without options, but it needs an object with %[2]s.",
				"%[1]s 没有传入参数：应传入对象，其中必须有 %[2]s。"), what, needs)
		}
		return lang.F(lang.T(
			"%[1]s is called with %[3]s, but it needs an object with %[2]s.",
			"%[1]s 传入的是 %[3]s：应传入对象，其中必须有 %[2]s。"), what, needs, show(f.instead))
	}
	switch f.reason {
	case "missing":
		return lang.F(lang.T(
			"%[2]s of %[1]s is missing. It is required and must be %[3]s.",
			"%[1]s 缺少 %[2]s：这是必填项，应为%[3]s。"), what, f.option.name, f.option.allowed())
	case "type", "value":
		return lang.F(lang.T(
			"%[2]s of %[1]s is %[4]s, but it must be %[3]s.",
			"%[1]s 的 %[2]s 是 %[4]s，应为%[3]s。"), what, f.option.name, f.option.allowed(), show(f.option.refused(f.prop.Value)))
	}
	switch {
	case f.replaces:
		return lang.F(lang.T(
			"%[1]s has no property %[2]s, and the required %[3]s is missing. Did you mean %[3]s?",
			"%[1]s 没有 %[2]s 这个属性，又缺少必填的 %[3]s。是否应为 %[3]s？"), what, short(f.prop.Name), f.option.name)
	case f.option != nil:
		return lang.F(lang.T(
			"%[1]s has no property %[2]s, so it has no effect. Did you mean %[3]s?",
			"%[1]s 没有 %[2]s 这个属性，写了也不起作用。是否应为 %[3]s？"), what, short(f.prop.Name), f.option.name)
	}
	return lang.F(lang.T(
		"%[1]s has no property %[2]s, so it has no effect. Its properties are %[3]s.",
		"%[1]s 没有 %[2]s 这个属性，写了也不起作用。可用的属性有 %[3]s。"), what, short(f.prop.Name), and(s.names()))
}

// part is what is missing, so that two things missing from one object are two problems.
func (f *fault) part() string {
	if f.reason != "missing" || f.option == nil {
		return ""
	}
	return f.option.name
}

// fix renames an unknown property to the one that was meant, where that is free.
func (f *fault) fix(in *flow.Value, call *flow.Call) *Fix {
	if f.reason != "unknown" || f.option == nil || in.Prop(f.option.name) != nil {
		return nil
	}
	// mode: 'normal' is no roomType, however near the names are.
	if f.option.refuses(f.prop.Value) != "" {
		return nil
	}
	return renameFix(f.prop, f.option.name, call)
}
