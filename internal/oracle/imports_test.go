package oracle

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestShareNothing holds execution and generation to knowing nothing of what is judged. They may import no package of
// this module but those listed, which read files.
func TestShareNothing(t *testing.T) {
	const module = "github.com/voipcheck/voipcheck/"
	allowed := map[string]bool{module + "internal/miniprogram/wxml": true}
	checked := 0
	for _, dir := range []string{"execute", "generate"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no files: %v", dir, err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range parsed.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				checked++
				if strings.HasPrefix(name, module) && !allowed[name] {
					t.Errorf("%s imports %s", file, name)
				}
			}
		}
	}
	// What is allowed must not lead to the rest either.
	files, err := filepath.Glob("../miniprogram/wxml/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			if strings.Contains(i.Path.Value, module) {
				t.Errorf("%s imports %s", file, i.Path.Value)
			}
		}
	}
	if checked == 0 {
		t.Error("nothing is imported")
	}
}
