package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

var joinOpenidHardcoded = &Rule{
	ID: "join-openid-hardcoded", Severity: Warning, Step: StepJoin, Evidence: Documented,
	Title: lang.T("No user's openid is written in the code", "代码里没有写死的 openid"),
	Text: lang.T(
		"An openid identifies one user in one mini-program. One that is written in the code, left from trying it out, makes every user call as, or call, that one person; in another mini-program it reaches nobody.",
		"openid 标识某个用户在某个小程序里的身份。调试时写死在代码里的 openid 会让所有用户都以这个人的身份呼叫，或都呼叫这个人；换一个小程序则谁也呼叫不到。"),
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
	Fix:     lang.T("Take the openid from login, the page's query or your server.", "从登录结果、页面参数或服务端获取 openid。"),
	RunTime: lang.T("The wrong person's phone rings, or \"the other side is not in the mini-program\"; there is no error code.", "响的是别人的手机，或提示「对方不在小程序内」，没有专门的错误码。"),
	Sources: []Source{docJoin, communityOpenid, inGuide("code 4")},
	Run: func(p *Pass) {
		p.eachUser(func(u *user) {
			prop := u.value.Prop("openid")
			if prop == nil || prop.Value == nil || prop.Value.Kind != flow.StringValue || !looksReal(prop.Value.Str) {
				return
			}
			p.Report(Finding{At: prop.Key, Trace: written(prop), Message: lang.F(lang.T(
				"openid of %[1]s is the constant '%[2]s': one person's openid for every user. Take it from login, the page's query or your server",
				"%[1]s 的 openid 写死为 '%[2]s'：所有用户都会用到同一个人的 openid。请从登录结果、页面参数或服务端获取"), u.side, short(prop.Value.Str))})
		})
	},
}
