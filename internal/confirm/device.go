package confirm

// What the self-check page reports from a phone, and which console steps that is evidence for.

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// Device is what the self-check page found on a phone.
type Device struct {
	// On is the day, in UTC.
	On string
	// Library is the base library's version, Platform the system's name.
	Library, Platform string
	// Record, Camera and Enable are the outcomes of asking for each scope and of enabling: "ok", a code, or "skipped".
	Record, Camera, Enable string
}

var (
	answers  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}) library=(\S+) platform=(\S+) microphone=\S+ camera=\S+ scope\.record=(\S+) scope\.camera=(\S+) enable=(\S+)$`)
	measured = regexp.MustCompile(`^voipcheck/1 (\d+) (.*)$`)
)

// ReadDevice reads the text that the self-check page copies. It must be whole: its length in UTF-16 units comes first.
func ReadDevice(text string) (*Device, error) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return nil, lang.Errorf(lang.T("the text of the self-check page is empty", "自检结果为空"))
	}
	if !strings.HasPrefix(text, "voipcheck/") {
		return nil, lang.Errorf(lang.T("this is not the text that the self-check page copies: it must begin with voipcheck/1", "这不是自检页面复制的结果：应以 voipcheck/1 开头"))
	}
	if !strings.HasPrefix(text, "voipcheck/1 ") {
		return nil, lang.Errorf(lang.T("the self-check page has another version; write it again with voipcheck new selfcheck --force", "自检页面的版本不同，请重新生成：voipcheck new selfcheck --force"))
	}
	m := measured.FindStringSubmatch(text)
	var parts []string
	if m != nil && m[1] == strconv.Itoa(len(utf16.Encode([]rune(m[2])))) {
		parts = answers.FindStringSubmatch(m[2])
	}
	if parts == nil {
		return nil, lang.Errorf(lang.T("the text of the self-check page is incomplete; copy it again", "自检结果不完整，请重新复制"))
	}
	return &Device{On: parts[1], Library: parts[2], Platform: parts[3], Record: parts[4], Camera: parts[5], Enable: parts[6]}, nil
}

// Evidence are the console steps that the phone's answers show to be done. An error says what they show instead, or why they show
// nothing.
//
// Only the privacy agreement is shown: authorize fails with errno 112 where it does not declare the scope. That enabling succeeded is
// no evidence for the switch in the interface settings, whose error is documented for join1v1Chat alone.
func (d *Device) Evidence(now time.Time) ([]string, error) {
	if d.On > now.UTC().Format(time.DateOnly) {
		return nil, lang.Errorf(lang.T("the date of the self-check, %s, is in the future", "自检日期 %s 晚于今天"), d.On)
	}
	if d.Platform == "devtools" {
		return nil, lang.Errorf(lang.T("the self-check ran in DevTools, which proves nothing; open it on a phone", "自检是在开发者工具里运行的，不能说明问题，请在真机上打开"))
	}
	for _, asked := range []struct{ scope, outcome string }{{"scope.record", d.Record}, {"scope.camera", d.Camera}} {
		switch asked.outcome {
		case "ok":
		case "undeclared":
			return nil, lang.Errorf(lang.T(
				"the phone says that the privacy agreement does not declare %s (errno 112): declare it in the console, and check again",
				"手机返回 errno 112：《用户隐私保护指引》没有声明 %s，请到小程序后台补上后重新自检"), asked.scope)
		default:
			return nil, lang.Errorf(lang.T(
				"%s was not granted on the phone (%s), which shows nothing of the console; allow it there, and check again",
				"手机上没有拿到 %s（%s），看不出后台的情况；请允许后重新自检"), asked.scope, asked.outcome)
		}
	}
	return []string{"privacy"}, nil
}

// Note is what is remembered with a step.
func (d *Device) Note() string {
	return "self-check on " + d.Platform + ", base library " + d.Library + ", enabling: " + d.Enable
}
