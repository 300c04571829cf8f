package discovery

// Which framework a folder is written with, and which sources a build output comes from.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
)

// classifyFramework tells which framework's project a folder is the root, or the source
// folder, of; nil for none.
func (l *locator) classifyFramework(dir string) *reading.Place {
	for _, f := range l.frameworks.Others {
		if p := f.Locate(l.disk, dir); p != nil {
			p.Kind = f
			return p
		}
	}
	return nil
}

// sourceOf returns the framework project that dir is the build output of, or nil.
func (l *locator) sourceOf(dir string) *reading.Place {
	for _, up := range files.Parents(dir)[1:] {
		p := l.classifyFramework(up)
		if p != nil && !files.Within(p.Src, dir) && isOutputOf(p, dir) {
			return l.withProjectConfig(p)
		}
		if l.disk.IsRepository(up) {
			return nil
		}
	}
	return nil
}

// withProjectConfig adds the project.config.json beside a framework's project, where it can be read.
func (l *locator) withProjectConfig(p *reading.Place) *reading.Place {
	if c, err := configuration.ReadProjectConfig(l.disk, p.Dir); err == nil {
		p.Config = c
	}
	return p
}

// isOutputOf reports whether a folder below a project's is where it is built to.
func isOutputOf(p *reading.Place, dir string) bool {
	if p.Src != p.Dir && files.Within(dir, p.Src) {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(dir[len(p.Dir):], "/"), "/")
	return files.IsOutputName(first) || files.IsOutputName(path.Base(dir))
}
