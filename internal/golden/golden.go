// Package golden keeps what is found in each program of the sets that the checker is tried with: rule, reason, place, fingerprint and
// witness. A change that finds anything else in one of them fails a test, and is looked at with
//
//	go run ./internal/golden/show
//
// which runs the sets of the last commit too and shows the differences with their witnesses. go test PACKAGE -run TestGolden -update
// records what is found now.
package golden

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/report"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// Test is the name of the test that holds a set to its golden file.
const Test = "TestGolden"

// dump is where a test writes records to, for show.
var dump = flag.String("golden", "", "write what is found, with its witnesses, to this file and compare nothing")

// Dumping tells that all programs are wanted, whatever the size of the run.
func Dumping() bool { return *dump != "" }

// Record is what is found in one program.
type Record struct {
	// Program names it: for a long set, its group and what tells it apart there, after a slash.
	Program  string
	Findings []Finding `json:",omitempty"`
}

// Finding is one finding. Witness is what leads to it, a step a line; it begins with the message.
type Finding struct {
	Place, Rule, Fingerprint string
	Witness                  []string
}

// Of is the record of a program that was checked.
func Of(program string, result *check.Result) Record {
	r := Record{Program: program}
	for _, f := range result.Findings {
		r.Findings = append(r.Findings, of(f))
	}
	return r
}

func of(f report.Finding) Finding {
	rule := f.Rule.ID
	if f.Reason != "" {
		rule += "/" + f.Reason
	}
	out := Finding{
		Place: fmt.Sprintf("%s:%d:%d", f.File, f.From.Line, f.From.Column), Rule: rule + " " + report.SeverityName(f.Severity),
		Fingerprint: f.Fingerprint[:fingerprintShown], Witness: []string{f.Message.EN},
	}
	for _, n := range f.Trace {
		at := n.At.From()
		place := ""
		if n.At.File != nil {
			place = fmt.Sprintf("%s:%d:%d ", n.At.File.Path, at.Line, at.Column)
		}
		out.Witness = append(out.Witness, place+n.Message.EN)
	}
	return out
}

// How many hexadecimal digits are kept.
const (
	fingerprintShown = 16
	digestShown      = 8
)

// digest stands for texts that are not kept.
func digest(texts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\x00")))
	return hex.EncodeToString(sum[:])[:digestShown]
}

// String is the line that is kept of a finding.
func (f Finding) String() string {
	return fmt.Sprintf("%s %s %s %s", f.Place, f.Rule, f.Fingerprint, digest(f.Witness...))
}

// Digest stands for all that is found in a program.
func (r Record) Digest() string {
	var lines []string
	for _, f := range r.Findings {
		lines = append(lines, f.String())
	}
	if len(lines) == 0 {
		return "-"
	}
	return digest(lines...)
}

// Form is how a golden file keeps records.
type Form func([]Record) string

// EachFinding keeps a line for each finding, below its program: for sets that people read.
func EachFinding(records []Record) string {
	var b strings.Builder
	for _, r := range sorted(records) {
		b.WriteString(r.Program + "\n")
		for _, f := range r.Findings {
			b.WriteString("  " + f.String() + "\n")
		}
	}
	return b.String()
}

// EachProgram keeps a digest for each program, below its group: for sets of thousands of programs. "-" is for one in which nothing
// is found.
func EachProgram(records []Record) string {
	var b strings.Builder
	group := ""
	for _, r := range sorted(records) {
		g, name := split(r.Program)
		if g != group {
			group = g
			b.WriteString(g + "\n")
		}
		b.WriteString("  " + digest(name) + " " + r.Digest() + "\n")
	}
	return b.String()
}

// split divides a program's name at its last slash.
func split(program string) (group, name string) {
	at := strings.LastIndex(program, "/")
	if at < 0 {
		return "", program
	}
	return program[:at], program[at+1:]
}

func sorted(records []Record) []Record {
	out := append([]Record{}, records...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Program < out[j].Program })
	return out
}

// Compare holds records to a golden file. whole tells that they are all of the set: a part of it is compared with its part of the file.
func Compare(t *testing.T, file string, form Form, records []Record, whole, update bool) {
	t.Helper()
	if *dump != "" {
		write(t, *dump, records)
		return
	}
	names := map[string]bool{}
	for _, r := range records {
		if names[r.Program] {
			t.Fatalf("two programs are called %s", r.Program)
		}
		names[r.Program] = true
	}
	text := form(records)
	if update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && !trial.Full() {
		t.Skipf("%s is not there: -update records what is found", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	was, is := blocks(string(kept)), blocks(text)
	told := 0
	for _, name := range keys(was, is) {
		if _, now := is[name]; !now && !whole || was[name] == is[name] {
			continue
		}
		if told++; told > mostTold {
			continue
		}
		t.Errorf("%s\n-recorded\n%s+found\n%s", strings.TrimSpace(name), was[name], is[name])
	}
	if told > 0 {
		t.Errorf("%d differences from %s: go run ./internal/golden/show shows them with their witnesses, and go test -run %s -update records what is found", told, file, Test)
	}
}

// mostTold is how many differences a test prints.
const mostTold = 10

// blocks divides a golden file by program: what stands below each name, or beside it.
func blocks(text string) map[string]string {
	out := map[string]string{}
	group := ""
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if !strings.HasPrefix(line, "  ") {
			group = line
			out[group] += ""
			continue
		}
		if id, found, ok := strings.Cut(strings.TrimSpace(line), " "); ok && len(id) == digestShown && !strings.Contains(found, " ") {
			out[group+" "+id] = found + "\n"
			delete(out, group)
			continue
		}
		out[group] += line + "\n"
	}
	return out
}

func keys(ms ...map[string]string) []string {
	seen := map[string]bool{}
	var out []string
	for _, m := range ms {
		for k := range m {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	sort.Strings(out)
	return out
}

// write writes records to a file, one a line.
func write(t *testing.T, file string, records []Record) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	out := json.NewEncoder(f)
	for _, r := range sorted(records) {
		if err := out.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// Read reads records that a test wrote.
func Read(file string) ([]Record, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Record
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var r Record
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, r)
	}
	return out, in.Err()
}
