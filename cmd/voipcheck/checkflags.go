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
	editor        string
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
	flags.StringVar(&f.editor, "editor", "", s.say("link places in the html report, and in a terminal, to an `EDITOR` on this machine: "+strings.Join(editors, ", "), "让 html 报告和终端里的代码位置可以在本机的`编辑器`中打开："+strings.Join(editors, "、")))
	flags.BoolVarP(&f.quiet, "quiet", "q", false, s.say("print only the verdict and errors", "只输出结论和错误"))
	flags.BoolVarP(&f.verbose, "verbose", "v", false, s.say("also print what was read and why", "同时输出读取了哪些文件及原因"))
	s.group(flags, "Report", "报告")

	flags.StringVar(&f.failOn, "fail-on", "error", s.say("lowest severity `LEVEL` that makes the exit status 1: error (default), warning or never", "退出码为 1 的最低`级别`：error（默认）、warning 或 never"))
	f.defineStrictness(s, flags)
	flags.StringVar(&f.writeBaseline, "write-baseline", "", s.say("record the current findings in a `FILE`", "把当前的问题记录到`文件`"))
	flags.StringVar(&f.since, "since", "", s.say("report only findings whose place or path touches lines changed since a git `REVISION`", "只报告与 git `版本`之后改动的行有关的问题（问题所在处或触发路径）"))
	flags.BoolVar(&f.staged, "staged", false, s.say("report only findings whose place or path touches lines staged for the next commit", "只报告与已暂存的行有关的问题（问题所在处或触发路径）"))
	s.group(flags, "What fails", "失败条件")

	flags.StringVar(&f.fix, "fix", "", s.say("apply safe fixes; --fix=all applies the others too", "应用安全的修复；--fix=all 同时应用其他修复"))
	flags.Lookup("fix").NoOptDefVal = "safe"
	flags.BoolVar(&f.diff, "diff", false, s.say("print the fixes as a unified diff and write nothing", "以 unified diff 格式输出修复内容，不写入文件"))
	s.group(flags, "Fixes", "修复")

	f.defineConfiguration(s, flags)
	flags.StringVar(&f.stdinName, "stdin-filename", "", s.say("read the content of this `FILE` from standard input; the file need not exist", "从标准输入读取这个`文件`的内容；文件可以不存在"))
	flags.BoolVar(&f.printConfig, "print-config", false, s.say("print the configuration in effect and where each value comes from, without checking", "输出生效的配置及每一项的来源，不做检查"))
	flags.BoolVar(&f.profile, "profile", false, s.say("print how long each part took to standard error", "在标准错误输出里列出各部分的耗时"))
	flags.BoolVar(&f.watch, "watch", false, s.say("check again whenever a file changes", "文件改动后重新检查"))
	flags.Bool("version", false, s.say("print the version", "输出版本号"))
	s.group(flags, "Other flags", "其他参数")
}

// defineStrictness adds the flags that decide how much findings matter.
func (f *checkFlags) defineStrictness(s *session, flags *pflag.FlagSet) {
	flags.BoolVar(&f.strict, "strict", false, s.say("fail on warnings, and make unconfirmed console steps errors", "警告也算不通过，未确认的后台步骤按错误处理"))
	flags.StringArrayVar(&f.rules, "rule", nil, s.say("set the severity of a rule: `ID=SEVERITY`, one of error, warning, info, off (repeatable)", "调整一条规则的级别：`规则=级别`，级别为 error、warning、info、off（可重复）"))
	flags.StringVar(&f.baseline, "baseline", "", s.say("do not fail on findings that are recorded in a `FILE`", "`文件`中已记录的问题不算不通过"))
}

// defineConfiguration adds the flags that decide which configuration holds.
func (f *checkFlags) defineConfiguration(s *session, flags *pflag.FlagSet) {
	flags.StringVarP(&f.config, "config", "c", "", s.say("use a configuration `FILE` instead of looking for voipcheck.json", "指定配置`文件`，不再自动查找 voipcheck.json"))
	flags.BoolVar(&f.isolated, "isolated", false, s.say("use nothing from the repository that could weaken the check (voipcheck.json, suppressions, baseline); for pull requests from strangers", "不采用仓库里可能放宽检查的内容（voipcheck.json、忽略注释、基线），用于检查外部贡献者的合并请求"))
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
