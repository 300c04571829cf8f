package ir

import (
	"path/filepath"
	"testing"

	"github.com/voipcheck/voipcheck/internal/script"
)

// TestDump compares the code of small programs.
func TestDump(t *testing.T) {
	files, err := filepath.Glob("testdata/dump/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		runCases(t, file, func(name, text string) string {
			m := lowered(name, []byte(text), script.JavaScript)
			if m == nil {
				t.Fatalf("%s cannot be parsed", name)
			}
			return m.Dump()
		}, ".ir")
	}
}
