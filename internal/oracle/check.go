package oracle

// What the checker says of a program.

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	whole "github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// Finding is one line of a report.
type Finding struct {
	Rule, Reason string
	File         string
	Line         int
}

func (f Finding) String() string {
	rule := f.Rule
	if f.Reason != "" {
		rule += "/" + f.Reason
	}
	return fmt.Sprintf("%s:%d %s", f.File, f.Line, rule)
}

// Verdict is a report as far as it is compared, and what went wrong in making it.
type Verdict struct {
	Findings []Finding
	Exit     int
	// Crash is what the checker failed with, or that it could not read something.
	Crash string
	// Unstable is what a second run said otherwise.
	Unstable string
	// NoEnd tells that it did not come to an end.
	NoEnd bool
	// Took is how long it took, Causes why calls are unproven, by their place; where the checker tells.
	Took   time.Duration
	Causes map[string]string
}

// Checker says what is found of a program; twice asks for a second run, to see whether that says the same.
type Checker func(files map[string]string, twice bool) (*Verdict, error)

// place is the file system of a program that was written to a folder.
type place struct {
	miniprogram.FS
	dir string
}

func (p place) Base() string { return filepath.ToSlash(p.dir) }

// analyze follows the code of a project.
type analyze = func(*miniprogram.Project, flow.Options) *flow.Result

// Check runs the whole checker on a program; twice, if asked to.
func Check(files map[string]string, twice bool) (*Verdict, error) {
	return check(files, twice, func() analyze { return nil })
}

// check runs the checker with what follows the code, made anew for each run; nil for what a user runs.
func check(files map[string]string, twice bool, follow func() analyze) (*Verdict, error) {
	dir, err := os.MkdirTemp("", "oracle")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // what is left in a folder for temporary files is the system's business
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	first, told := once(dir, follow())
	if twice && first.Crash == "" {
		if _, again := once(dir, follow()); again != told {
			first.Unstable = again
		}
	}
	return first, nil
}

// once runs the checker and returns its verdict, and all that it said.
func once(dir string, follow analyze) (v *Verdict, told string) {
	v = &Verdict{}
	defer func() {
		if r := recover(); r != nil {
			v.Crash = fmt.Sprint(r)
		}
	}()
	result, err := whole.Run(whole.Options{
		Analyze: follow, Dir: dir, Paths: []string{"."}, FS: place{miniprogram.OSFS(), dir}, Now: time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		v.Crash = err.Error()
		return v, ""
	}
	v.Exit = result.Exit
	for _, u := range result.Unreadable {
		v.Crash = fmt.Sprintf("%s could not be read: %v", u.File, u.Why)
	}
	var b strings.Builder
	for _, f := range result.Findings {
		v.Findings = append(v.Findings, Finding{Rule: f.Rule.ID, Reason: f.Reason, File: f.File, Line: f.From.Line})
		fmt.Fprintf(&b, "%s:%d:%d %s %s %s\n", f.File, f.From.Line, f.From.Column, f.Rule.ID, f.Reason, f.Message.EN)
		for _, n := range f.Trace {
			fmt.Fprintf(&b, "  %s %s\n", n.At.Text(), n.Message.EN)
		}
	}
	sort.SliceStable(v.Findings, func(i, j int) bool { return v.Findings[i].String() < v.Findings[j].String() })
	return v, b.String()
}
