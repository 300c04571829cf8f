// Package report tells what a run found, in one format a file. It decides nothing: severities,
// statuses and the verdict come to it ready-made.
package report

import (
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// Report is what a run found.
type Report struct {
	// Version is the program's.
	Version string
	// Ready tells that nothing was found at or above the fail level, and that everything could be read, followed within the
	// bounds of the analysis, and written.
	Ready bool
	// Proved tells that every step is decided on every path, by the rules or by a confirmation.
	Proved bool
	// FailAt is the severity from which on a finding makes the program not ready.
	FailAt checks.Severity
	// Exit is the exit status that follows, before the report itself is written.
	Exit     int
	Projects []Project
	Summary  Summary
	// Checklist is the guide's, once for each project.
	Checklist []Step
	// Findings are sorted by file, line, column and rule.
	Findings []Finding
	// Pictures show the path to each enabling and joining call, by project and place.
	Pictures []Picture
	// Undrawn counts the calls without a picture, of which there would be too many.
	Undrawn int
	// Unreadable is what should have been read and could not.
	Unreadable []Unreadable
	// Refused is what the repository asks for outside of itself, which was not read, beside what is unreadable because of that.
	Refused []string
	// GivenUp is what should have been followed and was not, because of a bound or a bug of the program itself.
	GivenUp []GivenUp
	// Weakened is what makes the gate weaker than it is by default.
	Weakened []Weakening
	// Rules are all rules, in the order of the registry.
	Rules []*checks.Rule
}

// Project is a mini-program that was checked.
type Project struct {
	Root string
	// Name is what the project's files call it; "" where they do not. Folder is the name of its folder.
	Name, Folder string
	Framework    string
	Files        int
	// Spared tells that nothing in it uses the feature, and nothing has to, because another mini-program of the run does.
	Spared bool
}

// Summary counts findings.
type Summary struct {
	Errors, Warnings, Infos, Suppressed, Baselined int
}

// Status is how a step of the checklist stands.
type Status string

// The statuses.
const (
	Pass        Status = "pass"
	Fail        Status = "fail"
	Warn        Status = "warn"
	Unproven    Status = "unproven"
	Unconfirmed Status = "unconfirmed"
	Confirmed   Status = "confirmed"
	Skipped     Status = "skipped"
)

// Step is a line of the checklist.
type Step struct {
	// Project is the root of the project concerned, and Spared what that is.
	Project string
	Spared  bool
	Step    checks.Step
	Title   lang.Text
	Status  Status
	// Rules are those that found something at this step, in the order of the registry.
	Rules []string
	// Note says why a step is skipped, what could not be followed, or who confirmed it and when.
	Note lang.Text
	// Errors, Warnings and Infos count the step's findings.
	Errors, Warnings, Infos int
}

// Finding is a finding with everything that a format needs.
type Finding struct {
	*checks.Finding
	// Project is the root of the project concerned; "" for what concerns none alone.
	Project string
	// File is the path of the finding's file, "/" separated and valid UTF-8.
	File     string
	From, To source.Position
	// Fingerprint is unique in the report, and the same as long as file, rule, reason and the line's text are.
	Fingerprint string
}

// Unreadable is a file or folder that could not be read.
type Unreadable struct {
	File string
	Why  lang.Text
}

// GivenUp is a place behind which code was not followed, so that calls of the feature are left open.
type GivenUp struct {
	// File is "" where no place is known.
	File string
	At   source.Position
	// What says which bound was met and at what, or which internal failure it was.
	What lang.Text
}

// Weakening is one thing that makes the gate weaker.
type Weakening struct {
	By WeakeningKind
	// What names it: the rule, the glob, the function, the file.
	What lang.Text
	// Where is the place that asks for it, "voipcheck.json:4"; "" for the command line.
	Where string
}

// WeakeningKind is how a gate is weakened.
type WeakeningKind string

// The kinds, by their names in reports.
const (
	RuleOff      WeakeningKind = "rule-off"
	RuleLowered  WeakeningKind = "rule-lowered"
	Ignored      WeakeningKind = "ignore"
	Granted      WeakeningKind = "grants"
	LimitLowered WeakeningKind = "limit"
	Suppressed   WeakeningKind = "suppression"
	InBaseline   WeakeningKind = "baseline"
	NotChanged   WeakeningKind = "since"
	NotConfirmed WeakeningKind = "confirmed"
	RootSet      WeakeningKind = "root"
)

// WeakeningKinds are all kinds in the order in which they are told.
func WeakeningKinds() []WeakeningKind {
	return []WeakeningKind{RuleOff, RuleLowered, Ignored, Granted, LimitLowered, Suppressed, InBaseline, NotChanged, NotConfirmed, RootSet}
}

// Options are how a report is written.
type Options struct {
	Lang lang.Lang
	// Color and Quiet concern the text for a terminal.
	Color, Quiet bool
	// Width is that of the terminal in columns; 0 when it is not known.
	Width int
	// Link is the address at which an editor opens a place of a file, for the page and the text; nil where none was asked for.
	Link func(file string, at source.Position) string
}

// title is the name under which a report shows a project: its folder's where its files do not say, for "." says nothing.
func (p *Project) title() string {
	for _, name := range []string{p.Name, strings.TrimLeft(p.Root, "."), p.Folder} {
		if name = strings.TrimLeft(name, "/"); name != "" {
			if runes := []rune(name); len(runes) > mostName {
				name = string(runes[:mostName-1]) + "…"
			}
			return terminal.Visible(name)
		}
	}
	return "voipcheck"
}

// mostName is how many characters of a project's name are shown.
const mostName = 60

// Writer is a format.
type Writer interface {
	Write(w io.Writer, r *Report, o Options) error
}

// Format is a format with its name.
type Format struct {
	Name   string
	Title  lang.Text
	Writer Writer
}

// Formats are all formats in the order in which they are listed.
func Formats() []Format {
	return []Format{
		{"text", lang.T("for people, in a terminal", "用于终端阅读"), textWriter{}},
		{"concise", lang.T("one line per finding", "每个问题一行"), conciseWriter{}},
		{"json", lang.T("everything, for programs", "完整内容，用于程序处理"), jsonWriter{}},
		{"sarif", lang.T("for code scanning services", "用于代码扫描服务"), sarifWriter{}},
		{"junit", lang.T("a test case per rule, for build servers", "每条规则一个测试用例，用于 CI 服务器"), junitWriter{}},
		{"github", lang.T("annotations in a GitHub workflow", "GitHub 工作流里的标注"), githubWriter{}},
		{"gitlab", lang.T("code quality report for GitLab", "GitLab 代码质量报告"), gitlabWriter{}},
		{"checkstyle", lang.T("XML for Checkstyle", "Checkstyle 格式的 XML"), checkstyleWriter{}},
		{"rdjson", lang.T("for reviewdog, which comments on pull requests", "用于 reviewdog 在合并请求里评论"), rdjsonWriter{}},
		{"markdown", lang.T("for a comment on a pull request", "用于合并请求里的评论"), markdownWriter{}},
		{"html", lang.T("one page to keep or send", "单个网页，可保存、可发送"), htmlWriter{}},
	}
}

// Lookup returns the format called name, or nil.
func Lookup(name string) Writer {
	for _, f := range Formats() {
		if f.Name == name {
			return f.Writer
		}
	}
	return nil
}

// severityNames are the names in reports.
var severityNames = map[checks.Severity]string{
	checks.Off: "off", checks.Info: "info", checks.Warning: "warning", checks.Error: "error",
}

// SeverityName returns the name of a severity as configurations and reports spell it.
func SeverityName(s checks.Severity) string { return severityNames[s] }

// DocumentationURL is where the rule is documented, in the language l.
func DocumentationURL(rule string, l lang.Lang) string {
	page := "README.md"
	if l == lang.ZH {
		page = "README.zh-CN.md"
	}
	return Repository + "/blob/main/checks/" + page + "#" + rule
}

// Repository is where the program lives.
const Repository = "https://github.com/voipcheck/voipcheck"

// ValidPath returns path as valid UTF-8: every byte that is none shows as U+FFFD.
func ValidPath(path string) string {
	if utf8.ValidString(path) {
		return path
	}
	var b strings.Builder
	for _, r := range path {
		b.WriteRune(r)
	}
	return b.String()
}

// bySeverity is findings with the errors first; of a severity, in the order of the report.
func bySeverity(findings []Finding) []*Finding {
	sorted := make([]*Finding, len(findings))
	for i := range findings {
		sorted[i] = &findings[i]
	}
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Severity > sorted[j].Severity })
	return sorted
}

// isConsole tells of steps that are done in WeChat's console: their findings have no code to show.
func isConsole(step checks.Step) bool {
	info := checks.LookupStep(step)
	return info != nil && info.Console
}
