package flow_test

import (
	"fmt"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// analyzed follows a program that is given by its files.
func analyzed(t testing.TB, files map[string]string) *flow.Result {
	t.Helper()
	projects, err := miniprogram.Discover(miniprogram.MemFS(files), nil, miniprogram.Options{})
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
