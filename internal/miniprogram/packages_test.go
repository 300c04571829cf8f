package miniprogram_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// steps are the packages that read mini-programs, in the folder of the model, which is before all: each imports only those before it.
var steps = []string{".", "wxml", "files", "scan", "resolution", "configuration", "evaluation", "templates", "reading", "discovery", "program"}

// kinds are the packages of frameworks that say how these are read: each imports the steps up to "reading" and, of the others here, only those before it.
// What they mean to the analysis of flow stands in files of its own (model.go and others) and is held in order by the compiler.
var kinds = []string{"native", "sfc", "unsupported", "uniapp", "taro", "mpx", "wepy", "acme"}

// named are the names of frameworks in the model.
var named = regexp.MustCompile(`miniprogram\.(Native|UniApp|Taro|Mpx|Wepy)\b`)

const internal = "github.com/voipcheck/voipcheck/internal/"

// TestDirection checks that the packages depend on each other in one direction, that none of the steps knows a framework, and that all are listed.
func TestDirection(t *testing.T) {
	listed := map[string]bool{}
	for n, step := range steps {
		listed[step] = true
		for file, imports := range importsOf(t, step) {
			for _, i := range imports {
				if strings.HasPrefix(i, "framework") {
					t.Errorf("%s imports %s: a step knows no framework", file, i)
				}
				other, ours := strings.CutPrefix(i, "miniprogram")
				if other = strings.TrimPrefix(other, "/"); ours && other == "" {
					other = "."
				}
				if ours && other != step && !slices.Contains(steps[:n], other) {
					t.Errorf("%s imports %s, which is no step before it", file, i)
				}
			}
		}
	}
	for _, step := range steps[1:] {
		for file := range importsOf(t, step) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name := named.Find(text); name != nil {
				t.Errorf("%s has %s: a step knows no framework by name", file, name)
			}
		}
	}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && !listed[filepath.ToSlash(name)] && d.Name() != "testdata" {
			t.Errorf("%s is no step", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestFrameworks checks that frameworks build on the steps and on what they have in common, and not on each other.
func TestFrameworks(t *testing.T) {
	for n, kind := range kinds {
		for file, imports := range importsOf(t, "../framework/"+kind) {
			for _, i := range imports {
				if step, ok := strings.CutPrefix(i, "miniprogram/"); ok && !slices.Contains(steps[:slices.Index(steps, "reading")+1], step) {
					t.Errorf("%s imports %s, which comes after what frameworks are for", file, i)
				}
				if other, ok := strings.CutPrefix(i, "framework/"); ok && slices.Contains(kinds, other) && !slices.Contains(kinds[:min(n, slices.Index(kinds, "unsupported"))], other) {
					t.Errorf("%s imports %s", file, i)
				}
			}
		}
	}
}

// importsOf are the imports from this module of the files in a folder, below "internal"; tests do not count.
func importsOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal(dir, err)
	}
	all := map[string][]string{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = nil
		for _, i := range parsed.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if below, ok := strings.CutPrefix(path, internal); ok {
				all[name] = append(all[name], below)
			}
		}
	}
	return all
}
