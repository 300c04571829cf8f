package report

// Short paths: what tells the files of one finding apart.

import (
	"path"
	"slices"
	"strings"
)

// shortPaths returns the end of each path that no other of them ends in: mostly the file's name, and as many folders before it
// as it takes.
func shortPaths(paths []string) map[string]string {
	paths = slices.Compact(slices.Sorted(slices.Values(paths)))
	short := make(map[string]string, len(paths))
	for _, p := range paths {
		end := path.Base(p)
		for end != p && slices.ContainsFunc(paths, func(other string) bool { return other != p && endsIn(other, end) }) {
			end = p[strings.LastIndexByte(p[:len(p)-len(end)-1], '/')+1:]
		}
		short[p] = end
	}
	return short
}

// endsIn tells that the last parts of a path are end.
func endsIn(p, end string) bool { return p == end || strings.HasSuffix(p, "/"+end) }

// shortPathsOf are those of a finding and of the steps to it.
func shortPathsOf(f *Finding) map[string]string {
	paths := []string{f.File}
	for _, n := range f.Trace {
		paths = append(paths, pathOf(n.At))
	}
	return shortPaths(slices.DeleteFunc(paths, func(p string) bool { return p == "" }))
}
