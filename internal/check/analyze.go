package check

import (
	"path/filepath"

	"github.com/voipcheck/voipcheck/internal/flow"
)

// analyze follows a project's code.
func analyze(t *target) *flow.Result {
	var o flow.Options
	for _, g := range t.config.Grants {
		file := filepath.Join(t.config.Dir, filepath.FromSlash(g.File))
		o.Grants = append(o.Grants, flow.Grant{File: filepath.ToSlash(file), Func: g.Func})
	}
	return flow.Analyze(t.Project, o)
}
