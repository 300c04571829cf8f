package checks

import (
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var pageRegistered = &Rule{
	ID: "page-registered", Severity: Error, Step: StepReachable, Evidence: Documented,
	Title: lang.T("Register the page that makes the call", "注册发起通话的页面"),
	Text: lang.T(
		"Users can open a page only if it is listed in `pages` of the app configuration or in the `pages` of a subpackage. A page that makes a call, itself or through what it imports, must be in one of these lists.",
		"页面只有写进应用配置的 `pages` 或某个分包的 `pages`，用户才能打开。自己发起通话，或通过引入的模块、组件发起通话的页面，必须写在这些列表里。"),
	Example: ExampleFiles,
	Bad: `-- app.json --
{ "pages": ["pages/index/index"] }
-- pages/index/index.js --
Page({})
-- pages/index/index.wxml --
<view />
-- pages/call/call.js --
Page({
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})
-- pages/call/call.wxml --
<button bindtap="onCall">call</button>
-- pages/call/call.json --
{}`,
	Good: `-- app.json --
{ "pages": ["pages/index/index", "pages/call/call"] }
-- pages/index/index.js --
Page({})
-- pages/index/index.wxml --
<view />
-- pages/call/call.js --
Page({
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})
-- pages/call/call.wxml --
<button bindtap="onCall">call</button>
-- pages/call/call.json --
{}`,
	Fix:     lang.T("Add the page to pages or to its subpackage, or delete it if it is no longer needed.", "请把页面加进 pages 或所在的分包，不再需要的话请删除。"),
	RunTime: lang.T("navigateTo fails with \"page is not found\". There is no error code.", "跳转时报 page is not found，没有错误码。"),
	Sources: []Source{docAppJSON},
	Fixable: true,
	Aside:   []Aside{pagesUnknown},
	Run:     runPageRegistered,
}

func runPageRegistered(p *Pass) {
	if !p.Project.Config.Readable {
		return
	}
	for _, unit := range p.Project.Units {
		if !unregistered(unit) {
			continue
		}
		info := p.Flow.Units[unit]
		if info == nil || !info.Calls {
			continue
		}
		first := p.firstCall(unit, info)
		if first == nil {
			continue
		}
		fix, byHand := registerFix(p.Project, unit.Path)
		p.Report(Finding{At: first.Name, Fix: fix, ByHand: byHand, about: subject{unit: unit}, Message: lang.F(lang.T(
			"The page %[1]s makes a call but is in no pages list of %[2]s, so users cannot open it.",
			"页面 %[1]s 会发起通话，但没有写进 %[2]s 的任何 pages 列表，用户无法打开。"), unit.Path, pageList(p.Project))})
	}
}

// pageList names the file that lists the pages.
func pageList(p *miniprogram.Project) string {
	if s := p.Style; s.PagesIn != s.PermissionsIn {
		return s.PagesIn
	}
	if p.Config.File == nil {
		return "app.json"
	}
	return p.Config.File.Path
}

// unregistered tells of a page that no list names.
func unregistered(u *miniprogram.Unit) bool {
	return u.Kind == miniprogram.PageUnit && !u.Registered && !u.Plugin
}

// firstCall returns the first call of the feature that a page makes, its own before one that it imports.
func (p *Pass) firstCall(unit *miniprogram.Unit, info *flow.UnitInfo) *flow.Call {
	for _, c := range p.Flow.Calls {
		if feature(c) && !c.Plugin && c.Unit == unit {
			return c
		}
	}
	if info.First != nil {
		return info.First
	}
	for _, c := range p.Flow.Calls {
		for _, u := range c.Units {
			if feature(c) && u == unit {
				return c
			}
		}
	}
	return nil
}
