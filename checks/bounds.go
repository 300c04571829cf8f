package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
)

// What is said where the analysis met one of its bounds.

// beyond says which bound a verdict met, and at what.
func beyond(v flow.Verdict, what lang.Text) lang.Text {
	said, ok := bounds[v.Bound]
	if !ok {
		said = lang.T("more than is followed", "超出跟踪范围")
	}
	return lang.F(lang.T("%[1]s: %[2]s (bound %[3]s)", "%[1]s：%[2]s（上限 %[3]s）"), what, said, v.Bound)
}

// bounds say of each row of the table of bounds what goes beyond it.
var bounds = map[string]lang.Text{
	"paths": lang.T("more paths than are followed", "执行路径太多，没有全部跟踪"),
	"steps": lang.T("takes more work than is done", "跟踪的工作量太大，没有全部完成"),
	"time":  lang.T("following it took too long", "跟踪耗时太长"),
}
