//go:build unix

// Package measure runs programs and tells what they cost.
package measure

import (
	"io"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// Cost is what a run took.
type Cost struct {
	// CPU is user and system time.
	Wall, CPU time.Duration
	// Memory is the most at any time, in bytes.
	Memory int64
}

// Run runs a program in a folder, with its output to out, nil for nowhere. It returns the exit status, -1 where it could not be run.
func Run(dir string, out io.Writer, args ...string) (Cost, int) {
	c := exec.Command(args[0], args[1:]...)
	c.Dir, c.Stdout = dir, out
	began := time.Now()
	_ = c.Run() // its exit status tells: linters end with 1 where they find something
	cost := Cost{Wall: time.Since(began)}
	s := c.ProcessState
	if s == nil {
		return cost, -1
	}
	cost.CPU = s.UserTime() + s.SystemTime()
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		cost.Memory = usage.Maxrss
		if runtime.GOOS == "linux" {
			cost.Memory <<= 10 // it is told in KB there
		}
	}
	return cost, s.ExitCode()
}
