package program

// Looking at every file that may take part, once.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/resolution"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// search reads the words off every candidate file of the program.
func (p *program) search() {
	p.pages = scan.NewPageNames(p.Outline.Pages)
	roots := []string{p.Src}
	if p.PluginRoot != "" && p.PluginRoot != p.Src && p.Disk.IsDir(p.PluginRoot) {
		roots = append(roots, p.PluginRoot)
	}
	for _, root := range roots {
		w := p.walkOf(root)
		found, failed := w.run(files.RulesAbove(p.Disk.Disk, p.Top, root))
		p.Unreadable = append(p.Unreadable, failed...)
		p.outside = append(p.outside, w.outside...)
		p.lexicons = append(p.lexicons, w.lexicons...)
		if p.summaries == nil {
			p.summaries = make(map[string]*scan.Summary, len(found))
		}
		for _, f := range found {
			p.note(f)
		}
		p.searchIgnored(root)
		p.Opts.Say(lang.T("%[1]s: %[2]d files searched", "%[1]s：已搜索 %[2]d 个文件"), p.Disk.ReportPath(root), len(found))
	}
	p.searchBeyond()
	p.noteLinksOut()
}

// note keeps what was read off a file.
func (p *program) note(w *scan.Summary) {
	if w.Err != nil {
		p.Disk.Unreadable(w.Name, w.Err)
		return
	}
	name := p.Disk.Canonical(w.Name)
	if p.summaries[name] == nil {
		w.Name = name
		p.summaries[name] = w
		p.names, p.inOrder = append(p.names, name), false
	}
}

func (p *program) walkOf(root string) *walk {
	w := &walk{
		disk: p.Disk.Disk, root: root, excluded: map[string]bool{}, ignore: p.Opts.Ignore,
		candidate: p.Reader.Candidate, infix: p.Resolver.Infix, digests: p.Opts.KeepDigests,
		scan: func(w *scan.Summary, text []byte, l scan.Lexicon) {
			w.Names, w.Uses = scan.NamesAndUses(text)
			dir := strings.TrimPrefix(files.Relative(p.Src, path.Dir(w.Name)), ".")
			w.Pages = p.pages.In(text, dir)
			if files.HasExt(w.Name, ".wxml") {
				w.Names, w.Uses = w.Names&miniprogram.NameOpenSetting, 0
				return
			}
			w.Media = w.Names&miniprogram.NameAuthorize != 0 && scan.NamesMedia(text)
			scan.EachImport(text, func(specifier []byte) { l.Imports(w, specifier) })
			p.Reader.Scan(w, text, l)
		},
	}
	if p.ProjectConfig != nil {
		for _, dir := range p.ProjectConfig.CloudRoots {
			w.excluded[dir] = true
		}
		for _, r := range p.ProjectConfig.PackIgnore {
			if r.Kind == "folder" {
				w.excluded[path.Join(p.Src, r.Value)] = true
			}
		}
	}
	if p.PluginRoot != root {
		w.excluded[p.PluginRoot] = true
	}
	return w
}

// searchBeyond looks at what the program imports from outside its folder: packages of the
// same repository, modules that an alias leads to.
func (p *program) searchBeyond() {
	queue := p.sortedNames()
	leave := map[string]bool{} // specifiers that are no paths, and whether they may lead out
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		walked := p.walked(from)
		for _, spec := range p.summaries[from].Imports {
			if spec[0] == '.' && walked && p.staysWithin(from, spec) {
				continue
			}
			if spec[0] != '.' {
				leads, known := leave[spec]
				if !known {
					leads = p.leadsOut(spec)
					leave[spec] = leads
				}
				if !leads {
					continue
				}
			}
			if resolution.IsDataName(spec) {
				continue
			}
			name := p.Resolver.Find(from, spec).File
			if name == "" || p.summaries[name] != nil || files.InPackages(name) || !p.Reader.Candidate(path.Base(name)) {
				continue
			}
			if p.scanned(name) != nil {
				queue = append(queue, name)
			}
		}
	}
}

// staysWithin reports whether a relative path surely leads from a file of the walk to what was walked too.
func (p *program) staysWithin(from, spec string) bool {
	rest, up := strings.TrimPrefix(spec, "./"), 0
	for strings.HasPrefix(rest, "../") {
		rest, up = rest[len("../"):], up+1
	}
	if up > strings.Count(from[len(p.Src):], "/")-1 {
		return false
	}
	for {
		folder, below, ok := strings.Cut(rest, "/")
		if !ok {
			return rest != ".."
		}
		if folder == "" || files.IsForeignFolder(folder) {
			return false
		}
		rest = below
	}
}

// leadsOut reports whether a specifier that is no relative path may lead to code of the repository outside what was walked.
func (p *program) leadsOut(spec string) bool {
	if spec[0] == '/' {
		return !p.walked(path.Join(p.Src, spec))
	}
	for _, a := range p.Resolver.Aliases {
		for _, name := range a.Apply(spec, p.Src) {
			if a.Pattern != "*" && !p.walked(name) {
				return true
			}
		}
	}
	pkg, _ := resolution.PackageName(spec)
	return p.Resolver.WorkspacePackage(pkg) != ""
}

// walked reports whether a file of that name was come by on the walk.
func (p *program) walked(name string) bool {
	if !files.Within(name, p.Src) {
		return false
	}
	for rest := name[len(p.Src):]; rest != ""; {
		rest = rest[1:]
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			return true
		}
		if i > 0 && files.IsForeignFolder(rest[:i]) {
			return false
		}
		rest = rest[i:]
	}
	return true
}

// scanUnit looks at the files of a unit that lies where the walk did not come.
func (p *program) scanUnit(u *miniprogram.Unit) {
	at := p.parts[u]
	if p.isIgnored(at.Script) || p.isIgnored(at.Template) {
		at.Script, at.Template = "", ""
	}
	p.scanned(at.Script)
	p.scanned(at.Template)
}

// scanned returns what the bytes of a file tell; nil when it cannot be read.
func (p *program) scanned(name string) *scan.Summary {
	p.scanning.Lock()
	defer p.scanning.Unlock()
	if w, known := p.summaries[name]; known || name == "" {
		return w
	}
	o := &scanner{walk: p.walkOf(p.Src), lexicon: scan.Lexicon{}}
	o.read(name)
	p.lexicons = append(p.lexicons, o.lexicon)
	p.note(o.found[0])
	return p.summaries[name]
}

// allUnits are the app and the units.
func (p *program) allUnits() []*miniprogram.Unit {
	if p.App == nil {
		return p.Units
	}
	return append([]*miniprogram.Unit{p.App}, p.Units...)
}

// isIgnored reports whether the configuration, or packOptions, leaves a file out.
func (p *program) isIgnored(name string) bool {
	if name == "" {
		return false
	}
	if p.Opts.Ignore != nil && p.Opts.Ignore(files.Relative(p.Disk.Base, name), false) {
		return true
	}
	return files.Within(name, p.Src) && p.ProjectConfig.Unpacked(strings.TrimPrefix(name[len(p.Src):], "/"))
}
