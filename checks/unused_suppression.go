package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

// unusedSuppression has no Run: what a suppression suppresses is known only when all rules have run.
var unusedSuppression = &Rule{
	ID: "unused-suppression", Severity: Warning, Step: NoStep, Evidence: Documented,
	Title: lang.T("Keep only suppressions that take effect and give a reason", "忽略注释要起作用并写明原因"),
	Text: lang.T(
		"`// voipcheck-ignore RULE -- reason` suppresses a rule on its line or the next one. A suppression that suppresses nothing is left over from an old problem and would hide a new one. Without a rule or a reason it has no effect.\n\nThis rule is about voipcheck's own comments.",
		"`// voipcheck-ignore 规则 -- 原因` 会忽略本行或下一行的问题。没有忽略任何问题的注释多半是旧问题留下的，会掩盖以后的新问题；没有写规则或原因的注释不起作用。\n\n这条规则只检查 voipcheck 自己的注释。"),
	Example: ExamplePage,
	Bad: `Page({
  onCall() {
    // voipcheck-ignore devtools-unsupported
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Good: `Page({
  onCall() {
    // voipcheck-ignore devtools-unsupported -- tested on devices only
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})`,
	Fix:     lang.T("Remove the suppression, or name the rule and give a reason after --.", "请删除这条忽略注释，或写明规则并在 -- 之后写上原因。"),
	RunTime: lang.T("No effect and no error code: it concerns the check, not the call.", "没有影响，也没有错误码：它只关系到检查，与通话无关。"),
	Sources: []Source{{Title: lang.T("voipcheck: suppressions in code", "voipcheck：在代码里忽略问题")}},
}
