package checks_test

// The examples of the documentation, run through the whole check: a bad one has the rule's
// finding, a good one has not.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
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

// project lays an example over the sound project.
func project(t *testing.T, kind checks.ExampleKind, example string) map[string]string {
	files := map[string]string{}
	for name, text := range sound {
		files[name] = text
	}
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
		t.Fatalf("no example is of the kind %q", kind)
	}
	return files
}

// inFolder is the file system of a project that was written to a folder.
type inFolder struct {
	miniprogram.FS
	dir string
}

func (p inFolder) Base() string { return filepath.ToSlash(p.dir) }

func run(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := check.Run(check.Options{
		Dir: dir, Paths: []string{"."}, FS: inFolder{miniprogram.OSFS(), dir},
		Now: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range result.Findings {
		found[f.Rule.ID] = f.Message.EN
	}
	return found
}

func TestExamples(t *testing.T) {
	for _, r := range checks.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := run(t, project(t, r.Example, r.Bad))
			if _, ok := bad[r.ID]; !ok {
				t.Errorf("nothing is found in the bad example, only %v", bad)
			}
			good := run(t, project(t, r.Example, r.Good))
			if message, ok := good[r.ID]; ok {
				t.Errorf("found in the good example: %s", message)
			}
			if message, ok := good["parse-error"]; ok {
				t.Errorf("the good example cannot be parsed: %s", message)
			}
		})
	}
}
