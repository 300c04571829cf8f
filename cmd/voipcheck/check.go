package main

// The default command: check.

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/baseline"
	"github.com/voipcheck/voipcheck/internal/boundary"
	"github.com/voipcheck/voipcheck/internal/changed"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/spelling"
)

func (s *session) checkCommand() *cobra.Command {
	f := &checkFlags{}
	c := &cobra.Command{
		Use:   "voipcheck",
		Short: s.say("check whether the 1v1 calls of a WeChat mini-program work", "检查微信小程序的双人音视频通话能否接通"),
		Long: s.say(
			"voipcheck reads the code of a WeChat mini-program and checks whether its 1v1 audio and video call works when a real user taps it. It never runs the code.\n\nA path is a mini-program, a repository, a folder with several mini-programs, or a file in one of them. The default is the current folder. Write ./rules for a folder that has the name of a command.",
			"voipcheck 阅读微信小程序的代码，判断真实用户点击按钮时双人音视频通话能否接通。它不会运行代码。\n\n路径可以是小程序、代码仓库、包含多个小程序的文件夹，或其中的任意文件；不写路径就检查当前文件夹。与命令同名的文件夹请写成 ./rules。"),
		Annotations: map[string]string{
			"usage": s.say("voipcheck [FLAGS] [PATH ...]\nvoipcheck COMMAND", "voipcheck [选项] [路径 ...]\nvoipcheck 命令"),
			"status": s.say(
				"  0  ready: nothing at or above the fail level\n  1  not ready\n  2  wrong usage or configuration, or nothing to check\n  3  something could not be read, or the program failed",
				"  0  可以上线：没有达到失败级别的问题\n  1  还不能上线\n  2  用法或配置有误，或没有可检查的内容\n  3  有内容无法读取，或程序出错"),
		},
		Example: "  voipcheck ./miniprogram\n  voipcheck --strict --format json . > report.json\n  voipcheck explain authorize-before-enable",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			if shown, err := c.Flags().GetBool("version"); err == nil && shown {
				return s.printVersion()
			}
			return s.check(c, f, paths)
		},
	}
	f.define(s, c.Flags())
	return c
}

// target is a file that a report is written to.
type target struct {
	format report.Writer
	file   string
}

// check runs a check, once or on every change, and writes its reports.
func (s *session) check(c *cobra.Command, f *checkFlags, paths []string) error {
	p := &plan{flags: f}
	var err error
	if p.format, p.targets, err = f.formats(); err != nil {
		return err
	}
	if f.fix != "" {
		if err := oneOf("--fix", f.fix, []string{"safe", "all"}); err != nil {
			return err
		}
	}
	if f.editor != "" {
		if err := oneOf("--editor", f.editor, editors); err != nil {
			return err
		}
	}
	if f.watch && f.diff {
		return usage(lang.T("--watch and --diff cannot be used together", "--watch 与 --diff 不能同时使用"))
	}
	if f.stdinName != "" && len(paths) == 0 {
		paths = []string{f.stdinName}
	}
	if p.options, err = s.options(c, f, paths); err != nil {
		return err
	}
	if err := f.onlyChanged(&p.options); err != nil {
		return err
	}
	if f.stdinName != "" {
		if p.options.FS, err = s.typed(f); err != nil {
			return err
		}
	}
	if f.printConfig {
		return s.printConfig(p.options)
	}
	if f.baseline != "" {
		if err := boundary.Given(s.absolute(f.baseline)); err != nil {
			return err
		}
		if p.baseline, err = baseline.Load(s.absolute(f.baseline), f.baseline); err != nil {
			return err
		}
		p.options.Baseline, p.options.BaselineFile = p.baseline.Known, f.baseline
	}
	p.options.Pictures = report.Draws(p.format)
	for _, t := range p.targets {
		p.options.Pictures = p.options.Pictures || report.Draws(t.format)
	}
	if f.watch {
		p.session = &check.Session{}
		return s.watch(p)
	}
	return s.once(p)
}

// plan is a check that is to be done.
type plan struct {
	flags    *checkFlags
	options  check.Options
	format   report.Writer
	targets  []target
	baseline *baseline.Baseline // nil without one
	// roots are the projects that were found last.
	roots []string
	// session is what --watch checks with; nil for a check that is done once.
	session *check.Session
}

// run checks.
func (p *plan) run(o check.Options) (*check.Result, error) {
	if p.session != nil {
		return p.session.Run(o)
	}
	return check.Run(o)
}

