package checks

// Rules with decisions of their own, beside the echoes and the values.

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

func TestAppJSON(t *testing.T) {
	s, _, _, _, _ := soundScene(t)
	config := &s.pass.Project.Config
	config.Readable = false
	at := span(t, config.File, "permission")
	config.Faults = []miniprogram.ConfigFault{
		{Kind: miniprogram.FaultMissing}, {Kind: miniprogram.FaultInvalid, At: at, Detail: "a comma is missing"},
		{Kind: miniprogram.FaultComment, At: at}, {Kind: miniprogram.FaultDuplicateKey, At: at, Detail: `"pages"`},
	}
	s.wants("app-json/missing", "app-json/invalid", "app-json/comment", "app-json/duplicate-key")
	for _, f := range s.pass.Found {
		if f.Reason == "invalid" && !strings.Contains(f.Message.EN, "line 3, column 4, so the platform cannot read it: a comma is missing.") {
			t.Errorf("without the place: %s", f.Message.EN)
		}
	}
}

func TestPermissions(t *testing.T) {
	desc := func(s string) miniprogram.Permission {
		return miniprogram.Permission{IsObject: true, HasDesc: true, DescIsString: true, Desc: s}
	}
	for name, c := range map[string]struct {
		entry miniprogram.Permission
		want  []string
	}{
		"30 characters":        {desc(strings.Repeat("通话画面声音", 5)), nil},
		"31 characters":        {desc(strings.Repeat("通话画面声音", 5) + "啊"), []string{"permission-desc/too-long"}},
		"beyond the BMP":       {desc("用于通话" + strings.Repeat("😀", 26)), nil},
		"blank":                {desc(" 　"), []string{"permission-desc/blank"}},
		"sample":               {desc("你的描述内容，解释为何需要录音权限"), []string{"permission-desc-placeholder"}},
		"too long is not both": {desc("你的描述内容，解释为何需要录音权限" + strings.Repeat("x", 30)), []string{"permission-desc/too-long"}},
		"no object":            {miniprogram.Permission{}, []string{"permission-desc/type"}},
		"no desc":              {miniprogram.Permission{IsObject: true}, []string{"permission-desc/missing"}},
		"number":               {miniprogram.Permission{IsObject: true, HasDesc: true}, []string{"permission-desc/type"}},
		"computed":             {miniprogram.Permission{IsObject: true, HasDesc: true, DescUnknown: true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, _, _, _ := soundScene(t)
			entries := s.pass.Project.Config.Permissions
			c.entry.Scope, c.entry.ScopeKey = entries[0].Scope, entries[0].ScopeKey
			entries[0] = c.entry
			s.wants(c.want...)
		})
	}
}

func TestPermissionDeclared(t *testing.T) {
	s, _, _, _, _ := soundScene(t)
	config := &s.pass.Project.Config
	config.Permissions = config.Permissions[1:]
	s.wants("permission-declared/record")
	if got := s.place("permission-declared"); got != `app.json:3:3 "permission"` {
		t.Errorf("at %s", got)
	}

	s, _, _, _, _ = soundScene(t)
	s.pass.Project.Config.Permissions, s.pass.Project.Config.PermissionKey = nil, source.Span{}
	s.wants("permission-declared/record", "permission-declared/camera")
	if got := s.place("permission-declared"); got != `app.json:1:1 {` {
		t.Errorf("at %s", got)
	}

	s, _, _, _, _ = soundScene(t)
	s.pass.Project.Config.Permissions, s.pass.Project.Config.PermissionOpen = nil, true
	s.wants()

	s, _, _, _, _ = soundScene(t)
	s.pass.Project.Config.Permissions[0].Scope = "scope.recrod"
	s.wants("permission-declared/record")
	if m := s.pass.Found[0].Message; !strings.Contains(m.EN, "scope.recrod") || !strings.Contains(m.ZH, "scope.recrod") {
		t.Errorf("does not name the misspelt entry: %s", m.EN)
	}
}

