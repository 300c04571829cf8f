package main

// Trees that nobody would write, and some that were made to hurt: whatever a repository holds, the program
// ends by itself with the right status and says what it could not check.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// tree is a repository's files by name.
type tree map[string]string

// write writes the tree to a folder of its own.
func (f tree) write(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	trial.Write(t, dir, f)
	return dir
}

// with returns the tree with further or other files.
func (f tree) with(more tree) tree {
	out := tree{}
	for _, files := range []tree{f, more} {
		for name, text := range files {
			out[name] = text
		}
	}
	return out
}

const hostileApp = `{"pages":["p/i"],"permission":{"scope.record":{"desc":"用于和家人通话"},"scope.camera":{"desc":"用于和家人通话"}}}`

// page is a mini-program of one page with this code.
func page(code string) tree {
	return tree{
		"app.json": hostileApp, "app.js": "App({})", "project.config.json": `{"libVersion":"3.0.0"}`,
		"p/i.js": code, "p/i.wxml": `<view bindtap="onTap">a</view>`, "p/i.json": "{}",
	}
}

// enabling is code that names the feature, followed by more.
func enabling(more string) tree {
	return page("wx.setEnable1v1Chat({ enable: true });\n" + more + "\n")
}

// calling is a page that asks, enables and joins, with code before the enabling and members beside the handler.
func calling(before, members string) tree {
	return page(`Page({
  async onTap() {
    try { await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' }) } catch (e) { wx.openSetting(); return }
    ` + before + `
    wx.setEnable1v1Chat({ enable: true, fail: console.error, success() {
      wx.join1v1Chat({ caller: { openid: getApp().a(), nickname: 'a' }, listener: { openid: getApp().b(), nickname: 'b' }, fail: console.error })
    } })
  },
  ` + members + `
})
`)
}

// lines joins what f makes of 0 to n-1.
func lines(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
		b.WriteByte('\n')
	}
	return b.String()
}

// numbered is lines for a format with only the number in it, any times.
func numbered(n int, format string) string {
	return lines(n, func(i int) string { return strings.ReplaceAll(format, "#", fmt.Sprint(i)) })
}

// outcome is what a run in JSON showed.
type outcome struct {
	exit     int
	findings []struct{ Rule, Reason, File, Severity string }
	stderr   string
}

func (o *outcome) has(rule string) bool {
	rule, reason, _ := strings.Cut(rule, "/")
	for _, f := range o.findings {
		if f.Rule == rule && (reason == "" || f.Reason == reason) {
			return true
		}
	}
	return false
}

// execute runs the program on a folder.
func execute(t testing.TB, dir string, args ...string) (exit int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	c := &Command{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Dir: dir, Version: "test",
		Env: func(string) string { return "" }, Locale: func() string { return "en" },
	}
	exit = c.Main(args)
	if strings.Contains(errs.String(), "goroutine ") {
		t.Fatalf("the program failed:\n%s", errs.String())
	}
	return exit, out.String(), errs.String()
}

func executeJSON(t testing.TB, dir string) *outcome {
	t.Helper()
	o := &outcome{}
	var stdout string
	o.exit, stdout, o.stderr = execute(t, dir, "--format", "json", "--lang", "en")
	var report struct {
		Ready    bool
		Findings []struct{ Rule, Reason, File, Severity string }
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("the report is no JSON: %v\nexit %d\n%s", err, o.exit, o.stderr)
	}
	if report.Ready != (o.exit == 0) {
		t.Errorf("ready is %v, the exit status %d", report.Ready, o.exit)
	}
	o.findings = report.Findings
	return o
}

