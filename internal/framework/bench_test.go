package framework_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// generate writes a mini-program of so many pages, with four files a page, modules beside
// them, and the feature in one of them.
func generate(tb testing.TB, pages int) string {
	tb.Helper()
	root := tb.TempDir()
	write := func(name, text string) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	var list []string
	body := strings.Repeat("    const value = this.data.list.map(item => ({ ...item, title: format(item.title) }))\n    this.setData({ value })\n", 20)
	for i := range pages {
		page := fmt.Sprintf("pages/group%d/page%d", i%97, i)
		list = append(list, fmt.Sprintf("%q", page))
		write(page+".js", fmt.Sprintf("import { format } from '../../lib/m%d'\nPage({\n  onTap() {\n%s  }\n})\n", i%500, body))
		write(page+".wxml", "<view class=\"a\"><text bindtap=\"onTap\">{{value}}</text><navigator url=\"/pages/group1/page1\"/></view>\n")
		write(page+".json", `{ "usingComponents": { "row": "/components/row/row" } }`)
		write(page+".wxss", ".a { color: red }\n")
	}
	for i := range 500 {
		write(fmt.Sprintf("lib/m%d.js", i), "export const format = s => s.trim()\n")
	}
	write("components/row/row.js", "Component({})")
	write("components/row/row.wxml", "<view/>")
	write("lib/call.js", "export function call() { wx.authorize({ scope: 'scope.record', success() { wx.setEnable1v1Chat({ enable: true }) } }) }\n")
	write("pages/group0/page0.js", "import { call } from '../../lib/call'\nPage({ onTap() { call(); wx.join1v1Chat({}) } })\n")
	write("app.json", `{ "pages": [`+strings.Join(list, ", ")+"] }")
	write("app.js", "App({})")
	return root
}

func BenchmarkDiscover(b *testing.B) {
	root := generate(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		projects, err := framework.Discover(miniprogram.OSFS(), []string{root}, reading.Options{})
		if err != nil || len(projects) != 1 || !projects[0].HasTrace() || len(projects[0].Scripts) < 3 {
			b.Fatalf("not found: %v", err)
		}
	}
}
