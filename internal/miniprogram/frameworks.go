package miniprogram

// Which framework a folder is written with, and which sources a build output comes from.

import (
	"path"
	"strings"
)

// classifyFramework tells which framework's project a folder is the root, or the source
// folder, of; nil for none.
func (l *locator) classifyFramework(dir string) *Place {
	for _, recognise := range []func(string) *Place{l.uniAppAt, l.taroAt, l.mpxAt, l.wepyAt} {
		if p := recognise(dir); p != nil {
			return p
		}
	}
	return nil
}

// sourceOf returns the framework project that dir is the build output of, or nil.
func (l *locator) sourceOf(dir string) *Place {
	for _, up := range parents(dir)[1:] {
		p := l.classifyFramework(up)
		if p != nil && !within(p.src, dir) && isOutputOf(p, dir) {
			return l.withProjectConfig(p)
		}
		if l.disk.isRepository(up) {
			return nil
		}
	}
	return nil
}

// withProjectConfig adds the project.config.json beside a framework's project, where it can be read.
func (l *locator) withProjectConfig(p *Place) *Place {
	if c, err := readProjectConfig(l.disk, p.Dir); err == nil {
		p.project = c
	}
	return p
}

// isOutputOf reports whether a folder below a project's is where it is built to.
func isOutputOf(p *Place, dir string) bool {
	if p.src != p.Dir && within(dir, p.src) {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(dir[len(p.Dir):], "/"), "/")
	return isOutputName(first) || isOutputName(path.Base(dir))
}

// readerOf returns how a framework's files are read.
func readerOf(f Framework) reader {
	switch f {
	case UniApp:
		return newUniApp()
	case Taro:
		return newTaro()
	case Mpx:
		return newMpx()
	case Wepy:
		return newWepy()
	}
	return native{}
}
