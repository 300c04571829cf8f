package verdict

import (
	"slices"

	"github.com/voipcheck/voipcheck/internal/flow/callsite"
	"github.com/voipcheck/voipcheck/internal/script"
)

// leftOut reports whether a call that did not run is left out when the program is built for the platform: it stands behind a test of something that the
// build knows.
func (j *Judge) leftOut(c *callsite.Call) bool {
	file := j.Text.FileOf(c.Name.File)
	constants := j.Program.Constants()
	if file == nil || len(constants) == 0 {
		return false
	}
	out := false
	behind := func(test script.Expr, parts ...script.Node) {
		for _, part := range parts {
			if part == nil || out {
				continue
			}
			if r := part.Range(); r.Start <= c.Name.Start && c.Name.End <= r.End {
				out = mentions(test, constants)
			}
		}
	}
	script.WalkProgram(file.Syntax, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.If:
			behind(n.Test, n.Then, n.Else)
		case *script.Cond:
			behind(n.Test, n.Then, n.Else)
		case *script.Logical:
			behind(n.L, n.R)
		}
		return !out
	})
	return out
}

// mentions reports whether an expression names one of some variables or properties.
func mentions(x script.Expr, names []string) bool {
	found := false
	script.Walk(x, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Ident:
			found = found || slices.Contains(names, n.Name)
		case *script.Member:
			found = found || slices.Contains(names, n.Name)
		}
		return !found
	})
	return found
}
