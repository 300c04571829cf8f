package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

// unusedSuppression has no Run: what a suppression suppresses is known only when all rules have run.
var unusedSuppression = &Rule{
	ID: "unused-suppression", Severity: Warning, Step: NoStep, Evidence: Documented,
	Title: lang.T("Every suppression suppresses something and says why", "每处忽略标记都有作用并写明理由"),
	Text: lang.T(
		"`// voipcheck-ignore RULE -- reason` silences a rule on its line or the next. One that silences nothing is left over from an old fault and would hide a new one; one without a rule or a reason silences nothing at all.\n\nThis is a rule of voipcheck about its own comments.",
		"`// voipcheck-ignore 规则 -- 理由` 会忽略本行或下一行的问题。没有忽略任何问题的标记多半是旧问题留下的，会掩盖以后的新问题；没写规则或理由的标记不起作用。\n\n这是 voipcheck 对自己的注释标记的规则。"),
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
	Fix:     lang.T("Remove the suppression, or name the rule and give the reason after --.", "删除该标记，或写明规则并在 -- 之后写上理由。"),
	RunTime: lang.T("None: it concerns the check, not the call, and leads to no error code.", "没有影响：它只关系到检查本身，不会导致错误码。"),
	Sources: []Source{{Title: lang.T("voipcheck: suppression in code", "voipcheck：在代码里忽略问题")}},
}
