package execute

// What the mock platform does, one small program a behaviour.

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// program makes a program of one page, whose template is wxml, and of whatever else is given.
func program(t *testing.T, page, wxml string, more map[string]string) *Program {
	t.Helper()
	files := map[string]string{
		"app.json": `{ "pages": ["pages/call/call"] }`, "app.js": "App({ globalData: {} })",
		"pages/call/call.json": "{}", "pages/call/call.js": page, "pages/call/call.wxml": wxml,
	}
	for name, text := range more {
		files[name] = text
	}
	p, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seen is what executions showed of each call, in the order of the calls' places.
func seen(t *testing.T, p *Program, b Bounds) []string {
	t.Helper()
	r := Explore(p, b)
	for _, f := range r.Faults {
		t.Errorf("a mistake: %s", f)
	}
	out := []string{}
	for _, c := range r.Calls {
		out = append(out, columns.ReplaceAllString(c.String(), "$1"))
	}
	return out
}

var columns = regexp.MustCompile(`(\.js:\d+):\d+`)

const (
	tap   = `<button bindtap="call">呼叫</button>`
	join1 = "wx.join1v1Chat({ fail() {} })"
	on    = "wx.setEnable1v1Chat({ enable: true, "
)

func TestPlatform(t *testing.T) {
	cases := []struct {
		name, page, wxml string
		more             map[string]string
		want             []string
	}{
		{
			"success comes after success only", "Page({ call() { " + on + "success: () => " + join1 + " }) } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:1, kept, on a phone", "setEnable1v1Chat pages/call/call.js:1, broken, on a phone, in DevTools"},
		},
		{
			"complete comes after failure too", "Page({ call() { " + on + "complete: () => " + join1 + " }) } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:1, kept, broken, on a phone, in DevTools", "setEnable1v1Chat pages/call/call.js:1, broken, on a phone, in DevTools"},
		},
		{
			"a call with a callback returns no promise", "Page({ async call() { await " + on + "fail() {} })\n" + join1 + " } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:2, kept, broken, on a phone, in DevTools", "setEnable1v1Chat pages/call/call.js:1, broken, on a phone, in DevTools"},
		},
		{
			"a promise waits", "Page({ async call() { await wx.setEnable1v1Chat({ enable: true })\n" + join1 + " } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:2, kept, on a phone", "setEnable1v1Chat pages/call/call.js:1, broken, on a phone, in DevTools"},
		},
		{
			"both scopes, in whichever order they are answered",
			"Page({ call() { let n = 0\nconst done = () => { if (++n === 2) wx.setEnable1v1Chat({ enable: true, fail() {} }) }\n" +
				"wx.authorize({ scope: 'scope.record', success: done })\nwx.authorize({ scope: 'scope.camera', complete: done }) } })", tap, nil,
			[]string{"setEnable1v1Chat pages/call/call.js:2, kept, broken, on a phone, in DevTools"},
		},
		{
			"who refused is not asked again",
			"Page({ call() { wx.authorize({ scope: 'scope.record', fail: () => wx.authorize({ scope: 'scope.record', success: () =>\n" + on + "fail() {} }) }) }) } })", tap, nil,
			[]string{},
		},
		{
			"the settings say what was granted",
			"Page({ call() { wx.getSetting({ success({ authSetting }) { if (authSetting['scope.record'] && authSetting['scope.camera'])\n" + on + "fail() {} }) } }) } })", tap, nil,
			[]string{"setEnable1v1Chat pages/call/call.js:2, kept, on a phone, in DevTools"},
		},
		{
			"DevTools are another platform",
			"Page({ call() { if (wx.getDeviceInfo().platform !== 'devtools')\n" + on + "fail() {} }) } })", tap, nil,
			[]string{"setEnable1v1Chat pages/call/call.js:2, broken, on a phone"},
		},
		{
			"only what is shown is touched",
			"Page({ data: { ready: false }, call() {\n" + on + "fail() {} }) } })", `<view wx:if="{{ready}}">` + tap + `</view>`, nil, []string{},
		},
		{
			"data shows what depends on it",
			"Page({ data: { ready: false }, onLoad() { wx.request({ url: 'u', success: () => this.setData({ ready: true }) }) }, call() {\n" + join1 + " } })",
			`<view wx:if="{{ready}}">` + tap + `</view>`, nil, []string{"join1v1Chat pages/call/call.js:2, broken, on a phone, in DevTools"},
		},
		{
			"enabling ends with the process, storage does not",
			"Page({ call() { if (wx.getStorageSync('on'))\n" + join1 + "\nelse wx.authorize({ scope: 'scope.record,scope.camera', success: () => " + on + "success: () => wx.setStorageSync('on', 1) }) }) } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:2, kept, broken, on a phone", "setEnable1v1Chat pages/call/call.js:3, kept, on a phone, in DevTools"},
		},
		{
			"a page is left and shown again",
			"let shown = 0\nPage({ onShow() { if (++shown === 2)\n" + join1 + " } })", "", nil,
			[]string{"join1v1Chat pages/call/call.js:3, broken, on a phone, in DevTools"},
		},
		{
			"a component's event comes to the page",
			"Page({ granted() {\n" + join1 + " } })", `<ask bind:granted="granted" />`, map[string]string{
				"pages/call/call.json": `{ "usingComponents": { "ask": "/ask/ask" } }`, "ask/ask.wxml": `<button bindtap="ask">x</button>`,
				"ask/ask.js": "Component({ methods: { ask() { this.triggerEvent('granted') } } })",
			},
			[]string{"join1v1Chat pages/call/call.js:2 ask/ask.js:1, broken, on a phone, in DevTools"},
		},
		{
			"timers keep their order",
			"Page({ call() { let first = false\nsetTimeout(() => { first = true }, 100)\nsetTimeout(() => { if (!first) " + join1 + " }, 200) } })", tap, nil, []string{},
		},
		{
			"a wrapper's call is known by its caller too",
			"const call = (name, options) => wx[name](options)\nPage({ call() {\ncall('join1v1Chat', { fail() {} }) } })", tap, nil,
			[]string{"join1v1Chat pages/call/call.js:1 pages/call/call.js:3, broken, on a phone, in DevTools"},
		},
		{
			"another page, when somebody goes there",
			"Page({ call() { wx.navigateTo({ url: '/pages/next/next?to=x' }) } })", tap, map[string]string{
				"app.json": `{ "pages": ["pages/call/call", "pages/next/next"] }`, "pages/next/next.wxml": "",
				"pages/next/next.js": "Page({ onLoad({ to }) { if (to === 'x')\n" + join1 + " } })",
			},
			[]string{"join1v1Chat pages/next/next.js:2, broken, on a phone, in DevTools"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, seen(t, program(t, c.page, c.wxml, c.more), Default)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestExhausted holds the search to saying whether it has tried everything.
func TestExhausted(t *testing.T) {
	p := program(t, "Page({ onLoad() { wx.authorize({ scope: 'scope.record' }).catch(() => {}) } })", "", nil)
	b := Default
	b.Acts = 1
	if r := Explore(p, b); !r.Exhausted || r.Executions < 2 {
		t.Errorf("%d executions, exhausted: %t", r.Executions, r.Exhausted)
	}
	b.Executions = 1
	if r := Explore(p, b); r.Exhausted {
		t.Error("one execution is said to be all")
	}
}

// TestDeterministic holds executions to being the same every time.
func TestDeterministic(t *testing.T) {
	p := program(t, "Page({ async call() { await Promise.race([wx.login(), wx.request({ url: 'u' })])\n"+join1+" } })", tap, nil)
	if diff := cmp.Diff(seen(t, p, Default), seen(t, p, Default)); diff != "" {
		t.Error(diff)
	}
}

// TestWitness holds a witness to telling what happened.
func TestWitness(t *testing.T) {
	r := Explore(program(t, "Page({ call() { "+on+"fail: () => "+join1+" }) } })", tap, nil), Default)
	for _, c := range r.Calls {
		if c.API != Join {
			continue
		}
		told := strings.Join(c.Witness, "\n")
		for _, what := range []string{"tap call", "setEnable1v1Chat: fails", "calls join1v1Chat, and it must not"} {
			if !strings.Contains(told, what) {
				t.Errorf("it does not say %q:\n%s", what, told)
			}
		}
	}
}
