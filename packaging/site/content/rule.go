package content

// The pages of the rules, and their list.

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/report"
)

// rules is the list of all rules.
func (e edition) rules() string {
	var b strings.Builder
	b.WriteString(front(e.say("Rules", "规则"), e.say("All rules of voipcheck", "voipcheck 的全部规则")))
	for _, s := range append(checks.Steps(), checks.StepInfo{}) {
		rules := rulesOf(s.Step)
		if len(rules) == 0 {
			continue
		}
		title := fmt.Sprintf("%s {#%s}", prose(s.Title.In(e.Lang)), s.Step)
		if s.Step == checks.NoStep {
			title = e.say("voipcheck itself", "voipcheck 自身")
		}
		fmt.Fprintf(&b, "## %s\n\n| %s | | |\n|---|---|---|\n", title, e.say("rule", "规则"))
		for _, r := range rules {
			fmt.Fprintf(&b, "| [`%s`](./%s.md) | %s | %s |\n", r.ID, r.ID, badge(r), cell(r.Title.In(e.Lang)))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// cell is text in a table.
func cell(text string) string { return strings.ReplaceAll(prose(text), "|", "\\|") }

// badge shows a rule's severity.
func badge(r *checks.Rule) string {
	kind := map[checks.Severity]string{checks.Error: "danger", checks.Warning: "warning"}[r.Severity]
	if kind == "" {
		kind = "info"
	}
	return fmt.Sprintf(`<Badge type="%s" text="%s" />`, kind, report.SeverityName(r.Severity))
}

// rule is the page of one rule.
func (e edition) rule(r *checks.Rule, pictures map[string]drawn) string {
	var b strings.Builder
	b.WriteString(front(r.Title.In(e.Lang), r.ID))
	facts := []string{"`" + r.ID + "`", badge(r), report.StepName(r), report.Evidence(r).In(e.Lang)}
	if r.Fixable {
		facts = append(facts, e.say("fixed by `--fix`", "可用 `--fix` 修复"))
	}
	if r.Proposes {
		facts = append(facts, e.say("fixed by `--fix=all`", "可用 `--fix=all` 修复"))
	}
	fmt.Fprintf(&b, "%s\n\n%s\n\n", strings.Join(facts, " · "), prose(r.Text.In(e.Lang)))
	if len(r.Reasons) > 0 {
		fmt.Fprintf(&b, "| %s | |\n|---|---|\n", e.say("reason", "原因"))
		for _, reason := range r.Reasons {
			fmt.Fprintf(&b, "| `%s` | %s |\n", reason.ID, cell(reason.Title.In(e.Lang)))
		}
		b.WriteString("\n")
	}
	for _, x := range []struct {
		title, code, anchor string
		draw                func(drawn) [2]report.Drawing
	}{
		{e.say("Wrong", "错误写法"), r.Bad, "bad", func(d drawn) [2]report.Drawing { return d.bad }},
		{e.say("Right", "正确写法"), r.Good, "good", func(d drawn) [2]report.Drawing { return d.good }},
	} {
		if x.code == "" {
			continue
		}
		fmt.Fprintf(&b, "## %s {#%s}\n\n%s", x.title, x.anchor, block(r, x.code))
		b.WriteString(e.picture(x.draw(pictures[r.ID])))
	}
	if _, ok := pictures[r.ID]; ok {
		b.WriteString(report.DrawingHeads + "\n\n")
	}
	fmt.Fprintf(&b, "## %s {#run-time}\n\n%s\n\n", e.say("On the phone", "运行时"), prose(r.RunTime.In(e.Lang)))
	fmt.Fprintf(&b, "## %s {#fix}\n\n%s\n\n", e.say("What to do", "怎么改"), prose(r.Fix.In(e.Lang)))
	fmt.Fprintf(&b, "## %s {#sources}\n\n%s", e.say("Sources", "来源"), e.sources(r.Sources))
	return b.String()
}

// block is code of a rule: one file, or each file of an archive.
func block(r *checks.Rule, code string) string {
	code = strings.TrimRight(code, "\n")
	if r.Example != checks.ExampleFiles {
		language := "js"
		if strings.HasSuffix(string(r.Example), ".json") {
			language = "json"
		}
		return fmt.Sprintf("```%s\n%s\n```\n\n", language, code)
	}
	var b strings.Builder
	b.WriteString("::: code-group\n\n")
	for _, f := range archived(code) {
		fmt.Fprintf(&b, "```%s [%s]\n%s\n```\n\n", languageOf(f.name), f.name, strings.TrimRight(f.text, "\n"))
	}
	b.WriteString(":::\n\n")
	return b.String()
}

func (e edition) sources(sources []checks.Source) string {
	var b strings.Builder
	for _, s := range sources {
		if s.URL == "" {
			fmt.Fprintf(&b, "- %s\n", prose(s.Title.In(e.Lang)))
			continue
		}
		fmt.Fprintf(&b, "- [%s](%s)\n", prose(s.Title.In(e.Lang)), s.URL)
	}
	return b.String()
}
