//go:build unix

package main

// Trees of which not everything may be read or written. Whoever is root may do everything: the program is run as somebody else then.

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// nobody is a user that owns nothing, as every system has it.
const nobody = 65534

// unprivileged returns what runs the program in a folder without the rights of root.
func unprivileged(t *testing.T) func(dir string, args ...string) (exit int, stdout, stderr string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	attributes := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		attributes.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		copied := filepath.Join(open(t, t.TempDir()), "program")
		if err := duplicate(self, copied); err != nil {
			t.Fatal(err)
		}
		self = copied
	}
	return func(dir string, args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		c := &exec.Cmd{
			Path: self, Args: append([]string{program}, args...), Dir: dir, Env: []string{"LANG=en_US.UTF-8", "PATH=" + os.Getenv("PATH")},
			Stdout: &out, Stderr: &errs, SysProcAttr: attributes,
		}
		var failed *exec.ExitError
		switch err := c.Run(); {
		case errors.As(err, &failed):
		case errors.Is(err, syscall.EPERM):
			t.Skip("the rights cannot be dropped: ", err) // a container may forbid it
		case err != nil:
			t.Fatal(err)
		}
		return c.ProcessState.ExitCode(), out.String(), errs.String()
	}
}

// open lets everybody into a folder of the test's.
func open(t *testing.T, dir string) string {
	t.Helper()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func duplicate(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() // only read from: nothing to lose
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

func TestHostileRights(t *testing.T) {
	run := unprivileged(t)
	files := calling("", "").with(tree{
		"p/i.js":       "const { ask } = require('../media/ask')\n" + calling("", "")["p/i.js"],
		"media/ask.js": "exports.ask = 1\n", "voipcheck.json": "{}\n", "images/a.png": "", "other/x.js": "exports.x = 1\n", ".gitignore": "*.log\n", "known.json": "{}\n",
	})
	for _, c := range []struct {
		name, of string
		mode     os.FileMode
		args     string
		exit     int
		says     string
	}{
		{"a page", "p/i.js", 0, "", 3, "p/i.js"},
		{"a template", "p/i.wxml", 0, "", 3, "p/i.wxml"},
		{"a page's configuration", "p/i.json", 0, "", 3, "p/i.json"},
		{"a module", "media/ask.js", 0, "", 3, "media/ask.js"},
		{"the app", "app.js", 0, "", 3, "app.js"},
		{"the app's configuration", "app.json", 0, "", 3, "app.json"},
		{"the project's configuration", "project.config.json", 0, "", 3, "project.config.json"},
		{"the configuration", "voipcheck.json", 0, "", 3, "voipcheck.json"},
		{"the baseline", "known.json", 0, "--baseline known.json", 3, "known.json"},
		{"the rules of git", ".gitignore", 0, "", 0, ""}, // more is looked at then, and nothing less
		{"an image", "images/a.png", 0, "", 0, ""},
		{"a folder of pages", "p", 0, "", 3, "p"},
		{"a folder that may be listed only", "p", 0o644, "", 3, "p"},
		{"a folder that may be entered only", "other", 0o311, "", 3, "other"},
		{"a folder", "other", 0, "", 3, "other"},
		{"the folder", ".", 0o311, "", 3, ""},
		{"a page that is named", "p/i.js", 0, "p/i.js", 3, "p/i.js"},
		{"a folder that is named", "p", 0, "p", 3, "p"},

		{"a report", ".", 0o555, "--report json=r.json", 3, "r.json"},
		{"a baseline", ".", 0o555, "--write-baseline b.json", 3, "b.json"},
		{"a confirmation", ".", 0o555, "confirm category --by Li", 3, "voipcheck.json"},
		{"a confirmation in a file", "voipcheck.json", 0o444, "confirm category --by Li", 3, "voipcheck.json"},
		{"a page to be", ".", 0o555, "new page pages/call", 3, "pages/call"},
		{"the list of pages", "app.json", 0o444, "new page pages/call", 3, "app.json"},
	} {
		if !trial.Sampled(c.name, 1) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := open(t, files.write(t))
			if os.Geteuid() == 0 {
				err := filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
					return errors.Join(err, os.Lchown(name, nobody, nobody))
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if exit, _, stderr := run(dir, "--format", "json"); exit != 0 {
				t.Fatalf("before: exit %d: %s", exit, stderr)
			}
			name := filepath.Join(dir, c.of)
			if err := os.Chmod(name, c.mode); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = os.Chmod(name, 0o755) }() // so that it can be removed
			args := strings.Fields(c.args)
			if len(args) == 0 || args[0] != "confirm" && args[0] != "new" {
				args = append(args, "--format", "json")
			}
			exit, stdout, stderr := run(dir, args...)
			if exit != c.exit || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d, want %d and %q: %s", exit, c.exit, c.says, stderr)
			}
			if exit != 0 && strings.Contains(stdout, `"ready": true`) {
				t.Error("the report says ready")
			}
			if strings.Contains(stderr, "goroutine ") {
				t.Error(stderr)
			}
		})
	}
}
