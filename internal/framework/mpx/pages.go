package mpx

// The pages of an mpx project: of its app file, and of the packages that it names. Their sources may lie anywhere.
// Source: mpxjs.cn, guide/advance/subpackage.html and api/compile.html.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/reading"
	"github.com/voipcheck/voipcheck/internal/source"
)

// pageReader collects pages with where their sources are.
type pageReader struct {
	b    *reader
	p    *reading.Project
	list configuration.PageList
	// written are the lists themselves.
	written []miniprogram.PageList
	// sources are the absolute paths, without extension, of pages whose paths tell another place.
	sources map[string]string
}

// pages reads the pages off the configuration of the app in place of what all frameworks have in common.
func (r *reader) pages(p *reading.Project, app *source.File, s *configuration.Value) {
	m := &pageReader{b: r, p: p, sources: map[string]string{}}
	m.config(app, s, "")
	for _, ref := range s.Get("packages").Strings() {
		m.packageAt(app, ref)
	}
	p.Outline.Pages, p.Outline.Sources = m.list.Pages, m.sources
	p.Config.Written.Lists = m.written
}

// config adds the pages and subpackages that a file lists, with paths below root.
func (m *pageReader) config(file *source.File, s *configuration.Value, root string) {
	dir := path.Dir(file.Name)
	if files.Within(dir, m.p.Src) {
		for _, l := range s.PageLists() {
			l.Dir = configuration.CleanDir(files.Relative(m.p.Src, path.Join(dir, l.Dir)))
			m.written = append(m.written, l)
		}
	}
	for _, page := range s.Get("pages").AsList() {
		m.add(file, dir, root, page)
	}
	for _, key := range []string{"subpackages", "subPackages"} {
		for _, sub := range s.Get(key).AsList() {
			below := sub.Get("root").AsString()
			for _, page := range sub.Get("pages").AsList() {
				m.add(file, path.Join(dir, below), path.Join(root, below), page)
			}
		}
	}
}

// packageAt adds the pages of another app file: "./packages/voip/app.mpx?root=voip".
func (m *pageReader) packageAt(from *source.File, ref string) {
	spec, query, _ := strings.Cut(ref, "?")
	name := m.Find(from, path.Dir(from.Name), strings.TrimSuffix(spec, m.b.Ending))
	file, err := m.p.Disk.File(name+m.b.Ending, m.p.Disk.Limits.Config)
	if err != nil {
		m.p.Outline.Open = true
		return
	}
	c := m.b.ReadComponent(file, file.Text)
	if c.Config < 0 {
		return
	}
	root, _, _ := strings.Cut(query, "&")
	root, named := strings.CutPrefix(root, "root=")
	if !named {
		root = ""
	}
	s := m.b.Config(m.p, c, nil)
	m.p.Outline.Open = m.p.Outline.Open || s == nil || s.Get("pages").Unsure()
	m.config(file, s, root)
}

// add adds a page: its path below root, or the one that it is given.
func (m *pageReader) add(from *source.File, dir, root string, page *configuration.Value) {
	spec, _, _ := strings.Cut(configuration.PageName(page), "?")
	if spec == "" {
		return
	}
	base := m.Find(from, dir, spec)
	route := configuration.PagePath(root, strings.TrimLeft(spec, "~@/"))
	if given := page.Get("path").AsString(); !page.IsString() && given != "" {
		route = configuration.PagePath(root, given)
	} else if files.Within(base, dir) {
		route = configuration.PagePath(root, files.Relative(dir, base))
	}
	if route == "" || m.list.Seen[route] && m.sources[route] != base {
		route = files.Relative(m.p.Src, base)
	}
	m.list.Add("", route)
	if base != path.Join(m.p.Src, route) {
		m.sources[route] = base
	}
}

// Find returns where a page, or a package's app file, lies: an absolute path without extension.
func (m *pageReader) Find(from *source.File, dir, spec string) string {
	spec = strings.ReplaceAll(spec, `\`, "/")
	if strings.HasPrefix(spec, "/") {
		return withoutExt(path.Join(m.p.Src, spec))
	}
	beside := withoutExt(path.Join(dir, spec))
	if strings.HasPrefix(spec, ".") || m.p.HasUnit(beside) {
		return beside
	}
	if file := m.p.Resolver.Find(from.Name, strings.TrimPrefix(spec, "~")).File; file != "" {
		return strings.TrimSuffix(withoutExt(file), m.p.Resolver.Infix)
	}
	return beside
}

// withoutExt takes the ending of code or markup off a name.
func withoutExt(name string) string {
	if files.HasExt(name, ".mpx", ".wpy", ".js", ".ts", ".wxml", ".json") {
		return strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}
