// Package example makes whole projects of the rules' examples, so that they can be checked and drawn.
package example

import (
	"fmt"
	"maps"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/checks"
)

// sound is a project that the examples are put into. Its page places a call.
var sound = map[string]string{
	"app.js": "App({})\n",
	"app.json": `{
  "pages": ["pages/call/call"],
  "permission": {
    "scope.record": { "desc": "用于通话时采集您的声音" },
    "scope.camera": { "desc": "用于通话时采集您的画面" }
  }
}
`,
	"project.config.json":  `{ "compileType": "miniprogram" }`,
	"pages/call/call.js":   strings.Replace(around, "STATEMENT", "wx.join1v1Chat({ caller: this.data.me, listener: this.data.friend, fail: console.error })", 1),
	"pages/call/call.json": "{}",
	"pages/call/call.wxml": `<button bindtap="onCall">call</button>`,
}

const enabling = "      await wx.setEnable1v1Chat({ enable: true })\n"

// around is the page that an example of one call is put into, in the place of STATEMENT.
const around = `Page({
  data: { me: null, friend: null, myOpenid: '', friendOpenid: '' },
  onLoad({ me, friend, myOpenid, friendOpenid }) {
    this.setData({ me, friend, myOpenid, friendOpenid })
  },
  async onCall() {
    try {
      await wx.authorize({ scope: 'scope.record' })
      await wx.authorize({ scope: 'scope.camera' })
` + enabling + `    } catch (refused) {
      wx.openSetting()
      return
    }
STATEMENT
  }
})
`

// Project returns the files of a project, by their paths, that is sound but for the example.
func Project(kind checks.ExampleKind, example string) (map[string]string, error) {
	files := maps.Clone(sound)
	switch kind {
	case checks.ExamplePage:
		files["pages/call/call.js"] = example
	case checks.ExampleCall:
		page := around
		if strings.Contains(example, "setEnable1v1Chat") {
			page = strings.Replace(page, enabling, "", 1)
		}
		files["pages/call/call.js"] = strings.Replace(page, "STATEMENT", example, 1)
	case checks.ExampleApp, checks.ExampleProjectConfig, checks.ExampleConfig:
		files[string(kind)] = example
	case checks.ExampleFiles:
		files = map[string]string{}
		for _, f := range txtar.Parse([]byte(example)).Files {
			files[f.Name] = string(f.Data)
		}
	default:
		return nil, fmt.Errorf("no example is of the kind %q", kind)
	}
	return files, nil
}
