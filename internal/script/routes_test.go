package script

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/source"
)

// TestRoutes parses the same JavaScript as it is and through the compiler. Both give the same tree
// with the same places, but for constants, which the compiler computes, and empty statements.
func TestRoutes(t *testing.T) {
	compared := 0
	for _, name := range codeFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		x := lex(text, JavaScript)
		if d, _ := dialectOf(name); d != JavaScript || x.jsx {
			continue
		}
		plain := &lexed{text: x.text, tokens: x.tokens, comments: x.comments}
		direct, failed := parseSobek(plain, &converter{places: places{original: x, parsed: plain}})
		if failed != nil {
			continue // asi.js and the like need the compiler
		}
		compiled, failed := parseLowered(x, x.withoutSourceMap(x.text), JavaScript, unknown)
		if failed != nil {
			t.Errorf("%s: %s", name, failed.why)
			continue
		}
		compared++
		file := source.NewFile(name, name, text)
		direct.File, compiled.File = file, file
		if diff := cmp.Diff(outline(direct), outline(compiled)); diff != "" {
			t.Errorf("%s: (-direct +compiled)\n%s", name, diff)
		}
	}
	if compared < 20 {
		t.Errorf("only %d files compared", compared)
	}
}

// outline lists the nodes of p with their places; a constant is one entry.
func outline(p *Program) []string {
	var lines []string
	add := func(n Node, what string, at Loc) {
		lines = append(lines, fmt.Sprintf("%T %s %d-%d", n, what, at.Start, at.End))
	}
	WalkProgram(p, func(n Node) bool {
		if x, ok := n.(Expr); ok {
			if value, ok := constant(x); ok {
				add(&String{}, value, Loc{x.Range().Start, 0})
				return false
			}
		}
		switch n := n.(type) {
		case *Ident:
			add(n, n.Name, n.Loc)
		case *Member:
			add(n, n.Name, n.NameLoc)
			add(n, "whole", n.Loc)
		case *Property:
			add(n, fmt.Sprint(n.Name, n.Kind, n.Method, n.Shorthand), n.KeyLoc)
		case *ClassMember:
			add(n, fmt.Sprint(n.Name, n.Kind, n.Static, n.Field), n.KeyLoc)
		case *Empty:
		case *Labeled:
			add(n, n.Label, n.Loc)
		default:
			add(n, "", n.Range())
		}
		return true
	})
	return lines
}

// constant returns the text that x always is.
func constant(x Expr) (string, bool) {
	switch x := x.(type) {
	case *String:
		return x.Value, true
	case *Number:
		return strconv.FormatFloat(x.Value, 'g', -1, 64), true
	case *Binary:
		l, ok := constant(x.L)
		r, ok2 := constant(x.R)
		if _, number := x.L.(*Number); ok && ok2 && x.Op == "+" && !number {
			return l + r, true
		}
	}
	return "", false
}

// TestPositionsOfErrors checks that errors of both ways point into the file they are about.
func TestPositionsOfErrors(t *testing.T) {
	for _, text := range []string{"(", "a b", "let a: =", "\n\n  }", "变量 变量", "x = `", "\"\xff", "/*", "<a>", "import {"} {
		for _, dialect := range []Dialect{JavaScript, TypeScript, TypeScriptJSX} {
			file := source.NewFile("a", "a", []byte(text))
			if _, err := Parse(file, file.Text, dialect); err != nil {
				if err.At.Start < 0 || err.At.End > len(text) || err.At.Start > err.At.End || strings.TrimSpace(err.Why) == "" {
					t.Errorf("%q: %d to %d: %q", text, err.At.Start, err.At.End, err.Why)
				}
			}
		}
	}
}
