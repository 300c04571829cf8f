package miniprogram

// Pages, and the components that they use however deep.

import (
	"path"
	"strings"
	"sync"
	"sync/atomic"
)

// findUnits makes the units that the configuration lists.
func (p *Project) findUnits() {
	for _, base := range p.reader.app() {
		if p.hasUnit(p.src + "/" + base) {
			p.App = p.unitAt(AppUnit, p.src+"/"+base, base)
			break
		}
	}
	for _, page := range p.outline.outside {
		p.asked(path.Join(p.src, page))
	}
	first := p.outline.entry
	if first == "" && len(p.outline.pages) > 0 {
		first = p.outline.pages[0]
	}
	for _, page := range p.outline.pages {
		base := path.Join(p.src, page)
		if source := p.outline.sources[page]; source != "" {
			base = source
		}
		u := p.unitAt(PageUnit, base, page)
		if at := p.parts[u]; at.script == "" && at.template == "" {
			p.asked(base)
		}
		u.Registered, u.Tab, u.First = true, p.outline.tabs[page], page == first
		p.Units = append(p.Units, u)
	}
	for _, implied := range p.outline.implied {
		if base := path.Join(p.src, implied); p.hasUnit(base) {
			p.componentAt(base)
		}
	}
	pages, components := p.pluginUnits()
	for _, page := range pages {
		base := path.Join(p.pluginRoot, page)
		u := p.unitAt(PageUnit, base, relative(p.src, base))
		u.Registered, u.Plugin = true, true
		p.Units = append(p.Units, u)
	}
	for _, component := range components {
		if base := path.Join(p.pluginRoot, component); p.hasUnit(base) {
			p.componentAt(base)
		}
	}
	for _, g := range p.outline.globals {
		if file := p.componentFile(g.from, g.local, 0); file != "" {
			p.outline.components = append(p.outline.components, componentRef{g.tag, file})
		}
	}
}

// unitAt returns the unit of that absolute path without extension, made when it is new.
func (p *Project) unitAt(kind UnitKind, base, name string) *Unit {
	if u := p.units[base]; u != nil {
		return u
	}
	u := &Unit{Kind: kind, Path: name, Components: map[string]*Unit{}, Apart: true}
	at := p.reader.files(p, base)
	p.units[base], p.parts[u] = u, &at
	return u
}

func (p *Project) componentAt(base string) *Unit {
	if u := p.units[base]; u != nil {
		return u
	}
	u := p.unitAt(ComponentUnit, base, relative(p.src, base))
	u.Plugin = p.pluginRoot != "" && within(base, p.pluginRoot)
	p.Units = append(p.Units, u)
	return u
}

// hasUnit reports whether there is anything of a component at the path.
func (p *Project) hasUnit(base string) bool {
	at := p.reader.files(p, base)
	return at.script != "" || at.template != ""
}

// declared makes the tags of units lead to their components, and returns those that are new.
// Configurations are read side by side; what they lead to is put together in order.
func (p *Project) declared(units []*Unit) []*Unit {
	var unread []*Unit
	for _, u := range units {
		if at := p.parts[u]; !at.declared {
			at.declared = true
			unread = append(unread, u)
		}
	}
	p.readRefs(unread)
	var found []*Unit
	for _, u := range unread {
		at := p.parts[u]
		for _, ref := range p.outline.components {
			found = append(found, p.link(u, ref, p.src)...)
		}
		for _, ref := range at.refs {
			found = append(found, p.link(u, ref, path.Dir(at.base))...)
		}
		at.refs = nil
	}
	return found
}

// readRefs reads which components the units declare.
func (p *Project) readRefs(units []*Unit) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(len(units), 4) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(units) {
					return
				}
				at := p.parts[units[i]]
				at.refs = p.reader.refs(p, at)
			}
		})
	}
	wg.Wait()
}

// link makes a tag of u lead to its component; the component is returned when it is new.
func (p *Project) link(u *Unit, ref componentRef, dir string) []*Unit {
	base := p.component(ref.path, dir)
	if base == "" {
		u.Components[ref.tag] = nil
		return nil
	}
	known := p.units[base] != nil
	c := p.componentAt(base)
	u.Components[ref.tag] = c
	if known {
		return nil
	}
	return []*Unit{c}
}

// component returns the absolute path without extension that an entry of usingComponents
// leads to, or "" when that is no part of the program.
func (p *Project) component(ref, dir string) string {
	ref = strings.TrimSpace(strings.ReplaceAll(ref, `\`, "/"))
	if ref == "" || strings.Contains(ref, "://") {
		return ""
	}
	if isComponentFile(ref) && path.IsAbs(ref) && p.disk.isFile(ref) {
		return strings.TrimSuffix(ref, path.Ext(ref)) // found by its import
	}
	for _, ext := range []string{".wxml", ".json", ".js", ".ts", ".vue", ".mpx", ".wpy"} {
		ref = strings.TrimSuffix(ref, ext)
	}
	var candidates []string
	for _, a := range p.resolve.aliases {
		candidates = append(candidates, a.apply(ref, p.src)...)
	}
	switch {
	case strings.HasPrefix(ref, "/"):
		candidates = append(candidates, path.Join(p.rootOf(dir), ref))
	default:
		candidates = append(candidates, path.Join(dir, ref), path.Join(p.src, ref))
	}
	for _, base := range candidates {
		if strings.Contains(base, "/miniprogram_npm/") || strings.Contains(base, "/node_modules/") {
			continue
		}
		for _, b := range []string{base, base + "/index"} {
			if p.hasUnit(b) {
				return b
			}
		}
	}
	for _, base := range candidates {
		p.asked(base)
	}
	return ""
}
