package checks

// What fixes make of the text.

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
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

func TestPurposesAreNoPlaceholders(t *testing.T) {
	for scope, purpose := range purposes {
		if saysNothing(purpose) || len([]rune(purpose)) > maxDesc {
			t.Errorf("what is written for %s would be found fault with", scope)
		}
	}
}

func TestDifferenceKeepsCharactersWhole(t *testing.T) {
	file := source.NewFile("a.json", "a.json", []byte(`"录音"`))
	e := difference(file, []byte(`"录像"`))
	if got := e.At.Text(); got != "音" && got != "录音" {
		t.Errorf("replaces %q by %q", got, e.New)
	}
}
