package checks

// What the steps of a witness say.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Describe says what happened at a step of a witness, as one line.
func Describe(s flow.Step) lang.Text {
	name := Named(s.Name)
	switch s.Kind {
	case flow.StepAsk, flow.StepGranted, flow.StepRefused, flow.StepTested:
		if said, ok := nameless[s.Kind]; ok && strings.TrimSpace(s.Name) == "" {
			return said
		}
		name = scopeNames(s.Name)
		if s.Kind == flow.StepGranted && !scopesExist(s.Name) {
			return lang.F(lang.T("continues as if %s were granted", "按已获得 %s 授权的情况继续执行"), name)
		}
		if said, ok := several[s.Kind]; ok && strings.ContainsFunc(s.Name, separates) {
			return lang.F(said, name)
		}
	case flow.StepHandler:
		switch {
		case gestures[s.Detail]:
			return lang.F(lang.T("%[1]s runs on the user's %[2]s", "用户触发 %[2]s，执行 %[1]s"), name, s.Detail)
		case s.Detail != "":
			return lang.F(lang.T("%[1]s runs on the event %[2]s", "触发 %[2]s 事件，执行 %[1]s"), name, s.Detail)
		}
	}
	if said, ok := nameless[s.Kind]; ok && strings.TrimSpace(s.Name) == "" {
		return said
	}
	if said, ok := sayings[s.Kind]; ok {
		return lang.F(said, name)
	}
	return name
}

// gestures are the events that the user makes.
var gestures = map[string]bool{"tap": true, "click": true, "longpress": true, "longtap": true, "submit": true}

// sayings has for each kind of step a sentence that its name is put into.
var sayings = map[flow.StepKind]lang.Text{
	flow.StepLifecycle:  lang.T("the platform calls %s", "平台调用生命周期函数 %s"),
	flow.StepHandler:    lang.T("%s runs as an event handler", "作为事件处理函数执行 %s"),
	flow.StepModule:     lang.T("the top level of %s runs when it is loaded", "加载 %s 时执行它的顶层代码"),
	flow.StepHook:       lang.T("%s runs its callback", "执行 %s 的回调"),
	flow.StepObserver:   lang.T("a change of %s runs its observer", "%s 变化，执行监听函数"),
	flow.StepEnter:      lang.T("enters %s", "进入 %s"),
	flow.StepAsk:        lang.T("requests authorization of %s", "申请 %s 授权"),
	flow.StepGranted:    lang.T("%s is granted", "用户允许 %s 授权"),
	flow.StepRefused:    lang.T("the user refuses %s", "用户拒绝 %s 授权"),
	flow.StepTested:     lang.T("a check shows that %s is granted", "判断得知已有 %s 授权"),
	flow.StepNotWaited:  lang.T("continues without waiting for %s", "不等待 %s 的结果，继续执行"),
	flow.StepCaught:     lang.T("the failure of %s is caught here, and the path continues", "%s 的失败在这里被捕获，继续执行"),
	flow.StepTruthy:     lang.T("%s is truthy here", "此时 %s 为真值"),
	flow.StepFalsy:      lang.T("%s is falsy here", "此时 %s 为假值"),
	flow.StepEnable:     lang.T("%s is called", "调用 %s"),
	flow.StepEnabled:    lang.T("enabling succeeds: %s", "开启成功：%s"),
	flow.StepFailed:     lang.T("enabling fails: %s", "开启失败：%s"),
	flow.StepDisabled:   lang.T("the feature is switched off again: %s", "通话功能又被关闭：%s"),
	flow.StepTurnedOff:  lang.T("other code switches the feature off here without resetting the state that says it is on: %s", "其间另一处代码在这里关闭了通话功能，但没有重置表示「已开启」的状态：%s"),
	flow.StepJoin:       lang.T("%s is called", "调用 %s"),
	flow.StepUnfollowed: lang.T("%s cannot be followed", "无法跟踪：%s"),
	flow.StepNavigate:   lang.T("opens the page %s", "打开页面 %s"),
	flow.StepTrigger:    lang.T("triggers the component event %s", "触发组件事件 %s"),
}

