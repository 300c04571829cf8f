package main

// What ends the program before the runtime does. When memory cannot be had or a stack is exhausted, the runtime ends a program
// with exit status 2, which means wrong usage here; and a program that the system kills has said nothing.

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/voipcheck/voipcheck/internal/edit"
	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/report"
)

// maxMemory is how much memory the program takes, in bytes. Real projects take a tenth of it.
const maxMemory = 2 << 30

// guardInterval is how often its use is looked at. A stack that grows without end takes seconds to fill maxMemory.
const guardInterval = 20 * time.Millisecond

// guardMemory ends the program with the status of a failure when it takes more memory than max bytes. What it was writing is taken
// away again.
func (c *Command) guardMemory(max uint64) {
	// A stack meets this limit, and not that of the runtime, which ends the program.
	debug.SetMaxStack(min(math.MaxInt, 1<<40))
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(max / 4 * 3)) // collect more often rather than end
	}
	used := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	go func() {
		for range time.Tick(guardInterval) {
			metrics.Read(used)
			if used[0].Value.Uint64()-used[1].Value.Uint64() > max {
				c.outOfMemory(max)
			}
		}
	}()
}

// outOfMemory tells why the program ends, and ends it.
func (c *Command) outOfMemory(max uint64) {
	s := &session{Command: c.filled()}
	said := lang.F(lang.T(
		"the check needs more than %d MB of memory and was stopped; nothing is known about what was not checked. Please report the project at %s/issues",
		"检查占用的内存超过 %d MB，已停止，未检查的内容无从判断。请把这个项目反馈到 %s/issues"), max>>20, report.Repository).In(s.language(os.Args[1:]))
	_, _ = fmt.Fprintf(os.Stderr, "voipcheck: %s\n", said) // there is nobody left to tell
	edit.Abandon()
	os.Exit(exitFailed)
}
