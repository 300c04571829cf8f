package main

// What the README tells a new user to type, typed.

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// shellBlock is a piece of the README that is typed into a shell.
var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// typed are the lines of the block that has a certain line in it.
func typed(t *testing.T, readme, having string) []string {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		if strings.Contains(block[1], having) {
			return strings.Split(strings.TrimSpace(block[1]), "\n")
		}
	}
	t.Fatalf("%s has no block with %q", readme, having)
	return nil
}

// TestReadmeStart goes from nothing to a checked commit.
func TestReadmeStart(t *testing.T) {
	trial.NotShort(t)
	trial.Needs(t, "bash", "git")
	t.Parallel()
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin+string(os.PathSeparator), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, readme := range []string{"../../README.md", "../../README.zh-CN.md"} {
		dir := t.TempDir()
		shell := func(line string) (string, int) {
			c := exec.Command("bash", "-c", line)
			c.Dir = dir
			c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GIT_CONFIG_GLOBAL="+os.DevNull, "LC_ALL=C",
				"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
			out, err := c.CombinedOutput()
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				return string(out), exit.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			return string(out), 0
		}
		lines := typed(t, readme, "voipcheck new page")
		for i, line := range lines {
			want := 0
			if i == 2 { // the first check, of nothing
				want = 1
			}
			if out, status := shell(line); status != want {
				t.Errorf("%s: %s: exit status %d, want %d\n%s", readme, line, status, want, out)
			}
			if i == 0 {
				dir = filepath.Join(dir, "demo")
			}
		}
		if out, status := shell("git add -A && git commit -qm good"); status != 0 {
			t.Errorf("the good page is refused: %s", out)
		}
		if out, status := shell("echo '{' > app.json && git commit -qam bad"); status == 0 || !strings.Contains(out, "app-json") {
			t.Errorf("a bad app.json is accepted: %s", out)
		}
	}
}

// TestReadmeCommands: whatever commands and flags the READMEs show are there.
func TestReadmeCommands(t *testing.T) {
	for _, readme := range []string{"../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		commands := 0
		for _, m := range regexp.MustCompile("(?m)(?:^|`|npx |sh ')voipcheck((?: +[^ `'\n#（，)]+)+)").FindAllStringSubmatch(string(text), -1) {
			args := append(strings.Fields(m[1]), "--help")
			c := &Command{Stdout: &strings.Builder{}, Stderr: &strings.Builder{}, Dir: t.TempDir(), Env: func(string) string { return "" }}
			if status := c.Main(args); status != 0 {
				t.Errorf("%s: voipcheck %s: exit status %d", readme, args, status)
			}
			commands++
		}
		if commands < 15 {
			t.Errorf("only %d commands found in %s", commands, readme)
		}
	}
}

// codeBlock is any piece of code in the README, with its language.
var codeBlock = regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```")

// remark is a comment of one of the languages of the README's code, and what else people read: both are translated.
var remark = regexp.MustCompile(`(?m)\s*(?:#|//) .*$|-- .*$|: [^\x00-\x7F].*$|displayName: .*$|--by \S+|"by": "\S+"| --lang zh`)

// TestReadmesShowTheSame: the code in both READMEs is the same, but for what is said in words.
func TestReadmesShowTheSame(t *testing.T) {
	var shown [2][]string
	for i, readme := range []string{"../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range codeBlock.FindAllStringSubmatch(string(text), -1) {
			if block[1] != "text" { // what the program prints, in each language
				shown[i] = append(shown[i], block[1]+":\n"+remark.ReplaceAllString(block[2], ""))
			}
		}
	}
	if diff := cmp.Diff(shown[0], shown[1]); diff != "" || len(shown[0]) < 10 {
		t.Errorf("%d blocks of code (-English +Chinese):\n%s", len(shown[0]), diff)
	}
}

// TestReadmeConfiguration: the configuration that the READMEs show is one.
func TestReadmeConfiguration(t *testing.T) {
	for _, readme := range []string{"../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, block := range codeBlock.FindAllStringSubmatch(string(text), -1) {
			if block[1] != "jsonc" {
				continue
			}
			found = true
			dir := t.TempDir()
			trial.Write(t, dir, map[string]string{
				"voipcheck.json": block[2], "miniprogram/app.json": `{"pages":[]}`, "miniprogram/app.js": "App({})",
				"utils/perm.ts": "export async function ensureMedia() {}", "miniprogram/utils/perm.ts": "export async function ensureMedia() {}",
				"utils/voip.ts": "export async function goOnline() {}", "miniprogram/utils/voip.ts": "export async function goOnline() {}",
			})
			var stdout, stderr strings.Builder
			c := &Command{Stdout: &stdout, Stderr: &stderr, Dir: dir, Env: func(string) string { return "" }}
			if status := c.Main([]string{"--fail-on", "never"}); status != 0 {
				t.Errorf("%s: exit status %d: %s", readme, status, stderr.String())
			}
		}
		if !found {
			t.Errorf("%s shows no configuration", readme)
		}
	}
}
