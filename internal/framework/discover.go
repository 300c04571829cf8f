package framework

import (
	"github.com/voipcheck/voipcheck/internal/framework/mpx"
	"github.com/voipcheck/voipcheck/internal/framework/native"
	"github.com/voipcheck/voipcheck/internal/framework/taro"
	"github.com/voipcheck/voipcheck/internal/framework/uniapp"
	"github.com/voipcheck/voipcheck/internal/framework/unsupported"
	"github.com/voipcheck/voipcheck/internal/framework/wepy"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/discovery"
	"github.com/voipcheck/voipcheck/internal/miniprogram/program"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// Readers are all that are read.
var Readers = reading.Frameworks{
	Native: native.Framework{}, Others: []reading.Framework{uniapp.Framework{}, taro.Framework{}, mpx.Framework{}, wepy.Framework{}}, Unsupported: unsupported.Locate,
}

// Discover finds and reads the mini-programs that the paths lead to, in the order of their
// roots. The error is a *NothingFound when a path leads to none, or a *ReadError.
func Discover(fsys miniprogram.FS, paths []string, opts reading.Options) ([]*miniprogram.Project, error) {
	places, err := Locate(fsys, paths, opts)
	if err != nil {
		return nil, err
	}
	var projects []*miniprogram.Project
	for _, p := range places {
		projects = append(projects, Open(p, opts))
	}
	return projects, nil
}

// Locate finds the mini-programs that the paths lead to without reading their code, so that a
// configuration that belongs to one can be looked for before Open.
func Locate(fsys miniprogram.FS, paths []string, opts reading.Options) ([]*reading.Place, error) {
	return discovery.Locate(fsys, paths, Readers, opts)
}

// Open reads the mini-program that was found at a place.
func Open(at *reading.Place, opts reading.Options) *miniprogram.Project {
	return program.Open(at, opts)
}
