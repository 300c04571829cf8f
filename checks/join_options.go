package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinOptions = &Rule{
	ID: "join-options", Severity: Error, Step: StepJoin, Evidence: Documented,
	Reasons: []Reason{
		{"missing", lang.T("caller or listener is missing", "缺少 caller 或 listener")},
		{"type", lang.T("an option has the wrong type", "参数类型不正确")},
		{"value", lang.T("an option has an invalid value", "参数取值不在允许范围")},
		{"unknown", lang.T("the option does not exist", "参数不存在")},
	},
	Title: lang.T("Call join1v1Chat with caller, listener and valid options", "正确传入 join1v1Chat 的参数"),
	Text: lang.T(
		"`caller` and `listener` are required Objects with `nickname`, `openid` and, optionally, `headImage`. `roomType` is `'video'` or `'voice'`, `backgroundType` a number from 0 to 5, `minWindowType` a number, and `disableSwitchVoice` a Boolean. Other names have no effect: a picture passed as `avatar` is not shown.",
		"`caller` 和 `listener` 是必填的对象，包含 `nickname`、`openid`，以及可选的 `headImage`。`roomType` 为 `'video'` 或 `'voice'`，`backgroundType` 为 0 到 5 的数字，`minWindowType` 为数字，`disableSwitchVoice` 为布尔值。其他名称不起作用，例如头像写成 `avatar` 就不会显示。"),
	Example: ExampleCall,
	Bad: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  roomType: 'audio',
  fail: console.error
})`,
	Good: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  roomType: 'voice',
  fail: console.error
})`,
	Fix:     lang.T("Pass caller and listener, and correct or remove the option.", "请传入 caller 和 listener，并改正或删除该参数。"),
	RunTime: lang.T("The platform rejects the parameters, or the option has no effect. No error code of its own is documented.", "平台不接受参数，或该参数不起作用，文档没有列出专门的错误码。"),
	Sources: []Source{docJoin, typings, inGuide("code 4")},
	Fixable: true,
	Run:     runJoinOptions,
}

func runJoinOptions(p *Pass) {
	for _, call := range p.calls(flow.Join) {
		for _, a := range optionObjects(call) {
			p.reportJoinFaults(call, a, joinShape, same(string(flow.Join)))
		}
	}
	p.eachUser(func(u *user) { p.reportJoinFaults(u.call, argument{options: u.value}, userShape, same(u.side)) })
}

func (p *Pass) reportJoinFaults(call *flow.Call, a argument, s shape, what lang.Text) {
	for _, f := range s.argumentFaults(a) {
		at := f.at
		if at.IsZero() {
			at = call.Name
		}
		finding := Finding{At: at, Reason: f.reason, Message: f.message(s, what), Fix: f.fix(a.options, call), about: subject{part: f.part()}}
		if f.prop != nil && f.prop.Value != nil && f.reason != "unknown" {
			finding.Trace = written(f.prop)
		}
		p.Report(finding)
	}
}
