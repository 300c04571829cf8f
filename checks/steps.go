package checks

// The steps of the setup guide: what each asks and how it is decided.

import "github.com/voipcheck/voipcheck/internal/lang"

// StepInfo is what there is to say about a step.
type StepInfo struct {
	Step Step
	// Title is one line; Text says in Markdown what the step asks and why.
	Title, Text lang.Text
	// Console tells that nothing in the repository shows the step: the team confirms it.
	Console bool
	// Guide is the step's place in the setup guide.
	Guide   string
	Sources []Source
}

var steps = []*StepInfo{
	{
		Step: StepCategory, Console: true, Guide: "before development 1",
		Title: lang.T("The mini-program is in a category that may use 1v1 calls", "小程序类目已开通双人音视频通话"),
		Text: lang.T(
			"WeChat opens 1v1 calls to mini-programs of domestic entities in a few categories only: online video courses; internet and public and private hospitals; finance (banks, trusts, funds, securities, insurance, credit and the like); car presales; government bodies; multi-party communication, audio and video devices, basic telecom operators; video customer service.\n\nNothing in the repository shows the category. Look it up in the console under the account's settings, apply for it if need be, and record it with `voipcheck confirm category`.",
			"双人音视频通话只向境内主体的部分类目开放：教育（在线视频课程）、医疗（互联网医院、公立/私立医疗机构）、金融（银行、信托、基金、证券、保险、征信等）、汽车预售服务、政务主体、IT 科技（多方通信、音视频设备、基础电信运营商）、工具（视频客服）。\n\n代码仓库里看不出类目。请在小程序后台的设置里查看，没有就先申请，办妥后用 `voipcheck confirm category` 记录。"),
		Sources: []Source{docVoip, inGuide("before development 1")},
	},
	{
		Step: StepInterface, Console: true, Guide: "before development 2",
		Title: lang.T("The interface for 1v1 calls is switched on in the console", "后台「接口设置」已开启双人音视频对话"),
		Text: lang.T(
			"In the console, under Development, Development management, Interface settings, 双人音视频对话 has to be switched on. Without it every call fails with -20000.\n\nRecord it with `voipcheck confirm interface`.",
			"在小程序后台「开发 - 开发管理 - 接口设置」里打开「双人音视频对话」。没有打开时，每次通话都会以错误码 -20000 失败。\n\n办妥后用 `voipcheck confirm interface` 记录。"),
		Sources: []Source{docVoip, inGuide("before development 2")},
	},
	{
		Step: StepMinutes, Console: true, Guide: "before development 3",
		Title: lang.T("Call minutes have been claimed or bought", "已领取或购买通话时长"),
		Text: lang.T(
			"Calls use up minutes: a minute of voice costs 1, a minute of video 15. 1000 free minutes a month can be claimed at WeChat's service market.\n\nRecord it with `voipcheck confirm minutes`; `--until` makes voipcheck ask again.",
			"通话会消耗时长：语音每分钟计 1 分钟，视频每分钟计 15 分钟。微信服务市场每月可领取 1000 分钟免费时长，用完需要购买。\n\n办妥后用 `voipcheck confirm minutes` 记录，可以用 `--until` 设定到期后重新确认。"),
		Sources: []Source{docVoip, inGuide("before development 3")},
	},
	{
		Step: StepPrivacy, Console: true, Guide: "before development 4",
		Title: lang.T("The privacy agreement declares microphone and camera", "《用户隐私保护指引》已声明麦克风和摄像头"),
		Text: lang.T(
			"Since 15 September 2023 asking for the microphone or the camera fails with errno 112 (\"api scope is not declared in the privacy agreement\") unless the console's 用户隐私保护指引 declares both. A setting in the code cannot replace it: `__usePrivacyCheck__` no longer matters.\n\nOn a phone, the page of `voipcheck new selfcheck` shows whether it is declared; leave that page out of releases (out of the list of pages, and under `packOptions.ignore` in project.config.json).\n\nRecord it with `voipcheck confirm privacy`, or with `voipcheck confirm --from-device` and the text that the page copies.",
			"2023 年 9 月 15 日起，如果后台的《用户隐私保护指引》没有声明麦克风和摄像头，申请这两项权限会直接失败，errno 112（api scope is not declared in the privacy agreement）。代码里的 `__usePrivacyCheck__` 已不起作用，不能代替后台声明。\n\n`voipcheck new selfcheck` 生成的页面可以在真机上看出是否已声明；不要随正式版发布（从页面列表中去掉，并写进 project.config.json 的 `packOptions.ignore`）。\n\n办妥后用 `voipcheck confirm privacy` 记录，也可以把页面复制的结果交给 `voipcheck confirm --from-device`。"),
		Sources: []Source{docAuthorization, inGuide("before development 4")},
	},
	{
		Step: StepPermission, Guide: "code 1",
		Title: lang.T("app.json says what microphone and camera are for", "app.json 声明了麦克风和摄像头的用途"),
		Text: lang.T(
			"The guide asks for an entry for `scope.record` and one for `scope.camera` under `permission` in app.json, each with a `desc` of at most 30 characters that tells the user what the permission is for.",
			"指引要求在 app.json 的 `permission` 里声明 `scope.record` 和 `scope.camera`，并各写一句不超过 30 个字的 `desc`，告诉用户为什么需要这项权限。"),
		Sources: []Source{docPermission, inGuide("code 1")},
	},
	{
		Step: StepAuthorize, Guide: "code 2",
		Title: lang.T("Microphone and camera are authorized before enabling", "开启通话功能之前已获得麦克风和摄像头授权"),
		Text: lang.T(
			"Both calls of the feature need the user's authorization of `scope.record` and `scope.camera`. On every path to `setEnable1v1Chat` both have to be granted: asked for, waited for, and stopped at when refused.",
			"两个通话接口都需要用户授权 `scope.record` 和 `scope.camera`。每一条执行到 `setEnable1v1Chat` 的路径都必须已经拿到这两项授权：先申请，等到结果，被拒绝就停下来。"),
		Sources: []Source{docSetEnable, docAuthorize, docAuthorization, inGuide("code 2")},
	},
	{
		Step: StepEnable, Guide: "code 3",
		Title: lang.T("The call feature is enabled", "调用 setEnable1v1Chat 开启通话功能"),
		Text: lang.T(
			"`wx.setEnable1v1Chat({ enable: true })` switches the feature on for this run of the mini-program. It has to be called again after every cold start, by whoever calls and by whoever wants to be called.",
			"`wx.setEnable1v1Chat({ enable: true })` 只在小程序本次运行期间有效，每次冷启动后都要重新调用。呼叫方和接听方都需要。"),
		Sources: []Source{docSetEnable, docVoip, inGuide("code 3")},
	},
	{
		Step: StepJoin, Guide: "code 4",
		Title: lang.T("The call is placed after enabling succeeded", "开启成功后调用 join1v1Chat 发起通话"),
		Text: lang.T(
			"`wx.join1v1Chat({ caller, listener })` places the call. Both sides need a `nickname` and an `openid`, which is the user's openid within this mini-program. It works only once enabling has succeeded.",
			"`wx.join1v1Chat({ caller, listener })` 发起通话。双方都要有 `nickname` 和 `openid`，openid 必须是用户在本小程序内的 openid。只有开启成功之后才能调用。"),
		Sources: []Source{docJoin, docVoip, inGuide("code 4")},
	},
	{
		Step: StepDevTools, Guide: "notes 1",
		Title: lang.T("Enabling is not tried in DevTools", "不在微信开发者工具里开启通话功能"),
		Text: lang.T(
			"The feature does not work in WeChat DevTools; it can be tried on a real device only. Code that tells DevTools by `platform` and says so spares everyone the search for a fault that is none.",
			"微信开发者工具不支持这项功能，只能用真机预览或真机调试。代码里先判断 `platform` 并给出提示，可以避免把它当成缺陷反复排查。"),
		Sources: []Source{inGuide("notes 1")},
	},
	{
		Step: StepReachable, Guide: "notes 2 and 3",
		Title: lang.T("Users can reach the call, and be reached", "用户能发起通话，也能被呼叫到"),
		Text: lang.T(
			"The page with the call has to be registered, its buttons have to be bound to methods that exist, and the user who waits for a call has to have the mini-program open, both authorizations granted and the feature enabled.",
			"通话页面必须已注册，按钮必须绑定到真实存在的方法；等待来电的一方也必须打开小程序、完成两项授权并开启通话功能。"),
		Sources: []Source{docVoip, docAppJSON, inGuide("notes 2 and 3")},
	},
}

// Steps returns the steps in the guide's order. The slice is the caller's.
func Steps() []StepInfo {
	infos := make([]StepInfo, len(steps))
	for i, s := range steps {
		infos[i] = *s
	}
	return infos
}

// LookupStep returns what there is to say about a step, or nil.
func LookupStep(step Step) *StepInfo {
	for _, s := range steps {
		if s.Step == step {
			info := *s
			return &info
		}
	}
	return nil
}