// once checks, fixes where that is asked for, and reports.
func (s *session) once(p *plan) error {
	result, err := s.result(p)
	if err != nil {
		return err
	}
	s.status = result.Exit
	p.roots = p.roots[:0:0]
	for _, found := range result.Projects {
		p.roots = append(p.roots, found.Root)
	}
	for _, u := range result.Unreadable {
		s.complain(lang.F(lang.T("%s could not be read: %s", "无法读取 %s：%s"), u.File, u.Why))
	}
	for _, name := range result.Refused {
		s.note("%s", printable(lang.F(lang.T(
			"%s points outside the repository and was not read", "%s 指向仓库之外，没有读取"), name).In(s.lang)))
	}
	if result.BaselineLeft {
		s.complain(lang.F(lang.T("%s is in the repository and is not used because of --isolated", "%s 在仓库里，由于 --isolated 没有采用"), p.flags.baseline))
	}
	if p.baseline != nil && p.flags.writeBaseline == "" && !p.flags.quiet {
		s.staleness(p, result)
	}
	failed := s.further(p, result)
	if failed != nil {
		result.Ready = false // who waits for the report that could not be written has none
	}
	if !p.flags.diff {
		o := report.Options{Lang: s.lang, Color: s.colored(), Quiet: p.flags.quiet, Width: s.Width, Link: s.linked(p.flags.editor)}
		if err := p.format.Write(&s.out, result.Report, o); err != nil {
			return broken(err)
		}
	}
	return failed
}

// further writes the further reports, and returns why the first could not be written that could not.
func (s *session) further(p *plan, result *check.Result) error {
	var first error
	for _, t := range p.targets {
		failed := s.write(t, result.Report, p.flags)
		if failed != nil && first != nil {
			s.complain(lang.Cause(failed)) // the first one is told by the caller
		} else if failed != nil {
			first = failed
		}
	}
	return first
}

// projectRoots are the folders of the projects that were found last.
func (s *session) projectRoots(p *plan) []string {
	var roots []string
	for _, root := range p.roots {
		roots = append(roots, s.absolute(filepath.FromSlash(root)))
	}
	return roots
}

// staleness tells of entries of the baseline whose findings are gone.
func (s *session) staleness(p *plan, result *check.Result) {
	stale := p.baseline.Stale(result.Known, s.projectRoots(p))
	if len(stale) == 0 {
		return
	}
	const shown = 3
	listed := lang.List(stale)
	if len(stale) > shown {
		listed = lang.List(append(stale[:shown:shown], "…"))
	}
	s.note("%s", printable(lang.F(lang.T(
		"%s is stale: there are no more findings of %s; `--write-baseline %s` records it again",
		"%s 已过期：以下问题不再出现：%s；可用 `--write-baseline %s` 重新记录"), p.flags.baseline, listed, p.flags.baseline).In(s.lang)))
}

// result is what the check comes to, after the fixes and with the baseline recorded.
func (s *session) result(p *plan) (*check.Result, error) {
	var result *check.Result
	var err error
	if p.flags.fix != "" || p.flags.diff {
		result, err = s.fixed(p)
	} else {
		result, err = p.run(p.options)
	}
	if err == nil && p.flags.writeBaseline != "" {
		result, err = s.record(p.options, result, p.flags.writeBaseline)
	}
	return result, err
}

// write writes a further report to its file.
func (s *session) write(t target, r *report.Report, f *checkFlags) error {
	var text bytes.Buffer
	if err := t.format.Write(&text, r, report.Options{Lang: s.lang, Quiet: f.quiet, Link: s.linked(f.editor)}); err != nil {
		return broken(err)
	}
	if err := boundary.Output(s.home(), s.absolute(t.file)); err != nil {
		return broken(err)
	}
	if err := edit.Output(s.absolute(t.file), t.file, text.Bytes()); err != nil {
		return broken(err)
	}
	return nil
}

// record writes the baseline, and from then on takes its findings as known.
func (s *session) record(o check.Options, r *check.Result, file string) (*check.Result, error) {
	known := append(append([]report.Finding(nil), r.Findings...), r.Known...)
	if err := boundary.Output(s.home(), s.absolute(file)); err != nil {
		return nil, broken(err)
	}
	if err := baseline.Write(s.absolute(file), file, s.Dir, known); err != nil {
		return nil, broken(err)
	}
	o.Baseline, o.BaselineFile = baseline.Known{}, file
	for i := range known {
		o.Baseline[known[i].Fingerprint] = true
	}
	recorded := lang.T("%d findings recorded in %s", "已把 %d 个问题记录到 %s")
	if len(known) == 1 {
		recorded.EN = "%d finding recorded in %s"
	}
	s.note("%s", lang.F(recorded, len(known), file).In(s.lang))
	return check.Run(o)
}

// formats looks the formats up.
func (f *checkFlags) formats() (report.Writer, []target, error) {
	if err := oneOf("--format", f.format, formatNames()); err != nil {
		return nil, nil, err
	}
	var targets []target
	for _, given := range f.reports {
		name, file, ok := strings.Cut(given, "=")
		if !ok || file == "" {
			return nil, nil, usage(lang.T(
				"--report expects FORMAT=FILE, such as --report sarif=voipcheck.sarif, but got %q",
				"--report 应写成 格式=文件，例如 --report sarif=voipcheck.sarif，而不是 %q"), given)
		}
		if err := oneOf("--report", name, formatNames()); err != nil {
			return nil, nil, err
		}
		if file == "-" {
			return nil, nil, usage(lang.T(
				"--report writes to files; --format %[1]s prints this report to standard output",
				"--report 只写入文件；要输出到标准输出请用 --format %[1]s"), name)
		}
		for _, other := range targets {
			if filepath.Clean(other.file) == filepath.Clean(file) {
				return nil, nil, usage(lang.T("two reports would be written to %s; choose another file for one of them", "有两份报告要写入 %s，请为其中一份换个文件名"), file)
			}
		}
		targets = append(targets, target{report.Lookup(name), file})
	}
	return report.Lookup(f.format), targets, nil
}

