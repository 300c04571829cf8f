package program

// Pages, and the components that they use however deep.

import (
	"path"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/configuration"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
)

// findUnits makes the units that the configuration lists.
func (p *program) findUnits() {
	for _, base := range p.Reader.App() {
		if p.HasUnit(p.Src + "/" + base) {
			p.App = p.unitAt(miniprogram.AppUnit, p.Src+"/"+base, base)
			break
		}
	}
	for _, page := range p.Outline.Outside {
		p.Disk.NotFound(path.Join(p.Src, page))
	}
	first := p.Outline.Entry
	if first == "" && len(p.Outline.Pages) > 0 {
		first = p.Outline.Pages[0]
	}
	for _, page := range p.Outline.Pages {
		base := path.Join(p.Src, page)
		if source := p.Outline.Sources[page]; source != "" {
			base = source
		}
		u := p.unitAt(miniprogram.PageUnit, base, page)
		if at := p.parts[u]; at.Script == "" && at.Template == "" {
			p.Disk.NotFound(base)
		}
		u.Registered, u.Tab, u.First = true, p.Outline.Tabs[page], page == first
		p.Units = append(p.Units, u)
	}
	for _, implied := range p.Outline.Implied {
		if base := path.Join(p.Src, implied); p.HasUnit(base) {
			p.componentAt(base)
		}
	}
	pages, components := p.pluginUnits()
	for _, page := range pages {
		base := path.Join(p.PluginRoot, page)
		u := p.unitAt(miniprogram.PageUnit, base, files.Relative(p.Src, base))
		u.Registered, u.Plugin = true, true
		p.Units = append(p.Units, u)
	}
	for _, component := range components {
		if base := path.Join(p.PluginRoot, component); p.HasUnit(base) {
			p.componentAt(base)
		}
	}
	for _, g := range p.Outline.Globals {
		if file := p.ComponentFile(g.From, g.Local, 0); file != "" {
			p.Outline.Components = append(p.Outline.Components, configuration.ComponentRef{Tag: g.Tag, Path: file})
		}
	}
}

// unitAt returns the unit of that absolute path without extension, made when it is new.
func (p *program) unitAt(kind miniprogram.UnitKind, base, name string) *miniprogram.Unit {
	if u := p.ByPath[base]; u != nil {
		return u
	}
	u := &miniprogram.Unit{Kind: kind, Path: name, Components: map[string]*miniprogram.Unit{}, Unrelated: true}
	p.ByPath[base], p.parts[u] = u, &unitState{UnitFiles: p.Reader.Files(p.Project, base)}
	return u
}

func (p *program) componentAt(base string) *miniprogram.Unit {
	if u := p.ByPath[base]; u != nil {
		return u
	}
	u := p.unitAt(miniprogram.ComponentUnit, base, files.Relative(p.Src, base))
	u.Plugin = p.PluginRoot != "" && files.Within(base, p.PluginRoot)
	p.Units = append(p.Units, u)
	return u
}

// declared makes the tags of units lead to their components, and returns those that are new.
// Configurations are read side by side; what they lead to is put together in order.
func (p *program) declared(units []*miniprogram.Unit) []*miniprogram.Unit {
	var unread []*miniprogram.Unit
	for _, u := range units {
		if at := p.parts[u]; !at.declared {
			at.declared = true
			unread = append(unread, u)
		}
	}
	p.readRefs(unread)
	var found []*miniprogram.Unit
	for _, u := range unread {
		at := p.parts[u]
		for _, ref := range p.Outline.Components {
			found = append(found, p.link(u, ref, p.Src)...)
		}
		for _, ref := range at.refs {
			found = append(found, p.link(u, ref, path.Dir(at.Base))...)
		}
		at.refs = nil
	}
	return found
}

// readRefs reads which components the units declare.
func (p *program) readRefs(units []*miniprogram.Unit) {
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
				at.refs = p.Reader.Components(p.Project, &at.UnitFiles)
			}
		})
	}
	wg.Wait()
}

// link makes a tag of u lead to its component; the component is returned when it is new.
func (p *program) link(u *miniprogram.Unit, ref configuration.ComponentRef, dir string) []*miniprogram.Unit {
	base := p.component(ref.Path, dir)
	if base == "" {
		u.Components[ref.Tag] = nil
		return nil
	}
	known := p.ByPath[base] != nil
	c := p.componentAt(base)
	u.Components[ref.Tag] = c
	if known {
		return nil
	}
	return []*miniprogram.Unit{c}
}

// component returns the absolute path without extension that an entry of usingComponents
// leads to, or "" when that is no part of the program.
func (p *program) component(ref, dir string) string {
	ref = strings.TrimSpace(strings.ReplaceAll(ref, `\`, "/"))
	if ref == "" || strings.Contains(ref, "://") {
		return ""
	}
	if p.IsComponentFile(ref) && path.IsAbs(ref) && p.Disk.IsFile(ref) {
		return strings.TrimSuffix(ref, path.Ext(ref)) // found by its import
	}
	for _, ext := range append([]string{".wxml", ".json", ".js", ".ts"}, p.Traits.ComponentEndings...) {
		ref = strings.TrimSuffix(ref, ext)
	}
	var candidates []string
	for _, a := range p.Resolver.Aliases {
		candidates = append(candidates, a.Apply(ref, p.Src)...)
	}
	switch {
	case strings.HasPrefix(ref, "/"):
		candidates = append(candidates, path.Join(p.Resolver.RootOf(dir), ref))
	default:
		candidates = append(candidates, path.Join(dir, ref), path.Join(p.Src, ref))
	}
	for _, base := range candidates {
		if strings.Contains(base, "/miniprogram_npm/") || strings.Contains(base, "/node_modules/") {
			continue
		}
		for _, b := range []string{base, base + "/index"} {
			if p.HasUnit(b) {
				return b
			}
		}
	}
	for _, base := range candidates {
		p.Disk.NotFound(base)
	}
	return ""
}
