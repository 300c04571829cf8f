package checks

import "testing"

func TestSaysNothing(t *testing.T) {
	for _, desc := range []string{
		// The guide's and the documentation's samples.
		"你的描述内容，解释为何需要录音权限", "你的描述内容，解释为何需要相机权限", "您的描述内容", "解释为何需要录音权限",
		"你的位置信息将用于小程序位置接口的效果展示", "录音接口的效果展示",
		// Templates.
		"desc", "Desc.", "description", "your description here", "Your desc", "描述", "描述内容", "用途说明", "权限说明", "请填写用途", "请填写", "请输入描述", "待补充", "TODO", "todo: 写描述", "TBD", "FIXME",
		"Lorem ipsum dolor sit amet", "placeholder", "sample text", "示例", "示例文字", "测试", "测试描述", "这是描述", "test", "Test desc", "this is a test", "foo bar", "describe why you need this",
		// Crosses and blanks to be filled in.
		"xxx", "XXX", "用于xxx功能", "用于XX", "用于××", "*** ", "____", "<用途>", "<desc>", "{{desc}}", "${desc}",
		// Noise.
		"。", "......", "123", "12345", "-", "？？？", "aaa", "啊啊啊啊", "a", "ab", "哈哈哈", "asdf", "asdfasdf", "qwer", "的", "abab", "啊哈啊哈",
		// One word that only names the thing.
		"权限", "授权", "录音", "麦克风", "相机", "摄像头", "录音权限", "麦克风权限", "摄像头授权", "record", "Camera", "microphone", "camera permission", "scope.record", "audio", "无", "暂无", "null", "undefined", "N/A", "hello world", "string",
	} {
		if !saysNothing(desc) {
			t.Errorf("%q passes for a description", desc)
		}
	}
}

func TestRealDescriptions(t *testing.T) {
	for _, desc := range []string{
		"用于音视频通话时采集您的声音", "用于音视频通话时采集您的画面", "用于通话时采集您的声音", "用于通话时采集您的画面", "用于通话时让对方听到您的声音", "用于视频通话时让对方看到您的画面", "用于通话", "通话", "视频通话", "语音通话时需要", "通话需要麦克风", "需要使用您的麦克风进行语音通话",
		"需要使用您的摄像头进行视频通话", "您的麦克风将用于与医生语音通话", "您的摄像头将用于视频问诊", "用于与客服进行音视频通话", "视频客服需要使用摄像头", "在线课堂互动时录制您的声音", "向对方展示画面", "使对方能听见你说话",
		"用于发起双人通话", "开户视频见证需要打开摄像头", "与家人视频时使用", "用于测试您的麦克风", "拍照识别门牌号", "使用你的录音功能，用于语音通话", "获取麦克风权限用于1v1通话", "VoIP通话", "用于 1v1 音视频通话", "为您提供远程看车服务", "小程序需要您的麦克风权限以完成通话",
		"for voice calls", "Used for video calls", "Video call", "Needed for calls with your doctor", "Lets the other side hear you", "To show your picture in a call", "call", "Your voice is sent to the callee", "used to test your microphone", "Exxon hotline calls", "video", "voice call",
		"対面通話に使用します", "영상 통화에 사용됩니다",
	} {
		if saysNothing(desc) {
			t.Errorf("%q is taken for a sample", desc)
		}
	}
}

func TestBlank(t *testing.T) {
	for _, text := range []string{"", " ", "\t\n", "　", "\u200b", "\ufeff \u00a0"} {
		if !blank(text) {
			t.Errorf("%q is not blank", text)
		}
	}
	for _, text := range []string{".", "声", "a"} {
		if blank(text) {
			t.Errorf("%q is blank", text)
		}
	}
}
