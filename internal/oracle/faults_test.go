package oracle

// The oracle is trusted because it sees faults: each file of testdata/faults changes one place of the analysis, as a
// build overlay, and the random programs of its seed have to show it.

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// fault is a change of one place of the analysis.
type fault struct {
	name, file, from, to string
	seeds                []uint64 // of programs that show it
}

func faults(t *testing.T) []fault {
	t.Helper()
	names, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []fault
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := fault{name: strings.TrimSuffix(filepath.Base(name), ".txtar")}
		for _, line := range strings.Split(string(a.Comment), "\n") {
			if file, ok := strings.CutPrefix(line, "file: "); ok {
				f.file = file
			}
			if seeds, ok := strings.CutPrefix(line, "seeds: "); ok {
				for _, seed := range strings.Split(seeds, ",") {
					n, err := strconv.ParseUint(seed, 10, 64)
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					f.seeds = append(f.seeds, n)
				}
			}
		}
		for _, part := range a.Files {
			text := strings.TrimSuffix(string(part.Data), "\n")
			switch part.Name {
			case "from":
				f.from = text
			case "to":
				f.to = text
			}
		}
		all = append(all, f)
	}
	return all
}

// overlaid is a build overlay in which the fault is made.
func (f fault) overlaid(t *testing.T, dir string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("../..", filepath.FromSlash(f.file)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%s: the fault is to be made in a file that is not there any more: find the place that took over its work, or another fault: %v", f.name, err)
	}
	if n := strings.Count(string(text), f.from); n != 1 {
		t.Fatalf("%s: %s has %d places that read\n%s\nIt was changed: describe the fault in testdata/faults/%s.txtar anew.", f.name, f.file, n, f.from, f.name)
	}
	changed := filepath.Join(dir, f.name+".go")
	if err := os.WriteFile(changed, []byte(strings.Replace(string(text), f.from, f.to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {file: changed}})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, f.name+".json")
	if err := os.WriteFile(name, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// lines are the disagreements of a survey, one a line.
func lines(text string) map[string]bool {
	out := map[string]bool{}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "seed ") {
			out[line] = true
		}
	}
	return out
}

// TestFaultsCanBeMade holds the descriptions to the analysis as it is.
func TestFaultsCanBeMade(t *testing.T) {
	all := faults(t)
	if len(all) < 10 {
		t.Errorf("%d faults: it takes ten to trust the oracle", len(all))
	}
	dir := t.TempDir()
	for _, f := range all {
		f.overlaid(t, dir)
	}
}

// TestFaultsAreSeen builds the checker with each fault and holds it against executions.
func TestFaultsAreSeen(t *testing.T) {
	trial.Long(t, "it takes a build for each fault; that they can still be made is tested")
	dir := t.TempDir()
	for _, f := range faults(t) {
		t.Run(f.name, func(t *testing.T) {
			program := filepath.Join(dir, f.name)
			build := exec.Command("go", "build", "-overlay", f.overlaid(t, dir), "-o", program, "./run")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			out, err := exec.Command(program, "-seeds", strings.Trim(strings.ReplaceAll(fmt.Sprint(f.seeds), " ", ","), "[]")).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			sound, err := Random(Request{Seeds: f.seeds, Effort: DefaultEffort})
			if err != nil {
				t.Fatal(err)
			}
			known, seen := lines(sound.Table()), 0
			for line := range lines(string(out)) {
				if !known[line] {
					seen++
				}
			}
			if seen == 0 {
				t.Errorf("the programs of the seeds %d do not show it:\n%s", f.seeds, out)
			}
		})
	}
}
