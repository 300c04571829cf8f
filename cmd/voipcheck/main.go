// Command voipcheck tells whether a WeChat mini-program's 1v1 audio and video call will work.
package main

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/mattn/go-colorable"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

func main() {
	leaveRoom()
	ignoreBrokenPipes()
	c := &Command{
		Stdin:    os.Stdin,
		Stdout:   colorable.NewColorableStdout(),
		Stderr:   colorable.NewColorableStderr(),
		Terminal: isatty.IsTerminal(os.Stdout.Fd()) || isatty.IsCygwinTerminal(os.Stdout.Fd()),
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		c.Width = width
	}
	os.Exit(c.Main(os.Args[1:]))
}

// ignoreBrokenPipes sees to it that a reader that goes away does not end the program
// silently: the write fails instead, and is reported.
func ignoreBrokenPipes() { signal.Ignore(syscall.SIGPIPE) }
