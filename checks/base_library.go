package checks

import (
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

var baseLibrary = &Rule{
	ID: "base-library", Severity: Info, Step: StepEnable, Evidence: Documented,
	Title: lang.T("The base library knows the calls (2.20.1 or later)", "基础库不低于 2.20.1"),
	Text: lang.T(
		"`setEnable1v1Chat` and `join1v1Chat` exist from base library 2.20.1 on. `libVersion` in project.config.json is what DevTools debugs with; the lowest version for users is set in the console and does not stand in the repository. A test such as `wx.canIUse('join1v1Chat')` settles the question in the code.",
		"`setEnable1v1Chat` 和 `join1v1Chat` 从基础库 2.20.1 开始提供。project.config.json 里的 `libVersion` 只是开发者工具的调试版本；用户侧的最低基础库版本在小程序后台设置，仓库里看不到。代码里加上 `wx.canIUse('join1v1Chat')` 之类的判断即可。"),
	Example: ExampleProjectConfig,
	Bad: `{
  "appid": "wx0000000000000000",
  "libVersion": "2.19.4"
}`,
	Good: `{
  "appid": "wx0000000000000000",
  "libVersion": "3.5.0"
}`,
	Fix:     lang.T("Raise libVersion, set the lowest version in the console, or test wx.canIUse('join1v1Chat').", "提高 libVersion，在后台设置最低基础库版本，或用 wx.canIUse('join1v1Chat') 判断。"),
	RunTime: lang.T("On an older base library \"wx.setEnable1v1Chat is not a function\"; there is no error code.", "基础库过低时报 wx.setEnable1v1Chat is not a function，没有错误码。"),
	Sources: []Source{docSetEnable, docJoin, docProjectConfig},
	Aside:   []Aside{unused},
	Run: func(p *Pass) {
		config := &p.Project.Config
		if !olderThan(config.LibVersion, 2, 20, 1) || len(p.Flow.ExistenceGuards) > 0 {
			return
		}
		at := config.LibVersionKey
		if at.IsZero() {
			at = p.top()
		}
		p.Report(Finding{At: at, Message: lang.F(lang.T(
			"libVersion is %s, but setEnable1v1Chat and join1v1Chat exist from 2.20.1 on. The lowest version for users is set in the console; raise it there, or guard with wx.canIUse('join1v1Chat')",
			"libVersion 是 %s，而 setEnable1v1Chat 和 join1v1Chat 从 2.20.1 才有。用户的最低基础库版本在小程序后台设置，请在后台调高，或用 wx.canIUse('join1v1Chat') 判断"), config.LibVersion)})
	},
}

// olderThan compares a version such as 2.19.4 with a bound. What is no version, such as
// latest, is not older.
func olderThan(version string, bound ...int) bool {
	parts := strings.Split(strings.TrimSpace(version), ".")
	for i, b := range bound {
		n := 0
		if i < len(parts) {
			var err error
			if n, err = strconv.Atoi(parts[i]); err != nil || n < 0 {
				return false
			}
		}
		if n != b {
			return n < b
		}
	}
	return false
}
