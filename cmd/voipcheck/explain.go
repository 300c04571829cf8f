package main

// What a rule or a step asks, and why, and what an error code means.

import (
	"fmt"
	"slices"
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
		Use:   "explain [RULE|STEP|CODE ...]",
		Short: s.say("explain a rule, a step or an error code", "说明规则、步骤或错误码"),
		Long: s.say(
			"Explains rules and steps of the guide: what they require and why, a bad and a good example, sources, what happens at run time, and what to do. For an error code or a message seen on a phone (the whole message can be pasted), it says what it means, how certain that is, which steps lead to it and what to check first. Without arguments it lists all steps, rules and codes.",
			"说明规则和接入指南的步骤：要求什么、为什么、错误和正确的写法、依据、运行时的后果和改法。也可以写手机上看到的错误码或报错信息（可粘贴整条），说明它的含义、可靠程度、相关步骤和先看什么。不写参数则列出所有步骤、规则和错误码。"),
		Annotations: map[string]string{"usage": s.say("voipcheck explain [RULE|STEP|CODE ...]", "voipcheck explain [规则|步骤|错误码 ...]")},
		Example:     "  voipcheck explain authorize-before-enable\n  voipcheck explain category\n  voipcheck explain -30003\n  voipcheck explain join1v1Chat:fail jsapi has no permission",
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			all := append(s.stepWords(func(checks.Step) bool { return true }), s.ruleWords()...)
			all = slices.DeleteFunc(append(all, s.codeWords()...), func(word string) bool {
				name, _, _ := strings.Cut(word, "\t")
				return slices.ContainsFunc(args, func(arg string) bool { return plainMinus(arg) == name })
			})
			return words(all...).complete(nil, nil, plainMinus(typed))
		},
		RunE: func(c *cobra.Command, args []string) error {
			e := &explainer{session: s, colors: terminal.NewPalette(s.colored())}
			if len(args) == 0 {
				e.overview()
				return nil
			}
			topics, err := topicsOf(args)
			if err != nil {
				return err
			}
			for i, explain := range topics {
				if i > 0 {
					e.line("")
				}
				explain(e)
			}
			return nil
		},
	}
}

// topic writes the explanation of one thing.
type topic func(*explainer)

// topicsOf finds what the arguments name: each a rule, a step or an error code, or all together one message.
func topicsOf(args []string) ([]topic, error) {
	var topics []topic
	unknown := ""
	for _, arg := range args {
		found := topicsNamed(plainMinus(arg))
		if len(found) == 0 {
			unknown = plainMinus(arg)
			break
		}
		topics = append(topics, found...)
	}
	if unknown == "" {
		return topics, nil
	}
	if codes := checks.LookupErrorCodes(strings.Join(args, " ")); len(args) > 1 && len(codes) > 0 {
		return codeTopics(codes), nil
	}
	return nil, unknownTopic(unknown)
}

// topicsNamed finds what one argument names. A message may name several codes.
func topicsNamed(name string) []topic {
	if r := checks.Lookup(name); r != nil {
		return []topic{func(e *explainer) { e.rule(r) }}
	}
	if step := checks.LookupStep(checks.Step(name)); step != nil {
		return []topic{func(e *explainer) { e.step(step) }}
	}
	return codeTopics(checks.LookupErrorCodes(name))
}

func codeTopics(codes []*checks.ErrorCode) []topic {
	var topics []topic
	for _, c := range codes {
		topics = append(topics, func(e *explainer) { e.errorCode(c) })
	}
	return topics
}

// unknownTopic is what is said of a name that is none.
func unknownTopic(name string) error {
	if of := rulesWithReason(name); len(of) > 0 {
		return usage(lang.T("%q is a reason of %s; explain that rule instead", "%q 是规则 %s 的一个原因，请查看该规则"), name, lang.List(of))
	}
	if looksLikeCode(name) {
		return usage(lang.T("there is no error code %q; the known ones are %s", "没有收录错误码 %q；已收录的有 %s"), name, lang.List(codeNames()))
	}
	return usage(lang.T("there is no rule, step or error code %q; %s", "没有名为 %q 的规则、步骤或错误码；%s"), name,
		spelling.Suggest(name, append(stepNames(), ruleIDs()...)))
}

