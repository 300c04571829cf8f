package boundary

// A file system in which nothing outside can be read.

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"sync"
)

// Files is what a project's files are read from. Names are absolute, clean and "/" separated.
type Files interface {
	Base() string
	Open(name string) (fs.File, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	Real(name string) (string, error)
}

// Files returns files without what lies outside of the boundary. What a name leads out to is not there; what a link leads out
// to is there and cannot be read, since a program of which a part was not read is not known to be ready.
func (b *Boundary) Files(files Files) *Inside { return &Inside{Boundary: b, files: files} }

// Inside is a file system that ends at a boundary.
type Inside struct {
	*Boundary
	files Files
	// links are the symbolic links in each folder that was listed: []string by the folder's name.
	links sync.Map
}

// Base is the working directory, to which the names in reports are relative.
func (i *Inside) Base() string { return i.files.Base() }

// Open opens a file for reading.
func (i *Inside) Open(name string) (fs.File, error) {
	if err := i.allow("open", name); err != nil {
		// It is opened because a link led to it.
		i.refuse(name)
		return nil, ErrOutside
	}
	if i.isLink(name) {
		if real, err := i.files.Real(name); err == nil && !i.holds(real) {
			i.refuse(name)
			return nil, ErrOutside
		}
	}
	return i.files.Open(name)
}

// isLink reports whether a name is a symbolic link. Where the folder was listed that is known without another look at
// each of its files.
func (i *Inside) isLink(name string) bool {
	if links, listed := i.links.Load(path.Dir(name)); listed {
		return slices.Contains(links.([]string), path.Base(name))
	}
	info, err := i.files.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// real is the folder of that "/" separated name without links. Below a folder that was listed another look at it is not needed.
func (i *Inside) real(dir string) string {
	if known, ok := i.folders.Load(dir); ok {
		return known.(string)
	}
	real := dir
	if up := path.Dir(dir); up != dir {
		real = path.Join(i.real(up), path.Base(dir))
		if i.isLink(dir) {
			if resolved, err := i.files.Real(dir); err == nil {
				real = resolved
			}
		}
	}
	i.folders.Store(dir, real)
	return real
}

// ReadDir returns a folder's entries.
func (i *Inside) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := i.allow("open", name); err != nil {
		return nil, err
	}
	if !i.holds(i.real(name)) {
		i.refuse(name)
		return nil, ErrOutside
	}
	entries, err := i.files.ReadDir(name)
	if err == nil {
		links := []string{}
		for _, e := range entries {
			if e.Type()&fs.ModeSymlink != 0 {
				links = append(links, e.Name())
			}
		}
		i.links.Store(name, links)
	}
	return entries, err
}

// Stat follows symbolic links, to tell files from folders. Of what lies outside nothing else comes from it.
func (i *Inside) Stat(name string) (fs.FileInfo, error) {
	if err := i.allow("stat", name); err != nil {
		return nil, err
	}
	return i.files.Stat(name)
}

// Lstat does not follow links.
func (i *Inside) Lstat(name string) (fs.FileInfo, error) {
	if err := i.allow("lstat", name); err != nil {
		return nil, err
	}
	return i.files.Lstat(name)
}

// Real returns the name without symbolic links, and an error when that lies outside.
func (i *Inside) Real(name string) (string, error) {
	real, err := i.files.Real(name)
	if err == nil && !i.holds(real) && !slices.ContainsFunc(i.tops, func(top string) bool { return within(top, real) }) {
		i.refuse(name)
		return "", ErrOutside
	}
	return real, err
}

// NotFound notes that code or a configuration asks for a path, so that it is told when it leads outside, whatever is there. Names that
// are only tried, as folders of packages further up are, are nobody's wish. It returns ErrOutside where the path lies inside by its
// name: a link on the way leads out, to what the program is meant to consist of.
func (i *Inside) NotFound(name string) error {
	err := i.allow("stat", name)
	if err == nil && i.isLink(name) {
		if real, broken := i.files.Real(name); broken == nil && !i.holds(real) {
			err = ErrOutside
		}
	}
	if err != nil {
		i.refuse(name)
	}
	if errors.Is(err, ErrOutside) {
		return err
	}
	return nil
}

// allow returns an error for a name in a folder outside: that it does not exist when the name itself lies outside.
func (i *Inside) allow(op, name string) error {
	if i.holds(name) || slices.ContainsFunc(i.named, func(top string) bool { return within(name, top) }) {
		// By its name it lies inside: a link on the way may still lead out.
		if i.holds(i.real(path.Dir(name))) || slices.Contains(i.named, name) {
			return nil
		}
		i.refuse(name)
		return ErrOutside
	}
	if i.holds(i.real(path.Dir(name))) {
		return nil // the name leads in by a link outside, as that of the working directory may
	}
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}
