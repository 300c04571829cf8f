package miniprogram

// The pages of an mpx project: of its app file, and of the packages that it names. Their sources may lie anywhere.
// Source: mpxjs.cn, guide/advance/subpackage.html and api/compile.html.

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/source"
)

// mpxPages collects pages with where their sources are.
type mpxPages struct {
	b    *block
	p    *Project
	list pageList
	// written are the lists themselves.
	written []PageList
	// sources are the absolute paths, without extension, of pages whose paths tell another place.
	sources map[string]string
}

// pages reads the pages off the configuration of the app in place of what all frameworks have in common.
func (b *block) pages(p *Project, app *source.File, s *setting) {
	m := &mpxPages{b: b, p: p, sources: map[string]string{}}
	m.config(app, s, "")
	for _, ref := range s.get("packages").strings() {
		m.packageAt(app, ref)
	}
	p.outline.pages, p.outline.sources = m.list.pages, m.sources
	p.Config.Written.Lists = m.written
}

// config adds the pages and subpackages that a file lists, with paths below root.
func (m *mpxPages) config(file *source.File, s *setting, root string) {
	dir := path.Dir(file.Name)
	if within(dir, m.p.src) {
		for _, l := range s.pageLists() {
			l.Dir = cleanDir(relative(m.p.src, path.Join(dir, l.Dir)))
			m.written = append(m.written, l)
		}
	}
	for _, page := range s.get("pages").list() {
		m.add(file, dir, root, page)
	}
	for _, key := range []string{"subpackages", "subPackages"} {
		for _, sub := range s.get(key).list() {
			below := sub.get("root").string()
			for _, page := range sub.get("pages").list() {
				m.add(file, path.Join(dir, below), path.Join(root, below), page)
			}
		}
	}
}

// packageAt adds the pages of another app file: "./packages/voip/app.mpx?root=voip".
func (m *mpxPages) packageAt(from *source.File, ref string) {
	spec, query, _ := strings.Cut(ref, "?")
	name := m.find(from, path.Dir(from.Name), strings.TrimSuffix(spec, m.b.ending))
	file, err := m.p.disk.file(name+m.b.ending, m.p.disk.limits.Config)
	if err != nil {
		m.p.outline.open = true
		return
	}
	c := readComponent(file, file.Text)
	if c.config < 0 {
		return
	}
	root, _, _ := strings.Cut(query, "&")
	root, named := strings.CutPrefix(root, "root=")
	if !named {
		root = ""
	}
	s := m.b.config(m.p, c, nil)
	m.p.outline.open = m.p.outline.open || s == nil || s.get("pages").unsure()
	m.config(file, s, root)
}

// add adds a page: its path below root, or the one that it is given.
func (m *mpxPages) add(from *source.File, dir, root string, page *setting) {
	spec, _, _ := strings.Cut(pageName(page), "?")
	if spec == "" {
		return
	}
	base := m.find(from, dir, spec)
	route := pagePath(root, strings.TrimLeft(spec, "~@/"))
	if given := page.get("path").string(); !page.isString() && given != "" {
		route = pagePath(root, given)
	} else if within(base, dir) {
		route = pagePath(root, relative(dir, base))
	}
	if route == "" || m.list.seen[route] && m.sources[route] != base {
		route = relative(m.p.src, base)
	}
	m.list.add("", route)
	if base != path.Join(m.p.src, route) {
		m.sources[route] = base
	}
}

// find returns where a page, or a package's app file, lies: an absolute path without extension.
func (m *mpxPages) find(from *source.File, dir, spec string) string {
	spec = strings.ReplaceAll(spec, `\`, "/")
	if strings.HasPrefix(spec, "/") {
		return withoutExt(path.Join(m.p.src, spec))
	}
	beside := withoutExt(path.Join(dir, spec))
	if strings.HasPrefix(spec, ".") || m.p.hasUnit(beside) {
		return beside
	}
	if file := m.p.find(from.Name, strings.TrimPrefix(spec, "~")).file; file != "" {
		return strings.TrimSuffix(withoutExt(file), m.p.resolve.infix)
	}
	return beside
}

// withoutExt takes the ending of code or markup off a name.
func withoutExt(name string) string {
	if hasExt(name, ".mpx", ".wpy", ".js", ".ts", ".wxml", ".json") {
		return strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}

// withoutMpxPackages leaves out the app files that only list pages, and that another project takes in.
func (l *locator) withoutMpxPackages(places []*Place) []*Place {
	taken := map[*Place]bool{}
	for _, p := range places {
		if p.Framework != Mpx {
			continue
		}
		for _, spec := range l.mpxPackages(p) {
			for _, other := range places {
				taken[other] = taken[other] || other != p && l.isMpxPackage(other) && l.namesPlace(p, spec, other)
			}
		}
	}
	return slices.DeleteFunc(places, func(p *Place) bool {
		if taken[p] {
			l.opts.say(lang.T("%s: a package of another project, read with that project", "%s：是另一个项目的分包，随该项目一起检查"), p.Root)
		}
		return taken[p]
	})
}

// isMpxPackage tells of an app file that only lists pages.
func (l *locator) isMpxPackage(p *Place) bool {
	if p.Framework != Mpx {
		return false
	}
	file, err := l.disk.file(p.src+"/app.mpx", l.disk.limits.Config)
	return err == nil && !registers(file.Text, []byte("createApp")) && !registers(file.Text, []byte("App"))
}

// namedApp is a path to an app file, in quotes.
var namedApp = regexp.MustCompile(`["']([^"'\s]+/app\.mpx)(?:\?[^"'\s]*)?["']`)

// mpxPackages are the paths of app files that an app file names.
func (l *locator) mpxPackages(p *Place) []string {
	file, err := l.disk.file(p.src+"/app.mpx", l.disk.limits.Config)
	if err != nil {
		return nil
	}
	var out []string
	for _, m := range namedApp.FindAllSubmatch(file.Text, -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// namesPlace reports whether a path in an app file leads to the app file of another place: by itself, by the name of its package, or, as
// an alias may stand at the beginning, by its end.
func (l *locator) namesPlace(from *Place, spec string, to *Place) bool {
	name := to.src + "/app.mpx"
	if strings.HasPrefix(spec, ".") || path.Join(from.src, spec) == name {
		return path.Join(from.src, spec) == name
	}
	pkg, below := packageName(spec)
	if strings.Contains(below, "/") && strings.HasSuffix(name, "/"+below) {
		return true
	}
	for _, up := range parents(to.src) {
		if m := l.disk.manifest(up); m != nil {
			return m.StringOf("name") == pkg
		}
		if l.disk.isRepository(up) {
			return false
		}
	}
	return false
}
