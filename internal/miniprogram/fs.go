package miniprogram

// The file system behind an interface, so that the model can be made of a folder on
// disk and of files in memory alike, and nothing else in the package does I/O.

import (
	"io/fs"
	"os"
	"path/filepath"
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
