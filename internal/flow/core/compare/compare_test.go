package main

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "take out of "+knownFile+" what agrees by now; with every set whole")

const knownFile = "testdata/known.txt"

// oneOf is how many fixtures there are for each that is tried where not all are.
const oneOf = 12

// TestFixtures holds the new core to what the old engine says of the native fixtures, but for those that are listed.
func TestFixtures(t *testing.T) {
	trial.NotShort(t)
	base, err := folder(filepath.Join(fixtures, "base"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(knownFile)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	var comments []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			comments = append(comments, line)
		} else {
			listed[strings.TrimSpace(line)] = true
		}
	}
	names, err := filepath.Glob(filepath.Join(fixtures, "*", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no fixtures")
	}
	differing := map[string]bool{}
	for _, file := range names {
		name, err := filepath.Rel(fixtures, strings.TrimSuffix(file, ".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		if listed[name+": no end"] || listed[name+": panic"] {
			differing[name+": no end"] = listed[name+": no end"]
			differing[name+": panic"] = listed[name+": panic"]
			continue
		}
		if !trial.Sampled(name, oneOf) {
			continue
		}
		for _, call := range differences(t, file, base) {
			key := name + ": " + call
			differing[key] = true
			if !listed[key] {
				t.Errorf("%s is judged otherwise than by the old engine", key)
			}
		}
	}
	if !trial.Full() {
		return
	}
	var kept []string
	for key := range listed {
		if !differing[key] {
			t.Logf("%s agrees by now", key)
			continue
		}
		kept = append(kept, key+"\n")
	}
	if *update {
		slices.Sort(kept)
		if err := os.WriteFile(knownFile, []byte(strings.Join(comments, "")+strings.Join(kept, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// differences are the calls of a native program that the engines judge differently.
func differences(t *testing.T, file string, base map[string]string) []string {
	t.Helper()
	files, err := program(file, base)
	if err != nil {
		t.Fatal(err)
	}
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil {
		return nil // there is nothing to follow
	}
	var out []string
	for _, p := range projects {
		if p.Framework != miniprogram.Native {
			continue
		}
		_, r, failure := analyze(p)
		if failure != "" {
			t.Errorf("%s: %s", file, failure)
			continue
		}
		for _, c := range r.Calls {
			for _, v := range []flow.Verdict{c.Before, c.DevTools} {
				if v.Outcome == flow.Unproven && !v.NothingLeads && (v.Unfollowed == "" || v.At.IsZero()) {
					t.Errorf("%s: nothing says why %s is unproven, or where: %+v", file, key(c), v)
				}
			}
		}
		is := judgements(r)
		for _, c := range before(file, p) {
			if is[c[0]] != c[1] && (is[c[0]] != "" || c[1] != notReached) {
				out = append(out, c[0])
			}
			delete(is, c[0])
		}
		for call := range is {
			if strings.Contains(call, "1v1") {
				out = append(out, call)
			}
		}
	}
	return out
}
