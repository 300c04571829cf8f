package main

// The flags of a check.

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// checkFlags are the flags of a check as they are given.
type checkFlags struct {
	format        string
	reports       []string
	failOn        string
	strict        bool
	rules         []string
	config        string
	baseline      string
	writeBaseline string
	quiet         bool
	verbose       bool
	fix           string
	diff          bool
	isolated      bool
	printConfig   bool
	watch         bool
	stdinName     string
	since         string
	staged        bool
	profile       bool
}

// define adds the flags to a set, in groups as help shows them.
func (f *checkFlags) define(s *session, flags *pflag.FlagSet) {
	flags.SortFlags = false
	formats := formatNames()
	flags.StringVarP(&f.format, "format", "f", "text", s.say("`FORMAT` of what is printed: "+strings.Join(formats, ", ")+" (default: text)", "输出的`格式`："+strings.Join(formats, "、")+"（默认 text）"))
	flags.StringArrayVar(&f.reports, "report", nil, s.say("also write a report to a file: `FORMAT=FILE`, such as sarif=calls.sarif (repeatable)", "另外把报告写入文件：`格式=文件`，例如 sarif=calls.sarif（可重复）"))
	flags.BoolVarP(&f.quiet, "quiet", "q", false, s.say("print the verdict and errors only", "只显示结论和错误"))
	flags.BoolVarP(&f.verbose, "verbose", "v", false, s.say("also tell what was read and why", "同时说明读取了什么、为什么"))
	s.group(flags, "Report", "报告")

	flags.StringVar(&f.failOn, "fail-on", "error", s.say("lowest `LEVEL` that makes the exit status 1: error (default), warning, or never", "达到这个`级别`时退出状态为 1：error（默认）、warning 或 never"))
	f.defineStrictness(s, flags)
	flags.StringVar(&f.writeBaseline, "write-baseline", "", s.say("record today's findings in a `FILE`", "把当前的问题记录到`文件`"))
	flags.StringVar(&f.since, "since", "", s.say("report only what touches lines changed since a `REVISION` of git, in its place or on the way to it", "只报告与 git `版本`之后改动的行有关的问题（问题所在处或触发路径）"))
	flags.BoolVar(&f.staged, "staged", false, s.say("report only what touches lines that are staged for the next commit", "只报告与已暂存的行有关的问题"))
	s.group(flags, "What fails", "失败条件")

	flags.StringVar(&f.fix, "fix", "", s.say("apply the safe fixes; --fix=all applies the others too", "应用安全的修复；--fix=all 也应用其余的修复"))
	flags.Lookup("fix").NoOptDefVal = "safe"
	flags.BoolVar(&f.diff, "diff", false, s.say("show the fixes as a unified diff and write nothing", "以统一 diff 格式显示修复内容，不写入文件"))
	s.group(flags, "Fixes", "修复")

	f.defineConfiguration(s, flags)
	flags.StringVar(&f.stdinName, "stdin-filename", "", s.say("take the content of this `FILE` from the standard input; it need not be there", "从标准输入读取这个`文件`的内容；文件可以尚未存在"))
	flags.BoolVar(&f.printConfig, "print-config", false, s.say("print the configuration in force and where each value comes from, and check nothing", "输出生效的配置和每一项的来源，不做检查"))
	flags.BoolVar(&f.profile, "profile", false, s.say("tell what took how long, on the standard error output", "在标准错误输出里说明各部分的耗时"))
	flags.BoolVar(&f.watch, "watch", false, s.say("check again whenever a file changes", "文件改动后重新检查"))
	flags.Bool("version", false, s.say("show the version", "显示版本"))
	s.group(flags, "Other flags", "其他参数")
}

// defineStrictness adds the flags that decide how much findings matter.
func (f *checkFlags) defineStrictness(s *session, flags *pflag.FlagSet) {
	flags.BoolVar(&f.strict, "strict", false, s.say("warnings fail, and unconfirmed console steps are errors", "警告也算失败，未确认的后台步骤按错误处理"))
	flags.StringArrayVar(&f.rules, "rule", nil, s.say("give a rule another severity: `ID=SEVERITY`, one of error, warning, info, off (repeatable)", "调整一条规则的级别：`规则=级别`，级别为 error、warning、info、off（可重复）"))
	flags.StringVar(&f.baseline, "baseline", "", s.say("findings recorded in a `FILE` do not fail", "`文件`中已记录的问题不算失败"))
}

// defineConfiguration adds the flags that decide which configuration holds.
func (f *checkFlags) defineConfiguration(s *session, flags *pflag.FlagSet) {
	flags.StringVarP(&f.config, "config", "c", "", s.say("configuration `FILE` instead of the voipcheck.json that is found", "指定配置`文件`，不再自动查找 voipcheck.json"))
	flags.BoolVar(&f.isolated, "isolated", false, s.say("take nothing from the repository that could weaken the check: no voipcheck.json, suppressions or baseline in it; for pull requests of strangers", "不采用仓库里任何可能放宽检查的内容：其中的 voipcheck.json、忽略注释和基线都不算；用于检查外部贡献者的合并请求"))
}

// groupMark is the annotation of a flag that names its group.
const groupMark = "group"

// group puts the flags that are in no group yet into one.
func (s *session) group(flags *pflag.FlagSet, en, zh string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations[groupMark] == nil {
			f.Annotations = map[string][]string{groupMark: {lang.T(en, zh).In(s.lang)}}
		}
	})
}

func formatNames() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return names
}
