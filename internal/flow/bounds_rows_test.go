package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// row is a pair of programs of a row of the table that needs more than a page with a handler.
type row struct {
	bound string
	// set are the bounds that are lowered; below is the largest size that does not meet the row's, above one that does.
	set          map[string]int
	below, above int
	files        func(n int, ask string) map[string]string
	// asking tells that it is met, or decided below, only by what asks.
	asking bool
}

// flagged is a page whose handler ask asks and sets a state, and whose handler onTap enables where the state is that. Members are more
// handlers, which are bound too.
func flagged(ask, within string, members ...string) map[string]string {
	template := `<view bindtap="onTap"/><view bindtap="ask"/>`
	code := "Page({ data: { state: '' },\n"
	for _, m := range members {
		name, _, _ := strings.Cut(strings.TrimPrefix(m, "async "), "(")
		if !strings.HasPrefix(name, "on") {
			template += fmt.Sprintf(`<view bindtap=%q/>`, name)
		}
		code += m + ",\n"
	}
	return map[string]string{
		"p/i.js":   code + "async ask() { " + within + ask + " this.setData({ state: 'ready' }) },\nasync onTap() { if (this.data.state !== 'ready') return; await wx.setEnable1v1Chat({ enable: true }) } })",
		"p/i.wxml": template,
	}
}

// times repeats a text, with $i for the number of the repetition.
func times(n int, s string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(s, "$i", fmt.Sprint(i)))
	}
	return b.String()
}

// built is a page as a bundler puts it out.
func built(code string) map[string]string {
	return map[string]string{"p/i.js": `(wx["webpackJsonp"] = wx["webpackJsonp"] || []).push([["p/i"], {}]);` + "\n" + code}
}

// react is a Taro project of one page.
func react(page string) map[string]string {
	return map[string]string{
		"package.json":      `{ "dependencies": { "@tarojs/taro": "3.6.31", "react": "^18.0.0" } }`,
		"config/index.js":   "module.exports = { sourceRoot: 'src', outputRoot: 'dist', framework: 'react' }",
		"src/app.config.js": "export default { pages: ['p/i'] }",
		"src/app.jsx":       "export default function App({ children }) { return children }",
		"src/p/i.jsx":       "import { useState } from 'react'\nimport { Button, View } from '@tarojs/components'\nimport Taro from '@tarojs/taro'\n" + page,
	}
}

