package files

// The files as one mini-program reads them.

import (
	"sync"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/source"
)

// Reader reads the files of one mini-program: what should have been read and could not is noted in it.
type Reader struct {
	*Disk
	project *miniprogram.Project
	noting  sync.Mutex // for the project's Unreadable
}

// NewReader makes the reader of a project.
func NewReader(d *Disk, p *miniprogram.Project) *Reader { return &Reader{Disk: d, project: p} }

// Unreadable notes a file that should have been read.
func (r *Reader) Unreadable(name string, err error) {
	path := Relative(r.Base, name)
	r.noting.Lock()
	defer r.noting.Unlock()
	for _, u := range r.project.Unreadable {
		if u.Path == path {
			return
		}
	}
	r.project.Unreadable = append(r.project.Unreadable, miniprogram.FileError{Path: path, Err: err})
}

// NotFound notes that the program needs a file or folder which was not found. What a link leads out to is there, and was not read.
func (r *Reader) NotFound(name string) {
	if err := r.Disk.NotFound(name); err != nil {
		r.Unreadable(name, err)
	}
}

// ReportPath is how reports call an absolute name.
func (r *Reader) ReportPath(name string) string { return Relative(r.Base, name) }

// Absent stands for a file that is not there or cannot be read.
func (r *Reader) Absent(name string) *source.File {
	return source.NewFile(name, Relative(r.Base, name), nil)
}
