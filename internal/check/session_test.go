package check_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/overlay"
	"github.com/voipcheck/voipcheck/internal/report"
)

// desk is a project that somebody edits, checked by a session and anew.
type desk struct {
	*testing.T
	dir      string
	files    miniprogram.FS
	session  check.Session
	followed int
}

func newDesk(t *testing.T, files map[string]string) *desk {
	t.Helper()
	d := &desk{T: t, dir: t.TempDir()}
	d.files = disk{miniprogram.OSFS(), d.dir}
	d.write(".git/HEAD", "")
	for name, text := range files {
		d.write(name, text)
	}
	return d
}

func (d *desk) write(name, text string) {
	d.Helper()
	file := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
}

// checked checks both ways, fails where they differ, and tells whether the session followed the code.
func (d *desk) checked(what string) bool {
	d.Helper()
	before := d.followed
	o := check.Options{Dir: d.dir, FS: d.files, Now: time.Unix(0, 0)}
	fresh := shown(d.T, check.Run, o)
	o.Analyze = func(p *miniprogram.Project, o flow.Options) *flow.Result {
		d.followed++
		return flow.Analyze(p, o)
	}
	if diff := cmp.Diff(fresh, shown(d.T, d.session.Run, o)); diff != "" {
		d.Errorf("%s: another report than of a fresh check (-fresh +session):\n%s", what, diff)
	}
	return d.followed > before
}

func shown(t *testing.T, run func(check.Options) (*check.Result, error), o check.Options) string {
	t.Helper()
	r, err := run(o)
	if err != nil {
		return err.Error()
	}
	var out bytes.Buffer
	if err := report.Lookup("json").Write(&out, r.Report, report.Options{Lang: lang.EN}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// edited is a project of three pages, one of which calls.
func edited(t *testing.T) *desk {
	t.Helper()
	page, err := os.ReadFile("../../fixtures/reference/native-js/call.js")
	if err != nil {
		t.Fatal(err)
	}
	markup, err := os.ReadFile("../../fixtures/reference/native-js/call.wxml")
	if err != nil {
		t.Fatal(err)
	}
	return newDesk(t, map[string]string{
		"app.json": `{"pages":["pages/home/home","pages/list/list","pages/call/call"],"permission":{"scope.record":{"desc":"用于和家人通话"},"scope.camera":{"desc":"用于和家人通话"}}}`,
		"app.js":   "App({})", "app.wxss": "page {}", "lib/format.js": "exports.format = (s) => s.trim()",
		"pages/home/home.js": "Page({})", "pages/home/home.wxml": "<view/>", "pages/home/home.json": "{}",
		"pages/list/list.js": "const { format } = require('../../lib/format')\nPage({ tap() { format('a') } })", "pages/list/list.wxml": "<view bindtap='tap'/>",
		"pages/call/call.js": string(page), "pages/call/call.wxml": string(markup), "pages/call/call.json": "{}",
	})
}

func TestASessionFollowsWhatMatters(t *testing.T) {
	d := edited(t)
	for _, step := range []struct {
		what, file, text string
		follows          bool
	}{
		{"the first check", "app.js", "App({})", true},
		{"nothing", "app.js", "App({})", false},
		{"a style", "app.wxss", "page { color: red }", false},
		{"a page that has nothing to do with it", "pages/list/list.js", "const { format } = require('../../lib/format')\nPage({ tap() { format('b') } })", false},
		{"the same again", "pages/list/list.js", "const { format } = require('../../lib/format')\nPage({ tap() { format('c') } })", false},
		{"its template", "pages/list/list.wxml", "<view bindtap='tip'/>", false},
		{"another import", "pages/list/list.js", "const { format } = require('../call/call')\nPage({})", true},
		{"and back", "pages/list/list.js", "Page({})", true},
		{"an authorization", "pages/list/list.js", "Page({ tap() { wx.authorize({ scope: 'scope.camera' }) } })", true},
		{"a way to the call", "pages/list/list.js", "Page({ tap() { wx.navigateTo({ url: '/pages/call/call' }) } })", true},
		{"the app", "app.js", "App({ globalData: {} })", true},
		{"a new file", "lib/new.js", "exports.x = 1", true},
		{"what it holds", "lib/new.js", "exports.x = 2", false},
		{"the configuration of a page that nothing asks for", "pages/home/home.json", `{"usingComponents":{}}`, false},
		{"that of the page with the call", "pages/call/call.json", `{"usingComponents":{}}`, true},
		{"the app configuration", "app.json", `{"pages":["pages/call/call"]}`, true},
		{"a configuration", "voipcheck.json", `{"rules":{"permission-declared":"off"}}`, true},
		{"a broken configuration", "voipcheck.json", `{`, false},
		{"a mended one", "voipcheck.json", `{}`, true},
		{"rules of git", ".gitignore", "pages/list\n", true},
		{"the call", "pages/call/call.js", "Page({ onLoad() { wx.setEnable1v1Chat({ enable: true }) } })", true},
	} {
		d.write(step.file, step.text)
		if got := d.checked(step.what); got != step.follows {
			t.Errorf("%s: followed is %v", step.what, got)
		}
	}
}

// In an editor a file is what its buffer holds, which has no time.
func TestASessionSeesBuffers(t *testing.T) {
	d := edited(t)
	below := d.files
	d.checked("the first check")
	name := filepath.ToSlash(d.dir) + "/pages/list/list.js"
	for i, want := range []bool{false, true, false, true} {
		text := fmt.Sprintf("const { format } = require('../../lib/format')\nPage({ tap() { format('%d') } })", i)
		if i == 1 || i == 2 {
			text = fmt.Sprintf("Page({ tap() { wx.authorize({ scope: '%d' }) } })", 1)
		}
		buffer := overlay.New(below)
		buffer.Set(name, []byte(text))
		d.files = buffer
		if got := d.checked(text); got != want {
			t.Errorf("%d: followed is %v", i, got)
		}
	}
}

// Whatever is done to a project, a session tells the same as a fresh check.
func TestASessionAmongRandomEdits(t *testing.T) {
	d := edited(t)
	edits := 60
	if testing.Short() {
		edits = 15
	}
	random := rand.New(rand.NewPCG(1, 2))
	files := []string{"app.json", "app.js", "lib/format.js", "lib/other.js", "pages/home/home.js", "pages/list/list.js", "pages/list/list.wxml", "pages/list/list.json", "pages/call/call.js", "pages/call/call.wxml", "pages/call/call.json", "voipcheck.json", ".gitignore", "pages/list/new.js"}
	pieces := []string{"Page({})\n", "require('../../lib/format')\n", "require('./new')\n", "wx.authorize({ scope: 'scope.record' })\n", "wx.join1v1Chat({})\n", "<button bindtap='x'/>", "// pages/call/call\n", "{}", "{\"component\":true}", "(", "\x00", "getApp().x = 1\n", "wx.openSetting()\n"}
	for i := range edits {
		file := files[random.IntN(len(files))]
		full := filepath.Join(d.dir, file)
		old, _ := os.ReadFile(full)
		switch text := string(old); random.IntN(4) {
		case 0:
			_ = os.Remove(full)
		case 1:
			d.write(file, pieces[random.IntN(len(pieces))]+text)
		case 2:
			d.write(file, strings.Replace(text, pieces[random.IntN(len(pieces))], "", 1))
		case 3:
			at := random.IntN(len(text) + 1)
			d.write(file, text[:at]+" "+text[at:])
		}
		d.checked(fmt.Sprintf("edit %d, of %s", i, file))
	}
}
