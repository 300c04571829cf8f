package content

// The guide's steps, and the error codes: the pages by which people come who have a task, or a failure.

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// checklist is the page of the steps, in the guide's order.
func (e edition) checklist() string {
	var b strings.Builder
	b.WriteString(front(e.say("Checklist", "检查清单"), e.say("Every step from the console to the call, and the rules that check it", "从小程序后台到通话的每一步，以及对应的规则")))
	fmt.Fprintf(&b, "%s\n\n", e.say(
		"What has to be done before a 1v1 call works on a real phone, in the order of the setup guide. voipcheck decides the steps in the code; the four in WeChat's console are confirmed by the team.",
		"双人音视频通话在真机上跑通之前要做的事，按接入指南的顺序排列。代码里的步骤由 voipcheck 判断，小程序后台的四步由团队确认。"))
	for i, s := range checks.Steps() {
		fmt.Fprintf(&b, "## %d. %s {#%s}\n\n%s\n\n", i+1, prose(s.Title.In(e.Lang)), s.Step, prose(s.Text.In(e.Lang)))
		if rules := rulesOf(s.Step); len(rules) > 0 {
			fmt.Fprintf(&b, "| %s | | |\n|---|---|---|\n", e.say("rule", "规则"))
			for _, r := range rules {
				fmt.Fprintf(&b, "| [`%s`](./rules/%s.md) | %s | %s |\n", r.ID, r.ID, badge(r), cell(r.Title.In(e.Lang)))
			}
			b.WriteString("\n")
		}
		if s.Console {
			fmt.Fprintf(&b, "```sh\nvoipcheck confirm %s\n```\n\n", s.Step)
		}
		fmt.Fprintf(&b, "%s\n\n%s\n", e.say("Sources:", "来源："), e.sources(s.Sources))
	}
	return b.String()
}

// codes is the page of error codes and messages.
func (e edition) codes() string {
	var b strings.Builder
	b.WriteString(front(e.say("Error codes", "错误码"), e.say("What the codes and messages mean that are seen on a phone", "手机上看到的错误码和报错信息是什么意思")))
	fmt.Fprintf(&b, "%s\n\n", e.say(
		"What the codes and messages mean that are seen on a phone, and how sure that is. `voipcheck explain` takes a code, or a whole message.",
		"手机上看到的错误码和报错信息是什么意思，有多可靠。`voipcheck explain` 后面可以写错误码，也可以粘贴整条报错。"))
	for _, c := range checks.ErrorCodes() {
		from := make([]string, len(c.From))
		for i, name := range c.From {
			from[i] = "`" + name + "`"
		}
		fmt.Fprintf(&b, "## %s {#%s}\n\n%s · %s\n\n%s\n\n%s\n\n", prose(c.ID), anchor(c.ID), lang.List(from).In(e.Lang), report.EvidenceOf(c.Evidence).In(e.Lang),
			prose(c.Meaning.In(e.Lang)), prose(c.Because.In(e.Lang)))
		if len(c.Steps) > 0 {
			links := make([]string, len(c.Steps))
			for i, s := range c.Steps {
				links[i] = fmt.Sprintf("[%s](./checklist.md#%s)", s, s)
			}
			fmt.Fprintf(&b, "%s%s\n\n", e.say("Steps: ", "相关步骤："), lang.List(links).In(e.Lang))
		}
		if rules := c.Rules(); len(rules) > 0 {
			links := make([]string, len(rules))
			for i, r := range rules {
				links[i] = fmt.Sprintf("[%s](./rules/%s.md)", r.ID, r.ID)
			}
			fmt.Fprintf(&b, "%s%s\n\n", e.say("Rules: ", "相关规则："), lang.List(links).In(e.Lang))
		}
		fmt.Fprintf(&b, "**%s** %s\n\n%s\n\n%s\n", e.say("What to look at first:", "先看什么："), prose(c.First.In(e.Lang)), e.say("Sources:", "来源："), e.sources(c.Sources))
	}
	return b.String()
}

// anchor is the name of a code's place on the page: letters, digits and hyphens, and no digit or hyphen first.
func anchor(id string) string {
	var b strings.Builder
	b.WriteString("code-")
	for _, r := range strings.ToLower(strings.TrimPrefix(id, "-")) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if s := b.String(); s[len(s)-1] != '-' {
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
