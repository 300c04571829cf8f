package script

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/source"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// FuzzParse checks of any text that parsing ends in either a program or an error, the same each time,
// that every place is inside the file, and, for JavaScript parsed as it is, that names stand at their places.
func FuzzParse(f *testing.F) {
	var seeds trial.Seeds
	cases, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if dialect, ok := dialectOf(file.Name); ok {
				seeds.Add(file.Data, int(dialect))
			}
		}
	}
	for _, name := range codeFiles(f) {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		dialect, _ := dialectOf(name)
		if len(text) < 3000 {
			seeds.Add(text, int(dialect))
		}
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text []byte, d int) {
		if len(text) > 20000 {
			return
		}
		dialect := Dialect(uint(d) % 3)
		file := source.NewFile("a", "a", text)
		p, err := Parse(file, text, dialect)
		if (p == nil) == (err == nil) {
			t.Fatalf("program %v and error %v", p, err)
		}
		if err != nil {
			if err.At.Start < 0 || err.At.End > len(text) || err.At.Start > err.At.End {
				t.Errorf("error %q at %d to %d of %d", err.Why, err.At.Start, err.At.End, len(text))
			}
			return
		}
		for _, wrong := range outside(p, len(text)) {
			t.Errorf("%T at %+v of %d", wrong, wrong.Range(), len(text))
		}
		if again, err := Parse(file, text, dialect); err == nil && dump(again) != dump(p) {
			t.Error("not the same twice")
		}
		x := lex(validUTF8(text), dialect)
		plain := &lexed{text: x.text, tokens: x.tokens, comments: x.comments}
		if direct, err := parseSobek(plain, &converter{places: places{original: x, parsed: plain}}); err == nil {
			direct.File = source.NewFile("a", "a", x.text)
			for _, kind := range []string{"identifier", "member", "object", "array"} {
				if tally := checkPlaces(direct)[kind]; tally != nil {
					for _, wrong := range tally.wrong {
						t.Error(wrong)
					}
				}
			}
		}
	})
}

// outside returns the nodes whose places are not in a text of the size.
func outside(p *Program, size int) []Node {
	var wrong []Node
	bad := func(at Loc) bool { return at.Start < 0 || at.End > size || at.Start > at.End }
	WalkProgram(p, func(n Node) bool {
		is := bad(n.Range())
		switch n := n.(type) {
		case *Member:
			is = is || bad(n.NameLoc)
		case *Property:
			is = is || bad(n.KeyLoc)
		case *ClassMember:
			is = is || bad(n.KeyLoc)
		case *Import:
			is = is || bad(n.FromLoc)
			for _, name := range n.Names {
				is = is || bad(name.Loc)
			}
		case *Export:
			is = is || bad(n.FromLoc)
			for _, name := range n.Names {
				is = is || bad(name.Loc)
			}
		}
		if is {
			wrong = append(wrong, n)
		}
		return true
	})
	for _, c := range p.Comments {
		if bad(c.Loc) {
			wrong = append(wrong, c)
		}
	}
	return wrong
}
