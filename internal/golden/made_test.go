package golden_test

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/check"
	"github.com/voipcheck/voipcheck/internal/golden"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/oracle/generate"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var update = flag.Bool("update", false, "record what is found now")

// made is how many random programs are kept; a run that is not full tries one of someOf.
const (
	made   = 300
	someOf = 10
)

// TestGolden checks random programs, and holds what is found in them to what is recorded.
func TestGolden(t *testing.T) {
	whole := trial.Full() || *update || golden.Dumping()
	var names []string
	seeds := map[string]uint64{}
	for seed := uint64(1); seed <= made; seed++ {
		name := fmt.Sprintf("seeds %d to %d/%d", (seed-1)/50*50+1, (seed-1)/50*50+50, seed)
		if seeds[name] = seed; whole || trial.Sampled(name, someOf) {
			names = append(names, name)
		}
	}
	records := make([]golden.Record, len(names))
	var group sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Add(1)
		slots <- true
		go func() {
			defer func() { <-slots; group.Done() }()
			result, err := check.Run(check.Options{Dir: "/work", Paths: []string{"."}, FS: miniprogram.MemFS(generate.Program(seeds[name]).Files), Now: time.Unix(0, 0)})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			records[i] = golden.Of(name, result)
		}()
	}
	group.Wait()
	if !t.Failed() {
		golden.Compare(t, "made.txt", golden.EachProgram, records, whole, *update)
	}
}
