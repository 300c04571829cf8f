package growth

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/voipcheck/voipcheck/checks"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/framework"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var (
	update = flag.Bool("update", false, "write the tables of README.md anew")
	write  = flag.String("write", "", "write one program to a folder: FAMILY/SIZE/FAULT, as flag-values/25/1")
	to     = flag.String("to", "", "the folder for -write")
)

// The sizes that are tried: around where bounds lie, and beyond.
var (
	sizes      = []int{1, 2, 5, 8, 9, 16, 17, 24, 25, 40, 49, 65, 130}
	loopSizes  = []int{1, 100, 999, 1001, 20_000, 50_000, 200_000}
	someSizes  = []int{1, 9, 25, 49}
	someLoops  = []int{100, 50_000, 200_000}
	shortSizes = []int{1, 17}
	shortLoops = []int{50_000}
)

var confirmed = map[checks.Step]bool{
	checks.StepCategory: true, checks.StepInterface: true, checks.StepMinutes: true, checks.StepPrivacy: true,
}

// outcome is what is said of a program.
type outcome struct {
	errors   []string // rule/reason
	unproven []string // rule, and the bound
	others   []string // further findings
	steps    int
}

// run checks a program as a whole run does.
func run(files map[string]string, analyze func(*miniprogram.Project, flow.Options) *flow.Result) (o outcome, err error) {
	projects, err := framework.Discover(miniprogram.MemFS(files), []string{"."}, reading.Options{})
	if err != nil {
		return o, err
	}
	if len(projects) != 1 {
		return o, fmt.Errorf("%d projects", len(projects))
	}
	r := analyze(projects[0], flow.Options{})
	o.steps = r.Work.Steps
	for _, f := range checks.Run(&checks.Pass{Project: projects[0], Flow: r, Confirmed: confirmed}) {
		name := f.Rule.ID
		if f.Reason != "" {
			name += "/" + f.Reason
		}
		switch {
		case strings.HasSuffix(f.Rule.ID, "-unproven"):
			o.unproven = append(o.unproven, name)
		case f.Severity == checks.Error:
			o.errors = append(o.errors, name)
		case f.Severity == checks.Warning && f.Rule.ID != "receiver-enabled": // which is right: all these enable to place a call
			o.others = append(o.others, name)
		}
	}
	for _, g := range r.GaveUp {
		if g.Failure != "" {
			return o, fmt.Errorf("internal failure: %s", g.Failure)
		}
		if len(g.Calls) > 0 {
			o.unproven = append(o.unproven, "bound "+g.Bound)
		}
	}
	return o, nil
}

// judge says in a word what became of a program, and what is wrong with that.
func (o outcome) judge(f fault) (word, wrong string) {
	openid, flowError := false, false
	for _, e := range o.errors {
		openid = openid || e == "join-openid/misspelt"
		flowError = flowError || strings.HasPrefix(e, "authorize-before-enable") || strings.HasPrefix(e, "join-after-enable")
	}
	bounds := map[string]bool{}
	for _, u := range o.unproven {
		if name, ok := strings.CutPrefix(u, "bound "); ok && !bounds[name] {
			bounds[name] = true
			word += " " + name
		}
	}
	open := "open:" + word
	if word == "" {
		open = "open"
	}
	switch f {
	case right:
		switch {
		case len(o.errors) > 0:
			return "WRONG", fmt.Sprintf("false errors: %v", o.errors)
		case len(o.unproven) > 0:
			return open, ""
		case len(o.others) > 0:
			return "WRONG", fmt.Sprintf("false warnings: %v", o.others)
		}
		return "✓", ""
	case flowFault:
		switch {
		case flowError:
			return "✓", ""
		case len(o.unproven) > 0:
			return open, ""
		}
		return "SILENT", "nothing is said of the fault"
	}
	switch {
	case flowError:
		return "WRONG", fmt.Sprintf("false errors: %v", o.errors)
	case openid:
		return "✓", ""
	}
	return "LOST", "the misspelt openid is not found"
}

// TestGrowth checks the families at every size: no false error, no silence, and a misspelt openid is always found.
func TestGrowth(t *testing.T) {
	if *write != "" {
		writeProgram(t)
		return
	}
	var mu sync.Mutex
	table := map[string]string{}
	for _, fam := range families {
		for _, n := range fam.sizes() {
			for f, name := range map[fault]string{right: "right", flowFault: "flow", nameFault: "openid"} {
				t.Run(fmt.Sprintf("%s/%d/%s", fam.name, n, name), func(t *testing.T) {
					t.Parallel()
					o, err := run(fam.make(n, f), func(p *miniprogram.Project, o flow.Options) *flow.Result {
						o.Work = fam.work
						return flow.Analyze(p, o)
					})
					if err != nil {
						t.Fatal(err)
					}
					word, wrong := o.judge(f)
					if wrong != "" {
						t.Error(wrong)
					}
					mu.Lock()
					defer mu.Unlock()
					table[cell(fam.name, n, f)] = word
					if f == right {
						table[cell(fam.name, n, -1)] = fmt.Sprint(o.steps)
					}
				})
			}
		}
	}
	t.Cleanup(func() {
		if *update {
			if err := os.WriteFile("README.md", []byte(readme(table)), 0o644); err != nil {
				t.Error(err)
			}
			return
		}
		compare(t, table)
	})
}

func cell(name string, n int, f fault) string { return fmt.Sprintf("%s %d %d", name, n, f) }

// sizes are those that this run tries.
func (f family) sizes() []int {
	list, loops := someSizes, someLoops
	switch {
	case trial.Full() || *update:
		list, loops = sizes, loopSizes
	case testing.Short():
		list, loops = shortSizes, shortLoops
	}
	if f.loop {
		return loops
	}
	var out []int
	for _, n := range list {
		if n <= f.most {
			out = append(out, n)
		}
	}
	return out
}

// compare checks that README.md says what was found.
func compare(t *testing.T, table map[string]string) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		_, section, _ := strings.Cut(string(text), f.heading())
		section, _, _ = strings.Cut(section, "\n## ")
		for _, n := range f.sizes() {
			if row := f.row(n, table); !strings.Contains(section, row) && !t.Failed() {
				t.Errorf("README.md is stale (go test ./internal/growth -update): it does not say of %s\n%s", f.name, row)
			}
		}
	}
}

// writeProgram writes one program to a folder, to be looked at.
func writeProgram(t *testing.T) {
	parts := strings.Split(*write, "/")
	var n, f int
	if len(parts) != 3 || *to == "" {
		t.Fatal("-write FAMILY/SIZE/FAULT -to FOLDER")
	}
	if _, err := fmt.Sscan(parts[1], &n); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(parts[2], &f); err != nil {
		t.Fatal(err)
	}
	for _, fam := range families {
		if fam.name != parts[0] {
			continue
		}
		if err := writeFiles(*to, fam.make(n, fault(f))); err != nil {
			t.Fatal(err)
		}
	}
}
