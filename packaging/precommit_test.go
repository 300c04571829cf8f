// Package packaging tests what the repository offers to the programs of others.
package packaging

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestPreCommit lets pre-commit run the hook that uses the installed program: before a commit of the guide's sample,
// which it refuses, and of a program that is sound.
func TestPreCommit(t *testing.T) {
	trial.Needs(t, "git", "pre-commit")
	trial.Long(t, "nothing else tries the hooks that are offered, which few changes touch")
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r := trial.Place{Dir: filepath.Join(dir, "work"), Env: append(os.Environ(),
		"PATH="+filepath.Join(dir, "bin")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PRE_COMMIT_HOME="+filepath.Join(dir, "home"), "LC_ALL=C.UTF-8",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org",
	)}
	copyTree(t, filepath.Join(r.Dir, "app"), filepath.Join(top, "fixtures", "guide-sample"))
	// The hooks as they are offered: a repository of nothing else.
	hooks := trial.Place{Dir: filepath.Join(dir, "hooks"), Env: r.Env}
	offered, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	trial.Write(t, hooks.Dir, map[string]string{".pre-commit-hooks.yaml": string(offered)})
	hooks.Must(t, "git", "init", "-q")
	hooks.Must(t, "git", "add", ".")
	hooks.Must(t, "git", "commit", "-qm", "hooks")
	r.Must(t, "go", "build", "-C", top, "-o", filepath.Join(dir, "bin")+string(os.PathSeparator), "./cmd/voipcheck")
	r.Must(t, "git", "init", "-q")
	r.Must(t, "git", "add", ".")

	if out, status := r.Run(t, "pre-commit", "validate-manifest", filepath.Join(hooks.Dir, ".pre-commit-hooks.yaml")); status != 0 {
		t.Fatalf("the manifest is not valid: %s", out)
	}
	try := []string{"try-repo", hooks.Dir, "voipcheck-system", "--verbose"}
	if out, status := r.Run(t, "pre-commit", try...); status != 1 || !strings.Contains(out, "authorize-before-enable") {
		t.Errorf("the sample: exit status %d\n%s", status, out)
	}
	r.Must(t, "git", "rm", "-rqf", "app")
	copyTree(t, filepath.Join(r.Dir, "app"), filepath.Join(top, "fixtures", "base"))
	r.Must(t, "git", "add", ".")
	if out, status := r.Run(t, "pre-commit", try...); status != 0 || !strings.Contains(out, "Passed") {
		t.Errorf("a sound program: exit status %d\n%s", status, out)
	}
}

func copyTree(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
