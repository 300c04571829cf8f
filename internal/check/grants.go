package check

// The functions that a configuration names as granting, as the flow takes them.

import (
	"github.com/voipcheck/voipcheck/internal/flow"
)

// analyze follows a project's code.
func analyze(t *target) (*flow.Result, error) {
	return flow.Analyze(t.Project), nil
}
