// Command compare follows programs with both engines and prints the calls that they judge differently.
//
//	go run ./internal/flow/core/compare [-never] [-v] [-base fixtures/base] ARCHIVE.txtar|DIR ...
//
// With -findings it runs the whole checker with the new core in the place of the old one, and prints the findings that differ.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/flow/core"
	"github.com/voipcheck/voipcheck/internal/flow/explore"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var (
	never   = flag.Bool("never", false, "merge no paths")
	verbose = flag.Bool("v", false, "print what was done for each program")
	baseDir = flag.String("base", "fixtures/base", "the project over which archives are laid")
	limit   = flag.Duration("limit", 10*time.Second, "how long a program may take")
	only    = flag.Bool("old", false, "follow with the old engine only")
	kept    = flag.String("kept", "", "a file with what the old engine judged, which is made if it is not there")
	all     = flag.Bool("all", false, "print every call")
	found   = flag.String("findings", "", "compare what the rules find: a file that go test ./fixtures -run TestGolden -golden FILE wrote")
)

func main() {
	flag.Parse()
	base, err := folder(*baseDir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if text, err := os.ReadFile(*kept); *kept != "" && err == nil {
		if err := json.Unmarshal(text, &known); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
	}
	defer func() {
		if !*only {
			return
		}
		if text, err := json.Marshal(known); *kept != "" && err == nil {
			_ = os.WriteFile(*kept, text, 0o644)
		}
	}()
	if *found != "" {
		if err := compareFindings(*found, flag.Args(), base); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		return
	}
	var t totals
	for _, name := range flag.Args() {
		files, err := program(name, base)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
		if err != nil {
			continue
		}
		for _, p := range projects {
			if framework.Follows(p.Framework) {
				t.compare(name, p)
			}
		}
	}
	fmt.Printf("%d programs, %d calls, %d differ, %d failed; %.2f s before, %.2f s now\n", t.programs, t.calls, t.differ, t.failed, t.old.Seconds(), t.now.Seconds())
}

type totals struct {
	programs, calls, differ, failed int
	old, now                        time.Duration
}

func (t *totals) compare(name string, p *miniprogram.Project) {
	t.programs++
	began := time.Now()
	old := before(name, p)
	t.old += time.Since(began)
	began = time.Now()
	if *only {
		return
	}
	stop := time.AfterFunc(*limit, func() {
		fmt.Printf("%s: no end\n", name)
		os.Exit(1)
	})
	a, r, failure := analyze(p)
	stop.Stop()
	took := time.Since(began)
	t.now += took
	if failure != "" {
		t.failed++
		fmt.Printf("%s: %s\n", name, failure)
		return
	}
	if *verbose {
		fmt.Printf("%s: %d passes, %v\n", name, a.Passes, took)
		for _, e := range a.Program.Entries() {
			if w := a.Explorer.Works[e.Name]; w != nil {
				fmt.Printf("  %s: %+v\n", e.Name, *w)
			}
		}
	}
	if *verbose {
		for _, c := range r.Calls {
			for n, step := range c.Before.Witness {
				fmt.Printf("  %s %d: %s %s %s\n", key(c), n, step.Kind, step.Name, step.At.Text())
			}
		}
	}
	seen := judgements(r)
	for _, c := range old {
		t.calls++
		k := c[0]
		is := seen[k]
		if is == "" {
			is = notReached
		}
		delete(seen, k)
		if was := c[1]; was != is {
			t.differ++
			fmt.Printf("%s: %s: was %s, is %s\n", name, k, was, is)
		} else if *all {
			fmt.Printf("%s: %s: %s\n", name, k, is)
		}
	}
	for k, is := range seen {
		if strings.Contains(k, "1v1") {
			t.differ++
			fmt.Printf("%s: %s: was not there, is %s\n", name, k, is)
		}
	}
}

// before are the calls that the old engine judges, by key; kept in the file of -kept once they have been computed.
func before(name string, p *miniprogram.Project) [][2]string {
	id := name + " " + p.Root
	if out, ok := known[id]; ok {
		return out
	}
	out := [][2]string{}
	for _, c := range flow.Analyze(p, flow.Options{}).Calls {
		if c.API == flow.SetEnable || c.API == flow.Join {
			out = append(out, [2]string{key(c), judged(c)})
		}
	}
	known[id] = out
	return out
}

var known = map[string][][2]string{}

const notReached = "not reached"

// judgements are what was found of each call, by key.
func judgements(r *flow.Result) map[string]string {
	out := map[string]string{}
	for _, c := range r.Calls {
		out[key(c)] = judged(c)
	}
	return out
}

func key(c *flow.Call) string {
	at := c.Name.File.Position(c.Name.Start)
	return fmt.Sprintf("%s:%d:%d %s", c.Name.File.Path, at.Line, at.Column, c.API)
}

func judged(c *flow.Call) string {
	if !c.Reached {
		return notReached
	}
	out := []string{"none", "proved", "refuted", "unproven"}[c.Before.Outcome] + " " + string(c.Before.Reason)
	if c.Before.Outcome == flow.Unproven {
		out += "(" + c.Before.Unfollowed + c.Before.Bound + ")"
	}
	if c.API == flow.SetEnable {
		out += ", devtools " + []string{"none", "proved", "refuted", "unproven"}[c.DevTools.Outcome] + " " + string(c.DevTools.Reason)
	}
	return out
}

func analyze(p *miniprogram.Project) (a *core.Analysis, r *flow.Result, failure string) {
	defer func() {
		if e := recover(); e != nil {
			failure = fmt.Sprint("panic: ", e)
			if *verbose {
				failure += "\n" + string(debug.Stack())
			}
		}
	}()
	o := core.Options{Frameworks: framework.Models}
	if *verbose {
		o.Trace = func(text string) { fmt.Println("  " + text) }
	}
	if *never {
		o.Merging = explore.Never
	}
	a = core.Analyze(p, o)
	return a, a.Result(), ""
}

// program is the files of an archive over base, or of a folder.
func program(name string, base map[string]string) (map[string]string, error) {
	if !strings.HasSuffix(name, ".txtar") {
		return folder(name)
	}
	archive, err := txtar.ParseFile(name)
	if err != nil {
		return nil, err
	}
	return trial.Laid(archive, base)
}

func folder(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	return files, err
}
