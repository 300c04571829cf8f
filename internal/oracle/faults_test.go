package oracle

// The oracle is trusted because it sees faults: each file of testdata/faults changes one place of the analysis, in a
// build overlay, and the random programs of its seeds have to show it.

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// place finds the one place of the analysis that the fault changes.
func (f fault) place(t *testing.T, text string) int {
	t.Helper()
	if n := strings.Count(text, f.from); n != 1 {
		t.Fatalf("%s: %s has %d places that read\n%s\nIt was changed: describe the fault in testdata/faults/%s.txtar anew.", f.name, f.file, n, f.from, f.name)
	}
	return strings.Index(text, f.from)
}

// chooses is the environment variable that chooses which fault the program has.
const chooses = "VOIPCHECK_FAULT"

// overlaid is a build overlay that puts every fault into one program: the body of each function concerned once more with the fault
// in it, run where that fault is chosen. A build for each fault would take a minute and a half of a processor more.
func overlaid(t *testing.T, all []fault, dir string) string {
	t.Helper()
	replace := map[string]string{}
	instead := func(file, text string) {
		changed := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		if err := os.WriteFile(changed, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		replace[file] = changed
	}
	byFile := map[string][]fault{}
	for _, f := range all {
		byFile[f.file] = append(byFile[f.file], f)
	}
	for name, here := range byFile {
		file, err := filepath.Abs(filepath.Join("../..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%s: the fault is to be made in a file that is not there any more: find the place that took over its work, or another fault: %v", here[0].name, err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		instead(file, switched(t, parsed, string(text), here))
		instead(filepath.Join(filepath.Dir(file), "chosen_fault.go"),
			fmt.Sprintf("package %s\n\nimport \"os\"\n\nvar chosenFault = os.Getenv(%q)\n", parsed.Name.Name, chooses))
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// switched is the text of a file with its faults, each to be chosen.
func switched(t *testing.T, file *ast.File, text string, faults []fault) string {
	t.Helper()
	added := map[int]string{} // by where
	for _, f := range faults {
		at := f.place(t, text)
		kind, body := around(file, at)
		if body == nil {
			t.Fatalf("%s: the place in %s is in no function, where a fault could be chosen", f.name, f.file)
		}
		from, to := int(body.Lbrace)-int(file.FileStart)+1, int(body.Rbrace)-int(file.FileStart)
		faulty := text[from:at] + f.to + text[at+len(f.from):to]
		if kind.Results == nil {
			faulty += "\nreturn\n" // the others return by themselves
		}
		added[from] += fmt.Sprintf("\nif chosenFault == %q {%s}\n", f.name, faulty)
	}
	var out strings.Builder
	done := 0
	for _, at := range slices.Sorted(maps.Keys(added)) {
		out.WriteString(text[done:at] + added[at])
		done = at
	}
	return out.String() + text[done:]
}

// around is the outermost function around a place in a file.
func around(file *ast.File, offset int) (kind *ast.FuncType, body *ast.BlockStmt) {
	at := file.FileStart + token.Pos(offset)
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || body != nil || n.Pos() > at || n.End() <= at {
			return false
		}
		switch f := n.(type) {
		case *ast.FuncDecl:
			if f.Body != nil && f.Body.Lbrace < at {
				kind, body = f.Type, f.Body
			}
		case *ast.FuncLit:
			if f.Body.Lbrace < at {
				kind, body = f.Type, f.Body
			}
		}
		return true
	})
	return kind, body
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
	overlaid(t, all, t.TempDir())
}

// TestFaultsAreSeen builds the checker with the faults and holds it against executions, with each of them in turn.
func TestFaultsAreSeen(t *testing.T) {
	trial.Long(t, "it takes a build; that the faults can still be made is tested")
	all, dir := faults(t), t.TempDir()
	program := filepath.Join(dir, "run")
	build := exec.Command("go", "build", "-overlay", overlaid(t, all, dir), "-o", program, "./run")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	disagreements := func(t *testing.T, f fault) map[string]bool {
		t.Helper()
		run := exec.Command(program, "-seeds", strings.Trim(strings.ReplaceAll(fmt.Sprint(f.seeds), " ", ","), "[]"))
		run.Env = append(os.Environ(), chooses+"="+f.name)
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return lines(string(out))
	}
	var none fault
	for _, f := range all {
		none.seeds = append(none.seeds, f.seeds...)
	}
	slices.Sort(none.seeds)
	none.seeds = slices.Compact(none.seeds)
	sound := disagreements(t, none)
	for _, f := range all {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			for line := range disagreements(t, f) {
				if !sound[line] {
					return
				}
			}
			t.Errorf("the programs of the seeds %d do not show it", f.seeds)
		})
	}
}
