package checks

// One defect, one finding: which rules keep silent because another has named the defect.

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

const both = `wx.authorize({ scope: 'scope.recrod' })
wx.authorize({ scope: 'scope.camera' })
wx.setEnable1v1Chat({ enable: true })
wx.join1v1Chat({ caller, listener })
wx.openSetting()
`

// soundScene has one of each call, in which nothing is wrong.
func soundScene(t *testing.T) (s *scene, record, camera, enable, join *flow.Call) {
	s = newScene(t, both)
	record = s.call(flow.Authorize, "wx.authorize({ scope: 'scope.recrod' })")
	record.Scopes = []flow.ScopeUse{{Name: "scope.record", At: s.at("scope"), Value: s.at("'scope.recrod'")}}
	camera = s.call(flow.Authorize, "wx.authorize({ scope: 'scope.camera' })")
	camera.Scopes = []flow.ScopeUse{{Name: "scope.camera", At: s.at("scope: 'scope.camera"), Value: s.at("'scope.camera'")}}
	enable = s.call(flow.SetEnable, "wx.setEnable1v1Chat({ enable: true })")
	join = s.call(flow.Join, "wx.join1v1Chat({ caller, listener })")
	join.Options = []*flow.Value{s.object(s.at("{ caller, listener }"), s.prop("caller", unknown()), s.prop("listener", unknown()))}
	s.call(flow.OpenSetting, "wx.openSetting()")
	return s, record, camera, enable, join
}

func TestNothingWrong(t *testing.T) {
	s, _, _, _, _ := soundScene(t)
	s.wants()
}

