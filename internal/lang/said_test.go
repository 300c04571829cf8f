package lang_test

// Everything that the program says, found in its source: both languages are there, and take the same arguments.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// verb is a place for an argument, with its number if it has one.
var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z%])`)

// arguments lists what a sentence takes: each argument's number and verb.
func arguments(sentence string) string {
	var out []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(sentence, -1) {
		if m[2] == "%" {
			continue
		}
		if n, err := strconv.Atoi(m[1]); err == nil {
			next = n
		}
		out = append(out, strconv.Itoa(next)+m[2])
		next++
	}
	sort.Strings(out)
	return strings.Join(uniq(out), " ")
}

func uniq(sorted []string) []string {
	var out []string
	for i, s := range sorted {
		if i == 0 || s != sorted[i-1] {
			out = append(out, s)
		}
	}
	return out
}

// constant is the value of a string literal or a sum of such; parts that are no literals count as nothing.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, a := constant(e.X)
		right, b := constant(e.Y)
		return left + right, a || b
	case *ast.ParenExpr:
		return constant(e.X)
	}
	return "", false
}

// said tells of a call whose first two arguments say one thing in both languages.
func said(c *ast.CallExpr) bool {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && len(c.Args) == 2 && (x.Name == "lang" && f.Sel.Name == "T" || f.Sel.Name == "say" || f.Sel.Name == "title")
	case *ast.Ident:
		return f.Name == "T" && len(c.Args) == 2
	}
	return false
}

// eachPair calls do with every sentence of the program's source that is said in two arguments of a call, in both languages.
func eachPair(t *testing.T, do func(at, en, zh string)) {
	t.Helper()
	count := 0
	eachNode(t, func(set *token.FileSet, n ast.Node) {
		c, ok := n.(*ast.CallExpr)
		if !ok || !said(c) {
			return
		}
		en, a := constant(c.Args[0])
		zh, b := constant(c.Args[1])
		if !a && !b {
			return // names, or text made elsewhere
		}
		count++
		do(set.Position(n.Pos()).String(), en, zh)
	})
	if count < 300 {
		t.Errorf("only %d sentences found: the search is broken", count)
	}
}

// eachText calls do with everything that the program says, one language at a time: what is Chinese, and what stands beside it, among
// the arguments of a call or the parts of a value, and is not.
func eachText(t *testing.T, do func(at, text string, isChinese bool)) {
	t.Helper()
	eachNode(t, func(set *token.FileSet, n ast.Node) {
		for _, text := range textsOf(n) {
			do(set.Position(n.Pos()).String(), text, chinese(text))
		}
	})
}

// textsOf are the constant texts that are directly in a call or a value, where one of them is Chinese.
func textsOf(n ast.Node) []string {
	var parts []ast.Expr
	switch n := n.(type) {
	case *ast.CallExpr:
		parts = n.Args
	case *ast.CompositeLit:
		if list, ok := n.Type.(*ast.ArrayType); ok {
			if of, ok := list.Elt.(*ast.Ident); ok && of.Name == "string" {
				return nil // words to look for
			}
		}
		parts = n.Elts
	}
	var texts []string
	isSaid := false
	for _, e := range parts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		if text, ok := constant(e); ok {
			texts = append(texts, text)
			isSaid = isSaid || chinese(text)
		}
	}
	if !isSaid {
		return nil
	}
	return texts
}

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// eachNode calls do with every node of the program's source.
func eachNode(t *testing.T, do func(set *token.FileSet, n ast.Node)) {
	t.Helper()
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "fixtures" || strings.HasPrefix(d.Name(), ".") && name != top) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				do(set, n)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBothLanguagesAreThere(t *testing.T) {
	eachPair(t, func(at, en, zh string) {
		switch {
		case strings.TrimSpace(en) == "" || strings.TrimSpace(zh) == "":
			t.Errorf("%s: one language says nothing: %q, %q", at, en, zh)
		case arguments(en) != arguments(zh):
			t.Errorf("%s: different arguments, %s and %s: %q, %q", at, arguments(en), arguments(zh), en, zh)
		case en == zh && strings.Count(en, " ") > 3 && !strings.Contains(en, "%"):
			t.Errorf("%s: not translated: %q", at, en)
		}
	})
}

func TestArguments(t *testing.T) {
	for text, want := range map[string]string{
		"no argument, 100%%":   "",
		"%s of %d":             "1s 2d",
		"%[2]s 中的 %[1]q：%[3]s": "1q 2s 3s",
		"%[1]s and %[1]s":      "1s",
	} {
		if got := arguments(text); got != want {
			t.Errorf("%q takes %q, want %q", text, got, want)
		}
	}
}
