package npm

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestCommit makes commits in a project that checks what is staged with husky and lint-staged, as the README shows it.
func TestCommit(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("nothing is installed for a short test")
	}
	for _, tool := range []string{"node", "npm", "git"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s on this machine", tool)
		}
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	project := filepath.Join(dir, "project")
	if err := os.CopyFS(filepath.Join(project, "app"), os.DirFS(filepath.Join(top, "fixtures", "base"))); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"package.json": `{"name":"project","private":true,"lint-staged":{"*.{js,ts,json,wxml,vue}":"voipcheck"}}`,
		".gitignore":   "node_modules\n",
		".git-config":  "[user]\nname = a\nemail = a@example.org\n",
	} {
		if err := os.WriteFile(filepath.Join(project, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(project, ".git-config"))
	must(t, top, "node", "packaging/npm/build.mjs", "--bundle", "1.2.3", filepath.Join(dir, "bundle"), platform)
	must(t, project, "git", "init", "-q")
	install := exec.Command("npm", "install", "--save-dev", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1",
		filepath.Join(dir, "bundle", "voipcheck-1.2.3.tgz"), "husky@9", "lint-staged@16")
	install.Dir = project
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("husky and lint-staged cannot be installed here: %v\n%s", err, out)
	}
	must(t, project, "npx", "--no-install", "husky", "init")
	if err := os.WriteFile(filepath.Join(project, ".husky", "pre-commit"), []byte("npx --no-install lint-staged\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	must(t, project, "git", "add", "-A")
	if out, status := run(t, project, "git", "commit", "-qm", "sound"); status != 0 {
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
	if out, status := run(t, project, "git", "commit", "-qam", "wrong"); status == 0 || !strings.Contains(out, "join-openid") {
		t.Errorf("a misspelt openid is accepted: exit status %d\n%s", status, out)
	}
	if out := must(t, project, "git", "log", "--oneline"); strings.Count(out, "\n") != 1 {
		t.Errorf("the commits: %s", out)
	}
}
