package checks

import "github.com/voipcheck/voipcheck/internal/lang"

const personal = "https://developers.weixin.qq.com/community/personal/"

var (
	docPrivacy    = Source{lang.T("privacy agreement: development guide (隐私协议开发指南)", "小程序隐私协议开发指南"), docs + "framework/user-privacy/PrivacyAuthorize.html"}
	docAppSetting = Source{lang.T("wx.getAppAuthorizeSetting", "wx.getAppAuthorizeSetting"), docs + "api/base/system/wx.getAppAuthorizeSetting.html"}

	communityDesktop    = Source{lang.T("community: -20001 on Windows and Mac", "微信开放社区：Windows、Mac 上返回 -20001"), community + "00064446fa4528e99815b6dd66bc00"}
	communityDevice     = Source{lang.T("community: setEnable1v1Chat fails with -20001", "微信开放社区：setEnable1v1Chat 返回 -20001"), community + "0002681d3bcf18aa61bdbbfa153400"}
	communityHarmony    = Source{lang.T("community: -30002 when enabling", "微信开放社区：开启时返回 -30002"), personal + "oCJUsw7LdzlOwJ7OgQahhZM_ZuuI"}
	communityJoinRoom   = Source{lang.T("community: -1000 with -10086 from 28 August 2024", "微信开放社区：2024 年 8 月 28 日起的 -1000、-10086"), personal + "oCJUsw2bSTX2u77dANSR-KLT_pY0"}
	communityInRoom     = Source{lang.T("community: already in room", "微信开放社区：Already in room"), personal + "oCJUsw8tRLjkUI5VexQvTPWwFiS4"}
	communityPermitted  = Source{lang.T("community: jsapi has no permission", "微信开放社区：jsapi has no permission"), personal + "oCJUsw77D9B_cWedTkNszfP4xhDo"}
	communityPermitted2 = Source{lang.T("community: jsapi has no permission (2)", "微信开放社区：jsapi has no permission（二）"), personal + "oCJUsw69WwKX1JlWfc7hghZR58eA"}
	communityPrivacy    = Source{lang.T("community: authorize fails with errno 104", "微信开放社区：authorize 返回 errno 104"), community + "000862f557cbc0b3e06113ad861c00"}
	communityAgreed     = Source{lang.T("community: the meaning of errno 104 (staff)", "微信开放社区：errno 104 的含义（官方人员回复）"), community + "000eeafb418d88d523505d3556b400"}
	communityDelay      = Source{lang.T("community: a change in the console takes an hour", "微信开放社区：小程序后台更新后约一小时生效"), community + "0000e8f3fc0cc85fce40b639b6bc00"}
	communityTap        = Source{lang.T("article: openSetting after a promise fails", "文章：在 Promise 之后调用 openSetting 会失败"), "https://juejin.cn/post/6869706632365309959"}
	communityOtherApp   = Source{lang.T("community: no calls across mini-programs (staff)", "微信开放社区：不能跨小程序通话（官方人员回复）"), community + "000e864650c2685b6ebd549de51c00"}
)

