package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

func TestTokens(t *testing.T) {
	for name, c := range map[string]struct{ file, line, want string }{
		"script":       {"a.ts", "const a = await f('x', 12) // y", "k:const  a = k:await  f(s:'x', n:12) c:// y"},
		"property":     {"a.js", "this.default = a.of", "k:this.default = a.of"},
		"name":         {"a.js", "newest = $new + a1", "newest = $new + a1"},
		"address":      {"a.js", "const u = 'http://x' /* c */ + 1", "k:const  u = s:'http://x' c:/* c */ + n:1"},
		"JSON":         {"app.json", `"desc": "通话",`, `p:"desc": s:"通话",`},
		"no end":       {"a.js", `f("a\"b`, `f(s:"a\"b`},
		"template":     {"a.wxml", `<button bindtap="call">don't</button>`, `t:<button bindtap=s:"call">don'tt:</button>`},
		"comment":      {"a.wxml", `<!-- a --><a/>`, `c:<!-- a -->t:<a/>`},
		"less than":    {"a.vue", `if (a < b) return '<c>'`, `k:if (a < b) k:return s:'<c>'`},
		"generic":      {"a.ts", `f<string>()`, `f<string>()`},
		"line comment": {"a.js", `//`, `c://`},
		"empty":        {"a.js", "", ""},
	} {
		var got, whole strings.Builder
		for _, tok := range tokens(c.line, c.file) {
			whole.WriteString(tok.Text)
			if tok.Class != "" {
				got.WriteString(tok.Class + ":")
			}
			got.WriteString(tok.Text)
		}
		want := strings.NewReplacer("k:const  ", "k:const ", "k:await  ", "k:await ").Replace(c.want)
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if whole.String() != c.line {
			t.Errorf("%s: %q became %q", name, c.line, whole.String())
		}
	}
}

// found is a report on two files with an error, a warning and a note.
func found() *Report {
	r := &Report{Projects: []Project{{Root: ".", Name: "通话</title>", Folder: "app", Framework: "native"}}}
	file := func(name string) *source.File { return source.NewFile(name, name, []byte("f()\nwx.g()\nh()\n")) }
	a, b := file("pages/a/index.js"), file("pages/b/index.js")
	for i, f := range []struct {
		file     *source.File
		severity checks.Severity
		step     checks.Step
	}{{b, checks.Warning, "devtools"}, {a, checks.Error, "authorize"}, {b, checks.Info, "authorize"}} {
		at := source.Span{File: f.file, Start: 7, End: 8}
		r.Findings = append(r.Findings, Finding{
			Finding: &checks.Finding{
				Rule: &checks.Rule{ID: "rule"}, Severity: f.severity, Step: f.step, At: at, Message: lang.T("message", "消息"),
				Trace: []checks.Note{{At: source.Span{File: a, Start: 0, End: 1}, Message: lang.T("first", "先")}, {At: at, Message: lang.T("then", "后")}},
			},
			Project: ".", File: f.file.Path, From: at.From(), To: at.To(), Fingerprint: fmt.Sprint(i),
		})
	}
	return r
}

// TestPageGroups: the cards come by severity, and their numbers place them by file and by step below the headings of these.
func TestPageGroups(t *testing.T) {
	var page bytes.Buffer
	if err := (htmlWriter{}).Write(&page, found(), Options{Lang: lang.EN}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range regexp.MustCompile(`<article class="finding (\w+)" id="[^"]*" style="--file:(\d+);--step:(\d+)">|<h3 class="group by-(\w+) only([\w-]+)" style="--at:(\d+)">(?:<code>)?([^<]*)`).FindAllStringSubmatch(page.String(), -1) {
		got = append(got, strings.Join(strings.Fields(strings.Join(m[1:], " ")), " "))
	}
	want := []string{
		"error 1048577 1048577", "warning 2097154 2097154", "info 2097155 1048579",
		"file -error 1048576 pages/a/index.js", "file -warning-info 2097152 pages/b/index.js",
		"step -error-info 1048576 authorize", "step -warning 2097152 devtools",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, severities := range []string{"-error", "-warning-info", "-error-info", "-warning"} {
		if !strings.Contains(htmlStyles, ".only"+severities) {
			t.Errorf("nothing hides a group of%s", severities)
		}
	}
}

// TestPagePlaces: a step names its file by what tells it apart, a finding the whole path; both lead to an editor only when one was asked for.
func TestPagePlaces(t *testing.T) {
	var page bytes.Buffer
	if err := (htmlWriter{}).Write(&page, found(), Options{Lang: lang.ZH}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>voipcheck：还不能上线 · 通话&lt;/title&gt;</title>", "<h2>通话&lt;/title&gt;</h2>",
		`<span>pages/b/</span>index.js:2:4</code>`, `<code>b/index.js:2</code>`, `<code>a/index.js:1</code>`, `<code>index.js:2</code>`,
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	if strings.Contains(page.String(), `class="open"`) {
		t.Error("the page leads to an editor")
	}
	page.Reset()
	link := func(file string, at source.Position) string { return fmt.Sprintf("vscode://file/%s:%d", file, at.Line) }
	if err := (htmlWriter{}).Write(&page, found(), Options{Lang: lang.EN, Link: link}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a class="open" href="vscode://file/pages/b/index.js:2">`, `<a href="vscode://file/pages/a/index.js:1"><code>a/index.js:1</code></a>`} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
}

func TestProjectTitle(t *testing.T) {
	for want, p := range map[string]Project{
		"通话":                          {Root: ".", Name: "通话", Folder: "f"},
		"f":                           {Root: ".", Folder: "f"},
		"apps/a":                      {Root: "apps/a", Folder: "a"},
		"a":                           {Root: "../a", Folder: "a"},
		"voipcheck":                   {Root: ".", Folder: "/"},
		`a\u202eb`:                    {Root: ".", Name: "a\u202eb"},
		strings.Repeat("通", 59) + "…": {Root: ".", Name: strings.Repeat("通", 99)},
	} {
		if got := p.title(); got != want {
			t.Errorf("%+v: %q, want %q", p, got, want)
		}
	}
}