func TestBaseLibrary(t *testing.T) {
	for version, old := range map[string]bool{
		"2.20.0": true, "2.20": true, "2.9.5": true, "1.99.99": true, "2.19.4": true, "0.1": true, " 2.2.2 ": true,
		"2.20.1": false, "2.20.2": false, "2.21.0": false, "3.0.0": false, "10.0": false, "latest": false, "": false, "trial": false, "2.x": false,
	} {
		s, _, _, _, _ := soundScene(t)
		config := &s.pass.Project.Config
		config.LibVersion, config.LibVersionKey = version, span(t, config.File, "pages")
		if old {
			s.wants("base-library")
			if m := s.pass.Found[0].Told(); !strings.Contains(m.EN, "console") || !strings.Contains(m.ZH, "后台") {
				t.Errorf("does not say where the version is set: %s", m.EN)
			}
			s.pass.Found = nil
			s.pass.Flow.ExistenceGuards = []source.Span{s.at("wx.")}
		}
		s.wants()
	}
}

func TestAuthorizeCombinedAndRecovery(t *testing.T) {
	s, record, _, _, _ := soundScene(t)
	for _, name := range []string{"scope.record", "scope.camera"} {
		record.Scopes = append(record.Scopes[:min(1, len(record.Scopes))], flow.ScopeUse{Name: name, At: s.at("scope"), Combined: true})
	}
	record.Scopes[0].Combined = true
	s.wants("authorize-combined")

	s, _, _, _, _ = soundScene(t)
	s.pass.Flow.Calls = s.pass.Flow.Calls[:4]
	s.wants("authorize-recovery/none")
	if got := s.place("authorize-recovery"); got != "pages/call/call.js:1:4 authorize" {
		t.Errorf("at %s", got)
	}
	s.pass.Found = nil
	s.page.Template = &miniprogram.Template{OpenSetting: true}
	s.wants()
}

func TestOtherScopesAreNobodysBusiness(t *testing.T) {
	s, _, _, _, _ := soundScene(t)
	s.pass.Flow.Calls = s.pass.Flow.Calls[2:4]
	location := s.call(flow.Authorize, "wx.authorize({ scope: 'scope.recrod' })")
	location.Scopes = []flow.ScopeUse{{Name: "scope.userLocation", At: s.at("scope")}}
	location.Failure = flow.Unhandled
	s.wants()
}

func TestHandlers(t *testing.T) {
	file := source.NewFile("pages/call/call.wxml", "pages/call/call.wxml", []byte(`<a bindtap="onCal" bindlong="onCal" catchtap="x"/>`))
	at := span(t, file, "bindtap")
	for name, c := range map[string]struct {
		binding miniprogram.Binding
		want    []string
	}{
		"there":   {miniprogram.Binding{Handler: "onCall"}, nil},
		"missing": {miniprogram.Binding{Handler: "onCal"}, []string{"handler-exists"}},
		"dynamic": {miniprogram.Binding{Handler: "", Dynamic: true}, nil},
		"empty":   {miniprogram.Binding{}, nil},
		"true":    {miniprogram.Binding{Handler: "true"}, nil},
		"wxs":     {miniprogram.Binding{Handler: "m.tap", Wxs: true}, nil},
		"inline":  {miniprogram.Binding{Inline: &miniprogram.Script{}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, _, _, _ := soundScene(t)
			c.binding.Event, c.binding.Attr = "tap", at
			again := c.binding
			again.Attr = span(t, file, "bindlong")
			s.page.Template = &miniprogram.Template{File: file, Bindings: []miniprogram.Binding{c.binding, again}}
			s.wants(c.want...)
			if c.want != nil && !strings.Contains(s.pass.Found[0].Message.EN, "Did you mean onCall?") {
				t.Errorf("does not name the nearest: %s", s.pass.Found[0].Message.EN)
			}
			s.pass.Found = nil
			s.pass.Flow.Units[s.page].Open = true
			s.wants()
			s.pass.Flow.Units[s.page].Open, s.pass.Flow.Units[s.page].Calls = false, false
			s.wants()
		})
	}
}

