package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// exhausts are programs that the runtime would end with status 2, or the system without a word.
var exhausts = map[string]func(){
	"stack": func() { recurse(0) }, //nolint:staticcheck // the result is of no use, the stack is
	"heap": func() {
		var kept [][]byte
		for {
			kept = append(kept, make([]byte, 1<<20))
			kept[len(kept)-1][0] = 1
		}
	},
}

func recurse(n int) int { return recurse(n+1) + n } //nolint:staticcheck // it is to have no end

// TestGuardMemory: who runs out of memory ends as a failure, and says so.
func TestGuardMemory(t *testing.T) {
	const which = "VOIPCHECK_TEST_EXHAUST"
	if run := exhausts[os.Getenv(which)]; run != nil {
		(&Command{}).guardMemory(200 << 20)
		run()
		return
	}
	trial.NotShort(t) // a stack takes long to fill, and with the race detector many times as long
	for name := range exhausts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := exec.Command(os.Args[0], "-test.run=^TestGuardMemory$")
			program.Env = append(os.Environ(), which+"="+name, "LC_ALL=zh_CN.UTF-8")
			said, err := program.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(string(said), "检查占用的内存超过 200 MB") {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
}
