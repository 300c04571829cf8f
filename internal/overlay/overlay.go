// Package overlay lays texts over a file system: files as they are in an editor, as they come from the standard input, or as they
// will be once they are fixed.
package overlay

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// FS is a file system in which some files have another content, or are there although they are not below. Texts are not to be
// changed while somebody reads.
type FS struct {
	miniprogram.FS
	texts map[string][]byte
	// added are the names in each folder that are not on the file system below; those of folders are true.
	added map[string]map[string]bool
}

// New returns a file system on which no text lies yet.
func New(below miniprogram.FS) *FS {
	return &FS{FS: below, texts: map[string][]byte{}, added: map[string]map[string]bool{}}
}

// Set gives the file of that name, which is absolute, clean and "/" separated, another content. The file need not be there, nor the
// folders that it lies in.
func (o *FS) Set(name string, text []byte) {
	o.texts[name] = text
	if real, err := o.FS.Real(name); err == nil {
		o.texts[real] = text // whoever comes to it by its other name reads the same
		return
	}
	for child, folder := name, false; child != "/"; child, folder = path.Dir(child), true {
		up := path.Dir(child)
		if o.added[up] == nil {
			o.added[up] = map[string]bool{}
		}
		o.added[up][path.Base(child)] = folder
		if _, err := o.FS.Lstat(up); err == nil || up == child {
			return
		}
	}
}

// Unset takes away the text of a file that is on the file system below.
func (o *FS) Unset(name string) {
	delete(o.texts, name)
	if real, err := o.FS.Real(name); err == nil {
		delete(o.texts, real)
	}
}

// Open opens a file for reading.
func (o *FS) Open(name string) (fs.File, error) {
	text, ok := o.texts[name]
	if !ok {
		return o.FS.Open(name)
	}
	return &file{Reader: bytes.NewReader(text), info: info{path.Base(name), int64(len(text)), 0o644}}, nil
}

// Stat follows symbolic links.
func (o *FS) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.texts[name]; ok {
		return info{path.Base(name), int64(len(text)), 0o644}, nil
	}
	if o.added[name] != nil && o.isAdded(name) {
		return info{path.Base(name), 0, fs.ModeDir | 0o755}, nil
	}
	return o.FS.Stat(name)
}

// Lstat does not follow symbolic links: what is on the file system below stays the link that it is.
func (o *FS) Lstat(name string) (fs.FileInfo, error) {
	if o.isAdded(name) {
		return o.Stat(name)
	}
	return o.FS.Lstat(name)
}

// Real returns the name without symbolic links.
func (o *FS) Real(name string) (string, error) {
	if !o.isAdded(name) {
		return o.FS.Real(name)
	}
	up, err := o.Real(path.Dir(name))
	return path.Join(up, path.Base(name)), err
}

// ReadDir returns a folder's entries.
func (o *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	added := o.added[name]
	if added == nil {
		return o.FS.ReadDir(name)
	}
	var entries []fs.DirEntry
	if !o.isAdded(name) {
		var err error
		if entries, err = o.FS.ReadDir(name); err != nil {
			return nil, err
		}
	}
	entries = slices.Clone(entries)
	for child, folder := range added {
		if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == child }) {
			mode := fs.FileMode(0o644)
			if folder {
				mode = fs.ModeDir | 0o755
			}
			entries = append(entries, fs.FileInfoToDirEntry(info{child, 0, mode}))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// isAdded reports whether there is nothing of that name on the file system below.
func (o *FS) isAdded(name string) bool {
	_, ok := o.added[path.Dir(name)][path.Base(name)]
	return ok
}

// file is an open file in memory.
type file struct {
	*bytes.Reader
	info info
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }

// info describes a file or folder in memory.
type info struct {
	name string
	size int64
	mode fs.FileMode
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
