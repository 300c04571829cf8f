package framework_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

var update = flag.Bool("update", false, "write how the programs are judged")

// TestModels follows the programs in the folders' testdata: each file is a program, and a file "want" with how each call is judged.
func TestModels(t *testing.T) {
	names, err := filepath.Glob("*/testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no programs")
	}
	for _, name := range names {
		t.Run(filepath.ToSlash(strings.TrimSuffix(name, ".txtar")), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := judged(t, archive)
			n := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			if n < 0 {
				archive.Files, n = append(archive.Files, txtar.File{Name: "want"}), len(archive.Files)
			}
			if *update {
				archive.Files[n].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[n].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// judged follows a program and tells how its calls are judged.
func judged(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	files := map[string]string{}
	for _, f := range archive.Files {
		if f.Name != "want" {
			files[f.Name] = string(f.Data)
		}
	}
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil || len(projects) != 1 {
		t.Fatal(err, len(projects))
	}
	out := ""
	for _, c := range core.Analyze(projects[0], core.Options{Frameworks: framework.Models}).Result().Calls {
		if c.API != flow.SetEnable && c.API != flow.Join {
			continue
		}
		how := "not reached"
		if c.Reached {
			how = strings.TrimSpace([]string{"none", "proved", "refuted", "unproven"}[c.Before.Outcome] + " " + string(c.Before.Reason) + c.Before.Unfollowed)
		}
		at := c.Name.File.Position(c.Name.Start)
		out += fmt.Sprintf("%s:%d %s: %s\n", c.Name.File.Path, at.Line, c.API, how)
	}
	return out
}
