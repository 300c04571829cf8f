package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinNickname = &Rule{
	ID: "join-nickname", Severity: Error, Step: StepJoin, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("nickname is missing", "缺少 nickname")},
		{"misspelt", lang.T("the property name is misspelt", "属性名拼写不正确")},
		{"empty", lang.T("nickname is empty", "nickname 为空")},
		{"type", lang.T("nickname is not a string", "nickname 不是字符串")},
		{"never-assigned", lang.T("the field that holds the nickname is never assigned", "nickname 对应的字段从未赋值")},
	},
	Title: lang.T("Pass a nickname for both sides", "双方都要传入 nickname"),
	Text: lang.T(
		"`nickname` is a required String for caller and listener and is shown during the call. Any text will do, but the property must be present and spelt `nickname`, in lower case.",
		"caller 和 listener 的 `nickname` 都是必填的字符串，会显示在通话界面上。内容不限，但必须传入，而且属性名是全小写的 `nickname`。"),
	Example: ExampleCall,
	Bad: `wx.join1v1Chat({
  caller: { nickName: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  fail: console.error
})`,
	Good: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  fail: console.error
})`,
	Fix:     lang.T("Pass a nickname that is not empty for both sides.", "请为双方传入非空的 nickname。"),
	RunTime: lang.T("The platform rejects the parameters, or the call shows no name. No error code of its own is documented.", "平台不接受参数，或通话界面不显示昵称，文档没有列出专门的错误码。"),
	Sources: []Source{docJoin, typings, inGuide("code 4")},
	Fixable: true,
	Run:     func(p *Pass) { p.eachUser(p.reportNickname) },
}

func (p *Pass) reportNickname(u *user) {
	found := u.property("nickname")
	if p.absent(u, "nickname", found) || found.prop.Value == nil {
		return
	}
	prop := found.prop
	v := prop.Value
	f := Finding{At: prop.Key, Trace: written(prop)}
	switch {
	case v.NeverAssigned && (v.Kind == flow.UnknownValue || empty(v)):
		f.Reason, f.Message = "never-assigned", unassigned(u, "nickname", v)
	case v.Kind == flow.UnknownValue:
		return
	case empty(v):
		f.Reason = "empty"
		f.Message = lang.F(lang.T(
			"nickname of %[1]s is empty (%[2]s), but it is required and shown during the call.",
			"%[1]s 的 nickname 为空（%[2]s）：这是必填项，会显示在通话界面上。"), u.side, asWritten(v))
	case v.Kind != flow.StringValue:
		f.Reason = "type"
		f.Message = lang.F(lang.T(
			"nickname of %[1]s is %[2]s, but it must be a String.", "%[1]s 的 nickname 是 %[2]s，应为字符串。"), u.side, show(v))
	default:
		return
	}
	p.Report(f)
}
