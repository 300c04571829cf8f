package flow_test

import (
	"fmt"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// analyzed follows a program that is given by its files.
func analyzed(t testing.TB, files map[string]string) *flow.Result {
	t.Helper()
	projects, err := framework.Discover(miniprogram.MemFS(files), nil, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	return flow.Analyze(projects[0], flow.Options{})
}

// busyPage is a page without any call whose code has very many paths.
func busyPage() string {
	code := "Page({ onLoad() {\n"
	for i := range 30 {
		code += fmt.Sprintf("if (this.data.a%d) return\nwx.request({ url: 'x%d' }).then(() => this.setData({ a%d: true }), () => wx.openSetting())\n", i, i, i)
	}
	return code + "} })"
}

// TestNothingNamed checks that a program which names neither call is not followed, whatever else it names.
func TestNothingNamed(t *testing.T) {
	r := analyzed(t, map[string]string{
		"app.json": `{"pages":["p/i","q/i"]}`, "app.js": "App({ onLaunch() { wx.authorize({ scope: 'scope.record' }) } })",
		"p/i.js": busyPage(), "p/i.wxml": `<button open-type="openSetting"/>`, "q/i.js": busyPage(), "q/i.wxml": "<view/>",
	})
	if w := r.Work; w.Steps != 0 || w.Paths != 0 || len(w.Entries) != 0 {
		t.Errorf("work was done: %+v", w)
	}
	if len(r.Calls) != 0 {
		t.Errorf("calls: %v", r.Calls)
	}
}

// sliceCases are programs in which one page calls, and entry points of others that are followed, or not.
var sliceCases = []struct {
	name     string
	files    map[string]string
	followed []string
	asleep   []string
}{
	{"a page that shares nothing", map[string]string{
		"p/call.js":  "Page({ async onTap() { await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' }); wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": busyPage(),
	}, []string{"p/call onTap"}, []string{"q/other onLoad"}},
	{"globalData", map[string]string{
		"p/call.js":  "Page({ onTap() { if (getApp().globalData.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ onLoad() { getApp().globalData.ready = true }, onShow() { getApp().globalData.other = true } })",
	}, []string{"q/other onLoad"}, []string{"q/other onShow"}},
	{"a module's object", map[string]string{
		"state.js":   "export const state = { ready: false, other: false }",
		"p/call.js":  "import { state } from '../state'\nPage({ onTap() { if (state.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import { state } from '../state'\nPage({ onLoad() { state.ready = true }, onShow() { state.other = true } })",
	}, []string{"q/other onLoad"}, []string{"q/other onShow"}},
	{"the storage", map[string]string{
		"p/call.js":  "Page({ onTap() { if (wx.getStorageSync('ready')) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad() { await wx.authorize({ scope: 'scope.record' }); wx.setStorageSync('ready', true) }, onShow() { wx.setStorageSync('other', true) } })",
	}, []string{"q/other onLoad"}, []string{"q/other onShow"}},
	{"a store", map[string]string{
		"store.js":   "import { observable, action } from 'mobx-miniprogram'\nexport const store = observable({ ready: false, grant: action(function () { this.ready = true }) })",
		"p/call.js":  "import { store } from '../store'\nPage({ onTap() { if (store.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import { store } from '../store'\nPage({ onLoad() { store.grant() }, onShow() { wx.showToast({ title: 'hello' }) } })",
	}, []string{"q/other onLoad"}, []string{"q/other onShow"}},
	{"an event of a bus", map[string]string{
		"bus.js":     "import mitt from 'mitt'\nexport default mitt()",
		"p/call.js":  "import bus from '../bus'\nPage({ data: { ready: false }, onLoad() { bus.on('ready', () => this.setData({ ready: true })) }, onTap() { if (this.data.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import bus from '../bus'\nPage({ onLoad() { bus.emit('ready') }, onShow() { wx.showToast({ title: 'hello' }) } })",
	}, []string{"p/call onLoad", "q/other onLoad"}, []string{"q/other onShow"}},
	{"an event of a bus that runs the call", map[string]string{
		"bus.js":     "import mitt from 'mitt'\nexport default mitt()",
		"p/call.js":  "import bus from '../bus'\nPage({ onLoad() { bus.on('start', () => wx.setEnable1v1Chat({ enable: true })) } })",
		"q/other.js": "import bus from '../bus'\nPage({ onLoad() { bus.emit('start') }, onShow() { wx.showToast({ title: 'hello' }) } })",
	}, []string{"p/call onLoad", "q/other onLoad"}, []string{"q/other onShow"}},
	{"a callback in a module's variable", map[string]string{
		"later.js":   "let kept = null\nexport function keep(f) { kept = f }\nexport function run() { if (kept) kept() }",
		"p/call.js":  "import { keep } from '../later'\nPage({ onLoad() { keep(() => wx.setEnable1v1Chat({ enable: true })) } })",
		"q/other.js": "import { run } from '../later'\nPage({ onLoad() { run() }, onShow() { wx.showToast({ title: 'hello' }) } })",
	}, []string{"p/call onLoad", "q/other onLoad"}, []string{"q/other onShow"}},
	{"a component's event", map[string]string{
		"p/call.json": `{"usingComponents":{"pick":"/c/pick"}}`, "p/call.wxml": `<pick bindpicked="onPicked"/>`,
		"p/call.js":   "Page({ onPicked(e) { wx.setEnable1v1Chat({ enable: true }) } })",
		"c/pick.json": `{"component":true}`, "c/pick.wxml": `<view bindtap="pick"/><view bindtap="hello"/>`,
		"c/pick.js":  "Component({ methods: { pick() { this.triggerEvent('picked', {}) }, hello() { wx.showToast({ title: 'hello' }) } } })",
		"q/other.js": busyPage(),
	}, []string{"p/call onPicked", "c/pick pick"}, []string{"c/pick hello", "q/other onLoad"}},
}

// TestOnlyWhatMatters checks which entry points are followed.
func TestOnlyWhatMatters(t *testing.T) {
	for _, c := range sliceCases {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{
				"app.json": `{"pages":["p/call","q/other"]}`, "app.js": "App({ globalData: { ready: false, other: false } })",
				"p/call.wxml": `<view bindtap="onTap"/>`, "q/other.wxml": "<view/>",
			}
			for name, text := range c.files {
				if name == "q/other.js" {
					text = "// It is read because it names authorize and scope.record.\n" + text
				}
				files[name] = text
			}
			w := analyzed(t, files).Work
			for _, name := range c.followed {
				if w.Entries[name].Times == 0 {
					t.Errorf("%s is not followed", name)
				}
			}
			for _, name := range c.asleep {
				if w.Entries[name].Times != 0 {
					t.Errorf("%s is followed: %+v", name, w.Entries[name])
				}
			}
		})
	}
}

// BenchmarkManyPages follows a program of 300 pages, one of which calls.
func BenchmarkManyPages(b *testing.B) {
	files := map[string]string{"app.js": "App({ globalData: {} })"}
	pages := ""
	for i := range 300 {
		pages += fmt.Sprintf(",%q", fmt.Sprintf("q/p%d", i))
		files[fmt.Sprintf("q/p%d.js", i)] = busyPage()
		files[fmt.Sprintf("q/p%d.wxml", i)] = "<view/>"
	}
	files["app.json"] = `{"pages":["p/call"` + pages + `]}`
	files["p/call.wxml"] = `<view bindtap="onTap"/>`
	files["p/call.js"] = "Page({ async onTap() { await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' }); wx.setEnable1v1Chat({ enable: true }) } })"
	for b.Loop() {
		if w := analyzed(b, files).Work; w.Steps > 10_000 {
			b.Fatalf("too much work: %d steps", w.Steps)
		}
	}
}
