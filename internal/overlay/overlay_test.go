package overlay

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// read reads a file and returns what its folder lists.
func read(t *testing.T, o *FS, name string) (string, []string) {
	t.Helper()
	text, err := fs.ReadFile(named{o}, name)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := o.ReadDir(filepath.ToSlash(filepath.Dir(name)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return string(text), names
}

// named lets fs.ReadFile read absolute names.
type named struct{ *FS }

func TestTextsLieOverFiles(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	if err := os.WriteFile(filepath.FromSlash(dir+"/a.js"), []byte("disk"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.FromSlash(dir+"/a.js"), filepath.FromSlash(dir+"/link.js")); err != nil {
		t.Skip("no links here: ", err)
	}
	o := New(miniprogram.OSFS())
	o.Set(dir+"/link.js", []byte("editor"))
	if text, names := read(t, o, dir+"/a.js"); text != "editor" || len(names) != 2 {
		t.Errorf("the file that a link leads to is %q, in %q", text, names)
	}
	if info, err := o.Lstat(dir + "/link.js"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is none any more: %v, %v", info, err)
	}
	o.Unset(dir + "/link.js")
	if text, _ := read(t, o, dir+"/a.js"); text != "disk" {
		t.Errorf("after Unset the file is %q", text)
	}
}

func TestNewFilesAreListed(t *testing.T) {
	dir := filepath.ToSlash(t.TempDir())
	o := New(miniprogram.OSFS())
	o.Set(dir+"/pages/call/call.js", []byte("new"))
	if text, names := read(t, o, dir+"/pages/call/call.js"); text != "new" || len(names) != 1 {
		t.Errorf("the new file is %q, in %q", text, names)
	}
	if info, err := o.Stat(dir + "/pages"); err != nil || !info.IsDir() {
		t.Errorf("its folder is %v, %v", info, err)
	}
	if entries, err := o.ReadDir(dir); err != nil || len(entries) != 1 || !entries[0].IsDir() {
		t.Errorf("the folder above lists %v, %v", entries, err)
	}
	want, err := o.FS.Real(dir)
	if err != nil {
		t.Fatal(err)
	}
	if real, err := o.Real(dir + "/pages/call/call.js"); err != nil || real != want+"/pages/call/call.js" {
		t.Errorf("its real name is %q, %v", real, err)
	}
}