func TestEcho(t *testing.T) {
	type calls struct{ record, camera, enable, join *flow.Call }
	for name, c := range map[string]struct {
		change func(*scene, calls)
		want   []string
	}{
		"a missing authorization does not echo": {func(s *scene, c calls) {
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
		}, []string{"authorize-before-enable/never-asked"}},
		"a misspelt scope is not missing as well": {func(s *scene, c calls) {
			c.record.Scopes[0].Name = "scope.recrod"
			c.enable.Before = refuted(flow.ScopeMissing, "record")
		}, []string{"authorize-scope/unknown"}},
		"beside a misspelt scope the other one can be missing": {func(s *scene, c calls) {
			c.record.Scopes[0].Name = "scope.recrod"
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
		}, []string{"authorize-scope/unknown", "authorize-before-enable/scope-missing"}},
		"what a scope was meant to be cannot be told": {func(s *scene, c calls) {
			c.record.Scopes[0].Name = "scope.everything"
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
		}, []string{"authorize-scope/unknown"}},
		"an array of scopes": {func(s *scene, c calls) {
			c.record.Scopes = []flow.ScopeUse{{NotString: true, At: s.at("scope"), Value: s.at("'scope.recrod'")}}
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
		}, []string{"authorize-scope/type"}},
		"a misspelt scope on another page, the only one there is": {func(s *scene, c calls) {
			c.record.Scopes[0].Name = "scope.recrod"
			elsewhere(s, c.record)
			c.enable.Before = refuted(flow.NeverAsked, "record")
		}, []string{"authorize-scope/unknown"}},
		"a misspelt scope on another page, beside a right one": {func(s *scene, c calls) {
			c.record.Scopes[0].Name = "scope.recrod"
			elsewhere(s, c.record)
			c.enable.Before = refuted(flow.OtherPath, "record")
		}, []string{"authorize-scope/unknown", "authorize-before-enable/other-path"}},
		"enable is misspelt on another page, beside a right one": {func(s *scene, c calls) {
			right := *c.enable
			s.pass.Flow.Calls = append(s.pass.Flow.Calls, &right)
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"), s.prop("enabled", boolean(true)))}
			elsewhere(s, c.enable)
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/unknown", "join-after-enable/never-enabled"}},
		"enable is misspelt on another page, the only one there is": {func(s *scene, c calls) {
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"), s.prop("enabled", boolean(true)))}
			elsewhere(s, c.enable)
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/unknown"}},
		"a swallowed refusal is handled by nobody, of course": {func(s *scene, c calls) {
			c.record.Failure = flow.Unhandled
			c.enable.Before = refuted(flow.RefusalContinues, "record")
			c.enable.RefusalFrom = []*flow.Call{c.record}
		}, []string{"authorize-before-enable/refusal-continues"}},
		"but another refusal is a defect of its own": {func(s *scene, c calls) {
			c.record.Failure, c.camera.Failure = flow.Unhandled, flow.Unhandled
			c.enable.Before = refuted(flow.RefusalContinues, "record")
			c.enable.RefusalFrom = []*flow.Call{c.record}
		}, []string{"authorize-before-enable/refusal-continues", "authorize-fail-handled"}},
		"not awaited and not handled are two defects": {func(s *scene, c calls) {
			c.record.Failure = flow.Unhandled
			c.enable.Before = refuted(flow.NotAwaited, "record")
		}, []string{"authorize-before-enable/not-awaited", "authorize-fail-handled"}},
		"a failed enabling that is swallowed": {func(s *scene, c calls) {
			c.enable.Failure = flow.Unhandled
			c.join.Before = refuted(flow.FailureContinues)
			c.join.RefusalFrom = []*flow.Call{c.enable}
		}, []string{"join-after-enable/failure-continues"}},
		"enable is missing": {func(s *scene, c calls) {
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"))}
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/missing"}},
		"enable is misspelt": {func(s *scene, c calls) {
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"), s.prop("enabled", boolean(true)))}
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/unknown"}},
		"enable is a string": {func(s *scene, c calls) {
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"), s.prop("enable", text("true")))}
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/type"}},
		"another option of enabling does not excuse the join": {func(s *scene, c calls) {
			c.enable.Options[0].Props = append(c.enable.Options[0].Props, s.prop("backgroundType", number(9)))
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-options/value", "join-after-enable/never-enabled"}},
		"enable is only ever false": {func(s *scene, c calls) {
			c.enable.Options = []*flow.Value{s.object(s.at("{ enable: true }"), s.prop("enable", boolean(false)))}
			c.enable.OnlyDisables, c.enable.Failure = true, flow.Unhandled
			c.enable.Before, c.enable.DevTools = refuted(flow.NeverAsked, "record", "camera"), refuted("")
			c.join.Before = refuted(flow.Disabled)
		}, []string{"enable-options/false"}},
		"no enabling in the project": {func(s *scene, c calls) {
			s.pass.Flow.Calls = []*flow.Call{c.record, c.camera, c.join, {API: flow.OpenSetting}}
			c.join.Before = refuted(flow.NeverEnabled)
		}, []string{"enable-called/missing"}},
		"two steps, two defects": {func(s *scene, c calls) {
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
			c.join.Before = refuted(flow.NotAwaited)
		}, []string{"authorize-before-enable/never-asked", "join-after-enable/not-awaited"}},
		"a page in no list is not unreachable as well": {func(s *scene, c calls) {
			s.page.Registered = false
			c.enable.Reached, c.join.Reached = false, false
		}, []string{"page-registered"}},
		"a binding to nothing is not unreachable as well": {func(s *scene, c calls) {
			s.page.Template = template(s)
			c.enable.Reached, c.join.Reached = false, false
		}, []string{"handler-exists"}},
		"two unused calls": {func(s *scene, c calls) {
			c.enable.Reached, c.join.Reached = false, false
		}, []string{"call-reachable", "call-reachable"}},
		"an unused call has no flow finding": {func(s *scene, c calls) {
			c.join.Reached, c.join.Failure, c.join.Before = false, flow.Unhandled, flow.Verdict{}
		}, []string{"call-reachable"}},
		"a script that cannot be parsed": {func(s *scene, c calls) {
			s.pass.Flow.Calls = nil
			s.page.Template = template(s)
			brokenFile(s, miniprogram.NameEnable|miniprogram.NameJoin|miniprogram.NameAuthorize)
		}, []string{"parse-error"}},
		"a module that cannot be parsed and asks": {func(s *scene, c calls) {
			c.enable.Before = flow.Verdict{Outcome: flow.Unproven, Unfollowed: "ensure", At: s.at("scope")}
			brokenFile(s, miniprogram.NameAuthorize)
		}, []string{"parse-error"}},
		"a module that cannot be parsed does not excuse a swallowed refusal": {func(s *scene, c calls) {
			c.enable.Before = refuted(flow.RefusalContinues, "record")
			brokenFile(s, miniprogram.NameAuthorize)
		}, []string{"parse-error", "authorize-before-enable/refusal-continues"}},
		"in a plugin nothing else matters": {func(s *scene, c calls) {
			for _, call := range s.pass.Flow.Calls {
				call.Plugin = true
			}
			c.record.Failure, c.join.Failure = flow.Unhandled, flow.Unhandled
			c.enable.Before = refuted(flow.NeverAsked, "record", "camera")
			s.pass.Project.Config.Permissions, s.pass.Confirmed = nil, nil
		}, []string{"plugin-unsupported", "plugin-unsupported"}},
		"a plugin project without the feature": {func(s *scene, c calls) {
			s.pass.Flow.Calls, s.pass.Project.Plugin, s.pass.Confirmed = nil, true, nil
		}, nil},
		"beside a plugin the mini-program is checked": {func(s *scene, c calls) {
			inPlugin := *c.join
			inPlugin.Plugin = true
			s.pass.Flow.Calls = append(s.pass.Flow.Calls, &inPlugin)
			c.join.Failure = flow.Unhandled
		}, []string{"plugin-unsupported", "join-fail-handled"}},
		"a configuration that cannot be read says nothing of its pages": {func(s *scene, c calls) {
			s.pass.Project.Config.Readable = false
			s.pass.Project.Config.Faults = []miniprogram.ConfigFault{{Kind: miniprogram.FaultInvalid, At: span(s.t, s.pass.Project.Config.File, "permission")}}
			s.page.Registered, c.enable.Reached = false, false
			s.pass.Project.Config.Permissions = nil
		}, []string{"app-json/invalid"}},
		"pages.json that cannot be read, beside a manifest.json that can": {func(s *scene, c calls) {
			s.pass.Project.Config.Faults = []miniprogram.ConfigFault{{Kind: miniprogram.FaultInvalid, At: span(s.t, s.pass.Project.Config.File, "pages")}}
			s.page.Registered, c.enable.Reached = false, false
		}, []string{"app-json/invalid"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, record, camera, enable, join := soundScene(t)
			c.change(s, calls{record, camera, enable, join})
			s.wants(c.want...)
		})
	}
}

// elsewhere moves a call to another page.
func elsewhere(s *scene, c *flow.Call) {
	other := source.NewFile("pages/other/other.js", "pages/other/other.js", s.file.Text)
	c.Unit = &miniprogram.Unit{Kind: miniprogram.PageUnit, Path: "pages/other/other", Registered: true}
	c.Units = []*miniprogram.Unit{c.Unit}
	c.Name.File, c.Expr.File = other, other
}

// template binds a tap to a misspelt handler, in a file of its own.
func template(s *scene) *miniprogram.Template {
	const handler = "onCal"
	file := source.NewFile("pages/call/call.wxml", "pages/call/call.wxml", []byte(`<button bindtap="`+handler+`" />`))
	return &miniprogram.Template{File: file, Bindings: []miniprogram.Binding{
		{Event: "tap", Handler: handler, Tag: "button", Attr: span(s.t, file, "bindtap"), Value: span(s.t, file, handler)},
	}}
}

func brokenFile(s *scene, names miniprogram.Names) {
	file := source.NewFile("utils/media.js", "utils/media.js", []byte("export {"))
	if names&miniprogram.NameEnable != 0 {
		file = s.file
	}
	s.pass.Flow.ParseErrors = append(s.pass.Flow.ParseErrors, flow.ParseError{
		At: source.Span{File: file, Start: 8, End: 8}, Why: "unexpected end of file", Names: names,
	})
}
