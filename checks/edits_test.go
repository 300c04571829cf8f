package checks

// What fixes make of the text.

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/jsonedit"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// mended applies the edits of a fix, which must lie in one file and not overlap.
func mended(t *testing.T, fix *Fix) string {
	t.Helper()
	if fix == nil {
		t.Fatal("no fix")
	}
	bothLanguages(t, "the fix's title", fix.Title)
	file := fix.Edits[0].At.File
	out := string(file.Text)
	for i := len(fix.Edits) - 1; i >= 0; i-- {
		e := fix.Edits[i]
		if e.At.File != file || i > 0 && fix.Edits[i-1].At.End > e.At.Start {
			t.Fatal("edits of several files, or out of order")
		}
		out = out[:e.At.Start] + e.New + out[e.At.End:]
	}
	return out
}

func TestRenameFix(t *testing.T) {
	for name, c := range map[string]struct{ code, key, prop, want string }{
		"plain":     {"wx.f({ a: { openId: x } })", "openId", "openId", "wx.f({ a: { openid: x } })"},
		"quoted":    {"wx.f({ 'openId': x })", "'openId'", "openId", "wx.f({ 'openid': x })"},
		"shorthand": {"wx.f({ a, openId })", "openId", "openId", "wx.f({ a, openid: openId })"},
		"spaced":    {"wx.f({ openId\n  : x })", "openId", "openId", "wx.f({ openid\n  : x })"},
		"method":    {"wx.f({ openId() {} })", "openId", "openId", "wx.f({ openid() {} })"},
	} {
		t.Run(name, func(t *testing.T) {
			file := source.NewFile("a.js", "a.js", []byte(c.code))
			call := &flow.Call{Expr: source.Span{File: file, Start: 0, End: len(c.code)}}
			prop := &flow.Prop{Name: c.prop, Key: span(t, file, c.key)}
			fix := renameFix(prop, "openid", call)
			if got := mended(t, fix); got != c.want || !fix.Safe {
				t.Errorf("got %q, safe %v", got, fix.Safe)
			}
			call.Expr.End = 1
			if renameFix(prop, "openid", call).Safe {
				t.Error("safe, though the object is written elsewhere")
			}
		})
	}
	file := source.NewFile("a.js", "a.js", []byte("wx.f({ [openId]: x, openId /* so */ : y })"))
	for _, key := range []string{"[openId", "openId /"} {
		prop := &flow.Prop{Name: "openId", Key: span(t, file, key)}
		if key == "openId /" {
			prop.Key.End -= 2
		}
		if fix := renameFix(prop, "openid", nil); fix != nil {
			t.Errorf("%s: a fix for what cannot be told: %v", key, fix.Edits)
		}
	}
}

func TestScopeFix(t *testing.T) {
	file := source.NewFile("a.js", "a.js", []byte(`wx.authorize({ scope: "scope.recrod,scope.camera" })`))
	use := flow.ScopeUse{Name: "scope.recrod", At: span(t, file, "scope"), Value: span(t, file, `"scope.recrod,scope.camera"`)}
	if got, want := mended(t, scopeFix(use, "scope.record")), `wx.authorize({ scope: "scope.record,scope.camera" })`; got != want {
		t.Errorf("got %q", got)
	}
	use.Value = span(t, file, "scope: ")
	if scopeFix(use, "scope.record") != nil {
		t.Error("a fix where the name is not written")
	}
	calm := source.NewFile("b.js", "b.js", []byte(`scope + 'scope.recrod' + 'x'`))
	use.Value = source.Span{File: calm, Start: 0, End: len(calm.Text)}
	if scopeFix(use, "scope.record") != nil {
		t.Error("a fix in an expression")
	}
}

