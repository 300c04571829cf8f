package report

// How a weakened gate is told.

import (
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/terminal"
)

var weakenedTitle = lang.T("Weakened", "检查被放宽")

// weakeningWords are the words for each kind: of how many there are, and of one.
var weakeningWords = map[WeakeningKind]struct {
	counted plural
	one     lang.Text
}{
	RuleOff:      {plural{"1 rule off", "%d rules off", "%d 条规则已关闭"}, lang.T("rule off", "规则已关闭")},
	RuleLowered:  {plural{"1 rule lowered", "%d rules lowered", "%d 条规则已降级"}, lang.T("rule lowered", "规则已降级")},
	Ignored:      {plural{"1 ignore entry", "%d ignore entries", "%d 项忽略配置"}, lang.T("ignored", "已忽略")},
	Granted:      {plural{"1 function vouched for", "%d functions vouched for", "%d 个函数由配置担保"}, lang.T("vouched for", "由配置担保")},
	LimitLowered: {plural{"1 limit lowered", "%d limits lowered", "%d 个上限被调低"}, lang.T("limit lowered", "上限被调低")},
	Suppressed:   {plural{"1 suppression", "%d suppressions", "%d 条忽略注释"}, lang.T("suppressed", "注释忽略")},
	InBaseline:   {plural{"a baseline", "%d baselines", "%d 个基线"}, lang.T("baseline", "基线")},
	NotChanged:   {plural{"unchanged lines left out", "unchanged lines left out %d times", "略去了未改动的行"}, lang.T("unchanged lines", "未改动的行")},
	NotConfirmed: {plural{"1 confirmation that does not count", "%d confirmations that do not count", "%d 条确认无效"}, lang.T("invalid confirmation", "确认无效")},
	RootSet:      {plural{"another root", "%d other roots", "另设了 %d 个 root"}, lang.T("root set elsewhere", "另设 root")},
}

// weakenedParts says how many things of each kind weaken the gate; "" for none.
func weakenedParts(all []Weakening, l lang.Lang) string {
	var of []counted
	for _, kind := range WeakeningKinds() {
		n := 0
		for _, w := range all {
			if w.By == kind {
				n++
			}
		}
		of = append(of, counted{n, weakeningWords[kind].counted})
	}
	said := enumerate(l, of...)
	if said == "" {
		return ""
	}
	return lang.F(lang.T("weakened: %s", "检查被放宽：%s"), said).In(l)
}

// where is the place that asks for it, in words.
func (w Weakening) where() lang.Text {
	if w.Where == "" {
		return lang.T("command line", "命令行")
	}
	return lang.T(w.Where, w.Where)
}

// said is the weakening as one line: "rule off: join-openid (voipcheck.json:4)".
func (w Weakening) said(l lang.Lang) string {
	return terminal.Visible(lang.F(lang.T("%s: %s (%s)", "%s：%s（%s）"), weakeningWords[w.By].one, w.What, w.where()).In(l))
}

// weakenings are the lines about a weakened gate, at most so many, and how many more there are.
func weakenings(all []Weakening, most int, l lang.Lang) []string {
	var out []string
	for i, w := range all {
		if i == most && len(all) > most+1 {
			return append(out, lang.F(lang.T("and %d more", "另有 %d 项"), len(all)-most).In(l))
		}
		out = append(out, w.said(l))
	}
	return out
}

// sentences joins lines for a place that holds only one.
func sentences(lines []string, l lang.Lang) string { return strings.Join(lines, semicolon.In(l)) }
