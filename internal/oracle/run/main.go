// Run makes random programs, executes them, and holds the checker against what their executions show.
//
//	go run ./internal/oracle/run -n 10000 -seed 1 -out /tmp/programs
//
// Interrupted, it goes on with the programs that it has tried by then. Given files, it tries those: programs as text archives.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/voipcheck/voipcheck/internal/oracle"
)

func main() {
	n := flag.Int("n", 200, "how many programs")
	seed := flag.Uint64("seed", 1, "the first program's seed")
	var seeds []uint64
	flag.Func("seeds", "the programs of these seeds only, separated by commas", func(text string) error {
		for _, one := range strings.Split(text, ",") {
			n, err := strconv.ParseUint(one, 10, 64)
			if err != nil {
				return err
			}
			seeds = append(seeds, n)
		}
		return nil
	})
	out := flag.String("out", "", "a folder for the programs on which executions and checker differ")
	executions := flag.Int("executions", oracle.DefaultEffort.Executions, "how many executions of each program")
	twice := flag.Int("twice", 8, "check one of so many programs a second time")
	reduce := flag.Bool("reduce", false, "print the smallest program of each class of disagreement")
	readme := flag.String("readme", "", "a file for the result as Markdown")
	next := flag.Bool("core", false, "hold the next core to the executions")
	limit := flag.Duration("limit", 10*time.Second, "how long it may take over a program")
	workers := flag.Int("workers", 1, "how many programs are tried at once")
	flag.Parse()
	debug.SetGCPercent(400)
	effort := oracle.DefaultEffort
	effort.Executions, effort.Twice = *executions, *twice
	if *next {
		effort.Check = oracle.Core(*limit)
	}
	if flag.NArg() > 0 {
		for _, name := range flag.Args() {
			if err := try(name, effort); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		return
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	survey, err := oracle.Random(oracle.Request{Seed: *seed, Count: *n, Workers: *workers, Seeds: seeds, Effort: effort, Stop: stop})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(survey.Table())
	if *reduce {
		fmt.Print(survey.Smallest())
	}
	if *readme != "" {
		if err := os.WriteFile(*readme, []byte(survey.Readme()), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if *out != "" {
		if err := survey.Write(*out); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// try compares the program in a text archive and prints all that was learned.
func try(name string, effort oracle.Effort) error {
	a, err := txtar.ParseFile(name)
	if err != nil {
		return err
	}
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	c, err := oracle.Compare(files, effort)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Printf("%s: %d executions, all within the bounds: %t\n", name, c.Executions, c.Program.Exhausted)
	for _, call := range c.Program.Calls {
		fmt.Printf("  %s\n", call)
	}
	for _, f := range c.Program.Faults {
		fmt.Printf("  mistake: %s\n", f)
	}
	for _, f := range c.Verdict.Findings {
		fmt.Printf("  finding: %s\n", f)
	}
	for _, d := range c.Disagreements {
		fmt.Printf("  %s\n", d)
		for _, w := range d.Witness {
			fmt.Printf("    %s\n", w)
		}
	}
	return nil
}
