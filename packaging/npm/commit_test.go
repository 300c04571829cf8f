package npm

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestCommit makes commits in a project that checks what is staged with husky and lint-staged, as the README shows it.
func TestCommit(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the hook is a shell's")
	}
	trial.Needs(t, "node", "npm", "git")
	trial.Long(t, "nothing else makes such commits, which few changes touch")
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	project := filepath.Join(dir, "project")
	if err := os.CopyFS(filepath.Join(project, "app"), os.DirFS(filepath.Join(top, "fixtures", "base"))); err != nil {
		t.Fatal(err)
	}
	trial.Write(t, project, map[string]string{
		"package.json": `{"name":"project","private":true,"lint-staged":{"*.{js,ts,json,wxml,vue}":"voipcheck"}}`,
		".gitignore":   "node_modules\n",
		".git-config":  "[user]\nname = a\nemail = a@example.org\n",
	})
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(project, ".git-config"))
	in(top).Must(t, "node", "packaging/npm/build.mjs", "--bundle", "1.2.3", filepath.Join(dir, "bundle"), platform)
	in(project).Must(t, "git", "init", "-q")
	install := exec.Command("npm", "install", "--save-dev", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1",
		filepath.Join(dir, "bundle", "voipcheck-1.2.3.tgz"), "husky@9", "lint-staged@16")
	install.Dir = project
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("husky and lint-staged cannot be installed here: %v\n%s", err, out)
	}
	in(project).Must(t, "npx", "--no-install", "husky", "init")
	if err := os.WriteFile(filepath.Join(project, ".husky", "pre-commit"), []byte("npx --no-install lint-staged\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	in(project).Must(t, "git", "add", "-A")
	if out, status := in(project).Run(t, "git", "commit", "-qm", "sound"); status != 0 {
		t.Fatalf("a sound program is refused: %s", out)
	}
	page := filepath.Join(project, "app", "pages", "call", "call.js")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte(strings.Replace(string(text), "openid:", "openId:", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, status := in(project).Run(t, "git", "commit", "-qam", "wrong"); status == 0 || !strings.Contains(out, "join-openid") {
		t.Errorf("a misspelt openid is accepted: exit status %d\n%s", status, out)
	}
	if out := in(project).Must(t, "git", "log", "--oneline"); strings.Count(out, "\n") != 1 {
		t.Errorf("the commits: %s", out)
	}
}
