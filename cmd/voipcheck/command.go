package main

// The program without its process: what main runs, and tests run a hundred times.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/internal/baseline"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// Exit statuses, beside those of a check.
const exitFailed = check.ExitUnreadable

// Command is the program with the world around it. Fields that are zero are those of the process.
type Command struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Terminal tells that Stdout is one.
	Terminal bool
	// Width is the terminal's, in columns; 0 when it is not known.
	Width int
	// Env looks an environment variable up.
	Env func(name string) string
	// Locale tells the system's language where the environment does not.
	Locale func() string
	// Dir is the working directory.
	Dir string
	// Now tells the time, by which confirmations are given and expire.
	Now func() time.Time
	// Version is the program's version.
	Version string
	// Context ends --watch.
	Context context.Context
}

// session is one run of the program.
type session struct {
	*Command
	lang   lang.Lang
	color  string
	asked  string // --lang
	out    bytes.Buffer
	status int
}

// failure is an error with the exit status that it leads to.
type failure struct {
	status int
	err    error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage is an error in how the program was called: exit status 2.
func usage(t lang.Text, args ...any) error {
	return &failure{check.ExitUsage, lang.Errorf(t, args...)}
}

// broken is an error of the world or the program: exit status 3.
func broken(err error) error { return &failure{exitFailed, err} }

// Main runs the program and returns its exit status.
func (c *Command) Main(args []string) (status int) {
	s := &session{Command: c.filled()}
	s.lang = s.language(args)
	defer func() {
		if cause := recover(); cause != nil {
			// Never "ready": nothing is known of what was not looked at.
			s.complain(lang.F(lang.T(
				"internal error, please report it at %s/issues: %v",
				"程序内部错误，请反馈到 %s/issues：%v"), report.Repository, cause))
			s.note("%s", debug.Stack())
			status = exitFailed
		}
	}()
	root := s.root()
	root.SetArgs(keepNegative(args))
	root.SetIn(s.Stdin)
	root.SetOut(&s.out)
	root.SetErr(s.Stderr)
	err := root.Execute()
	if flushed := s.flush(); flushed != nil {
		err = flushed
	}
	if err != nil {
		s.complain(lang.Cause(err))
		return statusOf(err)
	}
	return s.status
}

// flush writes what was said so far, whole or with an error.
func (s *session) flush() error {
	text := s.out.Bytes()
	s.out.Reset()
	if len(text) == 0 {
		return nil
	}
	if n, err := s.Stdout.Write(text); err != nil || n < len(text) {
		if err == nil {
			err = io.ErrShortWrite
		}
		return broken(lang.Errorf(lang.T("the output could not be written completely: %s", "输出没有写完整：%s"), err))
	}
	return nil
}

func statusOf(err error) int {
	var f *failure
	var configuration *config.ReadError
	var project *miniprogram.ReadError
	var known *baseline.ReadError
	var time *check.TooLongError
	switch {
	case errors.As(err, &f):
		return f.status
	case errors.As(err, &configuration), errors.As(err, &project), errors.As(err, &known), errors.As(err, &time), errors.Is(err, boundary.ErrOutside):
		return exitFailed
	}
	return check.ExitUsage
}

func (c *Command) filled() *Command {
	full := *c
	if full.Env == nil {
		full.Env = os.Getenv
	}
	if full.Locale == nil {
		full.Locale = systemLocale
	}
	if full.Dir == "" {
		dir, err := os.Getwd()
		if err != nil {
			dir = "."
		}
		full.Dir = dir
	}
	if full.Now == nil {
		full.Now = time.Now
	}
	if full.Version == "" {
		full.Version = buildVersion()
	}
	return &full
}

// version is set by release builds.
var version string

func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// say picks the language of the session.
func (s *session) say(en, zh string) string { return lang.T(en, zh).In(s.lang) }

// note writes a line for people to the standard error output.
func (s *session) note(format string, args ...any) {
	// There is nobody left to tell when even this fails.
	_, _ = fmt.Fprintf(s.Stderr, format+"\n", args...)
}

// complain tells an error.
func (s *session) complain(t lang.Text) {
	s.note("voipcheck: %s", printable(t.In(s.lang)))
}

// printable makes text from a repository or a command line safe for a terminal, line by line.
func printable(text string) string {
	var lines []string
	for line := range bytes.SplitSeq([]byte(text), []byte("\n")) {
		lines = append(lines, terminal.Visible(string(line)))
	}
	return joinLines(lines)
}

func joinLines(lines []string) string {
	var b bytes.Buffer
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l)
	}
	return b.String()
}

// colored decides whether the standard output is painted.
func (s *session) colored() bool { return terminal.Wanted(s.color, s.Env, s.Terminal) }

// absolute is the absolute form of a path on the command line.
func (s *session) absolute(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(s.Dir, path)
}

// named are the absolute paths that a command line names: the working directory where it names none.
func (s *session) named(paths []string) []string {
	if len(paths) == 0 {
		return []string{s.Dir}
	}
	var named []string
	for _, path := range paths {
		named = append(named, s.absolute(path))
	}
	return named
}

// home is the repository that the program runs in, or the folder where there is none.
func (s *session) home() string { return boundary.Home(s.Dir) }

// root is the command that checks, with all others below it.
func (s *session) root() *cobra.Command {
	root := s.checkCommand()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.DisableDefaultCmd = true
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&s.asked, "lang", "auto", s.say("`LANGUAGE`: auto (from the locale), zh or en", "`语言`：auto（按系统区域设置）、zh 或 en"))
	flags.StringVar(&s.color, "color", "auto", s.say("`WHEN` to use colours: auto, always or never", "何时使用颜色（`方式`）：auto、always 或 never"))
	flags.BoolP("help", "h", false, s.say("print this help", "显示帮助"))
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return s.common() }
	root.AddCommand(
		s.explainCommand(), s.rulesCommand(), s.newCommand(), s.confirmCommand(), s.initCommand(), s.schemaCommand(),
		s.lspCommand(), s.mcpCommand(), s.completionCommand(), s.versionCommand(),
	)
	root.SetHelpCommand(s.helpCommand())
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { s.help(c) })
	root.SetUsageFunc(func(c *cobra.Command) error { s.help(c); return nil })
	root.SetFlagErrorFunc(s.flagError)
	s.completeFlags(root)
	return root
}

// common looks at the flags that every command has.
func (s *session) common() error {
	if err := oneOf("--lang", s.asked, []string{"auto", "zh", "en"}); err != nil {
		return err
	}
	return oneOf("--color", s.color, []string{"auto", "always", "never"})
}
