package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/oracle/generate"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// unmerged bounds what is followed where no paths are merged: what lies beyond is unproven, and cannot contradict anything.
var unmerged = explore.Bounds{Steps: 40_000, Alternatives: core.Usual.Alternatives, Passes: 6}

// TestMergeFixtures follows the native fixtures with paths that are merged and with paths that are not. Merging may leave a call open that is decided
// without, and the other way round; no call may be proved with the one and refuted with the other.
func TestMergeFixtures(t *testing.T) {
	trial.NotShort(t)
	base, err := folder(filepath.Join(fixtures, "base"))
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(fixtures, "*", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal(err, "no fixtures")
	}
	decided := 0
	for _, file := range names {
		name := filepath.ToSlash(strings.TrimSuffix(file, ".txtar"))
		if !trial.Sampled("merge "+name, oneOf) {
			continue
		}
		files, err := program(file, base)
		if err != nil {
			t.Fatal(err)
		}
		decided += bothManners(t, name, files)
	}
	if decided == 0 {
		t.Error("no call is decided in both manners")
	}
	t.Log(decided, "calls are decided in both manners")
}

// mostMade is how many programs are made for TestMergeMade.
const mostMade = 300

// TestMergeMade does so with programs that are made at random.
func TestMergeMade(t *testing.T) {
	trial.NotShort(t)
	decided := 0
	for seed := range uint64(mostMade) {
		name := fmt.Sprintf("seed %d", seed+1)
		if trial.Sampled("merge "+name, oneOf) {
			decided += bothManners(t, name, generate.Program(seed+1).Files)
		}
	}
	if decided == 0 {
		t.Error("no call is decided in both manners")
	}
	t.Log(decided, "calls are decided in both manners")
}

// bothManners follows a program in both manners, and counts the calls that are decided alike.
func bothManners(t *testing.T, name string, files map[string]string) (decided int) {
	t.Helper()
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil {
		return 0
	}
	for _, p := range projects {
		if p.Framework != miniprogram.Native || !p.HasTrace() {
			continue
		}
		with := outcomes(core.Analyze(p, core.Options{}).Result())
		without := outcomes(core.Analyze(p, core.Options{Merging: explore.Never, Bounds: unmerged}).Result())
		for call, a := range with {
			b := without[call]
			if a == flow.Proved && b == flow.Refuted || a == flow.Refuted && b == flow.Proved {
				t.Errorf("%s: %s is %s with merging, and %s without", name, call, words[a], words[b])
			}
			if a == b && (a == flow.Proved || a == flow.Refuted) {
				decided++
			}
		}
	}
	return decided
}

var words = []string{"reached by nothing", "proved", "refuted", "unproven"}

// outcomes are the outcomes of the calls that enable and join, by the call.
func outcomes(r *flow.Result) map[string]flow.Outcome {
	out := map[string]flow.Outcome{}
	for _, c := range r.Calls {
		if c.API == flow.SetEnable || c.API == flow.Join {
			out[key(c)] = c.Before.Outcome
		}
	}
	return out
}
