package flow_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// pair is a program of n pieces that meets a bound which is lowered to `at` where there are more pieces than `below`.
type pair struct {
	bound string
	// at is what the bound is set to; below is the largest size that does not meet it, above one that does.
	at, below, above int
	files            func(n int, ask string) map[string]string
}

// page is a page with a handler that asks (or does not) and enables, and what stands before.
func page(top, before string) func(int, string) map[string]string {
	fill := func(s string, n int) string {
		s = strings.ReplaceAll(s, "$n", strconv.Itoa(n))
		return repeated.ReplaceAllStringFunc(s, func(m string) string {
			part := repeated.FindStringSubmatch(m)[1]
			out := ""
			for i := range n {
				out += strings.ReplaceAll(part, "$i", strconv.Itoa(i))
			}
			return out
		})
	}
	return func(n int, ask string) map[string]string {
		return map[string]string{"p/i.js": fill(top, n) + "\nPage({ data: {}, async onTap() { " + fill(before, n) + ask + " await wx.setEnable1v1Chat({ enable: true }) } })"}
	}
}

// repeated is what a program has n times: <<…>>, with $i for its number.
var repeated = regexp.MustCompile(`(?s)<<(.*?)>>`)

const asks = " await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' });"

var pairs = []pair{
	{"paths", 20, 1, 9, page("", "<<if (this.data.a$i) await wx.login(); >>")},
	{"steps", 2000, 1, 9, page("", "<<if (this.data.a$i) await wx.login(); >>")},
	{"path-steps", 300, 10, 400, page("", "for (let i = 0; i < $n; i++) { if (i > 1000) await wx.login() }")},
	{"calls", 20, 10, 30, page("const deep = (n) => n > 0 ? deep(n - 1) : wx.authorize({ scope: 'scope.camera' })", "await deep($n);")},
	{"nesting", 200, 5, 300, page("", "const n = 0"+"<< + (1>>"+"<<)>>;")},
	{"tasks", 30, 2, 60, page("", "<<await null; >>")},
	{"turns", 50, 20, 80, page("", "for (let i = 0; i < $n; i++) { if (i > 1000) await wx.login() }")},
	{"yields", 20, 10, 30, page("function* numbers() { for (let i = 0; i < $n; i++) yield i }", "for (const n of [...numbers()]) if (n > 1000) return;")},
	{"all-steps", 4000, 1, 9, page("", "<<if (this.data.a$i) await wx.login(); >>")},
	{"run-steps", 4000, 1, 9, page("", "<<if (this.data.a$i) await wx.login(); >>")},
	{"load-steps", 500, 5, 200, page("for (let i = 0; i < $n; i++) { JSON.stringify(i); wx.canIUse('a') }", "")},
}

// TestBoundsEnd checks programs just below and beyond a bound that ends paths: below, right is proved and wrong refuted; beyond, right is
// unproven for that bound, and wrong is not proved.
func TestBoundsEnd(t *testing.T) {
	for _, p := range pairs {
		t.Run(p.bound, func(t *testing.T) {
			o := flow.Options{Bounds: map[string]int{p.bound: p.at}}
			for _, c := range []struct {
				size    int
				ask     string
				allowed []flow.Outcome
			}{
				{p.below, asks, []flow.Outcome{flow.Proved}},
				{p.below, "", []flow.Outcome{flow.Refuted}},
				{p.above, asks, []flow.Outcome{flow.Unproven}},
				{p.above, "", []flow.Outcome{flow.Unproven, flow.Refuted}},
			} {
				r := analyze(t, o, p.files(c.size, c.ask))
				call := callIn(t, r, flow.SetEnable)
				if !has(c.allowed, call.Before.Outcome) && !(call.Cut && has(c.allowed, flow.Unproven)) {
					t.Errorf("%d, asks %t: %+v", c.size, c.ask != "", call.Before)
				}
				met := met(r, p.bound)
				if met != (c.size == p.above) {
					t.Errorf("%d, asks %t: met %t, gave up %+v", c.size, c.ask != "", met, r.GaveUp)
				}
				if c.size == p.above && call.Before.Outcome == flow.Unproven && call.Before.Bound != p.bound {
					t.Errorf("%d: unproven by %q and not %q", c.size, call.Before.Bound, p.bound)
				}
			}
		})
	}
}