// looksLikeCode tells of what is not a word: a number, or a message of a platform function.
func looksLikeCode(name string) bool {
	number := strings.TrimLeft(name, "-")
	return number != "" && strings.Trim(number, "0123456789") == "" || strings.Contains(name, ":fail")
}

func codeNames() []string {
	var names []string
	for _, c := range checks.ErrorCodes() {
		names = append(names, c.ID)
	}
	return names
}

// codeWords are the codes for completion; messages in several words are not typed from their beginning.
func (s *session) codeWords() []string {
	var out []string
	for _, c := range checks.ErrorCodes() {
		if !strings.Contains(c.ID, " ") {
			out = append(out, c.ID+"\t"+c.Meaning.In(s.lang))
		}
	}
	return out
}

// typedMinus stands for the minus of a negative number on its way past the parser of flags, which would take it for one.
const typedMinus = "−"

// keepNegative lets negative numbers after explain pass for what they are: explain -30003.
func keepNegative(args []string) []string {
	at := slices.Index(args, "explain")
	if at < 0 {
		return args
	}
	kept := slices.Clone(args)
	for i, arg := range kept[at+1:] {
		if len(arg) > 1 && arg[0] == '-' && '0' <= arg[1] && arg[1] <= '9' {
			kept[at+1+i] = typedMinus + arg[1:]
		}
	}
	return kept
}

func plainMinus(arg string) string {
	if rest, ok := strings.CutPrefix(arg, typedMinus); ok {
		return "-" + rest
	}
	return arg
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
		e.title(lang.T("Reasons", "原因"))
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

// errorCode writes what there is to say about an error code.
func (e *explainer) errorCode(c *checks.ErrorCode) {
	e.line(e.colors.Strong.Sprint(c.ID) + "  " + e.colors.Dim.Sprint(lang.List(c.From).In(e.lang)))
	e.prose(c.Meaning.In(e.lang), "")
	e.title(lang.T("Cause", "原因"))
	e.prose(c.Because.In(e.lang), "  ")
	for _, name := range c.Steps {
		step := checks.LookupStep(name)
		e.line("  " + terminal.Pad(string(name), 10) + "  " + step.Title.In(e.lang))
	}
	if rules := c.Rules(); len(rules) > 0 {
		e.title(lang.T("Rules", "规则"))
		for _, r := range rules {
			e.line("  " + r.ID)
		}
	}
	e.title(lang.T("Check first", "先看什么"))
	e.prose(c.First.In(e.lang), "  ")
	e.title(lang.T("Evidence", "依据"))
	e.prose(report.EvidenceOf(c.Evidence).In(e.lang), "  ")
	e.sources(c.Sources)
}

// overview lists the steps with their rules, and the error codes.
func (e *explainer) overview() {
	for _, s := range checks.Steps() {
		e.line(e.colors.Strong.Sprint(terminal.Pad(string(s.Step), 10)) + "  " + s.Title.In(e.lang))
		for _, r := range checks.Rules() {
			if r.Step == s.Step && report.StepName(r) != "console" {
				e.line("    " + r.ID)
			}
		}
	}
	e.line(e.colors.Strong.Sprint(terminal.Pad("-", 10)) + "  " + e.say("Not a step of the code", "不属于代码步骤"))
	for _, r := range checks.Rules() {
		if name := report.StepName(r); name == "console" || name == "-" {
			e.line("    " + r.ID)
		}
	}
	e.line(e.colors.Strong.Sprint(e.say("Error codes and messages", "错误码和报错信息")))
	e.prose(strings.Join(codeNames(), e.say(", ", "、")), "    ")
	e.line("")
	e.prose(e.say("Run voipcheck explain NAME for more about a rule, a step, an error code or a message.",
		"执行 voipcheck explain 名称 查看规则、步骤、错误码或报错信息的说明。"), "")
}
