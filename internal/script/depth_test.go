package script

import (
	"fmt"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// repeated is code whose depth grows with its length: open and close, n times, around or after inside.
type repeated struct {
	open, inside, close string
	dialect             Dialect
	deep                int // so many must be parsed
}

// nested are ways to nest. What real code does, minified code above all, is accepted to some depth.
var nested = []repeated{
	{"(", "a", ")", JavaScript, 1000},
	{"[", "a", "]", JavaScript, 1000},
	{"x={a:", "1", "}", JavaScript, 1000},
	{"f(", "a", ")", JavaScript, 1000},
	{"a[", "0", "]", JavaScript, 1000},
	{"if(a){", "b", "}", JavaScript, 700},
	{"(function(){", "a", "})()", JavaScript, 400},
	{"()=>{", "a", "}", JavaScript, 700},
	{"class A{m(){", "a", "}}", JavaScript, 400},
	{"`${", "a", "}`", JavaScript, 1000},
	{"<a>", "b", "</a>", JavaScript, 500},
	{"<a b={", "c", "}/>", JavaScript, 500},
	{"a+", "a", "", JavaScript, 5000},
	{"'a'+b.c+", "a", "", JavaScript, 2500},
	{"a&&", "a", "", JavaScript, 5000},
	{"a.", "a", "", JavaScript, 5000},
	{"a?.", "a", "", JavaScript, 5000},
	{"", "a", ".b()", JavaScript, 2500},
	{"", "a", "[0]", JavaScript, 5000},
	{"a=", "a", "", JavaScript, 5000},
	{"a?b:", "c", "", JavaScript, 3000},
	{"a,", "a", "", JavaScript, 100000},
	{"!", "a", "", JavaScript, 5000},
	{"typeof ", "a", "", JavaScript, 5000},
	{"new ", "a", "", JavaScript, 5000},
	{"x=>", "a", "", JavaScript, 1000},
	{"if(a);else ", "b", "", JavaScript, 2000},
	{"if(a){b,c}else ", "b", "", JavaScript, 1200},
	{"for(;;)", "a", "", JavaScript, 1000},
	{"do ", "a", ";while(b)", JavaScript, 500},
	{"l:", "a", "", JavaScript, 0},
	{"with(a)", "b", "", JavaScript, 1000},
	{"a;\n", "b", "", JavaScript, 100000},
	{"a\n", "b", "", JavaScript, 100000},
	{"function f(){}", "", "", JavaScript, 100000},
	{"switch(a){case 1:", "b", "}", JavaScript, 700},
	{"case 1:", "", "", JavaScript, 0},
	{"(a=", "b", ")=>c", JavaScript, 0},
	{"}", "", "", JavaScript, 0},
	{")", "", "", JavaScript, 0},
	{"{}/", "", "", JavaScript, 0},
	{"}/(", "", "", JavaScript, 0},
	{"/[(", "", "\n", JavaScript, 0},
	{"let x:A<", "B", ">", TypeScript, 0},
	{"type A=B extends C?D:", "E", "", TypeScript, 0},
	{"let x:A|", "B", "", TypeScript, 0},
	{"declare ", "a", "", TypeScript, 0},
	{"namespace a.", "b", "", TypeScript, 0},
	{"a as b as ", "c", "", TypeScript, 0},
	{"<a>", "b", "", TypeScript, 0},
	{"f<A>(", "b", ")", TypeScript, 0},
	{"a!.b", "c", "", TypeScript, 0},
	{"@a(", "b", ") class A{}", TypeScript, 0},
	{"<a b c>", "", "</a>", TypeScriptJSX, 0},
}

func (r repeated) code(n int) []byte {
	return []byte(strings.Repeat(r.open, n) + r.inside + strings.Repeat(r.close, n))
}

// TestDepth parses what is nested as deeply as real code can be, and much deeper: that is refused, or
// parsed, but never overflows the stack; and no tree is deeper than promised.
func TestDepth(t *testing.T) {
	limits := DefaultLimits
	for _, r := range nested {
		t.Run(fmt.Sprintf("%s %s %s", r.open, r.inside, r.close), func(t *testing.T) {
			if !trial.Sampled(t.Name(), 1) {
				t.Skip("not in a short run")
			}
			t.Parallel()
			if r.deep > 0 {
				p, err := parseCode(DefaultLimits, r.code(r.deep), r.dialect)
				if err != nil {
					t.Errorf("%d deep: %s", r.deep, err.Why)
				} else if d := depthOf(p); d > maxTreeDepth+10 {
					t.Errorf("the tree is %d deep", d)
				}
			}
			for _, n := range []int{20000, 100000} {
				if p, err := parseCode(limits, r.code(n), r.dialect); err == nil {
					if d := depthOf(p); d > maxTreeDepth+10 {
						t.Errorf("the tree is %d deep", d)
					}
				}
			}
		})
	}
}

func parseCode(l Limits, text []byte, dialect Dialect) (*Program, *SyntaxError) {
	return l.Parse(source.NewFile("a", "a", text), text, dialect)
}

// depthOf returns how many nodes stand inside one another.
func depthOf(p *Program) int {
	deepest := 0
	var down func(n Node, depth int)
	down = func(n Node, depth int) {
		deepest = max(deepest, depth)
		self := true
		Walk(n, func(m Node) bool {
			if self {
				self = false
				return true
			}
			down(m, depth+1)
			return false
		})
	}
	for _, s := range p.Body {
		down(s, 1)
	}
	return deepest
}

// TestRefusals checks that what goes beyond a limit is refused for that reason.
func TestRefusals(t *testing.T) {
	limits := DefaultLimits
	limits.MaxBytes = 1000
	for _, c := range []struct {
		name string
		code string
		kind Refusal
	}{
		{"large", strings.Repeat("a;", 501), TooLarge},
		{"broken", "a b", Broken},
		{"nested arrow defaults", strings.Repeat("(a=", 30) + "b" + strings.Repeat(")=>c", 30), TooDeep},
		{"conditional arrows", "x=" + strings.Repeat("a?(b):c=>", 17) + "d", TooDeep},
		{"conditional arrows in blocks", "x=" + strings.Repeat("a?(b):c=>{return ", 17) + "d" + strings.Repeat("}", 17), TooDeep},
	} {
		if _, err := parseCode(limits, []byte(c.code), TypeScript); err == nil || err.Kind != c.kind {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := parseCode(DefaultLimits, []byte(strings.Repeat("(", 2000)), JavaScript); err == nil || err.Kind != TooDeep || err.At.Start < DefaultLimits.MaxDepth {
		t.Errorf("brackets: %v", err)
	}
}
