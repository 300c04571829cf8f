// Package packaging tests what the repository offers to the programs of others.
package packaging

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository is a git repository in a temporary folder in which a command runs with voipcheck on the PATH.
type repository struct {
	dir string
	env []string
}

func (r *repository) run(t *testing.T, name string, args ...string) (string, int) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Env = r.dir, r.env
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

func (r *repository) must(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, status := r.run(t, name, args...); status != 0 {
		t.Fatalf("%s %s: exit status %d\n%s", name, strings.Join(args, " "), status, out)
	}
}

// TestPreCommit lets pre-commit run the hook that uses the installed program: before a commit of the guide's sample,
// which it refuses, and of a program that is sound.
func TestPreCommit(t *testing.T) {
	for _, tool := range []string{"git", "pre-commit"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s on this machine: the hook is not run", tool)
		}
	}
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r := &repository{dir: filepath.Join(dir, "work"), env: append(os.Environ(),
		"PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PRE_COMMIT_HOME="+filepath.Join(dir, "home"), "LC_ALL=C.UTF-8",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org",
	)}
	copyTree(t, filepath.Join(r.dir, "app"), filepath.Join(top, "fixtures", "guide-sample"))
	// The hooks as they are offered: a repository of nothing else.
	hooks := &repository{dir: filepath.Join(dir, "hooks"), env: r.env}
	if err := os.MkdirAll(hooks.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	offered, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(hooks.dir, ".pre-commit-hooks.yaml"), offered, 0o644); err != nil {
		t.Fatal(err)
	}
	hooks.must(t, "git", "init", "-q")
	hooks.must(t, "git", "add", ".")
	hooks.must(t, "git", "commit", "-qm", "hooks")
	r.must(t, "go", "build", "-C", top, "-o", filepath.Join(dir, "bin")+string(os.PathSeparator), "./cmd/voipcheck")
	r.must(t, "git", "init", "-q")
	r.must(t, "git", "add", ".")

	if out, status := r.run(t, "pre-commit", "validate-manifest", filepath.Join(hooks.dir, ".pre-commit-hooks.yaml")); status != 0 {
		t.Fatalf("the manifest is not valid: %s", out)
	}
	try := []string{"try-repo", hooks.dir, "voipcheck-system", "--verbose"}
	if out, status := r.run(t, "pre-commit", try...); status != 1 || !strings.Contains(out, "authorize-before-enable") {
		t.Errorf("the sample: exit status %d\n%s", status, out)
	}
	r.must(t, "git", "rm", "-rqf", "app")
	copyTree(t, filepath.Join(r.dir, "app"), filepath.Join(top, "fixtures", "base"))
	r.must(t, "git", "add", ".")
	if out, status := r.run(t, "pre-commit", try...); status != 0 || !strings.Contains(out, "Passed") {
		t.Errorf("a sound program: exit status %d\n%s", status, out)
	}
}

func copyTree(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
