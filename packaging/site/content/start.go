package content

// The first page, and how to begin.

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/voipcheck/voipcheck/internal/report"
)

// repository is where the files of the project can be read.
const repository = "https://github.com/voipcheck/voipcheck"

var (
	relative = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	shown    = regexp.MustCompile(`(?s)<picture>.*?</picture>\s*`)
	comment  = regexp.MustCompile(`(?s)<!--.*?-->\n?`)
)

// start is the README from its first section on, with links that lead where they led there.
func (e edition) start(readme string) (string, error) {
	at := strings.Index(readme, "\n## ")
	if at < 0 {
		return "", errors.New("the README has no section")
	}
	text := shown.ReplaceAllString(comment.ReplaceAllString(readme[at+1:], ""), "")
	text = strings.ReplaceAll(text, repository+"/blob/main/checks/README.zh-CN.md#", "./rules/")
	text = strings.ReplaceAll(text, repository+"/blob/main/checks/README.md#", "./rules/")
	text = outsideCode(text, func(s string) string {
		return relative.ReplaceAllStringFunc(s, func(link string) string {
			m := relative.FindStringSubmatch(link)
			if strings.HasPrefix(m[1], "./rules/") {
				return "](" + m[1] + ".md)"
			}
			return "](" + repository + "/blob/main/" + strings.TrimPrefix(m[1], "./") + m[2] + ")"
		})
	})
	return front(e.say("Get started", "快速开始"), e.say("Install voipcheck, run it, and keep it running", "安装、运行，并接入日常流程")) + text, nil
}

// outsideCode changes the parts of Markdown that are no code blocks.
func outsideCode(text string, change func(string) string) string {
	parts := strings.Split(text, "```")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = change(parts[i])
	}
	return strings.Join(parts, "```")
}

// home is the first page, as VitePress lays it out.
func (e edition) home(pictures map[string]drawn) string {
	type feature struct{ title, details, link string }
	features := []feature{
		{e.say("Paths, not patterns", "看路径，不只看写法"),
			e.say("Follows the code across files, callbacks and promises, and shows the path on which a call fails.", "跨文件、回调和 Promise 跟踪代码，指出通话会在哪条路径上失败。"), "rules/authorize-before-enable"},
		{e.say("The guide as a checklist", "接入指南逐项核对"),
			e.say("Ten steps from the console to the call. Passed means proved; what could not be decided says so.", "从小程序后台到通话共十步。通过就是已证明，判断不了的会明说。"), "checklist"},
		{e.say("Error codes explained", "错误码有解释"),
			e.say("-30003, -20000, errno 112: what they mean, which step is missing, what to look at first.", "-30003、-20000、errno 112：是什么意思，缺了哪一步，先看什么。"), "codes"},
		{e.say("Your framework", "支持常用框架"),
			e.say("Native JavaScript and TypeScript, uni-app, Taro, mpx and wepy. Nothing of the project is run.", "原生 JavaScript 和 TypeScript、uni-app、Taro、mpx、wepy。不会运行项目里的任何代码。"), "start"},
	}
	var b strings.Builder
	fmt.Fprintf(&b, "---\nlayout: home\ntitle: voipcheck\ntitleTemplate: %q\nhero:\n  name: voipcheck\n  text: %q\n  tagline: %q\n  actions:\n",
		e.say("1v1 calls of WeChat mini-programs, checked before users tap", "小程序双人音视频通话的上线前检查"),
		e.say("Will the call work when a real user taps it?", "真实用户点下去，通话能打通吗？"),
		e.say("Pre-flight checks for 1v1 audio and video calls in WeChat mini-programs", "微信小程序双人音视频通话的上线前检查"))
	actions := []struct{ theme, text, link string }{{"brand", e.say("Get started", "快速开始"), "/" + e.prefix + "start"}, {"alt", e.say("Checklist", "检查清单"), "/" + e.prefix + "checklist"}}
	if e.playground {
		actions = append(actions, struct{ theme, text, link string }{"alt", e.say("Playground", "在线试用"), "/playground/index.html"})
	}
	for _, a := range actions {
		fmt.Fprintf(&b, "    - theme: %s\n      text: %q\n      link: %s\n", a.theme, a.text, a.link)
	}
	b.WriteString("features:\n")
	for _, f := range features {
		fmt.Fprintf(&b, "  - title: %q\n    details: %q\n    link: /%s%s\n", f.title, f.details, e.prefix, f.link)
	}
	fmt.Fprintf(&b, "---\n\n<div class=\"first\">\n\n## %s\n\n%s\n\n", e.say("The code continues before the user has answered", "用户还没有答复，代码就继续执行了"), e.say(
		"DevTools cannot run this call, so nobody sees it fail until a user does. voipcheck draws the path that fails:",
		"开发者工具跑不了这个功能，问题往往到用户手里才暴露。voipcheck 会画出出错的路径："))
	b.WriteString(e.picture(pictures["authorize-before-enable"].bad))
	b.WriteString(report.DrawingHeads + "\n\n</div>\n")
	return b.String()
}
