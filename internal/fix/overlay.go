package fix

// Files as they will be, over those on disk.

import (
	"bytes"
	"io/fs"
	"path"
	"time"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
)

// overlay is a file system in which some files have another content.
type overlay struct {
	miniprogram.FS
	files map[string][]byte
}

func (o *overlay) Open(name string) (fs.File, error) {
	text, ok := o.files[name]
	if !ok {
		return o.FS.Open(name)
	}
	return &memory{Reader: bytes.NewReader(text), info: info{path.Base(name), int64(len(text))}}, nil
}

func (o *overlay) Stat(name string) (fs.FileInfo, error) {
	if text, ok := o.files[name]; ok {
		return info{path.Base(name), int64(len(text))}, nil
	}
	return o.FS.Stat(name)
}

// memory is an open file in memory.
type memory struct {
	*bytes.Reader
	info info
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return nil }

// info describes a file in memory.
type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o644 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }

// readable lets fs.ReadFile read the absolute names of a miniprogram.FS.
type readable struct{ miniprogram.FS }
