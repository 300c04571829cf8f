package mutation

// Made programs, executed: the checker and who makes the programs may share a belief about the platform that is wrong.

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/voipcheck/voipcheck/internal/oracle"
	"github.com/voipcheck/voipcheck/internal/oracle/execute"
	sets "github.com/voipcheck/voipcheck/internal/trial"
)

// executedOf is of how many of the programs that are tried one is executed: many executions cost more than a check.
const executedOf = 24

// TestExecuted holds what the checker says of made programs against what happens when they run.
func TestExecuted(t *testing.T) {
	results, _ := tryAll(t)
	var executed atomic.Int32
	t.Run("programs", func(t *testing.T) {
		for _, r := range results {
			name := r.record.Program
			if !sets.Sampled("executed "+name, 1) || !executes(name) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c, err := oracle.Compare(r.files, oracle.DefaultEffort)
				if errors.Is(err, execute.ErrNotNative) || errors.Is(err, execute.ErrSyntax) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				executed.Add(1)
				for _, d := range c.Faults() {
					t.Errorf("%s\n%s\n%s", d, strings.Join(d.Witness, "\n"), archive(r.files))
				}
			})
		}
	})
	if executed.Load() == 0 {
		t.Error("none of the programs was executed")
	}
}