// errorCodes are the codes of the two calls in the order of their page, then those of authorization and privacy, then messages
// without a code.
var errorCodes = []*ErrorCode{
	{
		ID: "-20000", Phrases: []string{"not open 1v1 chat"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("1v1 calls are not open (not open 1v1 Chat).", "未开通双人音视频通话（not open 1v1 Chat）。"),
		Steps:   []Step{StepInterface, StepCategory, StepEnable, StepJoin},
		Because: lang.T(
			"The documentation of join1v1Chat lists the code without a cause. According to the setup guide, the interface must be switched on in the console, and enabling must come first. That a join before a successful setEnable1v1Chat, or a category that is not open, gives exactly this code is a guess.",
			"join1v1Chat 的文档只列出错误码，没有说明原因。按接入指南，要先在小程序后台打开接口，并先开启通话功能。在 setEnable1v1Chat 成功之前发起通话、或类目没有开通时是否正是这个错误码，只是推测。"),
		First:   lang.T("The console (开发 - 开发管理 - 接口设置): is 双人音视频对话 switched on? Then, has setEnable1v1Chat succeeded in this run? It must be called again after every cold start.", "先看小程序后台「开发 - 开发管理 - 接口设置」里的「双人音视频对话」是否打开；再看本次运行中 setEnable1v1Chat 是否成功过，每次冷启动后都要重新调用。"),
		Sources: []Source{docJoin, docVoip, inGuide("before development 2"), inGuide("code 3")},
	},
	{
		ID: "-20001", Phrases: []string{"device not support"}, From: []string{"join1v1Chat", "setEnable1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The device is not supported (device not support).", "当前设备不支持（device not support）。"),
		Steps:   []Step{StepDevTools},
		Because: lang.T(
			"Documented for the join. Developers also get it from setEnable1v1Chat: in WeChat for Windows and Mac, although the documentation says that these are supported, and on some phones.",
			"文档列在 join1v1Chat 下；开发者反馈 setEnable1v1Chat 也会返回：微信 Windows 版和 Mac 版（文档写的是支持），以及部分手机。"),
		First:   lang.T("The device: use a phone, not DevTools or WeChat for the desktop. Tell the user in fail.", "先看是什么设备：请用手机真机测试，不要用开发者工具或微信电脑版，并在 fail 里提示用户。"),
		Sources: []Source{docJoin, communityDesktop, communityDevice, inGuide("notes 1")},
	},
	{
		ID: "-20002", Phrases: []string{"fail on call", "fail: on call", "fail:on call"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The user is on a call (on call).", "正在通话中（on call）。"),
		Because: lang.T("It has nothing to do with the steps of the checklist.", "与检查清单的步骤无关。"),
		First:   lang.T("Is the join called twice, by a second tap or every time the page shows? Disable the button while a call is being placed.", "先看是否重复调用了 join1v1Chat，例如连点两次、每次 onShow 都调用。发起期间请禁用按钮。"),
		Sources: []Source{docJoin},
	},
	{
		ID: "-20003", Phrases: []string{"occupied by other miniprogram"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("Another mini-program is on a call (occupied by other miniprogram).", "其他小程序正在通话中（occupied by other miniprogram）。"),
		Because: lang.T("It has nothing to do with the steps of the checklist.", "与检查清单的步骤无关。"),
		First:   lang.T("A call in another mini-program, often shown as a small window. The user must end it.", "先看是否有其他小程序的通话，常以小窗形式存在，需要用户先结束。"),
		Sources: []Source{docJoin},
	},
	{
		ID: "-30000", Phrases: []string{"system error"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("An internal error of the platform (system error).", "内部系统错误（system error）。"),
		Because: lang.T("The documentation says no more, and no step of the checklist is known to lead to it.", "文档没有更多说明，目前没有已知的检查步骤会导致它。"),
		First:   lang.T("Does it disappear on another try, on another device or with another account? If not, ask in WeChat's community with the time and the openids.", "先看重试、换设备、换账号是否仍然出现；持续出现时，带上时间和 openid 到微信开放社区反馈。"),
		Sources: []Source{docJoin},
	},
	{
		ID: "-30001", Phrases: []string{"wechat has no camera authorization"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("WeChat may not use the camera (wechat has no camera authorization).", "微信没有摄像头权限（wechat has no camera authorization）。"),
		Because: lang.T("It has nothing to do with the steps of the checklist: it is the phone's permission for WeChat, not the user's authorization of the mini-program.", "与检查清单的步骤无关：这是手机系统给微信的权限，不是用户给小程序的授权。"),
		First:   lang.T("wx.getAppAuthorizeSetting().cameraAuthorized. wx.openAppAuthorizeSetting leads the user to the phone's settings.", "先看 wx.getAppAuthorizeSetting().cameraAuthorized，用 wx.openAppAuthorizeSetting 引导用户去系统设置。"),
		Sources: []Source{docJoin, docAppSetting},
	},
	{
		ID: "-30002", Phrases: []string{"wechat has no record authorization"}, From: []string{"join1v1Chat", "setEnable1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("WeChat may not use the microphone (wechat has no record authorization).", "微信没有麦克风权限（wechat has no record authorization）。"),
		Because: lang.T("It has nothing to do with the steps of the checklist: it is the phone's permission for WeChat. Developers also get it when enabling, one of them on HarmonyOS 3 with everything granted.", "与检查清单的步骤无关：这是手机系统给微信的权限。开发者反馈开启时也会出现，有人在 HarmonyOS 3 上权限全开仍会遇到。"),
		First:   lang.T("wx.getAppAuthorizeSetting().microphoneAuthorized. wx.openAppAuthorizeSetting leads the user to the phone's settings.", "先看 wx.getAppAuthorizeSetting().microphoneAuthorized，用 wx.openAppAuthorizeSetting 引导用户去系统设置。"),
		Sources: []Source{docJoin, docAppSetting, communityHarmony},
	},
	{
		ID: "-30003", Phrases: []string{"miniprogram has no record authorization"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The mini-program may not use the microphone (miniprogram has no record authorization).", "小程序没有麦克风授权（miniprogram has no record authorization）。"),
		Steps:   []Step{StepAuthorize, StepPermission},
		Because: lang.T(
			"The user refused scope.record, or was never asked. According to WeChat's documentation, an API that needs a scope asks by itself if the user was never asked, so a missing request may lead to this code, but need not.",
			"用户拒绝了 scope.record，或从未被询问过。按微信官方文档，需要 scope 的接口在用户从未被询问时会自己弹窗，所以没有先申请授权不一定会得到这个错误码。"),
		First:   lang.T("authSetting['scope.record'] from wx.getSetting: false means refused, and only the settings help (wx.openSetting from a tap); undefined means never asked.", "先看 wx.getSetting 返回的 authSetting['scope.record']：false 表示用户拒绝过，只能引导去设置页（在点击事件里调用 wx.openSetting）；undefined 表示从未询问。"),
		Sources: []Source{docJoin, docAuthorization, inGuide("code 2")},
	},
	{
		ID: "-30004", Phrases: []string{"miniprogram has no camera authorization"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The mini-program may not use the camera (miniprogram has no camera authorization).", "小程序没有摄像头授权（miniprogram has no camera authorization）。"),
		Steps:   []Step{StepAuthorize, StepPermission},
		Because: lang.T(
			"The user refused scope.camera, or was never asked. According to WeChat's documentation, an API that needs a scope asks by itself if the user was never asked, so a missing request may lead to this code, but need not.",
			"用户拒绝了 scope.camera，或从未被询问过。按微信官方文档，需要 scope 的接口在用户从未被询问时会自己弹窗，所以没有先申请授权不一定会得到这个错误码。"),
		First:   lang.T("authSetting['scope.camera'] from wx.getSetting: false means refused, and only the settings help (wx.openSetting from a tap); undefined means never asked.", "先看 wx.getSetting 返回的 authSetting['scope.camera']：false 表示用户拒绝过，只能引导去设置页（在点击事件里调用 wx.openSetting）；undefined 表示从未询问。"),
		Sources: []Source{docJoin, docAuthorization, inGuide("code 2")},
	},
	{
		ID: "-1", Phrases: []string{"already in room"}, From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The user is already in the room.", "当前已在房间内。"),
		Because: lang.T("It has nothing to do with the steps of the checklist. Developers report \"-10086, -1, Already in room!\" although there was no visible call.", "与检查清单的步骤无关。有开发者反馈没有通话时也出现「-10086, -1, Already in room!」。"),
		First:   lang.T("Is the join called twice? Is an earlier call still running as a small window?", "先看是否重复调用了 join1v1Chat，以及之前的通话是否还以小窗形式存在。"),
		Sources: []Source{docJoin, communityInRoom},
	},
	{
		ID: "-2", From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The recording device is in use, perhaps by a WeChat call or a phone call.", "录音设备被占用，可能正在使用微信内语音通话或系统通话。"),
		Because: lang.T("It has nothing to do with the steps of the checklist.", "与检查清单的步骤无关。"),
		First:   lang.T("Other calls and recordings on the phone, and a recorder that the mini-program started and did not stop.", "先看手机上是否有其他通话或录音，以及小程序自己是否开始录音后没有停止。"),
		Sources: []Source{docJoin},
	},
	{
		ID: "-3", From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("The user left while joining: by choice, by sending WeChat to the background, or because of a phone call.", "加入会话期间退出，可能是用户主动退出，或者退后台、来电等。"),
		Because: lang.T("It has nothing to do with the steps of the checklist.", "与检查清单的步骤无关。"),
		First:   lang.T("Does the mini-program leave the page or open another one while the call is being placed?", "先看发起期间小程序是否跳转或关闭了页面。"),
		Sources: []Source{docJoin},
	},
	{
		ID: "-1000", From: []string{"join1v1Chat"}, Evidence: Documented,
		Meaning: lang.T("A system error.", "系统错误。"),
		Because: lang.T("The documentation says no more. Developers get it with -10086 in the message. It seems to be on WeChat's side, which is a guess.", "文档没有更多说明。开发者反馈时常与消息里的 -10086 一起出现，看起来是微信侧的问题，这一点只是推测。"),
		First:   lang.T("The rest of errMsg (-10086?). Then, does it disappear on another try or with another account?", "先看 errMsg 的其余内容（是否有 -10086），再看重试、换账号是否仍然出现。"),
		Sources: []Source{docJoin, communityJoinRoom},
	},
	{
		ID: "-10086", Phrases: []string{"join room callback failed"}, From: []string{"join1v1Chat"}, Evidence: Community,
		Meaning: lang.T("Not documented. In reports the room could not be joined: \"-10086, -5, join room callback failed: 13\", with errCode -1000.", "文档没有说明。反馈中是加入房间失败：「-10086, -5, join room callback failed: 13」，errCode 为 -1000。"),
		Because: lang.T("No step of the checklist is known to lead to it. Many reported it between 28 August and 5 September 2024 without having changed their code. It seems to be on WeChat's side, which is a guess.", "目前没有已知的检查步骤会导致它。2024 年 8 月 28 日至 9 月 5 日有多人反馈，代码并未改动，看起来是微信侧的问题，这一点只是推测。"),
		First:   lang.T("Does it happen on other devices and with other accounts? What does WeChat's community say about that day?", "先看其他设备和账号是否也会遇到，再看微信开放社区当天的反馈。"),
		Sources: []Source{communityJoinRoom, communityInRoom},
	},
	{
		ID: "104", Phrases: []string{"privacy permission is not authorized"}, From: []string{"authorize", "requirePrivacyAuthorize"}, Evidence: Community,
		Meaning: lang.T("The user has not agreed to the privacy agreement (privacy permission is not authorized).", "用户还没有同意隐私协议（privacy permission is not authorized）。"),
		Steps:   []Step{StepPrivacy},
		Because: lang.T(
			"WeChat's staff confirm the meaning. After a refusal, the popup does not come back for 10 seconds. Developers also met the error right after changing the agreement in the console; for one of them it disappeared after 30 to 60 minutes.",
			"含义由官方人员在社区确认。用户拒绝后 10 秒内不会再次弹窗。也有开发者在小程序后台更新《用户隐私保护指引》后立刻遇到，等 30 到 60 分钟后恢复。"),
		First:   lang.T("Did the user refuse the privacy popup? Does the privacy agreement in the console (用户隐私保护指引) declare microphone and camera, and has the change taken effect?", "先看用户是否拒绝了隐私弹窗；再看小程序后台的《用户隐私保护指引》是否声明了麦克风和摄像头，更新是否已经生效。"),
		Sources: []Source{communityAgreed, communityPrivacy, communityDelay},
	},
	{
		ID: "112", Phrases: []string{"api scope is not declared in the privacy agreement"}, From: []string{"authorize"}, Evidence: Documented,
		Meaning: lang.T("The privacy agreement does not declare the requested permission (api scope is not declared in the privacy agreement).", "《用户隐私保护指引》没有声明所申请的权限（api scope is not declared in the privacy agreement）。"),
		Steps:   []Step{StepPrivacy},
		Because: lang.T("Since 15 September 2023, requesting the microphone or the camera fails with this error unless the privacy agreement in the console (用户隐私保护指引) declares both. __usePrivacyCheck__ cannot replace it.", "2023 年 9 月 15 日起，小程序后台的《用户隐私保护指引》没有声明麦克风和摄像头时，申请这两项授权会以此失败，代码里的 __usePrivacyCheck__ 不能代替声明。"),
		First:   lang.T("The privacy agreement in the console (用户隐私保护指引): does it declare microphone and camera? For one developer, a change took up to an hour.", "先看小程序后台的《用户隐私保护指引》是否声明了麦克风和摄像头；有开发者反馈更新后约一小时才生效。"),
		Sources: []Source{docPrivacy, communityDelay, inGuide("before development 4")},
	},
	{
		ID: "auth deny", Phrases: []string{"auth deny", "auth denied"}, From: []string{"authorize"}, Evidence: Community,
		Meaning: lang.T("The user has refused the authorization, now or earlier (auth deny, auth denied).", "用户拒绝了授权，可能是这一次，也可能是以前（auth deny、auth denied）。"),
		Steps:   []Step{StepAuthorize},
		Because: lang.T("The documentation says that authorize fails at once, without asking, after the user has refused once. The wording is what developers report.", "文档说明：用户拒绝过一次后，authorize 不再弹窗，直接失败。具体文字来自开发者反馈。"),
		First:   lang.T("Does the code lead to the settings (wx.openSetting from a tap, or <button open-type=\"openSetting\">)? A test account that refused stays refused until the mini-program is deleted.", "先看代码是否引导去设置页：在点击事件里调用 wx.openSetting，或 <button open-type=\"openSetting\">。测试账号拒绝过之后，删除小程序前会一直是拒绝状态。"),
		Sources: []Source{docAuthorize, docAuthorization},
	},
	{
		ID: "user TAP gesture", Phrases: []string{"can only be invoked by user tap gesture"}, From: []string{"openSetting"}, Evidence: Documented,
		Meaning: lang.T("openSetting was not called from a tap (can only be invoked by user TAP gesture).", "openSetting 不是由点击触发的（can only be invoked by user TAP gesture）。"),
		Steps:   []Step{StepAuthorize},
		Because: lang.T("Since base library 2.3.0 openSetting needs a tap. Developers report that it fails after a promise or another asynchronous call, and that it works after the user has confirmed wx.showModal.", "基础库 2.3.0 起 openSetting 需要由点击触发。开发者反馈：在 Promise 或其他异步调用之后会失败，在 wx.showModal 确认之后可以。"),
		First:   lang.T("Is there an await, a then or a network request between the tap and openSetting? Open the settings in success of wx.showModal, or with a button.", "先看点击和 openSetting 之间有没有 await、then 或网络请求。请放在 wx.showModal 的 success 里，或改用按钮。"),
		Sources: []Source{typings, docAuthorization, communityTap},
	},
	{
		ID: "jsapi has no permission", Phrases: []string{"jsapi has no permission"}, From: []string{"join1v1Chat"}, Evidence: Guess,
		Meaning: lang.T("Not documented. Developers get it on iOS where others get -20000. That the interface or the category is not open is a guess from the wording.", "文档没有说明。开发者反馈在 iOS 上出现，而其他设备是 -20000；从文字推测是接口或类目没有开通。"),
		Steps:   []Step{StepInterface, StepCategory},
		Because: lang.T("Both are console steps, which the code does not show.", "两者都是后台步骤，代码里看不出来。"),
		First:   lang.T("The console (开发 - 开发管理 - 接口设置): is 双人音视频对话 switched on? Then the category of the mini-program; then, is the appid on the phone the one for which it was opened?", "先看小程序后台「开发 - 开发管理 - 接口设置」里的「双人音视频对话」，再看小程序类目，最后确认手机上运行的 appid 就是已开通的那个。"),
		Sources: []Source{communityPermitted, communityPermitted2},
	},
	{
		ID: "对方不在小程序内", Phrases: []string{"对方不在小程序内", "the other side is not in the mini-program"}, From: []string{"join1v1Chat"}, Evidence: Community,
		Meaning: lang.T("The other side cannot be reached (对方不在小程序内). There is no error code.", "呼叫不到对方（对方不在小程序内），没有错误码。"),
		Steps:   []Step{StepJoin, StepReachable, StepEnable},
		Because: lang.T(
			"The documentation says that both sides must be inside the mini-program, and that users who have not enabled since the start cannot be reached. Developers report it for openId instead of openid. Openids of another mini-program reach nobody: staff confirm that there are no calls across mini-programs.",
			"文档说明：双方都必须在小程序内；启动后没有开启通话功能的用户无法被呼叫。开发者反馈把 openid 写成 openId 时会出现。用其他小程序的 openid 呼叫不到：官方人员确认不能跨小程序通话。"),
		First:   lang.T("The property name: is it openid, in lower case? Is it the other user's openid within this mini-program? Does the other user have the mini-program open, and has it enabled since it started?", "先看属性名是不是全小写的 openid，值是不是对方在本小程序内的 openid；再看对方是否打开着小程序，并在本次启动后开启过。"),
		Sources: []Source{communityOpenid, communityOtherApp, docVoip, inGuide("notes 2")},
	},
	{
		ID: "is not a function", Phrases: []string{"setenable1v1chat is not a function", "join1v1chat is not a function"}, From: []string{"setEnable1v1Chat", "join1v1Chat"}, Evidence: Guess,
		Meaning: lang.T("This base library does not have the function; both functions exist since 2.20.1.", "当前基础库没有这个接口，两个接口都从 2.20.1 开始支持。"),
		Steps:   []Step{StepEnable},
		Because: lang.T("The version is documented. The message is what JavaScript reports for a call of a function that does not exist. The host object of a framework may also lack it: call wx itself.", "版本要求有文档；报错文字是 JavaScript 调用不存在的函数时的提示。框架封装的对象上也可能没有，请直接调用 wx。"),
		First:   lang.T("The base library on the phone, and wx.canIUse('setEnable1v1Chat'). The lowest version for users is set in the console.", "先看手机上的基础库版本和 wx.canIUse('setEnable1v1Chat')。用户的最低基础库版本在小程序后台设置。"),
		Sources: []Source{docSetEnable, docJoin},
	},
}
