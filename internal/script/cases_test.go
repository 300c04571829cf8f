package script

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/source"
)

var update = flag.Bool("update", false, "write what the cases give as what they should give")

// TestCases parses the files of the archives in testdata/cases. After each follows its tree, or the
// error it should give, in a file of the same name with .tree added.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			for _, f := range archive.Files {
				want[f.Name] = string(f.Data)
			}
			var files []txtar.File
			for _, f := range archive.Files {
				if strings.HasSuffix(f.Name, ".tree") {
					continue
				}
				got := parsed(f.Name, f.Data)
				if diff := cmp.Diff(want[f.Name+".tree"], got); diff != "" && !*update {
					t.Errorf("%s: (-want +got)\n%s", f.Name, diff)
				}
				files = append(files, f, txtar.File{Name: f.Name + ".tree", Data: []byte(got)})
			}
			if *update {
				archive.Files = files
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// parsed returns the dump of a text, or its error. ␍ stands for a carriage return.
func parsed(name string, text []byte) string {
	text = []byte(strings.ReplaceAll(string(text), "␍", "\r"))
	dialect, _ := dialectOf(name)
	file := source.NewFile(name, name, text)
	p, err := Parse(file, text, dialect)
	if err != nil {
		return fmt.Sprintf("%v ‹%s›\n", err, strings.ReplaceAll(err.At.Text(), "\n", "␤"))
	}
	return dump(p)
}

// dialectOf returns the dialect that a file's name tells, and false for files of none.
func dialectOf(name string) (Dialect, bool) {
	switch {
	case strings.HasSuffix(name, ".d.ts"):
		return 0, false
	case strings.HasSuffix(name, ".tsx"):
		return TypeScriptJSX, true
	case strings.HasSuffix(name, ".ts"):
		return TypeScript, true
	case strings.HasSuffix(name, ".js"), strings.HasSuffix(name, ".jsx"):
		return JavaScript, true
	}
	return 0, false
}
