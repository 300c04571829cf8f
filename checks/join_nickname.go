package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinNickname = &Rule{
	ID: "join-nickname", Severity: Error, Step: StepJoin, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("there is no nickname", "没有写 nickname")},
		{"misspelt", lang.T("the property is spelt otherwise", "属性名拼写不对")},
		{"empty", lang.T("the nickname is empty", "nickname 为空")},
		{"type", lang.T("the nickname is no string", "nickname 不是字符串")},
		{"never-assigned", lang.T("the nickname's field is never assigned", "nickname 对应的字段从未赋值")},
	},
	Title: lang.T("Both sides have a nickname", "双方都有 nickname"),
	Text: lang.T(
		"`nickname` is a required String for caller and listener; it is shown in the call. Any text will do, but it has to be there and be spelt `nickname`, in lower case.",
		"caller 和 listener 的 `nickname` 都是必填字符串，会显示在通话界面上。内容可以任意，但必须有，而且属性名是全小写的 `nickname`。"),
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
	Fix:     lang.T("Pass nickname, a text that is not empty, for both sides.", "双方都传入非空的 nickname。"),
	RunTime: lang.T("The platform refuses the parameters, or the call shows no name; no error code of its own is documented.", "平台不接受参数，或通话界面没有名字，文档没有专门的错误码。"),
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
			"nickname of %[1]s is empty (%[2]s): it is required and shown in the call. Pass a text",
			"%[1]s 的 nickname 为空（%[2]s）：这是必填项，会显示在通话界面上，请传入非空的文字"), u.side, asWritten(v))
	case v.Kind != flow.StringValue:
		f.Reason = "type"
		f.Message = lang.F(lang.T(
			"nickname of %[1]s is %[2]s; it has to be a String", "%[1]s 的 nickname 是 %[2]s，应为字符串"), u.side, show(v))
	default:
		return
	}
	p.Report(f)
}