var failLevels = map[string]check.FailOn{"error": check.FailOnError, "warning": check.FailOnWarning, "never": check.FailNever}

// options turns flags and paths into what a check is asked for.
func (s *session) options(c *cobra.Command, f *checkFlags, paths []string) (check.Options, error) {
	o := check.Options{
		Dir: s.Dir, Paths: paths, FS: s.files(), Config: f.config, Strict: f.strict, Isolated: f.isolated,
		Now: s.Now(), Version: s.Version, Rules: map[string]checks.Severity{},
	}
	if err := oneOf("--fail-on", f.failOn, []string{"error", "warning", "never"}); err != nil {
		return o, err
	}
	if o.FailOn = failLevels[f.failOn]; f.strict && o.FailOn == check.FailNever {
		return o, usage(lang.T(
			"--strict and --fail-on never contradict each other",
			"--strict 与 --fail-on never 互相矛盾"))
	}
	for _, name := range []string{"config", "baseline", "write-baseline", "stdin-filename", "since"} {
		if flag := c.Flags().Lookup(name); flag != nil && flag.Changed && flag.Value.String() == "" {
			return o, usage(lang.T("the flag %s needs a value", "选项 %s 缺少值"), dashed(name))
		}
	}
	if f.quiet && f.verbose {
		return o, usage(lang.T("--quiet and --verbose contradict each other", "--quiet 与 --verbose 互相矛盾"))
	}
	for _, given := range f.rules {
		id, severity, err := ruleSeverity(given)
		if err != nil {
			return o, err
		}
		o.Rules[id] = severity
	}
	for _, p := range paths {
		if p == f.stdinName {
			continue // it need not be there
		}
		if err := s.exists(c, p); err != nil {
			return o, err
		}
	}
	if f.profile {
		o.Took = s.took
	}
	if f.verbose {
		o.Log = func(t lang.Text) { s.note("%s", printable(t.In(s.lang))) }
	}
	return o, nil
}

// onlyChanged takes in --since and --staged.
func (f *checkFlags) onlyChanged(o *check.Options) error {
	switch {
	case f.since != "" && f.staged:
		return usage(lang.T("--since and --staged do not go together; leave one out", "--since 与 --staged 不能同时使用，请去掉其中一个"))
	case f.since != "":
		o.Changed, o.Asked = changed.Since(f.since), "--since "+f.since
	case f.staged:
		o.Changed, o.Asked = changed.Staged(), "--staged"
	}
	if o.Changed != nil && f.writeBaseline != "" {
		return usage(lang.T(
			"a baseline holds all findings: --write-baseline does not go together with --since and --staged",
			"基线要包含全部问题：--write-baseline 不能与 --since、--staged 同时使用"))
	}
	return nil
}

// took tells how long a part of a check took.
func (s *session) took(part lang.Text, t time.Duration) {
	s.note("%9.1f ms  %s", float64(t.Microseconds())/1000, printable(part.In(s.lang)))
}

// ruleSeverity reads the value of --rule.
func ruleSeverity(given string) (string, checks.Severity, error) {
	id, name, ok := strings.Cut(given, "=")
	if !ok {
		return "", 0, usage(lang.T(
			"--rule expects ID=SEVERITY, such as --rule authorize-recovery=off, but got %q",
			"--rule 应写成 规则=级别，例如 --rule authorize-recovery=off，而不是 %q"), given)
	}
	if checks.Lookup(id) == nil {
		return "", 0, unknownRule(id)
	}
	severity, ok := config.SeverityOf(name)
	if !ok {
		return "", 0, oneOf("--rule "+id, name, config.Severities)
	}
	return id, severity, nil
}

func unknownRule(id string) error {
	return usage(lang.T("unknown rule %q; %s", "未知的规则 %q；%s"), id, spelling.Suggest(id, ruleIDs()))
}

func ruleIDs() []string {
	var ids []string
	for _, r := range checks.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// exists tells whether a path can be looked at.
func (s *session) exists(c *cobra.Command, path string) error {
	if path == "" {
		return usage(lang.T("a path is empty", "路径不能为空"))
	}
	_, err := os.Stat(s.absolute(path))
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENAMETOOLONG):
		return missingPath(c.Root(), path)
	}
	return broken(lang.Errorf(lang.T("%s could not be read: %s", "无法读取 %s：%s"), path, err))
}

// files is the file system as seen from the working directory.
func (s *session) files() miniprogram.FS { return placed{miniprogram.OSFS(), s.Dir} }

// placed is a file system whose reports are relative to a given folder.
type placed struct {
	miniprogram.FS
	dir string
}

func (p placed) Base() string { return strings.ReplaceAll(p.dir, string(os.PathSeparator), "/") }
