package edit

// Pipes and devices, which users name for reports and baselines.

import (
	"os"
	"time"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// patience is how long the other end of a pipe may take to come.
const patience = 5 * time.Second

// Open opens a file for reading or writing as os.OpenFile does, but waits for the other end of a named pipe no longer
// than a few seconds.
func Open(name string, flag int) (*os.File, error) {
	if info, err := os.Stat(name); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return os.OpenFile(name, flag, 0)
	}
	type opened struct {
		file *os.File
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		file, err := os.OpenFile(name, flag, 0)
		done <- opened{file, err}
	}()
	select {
	case o := <-done:
		return o.file, o.err
	case <-time.After(patience):
		return nil, lang.Errorf(lang.T("it is a pipe with nothing at the other end", "它是一个管道，另一端没有程序在读写"))
	}
}
