// Command voipcheck tells whether a WeChat mini-program's 1v1 audio and video call will work.
package main

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/mattn/go-colorable"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"

	"github.com/voipcheck/voipcheck/internal/edit"
)

func main() {
	leaveRoom()
	ignoreBrokenPipes()
	leaveNothingBehind()
	c := &Command{
		Stdin:    os.Stdin,
		Stdout:   colorable.NewColorableStdout(),
		Stderr:   colorable.NewColorableStderr(),
		Terminal: isatty.IsTerminal(os.Stdout.Fd()) || isatty.IsCygwinTerminal(os.Stdout.Fd()),
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		c.Width = width
	}
	c.guardMemory(maxMemory)
	os.Exit(c.Main(os.Args[1:]))
}

// ignoreBrokenPipes sees to it that a reader that goes away does not end the program
// silently: the write fails instead, and is reported.
func ignoreBrokenPipes() { signal.Ignore(syscall.SIGPIPE) }

// leaveNothingBehind sees to it that a signal which ends the program leaves no half-written file. Which signal it was
// the caller still sees.
func leaveNothingBehind() {
	signals := make(chan os.Signal, 1)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) { // nohup
			signal.Notify(signals, sig)
		}
	}
	go func() {
		sig := <-signals
		edit.Abandon()
		signal.Reset(sig)
		if self, err := os.FindProcess(os.Getpid()); err != nil || self.Signal(sig) != nil {
			os.Exit(exitFailed) // a system that sends no signals
		}
	}()
}