// TestHostileCode checks code that is too much, in one way or another.
func TestHostileCode(t *testing.T) {
	trial.NotShort(t)
	t.Parallel()
	const many = 30
	// size is a quarter in a run that is not full: enough to tell a cost that grows with the square.
	size := func(n int) int {
		if trial.Full() {
			return n
		}
		return n / 4
	}
	functions := size(3000)
	cases := []struct {
		name  string
		files tree
		exit  int
		// finds are the findings that must be there, "?a|b" either of two, and silent those that must not.
		finds, silent []string
	}{
		{"a minified file of 20 MB", enabling(strings.Repeat("function f(a,b){return a?b:f(b,a)}", 600_000)), 3, []string{"parse-error"}, nil},
		{"a file over every limit", enabling(strings.Repeat("f();", 9_000_000)), 3, nil, nil},
		{"an app.json of 30 MB", calling("", "").with(tree{"app.json": `{"pages":["p/i"],"x":"` + strings.Repeat("a", 30_000_000) + `"}`}), 3, nil, nil},
		{"an app.json of brackets", calling("", "").with(tree{"app.json": strings.Repeat("[", 3_000_000)}), 1, []string{"app-json/invalid"}, nil},
		{"an app.json of objects", calling("", "").with(tree{"app.json": strings.Repeat(`{"a":`, 500_000)}), 1, []string{"app-json/invalid"}, nil},
		{"100000 pages in the list", calling("", "").with(tree{"app.json": `{"pages":["p/i"` + numbered(100_000, `,"q/#"`) + `]}`}), 1, []string{"permission-declared"}, nil},
		{"300 pages that call", manyPages(300), 1, []string{"permission-declared"}, []string{"authorize-before-enable", "parse-error"}},
		{"calls in one handler", page("Page({ onTap() {\n" + numbered(size(5000), "wx.setEnable1v1Chat({ enable: true })") + "} })"), 3, []string{"authorize-before-enable/never-asked"}, nil},
		{"1000 methods that call", page("Page({\n" + numbered(1000, "m#() { wx.setEnable1v1Chat({ enable: true }) },") + "})").with(tree{"p/i.wxml": numbered(1000, `<view bindtap="m#"/>`)}), 1, []string{"authorize-before-enable/never-asked"}, nil},
		{"functions that call one another", page(lines(functions-1, func(i int) string {
			return fmt.Sprintf("function f%d(a) { if (a > %d) f%d(a); else f%d(a - 1) }", i, i, (i*7+1)%functions, (i+1)%functions)
		}) + fmt.Sprintf("function f%d() { wx.setEnable1v1Chat({ enable: true }) }", functions-1) + "\nPage({ onTap() { f0(this.data.x) } })"), 3, []string{"join-called"}, nil},
		{"awaits whose refusals are swallowed", page("Page({ async onTap() {\n" + strings.Repeat("await wx.authorize({ scope: 'scope.record' }).catch(() => {})\n", size(2000)) +
			"await wx.setEnable1v1Chat({ enable: true }); await wx.join1v1Chat({ caller: {}, listener: {} }) } })"), 3, []string{"?authorize-unproven|authorize-before-enable"}, nil},

		{"calls on one line", page(strings.Repeat("wx.setEnable1v1Chat({ enable: 1 });", size(20_000))), 3, []string{"enable-options/type"}, nil},
		{"bindings of one element", calling("", "").with(tree{"p/i.wxml": `<view bindtap="onTap" ` + numbered(size(50_000), `bind#="no#"`) + "/>"}), 1, []string{"handler-exists"}, nil},
		{"suppressions", page(strings.Repeat("// voipcheck-ignore app-json -- a\n", size(100_000)) + "wx.setEnable1v1Chat({ enable: true })"), 1, []string{"unused-suppression"}, nil},
		{"a page configuration of brackets", calling("", "").with(tree{"p/i.json": strings.Repeat("[", 3_000_000)}), 1, []string{"parse-error"}, nil},
		{"a page configuration of 30 MB", calling("", "").with(tree{"p/i.json": `{"x":"` + strings.Repeat("a", 30_000_000) + `"}`}), 3, nil, nil},
		{"rules of git that match anything", calling("", "").with(tree{".gitignore": strings.Repeat(strings.Repeat("**/a*", 50)+"\n", 2000)}), 0, nil, nil},
		{"settings of a compiler in a circle", calling("", "").with(tree{"tsconfig.json": `{"extends":"./b.json"}`, "b.json": `{"extends":"./tsconfig.json"}`}), 0, nil, nil},

		{"branches", calling(numbered(many, "if (this.data.a#) this.x()"), "x() {},"), 0, nil, []string{"authorize-before-enable", "authorize-unproven"}},
		{"branches that wait", calling(numbered(many, "if (this.data.a#) await this.x()"), "async x() { await wx.showToast({ title: 'a' }) },"), 0, nil, []string{"authorize-before-enable", "authorize-unproven"}},
		{"branches that return", calling(numbered(many, "if (this.data.a#) return"), ""), 0, nil, []string{"authorize-before-enable", "authorize-unproven"}},
		{"branches that assign", calling("let v = 0\n"+numbered(many, "if (this.data.a#) v = #")+"if (v > 3) return", ""), 0, nil, []string{"authorize-before-enable", "authorize-unproven"}},
		{"flags", calling(numbered(many, "let f# = false; if (this.data.a#) f# = true")+numbered(many, "if (f#) return"), ""), 0, nil, []string{"authorize-before-enable", "authorize-unproven"}},
		{"fields from the query", calling(numbered(many, "if (!this.data.a#) return wx.showToast({ title: 'a' })"), "onLoad(q) { "+numbered(many, "this.setData({ a#: q.a# || '' })")+"},"), 0, nil, []string{"authorize-before-enable"}},
		{"tries around waits", calling(numbered(many, "try { if (this.data.a#) await this.x() } catch (e) {}"), "async x() { await wx.request({ url: 'a' }) },"), 3, nil, []string{"authorize-before-enable"}},
		{"switches with waits", calling(numbered(many, "switch (this.data.a#) { case 1: await this.x(); break; case 2: await this.x(); default: await this.x() }"), "async x() {},"), 3, nil, []string{"authorize-before-enable"}},
		{"loops with waits", calling(numbered(many, "for (const a of this.data.l#) await this.x(a)"), "async x() {},"), 0, nil, []string{"authorize-before-enable"}},
		{"requests on requests", page("Page({ onTap() { " + strings.Repeat("wx.request({ url: 'a', success: () => { ", many) + "wx.setEnable1v1Chat({ enable: true })" + strings.Repeat(" } }) ", many) + "} })"), 1, []string{"authorize-before-enable/never-asked"}, nil},

		{"loops without end", calling("for (var i = 0; i < 1e9; i++) for (var j = 0; j < 1e9; j++) this.a[i * j] = j", ""), 3, nil, []string{"authorize-before-enable"}},
		{"waiting without end", calling("while (true) await wx.login()", "onLoad() { const f = () => Promise.resolve().then(f); f(); const g = () => setTimeout(g, 0); g() },"), 0, []string{"authorize-unproven"}, []string{"authorize-before-enable"}},
		{"strings that double", page("var s = 'a'; for (var i = 0; i < 64; i++) s += s; s = s.repeat(1e9).padStart(1e9); s = [s, s].join(s)\n").with(tree{"lib.js": "wx.setEnable1v1Chat"}), 1, []string{"enable-called"}, nil},
		{"strings that double before the call", calling("let t = 'a'; for (let i = 0; i < 64; i++) { t = t + t; t = `${t}${t}`; t = t.replace(/a/g, t) }", ""), 0, nil, []string{"authorize-before-enable"}},
		{"lists that double", calling("let t = [1]; for (let i = 0; i < 64; i++) { t = t.concat(t); t = [...t, ...t]; t.push(...t) }; new Array(4e9 - 1).fill(0); Array.from({ length: 1e9 })", ""), 3, nil, []string{"authorize-before-enable"}},
		{"objects that grow", calling("const o = {}; for (let i = 0; i < 20000; i++) o['k' + i] = { ...o }", ""), 3, nil, []string{"authorize-before-enable"}},
		{"objects within themselves", calling("const o = {}; o.o = o; const a = [o]; a.push(a); a.flat(Infinity); JSON.stringify(a); this.setData(o); new Map([[o, a]]); `${a}`", ""), 0, nil, []string{"authorize-before-enable"}},
		{"getters and constructors that call themselves", calling("const o = { get a() { return this.a } }; o.a; class A { constructor() { return new A() } } new A(); new Proxy({}, { get(t, k, r) { return r[k] } }).x", ""), 3, nil, []string{"authorize-before-enable"}},
		{"prototypes in a circle", calling("const a = {}, b = Object.create(a); Object.setPrototypeOf(a, b); a.x; class X extends X {}", ""), 0, nil, []string{"authorize-before-enable"}},
		{"generators without end", calling("function* g() { let i = 0; while (true) yield* [i++, ...g()] } for (const x of g()) {}", ""), 3, nil, []string{"authorize-before-enable"}},

		{"modules in a circle", calling("", "").with(tree{"p/i.js": "const a = require('../a')\n" + calling("a.x()", "")["p/i.js"],
			"a.js": "const b = require('./b'); exports.x = b.y", "b.js": "const a = require('./a'); exports.y = a.x; export * from './a'; export * from './b'"}), 0, nil, []string{"authorize-before-enable", "parse-error"}},
		{"re-exports in circles", circles(300), 0, nil, []string{"authorize-before-enable", "parse-error"}},
		{"templates in a circle", calling("", "").with(tree{"p/i.wxml": `<include src="a.wxml"/><import src="a.wxml"/>`,
			"p/a.wxml": `<include src="i.wxml"/><import src="a.wxml"/><template is="{{x}}"/><view bindtap="onTap"/>`}), 0, nil, []string{"call-reachable", "authorize-before-enable"}},
		{"components in a circle", components(200), 0, nil, []string{"authorize-before-enable"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := executeJSON(t, c.files.write(t))
			if o.exit != c.exit {
				t.Errorf("exit %d, want %d: %v\n%s", o.exit, c.exit, o.findings, o.stderr)
			}
			for _, rule := range c.finds {
				if one, other, ok := strings.Cut(strings.TrimPrefix(rule, "?"), "|"); ok && (o.has(one) || o.has(other)) {
					continue
				}
				if !o.has(rule) {
					t.Errorf("no %s: %v", rule, o.findings)
				}
			}
			for _, rule := range c.silent {
				if o.has(rule) {
					t.Errorf("%s: %v", rule, o.findings)
				}
			}
		})
	}
}

