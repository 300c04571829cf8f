package program

// Pages and components that no configuration lists and no page uses.

import (
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/voipcheck/voipcheck/internal/miniprogram"
	"github.com/voipcheck/voipcheck/internal/miniprogram/files"
	"github.com/voipcheck/voipcheck/internal/miniprogram/scan"
)

// addUnregistered makes units of pages and components that nobody lists and that name or import the feature.
func (p *program) addUnregistered(c *closure) {
	var names []string
	for name := range c.relevant {
		if c.spreads[name] && len(c.owners[name]) == 0 {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		s := p.script(name)
		if s == nil {
			continue
		}
		kind, ok := p.Reader.Unregistered(p.Project, name, s)
		importers := c.importersOf(name)
		imported := len(importers) > 0
		if !ok || imported && !p.IsComponentFile(name) {
			continue // what others import is a module, even if it calls Page
		}
		if imported {
			kind = miniprogram.ComponentUnit
		}
		base := strings.TrimSuffix(name, path.Ext(name))
		if p.ByPath[base] != nil {
			continue
		}
		u := p.unitAt(kind, base, files.Relative(p.Src, base))
		u.Plugin = s.Plugin
		u.Registered = kind == miniprogram.PageUnit && p.Outline.Open // it may well be in the list
		u.Used = imported && slices.ContainsFunc(importers, c.p.mayUseHidden)
		p.Units = append(p.Units, u)
		c.scanUnits([]*miniprogram.Unit{u})
		c.addUnit(u)
	}
}

// mayUseHidden reports whether a file that imports a component may use it without its tag
// standing in the file's template.
func (p *program) mayUseHidden(importer string) bool {
	w := p.summaries[importer]
	return w == nil || !p.IsComponentFile(importer) || len(w.Tags) == 0 && len(w.Locals) == 0 || slices.Contains(w.Tags, scan.DynamicTag)
}

// markUsed follows the components from the registered pages and from what the platform puts up.
func (p *program) markUsed() {
	var queue []*miniprogram.Unit
	for _, u := range p.Units {
		if u.Registered || u.Used {
			queue = append(queue, u)
		}
	}
	use := func(u *miniprogram.Unit) {
		if u != nil && u.Kind == miniprogram.ComponentUnit && !u.Used {
			u.Used = true
			queue = append(queue, u)
		}
	}
	for _, implied := range p.Outline.Implied {
		use(p.ByPath[path.Join(p.Src, implied)])
	}
	_, components := p.pluginUnits()
	for _, component := range components {
		use(p.ByPath[path.Join(p.PluginRoot, component)])
	}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		for _, tag := range sortedTags(u.Components) {
			if to := u.Components[tag]; to != nil && !to.Used && (to.Unrelated || p.uses(u, to)) {
				use(to)
			}
		}
	}
}

// Template reads a unit's template, once.
func (p *program) Template(u *miniprogram.Unit) *miniprogram.Template {
	at := p.parts[u]
	if !at.read {
		at.read = true
		at.markup = p.Reader.Template(p.Project, u, &at.UnitFiles)
	}
	return at.markup
}