var rows = []row{
	{"aside-steps", map[string]int{"aside-steps": 300}, 3, 400, func(n int, ask string) map[string]string {
		return flagged(ask, "", fmt.Sprintf("onShow() { for (let i = 0; i < %d; i++) { JSON.stringify(i); wx.canIUse('a') } this.setData({ state: 'shown' }) }", n))
	}, false},
	{"beside-steps", map[string]int{"beside-steps": 600}, 1, 9, func(n int, ask string) map[string]string {
		return flagged(ask, times(n, "if (this.data.a$i) await wx.login(); "))
	}, true},
	{"runtime-steps", map[string]int{"runtime-steps": 2500}, 1, 9, func(n int, ask string) map[string]string {
		return built("Page({}); (async () => { " + times(n, "if (getApp().globalData.a$i) await wx.login(); ") + ask + " await wx.setEnable1v1Chat({ enable: true }) })()")
	}, false},
	{"passes", map[string]int{"passes": 6}, 1, 9, func(n int, ask string) map[string]string {
		return chained(n, ask)
	}, true},
	{"built-passes", map[string]int{"built-passes": 2, "runtime-steps": 900}, 0, 9, func(n int, ask string) map[string]string {
		files := chained(n, ask)
		files["p/i.js"] = built(files["p/i.js"] + "; (async () => { wx.getSetting(); " + times(n, "if (getApp().globalData.a$i) await wx.login(); ") + "})()")["p/i.js"]
		return files
	}, true},
	{"restarts", map[string]int{"restarts": 4}, 2, 9, func(n int, ask string) map[string]string {
		return map[string]string{"p/i.js": times(n, "function step$i(page) { page['as' + 'k']() }\n") +
			"Page({ data: {}, ask() { wx.getSetting() }, async onTap() { " + times(n, "step$i(this); ") + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"}
	}, false},
	{"recorded", map[string]int{"recorded": 4}, 1, 9, func(n int, ask string) map[string]string {
		return flagged(ask, "", chosen(n, "v")...)
	}, false},
	{"growth", map[string]int{"growth": 4}, 1, 12, func(n int, ask string) map[string]string {
		return map[string]string{
			"p/i.js":   fmt.Sprintf("Page({ data: { n: 0 }, more() { if (this.data.n < %d) { wx.getSetting(); this.setData({ n: this.data.n + 1 }) } }, async onTap() { if (this.data.n > 50) return; %s await wx.setEnable1v1Chat({ enable: true }) } })", n, ask),
			"p/i.wxml": `<view bindtap="onTap"/><view bindtap="more"/>`,
		}
	}, false},
	{"callees", map[string]int{"callees": 3}, 2, 6, func(n int, ask string) map[string]string {
		return map[string]string{"p/i.js": "const list = [" + times(n, "() => wx.showToast({ title: '$i' }), ") + "]\nfunction any() { list[wx.getAppBaseInfo().n]() }\n" +
			"Page({ data: {}, async onTap() { any(); " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"}
	}, false},
	{"prototypes", map[string]int{"prototypes": 4}, 2, 9, func(n int, ask string) map[string]string {
		return page("", "let o = { ready: true }; <<o = Object.create(o); >> if (!o.ready) return;")(n, ask)
	}, false},
	{"reexports", map[string]int{"reexports": 3}, 1, 9, func(n int, ask string) map[string]string {
		files := map[string]string{"p/i.js": "import { ready } from './m0'\nPage({ data: {}, async onTap() { if (!ready) return; " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"}
		for i := range n {
			files[fmt.Sprintf("p/m%d.js", i)] = fmt.Sprintf("export * from './m%d'", i+1)
		}
		files[fmt.Sprintf("p/m%d.js", n)] = "export const ready = true"
		return files
	}, false},
	{"depth", map[string]int{"depth": 3}, 1, 6, func(n int, ask string) map[string]string {
		code := "const b0 = Behavior({ data: { ready: true } })\n"
		for i := range n {
			code += fmt.Sprintf("const b%d = Behavior({ behaviors: [b%d] })\n", i+1, i)
		}
		return map[string]string{
			"c/c.js":   code + fmt.Sprintf("Component({ behaviors: [b%d], methods: { async onTap() { if (!this.data.ready) return; %s await wx.setEnable1v1Chat({ enable: true }) } } })", n, ask),
			"c/c.wxml": `<view bindtap="onTap"/>`, "c/c.json": `{ "component": true }`, "p/i.json": `{ "usingComponents": { "c": "/c/c" } }`, "p/i.wxml": `<c/>`, "p/i.js": "Page({})",
		}
	}, false},
	{"rendered", map[string]int{"rendered": 3}, 1, 6, func(n int, ask string) map[string]string {
		code := ""
		for i := range n {
			code += fmt.Sprintf("function C%d(props) { return <View><C%d onCall={props.onCall} /></View> }\n", i, i+1)
		}
		return react(code + fmt.Sprintf("function C%d(props) { return <Button onClick={props.onCall}>call</Button> }\n", n) +
			"export default function Page() { const call = async () => { " + taro(ask) + " await Taro.setEnable1v1Chat({ enable: true }) }\nreturn <C0 onCall={call} /> }")
	}, false},
	{"alike", map[string]int{"alike": 3}, 2, 6, func(n int, ask string) map[string]string {
		return react("const list = [" + times(n, "'k$i', ") + "]\nexport default function Page() { const call = async (k) => { " + taro(ask) + " await Taro.setEnable1v1Chat({ enable: true }) }\n" +
			"return <View>{list.map((k) => <Button key={k} onClick={() => call(k)}>{k}</Button>)}</View> }")
	}, false},
	{"nested-alternatives", map[string]int{"nested-alternatives": 1}, 1, 6, func(n int, ask string) map[string]string {
		return flagged(ask, "", chosen(n, "v + '!'")...)
	}, false},
	{"open-turns", map[string]int{"open-turns": 2}, 0, 1, func(n int, ask string) map[string]string {
		return page("", "let n = 0; while (Math.random() > 0.1) { await wx.getSetting(); <<n++; >> } if (n > 50) return;")(n, ask)
	}, false},
	{"waits", map[string]int{"waits": 2}, 0, 1, func(n int, ask string) map[string]string {
		return page("import { next } from 'kit'", "let n = 0; const go = () => (wx.getSetting(), next()).then((more) => { <<n++; >> if (more) return go() }); await go(); if (n > 50) return;")(n, ask)
	}, true},
	{"same-calls", map[string]int{"same-calls": 10}, 6, 14, func(n int, ask string) map[string]string {
		return page("", "for (let i = 0; i < $n; i++) { try { await wx.authorize({ scope: 'scope.userLocation' }) } catch (err) {} }")(n, ask)
	}, false},
	{"same-requests", map[string]int{"same-requests": 4}, 2, 14, func(n int, ask string) map[string]string {
		return page("", "let done; const all = new Promise((resolve) => { done = resolve }); let i = 0; const again = () => { if (i++ < $n) wx.login({ complete: again }); else done() }; again(); await all;")(n, ask)
	}, false},
	{"all-requests", map[string]int{"all-requests": 10}, 5, 20, func(n int, ask string) map[string]string {
		return page("", "for (let i = 0; i < $n; i++) await wx.login();")(n, ask)
	}, false},
	{"listeners", map[string]int{"listeners": 3}, 2, 6, func(n int, ask string) map[string]string {
		list := []string{"String", "Number", "Boolean", "parseInt", "parseFloat", "isNaN"}
		code := "import mitt from 'mitt'\nconst bus = mitt()\nPage({ data: {}, async onTap() { "
		for _, f := range list[:n] {
			code += "bus.on('e', " + f + "); "
		}
		return map[string]string{"p/i.js": code + "bus.emit('e'); " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"}
	}, false},
}

// taro is an asking of Taro's.
func taro(ask string) string { return strings.ReplaceAll(ask, "wx.", "Taro.") }

// chained is a page of n handlers of which each does something only after the next one has: the last one asks, and the first one enables.
func chained(n int, ask string) map[string]string {
	code, template := "Page({ data: {}, async onTap() { if (this.data.f0) await wx.setEnable1v1Chat({ enable: true }) },\n", `<view bindtap="onTap"/>`
	for i := range n {
		code += fmt.Sprintf("h%d() { if (this.data.f%d) this.setData({ f%d: true }) },\n", i, i+1, i)
		template += fmt.Sprintf(`<view bindtap="h%d"/>`, i)
	}
	return map[string]string{"p/i.js": code + fmt.Sprintf("async last() { %s this.setData({ f%d: true }) } })", ask, n), "p/i.wxml": template + `<view bindtap="last"/>`}
}

// chosen are handlers that set a state to one of n fields, each of which holds one of two values.
func chosen(n int, state string) []string {
	return []string{
		"x() { this.setData({ " + times(n, "a$i: 'x', ") + "}) }", "y() { this.setData({ " + times(n, "a$i: 'y', ") + "}) }",
		"copy() { let v = 'none'; " + times(n, "if (wx.getAppBaseInfo().theme$i) v = this.data.a$i; ") + "this.setData({ state: " + state + " }) }",
	}
}

// follow analyzes a project whole, or what is laid over a native one.
func follow(t *testing.T, o flow.Options, files map[string]string) *flow.Result {
	t.Helper()
	if files["package.json"] == "" {
		return analyze(t, o, files)
	}
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	return flow.Analyze(projects[0], o)
}

// TestRows checks programs just below and beyond the bounds that need more than a handler: what is proved or refuted below is that or unproven beyond.
func TestRows(t *testing.T) {
	for _, p := range rows {
		t.Run(p.bound, func(t *testing.T) {
			for _, ask := range []string{asks, ""} {
				below, above := follow(t, flow.Options{Bounds: p.set}, p.files(p.below, ask)), follow(t, flow.Options{Bounds: p.set}, p.files(p.above, ask))
				was, is := callIn(t, below, flow.SetEnable), callIn(t, above, flow.SetEnable)
				if met(below, p.bound) || !met(above, p.bound) && (ask != "" || !p.asking) {
					t.Errorf("asks %t: met below %t, beyond %t: %+v", ask != "", met(below, p.bound), met(above, p.bound), above.GaveUp)
				}
				if want := map[bool]flow.Outcome{true: flow.Proved, false: flow.Refuted}[ask != ""]; was.Before.Outcome != want && (ask != "" || !p.asking) {
					t.Errorf("asks %t: below it is %+v", ask != "", was.Before)
				}
				if was.Before.Outcome != is.Before.Outcome && is.Before.Outcome != flow.Unproven && !is.Cut {
					t.Errorf("asks %t: %+v becomes %+v", ask != "", was.Before, is.Before)
				}
			}
		})
	}
}