// manyPages is n pages that each ask, enable and join.
func manyPages(n int) tree {
	f := tree{"app.js": "App({})", "project.config.json": "{}", "app.json": `{"pages":[""` + numbered(n, `,"p/i#"`) + `]}`}
	for i := range n {
		f[fmt.Sprintf("p/i%d.js", i)] = calling("", "")["p/i.js"]
		f[fmt.Sprintf("p/i%d.wxml", i)] = `<view bindtap="onTap"/>`
	}
	return f
}

// circles is a page that imports modules which re-export one another in every direction.
func circles(n int) tree {
	f := calling("", "")
	f["p/i.js"] = "import * as all from '../m0'\n" + f["p/i.js"]
	for i := range n {
		f[fmt.Sprintf("m%d.js", i)] = fmt.Sprintf("export * from './m%d'; export * from './m%d'; import { z } from './m%d'; export const v%d = z\n// setEnable1v1Chat", (i+1)%n, (i*7)%n, (i*3)%n, i)
	}
	return f
}

// components is a page whose components use one another in circles.
func components(n int) tree {
	f := calling("", "")
	f["p/i.wxml"], f["p/i.json"] = `<c0 bind:x="onTap"/>`, `{"usingComponents":{"c0":"/c/c0"}}`
	for i := range n {
		a, b := (i+1)%n, (i*7)%n
		f[fmt.Sprintf("c/c%d.js", i)] = "Component({ methods: { t() { this.triggerEvent('x') } } })"
		f[fmt.Sprintf("c/c%d.wxml", i)] = fmt.Sprintf(`<c%d bind:x="t"/><c%d bind:x="t"/><view bindtap="t"/>`, a, b)
		f[fmt.Sprintf("c/c%d.json", i)] = fmt.Sprintf(`{"usingComponents":{"c%d":"/c/c%d","c%d":"/c/c%d"}}`, a, a, b, b)
	}
	return f
}