// values are programs in which the n-th value decides: a right and a wrong one.
var values = []struct {
	bound            string
	at, below, above int
	files            func(n int, ask string) map[string]string
}{
	{"values", 6, 3, 9, func(n int, ask string) map[string]string {
		return withHandlers(n, "this.setData({ state: 'state$i' })", "if (this.data.state !== 'ready') return;", ask)
	}},
	{"alternatives", 6, 2, 9, func(n int, ask string) map[string]string {
		return withHandlers(n, "this.setData({ state: 'state$i' })", "if (this.data.state !== 'ready') return;", ask)
	}},
	{"objects", 4, 3, 6, page("const list = [<<{ id: $i, on: false }, >>]", "if (list[await new Promise((r) => wx.request({ success: (res) => r(res.data) }))].id === 77) { await wx.setEnable1v1Chat({ enable: true }) }")},
	{"keys", 4, 3, 6, page("", "const m = new Map(); <<m.set('k$i', 1); >> if (!m.has('k' + ($n - 1))) return;")},
	{"text", 40, 10, 90, page("", "let s = ''; <<s += 'a'; >> if (s.length !== $n) return;")},
	{"elements", 8, 5, 12, page("", "const list = []; <<list.push($i); >> if (list.length !== $n) return;")},
	{"quiet-turns", 20, 10, 30, page("", "let sum = 0; for (let i = 0; i < $n; i++) { sum += i } if (sum < 0) return;")},
	{"matched", 40, 10, 90, page("", "let s = ''; <<s += 'a'; >> if (!/^a+$/.test(s)) return;")},
	{"ticks", 6, 3, 12, func(n int, ask string) map[string]string {
		return map[string]string{"p/i.js": fmt.Sprintf(`Page({ data: { over: false },
			onShow() { let n = %d; const t = setInterval(() => { n--; if (n === 0) { clearInterval(t); this.setData({ over: true }) } }, 1000) },
			async onTap() { if (!this.data.over) return; %s await wx.setEnable1v1Chat({ enable: true }) } })`, n, ask)}
	}},
	{"starts", 3, 2, 6, func(n int, ask string) map[string]string {
		part := "Component({ methods: { "
		template := ""
		for i := range n {
			part += fmt.Sprintf("press%d() { this.triggerEvent('go', { kind: 'kind%d' }) }, ", i, i)
			template += fmt.Sprintf(`<view bindtap="press%d"/>`, i)
		}
		return map[string]string{
			"c/c.js": part + "} })", "c/c.wxml": template, "c/c.json": `{ "component": true }`, "p/i.json": `{ "usingComponents": { "c": "/c/c" } }`, "p/i.wxml": `<c bindgo="onTap"/>`,
			"p/i.js": "Page({ data: {}, async onTap(e) { if (e.detail.kind === 'kind9') return; " + ask + " await wx.setEnable1v1Chat({ enable: true }) } })",
		}
	}},
	{"recursion", 3, 1, 9, page("let depth = 0\nfunction walk(n) { depth = n; if (n < $n) walk(n + 1) }", "if (wx.getAppBaseInfo().theme) walk(0); if (depth > 50) return;")},
	{"copied", 3, 2, 6, page("", "const o = JSON.parse(JSON.stringify("+"<<{ a: >>1<< }>>"+")); let x = o; <<x = x.a; >> if (x !== 1) return;")},
	{"json", 3, 2, 6, page("", "let x = JSON.parse('"+`<<{"a":>>1<<}>>`+"'); <<x = x.a; >> if (x !== 1) return;")},
}

// withHandlers is a page with n handlers that write, and one that writes 'ready' where it asked.
func withHandlers(n int, write, test, ask string) map[string]string {
	members, template := "", `<view bindtap="onTap"/><view bindtap="ask"/>`
	for i := range n {
		members += fmt.Sprintf("h%d() { %s },\n", i, strings.ReplaceAll(write, "$i", strconv.Itoa(i)))
		template += fmt.Sprintf(`<view bindtap="h%d"/>`, i)
	}
	return map[string]string{
		"p/i.js":   "Page({ data: { state: '' },\n" + members + "async ask() { " + ask + " this.setData({ state: 'ready' }) },\nasync onTap() { " + test + " await wx.setEnable1v1Chat({ enable: true }) } })",
		"p/i.wxml": template,
	}
}

// TestBoundsOpen checks programs in which a bound leaves a value open: nothing that was proved below is refuted beyond, nor the other way round.
func TestBoundsOpen(t *testing.T) {
	for _, p := range values {
		t.Run(p.bound, func(t *testing.T) {
			o := flow.Options{Bounds: map[string]int{p.bound: p.at}}
			for _, ask := range []string{asks, ""} {
				below, above := analyze(t, o, p.files(p.below, ask)), analyze(t, o, p.files(p.above, ask))
				was, is := callIn(t, below, flow.SetEnable).Before, callIn(t, above, flow.SetEnable).Before
				if met(below, p.bound) || !met(above, p.bound) {
					t.Errorf("asks %t: met below %t, beyond %t", ask != "", met(below, p.bound), met(above, p.bound))
				}
				if was.Outcome != is.Outcome && is.Outcome != flow.Unproven {
					t.Errorf("asks %t: %+v becomes %+v", ask != "", was, is)
				}
				if want := map[bool]flow.Outcome{true: flow.Proved, false: flow.Refuted}[ask != ""]; was.Outcome != want && p.bound != "objects" {
					t.Errorf("asks %t: below it is %+v", ask != "", was)
				}
			}
		})
	}
}

