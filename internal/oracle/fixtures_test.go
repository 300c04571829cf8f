package oracle

// The cases of the rules, executed. They are small and each was thought about, so that a case on which executions
// and checker differ is a fault of one of the two, or of the mock platform.

import (
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/voipcheck/voipcheck/internal/oracle/execute"
	"github.com/voipcheck/voipcheck/internal/trial"
)

// beyond are cases that the bounds, or the mock platform, leave open, and why.
var beyond = map[string]string{
	"authorize-before-enable/bad-flags-in-turn":        "it takes eight taps in the right order",
	"authorize-before-enable/bad-gives-up-and-goes-on": "it takes more refusals in a row than are tried",
}

// someOf is of how many cases a run that is not full executes one.
const someOf = 16

func TestFixtures(t *testing.T) {
	var names []string
	for _, rule := range []string{"authorize-before-enable", "authorize-unproven", "join-after-enable", "join-unproven", "devtools-unsupported", "receiver-enabled", "call-reachable"} {
		found, err := filepath.Glob("../../fixtures/" + rule + "/*.txtar")
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	var executed atomic.Int32
	t.Run("cases", func(t *testing.T) {
		for _, name := range names {
			short := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), "../../fixtures/"), ".txtar")
			if !trial.Sampled(short, someOf) {
				continue
			}
			t.Run(short, func(t *testing.T) {
				t.Parallel()
				c, err := Compare(trial.Fixture(t, name), DefaultEffort)
				if errors.Is(err, execute.ErrNotNative) || errors.Is(err, execute.ErrSyntax) {
					t.Skip(err)
				}
				if err != nil {
					t.Fatal(err)
				}
				executed.Add(1)
				open := false
				for _, d := range c.Disagreements {
					open = open || d.Class == Undecided
					if d.Class.Fault() || d.Class == Undecided && beyond[short] == "" {
						t.Errorf("%s\n%s", d, strings.Join(d.Witness, "\n"))
					}
				}
				if beyond[short] != "" && !open {
					t.Error("it is decided: it need not stand in the list any more")
				}
			})
		}
	})
	if executed.Load() == 0 {
		t.Error("no case is a native program")
	}
}
