package jsondoc

import (
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

func TestPlaces(t *testing.T) {
	text := "{\n  \"权限\" : {\"a\": [1, true, null, \"x\\\"y\"]},\n  \"b\":-1.5e3}"
	d := Parse([]byte(text))
	if d.Err != nil {
		t.Fatal(d.Err)
	}
	var walk func(n *Node)
	var places []string
	walk = func(n *Node) {
		places = append(places, text[n.Start:n.End])
		for _, m := range n.Members {
			places = append(places, text[m.KeyStart:m.KeyEnd])
			walk(m.Value)
		}
		for _, e := range n.Elements {
			walk(e)
		}
	}
	walk(d.Root)
	want := []string{text, `"权限"`, `{"a": [1, true, null, "x\"y"]}`, `"a"`, `[1, true, null, "x\"y"]`,
		"1", "true", "null", `"x\"y"`, `"b"`, "-1.5e3"}
	if got := strings.Join(places, "¦"); got != strings.Join(want, "¦") {
		t.Errorf("got  %s\nwant %s", got, strings.Join(want, "¦"))
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct {
		name, text string // ¦ marks the place
	}{
		{"trailing comma", `{"a": 1,¦}`},
		{"missing comma", `{"a": 1 ¦"b": 2}`},
		{"single quotes", `{¦'a': 1}`},
		{"nothing", `¦`},
		{"cut off", `{"a": ¦`},
		{"open comment", `{"a": 1 ¦/* x }`},
		{"two values", `{} ¦{}`},
		{"a line end in a string", "{\"a\": \"x¦\n\"}"},
		{"after a comment", "{ // x\n \"a\" ¦1}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Index(c.text, "¦")
			d := Parse([]byte(strings.Replace(c.text, "¦", "", 1)))
			if d.Err == nil || d.Root != nil {
				t.Fatalf("read without an error: %+v", d.Root)
			}
			if d.Err.Offset != want {
				t.Errorf("error at %d, want %d: %v", d.Err.Offset, want, d.Err)
			}
		})
	}
}

func TestComments(t *testing.T) {
	text := "{\n// one\n\"a\": \"http://x\", /* two */ \"b\": 2}"
	d := Parse([]byte(text))
	if d.Err != nil || d.Root.StringOf("a") != "http://x" {
		t.Fatalf("not read: %v", d.Err)
	}
	if len(d.Comments) != 2 || text[d.Comments[0].Start:d.Comments[0].End] != "// one" ||
		text[d.Comments[1].Start:d.Comments[1].End] != "/* two */" {
		t.Errorf("comments %v", d.Comments)
	}
}

func TestTolerant(t *testing.T) {
	d := ParseTolerant([]byte("{\"a\": [1, 2,], // x\n}"))
	if d.Err != nil || len(d.Root.Get("a").Elements) != 2 {
		t.Errorf("not read: %v", d.Err)
	}
}

func TestDuplicates(t *testing.T) {
	text := `{"a": 1, "b": {"a": 2, "a": 3}, "a": 4}`
	d := Parse([]byte(text))
	if len(d.Duplicates) != 2 {
		t.Fatalf("got %v", d.Duplicates)
	}
	if s := d.Duplicates[0].Second.Start; s != strings.Index(text, `"a": 3`) {
		t.Errorf("first duplicate at %d", s)
	}
	if d.Root.Get("a").Text != "4" {
		t.Errorf("the last value does not win: %s", d.Root.Get("a").Text)
	}
	if e := d.Root.Effective(); len(e) != 2 || e[0].Key != "a" || e[0].Value.Text != "4" {
		t.Errorf("effective entries: %v", e)
	}
}

func TestDepth(t *testing.T) {
	deep := strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)
	if d := Parse([]byte(deep)); d.Err != nil {
		t.Errorf("%d levels refused: %v", MaxDepth, d.Err)
	}
	for _, text := range []string{"[" + deep + "]", strings.Repeat(`{"a":`, 1_000_000), strings.Repeat("[", 3_000_000)} {
		for _, parse := range []func([]byte) *Document{Parse, ParseTolerant} {
			d := parse([]byte(text))
			if d.Err == nil || d.Err.Offset > len(text) || !strings.Contains(d.Err.Why, ErrDepth.Error()) {
				t.Errorf("%d bytes: %v", len(text), d.Err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	var seeds trial.Seeds
	for _, s := range []string{`{"a":[1,{"b":null}],"a":"\u00e9"}`, "// x\n{}", `{"a":"\ud800"}`, "[1,]", "\ufeff{}"} {
		seeds.Add([]byte(s))
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, parse := range []func([]byte) *Document{Parse, ParseTolerant} {
			d := parse(text)
			if (d.Err == nil) == (d.Root == nil) {
				t.Fatal("neither a tree nor an error, or both")
			}
			if d.Err != nil && (d.Err.Offset < 0 || d.Err.Offset > len(text)) {
				t.Fatalf("error at %d of %d", d.Err.Offset, len(text))
			}
			for _, c := range d.Comments {
				if c.Start < 0 || c.End > len(text) || c.Start+2 > c.End {
					t.Fatalf("comment %v", c)
				}
			}
			checkNode(t, d.Root, Range{0, len(text)}, text)
		}
	})
}

// checkNode tells of a node that lies outside its parent, or whose place is not its text.
func checkNode(t *testing.T, n *Node, in Range, text []byte) {
	if n == nil {
		return
	}
	if n.Start < in.Start || n.End > in.End || n.Start >= n.End {
		t.Fatalf("node at %d-%d outside %v", n.Start, n.End, in)
	}
	first := map[Kind]string{Object: "{", Array: "[", String: `"`, Null: "n"}[n.Kind]
	if first != "" && string(text[n.Start]) != first {
		t.Fatalf("%v begins with %q", n.Kind, text[n.Start])
	}
	for _, m := range n.Members {
		if m.KeyStart < n.Start || m.KeyEnd > m.Value.Start || text[m.KeyStart] != '"' || text[m.KeyEnd-1] != '"' {
			t.Fatalf("key at %d-%d", m.KeyStart, m.KeyEnd)
		}
		checkNode(t, m.Value, Range{m.KeyEnd, n.End}, text)
	}
	for _, e := range n.Elements {
		checkNode(t, e, Range{n.Start, n.End}, text)
	}
}
