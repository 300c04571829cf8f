package config

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/jsonc"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "rewrite what is generated and what cases expect")

func TestSchemaIsNotStale(t *testing.T) {
	var fresh bytes.Buffer
	if err := report.EncodeJSON(&fresh, Schema()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("voipcheck.schema.json", fresh.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(PublishedSchema), fresh.String()); diff != "" {
		t.Errorf("the schema is stale: go test ./internal/config -update\n%s", diff)
	}
}

// published is the schema as an editor loads it.
func published(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(PublishedSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(SchemaURL, document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(SchemaURL)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestConfigurations reads the cases in testdata: in each archive a configuration and what is said of it in
// both languages, nothing for a sound one. The schema must agree, but where the case says what it cannot see.
func TestConfigurations(t *testing.T) {
	schema := published(t)
	trial.Cases(t, "testdata/*.txtar", *update, trial.Only(trial.Want), func(t *testing.T, c *trial.Case) []txtar.File {
		text := c.Inputs[0].Data
		_, err := Parse(text, "voipcheck.json")
		if !strings.Contains(c.Comment, "beyond the schema") {
			agrees(t, schema, text, err == nil)
		}
		if err == nil {
			return c.With(trial.Want, "")
		}
		return c.With(trial.Want, lang.Say(err, lang.EN)+"\n"+lang.Say(err, lang.ZH)+"\n")
	})
}

func agrees(t *testing.T, schema *jsonschema.Schema, text []byte, sound bool) {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(jsonc.ToJSON(text)))
	if err != nil {
		return
	}
	if err := schema.Validate(document); (err == nil) != sound {
		t.Errorf("the schema says %v", err)
	}
}

func TestFindStopsAtTheRepository(t *testing.T) {
	top := t.TempDir()
	repository := filepath.Join(top, "repository")
	deep := filepath.Join(repository, "apps", "shop", "miniprogram")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name string) {
		if err := os.WriteFile(name, []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(top, Name))
	if got := Find(miniprogram.OSFS(), deep); got != filepath.Join(top, Name) {
		t.Errorf("outside of a repository: %q", got)
	}
	if err := os.Mkdir(filepath.Join(repository, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got := Find(miniprogram.OSFS(), deep); got != "" {
		t.Errorf("beyond the repository: %q", got)
	}
	write(filepath.Join(repository, Name))
	write(filepath.Join(repository, "apps", Name))
	if got := Find(miniprogram.OSFS(), deep); got != filepath.Join(repository, "apps", Name) {
		t.Errorf("the nearest: %q", got)
	}
}

func TestConfirmationHoldsThroughItsLastDay(t *testing.T) {
	until := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	shanghai := time.FixedZone("", 8*3600)
	for now, holds := range map[time.Time]bool{
		time.Date(2026, 11, 22, 23, 59, 0, 0, shanghai): true,
		time.Date(2026, 11, 23, 0, 1, 0, 0, shanghai):   false,
		time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC):   true,
	} {
		if got := (Confirmation{Until: until}).Holds(now); got != holds {
			t.Errorf("%v: %v", now, got)
		}
	}
	if !(Confirmation{}).Holds(time.Unix(1<<40, 0)) {
		t.Error("without an end it holds always")
	}
}

func FuzzParse(f *testing.F) {
	var seeds trial.Seeds
	seeds.Add([]byte(`{"rules": {"app-json": "off"}, "ignore": ["a/**", {"files": "x", "rules": ["app-json"]}], }`))
	seeds.Add([]byte(`{"confirmed": {"category": {"by": "a", "on": "2026-11-22"}}, "grants": ["a.ts#b"]} // end`))
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Parse(text, "voipcheck.json")
		if (c == nil) == (err == nil) {
			t.Fatalf("%v and %v", c, err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "voipcheck.json:") {
			t.Fatalf("no place: %v", err)
		}
	})
}
