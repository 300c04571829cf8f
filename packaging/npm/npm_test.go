// Package npm tests the packages that put the program into projects which have npm and no Go.
package npm

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// platform is Node's name of this one.
var platform = map[string]string{"darwin": "darwin", "linux": "linux", "windows": "win32"}[runtime.GOOS] + "-" +
	map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]

// in is a folder in which commands run. Nothing may come from the network, or be looked for there.
func in(dir string) trial.Place {
	return trial.Place{Dir: dir, Env: append(os.Environ(), "npm_config_offline=true", "npm_config_audit=false", "npm_config_fund=false", "npm_config_update_notifier=false", "LC_ALL=C")}
}

// TestInstalled packs the packages, installs them in an empty project as npm does, and runs the program from there.
func TestInstalled(t *testing.T) {
	trial.Needs(t, "node", "npm")
	trial.Long(t, "nothing else tries the packages, which few changes touch")
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	project := filepath.Join(dir, "project")
	for _, d := range []string{"built/" + platform, "project"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	file := "voipcheck"
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	in(top).Must(t, "go", "build", "-ldflags", "-X main.version=1.2.3", "-o", filepath.Join(dir, "built", platform, file), "./cmd/voipcheck")
	prebuilt := []string{"packaging/npm/build.mjs", "--prebuilt", filepath.Join(dir, "built")}
	in(top).Must(t, "node", append(prebuilt, "1.2.3", filepath.Join(dir, "packages"), platform)...)

	install := []string{"install", "--save-dev", "--ignore-scripts"}
	for _, name := range []string{platform, "voipcheck"} {
		from := filepath.Join(dir, "packages", name)
		noScripts(t, from)
		in(from).Must(t, "npm", "pack", "--pack-destination", dir)
	}
	packed, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(packed) != 2 {
		t.Fatalf("packed: %v, %v", packed, err)
	}
	if err := os.WriteFile(filepath.Join(project, "package.json"), []byte(`{"name":"project","version":"0.0.0","private":true}`), 0o644); err != nil {
		t.Fatal(err)
	}
	in(project).Must(t, "npm", append(install, packed...)...)

	if out := in(project).Must(t, "npx", "--no-install", "voipcheck", "version"); !strings.Contains(out, "voipcheck 1.2.3") {
		t.Errorf("version: %s", out)
	}
	shim := filepath.Join(project, "node_modules", "voipcheck", "voipcheck.js")
	for want, args := range map[int][]string{
		0: {"rules"}, 1: {filepath.Join(top, "fixtures", "guide-sample")}, 2: {"--no-such-flag"},
	} {
		if out, status := in(project).Run(t, "node", append([]string{shim}, args...)...); status != want {
			t.Errorf("%s: exit status %d, want %d\n%s", args, status, want, out)
		}
	}
	bundled(t, dir, append(prebuilt, "--bundle", "1.2.3", filepath.Join(dir, "bundle")), top)
	if runtime.GOOS == "windows" {
		return
	}
	program := filepath.Join(project, "node_modules", "@voipcheck", platform, file)
	signals(t, project, shim, program)
	if err := os.RemoveAll(filepath.Dir(program)); err != nil {
		t.Fatal(err)
	}
	if out, status := in(project).Run(t, "node", shim); status != 3 || !strings.Contains(out, "@voipcheck/"+platform+" is not installed") {
		t.Errorf("without the program: exit status %d, %s", status, out)
	}
}

// bundled installs the one package that holds the program itself, and runs it from a project's script.
func bundled(t *testing.T, dir string, build []string, top string) {
	t.Helper()
	project := filepath.Join(dir, "other")
	if err := os.MkdirAll(project, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(project, "package.json"), []byte(`{"name":"other","version":"0.0.0","private":true,"scripts":{"check":"voipcheck"}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	in(top).Must(t, "node", build...)
	left, err := os.ReadDir(filepath.Join(dir, "bundle"))
	if err != nil || len(left) != 1 || left[0].Name() != "voipcheck-1.2.3.tgz" {
		t.Errorf("a bundle leaves %v, %v", left, err)
	}
	in(project).Must(t, "npm", "install", "--save-dev", "--ignore-scripts", filepath.Join(dir, "bundle", "voipcheck-1.2.3.tgz"))
	noScripts(t, filepath.Join(project, "node_modules", "voipcheck"))
	if out := in(project).Must(t, "npx", "--no-install", "voipcheck", "version"); !strings.Contains(out, "voipcheck 1.2.3") {
		t.Errorf("bundled: %s", out)
	}
	if err := os.WriteFile(filepath.Join(project, "app.json"), []byte(`{ "pages": [] }`), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := in(project).Must(t, "npx", "--no-install", "voipcheck", "init"); !strings.Contains(out, "created") {
		t.Errorf("init: %s", out)
	}
	if text, err := os.ReadFile(filepath.Join(project, "voipcheck.json")); err != nil || !strings.Contains(string(text), `"$schema": "./node_modules/voipcheck/voipcheck.schema.json"`) {
		t.Errorf("the schema of the package is not named: %v\n%s", err, text)
	}
	if out, status := in(project).Run(t, "npm", "run", "check", "--", filepath.Join(top, "fixtures", "guide-sample")); status != 1 {
		t.Errorf("bundled: exit status %d, want 1\n%s", status, out)
	}
}

// noScripts: package managers do not run scripts on installation, or ask before they do.
func noScripts(t *testing.T, dir string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Scripts              map[string]string
		OptionalDependencies map[string]string
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Scripts) > 0 {
		t.Errorf("%s has scripts: %v", dir, manifest.Scripts)
	}
	for name, version := range manifest.OptionalDependencies {
		if version != "1.2.3" {
			t.Errorf("%s depends on %s %s", dir, name, version)
		}
	}
}

// signals puts other programs in the place of the real one: one that is killed, and one that waits for a signal.
func signals(t *testing.T, project, shim, program string) {
	put := func(script string) {
		if err := os.Remove(program); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put("kill -KILL $$\n")
	if out, status := in(project).Run(t, "node", shim); status != 3 {
		t.Errorf("killed: exit status %d, want 3\n%s", status, out)
	}

	put("trap 'exit 7' TERM\necho waiting\nwhile :; do sleep 0.1; done\n")
	c := exec.Command("node", shim)
	c.Dir = project
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(time.Minute, func() { _ = c.Process.Kill() })
	defer stop.Stop()
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 7 {
		t.Errorf("a signal is not passed on: %v", err)
	}
}
