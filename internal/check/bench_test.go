package check_test

// What a check costs: the whole of it on trees of different sizes, and following the code alone.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// disk is the file system with reports relative to dir.
type disk struct {
	miniprogram.FS
	dir string
}

func (d disk) Base() string { return filepath.ToSlash(d.dir) }

// program writes a mini-program of so many pages, of which some make calls: each of those is the reference page.
func program(b *testing.B, pages, calling int) string {
	b.Helper()
	reference, err := os.ReadFile("../../fixtures/reference/native-js/call.js")
	if err != nil {
		b.Fatal(err)
	}
	markup, err := os.ReadFile("../../fixtures/reference/native-js/call.wxml")
	if err != nil {
		b.Fatal(err)
	}
	plain := "import { format } from '../../lib/m'\nPage({\n  onTap() {\n" +
		strings.Repeat("    const value = this.data.list.map(item => ({ ...item, title: format(item.title) }))\n    this.setData({ value })\n", 20) + "  }\n})\n"
	root := b.TempDir()
	write := func(name, text string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	var list []string
	for i := range pages {
		page := fmt.Sprintf("pages/group%d/page%d", i%97, i)
		list = append(list, fmt.Sprintf("%q", page))
		code, template := plain, `<view><text bindtap="onTap">{{value}}</text></view>`
		if i < calling {
			code, template = string(reference), string(markup)
		}
		write(page+".js", code)
		write(page+".wxml", template)
		write(page+".json", "{}")
	}
	write("lib/m.js", "export const format = s => s.trim()\n")
	write("app.json", `{"pages":[`+strings.Join(list, ",")+`],"permission":{"scope.record":{"desc":"用于和家人通话"},"scope.camera":{"desc":"用于和家人通话"}}}`)
	write("app.js", "App({})")
	return root
}

// BenchmarkCheck is a whole check: growth with the tree, and with the pages that make calls.
func BenchmarkCheck(b *testing.B) {
	for _, size := range []struct{ pages, calling int }{{1000, 1}, {2000, 1}, {4000, 1}, {1000, 10}, {1000, 100}} {
		b.Run(fmt.Sprintf("pages=%d/calling=%d", size.pages, size.calling), func(b *testing.B) {
			dir := program(b, size.pages, size.calling)
			b.ReportAllocs()
			for b.Loop() {
				r, err := check.Run(check.Options{Dir: dir, Paths: []string{"."}, FS: disk{miniprogram.OSFS(), dir}, Now: time.Unix(0, 0)})
				if err != nil || r.Exit != check.ExitReady {
					b.Fatal(err, r.Findings)
				}
			}
		})
	}
}

// BenchmarkEdit is the answer to an edit in a project of 300 pages: of one that has nothing to do with calls, and of one that calls.
func BenchmarkEdit(b *testing.B) {
	for _, calling := range []int{1, 5} {
		for _, edited := range []int{calling - 1, 200} {
			b.Run(fmt.Sprintf("calling=%d/calls=%v", calling, edited < calling), func(b *testing.B) {
				dir := program(b, 300, calling)
				file := filepath.Join(dir, filepath.FromSlash(fmt.Sprintf("pages/group%d/page%d.js", edited%97, edited)))
				text, err := os.ReadFile(file)
				if err != nil {
					b.Fatal(err)
				}
				var session check.Session
				answer := func() {
					r, err := session.Run(check.Options{Dir: dir, Paths: []string{"."}, FS: disk{miniprogram.OSFS(), dir}, Now: time.Unix(0, 0)})
					if err != nil || r.Exit != check.ExitReady {
						b.Fatal(err)
					}
				}
				answer()
				for b.Loop() {
					text = append(text, '\n')
					if err := os.WriteFile(file, text, 0o600); err != nil {
						b.Fatal(err)
					}
					answer()
				}
			})
		}
	}
}

// BenchmarkFlow follows the reference page, which was read before.
func BenchmarkFlow(b *testing.B) {
	dir := program(b, 1, 1)
	b.ReportAllocs()
	for b.Loop() {
		projects, err := framework.Discover(disk{miniprogram.OSFS(), dir}, []string{"."}, reading.Options{})
		if err != nil || len(projects) != 1 {
			b.Fatal(err, projects)
		}
		if r := flow.Analyze(projects[0], flow.Options{}); len(r.Calls) == 0 {
			b.Fatal("no calls")
		}
	}
}
