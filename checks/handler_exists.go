package checks

import (
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

var handlerExists = &Rule{
	ID: "handler-exists", Severity: Error, Step: StepReachable, Evidence: Documented,
	Title: lang.T("Bind events to methods that exist", "事件绑定的方法必须存在"),
	Text: lang.T(
		"An event that is bound to a method which the page or component does not have does nothing except log a warning. The rule checks the templates of pages and components that make a call. Methods may come from behaviors, mixins, object spread and wxs modules; computed names are not checked.",
		"事件绑定了页面或组件里不存在的方法时，触发后没有任何反应，只在调试控制台有一条警告。规则检查发起通话的页面和组件的模板。方法可以来自 behavior、mixin、对象展开或 wxs 模块；动态绑定的名称不检查。"),
	Example: ExampleFiles,
	Bad: `-- app.json --
{ "pages": ["pages/call/call"] }
-- pages/call/call.js --
Page({
  onCall() {
    wx.setEnable1v1Chat({ enable: true, fail: console.error })
  }
})
-- pages/call/call.wxml --
<button bindtap="onCal">call</button>
-- pages/call/call.json --
{}`,
	Good: `-- app.json --
{ "pages": ["pages/call/call"] }
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
	Fix:     lang.T("Correct the name in the template, or add the method.", "请改正模板里的方法名，或补上该方法。"),
	RunTime: lang.T("The tap does nothing, and the debug console warns that the page does not have the method. There is no error code.", "点击没有反应，调试控制台提示页面没有该方法，没有错误码。"),
	Sources: []Source{docEvents},
	Aside:   []Aside{{Rule: "parse-error", Where: SameUnit, Moot: true}},
	Run:     runHandlerExists,
}

func runHandlerExists(p *Pass) {
	for _, u := range p.unknownHandlers() {
		event, _, _ := strings.Cut(u.first.Event, ".") // mpx: tap.proxy
		message := lang.F(lang.T(
			"The event %[1]s is bound to %[2]s, which %[3]s does not have, so it does nothing.",
			"事件 %[1]s 绑定了 %[2]s，但 %[3]s 没有这个方法，触发后没有任何反应。"), event, short(u.name), u.unit.Path)
		if near := nearest(u.name, u.methods, max(2, len(u.name)/3)); near != "" {
			message = lang.F(lang.T("%s Did you mean %s?", "%s是否应为 %s？"), message, near)
		}
		f := Finding{At: u.first.Attr, Message: message, about: subject{unit: u.unit, part: u.unit.Path + " " + u.name}}
		for _, b := range u.again {
			f.Trace = append(f.Trace, Note{At: b.Attr, Message: lang.T("also bound here", "这里也绑定了它")})
		}
		p.Report(f)
	}
}

// unknownHandler is a method name that a unit's template binds and the unit does not have: where it is bound first, and
// where again, since adding the method fixes all its bindings.
type unknownHandler struct {
	unit    *miniprogram.Unit
	name    string
	methods []string // those that the unit has
	first   miniprogram.Binding
	again   []miniprogram.Binding
}

// unknownHandlers lists them for the units that make a call, or would if something of theirs ran.
func (p *Pass) unknownHandlers() []*unknownHandler {
	var out []*unknownHandler
	for _, unit := range p.Project.Units {
		info := p.Flow.Units[unit]
		if unit.Plugin || unit.Template == nil || info == nil || !info.Calls && !p.wouldCall(unit) || info.Open ||
			unit.Script == nil {
			continue
		}
		out = append(out, unknownHandlersOf(unit, info)...)
	}
	return out
}

// wouldCall tells of a unit that a call in a module which it imports is run by nothing, and that its code names what leads to it.
func (p *Pass) wouldCall(unit *miniprogram.Unit) bool {
	for _, call := range p.Flow.Calls {
		if feature(call) && slices.Contains(call.Importers, unit) {
			return true
		}
	}
	return false
}

func unknownHandlersOf(unit *miniprogram.Unit, info *flow.UnitInfo) []*unknownHandler {
	methods := make([]string, 0, len(info.Methods))
	for name, has := range info.Methods {
		if has {
			methods = append(methods, name)
		}
	}
	sort.Strings(methods)
	var out []*unknownHandler
	known := map[string]*unknownHandler{}
	for _, b := range unit.Template.Bindings {
		handler := b.Handler
		if b.Inline != nil {
			handler = b.Callee
		}
		if noHandler(b, handler) || info.Methods[handler] || b.Attr.IsZero() || slices.Contains(b.Guards.Locals, handler) {
			continue
		}
		if u := known[handler]; u != nil {
			u.again = append(u.again, b)
			continue
		}
		known[handler] = &unknownHandler{unit: unit, name: handler, methods: methods, first: b}
		out = append(out, known[handler])
	}
	return out
}

// noHandler tells of a binding that names no method of the unit: computed ones and code, wxs
// functions, and the names by which people bind nothing at all.
func noHandler(b miniprogram.Binding, handler string) bool {
	if b.Dynamic || b.Wxs {
		return true
	}
	switch handler {
	case "", "true", "false":
		return true
	}
	return false
}
