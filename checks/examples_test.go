package checks_test

// The examples of the documentation, run through the whole check: a bad one has the rule's
// finding, a good one has not.

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/example"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// inFolder is the file system of a project that was written to a folder.
type inFolder struct {
	miniprogram.FS
	dir string
}

func (p inFolder) Base() string { return filepath.ToSlash(p.dir) }

// project is a project with one of a rule's examples.
func project(t *testing.T, r *checks.Rule, text string) map[string]string {
	t.Helper()
	files, err := example.Project(r.Example, text)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func run(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := check.Run(check.Options{
		Dir: dir, Paths: []string{"."}, FS: inFolder{miniprogram.OSFS(), dir},
		Now: time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range result.Findings {
		found[f.Rule.ID] = f.Message.EN
	}
	return found
}

func TestExamples(t *testing.T) {
	for _, r := range checks.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := run(t, project(t, r, r.Bad))
			if _, ok := bad[r.ID]; !ok {
				t.Errorf("nothing is found in the bad example, only %v", bad)
			}
			good := run(t, project(t, r, r.Good))
			if message, ok := good[r.ID]; ok {
				t.Errorf("found in the good example: %s", message)
			}
			if message, ok := good["parse-error"]; ok {
				t.Errorf("the good example cannot be parsed: %s", message)
			}
		})
	}
}
