package miniprogram

// Pages and components that no configuration lists and no page uses.

import (
	"bytes"
	"path"
	"slices"
	"sort"
	"strings"
)

var (
	callsPage      = []byte("Page")
	callsComponent = []byte("Component")
)

// unlisted makes units of pages and components that nobody lists and that name or import the feature.
func (p *Project) unlisted(c *closure) {
	var names []string
	for name := range c.part {
		if c.spread[name] && len(c.owners[name]) == 0 {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		s := p.script(name)
		if s == nil {
			continue
		}
		kind, ok := p.reader.unlisted(p, name, s)
		importers := c.importersOf(name)
		imported := len(importers) > 0
		if !ok || imported && !isComponentFile(name) {
			continue // what others import is a module, even if it calls Page
		}
		if imported {
			kind = ComponentUnit
		}
		base := strings.TrimSuffix(name, path.Ext(name))
		if p.units[base] != nil {
			continue
		}
		u := p.unitAt(kind, base, relative(p.src, base))
		u.Plugin = s.Plugin
		u.Registered = kind == PageUnit && p.outline.open // it may well be in the list
		u.Used = imported && slices.ContainsFunc(importers, c.p.mayUseHidden)
		p.Units = append(p.Units, u)
		c.see([]*Unit{u})
		c.join(u)
	}
}

// mayUseHidden reports whether a file that imports a component may use it without its tag
// standing in the file's template.
func (p *Project) mayUseHidden(importer string) bool {
	w := p.words[importer]
	return w == nil || !isComponentFile(importer) || len(w.tags) == 0 && len(w.locals) == 0 || slices.Contains(w.tags, dynamicTag)
}

// registers reports whether the code calls the function: Page( as a word of its own.
func registers(text, function []byte) bool {
	found := false
	each(text, function, func(at int) {
		end := at + len(function)
		if found || !isWord(text, at, end) || at > 0 && text[at-1] == '.' {
			return
		}
		i := skipSpace(text, typeArgumentsEnd(text, skipSpace(text, end)))
		if i < len(text) && text[i] == '(' {
			found = !bytes.HasSuffix(bytes.TrimRight(text[:at], " \t"), []byte("function"))
		}
	})
	return found
}

// typeArgumentsEnd returns the offset after the type arguments that begin at: Page<Fields, Methods>(
func typeArgumentsEnd(text []byte, at int) int {
	if at >= len(text) || text[at] != '<' {
		return at
	}
	depth := 0
	for i := at; i < min(len(text), at+2000); i++ {
		switch text[i] {
		case '<':
			depth++
		case '>':
			if text[i-1] == '=' { // of a function's type
				continue
			}
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return at
}

// markUsed follows the components from the registered pages and from what the platform puts up.
func (p *Project) markUsed() {
	var queue []*Unit
	for _, u := range p.Units {
		if u.Registered || u.Used {
			queue = append(queue, u)
		}
	}
	use := func(u *Unit) {
		if u != nil && u.Kind == ComponentUnit && !u.Used {
			u.Used = true
			queue = append(queue, u)
		}
	}
	for _, implied := range p.outline.implied {
		use(p.units[path.Join(p.src, implied)])
	}
	_, components := p.pluginUnits()
	for _, component := range components {
		use(p.units[path.Join(p.pluginRoot, component)])
	}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		for _, tag := range sortedTags(u.Components) {
			if to := u.Components[tag]; to != nil && !to.Used && (to.Apart || p.uses(u, to)) {
				use(to)
			}
		}
	}
}

// template reads a unit's template, once.
func (p *Project) template(u *Unit) *Template {
	at := p.parts[u]
	if !at.read {
		at.read = true
		at.markup = p.reader.markup(p, u, at)
	}
	return at.markup
}
