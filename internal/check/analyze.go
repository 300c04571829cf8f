package check

// What a configuration says of reading and following code, as those take it.

import (
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/script"
)

// analyze follows a project's code.
func analyze(t *target) *flow.Result {
	o := flow.Options{Limits: following(t.config.Limits)}
	for _, g := range t.config.Grants {
		file := filepath.Join(t.config.Dir, filepath.FromSlash(g.File))
		o.Grants = append(o.Grants, flow.Grant{File: filepath.ToSlash(file), Func: g.Func})
	}
	return flow.Analyze(t.Project, o)
}

// following are the limits for following code.
func following(l config.Limits) flow.Limits {
	parse := script.DefaultLimits
	if l.FileSize > 0 {
		parse.MaxBytes = int(l.FileSize)
	}
	if l.ParseTime > 0 {
		parse.Timeout = l.ParseTime
	}
	return flow.Limits{Ways: l.Ways, Steps: l.Steps, Time: l.Time, Parse: parse}
}

// reading are the limits for reading files. A file that names a call is read even when it is too large to be parsed, to say so.
func reading(l config.Limits) miniprogram.Limits {
	read := miniprogram.Limits{Config: l.FileSize, Script: l.FileSize, Files: int64(l.Files)}
	if l.FileSize > 0 {
		read.Named = max(l.FileSize, miniprogram.DefaultLimits.Named)
	}
	return read
}
