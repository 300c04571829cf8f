package builtin

import (
	"testing"

	"github.com/voipcheck/voipcheck/internal/flow/value"
)

// BenchmarkNew measures what a realm costs: the preludes are lowered once for a process.
func BenchmarkNew(b *testing.B) {
	lowered()
	for b.Loop() {
		New(value.NewTable())
	}
}

// BenchmarkLower measures what lowering the preludes costs.
func BenchmarkLower(b *testing.B) {
	for b.Loop() {
		lower()
	}
}
