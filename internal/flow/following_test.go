package flow

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/oracle/generate"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestNothingIsStale follows programs twice: once as ever, and once with every entry point anew in each pass, where what comes of one that
// met nothing new is the same as before. Both say the same of every call.
func TestNothingIsStale(t *testing.T) {
	for seed := range uint64(2000) {
		if name := fmt.Sprintf("made/%d", seed); trial.Sampled(name, 20) {
			t.Run(name, func(t *testing.T) { followAnew(t, generate.Program(seed).Files) })
		}
	}
	base := map[string]string{}
	for file, text := range read(t, "../../fixtures/base", "") {
		base[strings.TrimPrefix(file, "../../fixtures/base/")] = text
	}
	for file, text := range read(t, "../../fixtures", ".txtar") {
		if name := filepath.ToSlash(strings.TrimPrefix(file, "../../fixtures/")); trial.Sampled(name, 4) {
			t.Run(name, func(t *testing.T) {
				archive := txtar.Parse([]byte(text))
				files := maps.Clone(base)
				if strings.Contains(string(archive.Comment), "without base") {
					clear(files)
				}
				for _, f := range archive.Files {
					files[f.Name] = string(f.Data)
				}
				followAnew(t, files)
			})
		}
	}
	for _, c := range meetings {
		t.Run(c.name, func(t *testing.T) { followAnew(t, c.project()) })
	}
}

// read reads the files of a folder with an extension.
func read(t *testing.T, dir, ext string) map[string]string {
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ext && ext != "" {
			return err
		}
		text, err := os.ReadFile(name)
		out[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(dir, err)
	}
	return out
}

