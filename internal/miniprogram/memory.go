package miniprogram

// A file system of files in memory. Looking for what is not there, which resolving imports does most, costs no more than one look.

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// memBase is the working directory of files in memory.
const memBase = "/work"

// memFS are files and folders by their absolute names.
type memFS map[string]*memEntry

// memEntry is a file, or a folder with what lies in it, by name.
type memEntry struct {
	name    string
	text    []byte
	folder  bool
	entries []fs.DirEntry
}

// MemFS returns a file system of the given files: names relative to its base, "/" separated.
func MemFS(files map[string]string) FS {
	m := memFS{}
	m.folder(memBase)
	for name, text := range files {
		name = path.Join(memBase, name)
		if m[name] != nil {
			continue // a folder, since something lies in it
		}
		m.add(name, &memEntry{name: path.Base(name), text: []byte(text)})
	}
	for _, e := range m {
		slices.SortFunc(e.entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return m
}

// add puts an entry into its folder.
func (m memFS) add(name string, e *memEntry) {
	m[name] = e
	if up := path.Dir(name); up != name {
		above := m.folder(up)
		above.entries = append(above.entries, fs.FileInfoToDirEntry(e))
	}
}

// folder is the folder of a name, made where it is not there yet. One that was a file is a folder from then on.
func (m memFS) folder(name string) *memEntry {
	e := m[name]
	if e == nil {
		e = &memEntry{name: path.Base(name), folder: true}
		m.add(name, e)
	}
	e.folder, e.text = true, nil
	return e
}

func (m memFS) Base() string { return memBase }

func (m memFS) Find(op, name string) (*memEntry, error) {
	if e := m[name]; e != nil {
		return e, nil
	}
	return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

func (m memFS) Open(name string) (fs.File, error) {
	e, err := m.Find("open", name)
	if err != nil {
		return nil, err
	}
	return &memFile{Reader: bytes.NewReader(e.text), memEntry: e}, nil
}

func (m memFS) ReadDir(name string) ([]fs.DirEntry, error) {
	e, err := m.Find("open", name)
	if err == nil && !e.folder {
		err = &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return nil, err
	}
	return slices.Clone(e.entries), nil
}

func (m memFS) Stat(name string) (fs.FileInfo, error) {
	e, err := m.Find("stat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (m memFS) Lstat(name string) (fs.FileInfo, error) { return m.Stat(name) }

func (m memFS) Real(name string) (string, error) { return name, nil }

// memFile is an open file.
type memFile struct {
	*bytes.Reader
	*memEntry
}

func (f *memFile) Read(into []byte) (int, error) {
	if f.folder {
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: fs.ErrInvalid}
	}
	return f.Reader.Read(into)
}

// Size is that of the file: the reader has a method of the same name.
func (f *memFile) Size() int64 { return f.memEntry.Size() }

func (f *memFile) Stat() (fs.FileInfo, error) { return f.memEntry, nil }

func (f *memFile) Close() error { return nil }

func (e *memEntry) Name() string { return e.name }

func (e *memEntry) Size() int64 { return int64(len(e.text)) }

func (e *memEntry) Mode() fs.FileMode {
	if e.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

func (e *memEntry) ModTime() time.Time { return time.Time{} }

func (e *memEntry) IsDir() bool { return e.folder }

func (e *memEntry) Sys() any { return nil }
