package oracle

// The next core in the checker's place. This file goes when the core is what the checker runs.

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/beside"
)

// Core is the checker with the next core, which may take so long over a program.
func Core(limit time.Duration) Checker {
	return func(files map[string]string, twice bool) (*Verdict, error) {
		first, told := followed(files, limit)
		if twice && first.Crash == "" && !first.NoEnd {
			if _, again := followed(files, limit); again != told {
				first.Unstable = again
			}
		}
		return first, nil
	}
}

func followed(files map[string]string, limit time.Duration) (v *Verdict, told string) {
	v = &Verdict{Causes: map[string]string{}}
	reports, err := beside.Check(files, nil, limit)
	switch {
	case errors.Is(err, beside.ErrNoEnd):
		v.NoEnd = true
		return v, ""
	case err != nil:
		v.Crash = err.Error()
		return v, ""
	}
	var b strings.Builder
	for _, r := range reports {
		v.Took += r.Took
		for at, why := range r.Causes {
			v.Causes[at] = why
		}
		for _, f := range r.Findings {
			finding := Finding{Rule: f.Rule.ID, Reason: f.Reason}
			if f.At.File != nil {
				finding.File, finding.Line = f.At.File.Path, f.At.From().Line
			}
			v.Findings = append(v.Findings, finding)
			fmt.Fprintf(&b, "%s %s\n", finding, f.Message.EN)
			for _, n := range f.Trace {
				fmt.Fprintf(&b, "  %s %s\n", n.At.Text(), n.Message.EN)
			}
		}
	}
	sort.SliceStable(v.Findings, func(i, j int) bool { return v.Findings[i].String() < v.Findings[j].String() })
	return v, b.String()
}
