package flow

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// TestValues evaluates the lines of testdata/values.txt.
func TestValues(t *testing.T) {
	text, err := os.ReadFile("testdata/values.txt")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		code, want, ok := strings.Cut(line, " ==> ")
		if strings.HasPrefix(line, "#") || !ok {
			continue
		}
		want, more, _ := strings.Cut(want, "; ")
		t.Run(fmt.Sprintf("line %d", n+1), func(t *testing.T) {
			if got := evaluate(t, code, more); got != want {
				t.Errorf("%s\n got %s\nwant %s", code, got, want)
			}
		})
	}
}

// evaluate runs code, whose last statement is an expression, on every way and returns the values that it has in the end.
func evaluate(t *testing.T, code, more string) string {
	file := source.NewFile("case.js", "case.js", []byte(code+"\n"+more))
	s := &miniprogram.Script{File: file, Text: file.Text}
	syntax, err := script.Parse(file, file.Text, script.JavaScript)
	if err != nil {
		t.Fatal(err)
	}
	a := newAnalysis(&miniprogram.Project{Framework: miniprogram.Native}, Options{})
	p := a.adopt(syntax, s)
	a.relevance.grow([]*program{p})
	m := &machine{a: a}
	seen := map[string]bool{}
	e := &entry{starts: []start{{}}}
	m.explore(e, func() {
		m.task(context{}, func() {
			scope := &env{call: &activation{}}
			m.hoist(p, scope, nil, syntax.Body)
			out := undefined
			for _, st := range syntax.Body {
				if x, ok := st.(*script.ExprStmt); ok {
					out = m.eval(p, scope, x.X)
					continue
				}
				m.exec(p, scope, st)
			}
			for _, v := range m.alternatives(out) {
				seen[show(v)] = true
			}
		})
	})
	values := make([]string, 0, len(seen))
	for v := range seen {
		values = append(values, v)
	}
	sort.Strings(values)
	return strings.Join(values, " | ")
}

// alternatives lists what a value may be.
func (m *machine) alternatives(v value) []value {
	if v.kind != kSymbol || v.sym.root == nil {
		return []value{v}
	}
	var out []value
	mask := m.mask(v.sym.root)
	for i, alt := range v.sym.vals {
		if mask&(1<<i) != 0 {
			out = append(out, m.alternatives(alt)...)
		}
	}
	return out
}

func show(v value) string {
	switch v.kind {
	case kString:
		return fmt.Sprintf("%q", v.str)
	case kSymbol:
		return "?"
	case kObject:
		return "object"
	}
	s, _ := v.key()
	return s
}
