package callsite_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/script"
)

// families are programs of a size that has no end.
var families = map[string]func(n int) string{
	"functions in a table": func(n int) string {
		return "const table = {" + many(n, "f%[1]d(me) { wx.join1v1Chat({ caller: { openId: me }, listener: me }) },\n") + "}"
	},
	"fields of a page": func(n int) string {
		return "Page({ data: {" + many(n, "id%[1]d: '',") + "},\n" +
			many(n, "m%[1]d() { this.setData({ id%[1]d: 'x' }); wx.join1v1Chat({ caller: { openId: this.data.id%[1]d }, listener: this.data }) },\n") + "})"
	},
	"callers of a function": func(n int) string {
		return "function call(id) { wx.join1v1Chat({ caller: { openId: id } }) }\n" + many(n, "export const f%[1]d = () => call('a%[1]d')\n")
	},
	"variables one from the other": func(n int) string {
		return "const v0 = 'a'\n" + many(n, "const v%[2]d = v%[1]d\n") + fmt.Sprintf("wx.join1v1Chat({ caller: { openId: v%d } })", n)
	},
	"writes to an object": func(n int) string {
		return "const o = { caller: { openId: 1 } }\n" + many(n, "o.p%[1]d = %[1]d\n") + "wx.join1v1Chat(o)"
	},
	"uses of an object": func(n int) string {
		return "const o = { caller: { openId: 1 } }\n" + many(n, "export const g%[1]d = () => wx.join1v1Chat(o)\n")
	},
	"nested objects": func(n int) string {
		return "wx.join1v1Chat({ caller: { openId: 1 }, x: " + strings.Repeat("{ x: ", min(n, 300)) + "1" + strings.Repeat(" }", min(n, 300)) + "})"
	},
}

func many(n int, line string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, line, i, i+1)
	}
	return out.String()
}

// TestGrowth finds the misspelt openid in programs of every size.
func TestGrowth(t *testing.T) {
	for name, written := range families {
		for _, n := range []int{1, 17, 130, 2000} {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				code := read(t, written(n))
				found := 0
				for _, c := range code.Calls() {
					for _, v := range code.Options(c) {
						if p := v.Prop("caller"); p != nil && p.Value.Prop("openId") != nil {
							found++
						}
					}
				}
				if found == 0 {
					t.Error("the misspelt openid is not found")
				}
			})
		}
	}
}

func read(t *testing.T, text string) *callsite.Code {
	t.Helper()
	projects, err := framework.Discover(miniprogram.MemFS(map[string]string{"app.json": `{"pages":["p/a"]}`, "app.js": "App({})", "p/a.wxml": "<view/>", "p/a.js": text}), nil, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err)
	}
	var programs []callsite.Program
	for _, s := range projects[0].Scripts {
		syntax, err := script.Parse(s.File, s.Text, s.Dialect)
		if err != nil {
			t.Fatal(err)
		}
		programs = append(programs, callsite.Program{Script: s, Syntax: syntax})
	}
	return callsite.New(projects[0], programs, map[string]bool{"wx": true}, []string{"join1v1Chat"})
}
