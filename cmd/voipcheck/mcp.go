package main

// Answers for coding agents.

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/agent"
	"github.com/voipcheck/voipcheck/internal/baseline"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

func (s *session) mcpCommand() *cobra.Command {
	f := &checkFlags{failOn: "error"}
	write := false
	c := &cobra.Command{
		Use:   "mcp",
		Short: s.say("tools for coding agents", "供编程智能体使用的工具"),
		Long: s.say(
			"Speaks the Model Context Protocol over the standard input and output: the tools check, explain and fix for coding agents. They look at what lies in the current folder, and write nothing; with --write the tool fix applies the safe fixes.",
			"通过标准输入输出提供 MCP（Model Context Protocol）服务：供编程智能体调用的 check、explain、fix 工具。只查看当前文件夹里的内容，不写入任何文件；加上 --write 后，fix 会应用安全的修复。"),
		Annotations: map[string]string{"usage": s.say("voipcheck mcp [FLAGS]", "voipcheck mcp [参数]")},
		Args:        noArguments,
		RunE:        func(c *cobra.Command, _ []string) error { return s.answerAgents(c, f, write) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.BoolVar(&write, "write", false, s.say("let the tool fix write files", "允许 fix 写入文件"))
	f.defineStrictness(s, flags)
	f.defineConfiguration(s, flags)
	return c
}

// answerAgents answers until the client leaves.
func (s *session) answerAgents(c *cobra.Command, f *checkFlags, write bool) error {
	o, err := s.options(c, f, nil)
	if err != nil {
		return err
	}
	if f.baseline != "" {
		if err := boundary.Given(s.absolute(f.baseline)); err != nil {
			return err
		}
		known, err := baseline.Load(s.absolute(f.baseline), f.baseline)
		if err != nil {
			return err
		}
		o.Baseline, o.BaselineFile = known.Known, f.baseline
	}
	err = agent.Serve(s.context(), agent.Options{
		Check: o, Write: write, Lang: s.lang, Explain: s.explained, Now: s.Now, Version: s.Version,
	}, io.NopCloser(s.Stdin), unclosed{s.Stdout})
	if err != nil && !errors.Is(err, io.EOF) {
		return broken(err)
	}
	return nil
}

// unclosed is a writer that whoever has it may close without consequence.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// explained is what explain prints of topics, in a language.
func (s *session) explained(l lang.Lang, topics []string) (string, error) {
	apart := &session{Command: s.Command, lang: l}
	e := &explainer{session: apart, colors: terminal.NewPalette(false)}
	if len(topics) == 0 {
		e.overview()
		return apart.out.String(), nil
	}
	found, err := topicsOf(topics)
	if err != nil {
		return "", err
	}
	for i, explain := range found {
		if i > 0 {
			e.line("")
		}
		explain(e)
	}
	return apart.out.String(), nil
}