// TestHostileNesting checks code nested deeper than any stack: either it is followed, or it is said that it is not.
func TestHostileNesting(t *testing.T) {
	trial.NotShort(t)
	t.Parallel()
	const n = 30_000
	deep := func(before, middle, after string) string {
		return strings.Repeat(before, n) + middle + strings.Repeat(after, n)
	}
	cases := map[string]string{
		"parentheses": deep("(", "1", ")"), "lists": deep("[", "", "]"), "blocks": deep("{", "", "}"), "functions": deep("function a(){", "", "}"),
		"arrows": deep("a=>", "1", ""), "sums": deep("1+", "1", ""), "ands": deep("a&&", "b", ""), "else-ifs": "if(a)b();" + deep("else if(a)b();", "", ""),
		"members": "a" + deep(".b", "", ""), "calls": "a" + deep("()", "", ""), "indexes": "a" + deep("[0]", "", ""), "templates": deep("`${", "1", "}`"),
		"parts of a template": "`" + deep("${1}", "", "") + "`", "nots": deep("!", "1", ""), "conditions": deep("a?b:", "c", ""), "conditions within": deep("a?", "b", ":c"),
		"commas": deep("a,", "a", ""), "assignments": deep("a=", "1", ""), "news": deep("new ", "A", ""), "optional members": "a" + deep("?.b", "", ""),
		"whiles": deep("while(1)", ";", ""), "dos": deep("do ", ";", "while(1)"), "objects": deep("({a:", "1", "})"), "patterns": "var " + deep("[", "a", "]") + "=b",
		"awaits": "async()=>{" + deep("await ", "1", "") + "}", "thens": "a" + deep(".then(x=>x)", "", ""), "thens within": deep("a.then(()=>", "1", ")"),
		"classes": deep("(class extends ", "A", "{})"), "functions called": deep("(function(){", "", "})()"), "defaults of arrows": strings.Repeat("(a=", 60) + "1" + strings.Repeat(")=>1", 60),
		"arrows or conditions": strings.Repeat("a?(b):c=>", 60) + "1", "switches": deep("switch(a){case 1:", "", "}"), "tries": deep("try{", "", "}catch(e){}"),
		"a regular expression": "/" + deep("(", "", ")") + "/.test(a)", "elements": "const a=" + deep("<a>", "", "</a>"), "open elements": "const a=" + deep("<a>", "", ""),
		"attributes": "const a=" + deep("<a b={", "1", "}/>"), "decorators": deep("@a ", "class A{}", ""), "labels": numbered(n, "l#:") + ";", "ifs": deep("if(a)", ";", ""), "statements": deep("a;", "", ""),
	}
	typed := map[string]string{
		"type arguments": "type A=" + deep("Array<", "1", ">"), "unions": "type A=1" + deep("|1", "", ""), "function types": "type A=" + deep("()=>", "1", ""),
		"conditional types": "type A=" + deep("1 extends 2?", "3", ":4"), "casts": "let a=1" + deep(" as any", "", ""), "non-nulls": "let a=b" + deep("!", "", ""),
		"namespaces": deep("namespace a{", "", "}"), "assertions": "let a=" + deep("<any>", "1", ""), "keyofs": "type A=" + deep("keyof ", "B", ""), "lists of types": "type A=B" + deep("[]", "", ""),
	}
	check := func(t *testing.T, files tree) {
		t.Helper()
		t.Parallel()
		o := executeJSON(t, files.write(t))
		if o.exit != 1 || o.has("parse-error") == o.has("authorize-before-enable") {
			t.Errorf("exit %d: %v\n%s", o.exit, o.findings, o.stderr)
		}
	}
	for name, code := range cases {
		t.Run(name, func(t *testing.T) { check(t, enabling(code)) })
	}
	for name, code := range typed {
		t.Run(name, func(t *testing.T) {
			files := enabling(code)
			files["p/i.ts"] = files["p/i.js"]
			delete(files, "p/i.js")
			check(t, files)
		})
	}
	single := func(t *testing.T, text string) {
		t.Helper()
		t.Parallel()
		o := executeJSON(t, tree{
			"manifest.json": `{"mp-weixin":` + strings.Replace(hostileApp, `"pages":["p/i"],`, "", 1) + "}", "pages.json": `{"pages":[{"path":"p/i"}]}`,
			"App.vue": "<script>export default {}</script>", "main.js": "", "p/i.vue": text,
		}.write(t))
		if o.exit != 1 || !o.has("parse-error") && !o.has("authorize-before-enable") {
			t.Errorf("exit %d: %v\n%s", o.exit, o.findings, o.stderr)
		}
	}
	const method = "<script>export default { methods: { call() { wx.setEnable1v1Chat({ enable: true }) } } }</script>"
	for name, text := range map[string]string{
		"elements": deep("<view>", `<a @click="call"/>`, "</view>"), "open elements": deep("<view>", "", "") + `<a @click="call"/>`, "lists": deep(`<view v-for="a in b">`, `<a @click="call"/>`, "</view>"),
		"conditions": `<a v-if="a"/>` + deep(`<a v-else-if="a"/>`, `<a v-else @click="call"/>`, ""), "interpolations": `<a @click="call">` + deep("{{", "a", "}}") + "</a>",
		"a handler": `<a @click="` + deep("(", "call()", ")") + `"/>`, "an open handler": `<a @click="` + deep("(", "call()", "") + `"/>`,
	} {
		t.Run("a component with "+name, func(t *testing.T) { single(t, "<template>"+text+"</template>"+method) })
	}
	for name, text := range map[string]string{
		"blocks": strings.Repeat("<script>var a</script>", n) + method, "open blocks": deep("<template>", method, ""), "open code": deep("<script>", method, ""),
		"conditions": "<template><a @click='call'/></template>" + strings.Replace(method, ">", ">"+deep("\n// #ifdef MP-WEIXIN\n", "", ""), 1) + deep("\n// #endif\n", "", ""),
	} {
		t.Run("a component of "+name, func(t *testing.T) { single(t, text) })
	}
	markup := map[string]string{
		"elements of a template": deep("<view>", "", "</view>"), "open elements of a template": deep("<view>", "", ""), "attributes of a template": "<view " + numbered(n, `a#="x"`) + "/>",
		"expressions": `<view a="{{` + deep("(", "", ")") + `}}"/>`, "open expressions": `<view a="` + deep("{{", "", ""), "brackets": deep("<", "", ""), "comments": deep("<!--", "", ""), "inclusions": deep(`<include src="i.wxml"/>`, "", ""),
	}
	for name, text := range markup {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := executeJSON(t, calling("", "").with(tree{"p/i.wxml": text + `<view bindtap="onTap"/>`}).write(t))
			if o.exit > 1 || o.has("authorize-before-enable") {
				t.Errorf("exit %d: %v\n%s", o.exit, o.findings, o.stderr)
			}
		})
	}
}
