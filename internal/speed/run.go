//go:build unix

package main

// Running programs by turns and measuring them.

import (
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// command is a program with its name in the tables.
type command struct {
	name string
	args []string
}

// cost is what a run took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // bytes, the most at any time
}

// alternate runs the commands by turns, once for the page cache and then as often as asked, and returns their medians.
func (b *bench) alternate(dir string, commands []command) []cost {
	costs := make([][]cost, len(commands))
	for n := range b.runs + 1 {
		for i, c := range commands {
			if one := measure(dir, c.args); n > 0 {
				costs[i] = append(costs[i], one)
			}
		}
	}
	out := make([]cost, len(commands))
	for i, runs := range costs {
		out[i] = cost{
			wall:   median(runs, func(c cost) time.Duration { return c.wall }),
			cpu:    median(runs, func(c cost) time.Duration { return c.cpu }),
			memory: int64(median(runs, func(c cost) time.Duration { return time.Duration(c.memory) })),
		}
	}
	return out
}

func median(runs []cost, of func(cost) time.Duration) time.Duration {
	values := make([]time.Duration, len(runs))
	for i, r := range runs {
		values[i] = of(r)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// measure runs a program. Its exit status does not matter: linters end with 1 where they find something.
func measure(dir string, args []string) cost {
	c := exec.Command(args[0], args[1:]...)
	c.Dir = dir
	began := time.Now()
	_ = c.Run()
	out := cost{wall: time.Since(began)}
	if s := c.ProcessState; s != nil {
		out.cpu = s.UserTime() + s.SystemTime()
		if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
			out.memory = usage.Maxrss
			if runtime.GOOS == "linux" {
				out.memory <<= 10 // it is told in KB there
			}
		}
	}
	return out
}
