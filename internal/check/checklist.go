package check

// How each step of the guide stands. A step passes only where its rules could be decided on every path.

import (
	"slices"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
)

// checklist is the guide's checklist for one project.
func (r *run) checklist(p *project) []report.Step {
	var list []report.Step
	for _, info := range checks.Steps() {
		s := report.Step{Project: report.ValidPath(p.Root), Spared: p.spared, Step: info.Step, Title: info.Title, Rules: []string{}}
		found := map[string]bool{}
		for _, l := range p.located {
			if l.fate() == reported && l.Step == info.Step {
				found[l.Rule.ID] = true
				count(&s, l.Severity)
			}
		}
		for _, rule := range checks.Rules() {
			if found[rule.ID] {
				s.Rules = append(s.Rules, rule.ID)
			}
		}
		s.Status, s.Note = r.status(p, info, &s)
		list = append(list, s)
	}
	return list
}

func count(s *report.Step, severity checks.Severity) {
	switch severity {
	case checks.Error:
		s.Errors++
	case checks.Warning:
		s.Warnings++
	case checks.Info:
		s.Infos++
	}
}

var (
	elsewhere = lang.T("it does not use 1v1 calls, but another mini-program does", "这里没有用到双人音视频通话，另一个小程序用到了")
	nowhere   = lang.T("the project does not use 1v1 calls", "项目里没有用到双人音视频通话")
)

// unsupported says why a project cannot be checked.
func unsupported(u *miniprogram.Unsupported) lang.Text {
	return lang.F(lang.T("voipcheck does not know %s (%s); it checked nothing here", "voipcheck 不支持「%s」（%s），这里没有检查"), u.Name, u.Why)
}

// status is a step's status, with a note where it needs one. What is known to be wrong comes first, then what was not
// decided, and last what is doubtful.
func (r *run) status(p *project, info checks.StepInfo, s *report.Step) (report.Status, lang.Text) {
	switch {
	case p.Unsupported != nil:
		return report.Skipped, unsupported(p.Unsupported)
	case p.spared:
		return report.Skipped, elsewhere
	case p.uses == nothing && info.Step != checks.StepEnable:
		return report.Skipped, nowhere
	case info.Console:
		return r.consoleStatus(p, info.Step)
	case s.Errors > 0:
		return report.Fail, lang.Text{}
	}
	if why := r.unasked(p, info.Step); !why.IsZero() {
		return report.Skipped, why
	}
	if why := hidden(p, info.Step, checks.Error); !why.IsZero() {
		return report.Skipped, why
	}
	g := p.grounds(info.Step)
	if why := g.open(); !why.IsZero() {
		return report.Unproven, why
	}
	if why := hidden(p, info.Step, checks.Warning); !why.IsZero() {
		return report.Skipped, why
	}
	if !g.lacking.IsZero() {
		return report.Skipped, g.lacking
	}
	if s.Warnings > 0 {
		return report.Warn, lang.Text{}
	}
	return report.Pass, lang.Text{}
}

// consoleStatus is the status of a step that only the team can know.
func (r *run) consoleStatus(p *project, step checks.Step) (report.Status, lang.Text) {
	c, ok := p.config.Confirmed[step]
	on := c.On.Format(time.DateOnly)
	switch {
	case !ok:
		return report.Unconfirmed, lang.Text{}
	case c.Ahead(r.Now):
		return report.Unconfirmed, lang.F(lang.T("by %s for a future date, %s", "%s 的确认日期 %s 晚于今天"), c.By, on)
	case !c.Holds(r.Now):
		return report.Unconfirmed, lang.F(lang.T("the confirmation by %s expired on %s", "%s 的确认已于 %s 到期"), c.By, c.Until.Format(time.DateOnly))
	}
	return report.Confirmed, lang.F(lang.T("by %s on %s", "%s，%s"), c.By, on)
}

// unasked says which rules of a step are off without which it is not decided: those that find errors, or all it has.
func (r *run) unasked(p *project, step checks.Step) lang.Text {
	var off, errors []string
	some := false
	for _, rule := range checks.Rules() {
		switch {
		case rule.Step != step:
		case !r.isOff(p, rule.ID):
			some = true
		default:
			off = append(off, rule.ID)
			if rule.Severity == checks.Error {
				errors = append(errors, rule.ID)
			}
		}
	}
	switch {
	case !some:
	case len(errors) == 0:
		return lang.Text{}
	default:
		off = errors
	}
	return switchedOffWord.text(off)
}

// namesWord says something of one name, or of several.
type namesWord struct{ one, many lang.Text }

func (w namesWord) text(names []string) lang.Text {
	if len(names) == 1 {
		return lang.F(w.one, names[0])
	}
	return lang.F(w.many, lang.List(names))
}

var (
	switchedOffWord = namesWord{lang.T("the rule %s is off", "规则 %s 已关闭"), lang.T("the rules %s are off", "规则 %s 已关闭")}
	fateWords       = map[fate]namesWord{
		switchedOff: switchedOffWord,
		suppressed:  {lang.T("%s is suppressed in the code", "代码里的注释忽略了 %s"), lang.T("%s are suppressed in the code", "代码里的注释忽略了 %s")},
		ignored:     {lang.T("%s is ignored by the configuration", "配置忽略了 %s"), lang.T("%s are ignored by the configuration", "配置忽略了 %s")},
		unchanged:   {lang.T("%s touches no changed line", "%s 与改动的行无关"), lang.T("%s touch no changed line", "%s 与改动的行无关")},
		known:       {lang.T("%s is in the baseline", "%s 已记入基线"), lang.T("%s are in the baseline", "%s 已记入基线")},
		reported:    {lang.T("%s is lowered to a note", "%s 已降级为提示"), lang.T("%s are lowered to notes", "%s 已降级为提示")},
	}
)

// hidden says which rules found something at a step, of a severity of at least that, which does not show in it: because of a
// comment, the configuration, the baseline, or because nothing has changed that it is about.
func hidden(p *project, step checks.Step, least checks.Severity) lang.Text {
	by := map[fate][]string{}
	for _, l := range p.located {
		if l.Step == step && l.ruled >= least && l.hidden() && !slices.Contains(by[l.fate()], l.Rule.ID) {
			by[l.fate()] = append(by[l.fate()], l.Rule.ID)
		}
	}
	for _, f := range []fate{switchedOff, suppressed, ignored, known, unchanged, reported} {
		if names := by[f]; len(names) > 0 {
			slices.Sort(names)
			return fateWords[f].text(names)
		}
	}
	return lang.Text{}
}

// hidden tells that what the finding says does not show in its step, nor what could not be followed, which the step tells itself.
func (l *located) hidden() bool {
	switch {
	case tellsOpen(l.Rule.ID):
		return false
	case l.fate() == reported:
		return l.ruled == checks.Error && l.Severity == checks.Info
	}
	return true
}

// tellsOpen tells of the rules that say what could not be followed.
func tellsOpen(rule string) bool { return rule == "authorize-unproven" || rule == "join-unproven" }
