package packaging

// What lies here for editors and build servers is tried with what it is for.

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestProblemMatcher reads what the program prints with the matcher, which is the one that the documentation gives for tasks of
// Visual Studio Code too.
func TestProblemMatcher(t *testing.T) {
	text, err := os.ReadFile("problem-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	var matchers struct {
		ProblemMatcher []struct {
			Pattern []struct {
				Regexp                                      string
				File, Line, Column, Severity, Code, Message int
			}
		}
	}
	if err := json.Unmarshal(text, &matchers); err != nil {
		t.Fatal(err)
	}
	pattern := matchers.ProblemMatcher[0].Pattern[0]
	matcher := regexp.MustCompile(pattern.Regexp)
	program := build(t)
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	out, _ := trial.Place{Dir: root}.Run(t, program, "--format", "concise", "--lang", "en", "fixtures/guide-sample")
	found := map[string]int{}
	for line := range strings.Lines(out) {
		if m := matcher.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			found[m[pattern.Severity]+" "+m[pattern.Code]]++
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(m[pattern.File]))); err != nil {
				t.Error(err)
			}
		} else if !strings.HasPrefix(line, "Not ready: ") {
			t.Errorf("not matched: %s", line)
		}
	}
	if found["error authorize-before-enable/refusal-continues"] != 1 || len(found) < 5 {
		t.Errorf("matched %v", found)
	}
	for _, page := range []string{"editors/README.md", "editors/README.zh-CN.md"} {
		text, err := os.ReadFile(page)
		quoted, _ := json.Marshal(pattern.Regexp) //nolint:errchkjson // a string
		if err != nil || !strings.Contains(string(text), `"regexp": `+strings.ReplaceAll(string(quoted), `\u003c`, "<")) {
			t.Errorf("%s gives another matcher, %v", page, err)
		}
	}
}

// build builds the program.
func build(t *testing.T) string {
	t.Helper()
	trial.Needs(t, "go")
	program := filepath.Join(t.TempDir(), "voipcheck")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	trial.Place{Dir: ".."}.Must(t, "go", "build", "-o", program, "./cmd/voipcheck")
	return program
}

// TestUpload wraps an uploader that tells what it was given.
func TestUpload(t *testing.T) {
	trial.Needs(t, "node", "sh")
	if runtime.GOOS == "windows" {
		t.Skip("the programs are scripts of a shell")
	}
	program := build(t)
	dir := t.TempDir()
	trial.Write(t, dir, map[string]string{
		"app/node_modules/.bin/miniprogram-ci": "#!/bin/sh\nprintf '%s,' uploaded \"$@\"\nexit 7\n",
		"app/project.config.json":              `{}`,
		"app/app.json":                         `{ "pages": [] }`,
		"app/app.js":                           "App({})",
	})
	bin := filepath.Join(dir, "app", "node_modules", ".bin")
	if err := os.Chmod(filepath.Join(bin, "miniprogram-ci"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, filepath.Join(bin, "voipcheck")); err != nil {
		t.Fatal(err)
	}
	wrapper, err := filepath.Abs("miniprogram-ci/upload.mjs")
	if err != nil {
		t.Fatal(err)
	}
	place := trial.Place{Dir: dir, Env: append(os.Environ(), "LC_ALL=C")}
	upload := []string{"upload", "--appid", "wx0", "--pp", "app", "--uv", "1.0 beta"}
	run := func(args ...string) (string, int) {
		return place.Run(t, "node", append([]string{wrapper}, args...)...)
	}
	if out, status := run(upload...); status != 1 || strings.Contains(out, "uploaded,") {
		t.Errorf("a program that is not ready: exit status %d\n%s", status, out)
	}
	if out, status := run(append([]string{"--fail-on", "never", "--"}, upload...)...); status != 7 || !strings.Contains(out, "uploaded,upload,--appid,wx0,--pp,app,--uv,1.0 beta,") {
		t.Errorf("a program that may go: exit status %d\n%s", status, out)
	}
	trial.Place{Dir: filepath.Join(dir, "app")}.Must(t, program, "new", "page")
	if out, status := run(append([]string{"-q", "--"}, "upload", "--project-path=app")...); status != 7 || !strings.Contains(out, "uploaded,upload,--project-path=app,") {
		t.Errorf("a program that is ready: exit status %d\n%s", status, out)
	}
	if _, status := run(); status != 2 {
		t.Errorf("nothing to do: exit status %d", status)
	}
	if err := os.Remove(filepath.Join(bin, "voipcheck")); err != nil {
		t.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal(err)
	}
	place.Env = []string{"PATH=" + filepath.Dir(node)}
	if filepath.Dir(node) != filepath.Dir(program) {
		if out, status := run(upload...); status != 3 || strings.Contains(out, "uploaded,") {
			t.Errorf("without voipcheck: exit status %d\n%s", status, out)
		}
	}
}
