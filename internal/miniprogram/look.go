package miniprogram

// Looking at every file that may take part, once.

import (
	"path"
	"strings"

	"github.com/voipcheck/voipcheck/internal/lang"
)

// look reads the words off every candidate file of the program.
func (p *Project) look() {
	p.pages = newPageNames(p.outline.pages)
	roots := []string{p.src}
	if p.pluginRoot != "" && p.pluginRoot != p.src && p.disk.isDir(p.pluginRoot) {
		roots = append(roots, p.pluginRoot)
	}
	for _, root := range roots {
		w := p.walkOf(root)
		found, failed := w.run(rulesAbove(p.disk, p.repository(), root))
		p.Unreadable = append(p.Unreadable, failed...)
		p.outside = append(p.outside, w.outside...)
		p.lexicons = append(p.lexicons, w.lexicons...)
		if p.words == nil {
			p.words = make(map[string]*words, len(found))
		}
		for _, f := range found {
			p.note(f)
		}
		p.lookAtIgnored(root)
		p.opts.say(lang.T("%[1]s: %[2]d files searched", "%[1]s：已搜索 %[2]d 个文件"), p.called(root), len(found))
	}
	p.lookBeyond()
	p.lookOutside()
}

// note keeps what was read off a file.
func (p *Project) note(w *words) {
	if w.err != nil {
		p.unreadable(w.name, w.err)
		return
	}
	name := p.disk.canonical(w.name)
	if p.words[name] == nil {
		w.name = name
		p.words[name] = w
		p.names, p.inOrder = append(p.names, name), false
	}
}

func (p *Project) walkOf(root string) *walk {
	w := &walk{
		disk: p.disk, root: root, excluded: map[string]bool{}, ignore: p.opts.Ignore,
		candidate: p.reader.candidate, infix: p.resolve.infix, again: p.opts.Again,
		look: func(w *words, text []byte, l lexicon) {
			w.names, w.common = wordsIn(text)
			dir := strings.TrimPrefix(relative(p.src, path.Dir(w.name)), ".")
			w.pages = p.pages.in(text, dir)
			if hasExt(w.name, ".wxml") {
				w.names, w.common = w.names&NameOpenSetting, 0
				return
			}
			w.media = w.names&NameAuthorize != 0 && namesMedia(text)
			eachImport(text, func(specifier []byte) { l.imports(w, specifier) })
			p.reader.look(w, text, l)
		},
	}
	if p.project != nil {
		for _, dir := range p.project.cloudRoots {
			w.excluded[dir] = true
		}
		for _, r := range p.project.packIgnore {
			if r.kind == "folder" {
				w.excluded[path.Join(p.src, r.value)] = true
			}
		}
	}
	if p.pluginRoot != root {
		w.excluded[p.pluginRoot] = true
	}
	return w
}

// lookBeyond looks at what the program imports from outside its folder: packages of the
// same repository, modules that an alias leads to.
func (p *Project) lookBeyond() {
	queue := p.sortedNames()
	leave := map[string]bool{} // specifiers that are no paths, and whether they may lead out
	for len(queue) > 0 {
		from := queue[0]
		queue = queue[1:]
		walked := p.walked(from)
		for _, spec := range p.words[from].imports {
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
			if isDataName(spec) {
				continue
			}
			name := p.find(from, spec).file
			if name == "" || p.words[name] != nil || p.isForeign(name) || !p.reader.candidate(path.Base(name)) {
				continue
			}
			if p.lookAt(name) != nil {
				queue = append(queue, name)
			}
		}
	}
}

// staysWithin reports whether a relative path surely leads from a file of the walk to what was walked too.
func (p *Project) staysWithin(from, spec string) bool {
	rest, up := strings.TrimPrefix(spec, "./"), 0
	for strings.HasPrefix(rest, "../") {
		rest, up = rest[len("../"):], up+1
	}
	if up > strings.Count(from[len(p.src):], "/")-1 {
		return false
	}
	for {
		folder, below, ok := strings.Cut(rest, "/")
		if !ok {
			return rest != ".."
		}
		if folder == "" || isForeignFolder(folder) {
			return false
		}
		rest = below
	}
}

// leadsOut reports whether a specifier that is no relative path may lead to code of the repository outside what was walked.
func (p *Project) leadsOut(spec string) bool {
	if spec[0] == '/' {
		return !p.walked(path.Join(p.src, spec))
	}
	for _, a := range p.resolve.aliases {
		for _, name := range a.apply(spec, p.src) {
			if a.pattern != "*" && !p.walked(name) {
				return true
			}
		}
	}
	pkg, _ := packageName(spec)
	return p.workspacePackage(pkg) != ""
}

// walked reports whether a file of that name was come by on the walk.
func (p *Project) walked(name string) bool {
	if !within(name, p.src) {
		return false
	}
	for rest := name[len(p.src):]; rest != ""; {
		rest = rest[1:]
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			return true
		}
		if i > 0 && isForeignFolder(rest[:i]) {
			return false
		}
		rest = rest[i:]
	}
	return true
}

// isForeign tells of files of packages that are not the repository's own.
func (p *Project) isForeign(name string) bool {
	return strings.Contains(name, "/node_modules/") || strings.Contains(name, "/miniprogram_npm/")
}

// lookAtUnit looks at the files of a unit that lies where the walk did not come.
func (p *Project) lookAtUnit(u *Unit) {
	at := p.parts[u]
	if p.isIgnored(at.script) || p.isIgnored(at.template) {
		at.script, at.template = "", ""
	}
	p.lookAt(at.script)
	p.lookAt(at.template)
}

// lookAt returns what the bytes of a file tell; nil when it cannot be read.
func (p *Project) lookAt(name string) *words {
	p.looking.Lock()
	defer p.looking.Unlock()
	if w, known := p.words[name]; known || name == "" {
		return w
	}
	o := &onlooker{walk: p.walkOf(p.src), lexicon: lexicon{}}
	o.read(name)
	p.lexicons = append(p.lexicons, o.lexicon)
	p.note(o.found[0])
	return p.words[name]
}

// allUnits are the app and the units.
func (p *Project) allUnits() []*Unit {
	if p.App == nil {
		return p.Units
	}
	return append([]*Unit{p.App}, p.Units...)
}

// isIgnored reports whether the configuration, or packOptions, leaves a file out.
func (p *Project) isIgnored(name string) bool {
	if name == "" {
		return false
	}
	if p.opts.Ignore != nil && p.opts.Ignore(relative(p.disk.base, name), false) {
		return true
	}
	return within(name, p.src) && p.project.unpacked(strings.TrimPrefix(name[len(p.src):], "/"))
}
