package mutation

// Made programs, executed: the checker and who makes the programs may share a belief about the platform that is wrong.

import (
	"encoding/json"
	"errors"
	"hash/fnv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/voipcheck/voipcheck/internal/oracle"
	"github.com/voipcheck/voipcheck/internal/oracle/execute"
	sets "github.com/voipcheck/voipcheck/internal/trial"
)

// executedOf is of how many programs a full run executes one, and of how many of these other runs do: many executions cost more
// than a check.
const executedOf, fewerOf = 32, 4

// executes tells by a program's name alone whether it is one of those that are executed.
func executes(name string) bool {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte("executed " + name))
	return hash.Sum32()%executedOf == 0 && sets.Sampled(name, fewerOf)
}

// TestExecuted holds what the checker says of made programs against what happens when they run.
func TestExecuted(t *testing.T) {
	sets.NotShort(t)
	results, _ := tryAll(t)
	var executed atomic.Int32
	t.Run("programs", func(t *testing.T) {
		for _, r := range results {
			name := r.record.Program
			if !executes(name) {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c, err := oracle.Compare(r.files, oracle.DefaultEffort)
				var broken *json.SyntaxError
				if errors.Is(err, execute.ErrNotNative) || errors.Is(err, execute.ErrSyntax) || errors.As(err, &broken) {
					t.Skip(err) // nothing of it would run
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
	if executed.Load() == 0 && sets.Full() { // a sample may hold none
		t.Error("none of the programs was executed")
	}
}
