package check

// How each step of the guide stands.

import (
	"slices"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
)

// checklist is the guide's checklist for one project.
func (r *run) checklist(p *project, findings []report.Finding) []report.Step {
	var list []report.Step
	root := report.ValidPath(p.Root)
	for _, info := range checks.Steps() {
		s := report.Step{Project: root, Step: info.Step, Title: info.Title, Rules: []string{}}
		for _, rule := range checks.Rules() {
			found := false
			for i := range findings {
				f := &findings[i]
				if f.Project == root && f.Step == info.Step && f.Rule.ID == rule.ID {
					found = true
					count(&s, f.Severity)
				}
			}
			if found {
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

var elsewhere = lang.T("nothing here uses 1v1 calls; another mini-program does", "这里没有用到双人通话，另一个小程序用到了")

// status is a step's status, with a note where it needs one.
func (r *run) status(p *project, info checks.StepInfo, s *report.Step) (report.Status, lang.Text) {
	switch {
	case p.spared:
		return report.Skipped, elsewhere
	case info.Console:
		return r.consoleStatus(p, info.Step)
	case s.Errors > 0:
		return report.Fail, lang.Text{}
	case s.Warnings > 0:
		return report.Warn, lang.Text{}
	}
	if why := r.undecided(p, info.Step); !why.IsZero() {
		return report.Skipped, why
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
	case !c.Holds(r.Now):
		return report.Unconfirmed, lang.F(lang.T("%s confirmed it only until %s", "%s 的确认已于 %s 到期"), c.By, c.Until.Format(time.DateOnly))
	}
	return report.Confirmed, lang.F(lang.T("by %s on %s", "%s，%s"), c.By, on)
}

// undecided says why nothing decides a step in which nothing was found, or nothing when something does.
func (r *run) undecided(p *project, step checks.Step) lang.Text {
	enablings, authorizations, joins, pluginCalls, calls := 0, 0, 0, 0, 0
	for _, c := range p.flow.Calls {
		feature := c.API == flow.SetEnable || c.API == flow.Join
		switch {
		case feature && c.Plugin:
			pluginCalls++
		case c.API == flow.Authorize:
			authorizations++
		case c.API == flow.Join:
			joins++
		case c.API == flow.SetEnable && !c.OnlyDisables:
			enablings++
		}
		if feature && !c.Plugin {
			calls++
		}
	}
	switch {
	case r.silent(p, step):
		return lang.T("all its rules are off", "相关规则都已关闭")
	case calls == 0 && (pluginCalls > 0 || p.Plugin):
		return lang.T("calls do not work in a plugin", "插件里不支持通话功能")
	}
	switch step {
	case checks.StepPermission:
		if !p.Config.Readable {
			return lang.T("the app configuration cannot be read", "应用配置无法读取")
		}
	case checks.StepAuthorize:
		if enablings+authorizations == 0 {
			return lang.T("nothing enables calls, so nothing needs authorizing yet", "还没有开启通话功能的代码，无从判断")
		}
	case checks.StepDevTools:
		if enablings == 0 {
			return lang.T("nothing enables calls", "没有开启通话功能的代码")
		}
	case checks.StepReachable:
		if calls == 0 {
			return lang.T("nothing makes a call", "没有通话相关的代码")
		}
	case checks.StepEnable:
		if calls-joins == 0 && isMissing(p) {
			return lang.T("the mini-program is not where it should be", "小程序不在它应该在的位置")
		}
		if calls-joins == 0 && unparsed(p, miniprogram.NameEnable) {
			return lang.T("the code that may enable calls cannot be parsed", "可能开启通话功能的代码无法解析")
		}
	case checks.StepJoin:
		if joins == 0 && isMissing(p) {
			return lang.T("the mini-program is not where it should be", "小程序不在它应该在的位置")
		}
		if joins == 0 && unparsed(p, miniprogram.NameJoin) {
			return lang.T("the code that may join calls cannot be parsed", "可能发起通话的代码无法解析")
		}
	}
	return lang.Text{}
}

// isMissing tells that the app configuration is not there.
func isMissing(p *project) bool {
	return slices.ContainsFunc(p.Config.Faults, func(f miniprogram.ConfigFault) bool { return f.Kind == miniprogram.FaultMissing })
}

func unparsed(p *project, name miniprogram.Names) bool {
	for _, e := range p.flow.ParseErrors {
		if e.Names&name != 0 {
			return true
		}
	}
	return false
}

// silent tells that every rule of a step is off.
func (r *run) silent(p *project, step checks.Step) bool {
	for _, rule := range checks.Rules() {
		if rule.Step == step && !r.isOff(p, rule.ID) {
			return false
		}
	}
	return true
}