func has(list []flow.Outcome, o flow.Outcome) bool {
	for _, one := range list {
		if one == o {
			return true
		}
	}
	return false
}

// met reports whether a bound was met.
func met(r *flow.Result, bound string) bool {
	for _, g := range r.GaveUp {
		if g.Bound == bound {
			return true
		}
	}
	return false
}

// sizes are literals that bound nothing which is followed, by the text of the comparison.
var sizes = map[string]string{
	"len(text) > 20_000": "how large a file is that may be made small", "len(text) > 300 * (1 + bytes.Count(text, …(\"\\n\")))": "how long its lines are",
	"len(name) < 3": "names that say nothing", "len(n.Value) >= 40": "texts that are no names", "len(s.Value) < 40": "texts that may be names",
	"len(r) > 60":                   "a text that is shown",
	"len(table) > 128":              "when a table is made anew",
	"len(x.Value) < 40":             "names that may be put together",
	"r.n >= 64":                     "the width of a mask; alternatives are fewer",
	"n > 1 << 30":                   "the language",
	"n > 2":                         "a function that hands itself over and decided something",
	"radix < 2":                     "the language",
	"radix > 36":                    "the language",
	"len(l.name) > 3":               "a name",
	"len(name) > 2":                 "a name",
	"len(k) < 3":                    "a name",
	"len(f.Params) > 3":             "the form of a compiler's function",
	"len(v.few) < mostListed":       "how a scope is stored",
	"m.count[s] > 2*scopeCount + 4": "both scopes and a retry",
}

// TestEveryBoundIsARow looks for numbers in the package's code that something which grows is compared with: they belong in the table.
func TestEveryBoundIsARow(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	grows := regexp.MustCompile(`^(len\(|n$|i$|depth$|open$|count|turns$|.*\.(depth|nest|turns|steps|grown|count|nesting|rendered|restarts)$|.*(depth|count|deep)$)`)
	for _, file := range files {
		if file == "bounds.go" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op != token.LSS && n.Op != token.GTR && n.Op != token.LEQ && n.Op != token.GEQ {
					return true
				}
				x, y := text(n.X), text(n.Y)
				least := 2
				if x == "len(args)" || x == "len(rest)" || x == "len(parts)" {
					least = 8 // how many there are of what the language, or a path, has few of
				}
				if number, ok := literal(n.Y); ok && number >= least && grows.MatchString(x) && sizes[x+" "+n.Op.String()+" "+y] == "" {
					t.Errorf("%s: %s %s %s: give the number a row in the table of bounds", set.Position(n.Pos()), x, n.Op, y)
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) && regexp.MustCompile(`^(max|most|enough)[A-Z]`).MatchString(name.Name) && name.Name != "mostFibers" && name.Name != "mostListed" && name.Name != "mostCompared" {
						t.Errorf("%s: %s: give it a row in the table of bounds", set.Position(n.Pos()), name.Name)
					}
				}
			}
			return true
		})
	}
}

// literal is a whole number, be it with a sign, a sum or a product.
func literal(x ast.Expr) (int, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		n, err := strconv.ParseInt(strings.ReplaceAll(x.Value, "_", ""), 0, 64)
		return int(n), err == nil && x.Kind == token.INT
	case *ast.ParenExpr:
		return literal(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.QUO {
			return 0, false
		}
		a, okA := literal(x.X)
		b, okB := literal(x.Y)
		return max(a, b), okA || okB
	}
	return 0, false
}

// text writes an expression.
func text(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.BasicLit:
		return x.Value
	case *ast.SelectorExpr:
		return text(x.X) + "." + x.Sel.Name
	case *ast.CallExpr:
		var args []string
		for _, a := range x.Args {
			args = append(args, text(a))
		}
		return text(x.Fun) + "(" + strings.Join(args, ", ") + ")"
	case *ast.IndexExpr:
		return text(x.X) + "[" + text(x.Index) + "]"
	case *ast.BinaryExpr:
		return text(x.X) + " " + x.Op.String() + " " + text(x.Y)
	case *ast.ParenExpr:
		return "(" + text(x.X) + ")"
	}
	return "…"
}

// TestEveryRowIsTried checks that there is a pair of programs for each row that ends paths or leaves values open.
func TestEveryRowIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, p := range pairs {
		tried[p.bound] = true
	}
	for _, p := range values {
		tried[p.bound] = true
	}
	for _, p := range rows {
		tried[p.bound] = true
	}
	for _, b := range flow.Bounds() {
		if (b.Met == flow.Ends || b.Met == flow.Opens) && !tried[b.Name] {
			t.Errorf("no programs are made just below and beyond %s", b.Name)
		}
	}
}

// TestTable checks that the rows have names of their own and say what they do.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range flow.Bounds() {
		if b.Name == "" || b.Value <= 0 || b.Of == "" || b.Met == "" || seen[b.Name] {
			t.Errorf("%+v", b)
		}
		seen[b.Name] = true
	}
}
