package main

// The language server.

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/lsp"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

func (s *session) lspCommand() *cobra.Command {
	f := &checkFlags{failOn: "error"}
	c := &cobra.Command{
		Use:   "lsp",
		Short: s.say("language server for editors", "供编辑器使用的语言服务器"),
		Long: s.say(
			"Speaks the Language Server Protocol 3.17 over standard input and output: findings as you type, with the path that leads to them, fixes, suppressions and explanations. It is started by an editor; the README has settings for several. Configuration, baseline and verdicts are the same as on the command line.",
			"通过标准输入输出提供语言服务（Language Server Protocol 3.17）：边写边显示问题和对应的路径，提供修复、忽略和说明。由编辑器启动，各编辑器的设置见 README。配置、基线和结论与命令行一致。"),
		Annotations: map[string]string{"usage": s.say("voipcheck lsp [FLAGS]", "voipcheck lsp [选项]")},
		Args:        noArguments,
		RunE:        func(c *cobra.Command, _ []string) error { return s.serve(c, f) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	f.defineStrictness(s, flags)
	f.defineConfiguration(s, flags)
	flags.Bool("stdio", true, s.say("use standard input and output (always on)", "使用标准输入输出（始终如此）"))
	flags.Int("clientProcessId", 0, s.say("`NUMBER` of the process of the editor", "编辑器进程的`编号`"))
	return c
}

// serve runs the language server until its client leaves.
func (s *session) serve(c *cobra.Command, f *checkFlags) error {
	o, err := s.options(c, f, nil)
	if err != nil {
		return err
	}
	server := lsp.New(lsp.Options{
		Check: o, Baseline: f.baseline, Files: miniprogram.OSFS(), Lang: s.lang, Fixed: s.asked != "auto",
		Now: s.Now, Version: s.Version, StatusOf: statusOf, Watch: watchProcess,
	})
	err = server.Serve(s.context(), s.Stdin, s.Stdout)
	if errors.Is(err, lsp.ErrNotShutDown) {
		return &failure{check.ExitNotReady, err} // the status that the protocol asks for
	}
	if err != nil {
		return broken(err)
	}
	return nil
}

// processInterval is how often it is looked whether the client's process is still there. Mostly its end of the pipes tells.
const processInterval = 3 * time.Second

// watchProcess tells when a process has ended.
func watchProcess(ctx context.Context, process int, ended func()) {
	for ctx.Err() == nil {
		time.Sleep(processInterval)
		if !alive(process) {
			ended()
			return
		}
	}
}