// several are the sentences that are others for more than one scope.
var several = map[flow.StepKind]lang.Text{
	flow.StepGranted: lang.T("%s are granted", "用户允许 %s 授权"),
	flow.StepTested:  lang.T("a check shows that %s are granted", "判断得知已有 %s 授权"),
}

// nameless are the sentences for steps that come without a name.
var nameless = map[flow.StepKind]lang.Text{
	flow.StepModule:     lang.T("the top level of the module runs when it is loaded", "加载模块时执行它的顶层代码"),
	flow.StepAsk:        lang.T("requests an authorization that is not known", "申请授权，但无法得知是哪一项"),
	flow.StepRefused:    lang.T("the user refuses an authorization that is not known", "用户拒绝授权，但无法得知是哪一项"),
	flow.StepTested:     lang.T("the check succeeds here", "此处的判断成立"),
	flow.StepNotWaited:  lang.T("continues without waiting for the outcome", "不等待结果，继续执行"),
	flow.StepCaught:     lang.T("the failure is caught here, and the path continues", "失败在这里被捕获，继续执行"),
	flow.StepTruthy:     lang.T("the condition is true", "此处的条件为真"),
	flow.StepFalsy:      lang.T("the condition is false", "此处的条件为假"),
	flow.StepEnable:     lang.T("setEnable1v1Chat is called", "调用 setEnable1v1Chat"),
	flow.StepEnabled:    lang.T("enabling succeeds", "开启成功"),
	flow.StepFailed:     lang.T("enabling fails", "开启失败"),
	flow.StepDisabled:   lang.T("the feature is switched off again", "通话功能又被关闭"),
	flow.StepTurnedOff:  lang.T("other code switches the feature off here without resetting the state that says it is on", "其间另一处代码在这里关闭了通话功能，但没有重置表示「已开启」的状态"),
	flow.StepJoin:       lang.T("join1v1Chat is called", "调用 join1v1Chat"),
	flow.StepUnfollowed: lang.T("a call that cannot be followed", "一处无法跟踪的调用"),
	flow.StepNavigate:   lang.T("opens the page with the call", "打开发起通话的页面"),
	flow.StepTrigger:    lang.T("triggers a component event", "触发组件事件"),
}

// scopesExist tells that every scope of a list does.
func scopesExist(list string) bool {
	for _, name := range prefixed(strings.FieldsFunc(list, separates)) {
		if !scopeExists(name) {
			return false
		}
	}
	return true
}

// separates tells of what stands between scopes, however the flow joins them.
func separates(r rune) bool { return r == ',' || r == ' ' || r == '+' }

// scopeNames lists scopes as they are written in code.
func scopeNames(list string) lang.Text {
	var names []string
	for _, name := range strings.FieldsFunc(list, separates) {
		if name == "record" || name == "camera" {
			name = "scope." + name
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return lang.T("the authorization", "所需")
	}
	return and(names)
}

// and joins names as each language does.
func and(names []string) lang.Text {
	n := len(names)
	if n == 0 {
		return lang.Text{}
	}
	if n == 1 {
		return same(names[0])
	}
	return lang.T(strings.Join(names[:n-1], ", ")+" and "+names[n-1], strings.Join(names[:n-1], "、")+" 和 "+names[n-1])
}

// same is a name, which no language translates.
func same(name string) lang.Text { return lang.T(name, name) }

// Named is how messages call a function or an expression of the project.
func Named(name string) lang.Text {
	if strings.TrimSpace(name) == "" {
		return lang.T("an anonymous function", "匿名函数")
	}
	return same(short(name))
}

// lineLength is how many characters of a repository's text a message takes up.
const lineLength = 72

// short cuts a piece of source text to what fits a line.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > lineLength {
		return string(r[:lineLength-1]) + "…"
	}
	return text
}

// trace turns a witness into the notes of a finding. A step without a place of its own is
// shown where the finding is.
func trace(witness []flow.Step, at source.Span) []Note {
	notes := make([]Note, 0, len(witness))
	for _, s := range witness {
		n := Note{At: s.At, Message: Describe(s)}
		if n.At.IsZero() {
			n.At = at
		}
		notes = append(notes, n)
	}
	return notes
}
