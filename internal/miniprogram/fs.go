package miniprogram

// The file system behind an interface, so that the model can be made of a folder on
// disk and of files in memory alike, and nothing else in the package does I/O.

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// FS is where files are read from. All names are absolute, clean and "/" separated.
type FS interface {
	// Base is the working directory: the folder that reported paths are relative to.
	Base() string
	// Open opens a file for reading.
	Open(name string) (fs.File, error)
	// ReadDir returns a folder's entries.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Stat follows symbolic links, Lstat does not.
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	// Real returns the name without symbolic links.
	Real(name string) (string, error)
}

// OSFS returns the file system of the machine, with the current working directory as its base.
func OSFS() FS {
	wd, err := os.Getwd()
	if err != nil {
		wd = "."
	}
	return osFS{base: filepath.ToSlash(wd)}
}

type osFS struct{ base string }

func (f osFS) Base() string { return f.base }

func (f osFS) Open(name string) (fs.File, error) { return openFile(filepath.FromSlash(name)) }

func (f osFS) ReadDir(name string) ([]fs.DirEntry, error) {
	return os.ReadDir(filepath.FromSlash(name))
}

func (f osFS) Stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }

func (f osFS) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(filepath.FromSlash(name)) }

func (f osFS) Real(name string) (string, error) {
	real, err := filepath.EvalSymlinks(filepath.FromSlash(name))
	return filepath.ToSlash(real), err
}

// absolute returns the absolute clean name of a path as a user writes it.
func absolute(f FS, name string) string {
	slashed := filepath.ToSlash(name)
	if !path.IsAbs(slashed) && !filepath.IsAbs(name) {
		slashed = f.Base() + "/" + slashed
	}
	return path.Clean(slashed)
}

// relative returns how reports call the absolute name: relative to base.
func relative(base, name string) string {
	if name == base {
		return "."
	}
	if strings.HasPrefix(name, strings.TrimSuffix(base, "/")+"/") {
		return strings.TrimPrefix(name[len(strings.TrimSuffix(base, "/")):], "/")
	}
	rel, err := filepath.Rel(filepath.FromSlash(base), filepath.FromSlash(name))
	if err != nil {
		return name // another volume: there is no relative name
	}
	return filepath.ToSlash(rel)
}

// within reports whether name is dir or lies below it.
func within(name, dir string) bool {
	return name == dir || dir == "/" || len(name) > len(dir) && name[len(dir)] == '/' && name[:len(dir)] == dir
}

// parents returns the folder and those above it, innermost first.
func parents(dir string) []string {
	var out []string
	for {
		out = append(out, dir)
		up := path.Dir(dir)
		if up == dir {
			return out
		}
		dir = up
	}
}

// entryKind tells what a folder's entry is, symbolic links followed.
type entryKind uint8

const (
	otherEntry entryKind = iota // a link to nowhere
	fileEntry
	dirEntry
	deviceEntry // a device, a pipe, a socket, a link in a circle: what stands in a file's place and cannot be read
)

// entry is one name in a folder.
type entry struct {
	name string
	kind entryKind
	link bool
}

// folder is what is known of a folder. Entries are sorted by name.
type folder struct {
	name    string
	entries []entry
	err     error
}

// lookup returns the entry of that name.
func (f *folder) lookup(name string) (entry, bool) {
	i := sort.Search(len(f.entries), func(i int) bool { return f.entries[i].name >= name })
	if i < len(f.entries) && f.entries[i].name == name {
		return f.entries[i], true
	}
	return entry{}, false
}

func (f *folder) has(name string, kind entryKind) bool {
	e, ok := f.lookup(name)
	return ok && e.kind.is(kind)
}

// is reports whether something is a file or a folder. What cannot be read where a file should be, as a link to nowhere, is there, and
// reading it says why not.
func (k entryKind) is(kind entryKind) bool {
	return k == kind || kind == fileEntry && k != dirEntry
}

func kindOf(mode fs.FileMode) entryKind {
	switch {
	case mode.IsRegular():
		return fileEntry
	case mode.IsDir():
		return dirEntry
	case mode&(fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0:
		return deviceEntry
	}
	return otherEntry
}

// listFolder reads a folder.
func listFolder(f FS, name string) *folder {
	list, err := f.ReadDir(name)
	out := &folder{name: name, err: err, entries: make([]entry, 0, len(list))}
	for _, d := range list {
		e := entry{name: d.Name(), kind: kindOf(d.Type())}
		if d.Type()&fs.ModeSymlink != 0 {
			e.link = true
			switch info, err := f.Stat(name + "/" + d.Name()); {
			case err == nil:
				e.kind = kindOf(info.Mode())
			case !errors.Is(err, fs.ErrNotExist):
				e.kind = deviceEntry
			}
		}
		out.entries = append(out.entries, e)
	}
	if byName := func(a, b entry) int { return strings.Compare(a.name, b.name) }; !slices.IsSortedFunc(out.entries, byName) {
		slices.SortFunc(out.entries, byName)
	}
	return out
}
