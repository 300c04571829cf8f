package main

// Scripts that complete commands, flags, rules and steps in a shell.

import (
	"bytes"
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// completer gives what may stand at a place, of which only what begins as typed is offered.
type completer func(typed string) ([]string, cobra.ShellCompDirective)

func (of completer) complete(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	all, directive := of(typed)
	if directive == cobra.ShellCompDirectiveFilterFileExt {
		return all, directive // extensions, not words
	}
	var fitting []string
	for _, word := range all {
		if strings.HasPrefix(word, typed) {
			fitting = append(fitting, word)
		}
	}
	return fitting, directive
}

// completeFlags tells a shell what the flags of a command, and of those below it, take.
func (s *session) completeFlags(c *cobra.Command) {
	formats := s.formatWords()
	values := map[string]completer{
		"format":         words(formats...),
		"editor":         words(editors...),
		"fail-on":        words("error", "warning", "never"),
		"fix":            words("safe", "all"),
		"lang":           words("auto", "zh", "en"),
		"color":          words("auto", "always", "never"),
		"report":         pairs(formats, nil),
		"rule":           pairs(s.ruleWords(), config.Severities),
		"config":         filesOf("json"),
		"baseline":       filesOf("json"),
		"write-baseline": filesOf("json"),
	}
	if c.HasParent() && c.Name() == "rules" {
		values["format"] = words("text", "json", "markdown")
	}
	for name, of := range values {
		if c.Flags().Lookup(name) == nil && c.PersistentFlags().Lookup(name) == nil {
			continue
		}
		// An error would mean that the flag is not there.
		_ = c.RegisterFlagCompletionFunc(name, of.complete)
	}
	for _, sub := range c.Commands() {
		s.completeFlags(sub)
	}
}

// A word that is offered may have a tab and a description behind it.

func (s *session) formatWords() []string {
	var out []string
	for _, f := range report.Formats() {
		out = append(out, f.Name+"\t"+f.Title.In(s.lang))
	}
	return out
}

func (s *session) ruleWords() []string {
	var out []string
	for _, r := range checks.Rules() {
		out = append(out, r.ID+"\t"+r.Title.In(s.lang))
	}
	return out
}

func (s *session) stepWords(wanted func(checks.Step) bool) []string {
	var out []string
	for _, info := range checks.Steps() {
		if wanted(info.Step) {
			out = append(out, string(info.Step)+"\t"+info.Title.In(s.lang))
		}
	}
	return out
}

func words(all ...string) completer {
	return func(string) ([]string, cobra.ShellCompDirective) { return all, cobra.ShellCompDirectiveNoFileComp }
}

// filesOf leaves it to the shell to complete files with an extension.
func filesOf(extension string) completer {
	return func(string) ([]string, cobra.ShellCompDirective) {
		return []string{extension}, cobra.ShellCompDirectiveFilterFileExt
	}
}

// pairs completes NAME=VALUE: first the name, then one of the values, or a file where there are none.
func pairs(names, values []string) completer {
	return func(typed string) ([]string, cobra.ShellCompDirective) {
		var out []string
		name, _, ok := strings.Cut(typed, "=")
		if !ok {
			for _, n := range names {
				word, description, _ := strings.Cut(n, "\t")
				out = append(out, word+"=\t"+description)
			}
			return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		}
		for _, v := range values {
			out = append(out, name+"="+v)
		}
		if len(values) == 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

func (s *session) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: s.say("print a completion script for a shell", "输出 shell 补全脚本"),
		Long: s.say(
			"Prints a script that completes commands, flags, rules and steps.",
			"输出 shell 补全脚本，可补全命令、选项、规则和步骤。"),
		Example: "  source <(voipcheck completion bash)\n  voipcheck completion zsh > \"${fpath[1]}/_voipcheck\"\n  voipcheck completion fish | source\n  voipcheck completion powershell | Out-String | Invoke-Expression",
		Annotations: map[string]string{
			"usage": "voipcheck completion bash|zsh|fish|powershell",
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return words(shells...).complete(nil, nil, typed)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(lang.T("specify one shell: bash, zsh, fish or powershell", "请指定一个 shell：bash、zsh、fish 或 powershell"))
			}
			if err := oneOf("completion", args[0], shells); err != nil {
				return err
			}
			root := c.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(&s.out, true)
			case "zsh":
				return root.GenZshCompletion(&s.out)
			case "fish":
				return s.fishCompletion(root)
			}
			return root.GenPowerShellCompletionWithDesc(&s.out)
		},
	}
}

// fishCompletion is cobra's script, which takes the dash in "join-openid=" for the beginning of a flag.
func (s *session) fishCompletion(root *cobra.Command) error {
	var script bytes.Buffer
	err := root.GenFishCompletion(&script, true)
	s.out.WriteString(strings.Replace(script.String(), `string match -r -- '-.*='`, `string match -r -- '^-.*='`, 1))
	return err
}
