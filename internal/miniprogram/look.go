package miniprogram

// Looking at every file that may take part, once.

import (
	"path"
	"sort"
	"strings"
)

// look reads the words off every candidate file of the program.
func (p *Project) look() {
	p.words = map[string]*words{}
	roots := []string{p.src}
	if p.pluginRoot != "" && !within(p.pluginRoot, p.src) && p.disk.isDir(p.pluginRoot) {
		roots = append(roots, p.pluginRoot)
	}
	pages := map[string]int32{}
	for i, u := range p.Units {
		if u.Kind == PageUnit {
			pages[u.Path] = int32(i)
		}
	}
	for _, root := range roots {
		w := p.walkOf(root, pages)
		found, failed := w.run(rulesAbove(p.disk, p.repository(), root))
		p.Unreadable = append(p.Unreadable, failed...)
		for _, f := range found {
			p.note(f)
		}
		p.opts.say("%s: %d files looked at", relative(p.disk.base, root), len(found))
	}
	p.lookAtUnits(pages)
	sort.SliceStable(p.Unreadable, func(i, j int) bool { return p.Unreadable[i].Path < p.Unreadable[j].Path })
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
	}
}

func (p *Project) walkOf(root string, pages map[string]int32) *walk {
	w := &walk{
		disk: p.disk, root: root, excluded: map[string]bool{}, ignore: p.opts.Ignore,
		candidate: p.reader.candidate,
		look: func(w *words, text []byte, intern func([]byte) string) {
			w.names = namesIn(text)
			dir := strings.TrimPrefix(relative(p.src, path.Dir(w.name)), ".")
			w.pages = pagesIn(text, dir, pages)
			if hasExt(w.name, ".wxml") {
				w.names &= NameOpenSetting
				return
			}
			w.media = namesMedia(text)
			w.imports = importsIn(text, intern)
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

// lookAtUnits looks at the files of units that lie where the walk did not come.
func (p *Project) lookAtUnits(pages map[string]int32) {
	o := &onlooker{walk: p.walkOf(p.src, pages), interned: map[string]string{}}
	for _, u := range p.allUnits() {
		at := p.parts[u]
		if p.isIgnored(at.script) || p.isIgnored(at.template) {
			at.script, at.template = "", ""
			continue
		}
		for _, name := range []string{at.script, at.template} {
			if name != "" && p.words[name] == nil {
				o.found = o.found[:0]
				o.read(name)
				p.note(o.found[0])
			}
		}
	}
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
