//go:build unix

package main

// Repositories whose links lead elsewhere, for every command that writes: nothing outside changes, and the command says so.

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// contents are the files below a folder with what they hold, and their modes.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		out[name] = info.Mode().String()
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(name)
			out[name] += " " + string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// soon fails the test when what it is given does not end by itself.
func soon(t *testing.T, what func()) {
	t.Helper()
	done := make(chan bool)
	go func() { what(); close(done) }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("it does not end")
	}
}

func TestHostileWriters(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	fixable := calling("", "").with(tree{
		"app.json": strings.Replace(hostileApp, `,"scope.camera":{"desc":"用于和家人通话"}`, "", 1), "app.js": "App({ a() {}, b() {} })\n",
		"p/i.js": strings.Replace(calling("", "")["p/i.js"], "enable: true", "enabled: true", 1),
	})
	// What the repository holds in place of what the command writes; OUTSIDE is a folder beside it.
	links := func(pairs ...string) func(t *testing.T, dir, outside string) {
		return func(t *testing.T, dir, outside string) {
			t.Helper()
			for i := 0; i < len(pairs); i += 2 {
				name := filepath.Join(dir, pairs[i])
				if err := os.RemoveAll(name); err != nil {
					t.Fatal(err)
				}
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(strings.Replace(pairs[i+1], "OUTSIDE", outside, 1), name); err != nil {
					t.Skip(err)
				}
			}
		}
	}
	pipes := func(name string) func(t *testing.T, dir, outside string) {
		return func(t *testing.T, dir, _ string) {
			t.Helper()
			trial.NotShort(t) // the program waits some seconds for the other end
			if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
				t.Skip(err)
			}
		}
	}
	const outsides = "points outside"
	for _, c := range []struct {
		name string
		do   func(t *testing.T, dir, outside string)
		args string
		exit int
		says string
	}{
		{"a report to a link", links("r.json", "OUTSIDE/kept"), "--report json=r.json", 3, outsides},
		{"a report to a link to what is not there", links("r.json", "OUTSIDE/new"), "--report json=r.json", 3, outsides},
		{"a report below a link", links("out", "OUTSIDE"), "--report json=out/r.json", 3, outsides},
		{"a report to a link in a row", links("r.json", "s.json", "s.json", "OUTSIDE/kept"), "--report json=r.json", 3, outsides},
		{"a report to a link to a device", links("r.json", "/dev/null"), "--report json=r.json", 3, outsides},
		{"a report to a link in a circle", links("r.json", "s.json", "s.json", "r.json"), "--report json=r.json", 3, "r.json"},
		{"a report to a pipe that nobody reads", pipes("r.json"), "--report json=r.json", 3, "nothing at the other end"},
		{"a baseline from a pipe that nobody fills", pipes("b.json"), "--baseline b.json", 3, "nothing at the other end"},
		{"a report to a name as long as they get", links(), "--report json=" + strings.Repeat("r", 255), 1, ""},
		{"a report beside", links(), "--report json=../outside/r.json", 1, ""},
		{"a baseline to a link", links("b.json", "OUTSIDE/kept"), "--write-baseline b.json", 3, outsides},
		{"a baseline below a link", links("out", "../outside"), "--write-baseline out/b.json", 3, outsides},
		{"a fix of a linked page", links("p/i.js", "OUTSIDE/i.js"), "--fix", 3, outsides},
		{"a fix below a link", links("p", "OUTSIDE/p"), "--fix", 3, outsides},
		{"a fix of a linked configuration", links("app.json", "OUTSIDE/app.json"), "--fix", 3, outsides},
		{"a page below a link", links("pages", "OUTSIDE"), "new page pages/call", 3, outsides},
		{"a page that is a link", links("pages/call", "OUTSIDE/new"), "new page pages/call", 3, outsides},
		{"a page of which one file is a link", links("pages/call/call.js", "OUTSIDE/kept"), "new page pages/call --force", 3, outsides},
		{"a page with a linked configuration", links("app.json", "OUTSIDE/app.json"), "new page pages/call", 3, outsides},
		{"a confirmation to a link", links("voipcheck.json", "OUTSIDE/kept.json"), "confirm category --by Li", 3, outsides},
		{"a confirmation to a link to what is not there", links("voipcheck.json", "OUTSIDE/new"), "confirm category --by Li", 3, outsides},
		{"a confirmation to a pipe", pipes("voipcheck.json"), "confirm category --by Li", 3, "voipcheck.json"},
		{"a configuration that is a link", links("voipcheck.json", "OUTSIDE/new"), "init", 2, ""},
		{"a configuration that is a pipe", pipes("voipcheck.json"), "init", 2, ""},
		{"a hook below a link", links(".husky", "OUTSIDE"), "init --hook", 3, outsides},
		{"a hook that is a link", links(".husky/pre-commit", "OUTSIDE/kept"), "init --hook", 3, outsides},
		{"hooks in a linked list", links("lefthook.yml", "OUTSIDE/kept"), "init --hook", 3, outsides},
		{"hooks in a list that is a pipe", pipes("lefthook.yml"), "init --hook", 0, ""},
		{"hooks with a package that is a pipe", pipes("package.json"), "init --hook", 0, ""},
		{"a hook that is a pipe", func(t *testing.T, dir, outside string) {
			if err := os.Mkdir(filepath.Join(dir, ".husky"), 0o755); err != nil {
				t.Fatal(err)
			}
			pipes(".husky/pre-commit")(t, dir, outside)
		}, "init --hook", 3, "pre-commit"},
		{"a fix of a project that is linked", func(t *testing.T, dir, outside string) {
			for _, name := range []string{"app.json", "app.js", "p", "project.config.json"} {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			links("app", "OUTSIDE")(t, dir, outside)
		}, "--fix", 2, ""},
		{"a fix of a project that the configuration leads to", func(t *testing.T, dir, _ string) {
			if err := os.Remove(filepath.Join(dir, "app.json")); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "project.config.json"), []byte(`{"miniprogramRoot":"../outside/"}`), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "--fix", 1, outsides},
		{"a fix of a page that is named and linked", links("p/i.js", "OUTSIDE/i.js"), "--fix p/i.js", 3, outsides},
	} {
		if !trial.Sampled(c.name, 1) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			base := t.TempDir()
			dir, outside := filepath.Join(base, "repository"), filepath.Join(base, "outside")
			for _, f := range []struct {
				in    string
				files tree
			}{
				{dir, fixable}, {outside, fixable.with(tree{"kept": "kept\n", "kept.json": "{}\n", "i.js": fixable["p/i.js"]})},
			} {
				if err := os.CopyFS(f.in, os.DirFS(f.files.write(t))); err != nil {
					t.Fatal(err)
				}
			}
			if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
				t.Skip(string(out))
			}
			c.do(t, dir, outside)
			before := contents(t, outside)
			soon(t, func() {
				exit, stdout, stderr := execute(t, dir, append(strings.Fields(c.args), "--lang", "en")...)
				if exit != c.exit || !strings.Contains(stderr+stdout, c.says) {
					t.Errorf("exit %d, want %d and %q: %s", exit, c.exit, c.says, stderr)
				}
			})
			after := contents(t, outside)
			delete(after, filepath.Join(outside, "r.json")) // what was asked for by a path that leads there
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("outside changed (-before +after):\n%s", diff)
			}
		})
	}
}
