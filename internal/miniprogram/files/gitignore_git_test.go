package files

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

// TestIgnoreAsGit makes .gitignore files of all that they may hold, and asks git.
func TestIgnoreAsGit(t *testing.T) {
	trial.NotShort(t)
	trial.Needs(t, "git")
	dir := t.TempDir()
	trial.Place{Dir: dir}.Must(t, "git", "init", "-q")
	random := rand.New(rand.NewPCG(1, 2))
	paths := leaves(random, 60)
	for _, path := range paths {
		trial.Write(t, dir, map[string]string{path: ""})
	}
	files := 40
	if trial.Full() {
		files = 1000
	}
	for range files {
		var lines []string
		for range 1 + random.IntN(6) {
			lines = append(lines, ignorePattern(random))
		}
		text := strings.Join(lines, "\n") + "\n"
		if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		git := exec.Command("git", "check-ignore", "--no-index", "-z", "--stdin")
		git.Dir, git.Stdin = dir, strings.NewReader(strings.Join(paths, "\x00")+"\x00")
		out, _ := git.Output() // the status is 1 where nothing is ignored
		ignored := map[string]bool{}
		for path := range strings.SplitSeq(string(out), "\x00") {
			ignored[path] = true
		}
		rules := ParseIgnore(nil, "/r", []byte(text))
		for _, path := range paths {
			if got := leavesOut(rules, path); got != ignored[path] {
				t.Errorf("%q with %q: ignored %v, git says %v", path, text, got, ignored[path])
			}
		}
	}
}

// leavesOut reports whether rules leave out a file, or a folder above it.
func leavesOut(rules *IgnoreRules, path string) bool {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if rules.Ignored("/r/"+strings.Join(parts[:i+1], "/"), part, i < len(parts)-1) {
			return true
		}
	}
	return false
}

// leaves are paths of which none is a folder of another.
func leaves(random *rand.Rand, most int) []string {
	names := []string{"a", "b", "foo", "dist", "foo.js", "b.txt", "ab", "xb", "a b", "{a,b}", "#x", "中"}
	var paths []string
	for range most {
		path := names[random.IntN(len(names))]
		for range random.IntN(3) {
			path += "/" + names[random.IntN(len(names))]
		}
		paths = append(paths, path)
	}
	var out []string
	for _, path := range paths {
		leaf := true
		for _, other := range paths {
			leaf = leaf && !strings.HasPrefix(other, path+"/")
		}
		if leaf {
			out = append(out, path)
		}
	}
	return out
}

// ignorePattern is a line of a .gitignore.
func ignorePattern(random *rand.Rand) string {
	parts := []string{"a", "b", "foo", "dist", "*.js", "*", "**", "a*", "?b", "[ab]", "foo.js", "b.txt", "{a,b}", "a b", "[!a]*", "\\#x", "#x", "中"}
	line := parts[random.IntN(len(parts))]
	for range random.IntN(3) {
		line += "/" + parts[random.IntN(len(parts))]
	}
	for _, more := range []struct {
		oneIn         int
		before, after string
	}{{4, "/", ""}, {4, "", "/"}, {5, "!", ""}, {8, "", "  "}, {12, "", "\r"}} {
		if random.IntN(more.oneIn) == 0 {
			line = more.before + line + more.after
		}
	}
	return line
}
