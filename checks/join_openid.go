package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinOpenid = &Rule{
	ID: "join-openid", Severity: Error, Step: StepJoin, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("openid is missing", "缺少 openid")},
		{"misspelt", lang.T("the property name is misspelt", "属性名拼写不正确")},
		{"empty", lang.T("openid is empty", "openid 为空")},
		{"type", lang.T("openid is not a string", "openid 不是字符串")},
		{"placeholder", lang.T("openid is a placeholder", "openid 是占位文字")},
		{"never-assigned", lang.T("the field that holds the openid is never assigned", "openid 对应的字段从未赋值")},
		{"same", lang.T("both sides have the same openid", "双方的 openid 相同")},
	},
	Title: lang.T("Pass each user's own openid", "双方传入各自的 openid"),
	Text: lang.T(
		"`caller.openid` and `listener.openid` are required Strings: the users' openids within this mini-program, which the server obtains with `code2Session`. Each has 28 characters, and the property name is all lower case. With `openId`, an empty string or a sample value the call reaches nobody, and users cannot call themselves.",
		"`caller.openid` 和 `listener.openid` 是必填的字符串，必须是用户在本小程序内的 openid（由服务端通过 `code2Session` 取得，28 个字符），属性名全小写。写成 `openId`、留空或使用示例值都无法接通，用户也不能呼叫自己。"),
	Example: ExampleCall,
	Bad: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openId: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  fail: console.error
})`,
	Good: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  fail: console.error
})`,
	Fix:     lang.T("Pass the user's openid within this mini-program, as openid. The server obtains it at login; it has 28 characters.", "请传入该用户在本小程序内的 openid（28 个字符，由服务端在登录时取得），属性名写作 openid。"),
	RunTime: lang.T("The caller is told that the other side is not in the mini-program (对方不在小程序内). No error code of its own is documented.", "呼叫方看到「对方不在小程序内」，文档没有列出专门的错误码。"),
	Sources: []Source{docJoin, typings, communityOpenid, inGuide("code 4")},
	Fixable: true,
	Run:     runJoinOpenid,
}

func runJoinOpenid(p *Pass) {
	p.users(func(caller, listener *user) {
		sound := 0
		for _, u := range []*user{caller, listener} {
			if u != nil && !p.reportOpenid(u) {
				sound++
			}
		}
		if sound == 2 {
			p.reportSameOpenid(caller, listener)
		}
	})
}

// reportOpenid looks at the openid of one side and tells whether it found something wrong, or nothing to look at.
func (p *Pass) reportOpenid(u *user) bool {
	found := u.property("openid")
	if p.absent(u, "openid", found) {
		return true
	}
	prop := found.prop
	v := prop.Value
	if v == nil {
		return false
	}
	f := Finding{At: prop.Key, Trace: written(prop)}
	switch {
	case v.NeverAssigned && (v.Kind == flow.UnknownValue || empty(v)):
		f.Reason, f.Message = "never-assigned", unassigned(u, "openid", v)
	case v.Kind == flow.UnknownValue:
		return false
	case empty(v):
		f.Reason = "empty"
		f.Message = lang.F(lang.T(
			"openid of %[1]s is empty (%[2]s).",
			"%[1]s 的 openid 为空（%[2]s）。"), u.side, asWritten(v))
	case v.Kind != flow.StringValue:
		f.Reason = "type"
		f.Message = lang.F(lang.T(
			"openid of %[1]s is %[2]s, but it must be a String.",
			"%[1]s 的 openid 是 %[2]s，应为字符串。"), u.side, show(v))
	case !looksReal(v.Str):
		f.Reason = "placeholder"
		f.Message = lang.F(lang.T(
			"openid of %[1]s is '%[2]s', a placeholder that nothing replaces.",
			"%[1]s 的 openid 是 '%[2]s'，这只是占位文字，没有任何地方替换它。"), u.side, short(v.Str))
	default:
		return false
	}
	p.Report(f)
	return true
}

func (p *Pass) reportSameOpenid(caller, listener *user) {
	a, b := caller.value.Prop("openid"), listener.value.Prop("openid")
	if a == nil || b == nil || a.Value == nil || b.Value == nil {
		return
	}
	equal := a.Value.Same != 0 && a.Value.Same == b.Value.Same ||
		a.Value.Kind == flow.StringValue && b.Value.Kind == flow.StringValue && a.Value.Str == b.Value.Str
	if !equal {
		return
	}
	p.Report(Finding{
		At: b.Key, Reason: "same",
		Trace: []Note{{At: a.Key, Message: lang.T("the caller's openid", "呼叫方的 openid")}},
		Message: lang.T(
			"listener and caller have the same openid, but the two sides of a call are two users.",
			"listener 和 caller 的 openid 相同，而通话双方应该是两个用户。"), Advice: lang.T(
			"Pass the other user's openid.",
			"请传入对方的 openid。"),
	})
}
