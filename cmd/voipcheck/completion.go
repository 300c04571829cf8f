package main

// Scripts that complete commands, flags, rules and steps in a shell.

import (
	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/lang"
)

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
				return usage(lang.T("name one shell: bash, zsh, fish or powershell", "请写一个 shell：bash、zsh、fish 或 powershell"))
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
