package report

// The published schema of the JSON report, held against what is written and against the names in the code.

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/voipcheck/voipcheck/checks"
)

// compiledReport is the schema; strict lets no property be that it does not name.
func compiledReport(t *testing.T, strict bool) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema))
	if err != nil {
		t.Fatal(err)
	}
	if strict {
		closed(document)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("report.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closed forbids what a schema does not name, however deep.
func closed(node any) {
	switch node := node.(type) {
	case map[string]any:
		if _, object := node["properties"]; object && node["type"] == "object" {
			node["additionalProperties"] = false
		}
		for _, of := range node {
			closed(of)
		}
	case []any:
		for _, of := range node {
			closed(of)
		}
	}
}

func TestReportSchema(t *testing.T) {
	schema, strict := compiledReport(t, false), compiledReport(t, true)
	each(t, "json", func(t *testing.T, _ *Report, text []byte) {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := strict.Validate(document); err != nil {
			t.Error(err)
		}
		document.(map[string]any)["more"] = true
		if err := schema.Validate(document); err != nil {
			t.Errorf("a property that was added later is refused: %v", err)
		}
		if strict.Validate(document) == nil {
			t.Error("a property that is not in the schema is accepted")
		}
		delete(document.(map[string]any), "ready")
		if schema.Validate(document) == nil {
			t.Error("a report without a verdict is accepted")
		}
	})
}

// TestReportSchemaNames holds the schema's names against those in the code: every field, and every value of what has a few.
func TestReportSchemaNames(t *testing.T) {
	var s struct {
		Properties map[string]struct {
			Properties map[string]any
			Items      struct {
				Properties map[string]struct{ Enum []string }
			}
		}
		Defs map[string]struct{ Enum []string } `json:"$defs"`
	}
	if err := json.Unmarshal(Schema, &s); err != nil {
		t.Fatal(err)
	}
	fields := func(of any) []string {
		var out []string
		for f := range reflect.TypeOf(of).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			out = append(out, name)
		}
		slices.Sort(out)
		return out
	}
	same := func(what string, want, got []string) {
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-code +schema):\n%s", what, diff)
		}
	}
	same("report", fields(jsonReport{}), keys(s.Properties))
	same("finding", fields(jsonFinding{}), keys(s.Properties["findings"].Items.Properties))
	same("step", fields(jsonStep{}), keys(s.Properties["checklist"].Items.Properties))
	same("summary", fields(jsonSummary{}), keys(s.Properties["summary"].Properties))
	same("weakening", fields(jsonWeakening{}), keys(s.Properties["weakened"].Items.Properties))
	var statuses, kinds, steps []string
	for status := range statusWords {
		statuses = append(statuses, string(status))
	}
	for _, kind := range WeakeningKinds() {
		kinds = append(kinds, string(kind))
	}
	for _, info := range checks.Steps() {
		steps = append(steps, string(info.Step))
	}
	for _, list := range [][]string{statuses, kinds, steps} {
		slices.Sort(list)
	}
	same("statuses", statuses, s.Properties["checklist"].Items.Properties["status"].Enum)
	same("kinds of weakenings", kinds, s.Properties["weakened"].Items.Properties["by"].Enum)
	same("steps", steps, s.Defs["step"].Enum)
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
