//go:build unix

package main

// Running programs by turns and measuring them, on a machine that does nothing else.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

// command is a program with its name in the tables.
type command struct {
	name string
	args []string
}

// long is how long the runs of a turn may take before one turn is enough: what takes so long says itself what it costs.
const long = 20 * time.Second

// apart is how far the runs of a command may lie apart, as a share of their median, before they are repeated; most is how often.
const (
	apart = 0.15
	most  = 3
)

// alternate runs the commands by turns, once for the page cache and then as often as asked, and returns their medians. Where the runs
// of one lie far apart something else was going on, and all are repeated.
func (b *bench) alternate(dir string, commands []command) []measure.Cost {
	var out []measure.Cost
	for range most {
		costs := make([][]measure.Cost, len(commands))
		for n := range b.runs + 1 {
			began := time.Now()
			for i, c := range commands {
				one, _ := measure.Run(dir, nil, c.args...)
				if n == 0 {
					continue // the page cache is filled
				}
				costs[i] = append(costs[i], one)
			}
			if n > 0 && time.Since(began) > long {
				break
			}
		}
		steady := true
		out = make([]measure.Cost, len(commands))
		for i, runs := range costs {
			out[i] = measure.Cost{
				Wall:   median(runs, func(c measure.Cost) time.Duration { return c.Wall }),
				CPU:    median(runs, func(c measure.Cost) time.Duration { return c.CPU }),
				Memory: int64(median(runs, func(c measure.Cost) time.Duration { return time.Duration(c.Memory) })),
			}
			steady = steady && isSteady(runs, out[i].CPU)
		}
		if steady || b.busy {
			break
		}
	}
	return out
}

func median(runs []measure.Cost, of func(measure.Cost) time.Duration) time.Duration {
	values := make([]time.Duration, len(runs))
	for i, r := range runs {
		values[i] = of(r)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// isSteady tells that most runs took about as long as the median; short ones always do.
func isSteady(runs []measure.Cost, middle time.Duration) bool {
	far := 0
	for _, r := range runs {
		if d := (r.CPU - middle).Abs(); d > 20*time.Millisecond && d.Seconds() > apart*middle.Seconds() {
			far++
		}
	}
	return far*2 <= len(runs)
}

func exponentOf(before, after time.Duration, few, many int) float64 {
	return math.Log(after.Seconds()/before.Seconds()) / math.Log(float64(many)/float64(few))
}

// mostLoad is the load from which on the machine is busy: it takes a while to fall after a build.
const mostLoad = 0.7

// idle waits for the machine to become idle, up to two minutes, and returns its load.
func (b *bench) idle() float64 {
	load := b.load()
	for range 24 {
		if load <= mostLoad || b.busy {
			break
		}
		time.Sleep(5 * time.Second)
		load = b.load()
	}
	return load
}

// load is that of the last minute; 0 where nobody tells.
func (b *bench) load() float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	var load float64
	if _, err := fmt.Sscan(string(text), &load); err != nil {
		return 0
	}
	return load
}

// floorCommand runs this program as the floor.
const floorCommand = "floor"

// readAll reads every file of code below a folder, a few at a time.
func readAll(dir string) {
	names := make(chan string, 1024)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			buffer := make([]byte, 1<<20)
			for name := range names {
				file, err := os.Open(name)
				if err != nil {
					continue // what cannot be read costs nothing
				}
				for err == nil {
					_, err = file.Read(buffer)
				}
				if !errors.Is(err, io.EOF) {
					fmt.Fprintln(os.Stderr, err)
				}
				_ = file.Close() // it was only read
			}
		})
	}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what is not there costs nothing
		case d.IsDir() && name != dir && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "miniprogram_npm"):
			return fs.SkipDir
		case d.Type().IsRegular() && slices.Contains([]string{".js", ".ts", ".tsx", ".jsx", ".mjs", ".cjs", ".vue", ".wxml"}, filepath.Ext(name)):
			names <- name
		}
		return nil
	})
	close(names)
	wg.Wait()
}
