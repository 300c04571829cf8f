package flow_test

import (
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// TestLimits checks that each limit is told by the call that it leaves unproven, and that the default meets none.
func TestLimits(t *testing.T) {
	files := miniprogram.MemFS(map[string]string{
		"app.json": `{"pages":["p/i"]}`, "app.js": "App({})", "p/i.wxml": `<view bindtap="onTap"/>`,
		"p/i.js": `Page({ async onTap() {
			if (this.data.busy) return
			await wx.authorize({ scope: 'scope.record' })
			await wx.authorize({ scope: 'scope.camera' })
			wx.setEnable1v1Chat({ enable: true })
		} })`,
	})
	for _, c := range []struct {
		name    string
		limits  flow.Limits
		outcome flow.Outcome
		bound   string
	}{
		{"none", flow.Limits{}, flow.Proved, ""},
		{"ways", flow.Limits{Ways: 1}, flow.Unproven, "paths"},
		{"steps", flow.Limits{Steps: 1}, flow.Unproven, "steps"},
		{"time", flow.Limits{Time: time.Nanosecond}, flow.Unproven, "time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			projects, err := miniprogram.Discover(files, nil, miniprogram.Options{})
			if err != nil || len(projects) != 1 {
				t.Fatal(err, projects)
			}
			found := false
			for _, call := range flow.Analyze(projects[0], flow.Options{Limits: c.limits}).Calls {
				found = found || call.API == flow.SetEnable
				if call.API == flow.SetEnable && (call.Before.Outcome != c.outcome || call.Before.Bound != c.bound) {
					t.Errorf("outcome %v, bound %q", call.Before.Outcome, call.Before.Bound)
				}
			}
			if !found {
				t.Error("the call is missing")
			}
		})
	}
}
