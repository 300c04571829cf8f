package report

// Everything there is to say about the rules, as one page of Markdown: what the links in reports lead to.

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// RuleDocumentation is the page in one language.
func RuleDocumentation(l lang.Lang) string {
	var b strings.Builder
	say := func(en, zh string) string { return lang.T(en, zh).In(l) }
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", say("Rules", "规则"), say(
		"<!-- Made from the rules' metadata: go test ./cmd/... -update -->\n\n[中文](README.zh-CN.md)",
		"<!-- 由规则的元数据生成：go test ./cmd/... -update -->\n\n[English](README.md)"))
	for _, step := range checks.Steps() {
		fmt.Fprintf(&b, "- **%s** %s", step.Step, step.Title.In(l))
		for i, r := range rulesOf(step.Step) {
			separator := ", "
			if i == 0 {
				separator = ": "
			}
			fmt.Fprintf(&b, "%s[%s](#%s)", separator, r.ID, r.ID)
		}
		b.WriteString("\n")
	}
	for _, r := range checks.Rules() {
		fmt.Fprintf(&b, "\n## %s\n\n%s", r.ID, RuleMarkdown(r, l))
	}
	fmt.Fprintf(&b, "\n## %s\n\n%s\n", say("Error codes", "错误码"), say(
		"The meaning of error codes and messages seen on a phone, and how certain it is. `voipcheck explain` accepts a code or a whole message.",
		"手机上看到的错误码和报错信息的含义，以及可靠程度。`voipcheck explain` 后面可以写错误码，也可以粘贴整条报错。"))
	for _, c := range checks.ErrorCodes() {
		fmt.Fprintf(&b, "\n### %s\n\n%s", c.ID, errorCodeMarkdown(c, l))
	}
	return b.String()
}

// errorCodeMarkdown tells all about an error code but its name.
func errorCodeMarkdown(c *checks.ErrorCode, l lang.Lang) string {
	var b strings.Builder
	say := func(en, zh string) string { return lang.T(en, zh).In(l) }
	from := make([]string, len(c.From))
	for i, name := range c.From {
		from[i] = "`" + name + "`"
	}
	fmt.Fprintf(&b, "%s · %s\n\n%s\n\n%s\n", lang.List(from).In(l), EvidenceOf(c.Evidence).In(l), c.Meaning.In(l), c.Because.In(l))
	if len(c.Steps) > 0 {
		fmt.Fprintf(&b, "\n%s%s\n", say("Steps: ", "相关步骤："), lang.List(stepNames(c.Steps)).In(l))
	}
	if rules := c.Rules(); len(rules) > 0 {
		links := make([]string, len(rules))
		for i, r := range rules {
			links[i] = fmt.Sprintf("[%s](#%s)", r.ID, r.ID)
		}
		fmt.Fprintf(&b, "\n%s%s\n", say("Rules: ", "相关规则："), lang.List(links).In(l))
	}
	fmt.Fprintf(&b, "\n%s%s\n\n%s\n\n", say("Check first: ", "先看什么："), c.First.In(l), say("Sources:", "来源："))
	writeSources(&b, c.Sources, l)
	return b.String()
}

func stepNames(steps []checks.Step) []string {
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = string(s)
	}
	return names
}

// EvidenceOf says how well a claim is founded.
func EvidenceOf(e checks.Evidence) lang.Text { return evidenceWords[e] }

func writeSources(b *strings.Builder, sources []checks.Source, l lang.Lang) {
	for _, s := range sources {
		if s.URL == "" {
			fmt.Fprintf(b, "- %s\n", s.Title.In(l))
			continue
		}
		fmt.Fprintf(b, "- [%s](%s)\n", s.Title.In(l), s.URL)
	}
}

// rulesOf are the rules of a step; those that serve several steps belong to the first.
func rulesOf(step checks.Step) []*checks.Rule {
	var rules []*checks.Rule
	for _, r := range checks.Rules() {
		if r.Step == step {
			rules = append(rules, r)
		}
	}
	return rules
}

// RuleMarkdown tells all about a rule but its name.
func RuleMarkdown(r *checks.Rule, l lang.Lang) string {
	var b strings.Builder
	say := func(en, zh string) string { return lang.T(en, zh).In(l) }
	fmt.Fprintf(&b, "**%s**\n\n", r.Title.In(l))
	about := []string{SeverityName(r.Severity), StepName(r), Evidence(r).In(l)}
	if r.Fixable {
		about = append(about, say("fixable with `--fix`", "可用 `--fix` 修复"))
	}
	if r.Proposes {
		about = append(about, say("fixable with `--fix=all`", "可用 `--fix=all` 修复"))
	}
	fmt.Fprintf(&b, "%s\n\n%s\n", strings.Join(about, " · "), r.Text.In(l))
	if len(r.Reasons) > 0 {
		fmt.Fprintf(&b, "\n%s\n\n", say("Reasons:", "原因："))
		for _, reason := range r.Reasons {
			fmt.Fprintf(&b, "- `%s`: %s\n", reason.ID, reason.Title.In(l))
		}
	}
	for _, example := range []struct{ title, code string }{{say("Bad:", "错误写法："), r.Bad}, {say("Good:", "正确写法："), r.Good}} {
		if example.code != "" {
			fmt.Fprintf(&b, "\n%s\n\n```%s\n%s\n```\n", example.title, language(r), strings.TrimRight(example.code, "\n"))
		}
	}
	fmt.Fprintf(&b, "\n%s%s\n\n%s%s\n\n%s\n\n", say("At run time: ", "运行时："), r.RunTime.In(l),
		say("What to do: ", "怎么改："), r.Fix.In(l), say("Sources:", "来源："))
	writeSources(&b, r.Sources, l)
	return b.String()
}

// language is what a rule's examples are written in, as Markdown names it.
func language(r *checks.Rule) string {
	switch {
	case strings.HasSuffix(string(r.Example), ".json"):
		return "json"
	case r.Example == checks.ExampleFiles:
		return "text"
	}
	return "js"
}

// Evidence says how well a rule is founded. What is voipcheck's own rule is documented, but not by WeChat.
func Evidence(r *checks.Rule) lang.Text {
	if r.Step == checks.NoStep {
		return lang.T("documented (by voipcheck itself)", "documented（voipcheck 自身的约定）")
	}
	return evidenceWords[r.Evidence]
}

var evidenceWords = map[checks.Evidence]lang.Text{
	checks.Documented: lang.T("documented (WeChat's documentation)", "documented（微信官方文档）"),
	checks.Guide:      lang.T("guide (the setup guide)", "guide（接入指南）"),
	checks.Community:  lang.T("community (developers' reports)", "community（开发者反馈）"),
	checks.Contested:  lang.T("contested (sources disagree)", "contested（各方说法不一）"),
	checks.Guess:      lang.T("guess (from the wording or from other facts)", "guess（由文字或其他事实推测）"),
}

// console stands for the four steps that are done in WeChat's console.
const console = "console"

// StepName names the step of a rule; a rule with a reason for each of several steps serves them all.
func StepName(r *checks.Rule) string {
	if r.Step == checks.NoStep {
		return "-"
	}
	for _, reason := range r.Reasons {
		if checks.LookupStep(checks.Step(reason.ID)) != nil {
			return console
		}
	}
	return string(r.Step)
}