func TestBooleanFix(t *testing.T) {
	for text, want := range map[string]string{
		`wx.setEnable1v1Chat({ enable: 'true' })`:          `wx.setEnable1v1Chat({ enable: true })`,
		"wx.setEnable1v1Chat({ enable :\n \"true\", x })":  "wx.setEnable1v1Chat({ enable :\n true, x })",
		`wx.setEnable1v1Chat({ enable: 'true' + '' })`:     ``,
		`wx.setEnable1v1Chat({ enable })`:                  ``,
		`wx.setEnable1v1Chat({ enable: on ? 'true' : 1 })`: ``,
		`wx.setEnable1v1Chat({ enable: 'tru' })`:           ``,
	} {
		file := source.NewFile("a.js", "a.js", []byte(text))
		call := &flow.Call{Expr: source.Span{File: file, Start: 0, End: len(file.Text)}}
		prop := &flow.Prop{Name: "enable", Key: span(t, file, "enable"), Value: &flow.Value{Kind: flow.StringValue, Str: "true"}}
		fix := booleanFix(prop, call)
		if want == "" {
			if fix != nil {
				t.Errorf("%s: a fix where no string is written", text)
			}
			continue
		}
		if got := mended(t, fix); got != want || !fix.Safe {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	other := &flow.Prop{Value: &flow.Value{Kind: flow.StringValue, Str: "yes"}}
	if booleanFix(other, nil) != nil {
		t.Error("a fix for what is no boolean")
	}
}

func TestDeclareFix(t *testing.T) {
	for name, c := range map[string]struct {
		framework miniprogram.Framework
		app       string
		missing   []string
		want      string
	}{
		"both": {miniprogram.Native, "{\n  \"pages\": [\"a\"]\n}\n", []string{"scope.record", "scope.camera"},
			"{\n  \"pages\": [\"a\"],\n  \"permission\": {\n    \"scope.record\": {\n      \"desc\": \"用于音视频通话时采集您的声音\"\n    },\n    \"scope.camera\": {\n      \"desc\": \"用于音视频通话时采集您的画面\"\n    }\n  }\n}\n"},
		"one": {miniprogram.Native, "{\n\t\"permission\": {\n\t\t\"scope.record\": { \"desc\": \"通话\" }\n\t}\n}\n", []string{"scope.camera"},
			"{\n\t\"permission\": {\n\t\t\"scope.record\": { \"desc\": \"通话\" },\n\t\t\"scope.camera\": {\n\t\t\t\"desc\": \"用于音视频通话时采集您的画面\"\n\t\t}\n\t}\n}\n"},
		"uni-app": {miniprogram.UniApp, "{\r\n  // 微信\r\n  \"mp-weixin\": {\r\n    \"appid\": \"\"\r\n  }\r\n}", []string{"scope.record"},
			"{\r\n  // 微信\r\n  \"mp-weixin\": {\r\n    \"appid\": \"\",\r\n    \"permission\": {\r\n      \"scope.record\": {\r\n        \"desc\": \"用于音视频通话时采集您的声音\"\r\n      }\r\n    }\r\n  }\r\n}"},
		"no WeChat part":    {miniprogram.UniApp, `{"name": "x"}`, []string{"scope.record"}, ""},
		"permission a list": {miniprogram.Native, `{"permission": []}`, []string{"scope.record"}, ""},
		"Taro":              {miniprogram.Taro, `{}`, []string{"scope.record"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			project := &miniprogram.Project{Framework: c.framework}
			project.Config.File = source.NewFile("app.json", "app.json", []byte(c.app))
			fix := declareFix(project, c.missing)
			if c.want == "" {
				if fix != nil {
					t.Fatalf("a fix: %v", fix.Edits)
				}
				return
			}
			got := mended(t, fix)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if _, err := jsonedit.Open([]byte(got)); err != nil {
				t.Error(err)
			}
		})
	}
	for scope, purpose := range purposes {
		if saysNothing(purpose) || len([]rune(purpose)) > maxDesc {
			t.Errorf("what is written for %s would be found fault with", scope)
		}
	}
}

func TestRegisterFix(t *testing.T) {
	const app = `{
  "pages": [
    "pages/index/index"
  ],
  "subPackages": [
    { "root": "packages/call/", "pages": ["index"] }
  ]
}`
	for page, want := range map[string]string{
		"pages/call/call":    "{\n  \"pages\": [\n    \"pages/index/index\",\n    \"pages/call/call\"\n  ],\n  \"subPackages\": [\n    { \"root\": \"packages/call/\", \"pages\": [\"index\"] }\n  ]\n}",
		"packages/call/talk": "{\n  \"pages\": [\n    \"pages/index/index\"\n  ],\n  \"subPackages\": [\n    { \"root\": \"packages/call/\", \"pages\": [\"index\", \"talk\"] }\n  ]\n}",
	} {
		project := &miniprogram.Project{Framework: miniprogram.Native}
		project.Config.File = source.NewFile("app.json", "app.json", []byte(app))
		if diff := cmp.Diff(want, mended(t, registerFix(project, page))); diff != "" {
			t.Errorf("%s: %s", page, diff)
		}
	}
	project := &miniprogram.Project{Framework: miniprogram.Native}
	project.Config.File = source.NewFile("app.json", "app.json", []byte(`{"pages": "x"}`))
	if registerFix(project, "a/b") != nil {
		t.Error("a fix without a list to add to")
	}
}

func TestDifferenceKeepsCharactersWhole(t *testing.T) {
	file := source.NewFile("a.json", "a.json", []byte(`"录音"`))
	e := difference(file, []byte(`"录像"`))
	if got := e.At.Text(); got != "音" && got != "录音" {
		t.Errorf("replaces %q by %q", got, e.New)
	}
}
