//go:build unix

// Command applications checks public applications and compares what is found with what a reader of their code expects
// (expectations.txt), and writes the table of README.md beside it.
//
//	go run ./internal/applications -dir DIR [-only NAME]
//
// DIR holds a checkout of each repository, in a folder of the repository's name. Nothing is written there.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

func main() {
	dir := flag.String("dir", "", "the folder with the checkouts")
	only := flag.String("only", "", "check one application, and print only")
	out := flag.String("o", "internal/applications/README.md", "the file to write")
	flag.Parse()
	if err := run(*dir, *only, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir, only, out string) error {
	if dir == "" {
		return fmt.Errorf("-dir DIR is needed: a folder with the checkouts of the repositories in internal/applications/expectations.txt")
	}
	applications, err := parse(expectations)
	if err != nil {
		return err
	}
	made, err := os.MkdirTemp("", "applications")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(made) }() // it is in the way of nothing
	program := filepath.Join(made, "voipcheck")
	if text, err := exec.Command("go", "build", "-o", program, "./cmd/voipcheck").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, text)
	}
	var results []result
	for _, a := range applications {
		if only != "" && a.name() != only {
			continue
		}
		r, err := examine(program, filepath.Join(dir, a.name()), a)
		if err != nil {
			return fmt.Errorf("%s: %w", a.repository, err)
		}
		results = append(results, r)
	}
	text := table(results, time.Now().UTC().Format(time.DateOnly))
	fmt.Print(text)
	if only != "" {
		return nil
	}
	return os.WriteFile(out, []byte(text), 0o644)
}

// result is what a check of an application came to.
type result struct {
	*application
	comparison
	found  int
	status int
	cost   measure.Cost
}

// examine checks the checkout of an application.
func examine(program, dir string, a *application) (result, error) {
	commit, err := exec.Command("git", "-C", dir, "rev-parse", "HEAD").Output()
	if err != nil {
		return result{}, fmt.Errorf("no checkout in %s: %w", dir, err)
	}
	if got := strings.TrimSpace(string(commit)); got != a.commit {
		return result{}, fmt.Errorf("%s is at %s; what is expected was written for %s", dir, got, a.commit)
	}
	var out bytes.Buffer
	cost, status := measure.Run(dir, &out, program, "--format", "json", a.folder)
	found, err := findings(out.Bytes())
	if err != nil {
		return result{}, fmt.Errorf("exit status %d: %w", status, err)
	}
	return result{a, a.compare(found), len(found), status, cost}, nil
}

// findings reads a report.
func findings(report []byte) ([]finding, error) {
	var r struct {
		Findings []struct {
			Rule, Reason, File string
			Line               int
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return nil, err
	}
	var out []finding
	for _, f := range r.Findings {
		out = append(out, finding{f.File, f.Line, f.Rule, f.Reason})
	}
	return out, nil
}

// table is the text of README.md.
func table(results []result, day string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# What is found in public applications

Written by `+"`go run ./internal/applications -dir DIR`"+` on %s; do not edit. A person read the code of each application and wrote into
`+"`expectations.txt`"+` what a check should find, before it was run. **right**: found and expected; **wrong**: found and not expected;
**missed**: expected and not found. Exit status, CPU time (user and system) and the most memory are those of one run.

| application | expected | right | wrong | missed | exit | CPU, s | memory, MB |
|---|---:|---:|---:|---:|---:|---:|---:|
`, day)
	for _, r := range results {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %.2f | %d |\n", r.repository, len(r.expect), r.right, len(r.wrong), len(r.missed), r.status, r.cost.CPU.Seconds(), r.cost.Memory>>20)
	}
	for _, r := range results {
		if len(r.wrong)+len(r.missed) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", r.repository)
		for _, f := range r.wrong {
			fmt.Fprintf(&b, "- wrong: %v\n", f)
		}
		for _, f := range r.missed {
			fmt.Fprintf(&b, "- missed: %v\n", f)
		}
	}
	return b.String()
}
