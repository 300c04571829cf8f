package callsite_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

// TestCalls reads the programs of testdata and compares the calls, and what they are given, with what each wants.
func TestCalls(t *testing.T) {
	trial.Cases(t, "testdata/*.txtar", *update, trial.Only(trial.Want), func(t *testing.T, c *trial.Case) []txtar.File {
		return c.With(trial.Want, told(t, c.Files()))
	})
}

// told writes the calls of a program, a line each, and below it a line for each object that it is given.
func told(t *testing.T, files map[string]string) string {
	t.Helper()
	projects, err := framework.Discover(miniprogram.MemFS(files), nil, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, len(projects))
	}
	var programs []callsite.Program
	for _, s := range projects[0].Scripts {
		syntax, err := script.Parse(s.File, s.Text, s.Dialect)
		if err != nil {
			t.Fatalf("%s: %v", s.File.Path, err)
		}
		programs = append(programs, callsite.Program{Script: s, Syntax: syntax})
	}
	code := callsite.New(projects[0], programs, map[string]bool{"wx": true, "uni": true, "Taro": true}, []string{"authorize", "setEnable1v1Chat", "join1v1Chat"})
	var out strings.Builder
	for _, c := range code.Calls() {
		if c.API == "" {
			continue
		}
		at := c.Name.From()
		fmt.Fprintf(&out, "%s:%d:%d %s\n", c.Name.File.Path, at.Line, at.Column, c.API)
		for _, v := range code.Options(c) {
			fmt.Fprintf(&out, "  %s\n", shown(v))
		}
	}
	return out.String()
}

// shown writes a value: ? for what is open, -x for a field x that is never assigned, ?('a') for what the code may give it.
func shown(v *callsite.Value) string {
	switch {
	case v.NeverAssigned:
		return "-" + v.Field
	case v.Kind == callsite.Undefined:
		return "undefined"
	case v.Kind == callsite.Null:
		return "null"
	case v.Kind == callsite.Bool:
		return fmt.Sprint(v.Bool)
	case v.Kind == callsite.Number:
		return fmt.Sprint(v.Num)
	case v.Kind == callsite.String:
		return fmt.Sprintf("%q", v.Str)
	case v.Kind == callsite.Array:
		return "[]"
	case v.Kind == callsite.Func:
		return "f"
	case v.Kind == callsite.Object:
		var parts []string
		for _, p := range v.Props {
			parts = append(parts, p.Name+": "+shown(p.Value))
		}
		if v.Open {
			parts = append(parts, "...")
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	out := "?"
	for _, g := range v.Given {
		out += "(" + shown(g) + ")"
	}
	return out
}
