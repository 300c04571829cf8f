package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinOpenidHardcoded = &Rule{
	ID: "join-openid-hardcoded", Severity: Warning, Step: StepJoin, Evidence: Documented,
	Title: lang.T("Do not hard-code openids", "不要写死 openid"),
	Text: lang.T(
		"An openid identifies one user in one mini-program. If one is left in the code from testing, every user calls as that person, or calls that person. In another mini-program it reaches nobody.",
		"openid 标识某个用户在某个小程序里的身份。如果调试时写死的 openid 留在代码里，所有用户都会以这个人的身份呼叫，或都呼叫这个人；换一个小程序则谁也呼叫不到。"),
	Example: ExampleCall,
	Bad: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: 'oUpF8uMuAJO7M2pxb1Q9zNjWeS6k' },
  fail: console.error
})`,
	Good: `wx.join1v1Chat({
  caller: { nickname: 'Ann', openid: this.data.myOpenid },
  listener: { nickname: 'Bob', openid: this.data.friendOpenid },
  fail: console.error
})`,
	Fix:     lang.T("Take the openid from the login, the page's query or your server.", "请从登录结果、页面参数或服务端获取 openid。"),
	RunTime: lang.T("The wrong person's phone rings, or the caller is told that the other side is not in the mini-program (对方不在小程序内). There is no error code.", "响的是别人的手机，或提示「对方不在小程序内」，没有专门的错误码。"),
	Sources: []Source{docJoin, communityOpenid, inGuide("code 4")},
	Run:     runJoinOpenidHardcoded,
}

func runJoinOpenidHardcoded(p *Pass) {
	p.eachUser(func(u *user) {
		prop := u.value.Prop("openid")
		if prop == nil || prop.Value == nil {
			return
		}
		written := hardcoded(prop.Value)
		if written == nil {
			return
		}
		f := Finding{At: prop.Key, Trace: writtenAt(prop.Key, written)}
		if written == prop.Value {
			f.Message = lang.F(lang.T(
				"openid of %[1]s is hard-coded as '%[2]s', so every user gets one person's openid.",
				"%[1]s 的 openid 写死为 '%[2]s'，所有用户都会用到同一个人的 openid。"), u.side, short(written.Str))
		} else {
			f.Message = lang.F(lang.T(
				"openid of %[1]s may be '%[2]s', which is hard-coded, so every user gets one person's openid.",
				"%[1]s 的 openid 可能是代码里写死的 '%[2]s'，所有用户都会用到同一个人的 openid。"), u.side, short(written.Str))
		}
		p.Report(f)
	})
}

// hardcoded is the openid in a value, or among what the code gives the place that the value is read from.
func hardcoded(v *flow.Value) *flow.Value {
	if v.Kind == flow.StringValue && looksReal(v.Str) {
		return v
	}
	for _, list := range [][]*flow.Value{v.Alts, v.Given} {
		for _, written := range list {
			if written.Kind == flow.StringValue && looksReal(written.Str) {
				return written
			}
		}
	}
	return nil
}
