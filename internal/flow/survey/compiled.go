package survey

import (
	"github.com/voipcheck/voipcheck/internal/flow/ir"
	"github.com/voipcheck/voipcheck/internal/script"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Compiled reports whether a place lies within a function that a compiler wrote.
func (s *Survey) Compiled(at source.Span) bool {
	for _, f := range s.Files {
		if f.Syntax.File != at.File {
			continue
		}
		if s.compiled[f] == nil {
			s.compiled[f] = append([]script.Loc{}, ir.CompilerFunctions(f.Syntax)...)
		}
		for _, r := range s.compiled[f] {
			if r.Start <= at.Start && at.End <= r.End {
				return true
			}
		}
	}
	return false
}
