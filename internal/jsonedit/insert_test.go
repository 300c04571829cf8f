package jsonedit

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/jsonc"

	"github.com/voipcheck/voipcheck/internal/trial"
)

func TestSetKeepsTheRest(t *testing.T) {
	const value = "{\n\t\"by\": \"Li\",\n\t\"on\": \"2026-11-22\"\n}"
	for name, c := range map[string]struct{ in, want string }{
		"empty":          {"{}\n", "{\n  \"confirmed\": {\n    \"category\": {\n      \"by\": \"Li\",\n      \"on\": \"2026-11-22\"\n    }\n  }\n}\n"},
		"tabs":           {"{\n\t\"a\": 1\n}\n", "{\n\t\"a\": 1,\n\t\"confirmed\": {\n\t\t\"category\": {\n\t\t\t\"by\": \"Li\",\n\t\t\t\"on\": \"2026-11-22\"\n\t\t}\n\t}\n}\n"},
		"comments":       {"{\n  // why\n  \"a\": 1 // one\n  // last\n}\n", "{\n  // why\n  \"a\": 1, // one\n  // last\n  \"confirmed\": {\n    \"category\": {\n      \"by\": \"Li\",\n      \"on\": \"2026-11-22\"\n    }\n  }\n}\n"},
		"trailing comma": {"{\n  \"a\": 1, // a, b\n}\n", "{\n  \"a\": 1, // a, b\n  \"confirmed\": {\n    \"category\": {\n      \"by\": \"Li\",\n      \"on\": \"2026-11-22\"\n    }\n  },\n}\n"},
		"crlf":           {"{\r\n  \"confirmed\": {}\r\n}\r\n", "{\r\n  \"confirmed\": {\r\n    \"category\": {\r\n      \"by\": \"Li\",\r\n      \"on\": \"2026-11-22\"\r\n    }\r\n  }\r\n}\r\n"},
		"one line":       {`{"a": 1}`, `{"a": 1, "confirmed": { "category": { "by": "Li", "on": "2026-11-22" } }}`},
		"replaced":       {"{\n  \"confirmed\": {\n    \"category\": { \"by\": \"X\" } // old\n  }\n}", "{\n  \"confirmed\": {\n    \"category\": {\n      \"by\": \"Li\",\n      \"on\": \"2026-11-22\"\n    } // old\n  }\n}"},
		"comment only":   {"{\n  // nothing yet\n}\n", "{\n  // nothing yet\n  \"confirmed\": {\n    \"category\": {\n      \"by\": \"Li\",\n      \"on\": \"2026-11-22\"\n    }\n  }\n}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Open([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if !d.Set([]string{"confirmed"}, "category", value) {
				t.Fatal("not set")
			}
			if diff := cmp.Diff(c.want, string(d.Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAppend(t *testing.T) {
	for in, want := range map[string]string{
		`{"pages": ["a"]}`:                     `{"pages": ["a", "b"]}`,
		"{\n  \"pages\": [\n    \"a\"\n  ]\n}": "{\n  \"pages\": [\n    \"a\",\n    \"b\"\n  ]\n}",
		"{\n  \"pages\": []\n}":                "{\n  \"pages\": [\"b\"]\n}",
	} {
		d, err := Open([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		if !d.Append([]string{"pages"}, `"b"`) || string(d.Text) != want {
			t.Errorf("%s: got %s", in, d.Text)
		}
	}
	d, _ := Open([]byte(`{"pages": {}}`))
	if d.Append([]string{"pages"}, `"b"`) || d.Set([]string{"pages", "x"}, "y", "1") && string(d.Text) == "" {
		t.Error("an object was taken for an array")
	}
}

func FuzzSet(f *testing.F) {
	var seeds trial.Seeds
	seeds.Add("{}")
	seeds.Add("{\"a\": 1, // x\n}")
	seeds.Add("{\"\":0//\r}")
	seeds.Add("{\r\n\t/* a */ \"confirmed\": {\"b\": [1,],},\r\n}")
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Open([]byte(text))
		if err != nil || !d.Set([]string{"confirmed"}, "category", "{\n\t\"by\": \"x\"\n}") {
			return
		}
		// A carriage return ends a comment as well, which jsonc does not know.
		if !json.Valid(jsonc.ToJSON(bytes.ReplaceAll(d.Text, []byte("\r"), []byte("\n")))) {
			t.Fatalf("%q became %q, which is no JSON", text, d.Text)
		}
		if got := d.Root.Get("confirmed").Get("category").Get("by"); got == nil || got.Text != "x" {
			t.Fatalf("%q became %q, without the member", text, d.Text)
		}
	})
}
