package program

// Imports that lead nowhere, and the files that they may mean: an alias that only a build knows.

import (
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
)

// unresolvedImports returns, for the scripts that take part, the specifiers that lead nowhere and may mean them.
func (c *closure) unresolvedImports() map[string]string {
	names := make([]string, 0, len(c.relevant))
	for name := range c.relevant {
		names = append(names, name)
	}
	sort.Strings(names)
	out := map[string]string{}
	var queue []string
	for _, name := range names {
		if spec := c.unresolvedFor(name); spec != "" {
			out[name] = spec
			queue = append(queue, name)
		}
	}
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		w := c.p.summaries[from]
		if w == nil {
			continue
		}
		for _, spec := range w.Imports {
			if to := c.p.Resolver.Find(from, spec).File; c.relevant[to] && out[to] == "" {
				out[to] = out[from]
				queue = append(queue, to)
			}
		}
	}
	return out
}

// unresolvedFor is a specifier that leads nowhere and ends as an import of the file would; "" for none.
func (c *closure) unresolvedFor(name string) string {
	for _, key := range c.keysOf(name) {
		for _, written := range []string{key, "~" + key, "@" + key, "#" + key, "$" + key} {
			for _, i := range c.unresolvedEnding(written) {
				if i.file != name && files.Within(name, c.p.Top) {
					return i.specifier
				}
			}
		}
	}
	return ""
}

// unresolvedEnding are imports with that last part that lead nowhere and may mean any file: of two files the first two, since a file does not mean
// itself.
func (c *closure) unresolvedEnding(key string) []importer {
	if list, known := c.unresolved[key]; known {
		return list
	}
	var list []importer
	for _, i := range c.importers.of(key) {
		if len(list) == 0 || list[0].file != i.file {
			if c.isUnresolved(i) {
				list = append(list, i)
			}
		}
		if len(list) == 2 {
			break
		}
	}
	c.unresolved[key] = list
	return list
}

// isUnresolved tells of an import that it is no path and no package that the project depends on, and leads nowhere.
func (c *closure) isUnresolved(i importer) bool {
	spec := i.specifier
	if spec == "" || spec[0] == '.' || spec[0] == '/' || strings.Contains(spec, ":") || resolution.IsDataName(spec) {
		return false
	}
	if c.p.Resolver.Find(i.file, spec).File != "" {
		return false
	}
	pkg, _ := resolution.PackageName(spec)
	for _, up := range files.Parents(c.p.Src) {
		m := c.p.Disk.Manifest(up)
		for _, kind := range []string{"dependencies", "devDependencies", "peerDependencies"} {
			if m.Get(kind).Get(pkg) != nil {
				return false
			}
		}
		if up == c.p.Top {
			break
		}
	}
	return true
}
