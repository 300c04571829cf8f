package check

// What was not followed because of a bound of the analysis or a bug of its own, where that leaves a call open: nobody can say
// then that the program is ready.

import (
	"slices"
	"sort"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/source"
)

// givenUp lists it for all projects, each thing once, in the order of place.
func (r *run) givenUp() []report.GivenUp {
	list := &givenUpList{seen: map[report.GivenUp]bool{}}
	for _, p := range r.projects {
		if !p.spared {
			list.project(p)
		}
	}
	sort.SliceStable(list.all, func(i, j int) bool {
		a, b := list.all[i], list.all[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.At.Line != b.At.Line:
			return a.At.Line < b.At.Line
		case a.At.Column != b.At.Column:
			return a.At.Column < b.At.Column
		}
		return a.What.EN < b.What.EN
	})
	return list.all
}

type givenUpList struct {
	all  []report.GivenUp
	seen map[report.GivenUp]bool
}

func (l *givenUpList) add(at source.Span, what lang.Text) {
	g := report.GivenUp{What: what}
	if !at.IsZero() {
		g.File, g.At = report.ValidPath(at.File.Path), at.From()
	}
	if !l.seen[g] {
		l.seen[g] = true
		l.all = append(l.all, g)
	}
}

func (l *givenUpList) project(p *project) {
	told := map[*flow.Call]bool{}
	for _, g := range p.flow.GaveUp {
		if g.Failure != "" || len(g.Calls) > 0 || p.unfound() {
			l.add(g.At, givenUpText(g))
		}
		for _, c := range g.Calls {
			told[c] = true
		}
	}
	for _, e := range p.flow.ParseErrors {
		if e.Limit && !p.fails("parse-error", e.At) {
			l.add(e.At, lang.T("larger than what is parsed", "超出解析的上限"))
		}
	}
	for _, c := range p.flow.Calls {
		if c.Plugin || told[c] || c.API == flow.OpenSetting {
			continue
		}
		for _, v := range []*flow.Verdict{&c.Before, &c.DevTools} {
			if v.Bound != "" || v.Failure != "" {
				l.add(orElse(v.At, c.Name), checks.Beyond(*v, checks.Named(v.Unfollowed)))
			}
		}
		if c.FailureBound != "" {
			l.add(c.Name, handlingBeyond(c))
		}
	}
}

// unfound tells that a call was not found which some file names: what was given up may lead to it.
func (p *project) unfound() bool {
	for api, name := range map[flow.API]miniprogram.Names{flow.SetEnable: miniprogram.NameEnable, flow.Join: miniprogram.NameJoin} {
		named := slices.ContainsFunc(p.Scripts, func(s *miniprogram.Script) bool { return s.Names&name != 0 })
		if named && !slices.ContainsFunc(p.flow.Calls, func(c *flow.Call) bool { return c.API == api }) {
			return true
		}
	}
	return false
}

// givenUpText says which bound was met and at what, or that the analysis failed.
func givenUpText(g flow.GaveUp) lang.Text {
	return checks.Beyond(flow.Verdict{Bound: g.Bound, Most: g.Most, Failure: g.Failure}, checks.Named(g.What))
}

// fails tells that an error of a rule shows at a place.
func (p *project) fails(rule string, at source.Span) bool {
	return slices.ContainsFunc(p.located, func(l *located) bool {
		return l.Rule.ID == rule && l.At == at && l.fate() == reported && l.Severity == checks.Error
	})
}

// handlingBeyond says which bound kept it from being followed what becomes of a failure of a call.
func handlingBeyond(c *flow.Call) lang.Text {
	return checks.Beyond(flow.Verdict{Bound: c.FailureBound}, lang.F(lang.T("the handling of a failed %s", "%s 失败后的处理"), string(c.API)))
}

func orElse(at, other source.Span) source.Span {
	if at.IsZero() {
		return other
	}
	return at
}
