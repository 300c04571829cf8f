package flow

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// TestFailureCostsItsEntryPoint checks that an analysis that panics in one entry point tells so, leaves open what belongs to it, and goes on.
func TestFailureCostsItsEntryPoint(t *testing.T) {
	statics["Math.fails"] = func(*machine, value, []value, *frame) value { panic("made to fail") }
	defer delete(statics, "Math.fails")
	const ask = "await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' });"
	page := func(broken, ask string) string {
		return "Page({ data: {}, onShow() { if (this.data.on) this.onTap(); " + broken + " }, async onTap() { " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"
	}
	for _, c := range []struct {
		name   string
		broken string
		wait   string
	}{
		{"at once", "Math.fails()", ""},
		{"in a callback", "wx.login({ success: () => Math.fails() })", ""},
		{"after an await", "", "async onLoad() { if (this.data.on) this.onTap(); await wx.login(); Math.fails() },"},
	} {
		t.Run(c.name, func(t *testing.T) {
			first := page(c.broken, ask)
			if c.wait != "" {
				first = "Page({ data: {}, " + c.wait + " async onTap() { " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"
			}
			files := map[string]string{
				"app.json": `{"pages":["p/i","q/i","r/i"]}`, "app.js": "App({})",
				"p/i.js": first, "p/i.wxml": `<view bindtap="onTap"/>`,
				"q/i.js": page("", ask), "q/i.wxml": `<view bindtap="onTap"/>`,
				"r/i.js": page("", ""), "r/i.wxml": `<view bindtap="onTap"/><navigator url="/q/i"/><navigator url="/r/i"/>`,
			}
			projects, err := discover(miniprogram.MemFS(files), []string{"."})
			if err != nil || len(projects) != 1 {
				t.Fatal(err, projects)
			}
			r := Analyze(projects[0], Options{})
			if len(r.GaveUp) != 1 || r.GaveUp[0].Failure != "made to fail" || len(r.GaveUp[0].Calls) != 1 {
				t.Errorf("gave up %+v", r.GaveUp)
			}
			want := map[string]Outcome{"p/i.js": Unproven, "q/i.js": Proved, "r/i.js": Refuted}
			for _, call := range r.Calls {
				if call.API != SetEnable {
					continue
				}
				if file := call.Name.File.Path; call.Before.Outcome != want[file] || (call.Before.Failure != "") != (file == "p/i.js") {
					t.Errorf("%s: %+v", file, call.Before)
				}
			}
		})
	}
}

// TestFailureAtLoad checks that a module which cannot be loaded to its end leaves its calls open.
func TestFailureAtLoad(t *testing.T) {
	statics["Math.fails"] = func(*machine, value, []value, *frame) value { panic("made to fail") }
	defer delete(statics, "Math.fails")
	files := map[string]string{
		"app.json": `{"pages":["p/i"]}`, "app.js": "App({})", "p/i.wxml": `<view bindtap="onTap"/>`,
		"p/i.js": "Page(Math.fails({ async onTap() { await wx.setEnable1v1Chat({ enable: true }) } }))",
	}
	projects, err := discover(miniprogram.MemFS(files), []string{"."})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	r := Analyze(projects[0], Options{})
	if len(r.GaveUp) != 1 || r.GaveUp[0].Failure == "" || len(r.GaveUp[0].Calls) != 1 {
		t.Errorf("gave up %+v", r.GaveUp)
	}
	for _, call := range r.Calls {
		if call.Reached || !call.Cut {
			t.Errorf("%+v", call)
		}
	}
}
