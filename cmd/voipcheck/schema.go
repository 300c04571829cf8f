package main

// The JSON schemas of what is written and read: the report, and voipcheck.json.

import (
	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

func (s *session) schemaCommand() *cobra.Command {
	names := []string{"report", "config"}
	return &cobra.Command{
		Use:   "schema report|config",
		Short: s.say("print the JSON schema of the report or of voipcheck.json", "输出报告或 voipcheck.json 的 JSON Schema"),
		Long: s.say(
			"Prints the JSON schema of the report that --format json writes, or of the configuration in voipcheck.json.",
			"输出 --format json 所写报告的 JSON Schema，或配置文件 voipcheck.json 的 JSON Schema。"),
		Annotations:       map[string]string{"usage": "voipcheck schema report|config"},
		ValidArgsFunction: words(names...).complete,
		Args:              cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(lang.T("specify one schema: report or config", "请指定一个 Schema：report 或 config"))
			}
			if err := oneOf("schema", args[0], names); err != nil {
				return err
			}
			text := report.Schema
			if args[0] == "config" {
				text = config.PublishedSchema
			}
			_, err := s.out.Write(text)
			return err
		},
	}
}
