package growth

// The next core held to the families. This file goes when the core is what the checker runs: then its sizes and its bound of time are those of
// growth_test.go.

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/beside"
	"github.com/voipcheck/voipcheck/internal/trial"
)

var (
	coreFamily = flag.String("family", "", "the one family that TestCore tries, at every size")
	coreLarge  = flag.Bool("large", false, "TestCore tries every family at every size")
	coreLimit  = flag.Duration("limit", 5*time.Minute, "how long the next core may take over a program")
)

// coreSizes are the sizes at which the core is tried, those of loops apart.
var (
	coreSizes = []int{1, 9, 40, 200, 1000}
	coreLoops = []int{100, 50_000, 200_000}
)

// coreMost are the largest sizes for families whose programs are not to grow further. A tree of 1,000 levels is nested more deeply than is parsed.
var coreMost = map[string]int{"awaited-flags": 40, "thens": 40, "requests": 40, "tree": 200}

// coreOpen are the families that are not proved, or refuted, at every size yet, from which size on.
var coreOpen = map[string]int{"components": 40, "flag-values": 200}

// TestCore prints what the core says of each family at each size and what it takes, and fails where that is wrong.
func TestCore(t *testing.T) {
	trial.NotShort(t)
	var b strings.Builder
	for _, fam := range families {
		if *coreFamily != "" && fam.name != *coreFamily {
			continue
		}
		sizes := coreSizes
		if fam.loop {
			sizes = coreLoops
		}
		if !*coreLarge && *coreFamily == "" {
			sizes = sizes[:min(3, len(sizes))] // the larger ones take seconds each
		}
		for _, n := range sizes {
			if most := coreMost[fam.name]; most > 0 && n > most {
				continue
			}
			fmt.Fprintf(&b, "%-16s %6d", fam.name, n)
			ended := true
			for _, f := range []fault{right, flowFault, nameFault} {
				r := &beside.Run{Limit: *coreLimit}
				o, err := run(fam.make(n, f), r.Analyze)
				word, wrong := o.judge(f)
				switch {
				case r.NoEnd:
					word, wrong, ended = "no end", "no end", false
				case r.Panic != "":
					word, wrong = "panic", r.Panic
				case err != nil:
					t.Fatal(err)
				case f != nameFault && word != "✓" && wrong == "":
					wrong = "open"
					for _, cause := range r.Causes {
						word += " " + cause
					}
				}
				fmt.Fprintf(&b, " | %-10s %7d %5.2f s", word, r.Steps, r.Took.Seconds())
				if least, ok := coreOpen[fam.name]; wrong != "" && (!ok || n < least) {
					t.Errorf("%s/%d/%d: %s: %s", fam.name, n, f, wrong, slices.Concat(o.errors, o.unproven, o.others))
				}
			}
			t.Log(b.String())
			b.Reset()
			if !ended {
				break
			}
		}
	}
}
