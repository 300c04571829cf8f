package checks

// Passes made by hand for the tests: what the flow would say of a few lines of code.

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// scene is a project with one page, whose script is code, and an app.json with both permissions.
type scene struct {
	t    *testing.T
	file *source.File
	page *miniprogram.Unit
	pass *Pass
}

const soundApp = `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" },
    "scope.camera": { "desc": "用于通话时采集您的画面" }
  }
}
`

func newScene(t *testing.T, code string) *scene {
	file := source.NewFile("pages/call/call.js", "pages/call/call.js", []byte(code))
	page := &miniprogram.Unit{Kind: miniprogram.PageUnit, Path: "pages/call/call", Registered: true, First: true,
		Script: &miniprogram.Script{File: file, Text: file.Text}}
	app := source.NewFile("app.json", "app.json", []byte(soundApp))
	entry := func(scope string) miniprogram.Permission {
		return miniprogram.Permission{
			Scope: "scope." + scope, ScopeKey: span(t, app, `"scope.`+scope+`"`), IsObject: true, HasDesc: true, DescIsString: true,
			Desc: "用于通话", DescKey: span(t, app, `"desc"`),
		}
	}
	confirmed := map[Step]bool{StepCategory: true, StepInterface: true, StepMinutes: true, StepPrivacy: true}
	return &scene{t: t, file: file, page: page, pass: &Pass{
		Project: &miniprogram.Project{
			Root: ".", Framework: miniprogram.Native, Units: []*miniprogram.Unit{page},
			Config: miniprogram.AppConfig{
				File: app, Readable: true, PermissionKey: span(t, app, `"permission"`),
				Permissions: []miniprogram.Permission{entry("record"), entry("camera")},
			},
		},
		Flow:      &flow.Result{HearsHangUp: true, Units: map[*miniprogram.Unit]*flow.UnitInfo{page: {Calls: true, Methods: map[string]bool{"onCall": true}}}},
		Confirmed: confirmed,
	}}
}

// span is the place of the first occurrence of text in a file.
func span(t *testing.T, f *source.File, text string) source.Span {
	t.Helper()
	i := strings.Index(string(f.Text), text)
	if i < 0 {
		t.Fatalf("%s does not hold %q", f.Path, text)
	}
	return source.Span{File: f, Start: i, End: i + len(text)}
}

func (s *scene) at(text string) source.Span { s.t.Helper(); return span(s.t, s.file, text) }

// call adds a call that is reached, handled and runs at load; expr is its code, which begins with
// "wx." and the API's name.
func (s *scene) call(api flow.API, expr string) *flow.Call {
	s.t.Helper()
	at := s.at(expr)
	name := at
	name.Start += len("wx.")
	name.End = name.Start + len(api)
	c := &flow.Call{
		API: api, Name: name, Expr: at, Unit: s.page, Units: []*miniprogram.Unit{s.page}, Reached: true, Failure: flow.Handled,
		Before: flow.Verdict{Outcome: flow.Proved}, DevTools: flow.Verdict{Outcome: flow.Proved},
		Runs: []flow.Run{{ByPlatform: true}},
	}
	if api == flow.SetEnable {
		c.Options = []*flow.Value{s.object(at, s.prop("enable", boolean(true)))}
	}
	s.pass.Flow.Calls = append(s.pass.Flow.Calls, c)
	return c
}

// prop is a property whose key stands in the code.
func (s *scene) prop(name string, v *flow.Value) flow.Prop {
	s.t.Helper()
	at := source.Span{File: s.file}
	if i := strings.Index(string(s.file.Text), name); i >= 0 {
		at.Start, at.End = i, i+len(name)
	}
	if v.At.IsZero() {
		v.At = at
	}
	return flow.Prop{Name: name, Key: at, Value: v}
}

func (s *scene) object(at source.Span, props ...flow.Prop) *flow.Value {
	return &flow.Value{Kind: flow.ObjectValue, At: at, Props: props}
}

func boolean(b bool) *flow.Value   { return &flow.Value{Kind: flow.BoolValue, Bool: b} }
func number(n float64) *flow.Value { return &flow.Value{Kind: flow.NumberValue, Num: n} }
func text(s string) *flow.Value    { return &flow.Value{Kind: flow.StringValue, Str: s} }
func unknown() *flow.Value         { return &flow.Value{} }

func refuted(r flow.Reason, missing ...string) flow.Verdict {
	return flow.Verdict{Outcome: flow.Refuted, Reason: r, Missing: missing}
}

// run applies the rules and returns "rule/reason" of each finding, or "rule", in the order of the report; texts
// and places are looked at on the way.
func (s *scene) run() []string {
	s.t.Helper()
	var got []string
	for _, f := range Run(s.pass) {
		id := f.Rule.ID
		if f.Reason != "" {
			id += "/" + f.Reason
			known := false
			for _, r := range f.Rule.Reasons {
				known = known || r.ID == f.Reason
			}
			if !known {
				s.t.Errorf("%s has no reason %q", f.Rule.ID, f.Reason)
			}
		} else if len(f.Rule.Reasons) > 0 {
			s.t.Errorf("%s gives no reason", f.Rule.ID)
		}
		bothLanguages(s.t, id, f.Message)
		sentences(s.t, id, f.Message)
		sentences(s.t, id+"'s advice", f.Todo())
		if strings.Contains(f.Message.EN, f.Todo().EN) || strings.Contains(f.Message.ZH, f.Todo().ZH) {
			s.t.Errorf("the advice of %s repeats its message: %q", id, f.Message.EN)
		}
		if f.At.IsZero() {
			s.t.Errorf("%s has no place", id)
		}
		for _, n := range f.Trace {
			bothLanguages(s.t, id+"'s trace", n.Message)
			if n.At.IsZero() {
				s.t.Errorf("a note of %s has no place", id)
			}
		}
		got = append(got, id)
	}
	return got
}

// wants runs the rules and compares what they find, in any order.
func (s *scene) wants(want ...string) {
	s.t.Helper()
	got := s.run()
	if diff := cmp.Diff(counted(want), counted(got)); diff != "" {
		s.t.Error(diff)
	}
}

func counted(ids []string) map[string]int {
	n := map[string]int{}
	for _, id := range ids {
		n[id]++
	}
	return n
}

// place is where the only finding of a rule stands, as line:column and the text there.
func (s *scene) place(rule string) string {
	s.t.Helper()
	for _, f := range s.pass.Found {
		if f.Rule.ID == rule {
			p := f.At.From()
			return fmt.Sprintf("%s:%d:%d %s", f.At.File.Path, p.Line, p.Column, f.At.Text())
		}
	}
	s.t.Errorf("no finding of %s", rule)
	return ""
}
