package flow_test

import (
	"fmt"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// analyze follows a program of one page, with what stands around and in the handler of its button.
func analyze(t *testing.T, o flow.Options, files map[string]string) *flow.Result {
	t.Helper()
	all := map[string]string{"app.json": `{"pages":["p/i"]}`, "app.js": "App({ globalData: {} })", "p/i.wxml": `<view bindtap="onTap"/>`, "p/i.json": "{}"}
	for name, text := range files {
		all[name] = text
	}
	projects, err := framework.Discover(miniprogram.MemFS(all), []string{"."}, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	return flow.Analyze(projects[0], o)
}

// callIn returns the only call of a function.
func callIn(t *testing.T, r *flow.Result, api flow.API) *flow.Call {
	t.Helper()
	for _, c := range r.Calls {
		if c.API == api {
			return c
		}
	}
	t.Fatalf("there is no call of %s", api)
	return nil
}

// right is a handler that asks and enables.
const right = `
	await wx.authorize({ scope: 'scope.record' })
	await wx.authorize({ scope: 'scope.camera' })
	await wx.setEnable1v1Chat({ enable: true })
`

// TestPanics checks programs that the analysis once failed on: they are followed, and nothing is given up.
func TestPanics(t *testing.T) {
	for name, code := range map[string]string{
		"at":                "[1].at(undefined)",
		"at of nothing":     "[].at(); 'a'.at(undefined); [1].at(this.data.n)",
		"stored resolve":    "new Promise((resolve) => { getApp().resolve = resolve }); getApp().resolve && getApp().resolve(1)",
		"resolve elsewhere": "let stored; const p = new Promise((resolve) => { stored = resolve }); stored(p); stored(Promise.reject(1))",
		"resolve of a run":  "new Promise((resolve) => { kept = resolve }).then(() => wx.showToast({}))",
		"awaited elsewhere": "getApp().p = getApp().p || new Promise((resolve) => { kept = resolve }); kept(2); await getApp().p",
		"keys of globals":   "for (const k of Object.keys(globalThis)) console.log(k)",
		"first global":      "if (Object.keys(globalThis)[0] === Object.keys(globalThis)[1]) return",
		"globals":           "globalThis.a = 1; globalThis.b = 2; for (const k in globalThis) if (globalThis[k] === 2) await wx.login()",
	} {
		t.Run(name, func(t *testing.T) {
			first := ""
			for range 3 {
				r := analyze(t, flow.Options{}, map[string]string{"p/i.js": "let kept\nPage({ data: {}, onShow() { kept && kept(1); getApp().resolve && getApp().resolve(2) }, async onTap() { " + code + right + "} })"})
				for _, g := range r.GaveUp {
					t.Errorf("gave up: %+v", g)
				}
				said := ""
				for _, c := range r.Calls {
					said += fmt.Sprintln(c.API, c.Before.Outcome, c.Before.Reason, c.Before.Unfollowed, c.Before.At.Start, len(c.Before.Witness))
				}
				if first == "" {
					first = said
				}
				if said != first {
					t.Errorf("one run says\n%sanother\n%s", first, said)
				}
			}
		})
	}
}
