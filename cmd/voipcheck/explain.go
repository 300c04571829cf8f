package main

// What a rule or a step asks, and why.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/spelling"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

func (s *session) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE|STEP]",
		Short: s.say("what a rule or step asks, why, and how to fix it", "说明规则或步骤的要求、原因和改法"),
		Long: s.say(
			"Explains a rule or a step of the guide: what it asks and why, a bad and a good example, its sources, what happens at run time, and what to do. Without a name it lists the steps with their rules.",
			"说明一条规则或指引中的一个步骤：要求什么、为什么、错误和正确的写法、依据、运行时的后果和改法。不写名称就列出所有步骤和规则。"),
		Annotations: map[string]string{"usage": s.say("voipcheck explain [RULE|STEP]", "voipcheck explain [规则|步骤]")},
		Example:     "  voipcheck explain authorize-before-enable\n  voipcheck explain category",
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			all := s.stepWords(func(checks.Step) bool { return true })
			return words(append(all, s.ruleWords()...)...).complete(nil, nil, typed)
		},
		RunE: func(c *cobra.Command, args []string) error {
			e := &explainer{session: s, colors: terminal.NewPalette(s.colored())}
			switch {
			case len(args) == 0:
				e.overview()
				return nil
			case len(args) > 1:
				return usage(lang.T("name one rule or step", "请只写一个规则或步骤"))
			}
			if r := checks.Lookup(args[0]); r != nil {
				e.rule(r)
				return nil
			}
			if step := checks.LookupStep(checks.Step(args[0])); step != nil {
				e.step(step)
				return nil
			}
			if of := rulesWithReason(args[0]); len(of) > 0 {
				return usage(lang.T("%q is a reason of %s: explain that", "%q 是 %s 的一个具体原因，请查看该规则"), args[0], lang.List(of))
			}
			return usage(lang.T("no such rule or step: %q; %s", "没有这个规则或步骤：%q；%s"), args[0],
				spelling.Suggest(args[0], append(stepNames(), ruleIDs()...)))
		},
	}
}

// rulesWithReason are the rules whose findings may have a reason.
func rulesWithReason(reason string) []string {
	var of []string
	for _, r := range checks.Rules() {
		for _, known := range r.Reasons {
			if known.ID == reason {
				of = append(of, r.ID)
			}
		}
	}
	return of
}

func stepNames() []string {
	var names []string
	for _, s := range checks.Steps() {
		names = append(names, string(s.Step))
	}
	return names
}

// explainer writes an explanation.
type explainer struct {
	*session
	colors terminal.Palette
}

func (e *explainer) line(text string) { fmt.Fprintln(&e.out, strings.TrimRight(text, " ")) }

func (e *explainer) title(t lang.Text) { e.line("\n" + e.colors.Strong.Sprint(t.In(e.lang))) }

// prose writes paragraphs of Markdown as text for a terminal.
func (e *explainer) prose(text, indent string) {
	for _, l := range terminal.Wrap(text, helpWidth-len(indent)) {
		e.line(indent + l)
	}
}

func (e *explainer) code(title lang.Text, code string) {
	if code == "" {
		return
	}
	e.title(title)
	for l := range strings.SplitSeq(strings.TrimRight(code, "\n"), "\n") {
		e.line("    " + l)
	}
}

func (e *explainer) rule(r *checks.Rule) {
	about := report.SeverityName(r.Severity) + " · " + report.StepName(r)
	if r.Fixable {
		about += " · " + e.say("fixable with --fix", "可用 --fix 修复")
	}
	if r.Proposes {
		about += " · " + e.say("fixable with --fix=all", "可用 --fix=all 修复")
	}
	e.line(e.colors.Strong.Sprint(r.ID) + "  " + e.colors.Dim.Sprint(about))
	e.prose(r.Title.In(e.lang), "")
	e.line("")
	e.prose(r.Text.In(e.lang), "")
	if len(r.Reasons) > 0 {
		e.title(lang.T("Reasons", "具体原因"))
		widest := 0
		for _, reason := range r.Reasons {
			widest = max(widest, len(reason.ID))
		}
		for _, reason := range r.Reasons {
			e.line("  " + terminal.Pad(reason.ID, widest) + "  " + reason.Title.In(e.lang))
		}
	}
	e.code(lang.T("Bad", "错误写法"), r.Bad)
	e.code(lang.T("Good", "正确写法"), r.Good)
	e.title(lang.T("At run time", "运行时"))
	e.prose(r.RunTime.In(e.lang), "  ")
	e.title(lang.T("What to do", "怎么改"))
	e.prose(r.Fix.In(e.lang), "  ")
	e.title(lang.T("Evidence", "依据"))
	e.prose(report.Evidence(r).In(e.lang), "  ")
	e.sources(r.Sources)
}

func (e *explainer) sources(sources []checks.Source) {
	for _, s := range sources {
		e.prose("- "+s.Title.In(e.lang), "  ")
		if s.URL != "" {
			e.line("    " + s.URL)
		}
	}
}

func (e *explainer) step(s *checks.StepInfo) {
	about := e.say("decided by rules", "由规则判断")
	if s.Console {
		about = e.say("console step, confirmed by the team", "后台步骤，由团队确认")
	}
	e.line(e.colors.Strong.Sprint(string(s.Step)) + "  " + e.colors.Dim.Sprint(about))
	e.prose(s.Title.In(e.lang), "")
	e.line("")
	e.prose(s.Text.In(e.lang), "")
	if !s.Console {
		e.title(lang.T("Rules", "规则"))
		for _, r := range checks.Rules() {
			if r.Step == s.Step && report.StepName(r) != "console" {
				e.line("  " + r.ID)
				e.prose(r.Title.In(e.lang), "    ")
			}
		}
	}
	if len(s.Sources) > 0 {
		e.title(lang.T("Sources", "来源"))
		e.sources(s.Sources)
	}
}

// overview lists the steps with their rules.
func (e *explainer) overview() {
	for _, s := range checks.Steps() {
		e.line(e.colors.Strong.Sprint(terminal.Pad(string(s.Step), 10)) + "  " + s.Title.In(e.lang))
		for _, r := range checks.Rules() {
			if r.Step == s.Step && report.StepName(r) != "console" {
				e.line("    " + r.ID)
			}
		}
	}
	e.line(e.colors.Strong.Sprint(terminal.Pad("-", 10)) + "  " + e.say("Not a step of the guide's code", "与指引的代码步骤无关"))
	for _, r := range checks.Rules() {
		if name := report.StepName(r); name == "console" || name == "-" {
			e.line("    " + r.ID)
		}
	}
	e.line("")
	e.prose(e.say("voipcheck explain RULE tells more about a rule, voipcheck explain STEP about a step.",
		"用 voipcheck explain 加规则或步骤的名称查看详细说明。"), "")
}
