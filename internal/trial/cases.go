package trial

// Cases of tests that are text archives.

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Want is the usual name of the file of an archive that says what is to come of the others.
const Want = "want"

// Case is an archive as a test sees it.
type Case struct {
	// Comment is what stands before the files.
	Comment string
	// Inputs are the files, but for those that say what is to come of them.
	Inputs []txtar.File
}

// Files are the inputs by name.
func (c *Case) Files() map[string]string {
	files := map[string]string{}
	for _, f := range c.Inputs {
		files[f.Name] = string(f.Data)
	}
	return files
}

// With are the inputs and, after them, what is to come of them.
func (c *Case) With(name, text string) []txtar.File {
	return append(c.Inputs[:len(c.Inputs):len(c.Inputs)], txtar.File{Name: name, Data: []byte(text)})
}

// Cases runs a test for each archive that a pattern matches. wanted tells by its name whether a file says what is to come of the inputs.
// whole returns all files of an archive as they should be; what they are wanted to be is compared with that, or written with update.
func Cases(t *testing.T, pattern string, update bool, wanted func(name string) bool, whole func(t *testing.T, c *Case) []txtar.File) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c := &Case{Comment: string(archive.Comment)}
			want, got := map[string]string{}, map[string]string{}
			for _, f := range archive.Files {
				if wanted(f.Name) {
					want[f.Name] = string(f.Data)
				} else {
					c.Inputs = append(c.Inputs, f)
				}
			}
			archive.Files = whole(t, c)
			if update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, f := range archive.Files {
				if wanted(f.Name) {
					got[f.Name] = string(f.Data)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Only is a name that Cases takes for the only file which says what is wanted.
func Only(name string) func(string) bool {
	return func(other string) bool { return other == name }
}

// FixedMark stands before the names of files, in a rule's case, as they are when they are fixed.
const FixedMark = "fixed "

// Laid is the program of a rule's case, see fixtures: the files of its archive laid over those of base.
func Laid(archive *txtar.Archive, base map[string]string) (map[string]string, error) {
	files := maps.Clone(base)
	for line := range strings.SplitSeq(string(archive.Comment), "\n") {
		if line == "without base" {
			files = map[string]string{"voipcheck.json": base["voipcheck.json"]}
		} else if name, ok := strings.CutPrefix(line, "without "); ok {
			if _, there := files[name]; !there {
				return nil, fmt.Errorf("it is without %s, which base does not have", name)
			}
			delete(files, name)
		}
	}
	for _, f := range archive.Files {
		if f.Name != Want && !strings.HasPrefix(f.Name, FixedMark) {
			files[f.Name] = string(f.Data)
		}
	}
	return files, nil
}

// Fixture reads the program of a rule's case from its archive in fixtures.
func Fixture(t testing.TB, file string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	base, err := Folder(filepath.Join(filepath.Dir(filepath.Dir(file)), "base"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := Laid(archive, base)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return files
}

// Folder reads the files of a folder, by names that are "/" separated.
func Folder(dir string) (map[string]string, error) {
	files := map[string]string{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		files[name] = string(text)
		return err
	})
	return files, err
}
