package program

// Linked folders that lead out of the repository. One that nothing uses is no part of the program; code that imports from one
// needs what was not read.

import (
	"path"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
)

// noteLinksOut notes the linked folders that code imports from.
func (p *program) noteLinksOut() {
	if len(p.outside) == 0 {
		return
	}
	for _, name := range p.sortedNames() {
		for _, spec := range p.summaries[name].Imports {
			for _, named := range p.candidates(name, spec) {
				if slices.ContainsFunc(p.outside, func(dir string) bool { return files.Within(named, dir) }) {
					p.Disk.NotFound(named)
				}
			}
		}
	}
}

// candidates are the absolute names that a specifier in a file may stand for, without extension; none for packages.
func (p *program) candidates(from, specifier string) []string {
	spec, _, _ := strings.Cut(specifier, "?")
	spec = spec[strings.LastIndexByte(spec, '!')+1:]
	var out []string
	for _, a := range p.Resolver.Aliases {
		out = append(out, a.Apply(spec, p.Src)...)
	}
	switch head, rest, _ := strings.Cut(spec, "/"); {
	case strings.HasPrefix(spec, "/"):
		out = append(out, path.Join(p.Resolver.RootOf(from), spec))
	case resolution.IsSourcePrefix(head):
		out = append(out, path.Join(p.Src, rest))
	default:
		out = append(out, path.Join(path.Dir(from), spec), path.Join(p.Src, spec))
	}
	return out
}
