//go:build unix

package main

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

func TestExponentOf(t *testing.T) {
	for _, c := range []struct {
		before, after time.Duration
		few, many     int
		want          float64
	}{
		{time.Second, 2 * time.Second, 10, 20, 1},
		{time.Second, 4 * time.Second, 10, 20, 2},
		{time.Second, time.Second, 10, 20, 0},
		{time.Second, 100 * time.Second, 10, 1000, 1},
	} {
		if got := exponentOf(c.before, c.after, c.few, c.many); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestRunsThatLieApart(t *testing.T) {
	runs := func(ms ...int) (out []measure.Cost) {
		for _, m := range ms {
			out = append(out, measure.Cost{CPU: time.Duration(m) * time.Millisecond})
		}
		return out
	}
	for _, c := range []struct {
		runs   []measure.Cost
		steady bool
	}{
		{runs(1000, 1010, 990, 1005, 2000), true},
		{runs(1000, 1500, 600, 2000, 1010), false},
		{runs(5, 20, 10, 12, 8), true}, // too short to tell
	} {
		middle := median(c.runs, func(c measure.Cost) time.Duration { return c.CPU })
		if got := isSteady(c.runs, middle); got != c.steady {
			t.Errorf("%v: %v", c.runs, got)
		}
	}
}

// The trees are programs that can be checked: their configurations name pages that are there.
func TestTrees(t *testing.T) {
	t.Chdir("../..")
	for name, make := range map[string]func(*tree) error{
		"monorepo": monorepo(3), "shared": shared(3), "reexports": reexports(3), "bundle": bundle(1, true), "typescript": typescript(40), "links": links(2),
	} {
		made := &tree{dir: t.TempDir()}
		if err := make(made); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		page := filepath.Join(made.dir, "pages/call/call.wxml")
		if name == "monorepo" {
			page = filepath.Join(made.dir, "apps/app1/pages/call/call.wxml")
		}
		if _, err := os.Stat(page); err != nil || made.files == 0 || made.bytes == 0 {
			t.Errorf("%s: %v, %+v", name, err, made)
		}
	}
}
