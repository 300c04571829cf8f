package main

// The list of all rules.

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

func (s *session) rulesCommand() *cobra.Command {
	formats := []string{"text", "json", "markdown"}
	var format string
	c := &cobra.Command{
		Use:         "rules",
		Short:       s.say("list all rules", "列出所有规则"),
		Long:        s.say("Lists all rules with their severity and step, in the order of the guide.", "按接入指南的顺序列出所有规则，以及它们的级别和所属步骤。"),
		Annotations: map[string]string{"usage": "voipcheck rules [--format text|json|markdown]"},
		Args:        noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, formats); err != nil {
				return err
			}
			switch format {
			case "json":
				return rulesJSON(&s.out, s.lang)
			case "markdown":
				return rulesMarkdown(&s.out, s.lang)
			}
			return s.rulesText()
		},
	}
	c.Flags().StringVarP(&format, "format", "f", "text", s.say("`FORMAT`: text, json, markdown", "`格式`：text、json、markdown"))
	return c
}

func (s *session) rulesText() error {
	colors := terminal.NewPalette(s.colored())
	shades := map[checks.Severity]*color.Color{checks.Error: colors.Red, checks.Warning: colors.Yellow, checks.Info: colors.Blue}
	for _, r := range checks.Rules() {
		fixable := ""
		if r.Fixable || r.Proposes {
			fixable = fixFlag(r)
		}
		head := fmt.Sprintf("%s  %s  %s  %s", colors.Strong.Sprint(terminal.Pad(r.ID, 27)),
			shades[r.Severity].Sprint(terminal.Pad(report.SeverityName(r.Severity), 7)), terminal.Pad(report.StepName(r), 11), fixable)
		fmt.Fprintln(&s.out, strings.TrimRight(head, " "))
		for _, l := range terminal.Wrap(r.Title.In(s.lang), helpWidth-4) {
			fmt.Fprintf(&s.out, "    %s\n", l)
		}
	}
	return nil
}

// fixFlag is the flag that fixes findings of a rule.
func fixFlag(r *checks.Rule) string {
	if r.Fixable {
		return "--fix"
	}
	return "--fix=all"
}

type ruleJSON struct {
	ID       string       `json:"id"`
	Severity string       `json:"severity"`
	Step     string       `json:"step"`
	Fixable  bool         `json:"fixable"`
	Title    string       `json:"title"`
	Evidence string       `json:"evidence"`
	Reasons  []reasonJSON `json:"reasons"`
	URL      string       `json:"url"`
}

type reasonJSON struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func rulesJSON(w io.Writer, l lang.Lang) error {
	all := []ruleJSON{}
	for _, r := range checks.Rules() {
		one := ruleJSON{
			ID: r.ID, Severity: report.SeverityName(r.Severity), Step: string(r.Step), Fixable: r.Fixable,
			Title: r.Title.In(l), Evidence: string(r.Evidence), Reasons: []reasonJSON{}, URL: report.DocumentationURL(r.ID, l),
		}
		for _, reason := range r.Reasons {
			one.Reasons = append(one.Reasons, reasonJSON{reason.ID, reason.Title.In(l)})
		}
		all = append(all, one)
	}
	return report.EncodeJSON(w, all)
}

// rulesMarkdown writes the table that the README holds.
func rulesMarkdown(w io.Writer, l lang.Lang) error {
	heads := map[lang.Lang]string{
		lang.EN: "| rule | severity | step | fixed by | |\n|---|---|---|---|---|\n",
		lang.ZH: "| 规则 | 级别 | 步骤 | 自动修复 | |\n|---|---|---|---|---|\n",
	}
	var b strings.Builder
	b.WriteString(heads[l])
	for _, r := range checks.Rules() {
		fixable := ""
		if r.Fixable || r.Proposes {
			fixable = "`" + fixFlag(r) + "`"
		}
		fmt.Fprintf(&b, "| [`%s`](%s) | %s | %s | %s | %s |\n", r.ID, report.DocumentationURL(r.ID, l),
			report.SeverityName(r.Severity), report.StepName(r), fixable, strings.ReplaceAll(r.Title.In(l), "|", "\\|"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
