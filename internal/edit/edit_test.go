package edit

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/voipcheck/voipcheck/internal/trial"
)

func TestWriteKeepsModeAndReplacesWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.json")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	folder, err := Within(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write("app.json", []byte("new")); err != nil {
		t.Fatal(err)
	}
	if err := folder.Write("pages/通话/index.js", []byte("Page({})")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "new" {
		t.Errorf("%q, %v", text, err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 2 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

func TestWriteStaysInside(t *testing.T) {
	base := t.TempDir()
	dir, outside := filepath.Join(base, "project"), filepath.Join(base, "outside")
	for _, d := range []string{dir, outside} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(outside, "kept")
	if err := os.WriteFile(kept, []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(dir, "inner")
	if err := os.WriteFile(inner, []byte("inner"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"file": kept, "folder": outside, "new": filepath.Join(outside, "new"), "alias": "inner", "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	folder, err := Within(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"file", "folder/new", "folder/deep/new", "new", "../outside/new", kept, "loop", "folder"} {
		if err := folder.Write(name, []byte("x")); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	names, err := os.ReadDir(outside)
	if err != nil || len(names) != 1 {
		t.Errorf("outside holds %v, %v", names, err)
	}
	if err := folder.Write("alias", []byte("x")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(inner); err != nil || string(text) != "x" {
		t.Errorf("a link that stays inside is followed: %q, %v", text, err)
	}
}

// TestAbandon: what is being written when the program has to end is taken away again, and nothing is begun after.
func TestAbandon(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var w writes
	for _, name := range []string{"done.json", "half.json"} {
		written, file, err := w.begin(root, name, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if err := fill(file, []byte("{}")); err != nil {
			t.Fatal(err)
		}
		if name == "done.json" {
			if err := root.Rename(written.name, name); err != nil {
				t.Fatal(err)
			}
			w.end(written)
		}
	}
	w.abandon()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "done.json" {
		t.Errorf("left are %v (%v)", left, err)
	}
	if w.mu.TryLock() {
		t.Error("more could be written")
	}
}

// TestWriteLongNames: names as long as file systems take them, and folders as deep as nobody makes them.
func TestWriteLongNames(t *testing.T) {
	dir := t.TempDir()
	folder, err := Within(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{strings.Repeat("n", 255), strings.Repeat("名", 85), strings.Repeat("d/", 60) + "f"} {
		if err := folder.Write(name, []byte("x")); err != nil {
			t.Error(err)
		}
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(text) != "x" {
			t.Error(err)
		}
	}
}

func TestWriteRefusesReadOnly(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("a"), 0o444); err != nil {
		t.Fatal(err)
	}
	folder, err := Within(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write("a", nil); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("got %v", err)
	}
}

func TestApplyLeavesOverlapsOut(t *testing.T) {
	got, applied := Apply([]byte("0123456789"), [][]Replacement{
		{{2, 4, "ab"}, {8, 9, ""}},
		{{3, 5, "x"}, {0, 1, "y"}},
		{{2, 4, "ab"}},
		{{5, 5, "+"}},
		{{9, 20, "z"}},
	})
	if string(got) != "01ab4+5679" || !slices.Equal(applied, []int{0, 2, 3}) {
		t.Errorf("got %s, %v", got, applied)
	}
}

func FuzzDiff(f *testing.F) {
	var seeds trial.Seeds
	seeds.Add("a\nb\nc\n", "a\nc\n")
	seeds.Add("", "a")
	seeds.Add("a\r\nb", "b\r\na\n")
	patch, err := exec.LookPath("git")
	if err != nil {
		f.Skip("git applies the diffs, and is not here")
	}
	seeds.AddTo(f)
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.ContainsRune(before+after, 0) {
			return
		}
		dir := t.TempDir()
		diff := Diff("file", []byte(before), []byte(after))
		if (diff == "") != (before == after) {
			t.Fatalf("%q to %q: %q", before, after, diff)
		}
		if diff == "" {
			return
		}
		file := filepath.Join(dir, "file")
		if err := os.WriteFile(file, []byte(before), 0o644); err != nil {
			t.Fatal(err)
		}
		apply := exec.Command(patch, "apply", "--whitespace=nowarn", "-")
		apply.Dir, apply.Stdin = dir, strings.NewReader(diff)
		if said, err := apply.CombinedOutput(); err != nil {
			t.Fatalf("%q to %q: %s\n%s", before, after, said, diff)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != after {
			t.Fatalf("%q to %q gave %q, %v\n%s", before, after, got, err, diff)
		}
	})
}
