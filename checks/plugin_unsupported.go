package checks

import (
	"github.com/voipcheck/voipcheck/internal/lang"
)

var pluginUnsupported = &Rule{
	ID: "plugin-unsupported", Severity: Error, Step: StepEnable, Evidence: Documented,
	Title: lang.T("Make calls in the mini-program, not in a plugin", "在小程序里调用，不要在插件里调用"),
	Text: lang.T(
		"Neither `setEnable1v1Chat` nor `join1v1Chat` works in a mini-program plugin, and neither does `wx.authorize`. The code must move to the mini-program that uses the plugin; the plugin can trigger an event to start it.",
		"`setEnable1v1Chat` 和 `join1v1Chat` 都不支持在小程序插件里使用，`wx.authorize` 也一样。需要把代码移到使用该插件的小程序里，插件可以触发事件通知小程序。"),
	Example: ExampleFiles,
	Bad: `-- project.config.json --
{
  "compileType": "plugin",
  "pluginRoot": "plugin",
  "miniprogramRoot": "miniprogram"
}
-- plugin/plugin.json --
{ "publicComponents": { "call": "components/call/call" } }
-- plugin/components/call/call.js --
Component({
  methods: {
    onCall() {
      wx.setEnable1v1Chat({ enable: true, fail: console.error })
    }
  }
})
-- plugin/components/call/call.json --
{ "component": true }
-- plugin/components/call/call.wxml --
<button bindtap="onCall">call</button>
-- miniprogram/app.json --
{ "pages": ["pages/index/index"] }
-- miniprogram/pages/index/index.js --
Page({})
-- miniprogram/pages/index/index.wxml --
<view />`,
	Good: `-- project.config.json --
{
  "compileType": "plugin",
  "pluginRoot": "plugin",
  "miniprogramRoot": "miniprogram"
}
-- plugin/plugin.json --
{ "publicComponents": { "call": "components/call/call" } }
-- plugin/components/call/call.js --
Component({
  methods: {
    onCall() {
      this.triggerEvent('call')
    }
  }
})
-- plugin/components/call/call.json --
{ "component": true }
-- plugin/components/call/call.wxml --
<button bindtap="onCall">call</button>
-- miniprogram/app.json --
{ "pages": ["pages/index/index"] }
-- miniprogram/pages/index/index.js --
Page({})
-- miniprogram/pages/index/index.wxml --
<view />`,
	Fix:      lang.T("Move the call to the mini-program that uses the plugin; the plugin can trigger an event to start it.", "请把调用移到使用该插件的小程序里，插件可以触发事件通知小程序。"),
	RunTime:  lang.T("The call does not work in a plugin. There is no error code for it.", "在插件里调用不起作用，没有专门的错误码。"),
	Sources:  []Source{docSetEnable, docJoin, docAuthorize},
	InPlugin: true,
	Run: func(p *Pass) {
		for _, call := range p.Flow.Calls {
			if feature(call) && call.Plugin {
				p.Report(Finding{At: call.Name, Message: lang.F(lang.T(
					"%s does not work in a plugin.",
					"小程序插件不支持 %s。"), call.API)})
			}
		}
	},
}
