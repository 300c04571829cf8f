package main

// Applying fixes, or showing what they would change.

import (
	"fmt"
	"strings"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/fix"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

// fixed applies the fixes and returns what is left to find. With --diff nothing is written, so what is found is
// what there is now.
func (s *session) fixed(p *plan) (*check.Result, error) {
	result, err := fix.Run(p.options, p.flags.fix == "all")
	if err != nil {
		return nil, err
	}
	for _, r := range result.Refused {
		s.note("%s", printable(lang.F(lang.T(
			"%s:%d: the fix for %s was not applied: %s", "%s:%d：没有应用 %s 的修复：%s"), r.Path, r.Line, r.Rule, r.Why).In(s.lang)))
	}
	if p.flags.diff {
		for _, f := range result.Files {
			s.out.WriteString(s.patch(f))
		}
		p.options.Log = nil
		return check.Run(p.options)
	}
	written, failed := result.Write(s.named(p.options.Paths)...)
	for _, f := range written {
		s.note("%s", printable(lang.F(lang.T("fixed %s", "已修复 %s"), f.Path).In(s.lang)))
	}
	if last := len(failed) - 1; last >= 0 {
		for _, err := range failed[:last] {
			s.complain(lang.Cause(err))
		}
		return nil, broken(failed[last])
	}
	if len(result.Files) == 0 {
		nothing := lang.T("nothing to fix", "没有可以自动修复的问题")
		if n := len(result.Check.Known); n > 0 {
			nothing = lang.F(lang.T("nothing to fix; the %d findings in the baseline are left alone", "没有可以自动修复的问题；基线里的 %d 个问题不作改动"), n)
		}
		s.note("%s", nothing.In(s.lang))
	}
	return result.Check, nil
}

// patch is a file's change as a unified diff. A program gets it as it is; a terminal gets no control characters.
func (s *session) patch(f fix.File) string {
	diff := edit.Diff(report.ValidPath(f.Path), f.Before, f.After)
	if !s.Terminal && !s.colored() {
		return diff
	}
	colors := terminal.NewPalette(s.colored())
	var b strings.Builder
	for line := range strings.Lines(diff) {
		text := strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", "    ")
		text = terminal.Visible(text)
		switch {
		case strings.HasPrefix(text, "+++"), strings.HasPrefix(text, "---"):
			text = colors.Strong.Sprint(text)
		case strings.HasPrefix(text, "+"):
			text = colors.Green.Sprint(text)
		case strings.HasPrefix(text, "-"):
			text = colors.Red.Sprint(text)
		case strings.HasPrefix(text, "@@"):
			text = colors.Blue.Sprint(text)
		}
		fmt.Fprintln(&b, text)
	}
	return b.String()
}
