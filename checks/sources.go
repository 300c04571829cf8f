package checks

// Where the claims of the rules can be read.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

const docs = "https://developers.weixin.qq.com/miniprogram/dev/"
const community = "https://developers.weixin.qq.com/community/develop/doc/"

var (
	docVoip           = Source{lang.T("1v1 audio and video calls (双人音视频对话)", "双人音视频对话"), docs + "framework/open-ability/1v1voip.html"}
	docSetEnable      = Source{lang.T("wx.setEnable1v1Chat", "wx.setEnable1v1Chat"), docs + "api/media/voip/wx.setEnable1v1Chat.html"}
	docJoin           = Source{lang.T("wx.join1v1Chat", "wx.join1v1Chat"), docs + "api/media/voip/wx.join1v1Chat.html"}
	docAuthorize      = Source{lang.T("wx.authorize", "wx.authorize"), docs + "api/open-api/authorize/wx.authorize.html"}
	docAuthorization  = Source{lang.T("authorization and its scopes (授权)", "授权"), docs + "framework/open-ability/authorize.html"}
	docPermission     = Source{lang.T("app.json: permission", "app.json: permission"), docs + "reference/configuration/app.html#permission"}
	docAppJSON        = Source{lang.T("app.json (全局配置)", "全局配置 app.json"), docs + "reference/configuration/app.html"}
	docProjectConfig  = Source{lang.T("project.config.json", "project.config.json"), docs + "devtools/projectconfig.html"}
	docPromise        = Source{lang.T("API: Promise", "API: Promise"), docs + "framework/app-service/api.html"}
	docEvents         = Source{lang.T("events (事件系统)", "事件系统"), docs + "framework/view/wxml/event.html"}
	docJavaScript     = Source{lang.T("support of JavaScript (JavaScript 支持情况)", "JavaScript 支持情况"), docs + "framework/runtime/js-support.html"}
	docMembersChanged = Source{lang.T("wx.onVoIPChatMembersChanged", "wx.onVoIPChatMembersChanged"), docs + "api/media/voip/wx.onVoIPChatMembersChanged.html"}
	typings           = Source{lang.T("miniprogram-api-typings: types/wx/lib.wx.api.d.ts", "miniprogram-api-typings: types/wx/lib.wx.api.d.ts"), ""}

	communityPermission  = Source{lang.T("community: invalid app.json permission", "微信开放社区：无效的 app.json permission"), community + "0002aed1f04ea07147a3b047f67800"}
	communityPermission2 = Source{lang.T("community: invalid app.json permission (2)", "微信开放社区：无效的 app.json permission（二）"), community + "0006a46d388d107af9b02556663c00"}
	communityCombined    = Source{lang.T("community: two scopes in one authorize", "微信开放社区：authorize 一次传入两个 scope"), community + "000a24966acfe82259c1946796bc00"}
	communityCombined2   = Source{lang.T("community: two scopes in one authorize (2)", "微信开放社区：authorize 一次传入两个 scope（二）"), community + "00006859510d302342b2d590b6bc00"}
	communityCombined3   = Source{lang.T("community: two scopes in one authorize (3)", "微信开放社区：authorize 一次传入两个 scope（三）"), community + "d30fd40c1e385567ae3586aa6fae7d60"}
	communityPermission3 = Source{lang.T("community: scope.camera under permission has no effect", "微信开放社区：permission 里写 scope.camera 没有效果"), community + "000a6e56f488f03218f98065356400"}
	communityOpenid      = Source{lang.T("community: the other side is not in the mini-program", "微信开放社区：对方不在小程序内"), community + "000a86289847685e3d301d31f6a400"}
	communityHangUp      = Source{lang.T("community: how to learn that the other side hung up", "微信开放社区：如何得知对方已挂断"), community + "000e2298270fe8cb0ef088ac16a400"}
	communityListenTwice = Source{lang.T("community: listeners that fire twice", "微信开放社区：重复监听触发多次"), community + "00026828418848e4500f9dc0c52000"}
	communityListener    = Source{lang.T("community: the listener has not enabled", "微信开放社区：接听方未开启"), community + "0006ca0b4d07b878cf8e18a5e56800"}
)

// inGuide is a place in the setup guide: a part and the number of a step.
func inGuide(place string) Source {
	zh := strings.NewReplacer("before development", "开发前准备", "code", "代码实现", "notes", "注意事项", " to ", " 至 ", " and ", "、").Replace(place)
	return Source{lang.T("1v1 VoIP setup guide: "+place, "接入指南："+zh), ""}
}
