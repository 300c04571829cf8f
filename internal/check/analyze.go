package check

// What a configuration says of reading and following code, as those take it.

import (
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/config"
	"github.com/voipcheck/voipcheck/internal/flow"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/script"
)

// following says how a project's code is followed: until stop is closed. spent is how many steps the mini-programs took that were
// followed before.
func following(c *config.Config, spent int, stop <-chan struct{}) flow.Options {
	return flow.Options{
		Grants: functions(c, c.Grants), Enables: functions(c, c.Enables),
		Work: c.Limits.Work, Parse: parsing(c.Limits), Spent: spent, Stop: stop,
	}
}

// functions are the functions of a configuration as the flow names them.
func functions(c *config.Config, list []config.Function) []flow.Function {
	var out []flow.Function
	for _, f := range list {
		file := filepath.Join(c.Dir, filepath.FromSlash(f.File))
		out = append(out, flow.Function{File: filepath.ToSlash(file), Func: f.Func})
	}
	return out
}

// parsing are the limits for parsing a file. How deep it may nest is a matter of the parsers' stack, and not of work.
func parsing(l config.Limits) script.Limits {
	parse := script.DefaultLimits
	parse.MaxBytes = int(times(l, int64(parse.MaxBytes)))
	return parse
}

// readingLimits are the limits for reading files. A file that names a call is read even when it is too large to be parsed, to say so.
func readingLimits(l config.Limits) files.Limits {
	usual := files.DefaultLimits
	return files.Limits{
		Config: times(l, usual.Config), Script: times(l, usual.Script), Files: times(l, usual.Files),
		Named: max(times(l, usual.Script), usual.Named),
	}
}

// times is how much there may be of something where a configuration says how much work is done.
func times(l config.Limits, usual int64) int64 {
	if l.Work <= 0 {
		return usual
	}
	return max(1, int64(float64(usual)*l.Work))
}
