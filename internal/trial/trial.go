// Package trial sets up what tests try the program with: projects in folders, and the programs of others.
package trial

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Write writes files, by names that are "/" separated, below a folder. It makes the folders on the way.
func Write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Needs skips a test where a program is not installed.
func Needs(t testing.TB, programs ...string) {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("no %s on this machine: what needs it is not tried", name)
		}
	}
}

// Place is a folder in which commands run.
type Place struct {
	Dir string
	// Env is the environment; nil for the test's own.
	Env []string
}

// Run runs a command and returns what it prints, on both streams, and its exit status.
func (p Place) Run(t testing.TB, name string, args ...string) (string, int) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Env = p.Dir, p.Env
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return out.String(), exit.ExitCode()
	case err != nil:
		t.Fatal(err)
	}
	return out.String(), 0
}

// Must runs a command that has to succeed, and returns what it prints.
func (p Place) Must(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, status := p.Run(t, name, args...)
	if status != 0 {
		t.Fatalf("%s %s: exit status %d\n%s", name, strings.Join(args, " "), status, out)
	}
	return out
}
