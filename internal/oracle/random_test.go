package oracle

// Random programs of fixed seeds, and the programs on which checker and executions are known to differ.

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// differing names the known disagreements of the random programs of this test, one a line. It may only shrink: a line
// that is not needed any more fails the test, and -update takes it out.
const differing = "testdata/random.txt"

func TestRandom(t *testing.T) {
	count := 40
	if testing.Short() {
		count = 4
	}
	text, err := os.ReadFile(differing)
	if err != nil {
		t.Fatal(err)
	}
	known := lines(string(text))
	survey, err := Random(Request{Seed: 1, Count: count, Workers: 2, Effort: DefaultEffort})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range survey.Cases {
		for _, f := range c.Program.Faults {
			t.Errorf("seed %d: the program itself is wrong, or the mock platform lacks something: %s", c.Seed, f)
		}
		for _, d := range c.Faults() {
			line := fmt.Sprintf("seed %d: %s", c.Seed, d)
			if !known[line] {
				t.Errorf("%s (go run ./internal/oracle/run -n 1 -seed %d -reduce)\n%s", line, c.Seed, strings.Join(d.Witness, "\n"))
			}
			delete(known, line)
		}
	}
	for line := range known {
		var seed uint64
		if _, err := fmt.Sscanf(line, "seed %d:", &seed); err == nil && seed <= uint64(count) {
			t.Errorf("not any more, take it out of %s: %s", differing, line)
		}
	}
	counts := survey.Counts()
	if counts.Broken == 0 || counts.Kept == 0 || counts.Refuted == 0 {
		t.Errorf("the programs are all alike:\n%s", survey.Table())
	}
}

// TestWorkers holds a survey to saying the same however many programs are tried at once.
func TestWorkers(t *testing.T) {
	r := Request{Seed: 300, Count: 3, Workers: 1, Effort: DefaultEffort}
	one, err := Random(r)
	if err != nil {
		t.Fatal(err)
	}
	r.Workers = 3
	three, err := Random(r)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one.Table(), three.Table()); diff != "" {
		t.Error(diff)
	}
}

// TestKnown holds each reduced program to showing what it is kept for: "class rule" in the comment's second line. A
// program that does not any more has to go.
func TestKnown(t *testing.T) {
	names, err := filepath.Glob("testdata/known/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range a.Files {
				files[f.Name] = string(f.Data)
			}
			c, err := Compare(files, DefaultEffort)
			if err != nil {
				t.Fatal(err)
			}
			comment := strings.Split(strings.TrimSpace(string(a.Comment)), "\n")
			want, found := comment[len(comment)-1], []string{}
			for _, d := range c.Disagreements {
				if found = append(found, d.kind().String()); d.kind().String() == want {
					return
				}
			}
			t.Errorf("%s: it does not show %q any more but %q: take it out, or say what it shows", name, want, found)
		})
	}
}

// TestReduce makes a program smaller.
func TestReduce(t *testing.T) {
	small := Reduce(map[string]string{"a.js": "one()\nif (x) {\n  two()\n} else {\n  three()\n}\nfour({\n  five,\n})\n", "b.js": "six()"},
		func(files map[string]string) bool { return strings.Contains(files["a.js"], "two()") })
	want := map[string]string{"a.js": "  two()"}
	if diff := cmp.Diff(want, small); diff != "" {
		t.Error(diff)
	}
}
