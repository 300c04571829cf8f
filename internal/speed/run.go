//go:build unix

package main

// Running programs by turns and measuring them.

import (
	"slices"
	"time"

	"github.com/voipcheck/voipcheck/internal/measure"
)

// command is a program with its name in the tables.
type command struct {
	name string
	args []string
}

// alternate runs the commands by turns, once for the page cache and then as often as asked, and returns their medians.
func (b *bench) alternate(dir string, commands []command) []measure.Cost {
	costs := make([][]measure.Cost, len(commands))
	for n := range b.runs + 1 {
		for i, c := range commands {
			if one, _ := measure.Run(dir, nil, c.args...); n > 0 {
				costs[i] = append(costs[i], one)
			}
		}
	}
	out := make([]measure.Cost, len(commands))
	for i, runs := range costs {
		out[i] = measure.Cost{
			Wall:   median(runs, func(c measure.Cost) time.Duration { return c.Wall }),
			CPU:    median(runs, func(c measure.Cost) time.Duration { return c.CPU }),
			Memory: int64(median(runs, func(c measure.Cost) time.Duration { return time.Duration(c.Memory) })),
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
