// Run makes random programs, executes them, and holds the checker against what their executions show.
//
//	go run ./internal/oracle/run -n 10000 -seed 1 -out /tmp/programs
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/voipcheck/voipcheck/internal/oracle"
)

func main() {
	n := flag.Int("n", 200, "how many programs")
	seed := flag.Uint64("seed", 1, "the first program's seed")
	out := flag.String("out", "", "a folder for the programs on which executions and checker differ")
	workers := flag.Int("workers", 1, "how many programs are tried at once")
	flag.Parse()
	debug.SetGCPercent(400)
	survey, err := oracle.Random(oracle.Request{Seed: *seed, Count: *n, Workers: *workers, Effort: oracle.DefaultEffort})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(survey.Table())
	if *out != "" {
		if err := survey.Write(*out); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