func TestReceiverEnabled(t *testing.T) {
	tap := flow.Run{Joins: true, Entry: flow.Step{Kind: flow.StepHandler, Name: "onCall", Detail: "tap"}}
	for name, c := range map[string]struct {
		runs []flow.Run
		want []string
	}{
		"on the way only":    {[]flow.Run{tap}, []string{"receiver-enabled"}},
		"at load":            {[]flow.Run{{ByPlatform: true, Joins: true}}, nil},
		"by a switch":        {[]flow.Run{tap, {}}, nil},
		"cannot be followed": {nil, nil},
	} {
		s, _, _, enable, _ := soundScene(t)
		enable.Runs = c.runs
		t.Run(name, func(t *testing.T) { s.t = t; s.wants(c.want...) })
	}
}

func TestUnprovenNamesWhatCouldNotBeFollowed(t *testing.T) {
	s, _, _, enable, join := soundScene(t)
	enable.Before = flow.Verdict{Outcome: flow.Unproven, Unfollowed: "ensureMedia", At: s.at("wx.authorize({ scope: 'scope.camera")}
	join.Before = flow.Verdict{Outcome: flow.Unproven, Unfollowed: "startChat", At: s.at("wx.open"),
		Witness: []flow.Step{{Kind: flow.StepUnfollowed, Name: "startChat", At: s.at("wx.open")}}}
	s.wants("authorize-unproven", "join-unproven")
	for i, name := range []string{"ensureMedia", "startChat"} {
		f := s.pass.Found[i]
		if !strings.Contains(f.Message.EN, name) || !strings.Contains(f.Message.ZH, name) || len(f.Trace) != 1 {
			t.Errorf("%s: %s, trace %v", name, f.Message.EN, f.Trace)
		}
	}
}

func TestDevTools(t *testing.T) {
	s, _, _, enable, _ := soundScene(t)
	enable.DevTools = flow.Verdict{Outcome: flow.Refuted, Witness: []flow.Step{{Kind: flow.StepLifecycle, Name: "onLoad"}}}
	s.wants("devtools-unsupported/unguarded")
	if got := s.place("devtools-unsupported"); got != "pages/call/call.js:3:4 setEnable1v1Chat" {
		t.Errorf("at %s", got)
	}
}

func TestConsoleSteps(t *testing.T) {
	s, _, _, _, _ := soundScene(t)
	s.pass.Confirmed = map[Step]bool{StepPrivacy: true}
	s.wants("console-step/category", "console-step/interface", "console-step/minutes")
	for _, f := range s.pass.Found {
		if string(f.Step) != f.Reason || f.Severity != Info {
			t.Errorf("step %q, severity %v", f.Step, f.Severity)
		}
	}
}

func TestParseErrorCountsForTheStepThatNeedsTheFile(t *testing.T) {
	for names, want := range map[miniprogram.Names]Step{
		miniprogram.NameJoin | miniprogram.NameEnable:          StepJoin,
		miniprogram.NameEnable | miniprogram.NameAuthorize:     StepEnable,
		miniprogram.NameAuthorize | miniprogram.NameGetSetting: StepAuthorize,
		miniprogram.NameOpenSetting:                            StepAuthorize,
		0:                                                      StepJoin,
	} {
		if got := stepNeeding(names); got != want {
			t.Errorf("names %b: %s, want %s", names, got, want)
		}
	}
	s, _, _, _, _ := soundScene(t)
	brokenFile(s, miniprogram.NameAuthorize)
	s.pass.Flow.ParseErrors = append(s.pass.Flow.ParseErrors, s.pass.Flow.ParseErrors[0])
	s.wants("parse-error")
}

func TestEmptyPass(t *testing.T) {
	s := &scene{t: t, pass: &Pass{}}
	s.wants("enable-called/unused")
}
