package suppress

import (
	"bytes"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

func TestInsertion(t *testing.T) {
	const said = "voipcheck-ignore r -- why"
	for name, c := range map[string]struct {
		text    string // the place is at "here"
		dialect script.Dialect
		markup  bool
		want    string
	}{
		"a line above":       {"a()\n\there()\n", script.JavaScript, false, "a()\n\t// " + said + "\n\there()\n"},
		"with its ending":    {"a()\r\n  here()\r\n", script.JavaScript, false, "a()\r\n  // " + said + "\r\n  here()\r\n"},
		"the only line":      {"here()", script.JavaScript, false, "// " + said + "\nhere()"},
		"in a template":      {"const a = `\n${here()}\n`\n", script.JavaScript, false, "const a = `\n${/* " + said + " */ here()}\n`\n"},
		"in a text of JSX":   {"const a = <p>\n  text {here()}\n  more\n</p>\n", script.TypeScriptJSX, false, "const a = <p>\n  text {/* " + said + " */ here()}\n  more\n</p>\n"},
		"in markup":          {"<view>\n  <button\n    bindtap=\"here\">\n  </button>\n</view>\n", script.JavaScript, true, "<view>\n  <!-- " + said + " -->\n  <button\n    bindtap=\"here\">\n  </button>\n</view>\n"},
		"in markup's middle": {"<view><text bindtap=\"here\">a</text></view>", script.JavaScript, true, "<view><!-- " + said + " --><text bindtap=\"here\">a</text></view>"},
	} {
		t.Run(name, func(t *testing.T) {
			text := []byte(c.text)
			file := source.NewFile("/f", "f", text)
			at := bytes.Index(text, []byte("here"))
			var code *miniprogram.Script
			if !c.markup {
				code = &miniprogram.Script{File: file, Text: text, Dialect: c.dialect}
			}
			r, ok := Insertion(source.Span{File: file, Start: at, End: at + 4}, code, "r", "why")
			if !ok {
				t.Fatal("no comment can stand here")
			}
			got, _ := edit.Apply(text, [][]edit.Replacement{{r}})
			if string(got) != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
	text := []byte("text {{here}}")
	if r, ok := Insertion(source.Span{File: source.NewFile("/f", "f", text), Start: 7, End: 11}, nil, "r", "why"); ok {
		t.Errorf("in no tag: %+v", r)
	}
	if !strings.Contains(said, word) {
		t.Fatal(word)
	}
}