func followAnew(t *testing.T, files map[string]string) {
	projects, err := discover(miniprogram.MemFS(files), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range projects {
		if !p.HasTrace() {
			continue
		}
		usual := newAnalysis(p, Options{}).run()
		a := newAnalysis(p, Options{})
		a.anew = func(m *machine, e *entry, before *following) *following {
			again := a.explore(m, e, before)
			if was, is := before.summary(), again.summary(); !slices.Equal(was, is) {
				t.Errorf("pass %d: %s met nothing new and leaves\n%s\ninstead of\n%s", a.pass, e.label(), strings.Join(is, "\n"), strings.Join(was, "\n"))
			}
			return again
		}
		if was, is := said(usual), said(a.run()); was != is {
			t.Errorf("what is said of the calls:\n%s\nand, with everything followed anew:\n%s", was, is)
		}
	}
}

// summary tells what an entry point leaves.
func (f *following) summary() []string {
	out := []string{fmt.Sprintf("complete %v, asks %d, opened %v", f.complete, f.asks, f.opened)}
	for _, h := range f.order {
		for _, w := range f.writes[h].list {
			out = append(out, fmt.Sprintf("writes %p %s %s %d", h, h.name, w.key, w.facts))
		}
	}
	for s, o := range f.seen {
		for _, v := range o.views {
			out = append(out, fmt.Sprintf("reaches %s %d %+v after %d late %d by %d steps", s.api, s.at.Start, v.key, v.after, v.late, len(v.trail.steps())))
		}
		out = append(out, fmt.Sprintf("calls %s %d %v %v %v, %d shapes, %d on, %d off", s.api, s.at.Start, o.handled, o.swallowed, o.dropped, len(o.shapes), o.enables, o.disables))
	}
	for page, list := range f.leads {
		out = append(out, "leads to "+page+" "+startsKey(list))
	}
	for k, list := range f.raises {
		for _, r := range list {
			out = append(out, fmt.Sprintf("raises %s %s", k.event, r.key()))
		}
	}
	for _, h := range f.hears {
		out = append(out, fmt.Sprintf("hears %s %d", h.event.name, h.facts))
	}
	slices.Sort(out)
	return out
}

// said is what is reported of the calls.
func said(r *Result) string {
	var b strings.Builder
	for _, c := range r.Calls {
		fmt.Fprintf(&b, "%s %d reached %v %v only %v stops %d failure %v %s scopes %v options %d\n",
			c.API, c.Name.Start, c.Reached, c.Cut, c.DevToolsOnly, c.Stops.Start, c.Failure, c.FailureBound, c.Scopes, len(c.Options))
		for _, v := range []Verdict{c.Before, c.DevTools} {
			fmt.Fprintf(&b, "\t%d %s missing %v by %s %d stored %v unshown %v bound %s %s nothing %v\n", v.Outcome, v.Reason, v.Missing, v.Unfollowed, v.At.Start, v.Stored, v.Unshown, v.Bound, v.Failure, v.NothingLeads)
			for _, s := range v.Witness {
				fmt.Fprintf(&b, "\t\t%s %s %s %d\n", s.Kind, s.Name, s.Detail, s.At.Start)
			}
		}
		for _, run := range c.Runs {
			fmt.Fprintf(&b, "\truns by %s %d, joins %v\n", run.Entry.Name, run.Entry.At.Start, run.Joins)
		}
	}
	for _, g := range r.GaveUp {
		fmt.Fprintf(&b, "gave up %s %s %d\n", g.Bound, g.What, g.At.Start)
	}
	return b.String()
}

// meeting is a program in which one entry point meets what another leaves.
type meeting struct {
	name  string
	files map[string]string
	// once are entry points that are followed once, whatever the others find; again are those that meet something new.
	once, again []string
}

func (c meeting) project() map[string]string {
	files := map[string]string{
		"app.json": `{"pages":["p/call","q/other"]}`, "app.js": "App({ globalData: { ready: false, table: {}, list: [] } })",
		"p/call.wxml": `<view bindtap="onTap"/>`, "q/other.wxml": `<view bindtap="onTap"/>`,
	}
	maps.Copy(files, c.files)
	return files
}

const right = "await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' });"

var meetings = []meeting{
	{"nothing", map[string]string{
		"p/call.js":  "Page({ async onTap() { " + right + " wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ data: { n: 0 }, onLoad() { this.setData({ n: this.data.n + 1 }) }, async onTap() { if (this.data.n > 2) { " + right + " wx.setEnable1v1Chat({ enable: true }) } } })",
	}, []string{"p/call onTap"}, []string{"q/other onLoad", "q/other onTap"}},
	{"a field", map[string]string{
		"p/call.js":  "Page({ onTap() { if (getApp().globalData.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad() { " + right + " getApp().globalData.ready = true } })",
	}, []string{"q/other onLoad"}, []string{"p/call onTap"}},
	{"a variable that is written later", map[string]string{
		"state.js":   "export let ready = 'no'\nexport const be = (v) => { ready = v }",
		"p/call.js":  "import { ready } from '../state'\nPage({ onTap() { if (ready === 'yes') wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import { be } from '../state'\nPage({ async onLoad() { " + right + " be('yes') } })",
	}, []string{"q/other onLoad"}, []string{"p/call onTap"}},
	{"a property that is added", map[string]string{
		"p/call.js":  "Page({ onTap() { if (Object.keys(getApp().globalData.table).length) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad() { " + right + " getApp().globalData.table.ready = true } })",
	}, nil, []string{"p/call onTap"}},
	{"an element", map[string]string{
		"p/call.js":  "Page({ onTap() { if (getApp().globalData.list.includes('ready')) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad() { " + right + " getApp().globalData.list.push('ready') } })",
	}, nil, []string{"p/call onTap"}},
	{"a key of a map", map[string]string{
		"state.js":   "export const table = new Map()",
		"p/call.js":  "import { table } from '../state'\nPage({ onTap() { if (table.size) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import { table } from '../state'\nPage({ async onLoad() { " + right + " table.set('ready', true); wx.setEnable1v1Chat({ enable: true }) } })",
	}, []string{"q/other onLoad"}, []string{"p/call onTap"}},
	{"the storage", map[string]string{
		"p/call.js":  "Page({ onTap() { if (wx.getStorageSync('ready')) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad() { " + right + " wx.setStorageSync('ready', true) } })",
	}, []string{"q/other onLoad"}, []string{"p/call onTap"}},
	{"a property by any name", map[string]string{
		"p/call.js":  "Page({ onTap() { if (getApp().globalData.table.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onLoad(query) { " + right + " getApp().globalData.table[query.key] = true } })",
	}, []string{"q/other onLoad"}, []string{"p/call onTap"}},
	{"an event of a bus", map[string]string{
		"bus.js":     "import mitt from 'mitt'\nexport default mitt()",
		"p/call.js":  "import bus from '../bus'\nPage({ data: { ready: false }, onLoad() { bus.on('ready', () => this.setData({ ready: true })) }, onTap() { if (this.data.ready) wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "import bus from '../bus'\nPage({ async onLoad() { " + right + " bus.emit('ready') } })",
	}, nil, []string{"p/call onLoad", "q/other onLoad", "p/call onTap"}},
	{"how the page was opened", map[string]string{
		"app.json":   `{"pages":["q/other","p/call"]}`,
		"p/call.js":  "Page({ onTap() { wx.setEnable1v1Chat({ enable: true }) } })",
		"q/other.js": "Page({ async onTap() { " + right + " wx.navigateTo({ url: '/p/call' }) } })",
	}, []string{"q/other onTap"}, []string{"p/call onTap"}},
}

// TestNothingIsFollowedTwice counts how often entry points are followed that meet something new, and that do not.
func TestNothingIsFollowedTwice(t *testing.T) {
	for _, c := range meetings {
		t.Run(c.name, func(t *testing.T) {
			projects, err := discover(miniprogram.MemFS(c.project()), nil)
			if err != nil || len(projects) != 1 {
				t.Fatal(err, projects)
			}
			w := Analyze(projects[0], Options{}).Work
			for _, name := range c.once {
				if w.Entries[name].Times != 1 || w.Passes < 2 {
					t.Errorf("%s is followed %d times in %d passes", name, w.Entries[name].Times, w.Passes)
				}
			}
			for _, name := range c.again {
				if w.Entries[name].Times < 2 {
					t.Errorf("%s is followed %d times in %d passes", name, w.Entries[name].Times, w.Passes)
				}
			}
		})
	}
}
