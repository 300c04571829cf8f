package checks

import (
	"encoding/json"
	"testing"

	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// The words are those of the parsers as they are: a newer one that speaks otherwise fails here.
func TestSyntaxWords(t *testing.T) {
	for _, text := range []string{`{`, `{"a": 1,}`, `{"a"; 1}`, `{"a": 1 "b": 2}`, `[1 2]`, `{} x`, `{"a": }`, `{a: 1}`, "{\"a\": \"\n\"}", `{"a": "\x"}`, `{"a": 1.x}`, `{"a": trie}`} {
		var v any
		err := json.Unmarshal([]byte(text), &v)
		if err == nil {
			t.Fatalf("%s is JSON", text)
		}
		bothLanguages(t, text, syntaxWord(err.Error()))
	}
	for _, text := range []string{"f({", "f(", "let a = ;", "const a = 'x", "`x", "/x", "1 = 2", "x y", "if (", "}"} {
		_, err := script.Parse(source.NewFile("a.js", "a.js", []byte(text)), []byte(text), script.JavaScript)
		if err == nil {
			t.Fatalf("%s can be parsed", text)
		}
		bothLanguages(t, text, syntaxWord(err.Why))
	}
	if got := syntaxWord("something new"); got.EN != "something new" || got.ZH != "something new" {
		t.Errorf("a word that is not known became %+v", got)
	}
	bothLanguages(t, "no word", syntaxWord(""))
}
