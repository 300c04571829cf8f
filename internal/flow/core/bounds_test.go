package core

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
	"github.com/voipcheck/voipcheck/internal/flow/builtin"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// unbounding are constants whose names are those of bounds and that bound nothing of a program.
var unbounding = map[string]string{
	"ir.mostWords":         "functions with more registers are analysed in parts",
	"builtin.mostSteps":    "the library's own code, when it is loaded",
	"platform.mostWrapped": "what is wrapped more often is taken to matter",
	"platform.deepest":     "what is not looked through is told as such",
}

var boundName = regexp.MustCompile(`^([mM]ost|[dD]eepest|[lL]ongest|[mM]ax)([A-Z]|$)`)

// TestTable checks that every bound of the engine is a row of the table: the constants, and what causes are called after.
func TestTable(t *testing.T) {
	names, consts := map[string]bool{"": true}, map[string]bool{}
	for _, row := range Table(Usual, builtin.Usual) {
		if names[row.Name] {
			t.Errorf("there are two rows %s", row.Name)
		}
		if row.Most <= 0 || row.Of == "" || row.Met == "" {
			t.Errorf("the row %s does not tell all: %+v", row.Name, row)
		}
		names[row.Name], consts[row.Const] = true, true
	}
	found := map[string]bool{}
	for _, room := range []string{"ir", "value", "state", "slice", "exec", "builtin", "builtin/pattern", "explore", "platform", "verdict", "core"} {
		files, err := filepath.Glob(filepath.Join("..", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range constants(parsed) {
				full := parsed.Name.Name + "." + name
				found[full] = true
				if boundName.MatchString(name) && !consts[full] && unbounding[full] == "" {
					t.Errorf("%s: the bound %s is no row of the table", file, full)
				}
			}
			for _, name := range causes(parsed) {
				if !names[name] {
					t.Errorf("%s: something is given up because of %q, which is no row of the table", file, name)
				}
			}
		}
	}
	for name := range consts {
		if name != "" && !found[name] {
			t.Errorf("there is no constant %s", name)
		}
	}
}

// constants are the names of a file's constants.
func constants(f *ast.File) []string {
	var out []string
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				for _, n := range s.(*ast.ValueSpec).Names {
					out = append(out, n.Name)
				}
			}
		}
	}
	return out
}

// causes are the names of bounds that a file gives things up because of.
func causes(f *ast.File) []string {
	at := map[string]int{"bound": 1, "GivenUp": 1, "Bound": 1, "meet": 0, "cause": 0}
	var out []string
	text := func(x ast.Expr) {
		if lit, ok := x.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			name, err := strconv.Unquote(lit.Value)
			if err == nil {
				out = append(out, name)
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok {
				if arg, ok := at[s.Sel.Name]; ok && arg < len(n.Args) {
					text(n.Args[arg])
				}
			}
		case *ast.KeyValueExpr:
			if k, ok := n.Key.(*ast.Ident); ok && k.Name == "Bound" {
				text(n.Value)
			}
		}
		return true
	})
	return out
}

