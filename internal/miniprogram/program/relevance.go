package program

// Which files and units take part in the feature: a closure over imports, components and
// navigation that starts from the files which name it.

import (
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// closure finds what takes part.
type closure struct {
	p         *program
	importers *importers
	// relevant are the scripts that take part; spreads those whose importers do too.
	relevant, spreads map[string]bool
	queue             []string
	queued            map[string]bool
	// why tells for each script what it takes part by.
	why map[string]lang.Text
	// owners are the units by the name of their script and of their template.
	owners map[string][]*miniprogram.Unit
	// users are the units that declare a component. They are known for the whole program, which allFound tells,
	// only once a component itself takes part.
	users    map[*miniprogram.Unit][]*miniprogram.Unit
	allFound bool
	// unresolved are the imports that lead nowhere and may mean a file, by their last part.
	unresolved map[string][]importer
	namers     map[int32][]string
	// added are the units that take part; kept are their components too, however deep.
	added, kept map[*miniprogram.Unit]bool
}

// keepRelevant finds what takes part in the feature, reads it, and lets go of the rest.
func (p *program) keepRelevant() {
	c := &closure{
		p: p, importers: newImporters(p), relevant: map[string]bool{}, spreads: map[string]bool{}, queued: map[string]bool{}, why: map[string]lang.Text{},
		owners: map[string][]*miniprogram.Unit{}, users: map[*miniprogram.Unit][]*miniprogram.Unit{}, unresolved: map[string][]importer{}, namers: map[int32][]string{},
		added: map[*miniprogram.Unit]bool{}, kept: map[*miniprogram.Unit]bool{},
	}
	p.Resolver.Remember() // by now all links are known
	p.trace = p.namesACall()
	if !p.trace {
		p.keep(c) // nothing can matter to calls that nobody makes
		return
	}
	c.index()
	for _, name := range p.sortedNames() {
		w := p.summaries[name]
		c.seed(w)
		if w.Uses&scan.UsesInterceptor != 0 && p.Traits.Interceptors && !isMarkup(name) {
			c.add(name, false, lang.T("changes what the functions of uni return", "改变了 uni 接口的返回值"))
		}
	}
	if p.App != nil {
		c.addUnit(p.App)
	}
	for _, name := range p.Reader.Main(p.Project) {
		c.add(name, false, lang.T("starts the program", "是程序的入口"))
	}
	c.run()
	c.addAppUsers()
	p.keep(c)
}

// namesACall reports whether any script of the program names one of the two calls, or a part by which it may put such a name
// together.
func (p *program) namesACall() bool {
	for name, w := range p.summaries {
		if (w.Names&(miniprogram.NameEnable|miniprogram.NameJoin) != 0 || w.Uses&scan.UsesNamePart != 0) && !isMarkup(name) {
			return true
		}
	}
	return false
}

// addAppUsers takes the scripts that come by the app where its own script leads to the feature: its methods are theirs.
func (c *closure) addAppUsers() {
	app := c.p.parts[c.p.App]
	if app == nil || !c.spreads[app.Script] {
		return
	}
	for _, name := range c.p.sortedNames() {
		if c.p.summaries[name].Uses&scan.UsesApp != 0 && !isMarkup(name) {
			c.add(name, true, lang.T("uses the app, which takes part", "用到了与通话有关的 app"))
		}
	}
	c.run()
}

// importing and naming say why a file takes part.
var importing = lang.T("imports %s", "引用了 %s")

func naming(n miniprogram.Names) lang.Text {
	return lang.F(lang.T("names%s", "提到了%s"), n.String())
}

// isMarkup tells of files that hold markup and no code.
func isMarkup(name string) bool { return files.HasExt(name, ".wxml") }

// sortedNames are the names of the files that were looked at, in order. The caller must not write to them.
func (p *program) sortedNames() []string {
	if !p.inOrder {
		// What the walk comes by is in order already. Who has the names from before keeps them as they were.
		if !slices.IsSorted(p.names) {
			p.names = slices.Sorted(slices.Values(p.names))
		}
		p.inOrder = true
	}
	return slices.Clip(p.names)
}

// index makes the tables that the closure runs on.
func (c *closure) index() {
	for _, name := range c.p.sortedNames() {
		w := c.p.summaries[name]
		for _, n := range w.Pages {
			c.namers[n] = append(c.namers[n], name)
		}
	}
	c.own(c.p.allUnits())
}

// keyOf is the last part of the path that a specifier names, without an ending; "" where the importing file decides.
func (all *importers) keyOf(spec string) string {
	spec, _, _ = strings.Cut(spec, "?")
	for _, a := range all.p.Resolver.Aliases {
		if !strings.Contains(a.Pattern, "*") && a.Pattern == spec && len(a.Targets) > 0 {
			return all.p.stem(path.Base(a.Targets[0]))
		}
	}
	if base := path.Base(spec); base != "." && base != ".." && !strings.HasSuffix(spec, "/") {
		return all.p.stem(base)
	}
	return ""
}

// lastPart is the last part of the path that a specifier names which ends in a folder.
func lastPart(from, spec string) string {
	spec, _, _ = strings.Cut(spec, "?")
	return path.Base(path.Join(path.Dir(from), spec))
}

// stem is a name without the ending of code.
func (p *program) stem(base string) string {
	if ext := path.Ext(base); files.HasExt(base, ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".jsx", ".tsx") || p.IsComponentFile(base) {
		return strings.TrimSuffix(base, ext)
	}
	return base
}

// keysOf are the last parts by which a file can be imported.
func (c *closure) keysOf(name string) []string {
	base := c.p.stem(path.Base(name))
	keys := []string{base}
	if outer := c.p.stem(base); outer != base {
		keys = append(keys, outer)
	}
	if ext := path.Ext(base); ext != "" {
		keys = append(keys, strings.TrimSuffix(base, ext)) // call.weapp.ts
	}
	if base == "index" {
		keys = append(keys, path.Base(path.Dir(name)))
	}
	for _, up := range files.Parents(path.Dir(name)) {
		if !files.Within(up, c.p.Top) {
			break
		}
		if m := c.p.Disk.Manifest(up); m != nil {
			keys = append(keys, path.Base(up))
			if pkg := m.StringOf("name"); pkg != "" {
				keys = append(keys, path.Base(pkg))
			}
			break
		}
		if up == c.p.Src {
			break
		}
	}
	return keys
}

// seed starts from a file by its words.
func (c *closure) seed(w *scan.Summary) {
	switch {
	case isMarkup(w.Name):
		if w.Names&miniprogram.NameOpenSetting != 0 {
			if len(c.owners[w.Name]) == 0 {
				c.findAllComponents()
			}
			for _, u := range c.owners[w.Name] {
				c.addUnit(u)
			}
		}
	case w.Names&(miniprogram.NameEnable|miniprogram.NameJoin) != 0, w.Names&miniprogram.NameAuthorize != 0 && w.Media:
		c.add(w.Name, true, naming(w.Names))
	case w.Uses&scan.UsesNamePart != 0:
		c.add(w.Name, true, lang.T("may compose the name of a call", "可能拼接出通话接口的名称"))
	case w.Names != 0:
		c.add(w.Name, false, naming(w.Names))
		// A file that asks for whatever scope it is given matters to those that give it one.
		for _, from := range c.importersOf(w.Name) {
			if w.Names&miniprogram.NameAuthorize != 0 && c.p.media(from) {
				c.add(from, true, lang.F(importing, c.p.Disk.ReportPath(w.Name)))
			}
		}
	}
}

// media reports whether a file names a recording or camera scope, or nearly so.
func (p *program) media(name string) bool {
	file, err := p.Disk.Peek(name, p.Disk.Limits.Named)
	return err == nil && scan.NamesMedia(file.Text)
}

// add makes a script take part, and with spread those that import it.
func (c *closure) add(name string, spread bool, why lang.Text) {
	if c.why[name].IsZero() {
		c.why[name] = why
	}
	if !c.queued[name] || spread && !c.spreads[name] {
		c.relevant[name], c.queued[name] = true, true
		c.spreads[name] = c.spreads[name] || spread
		c.queue = append(c.queue, name)
	}
}

// importersOf returns the files that import a file.
func (c *closure) importersOf(name string) []string {
	var out []string
	seen := map[string]bool{name: true}
	for _, key := range c.keysOf(name) {
		for _, i := range c.importers.leading(key, name) {
			if !seen[i.file] && c.p.Resolver.Find(i.file, i.specifier).File == name {
				seen[i.file] = true
				out = append(out, i.file)
			}
		}
	}
	return out
}

func (c *closure) run() {
	for len(c.queue) > 0 {
		name := c.queue[0]
		c.queue = c.queue[1:]
		if len(c.owners[name]) == 0 && c.p.mayBeComponent(name) {
			c.findAllComponents()
		}
		for _, u := range c.owners[name] {
			c.addUnit(u)
		}
		if !c.spreads[name] {
			continue
		}
		for _, from := range c.importersOf(name) {
			c.add(from, true, lang.F(importing, c.p.Disk.ReportPath(name)))
		}
	}
}

// mayBeComponent tells by the files beside a script whether it can be a component's.
func (p *program) mayBeComponent(name string) bool {
	return p.IsComponentFile(name) || p.Disk.IsFile(strings.TrimSuffix(name, path.Ext(name))+".wxml")
}

// keep reads what takes part and lets go of the rest.
func (p *program) keep(c *closure) {
	p.addUnregistered(c)
	for _, u := range p.allUnits() {
		at := p.parts[u]
		if c.kept[u] {
			u.Unrelated = false
			u.Template = p.Template(u)
			if at.Script != "" {
				u.Script = p.script(at.Script)
			}
		}
	}
	p.markUsed()
	p.noteBroken()
	sought := c.unresolvedImports()
	names := make([]string, 0, len(c.relevant))
	for name := range c.relevant {
		names = append(names, name)
	}
	sort.Strings(names)
	kept := map[*miniprogram.Script]bool{}
	for _, name := range names {
		if s := p.script(name); s != nil && !kept[s] {
			kept[s] = true
			s.UnresolvedImport = sought[name]
			p.Opts.Say(lang.T("%[1]s: read because it %[2]s", "%[1]s：已读取，因为它%[2]s"), s.File.Path, c.why[name])
			p.Scripts = append(p.Scripts, s)
		}
	}
	sort.SliceStable(p.Scripts, func(i, j int) bool { return p.Scripts[i].File.Path < p.Scripts[j].File.Path })
	p.Opts.Say(lang.T("%[1]s: %[2]d files take part in calls", "%[1]s：%[2]d 个文件与通话有关"), p.Root, len(p.Scripts))
	p.lexicons = nil
	for _, w := range p.summaries {
		w.Imports, w.Locals, w.Tags, w.Pages = nil, nil, nil, nil
	}
}
