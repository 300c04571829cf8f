package main

// Scripts that complete commands, flags, rules and steps in a shell.

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// completeFlags tells a shell what the flags of a command, and of those below it, take.
func completeFlags(c *cobra.Command) {
	values := map[string]func(typed string) ([]string, cobra.ShellCompDirective){
		"format":  words(formatNames()...),
		"fail-on": words("error", "warning", "never"),
		"fix":     words("safe", "all"),
		"lang":    words("auto", "zh", "en"),
		"color":   words("auto", "always", "never"),
		"report":  pairs(formatNames(), nil),
		"rule":    pairs(ruleIDs(), config.Severities),
	}
	if c.HasParent() && c.Name() == "rules" {
		values["format"] = words("text", "json", "markdown")
	}
	for name, of := range values {
		if c.Flags().Lookup(name) == nil && c.PersistentFlags().Lookup(name) == nil {
			continue
		}
		// An error would mean that the flag is not there.
		_ = c.RegisterFlagCompletionFunc(name, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			all, directive := of(typed)
			var fitting []string
			for _, word := range all {
				if strings.HasPrefix(word, typed) {
					fitting = append(fitting, word)
				}
			}
			return fitting, directive
		})
	}
	for _, sub := range c.Commands() {
		completeFlags(sub)
	}
}

func words(all ...string) func(string) ([]string, cobra.ShellCompDirective) {
	return func(string) ([]string, cobra.ShellCompDirective) { return all, cobra.ShellCompDirectiveNoFileComp }
}

// pairs completes NAME=VALUE: first the name, then one of the values, or a file where there are none.
func pairs(names, values []string) func(string) ([]string, cobra.ShellCompDirective) {
	return func(typed string) ([]string, cobra.ShellCompDirective) {
		var out []string
		name, _, ok := strings.Cut(typed, "=")
		if !ok {
			for _, n := range names {
				out = append(out, n+"=")
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
			"输出补全脚本，可补全命令、参数、规则和步骤。"),
		Example: "  source <(voipcheck completion bash)\n  voipcheck completion zsh > \"${fpath[1]}/_voipcheck\"\n  voipcheck completion fish | source\n  voipcheck completion powershell | Out-String | Invoke-Expression",
		Annotations: map[string]string{
			"usage": "voipcheck completion bash|zsh|fish|powershell",
		},
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(lang.T("name one shell: bash, zsh, fish or powershell", "请指定一个 shell：bash、zsh、fish 或 powershell"))
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
				return root.GenFishCompletion(&s.out, true)
			}
			return root.GenPowerShellCompletionWithDesc(&s.out)
		},
	}
}