// beyond are programs for rows of the table: the page's code, in which %s is the test that leads to enabling, for so many of what the row
// bounds. The test holds, so that a page which asks is right and one that does not is wrong.
var beyond = []struct {
	row          string
	lower        func(*Options)
	below, above int
	code         func(n int) (helper, test string)
	// decided tells that what lies beyond may be decided all the same.
	decided bool
}{
	{"calls", func(o *Options) { o.Most.Depth = 40 }, 20, 60, func(n int) (string, string) {
		return "const down = n => n === 0 ? true : down(n - 1)", fmt.Sprintf("down(%d)", n)
	}, false},
	{"elements", func(o *Options) { o.Most.Elements = 20 }, 10, 40, func(n int) (string, string) {
		return "const list = []; ", fmt.Sprintf("(list[%d] = true) && list.length === %d", n, n+1)
	}, false},
	{"text", func(o *Options) { o.Most.Text = 100 }, 50, 200, func(n int) (string, string) {
		return "const text = n => 'x'.repeat(n)", fmt.Sprintf("text(%d).length === %d", n, n)
	}, false},
	{"steps", func(o *Options) { o.Bounds.Steps = 3000 }, 10, 1000, func(n int) (string, string) {
		return "const sum = n => { let s = 0; for (let i = 0; i < n; i++) s += i; return s }", fmt.Sprintf("sum(%d) === %d", n, n*(n-1)/2)
	}, true},
	{"nesting", nil, 100, 600, func(n int) (string, string) {
		return "const text = " + strconv.Quote(strings.Repeat("[", n)+strings.Repeat("]", n)), "JSON.parse(text).length < 2"
	}, false},
	{"regexp", nil, 5, 40, func(n int) (string, string) {
		return "const text = 'a'.repeat(" + strconv.Itoa(n) + ")", "!/^(a+)+$/.test(text + 'b')"
	}, false},
	{"flat", nil, 3, 1100, func(n int) (string, string) {
		return fmt.Sprintf("let list = [1]; for (let i = 0; i < %d; i++) list = [list]; const flat = list.flat(Infinity)", n), "flat.length === 1"
	}, true},
	{"alternatives", func(o *Options) { o.Bounds.Alternatives = 4 }, 3, 9, func(n int) (string, string) {
		var b strings.Builder
		b.WriteString("const pick = q => { let x = {n: 0}; switch (q) {")
		for i := range n {
			fmt.Fprintf(&b, "case 'k%d': x = {n: %d}; break;", i, i)
		}
		return b.String() + "} return x.n }", "pick(wx.getStorageSync('k')) < 1000"
	}, true},
}

// TestBeyond follows, for rows of the table, a program just below it, which is decided, and one above: that may only be unproven instead.
func TestBeyond(t *testing.T) {
	for _, c := range beyond {
		for _, asks := range []bool{true, false} {
			want := flow.Refuted
			if asks {
				want = flow.Proved
			}
			for _, n := range []int{c.below, c.above} {
				helper, test := c.code(n)
				v := enabled(t, page(helper, test, asks), c.lower)
				switch {
				case v.Outcome == want && (n == c.below || asks || c.decided):
				case v.Outcome == flow.Unproven && n == c.above:
					if v.Bound == "" && v.Unfollowed == "" && !v.NothingLeads {
						t.Errorf("%s: above it, the verdict has no reason", c.row)
					}
				case n == c.above && asks && v.Outcome == flow.Proved: // it is right whichever path is taken
				default:
					t.Errorf("%s: with %d, asking %t, the verdict is %v (%s %s), not %v", c.row, n, asks, v.Outcome, v.Bound, v.Unfollowed, want)
				}
			}
		}
	}
}

// TestBeyondNowhere follows the same programs with a test that never holds: above the row nobody may call that wrong.
func TestBeyondNowhere(t *testing.T) {
	for _, c := range beyond {
		for _, n := range []int{c.below, c.above} {
			helper, test := c.code(n)
			if v := enabled(t, page(helper, "!("+test+")", false), c.lower); v.Outcome == flow.Refuted {
				t.Errorf("%s: with %d, a call that never runs is refuted", c.row, n)
			}
		}
	}
}

// page is the code of a page that enables behind a test.
func page(helper, test string, asks bool) string {
	ask := ""
	if asks {
		ask = "await wx.authorize({ scope: 'scope.record' }); await wx.authorize({ scope: 'scope.camera' });"
	}
	return helper + "\nPage({ async call() { " + ask + " if (!(" + test + ")) return; wx.setEnable1v1Chat({ enable: true }) } })\n"
}

// enabled is the verdict on the enabling of a page.
func enabled(t *testing.T, code string, lower func(*Options)) flow.Verdict {
	t.Helper()
	files := miniprogram.MemFS(map[string]string{
		"app.json": `{"pages": ["p"]}`, "app.js": "App({})", "p.json": "{}", "p.js": code, "p.wxml": `<button bindtap="call">call</button>`,
	})
	projects, err := framework.Discover(files, []string{"."}, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, projects)
	}
	o := Options{Bounds: Usual, Most: builtin.Usual}
	if lower != nil {
		lower(&o)
	}
	for _, c := range Analyze(projects[0], o).Result().Calls {
		if c.API == flow.SetEnable {
			return c.Before
		}
	}
	t.Fatal("no enabling")
	return flow.Verdict{}
}
