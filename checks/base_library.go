package checks

import (
	"strconv"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

var baseLibrary = &Rule{
	ID: "base-library", Severity: Info, Step: StepEnable, Evidence: Documented,
	Title: lang.T("Require base library 2.20.1 or later", "要求基础库 2.20.1 及以上"),
	Text: lang.T(
		"`setEnable1v1Chat` and `join1v1Chat` exist since base library 2.20.1. `libVersion` in project.config.json only sets the version that DevTools debugs with. The lowest version for users is set in the console and does not appear in the repository. A test such as `wx.canIUse('join1v1Chat')` settles the question in code.",
		"`setEnable1v1Chat` 和 `join1v1Chat` 从基础库 2.20.1 开始支持。project.config.json 里的 `libVersion` 只是开发者工具的调试版本；用户的最低基础库版本在小程序后台设置，代码仓库里看不到。在代码里加上 `wx.canIUse('join1v1Chat')` 之类的判断即可。"),
	Example: ExampleProjectConfig,
	Bad: `{
  "appid": "wx0000000000000000",
  "libVersion": "2.19.4"
}`,
	Good: `{
  "appid": "wx0000000000000000",
  "libVersion": "3.5.0"
}`,
	Fix:     lang.T("Raise libVersion and the lowest base library version in the console, or test wx.canIUse('join1v1Chat').", "请调高 libVersion 和小程序后台的最低基础库版本，或用 wx.canIUse('join1v1Chat') 判断。"),
	RunTime: lang.T("On an older base library: \"wx.setEnable1v1Chat is not a function\". There is no error code.", "基础库过低时报 wx.setEnable1v1Chat is not a function，没有错误码。"),
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
			"libVersion is %s, but setEnable1v1Chat and join1v1Chat exist only since 2.20.1.",
			"libVersion 是 %s，而 setEnable1v1Chat 和 join1v1Chat 从 2.20.1 才开始支持。"), config.LibVersion)})
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
