//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestHostileFiles checks names that are no plain files.
func TestHostileFiles(t *testing.T) {
	pipe := func(t *testing.T, name string) {
		t.Helper()
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Skip(err)
		}
	}
	link := func(t *testing.T, to, name string) {
		t.Helper()
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, name); err != nil {
			t.Skip(err)
		}
	}
	cases := []struct {
		name string
		do   func(t *testing.T, dir string)
		exit int
		says string
	}{
		{"a page that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/p/i.js") }, 3, "p/i.js"},
		{"a page that is a device", func(t *testing.T, dir string) { link(t, "/dev/zero", dir+"/p/i.js") }, 3, "p/i.js"},
		{"a template that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/p/i.wxml") }, 3, "p/i.wxml"},
		{"an app configuration that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/app.json") }, 3, "app.json could not be read: it is not a regular file"},
		{"an app configuration that is a device", func(t *testing.T, dir string) { link(t, "/dev/zero", dir+"/app.json") }, 3, "app.json could not be read"},
		{"an app configuration that leads to itself", func(t *testing.T, dir string) { link(t, "app.json", dir+"/app.json") }, 3, "app.json could not be read: too many"},
		{"a page's configuration that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/p/i.json") }, 3, "p/i.json could not be read"},
		{"a project's configuration that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/project.config.json") }, 3, "project.config.json"},
		{"a configuration that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/voipcheck.json") }, 3, "voipcheck.json"},
		{"rules of git that are a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/.gitignore") }, 0, ""},
		{"an image that is a pipe", func(t *testing.T, dir string) { pipe(t, dir+"/p/i.png") }, 0, ""},
		{"folders in a circle", func(t *testing.T, dir string) {
			link(t, "..", dir+"/p/up")
			link(t, dir, dir+"/p/whole")
			link(t, "b", dir+"/a")
			link(t, "a", dir+"/b")
		}, 0, ""},
		{"a link to nowhere", func(t *testing.T, dir string) { link(t, "nowhere.js", dir+"/p/gone.js") }, 0, ""},
		{"a deep folder", func(t *testing.T, dir string) {
			trial.NotShort(t)
			if err := os.MkdirAll(filepath.Join(dir, strings.Repeat("d/", 1500)), 0o755); err != nil {
				t.Skip(err)
			}
		}, 0, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := calling("", "").write(t)
			c.do(t, dir)
			exit, _, stderr := execute(t, dir, "--format", "json", "--lang", "en")
			if exit != c.exit || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d, want %d: %s", exit, c.exit, stderr)
			}
		})
	}
	t.Run("an app configuration that is a folder", func(t *testing.T) {
		dir := tree{"app.json/x": ""}.write(t)
		if exit, _, stderr := execute(t, dir); exit != 2 {
			t.Errorf("exit %d: %s", exit, stderr)
		}
	})
}
