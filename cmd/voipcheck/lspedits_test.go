package main

// Edits after edits: what was taken over from one check to the next leaves no trace.

import (
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestServerAfterEdits takes lines out of the files of a program and doubles others, and compares what is found after each edit
// with what the command line finds in files that are written so.
func TestServerAfterEdits(t *testing.T) {
	for name, files := range fewer(cases(t), 36) {
		t.Run(name, func(t *testing.T) {
			hash := fnv.New64a()
			_, _ = hash.Write([]byte(name))
			random := rand.New(rand.NewPCG(hash.Sum64(), 0))
			dir, other := t.TempDir(), t.TempDir()
			trial.Write(t, dir, files)
			trial.Write(t, other, files)
			e := edits(t, dir, "")
			e.checked()
			versions := map[string]int{}
			names := slices.Sorted(maps.Keys(files))
			for range 6 {
				name := names[random.IntN(len(names))]
				files[name] = edited(files[name], random)
				trial.Write(t, other, map[string]string{name: files[name]})
				file := filepath.Join(dir, filepath.FromSlash(name))
				if versions[name]++; versions[name] == 1 {
					e.open(file, files[name])
				} else {
					e.change(fileURI(file), versions[name], files[name])
				}
				want, got := sorted(commandLine(t, other)), sorted(languageServer(t, dir, e.checked()))
				if diff := gocmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("after an edit of %s (-command line +server)\n%s", name, diff)
				}
			}
			e.leave()
		})
	}
}

// edited is a text with a line taken out, doubled, or put elsewhere.
func edited(text string, random *rand.Rand) string {
	lines := strings.SplitAfter(text, "\n")
	at, to := random.IntN(len(lines)), random.IntN(len(lines))
	switch random.IntN(3) {
	case 0:
		lines = slices.Delete(lines, at, at+1)
	case 1:
		lines = slices.Insert(lines, at, lines[at])
	case 2:
		lines = slices.Insert(lines, to, lines[at])
	}
	return strings.Join(lines, "")
}
