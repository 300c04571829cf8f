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
		Title: lang.T("Use a category that may use 1v1 calls", "小程序类目支持双人音视频通话"),
		Text: lang.T(
			"WeChat offers 1v1 calls only to mini-programs of domestic entities, and only in a few categories: online video courses; internet, public and private hospitals; finance (banks, trusts, funds, securities, insurance, credit and the like); car presales; government bodies; multi-party communication, audio and video devices, basic telecom operators; video customer service.\n\nNothing in the repository shows the category. Look it up in the settings of the console, apply for it if necessary, and record it with `voipcheck confirm category`.",
			"双人音视频通话只向境内主体的部分类目开放：教育（在线视频课程）、医疗（互联网医院、公立/私立医疗机构）、金融（银行、信托、基金、证券、保险、征信等）、汽车预售服务、政务主体、IT 科技（多方通信、音视频设备、基础电信运营商）、工具（视频客服）。\n\n代码仓库里看不出类目。请在小程序后台的设置里查看，没有则先申请，完成后用 `voipcheck confirm category` 记录。"),
		Sources: []Source{docVoip, inGuide("before development 1")},
	},
	{
		Step: StepInterface, Console: true, Guide: "before development 2",
		Title: lang.T("Switch on the 1v1 call interface in the console", "小程序后台「接口设置」已打开双人音视频对话"),
		Text: lang.T(
			"In the console, under Development > Development management > Interface settings (开发 - 开发管理 - 接口设置), 双人音视频对话 must be switched on. Without it every call fails with -20000.\n\nRecord it with `voipcheck confirm interface`.",
			"在小程序后台「开发 - 开发管理 - 接口设置」里打开「双人音视频对话」。没有打开时，每次通话都会以 -20000 失败。\n\n完成后用 `voipcheck confirm interface` 记录。"),
		Sources: []Source{docVoip, inGuide("before development 2")},
	},
	{
		Step: StepMinutes, Console: true, Guide: "before development 3",
		Title: lang.T("Claim or buy call minutes", "已领取或购买通话时长"),
		Text: lang.T(
			"Calls consume minutes: a minute of voice costs 1, a minute of video 15. 1000 free minutes a month can be claimed in WeChat's service market.\n\nRecord it with `voipcheck confirm minutes`; with `--until`, the confirmation expires on a given date.",
			"通话会消耗时长：语音每分钟计 1 分钟，视频每分钟计 15 分钟。在微信服务市场每月可领取 1000 分钟免费时长，用完需要购买。\n\n完成后用 `voipcheck confirm minutes` 记录，可以用 `--until` 设定确认的有效期。"),
		Sources: []Source{docVoip, inGuide("before development 3")},
	},
	{
		Step: StepPrivacy, Console: true, Guide: "before development 4",
		Title: lang.T("Declare microphone and camera in the privacy agreement", "《用户隐私保护指引》已声明麦克风和摄像头"),
		Text: lang.T(
			"Since 15 September 2023, requesting the microphone or the camera fails with errno 112 (\"api scope is not declared in the privacy agreement\") unless the privacy agreement in the console (用户隐私保护指引) declares both. No setting in the code can replace this: `__usePrivacyCheck__` no longer has any effect.\n\nOn a phone, the page that `voipcheck new selfcheck` writes shows whether it is declared. Leave that page out of releases: remove it from the list of pages, and add it to `packOptions.ignore` in project.config.json.\n\nRecord it with `voipcheck confirm privacy`, or with `voipcheck confirm --from-device` and the text that the page copies.",
			"2023 年 9 月 15 日起，如果小程序后台的《用户隐私保护指引》没有声明麦克风和摄像头，申请这两项授权会直接失败，errno 为 112（api scope is not declared in the privacy agreement）。代码里的 `__usePrivacyCheck__` 已不起作用，不能代替声明。\n\n用 `voipcheck new selfcheck` 生成自检页面，可以在真机上查看是否已声明。请不要随正式版发布这个页面：从页面列表中删除，并写进 project.config.json 的 `packOptions.ignore`。\n\n完成后用 `voipcheck confirm privacy` 记录，也可以把页面复制的结果交给 `voipcheck confirm --from-device`。"),
		Sources: []Source{docAuthorization, inGuide("before development 4")},
	},
	{
		Step: StepPermission, Guide: "code 1",
		Title: lang.T("Say in app.json what microphone and camera are for", "在 app.json 中声明麦克风和摄像头的用途"),
		Text: lang.T(
			"The guide asks for an entry for `scope.record` and one for `scope.camera` under `permission` in app.json, each with a `desc` of at most 30 characters that tells the user what the permission is for.",
			"接入指南要求在 app.json 的 `permission` 里声明 `scope.record` 和 `scope.camera`，并各写一句不超过 30 个字的 `desc`，告诉用户这项权限的用途。"),
		Sources: []Source{docPermission, inGuide("code 1")},
	},
	{
		Step: StepAuthorize, Guide: "code 2",
		Title: lang.T("Get microphone and camera granted before enabling", "开启之前拿到麦克风和摄像头授权"),
		Text: lang.T(
			"Both calls of the feature need the user's authorization of `scope.record` and `scope.camera`. On every path to `setEnable1v1Chat`, both must be granted: requested, waited for, and with the path stopped after a refusal.",
			"两个通话接口都需要用户授权 `scope.record` 和 `scope.camera`。每一条执行到 `setEnable1v1Chat` 的路径都必须已经拿到这两项授权：先申请，等待结果，被拒绝就停下。"),
		Sources: []Source{docSetEnable, docAuthorize, docAuthorization, inGuide("code 2")},
	},
	{
		Step: StepEnable, Guide: "code 3",
		Title: lang.T("Enable the call feature", "调用 setEnable1v1Chat 开启通话功能"),
		Text: lang.T(
			"`wx.setEnable1v1Chat({ enable: true })` switches the feature on for this run of the mini-program. It must be called again after every cold start, both by users who call and by users who want to be called.",
			"`wx.setEnable1v1Chat({ enable: true })` 只在小程序本次运行期间有效，每次冷启动后都要重新调用，呼叫方和接听方都需要。"),
		Sources: []Source{docSetEnable, docVoip, inGuide("code 3")},
	},
	{
		Step: StepJoin, Guide: "code 4",
		Title: lang.T("Place the call after enabling has succeeded", "开启成功后调用 join1v1Chat 发起通话"),
		Text: lang.T(
			"`wx.join1v1Chat({ caller, listener })` places the call. Both sides need a `nickname` and an `openid`, which is the user's openid within this mini-program. The call works only once enabling has succeeded.",
			"`wx.join1v1Chat({ caller, listener })` 发起通话。双方都要有 `nickname` 和 `openid`，openid 必须是用户在本小程序内的 openid。只有开启成功之后才能调用。"),
		Sources: []Source{docJoin, docVoip, inGuide("code 4")},
	},
	{
		Step: StepDevTools, Guide: "notes 1",
		Title: lang.T("Do not enable in DevTools", "不在微信开发者工具里开启"),
		Text: lang.T(
			"The feature does not work in WeChat DevTools and can be tried only on a real device. Code that checks `platform` and says so spares everyone the search for a bug that does not exist.",
			"微信开发者工具不支持这项功能，只能用真机预览或真机调试。在代码里判断 `platform` 并给出提示，可以避免把它当成缺陷反复排查。"),
		Sources: []Source{inGuide("notes 1")},
	},
	{
		Step: StepReachable, Guide: "notes 2 and 3",
		Title: lang.T("Let users place calls and be called", "用户能发起通话，也能被呼叫到"),
		Text: lang.T(
			"The page with the call must be registered, and its buttons must be bound to methods that exist. A user who waits for a call must have the mini-program open, both scopes granted and the feature enabled.",
			"通话页面必须已注册，按钮必须绑定到存在的方法；等待来电的一方必须打开小程序、完成两项授权并开启通话功能。"),
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
