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
	if s.Kind == flow.StepHandler && s.Detail != "" {
		return lang.F(lang.T("%[1]s runs on the user's %[2]s", "用户触发 %[2]s 事件，执行 %[1]s"), named(s.Name), s.Detail)
	}
	if s.Kind == flow.StepSettled {
		return settled(s)
	}
	if said, ok := sayings[s.Kind]; ok {
		return lang.F(said, nameOf(s))
	}
	return lang.F(lang.T("%s", "%s"), named(s.Name))
}

// sayings has for each kind of step a sentence that its name is put into.
var sayings = map[flow.StepKind]lang.Text{
	flow.StepLifecycle:  lang.T("the platform runs %s", "平台调用生命周期函数 %s"),
	flow.StepHandler:    lang.T("%s runs as an event handler", "作为事件处理函数执行 %s"),
	flow.StepModule:     lang.T("%s runs when it is loaded", "加载时执行 %s 的顶层代码"),
	flow.StepHook:       lang.T("%s runs its callback", "%s 的回调执行"),
	flow.StepEnter:      lang.T("goes into %s", "进入 %s"),
	flow.StepAsk:        lang.T("asks for %s", "申请 %s 授权"),
	flow.StepGranted:    lang.T("%s is granted", "用户已授权 %s"),
	flow.StepRefused:    lang.T("the user refuses %s", "用户拒绝授权 %s"),
	flow.StepTested:     lang.T("a test finds that %s holds", "判断得知 %s 成立"),
	flow.StepNotWaited:  lang.T("goes on without waiting for %s", "没有等待 %s 的结果就继续往下执行"),
	flow.StepCaught:     lang.T("the failure ends here: %s", "失败在 %s 被吞掉，后面的代码照常执行"),
	flow.StepTruthy:     lang.T("%s counts as true here", "此时 %s 为真值"),
	flow.StepFalsy:      lang.T("%s counts as false here", "此时 %s 为假值"),
	flow.StepEnable:     lang.T("%s is called", "调用 %s"),
	flow.StepEnabled:    lang.T("enabling succeeds: %s", "通话功能开启成功（%s）"),
	flow.StepFailed:     lang.T("enabling fails: %s", "通话功能开启失败（%s）"),
	flow.StepDisabled:   lang.T("enabling is switched off again: %s", "通话功能又被关闭（%s）"),
	flow.StepJoin:       lang.T("%s is called", "调用 %s"),
	flow.StepUnfollowed: lang.T("%s cannot be followed", "无法跟踪 %s"),
	flow.StepNavigate:   lang.T("leads to the page %s", "跳转到页面 %s"),
	flow.StepTrigger:    lang.T("triggers the component event %s", "触发组件事件 %s"),
}

// nameOf is what the step is about, with a word for it where the flow had none.
func nameOf(s flow.Step) lang.Text {
	switch s.Kind {
	case flow.StepAsk, flow.StepGranted, flow.StepRefused, flow.StepTested:
		return scopeNames(s.Name)
	case flow.StepEnable, flow.StepEnabled, flow.StepFailed, flow.StepDisabled:
		if s.Name == "" {
			return same(string(flow.SetEnable))
		}
	case flow.StepJoin:
		if s.Name == "" {
			return same(string(flow.Join))
		}
	case flow.StepModule:
		if s.Name == "" {
			return lang.T("the module", "模块")
		}
	case flow.StepCaught:
		if s.Name == "" {
			return lang.T("what follows runs all the same", "此处")
		}
	case flow.StepTruthy, flow.StepFalsy:
		if s.Name == "" {
			return lang.T("the test", "判断条件")
		}
	}
	return named(s.Name)
}

func settled(s flow.Step) lang.Text {
	if strings.Contains(s.Name, "reject") {
		return lang.T("the promise waited for is rejected", "所等待的 Promise 被拒绝（rejected）")
	}
	return lang.T("the promise waited for is fulfilled", "所等待的 Promise 已完成（fulfilled）")
}

// scopeNames lists scopes as they are written in code, whatever way the flow joins them.
func scopeNames(list string) lang.Text {
	var names []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '+' }) {
		if name == "record" || name == "camera" {
			name = "scope." + name
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return lang.T("the authorization", "所需权限")
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

func named(name string) lang.Text {
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
