package core_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the packages of the engine: each imports only those before it.
var rooms = []string{"ir", "value", "state", "slice", "exec", "builtin", "explore", "platform", "callsite", "survey", "verdict", "core"}

// TestRooms checks that the packages of the engine depend on each other in one direction.
func TestRooms(t *testing.T) {
	const prefix = "github.com/voipcheck/voipcheck/internal/flow/"
	for n, room := range rooms {
		files, err := filepath.Glob(filepath.Join("..", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
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
				path, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				other, inside := strings.CutPrefix(path, prefix)
				if other, _, _ = strings.Cut(other, "/"); !inside || other == room {
					continue
				}
				if !slices.Contains(rooms[:n], other) {
					t.Errorf("%s imports %s, which is no room before it", file, other)
				}
			}
		}
	}
}
