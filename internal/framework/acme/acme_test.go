package acme_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/framework/acme"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// frameworks are all, with the line for acme.
var frameworks = append(framework.List{{Reading: acme.Framework{}, Meaning: acme.Model}}, framework.All...)

const screen = `import { onShow } from 'acme'

let ready = false

onShow(async () => {
  await wx.authorize({ scope: 'scope.record' })
  await wx.authorize({ scope: 'scope.camera' })
  await wx.setEnable1v1Chat({ enable: true })
  ready = true
})

export default {
  call() {
    if (ready) wx.join1v1Chat({ caller: { openid: 'a' }, listener: { openid: 'b' } })
  },
  hasty() {
    wx.join1v1Chat({ caller: { openid: 'a' }, listener: { openid: 'b' } })
  },
}
`

// TestAcme reads a project of the made-up framework and follows it: what CONTRIBUTING says is enough, is enough.
func TestAcme(t *testing.T) {
	projects, err := frameworks.Discover(miniprogram.MemFS(map[string]string{
		"acme.config.json":  `{ "screens": ["call"], "permission": { "scope.record": { "desc": "So that the other side hears you" } } }`,
		"screens/call.js":   screen,
		"screens/call.wxml": `<button bindtap="call">call</button><button bindtap="hasty">call at once</button>`,
		"screens/other.js":  "import { onShow } from 'acme'\n\nonShow(() => {})\n",
	}), nil, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	p := projects[0]
	var got strings.Builder
	fmt.Fprintf(&got, "%s, configured by %s, with %d permission\n", p.Framework, p.Config.File.Path, len(p.Config.Permissions))
	for _, u := range p.Units {
		fmt.Fprintf(&got, "page %s, registered %v, %d bindings\n", u.Path, u.Registered, len(u.Template.Bindings))
	}
	for _, c := range core.Analyze(p, core.Options{Frameworks: frameworks.Models()}).Result().Calls {
		if c.Reached {
			how := []string{"not decided", "proved", "refuted", "unproven"}[c.Before.Outcome]
			fmt.Fprintf(&got, "line %d, %s: %s %s\n", c.Name.From().Line, c.API, how, c.Before.Reason)
		}
	}
	want := `acme, configured by acme.config.json, with 1 permission
page screens/call, registered true, 2 bindings
line 6, authorize: not decided 
line 7, authorize: not decided 
line 8, setEnable1v1Chat: proved 
line 14, join1v1Chat: proved 
line 17, join1v1Chat: refuted never-enabled
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}
