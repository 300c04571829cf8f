package miniprogram

// Linked folders that lead out of the repository. One that nothing uses is no part of the program; code that imports from one
// needs what was not read.

import (
	"path"
	"slices"
	"strings"
)

// lookOutside notes the linked folders that code imports from.
func (p *Project) lookOutside() {
	if len(p.outside) == 0 {
		return
	}
	for _, name := range p.sortedNames() {
		for _, spec := range p.words[name].imports {
			for _, named := range p.mayMean(name, spec) {
				if slices.ContainsFunc(p.outside, func(dir string) bool { return within(named, dir) }) {
					p.asked(named)
				}
			}
		}
	}
}

// mayMean are the absolute names that a specifier in a file may stand for, without extension; none for packages.
func (p *Project) mayMean(from, specifier string) []string {
	spec, _, _ := strings.Cut(specifier, "?")
	spec = spec[strings.LastIndexByte(spec, '!')+1:]
	var out []string
	for _, a := range p.resolve.aliases {
		out = append(out, a.apply(spec, p.src)...)
	}
	switch head, rest, _ := strings.Cut(spec, "/"); {
	case strings.HasPrefix(spec, "/"):
		out = append(out, path.Join(p.rootOf(from), spec))
	case isSourcePrefix(head):
		out = append(out, path.Join(p.src, rest))
	default:
		out = append(out, path.Join(path.Dir(from), spec), path.Join(p.src, spec))
	}
	return out
}
