package checks

// Where the claims of the rules can be read.

const docs = "https://developers.weixin.qq.com/miniprogram/dev/"
const community = "https://developers.weixin.qq.com/community/develop/doc/"

var (
	docVoip          = Source{"双人音视频对话 (1v1 VoIP)", docs + "framework/open-ability/1v1voip.html"}
	docSetEnable     = Source{"wx.setEnable1v1Chat", docs + "api/media/voip/wx.setEnable1v1Chat.html"}
	docJoin          = Source{"wx.join1v1Chat", docs + "api/media/voip/wx.join1v1Chat.html"}
	docAuthorize     = Source{"wx.authorize", docs + "api/open-api/authorize/wx.authorize.html"}
	docAuthorization = Source{"授权 (authorization, scope list)", docs + "framework/open-ability/authorize.html"}
	docPermission    = Source{"app.json: permission", docs + "reference/configuration/app.html#permission"}
	docAppJSON       = Source{"全局配置 (app.json)", docs + "reference/configuration/app.html"}
	docProjectConfig = Source{"project.config.json", docs + "devtools/projectconfig.html"}
	docPromise       = Source{"API: Promise", docs + "framework/app-service/api.html"}
	docEvents        = Source{"事件系统 (events)", docs + "framework/view/wxml/event.html"}
	docJavaScript    = Source{"JavaScript 支持情况", docs + "framework/runtime/js-support.html"}
	typings          = Source{"miniprogram-api-typings: types/wx/lib.wx.api.d.ts", ""}

	communityPermission  = Source{"社区: 无效的 app.json permission", community + "0002aed1f04ea07147a3b047f67800"}
	communityPermission2 = Source{"社区: 无效的 app.json permission (2)", community + "0006a46d388d107af9b02556663c00"}
	communityCombined    = Source{"社区: authorize 一次传入两个 scope", community + "000a24966acfe82259c1946796bc00"}
	communityOpenid      = Source{"社区: 对方不在小程序内", community + "000a86289847685e3d301d31f6a400"}
	communityListener    = Source{"社区: 接听方未开启", community + "0006ca0b4d07b878cf8e18a5e56800"}
)

// inGuide is a place in the setup guide.
func inGuide(place string) Source { return Source{"1v1 VoIP setup guide (接入指南): " + place, ""} }
