package oracle

// The next core in the checker's place. This file goes when the core is what the checker runs.

import (
	"time"

	"github.com/voipcheck/voipcheck/internal/beside"
)

// Core is the checker with the next core, which may take so long over a program.
func Core(limit time.Duration) Checker {
	return func(files map[string]string, twice bool) (*Verdict, error) {
		var runs []*beside.Run
		v, err := check(files, twice, func() analyze {
			r := &beside.Run{Limit: limit}
			runs = append(runs, r)
			return r.Analyze
		})
		if err != nil {
			return nil, err
		}
		r := runs[0]
		v.Took, v.Causes, v.NoEnd = r.Took, r.Causes, r.NoEnd
		if r.Panic != "" {
			v.Crash = r.Panic
		}
		return v, nil
	}
}
