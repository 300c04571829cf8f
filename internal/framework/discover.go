package framework

// Finding and reading mini-programs of all frameworks, or of those of another list.

import (
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/discovery"
	"github.com/voipcheck/voipcheck/internal/miniprogram/program"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// Discover finds and reads the mini-programs that the paths lead to, in the order of their
// roots. The error is a *NothingFound when a path leads to none, or a *ReadError.
func Discover(fsys miniprogram.FS, paths []string, opts reading.Options) ([]*miniprogram.Project, error) {
	return All.Discover(fsys, paths, opts)
}

// Locate finds the mini-programs that the paths lead to without reading their code, so that a
// configuration that belongs to one can be looked for before Open.
func Locate(fsys miniprogram.FS, paths []string, opts reading.Options) ([]*reading.Place, error) {
	return discovery.Locate(fsys, paths, All.Reading(), opts)
}

// Open reads the mini-program that was found at a place.
func Open(at *reading.Place, opts reading.Options) *miniprogram.Project {
	return program.Open(at, opts)
}

// Discover finds and reads mini-programs of the frameworks of the list.
func (l List) Discover(fsys miniprogram.FS, paths []string, opts reading.Options) ([]*miniprogram.Project, error) {
	places, err := discovery.Locate(fsys, paths, l.Reading(), opts)
	if err != nil {
		return nil, err
	}
	var projects []*miniprogram.Project
	for _, p := range places {
		projects = append(projects, Open(p, opts))
	}
	return projects, nil
}
