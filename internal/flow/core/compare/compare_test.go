package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "take out of the lists in testdata what agrees by now; with every set whole")

var tried = flag.String("programs", "", "a regular expression: try the fixtures whose text it is found in, all of them and no other")

// oneOf is how many fixtures there are for each that is tried where not all are.
const oneOf = 12

// TestFixtures holds the new core to what the old engine says of the fixtures, but for those that are listed.
func TestFixtures(t *testing.T) {
	trial.NotShort(t)
	base, err := folder(filepath.Join(fixtures, "base"))
	if err != nil {
		t.Fatal(err)
	}
	known, err := lists("known")
	if err != nil {
		t.Fatal(err)
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
		if ended := name + ": no end"; listed(known, ended) || listed(known, name+": panic") {
			differing[ended], differing[name+": panic"] = true, true
			continue
		}
		if !tries(t, file, name) {
			continue
		}
		for of, calls := range differences(t, file, base) {
			for _, call := range calls {
				key := name + ": " + call
				differing[key] = true
				if !known[of].listed[key] {
					t.Errorf("%s is judged otherwise than by the old engine", key)
				}
			}
		}
	}
	shrink(t, known, differing)
}

// tries reports whether a fixture is one to be tried.
func tries(t *testing.T, file, name string) bool {
	t.Helper()
	if *tried == "" {
		return trial.Sampled(name, oneOf)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(*tried).Match(text)
}

// shrink tells which lines of lists agree by now, and takes them out if that is asked for. It does nothing where not every program was tried.
func shrink(t *testing.T, all map[miniprogram.Framework]*list, differing map[string]bool) {
	t.Helper()
	if !trial.Full() || *tried != "" {
		return
	}
	for _, l := range all {
		for key := range l.listed {
			if !differing[key] {
				t.Logf("%s agrees by now", key)
			}
		}
		if *update {
			if err := l.shrink(differing); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// differences are the calls of a program that the engines judge differently, by what it is written with.
func differences(t *testing.T, file string, base map[string]string) map[miniprogram.Framework][]string {
	t.Helper()
	files, err := program(file, base)
	if err != nil {
		t.Fatal(err)
	}
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil {
		return nil // there is nothing to follow
	}
	out := map[miniprogram.Framework][]string{}
	for _, p := range projects {
		if !framework.Follows(p.Framework) {
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
				out[p.Framework] = append(out[p.Framework], c[0])
			}
			delete(is, c[0])
		}
		for call := range is {
			if strings.Contains(call, "1v1") {
				out[p.Framework] = append(out[p.Framework], call)
			}
		}
	}
	return out
}
