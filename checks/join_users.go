package checks

// The two users of a call, caller and listener, as the rules about them see them.

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// user is one side of a call in one object of options.
type user struct {
	call *flow.Call
	// side is "caller" or "listener".
	side string
	// value is the side's object.
	value *flow.Value
}

// property is one property of a user as it is written: under its name, under a wrong one, or not at all.
type property struct {
	// prop is the property of the right name; standIn one that stands for it. Both nil: it is missing.
	prop, standIn *flow.Prop
	// hidden tells that the property may come from where it cannot be seen.
	hidden bool
}

// users calls do for every pair of users that a join is made with; a side that is no known object is nil.
func (p *Pass) users(do func(caller, listener *user)) {
	for _, call := range p.calls(flow.Join) {
		for _, v := range call.Options {
			if v.Kind != flow.ObjectValue {
				continue
			}
			standIns := joinShape.standIns(v)
			do(side(call, v, "caller", standIns), side(call, v, "listener", standIns))
		}
	}
}

func side(call *flow.Call, options *flow.Value, name string, standIns map[string]*flow.Prop) *user {
	prop := options.Prop(name)
	if prop == nil && !options.Open {
		prop = standIns[name]
	}
	if prop == nil || prop.Value == nil || prop.Value.Kind != flow.ObjectValue {
		return nil
	}
	return &user{call: call, side: name, value: prop.Value}
}

// each calls do for both sides of every join.
func (p *Pass) eachUser(do func(*user)) {
	p.users(func(caller, listener *user) {
		for _, u := range []*user{caller, listener} {
			if u != nil {
				do(u)
			}
		}
	})
}

// property looks for a required property of a user.
func (u *user) property(name string) property {
	if prop := u.value.Prop(name); prop != nil {
		return property{prop: prop}
	}
	if u.value.Open {
		return property{hidden: true}
	}
	return property{standIn: userShape.standIns(u.value)[name]}
}

// absent reports a required property that is missing or misspelt, and whether it did.
func (p *Pass) absent(u *user, name string, found property) bool {
	switch {
	case found.hidden:
		return true
	case found.prop != nil:
		return false
	case found.standIn != nil:
		p.Report(Finding{
			At: found.standIn.Key, Reason: "misspelt", Fix: renameFix(found.standIn, name, u.call),
			Message: lang.F(lang.T(
				"%[1]s has %[2]s, but join1v1Chat expects %[3]s, so the value is ignored.",
				"%[1]s 写的是 %[2]s，而 join1v1Chat 要求的是 %[3]s，这个值不会生效。"), u.side, short(found.standIn.Name), name),
			Advice: lang.F(lang.T("Rename it to %s.", "请改为 %s。"), name),
		})
	default:
		at, lacks := u.value.At, name
		if at.IsZero() {
			at, lacks = u.call.Name, u.side+name
		}
		p.Report(Finding{
			At: at, Reason: "missing", about: subject{part: lacks},
			Message: lang.F(lang.T(
				"%[1]s has no %[2]s, which join1v1Chat requires for both sides.",
				"%[1]s 缺少 %[2]s：join1v1Chat 要求双方都必须填写。"), u.side, name),
		})
	}
	return true
}

// written is the note that leads to where a value is written, when that is not at its key.
func written(prop *flow.Prop) []Note { return writtenAt(prop.Key, prop.Value) }

// writtenAt is the note that leads from a key to where its value is written.
func writtenAt(key source.Span, v *flow.Value) []Note {
	if v.At.IsZero() || v.At.File == key.File && v.At.From().Line == key.From().Line {
		return nil
	}
	return []Note{{At: v.At, Message: lang.F(lang.T("%s is written here", "%s 写在这里"), show(v))}}
}

// empty tells of null, undefined and text in which nothing can be seen.
func empty(v *flow.Value) bool {
	return v.Kind == flow.NullValue || v.Kind == flow.UndefinedValue || v.Kind == flow.StringValue && blank(v.Str)
}

// asWritten is an empty value as the code has it, with its blanks.
func asWritten(v *flow.Value) lang.Text {
	if v.Kind == flow.StringValue && len(v.Str) <= mostBlanks {
		return same("'" + v.Str + "'")
	}
	return show(v)
}

// mostBlanks is how many bytes of blanks are shown.
const mostBlanks = 12

// unassigned is what is said of a field that nothing ever gives a value.
func unassigned(u *user, name string, v *flow.Value) lang.Text {
	field := same(short(v.Field))
	if v.Field == "" {
		field = lang.T("its field", "对应的字段")
	}
	return lang.F(lang.T(
		"%[2]s of %[1]s is never assigned: %[3]s starts empty, and nothing in the project gives it a value.",
		"%[1]s 的 %[2]s 从未赋值：%[3]s 初始为空，项目里没有任何地方给它赋值。"), u.side, name, field)
}
