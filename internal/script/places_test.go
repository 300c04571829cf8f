package script

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/source"
)

// TestPlaces looks at the text at every place of every program in testdata/code: names, keys, strings
// and brackets stand where the tree says.
func TestPlaces(t *testing.T) {
	total := map[string]int{}
	for _, name := range codeFiles(t) {
		p := parseFile(t, name)
		for kind, tally := range checkPlaces(p) {
			total[kind] += tally.total
			for _, wrong := range tally.wrong {
				t.Error(wrong)
			}
		}
	}
	for kind, least := range map[string]int{"identifier": 3000, "member": 1000, "key": 500, "string": 400, "call": 700, "object": 250, "function": 400} {
		if total[kind] < least {
			t.Errorf("%d of kind %s looked at, fewer than %d", total[kind], kind, least)
		}
	}
}

// codeFiles returns the names of the code that is there to be parsed: written by hand, and
// what compilers and minifiers made of it.
func codeFiles(t testing.TB) []string {
	var names []string
	for _, pattern := range []string{"testdata/code/*.*", "testdata/code/built/*.*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) < 30 {
		t.Fatalf("only %d files of code", len(names))
	}
	return names
}

func parseFile(t testing.TB, name string) *Program {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dialect, ok := dialectOf(name)
	if !ok {
		t.Fatalf("%s: no dialect", name)
	}
	p, failed := Parse(source.NewFile(name, filepath.Base(name), text), text, dialect)
	if failed != nil {
		t.Fatal(failed)
	}
	return p
}

// tally counts, for one kind of place, how many were looked at and which were wrong.
type tally struct {
	total int
	wrong []string
}

// placeCheck looks at the text at the places of a program.
type placeCheck struct {
	p       *Program
	tallies map[string]*tally
	// What JSX writes without the brackets and quotes of JavaScript.
	attributes map[Expr]bool
	written    map[Expr]bool
}

// element notes the parts of an element that are written in its own way.
func (c *placeCheck) element(n *JSX) {
	c.written[n.Type] = true
	if o, ok := n.Props.(*ObjectLit); ok {
		c.attributes[o] = true
		for _, p := range o.Props {
			c.written[p.Value] = true
		}
	}
	for _, x := range n.Children {
		c.written[x] = true
	}
}

func checkPlaces(p *Program) map[string]*tally {
	c := &placeCheck{p: p, tallies: map[string]*tally{}, attributes: map[Expr]bool{}, written: map[Expr]bool{}}
	for _, s := range p.Body {
		Walk(s, func(n Node) bool {
			c.node(n)
			return true
		})
	}
	return c.tallies
}

func (c *placeCheck) check(kind string, at Loc, ok bool, want string) {
	t := c.tallies[kind]
	if t == nil {
		t = &tally{}
		c.tallies[kind] = t
	}
	t.total++
	if !ok {
		from := source.Span{File: c.p.File, Start: at.Start, End: at.End}.From()
		t.wrong = append(t.wrong, fmt.Sprintf("%s:%d:%d: %s %q stands for %q", c.p.File.Path, from.Line, from.Column, kind, shortened(c.text(at)), shortened(want)))
	}
}

func (c *placeCheck) text(at Loc) string {
	if at.Start < 0 || at.End > len(c.p.File.Text) || at.Start > at.End {
		return "(outside)"
	}
	return string(c.p.File.Text[at.Start:at.End])
}

func shortened(s string) string {
	if len(s) > 60 {
		return s[:60] + "..."
	}
	return s
}

func (c *placeCheck) node(n Node) {
	text := c.p.File.Text
	at := n.Range()
	inside := 0 <= at.Start && at.Start <= at.End && at.End <= len(text)
	c.check("node", at, inside, fmt.Sprintf("%T", n))
	if !inside {
		return
	}
	got := string(text[at.Start:at.End])
	around := func(left, right string) bool { return strings.HasPrefix(got, left) && strings.HasSuffix(got, right) }
	switch n := n.(type) {
	case *Ident:
		c.check("identifier", at, sameName(got, n.Name), n.Name)
	case *Member:
		c.check("member", n.NameLoc, sameName(c.text(n.NameLoc), n.Name), n.Name)
		c.check("member end", at, n.NameLoc.End == at.End, n.Name)
	case *Property:
		if n.Kind != PropSpread && n.Computed == nil {
			c.check("key", n.KeyLoc, sameKey(c.text(n.KeyLoc), n.Name), n.Name)
		}
	case *ClassMember:
		if !n.Block && n.Computed == nil {
			c.check("class key", n.KeyLoc, sameKey(c.text(n.KeyLoc), n.Name), n.Name)
		}
	case *String:
		if !c.written[n] {
			c.check("string", at, sameString(got, n.Value), n.Value)
		}
	case *ObjectLit:
		if !c.attributes[n] {
			c.check("object", at, around("{", "}"), "{...}")
		}
	case *JSX:
		c.check("element", at, around("<", ">"), "<...>")
		c.element(n)
	case *ArrayLit:
		c.check("array", at, around("[", "]"), "[...]")
	case *Call:
		c.check("call", at, strings.HasSuffix(got, ")"), "...)")
	case *Func:
		if n.Result == nil {
			c.check("function", at, strings.HasSuffix(got, "}"), "...}")
		}
	case *Class:
		c.check("class", at, around("class", "}"), "class ...}")
	case *Block:
		c.check("block", at, around("{", "}") || strings.HasPrefix(got, "with"), "{...}")
	case *If:
		c.check("if", at, strings.HasPrefix(got, "if"), "if")
	}
}

// sameName reports whether a name is written got.
func sameName(got, name string) bool {
	return got == name || strings.Contains(got, `\`)
}

// sameKey reports whether a key is written got.
func sameKey(got, name string) bool {
	if strings.HasPrefix(got, "[") {
		got = strings.TrimSpace(strings.Trim(got, "[]"))
		if strings.Contains(got, "+") {
			return true
		}
	}
	if got == name || strings.Contains(got, `\`) {
		return true
	}
	if len(got) >= 2 && strings.ContainsRune("\"'`", rune(got[0])) {
		return got[1:len(got)-1] == name
	}
	return got != "" && (isDigit(got[0]) || got[0] == '.')
}

// sameString reports whether a string is written got.
func sameString(got, value string) bool {
	if len(got) < 2 || !strings.ContainsRune("\"'`", rune(got[0])) || got[len(got)-1] != got[0] {
		return false
	}
	inside := got[1 : len(got)-1]
	if strings.Contains(inside, string(got[0])) {
		return true // "a" + "b", which the compiler made one
	}
	return inside == value || strings.ContainsAny(inside, "\\\r")
}
